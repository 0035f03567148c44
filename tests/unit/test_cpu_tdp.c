/* The table of CPUs: its order, the form of its keys, and what is found under a name. */
#include "core/report/cpu_tdp.h"

#include "tests/unit/unit.h"

static const struct {
    const char *key;
    uint32_t tdp_mw;
} rows[] = {
#define BOA_CPU_TDP(key, tdp_mw) { key, tdp_mw },
#include "core/report/cpu_tdp.def"
#undef BOA_CPU_TDP
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static void test_keys_are_in_order_and_unique(void **state)
{
    (void)state;
    assert_true(ROWS > 4000);
    for (size_t i = 0; i < ROWS; i++) {
        assert_true(strlen(rows[i].key) < BOA_CPU_KEY_MAX);
        assert_true(rows[i].tdp_mw >= 500 && rows[i].tdp_mw <= 500000);
        if (i != 0)
            assert_true(strcmp(rows[i - 1].key, rows[i].key) < 0);
    }
}

/* A key is the key of itself, so every row can be found. */
static void test_every_row_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct boa_decimal tdp_w, want;

        assert_true(boa_cpu_tdp_find(&tdp_w, boa_str_from(rows[i].key)));
        boa_decimal_from_int(&want, rows[i].tdp_mw);
        assert_int_equal(boa_decimal_shift10(&tdp_w, 3), 0);
        assert_int_equal(boa_decimal_compare(&tdp_w, &want), 0);
    }
}

static void test_keys(void **state)
{
    static const struct {
        const char *model, *key;
    } cases[] = {
        { "Intel(R) Xeon(R) Gold 6226R CPU @ 2.90GHz", "intel xeon gold 6226r" },
        { "AMD Ryzen 9 5950X 16-Core Processor", "amd ryzen 9 5950x" },
        { "12th Gen Intel(R) Core(TM) i7-12700H", "intel core i7-12700h" },
        { "Intel(R) Xeon(R) Platinum 8480+", "intel xeon platinum 8480+" },
        { "Intel\xC2\xAE Core\xE2\x84\xA2 i5-8400\xC2\xA0"
          "Processor\xC2\xA9",
          "intel core i5-8400" },
        { "AMD Ryzen 7 4800U with Radeon Graphics", "amd ryzen 7 4800u" },
        { "AMD Phenom(tm) II X4 945 (125W) Quad-Core Processor", "amd phenom ii x4 945" },
        { "Intel(R) Pentium(R) Dual-Core E2140", "intel pentium e2140" },
        { "1st gen 2ND GEN 23rd gen soc apu cpu", "" },
        /* Words and numbers count only whole, and a bracket only with its partner. */
        { "cpus socx x2-core 2-corey dual-cores 12th generation (open",
          "cpus socx x2-core 2-corey 12th generation open" },
        { "a()b(c(d)e)f", "a b e f" },
        { " \t_x__y_ ", "x y" },
        { "", "" },
        { "@", "" },
        { "12345678901234567890123456789012345678901234567",
          "12345678901234567890123456789012345678901234567" },
        { "123456789012345678901234567890123456789012345678", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char key[BOA_CPU_KEY_MAX];
        size_t len = boa_cpu_tdp_key(key, boa_str_from(cases[i].model));

        assert_text_equal(boa_str_make(key, len), cases[i].key);
        if (len != 0)
            assert_int_equal(key[BOA_CPU_KEY_MAX - 1], '\0');
    }
}

static void check_tdp(const char *model, const char *want)
{
    char text[BOA_DECIMAL_TEXT_MAX];
    struct boa_decimal tdp_w;

    assert_true(boa_cpu_tdp_find(&tdp_w, boa_str_from(model)));
    assert_text_equal(boa_str_make(text, boa_decimal_format(text, &tdp_w)), want);
}

static void test_watts(void **state)
{
    (void)state;
    check_tdp("AMD EPYC 7313 16-Core Processor", "155");
    check_tdp("Intel(R) Xeon(R) Silver 4310 CPU @ 2.10GHz", "120");
    check_tdp("12th Gen Intel(R) Core(TM) i7-12700H", "45");
    check_tdp("Intel(R) Core(TM)2 Solo CPU SU3500 @ 1.40GHz", "5.5");
}

static void test_unknown_names(void **state)
{
    static const char *const models[] = {
        "AMD EPYC Processor",
        "Intel Xeon Processor (Skylake, IBRS)",
        "AMD EPYC-Milan Processor",
        "Imaginary 4226 CPU",
        "",
    };
    struct boa_decimal tdp_w;
    char longest[BOA_CPU_MODEL_MAX + 1];

    (void)state;
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++)
        assert_false(boa_cpu_tdp_find(&tdp_w, boa_str_from(models[i])));

    memset(longest, ' ', sizeof longest);
    memcpy(longest, "AMD EPYC 7313", 13);
    assert_true(boa_cpu_tdp_find(&tdp_w, boa_str_make(longest, BOA_CPU_MODEL_MAX)));
    assert_false(boa_cpu_tdp_find(&tdp_w, boa_str_make(longest, BOA_CPU_MODEL_MAX + 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_are_in_order_and_unique),
        cmocka_unit_test(test_every_row_is_found),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_watts),
        cmocka_unit_test(test_unknown_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
