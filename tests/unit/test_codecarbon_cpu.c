/* Powers that prove that nothing was measured, and what is said of them. */
#include "converters/codecarbon_cpu.h"

#include "tests/unit/unit.h"

static const char epyc[] = "AMD EPYC 7313 16-Core Processor";              /* 155 W */
static const char gold[] = "Intel(R) Xeon(R) Gold 6226R CPU @ 2.90GHz";    /* 150 W */
static const char solo[] = "Intel(R) Core(TM)2 Solo CPU SU3500 @ 1.40GHz"; /* 5.5 W */

static void test_constants(void **state)
{
    static const struct {
        const char *power, *model;
        bool is_constant;
    } cases[] = {
        { "42.5", "", true },
        { "42.5", epyc, true },
        { "4.25e1", "no such CPU", true },
        { "85", "", true },
        { "85.0", gold, true },
        { "75", gold, true },
        { "75.0", gold, true },
        { "75.00000000000001", gold, false },
        { "75", epyc, false },
        { "77.5", epyc, true },
        { "155", epyc, false }, /* the TDP itself may be a load of 100 % */
        { "2.75", solo, true },
        { "75", "AMD EPYC Processor", false },
        { "75", "", false },
        { "-42.5", "", false },
        { "0", "", false },
        { "42", "", false },
        { "42.50", "", true },
        { "8.5e1", "", true },
        { "42.50001", "", false },
        { "84.9999999", "", false },
        { "-85", "", false },
        { "85 W", "", false },
        { "85,0", "", false },
        { "425", "", false },
        { "850", "", false },
        { "", gold, false },
        { "nan", gold, false },
    };
    struct cc_cpu_memo memo = { 0 };

    (void)state;
    /* Twice, so that every row meets the memo of another one. */
    for (size_t i = 0; i < 2 * sizeof cases / sizeof cases[0]; i++) {
        size_t at = i % (sizeof cases / sizeof cases[0]);

        if (cc_power_is_constant(&memo, boa_str_from(cases[at].power),
                                 boa_str_from(cases[at].model)) != cases[at].is_constant)
            fail_msg("%s W of \"%s\"", cases[at].power, cases[at].model);
    }
}

static void test_names_longer_than_the_memo(void **state)
{
    struct cc_cpu_memo memo = { 0 };
    char longest[BOA_CPU_MODEL_MAX + 1];

    (void)state;
    memset(longest, ' ', sizeof longest);
    memcpy(longest, "AMD EPYC 7313", 13);
    assert_true(
        cc_power_is_constant(&memo, BOA_STR_LIT("77.5"), boa_str_make(longest, BOA_CPU_MODEL_MAX)));
    assert_false(cc_power_is_constant(&memo, BOA_STR_LIT("77.5"),
                                      boa_str_make(longest, BOA_CPU_MODEL_MAX + 1)));
}

struct explanation {
    const char *power, *model, *want;
};

static int explain(void *user, struct boa_err *err)
{
    const struct explanation *explanation = user;
    struct boa_arena arena;
    struct boa_str text;
    int rc;

    boa_arena_init(&arena, 1 << 20);
    rc = cc_power_explain(&text, boa_str_from(explanation->power), boa_str_from(explanation->model),
                          &arena, err);
    if (rc == 0)
        assert_text_equal(text, explanation->want);
    boa_arena_release(&arena);
    return rc;
}

static void test_explanations(void **state)
{
    static struct explanation cases[] = {
        { "42.5", epyc,
          "cpu_power is 42.5 W throughout: what CodeCarbon writes when it cannot "
          "measure" },
        { "85.0", "",
          "cpu_power is 85.0 W throughout: what CodeCarbon writes when it cannot "
          "measure" },
        { "75", gold,
          "cpu_power is 75 W throughout, half the TDP of Intel(R) Xeon(R) Gold 6226R CPU @ "
          "2.90GHz: what CodeCarbon writes when it cannot measure" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_true(unit_each_allocation_fails(explain, &cases[i]) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_constants),
        cmocka_unit_test(test_names_longer_than_the_memo),
        cmocka_unit_test(test_explanations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
