/* What is told of a table before its first row. */
#include "converters/csv_head.h"

#include "tests/unit/unit.h"

/* Whatever the size of the pieces in which the text arrives. */
static void check(struct boa_str text, char want, size_t want_taken, const char *want_stranger)
{
    for (size_t chunk = 1; chunk < 9; chunk++) {
        struct boa_input in;
        struct boa_err err = { 0 };
        const char *stranger = "untouched";
        char separator = 'x';

        assert_int_equal(boa_input_open_text(&in, "t", text, &err), 0);
        in.chunk = chunk;
        assert_int_equal(boa_csv_skip_mark(&in, &stranger, &err), 0);
        assert_int_equal(boa_csv_find_separator(&separator, &in, &err), 0);
        assert_int_equal(separator, want);
        assert_int_equal(in.offset, want_taken);
        if (want_stranger == NULL)
            assert_null(stranger);
        else
            assert_non_null(strstr(stranger, want_stranger));
        boa_input_close(&in);
    }
}

static void test_separators(void **state)
{
    (void)state;
    check(BOA_STR_LIT(""), ',', 0, NULL);
    check(BOA_STR_LIT("timestamp"), ',', 0, NULL);
    check(BOA_STR_LIT("a,b\nc;d;e;f\n"), ',', 0, NULL);
    check(BOA_STR_LIT("a;b\nc,d,e,f\n"), ';', 0, NULL);
    check(BOA_STR_LIT("a\tb\r\n"), '\t', 0, NULL);
    check(BOA_STR_LIT("a;b,c\td;e\n"), ';', 0, NULL);
    check(BOA_STR_LIT("\"a;b;c\",d\n"), ',', 0, NULL);
    check(BOA_STR_LIT("\"a\n;;;\",b,c\n"), ',', 0, NULL);
    check(BOA_STR_LIT("<<<<<<< HEAD\n\na;b;c\n"), ';', 0, NULL);
    check(BOA_STR_LIT("a\rb;c\r"), ';', 0, NULL);
}

static void test_first_bytes(void **state)
{
    (void)state;
    check(BOA_STR_LIT("\xEF\xBB\xBF"
                      "a;b"),
          ';', 3, NULL);
    check(BOA_STR_LIT("\xEF\xBB"), ',', 0, NULL);
    check(BOA_STR_LIT("\xFF\xFEt"), ',', 0, "UTF-16");
    check(BOA_STR_LIT("\xFE\xFF"), ',', 0, "UTF-16");
    check(BOA_STR_LIT("PK\x03\x04,"), ',', 0, "Excel");
    check(BOA_STR_LIT("\xD0\xCF\x11\xE0"), ',', 0, "Excel");
    check(BOA_STR_LIT("\x1F\x8B"), ',', 0, "gzip");
    check(BOA_STR_LIT("PK,x"), ',', 0, NULL);
}

static void test_strangers(void **state)
{
    static const struct {
        struct boa_str head;
        const char *want;
    } cases[] = {
        { BOA_STR(""), NULL },
        { BOA_STR("timestamp,run_id\n1,2\n"), NULL },
        { BOA_STR("\xFF\xFEt\0i\0"), "UTF-16" },
        { BOA_STR("PK\x03\x04\0\0"), "Excel" },
        { BOA_STR("\0"), "binary" },
        { BOA_STR("\0\0\0\0\n\0"), "binary" },
        { BOA_STR("t\0i\0m\0e\0"), "binary" },
        { BOA_STR("\x7F"
                  "ELF\x02\x01\x01\0"),
          "binary" },
        { BOA_STR("\xE9\xA0\n\0"), "binary" },
        { BOA_STR("timestamp,run_id\n\0\0\0\0"), NULL }, /* a block lost in a crash */
        { BOA_STR("timestamp,run_id\r\0\0\0\0"), NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *says = boa_csv_stranger(cases[i].head);

        if (cases[i].want == NULL)
            assert_null(says);
        else
            assert_true(says != NULL && strstr(says, cases[i].want) != NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_separators),
        cmocka_unit_test(test_first_bytes),
        cmocka_unit_test(test_strangers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
