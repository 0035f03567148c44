/* Error texts: kinds, context, and cuts that leave UTF-8 whole. */
#include "tests/unit/unit.h"

#include <errno.h>

static void test_setting_fills_everything_and_fails(void **state)
{
    (void)state;
    struct boa_err err = { .sys = 5 };
    assert_int_equal(boa_err_set(&err, BOA_ERR_DATA, "want %d, have %s", 7, "x"), -1);
    assert_int_equal(err.kind, BOA_ERR_DATA);
    assert_int_equal(err.sys, 0);
    assert_string_equal(err.text, "want 7, have x");
    assert_int_equal(boa_err_memory(&err), -1);
    assert_int_equal(err.kind, BOA_ERR_MEMORY);
}

static void test_nobody_need_listen(void **state)
{
    (void)state;
    assert_int_equal(boa_err_set(NULL, BOA_ERR_DATA, "%d", 1), -1);
    assert_int_equal(boa_err_sys(NULL, ENOENT, "%d", 1), -1);
    assert_int_equal(boa_err_memory(NULL), -1);
    assert_int_equal(boa_err_context(NULL, "%d", 1), -1);
}

static void test_system_errors_say_why(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    assert_int_equal(boa_err_sys(&err, ENOENT, "cannot open %s", "x.csv"), -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
    assert_int_equal(err.sys, ENOENT);
    assert_string_equal(err.text, "cannot open x.csv: No such file or directory");
    boa_err_sys(&err, ENOMEM, "mapping");
    assert_int_equal(err.kind, BOA_ERR_MEMORY);
    assert_int_equal(err.sys, 0);
    boa_err_sys(&err, 987654, "odd");
    assert_true(strlen(err.text) > strlen("odd: "));
}

static void test_context_goes_in_front(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    boa_err_sys(&err, EACCES, "open");
    assert_int_equal(boa_err_context(&err, "reading %s", "x.csv"), -1);
    assert_string_equal(err.text, "reading x.csv: open: Permission denied");
    assert_int_equal(err.kind, BOA_ERR_IO);
    assert_int_equal(err.sys, EACCES);
    /* An error may quote itself. */
    boa_err_set(&err, BOA_ERR_DATA, "<%s>", err.text);
    assert_string_equal(err.text, "<reading x.csv: open: Permission denied>");
    boa_err_context(&err, "%s", err.text);
    assert_string_equal(err.text, "<reading x.csv: open: Permission denied>: "
                                  "<reading x.csv: open: Permission denied>");
}

/* Texts of code points of one to four bytes, of every length around the limit. */
static void test_long_texts_are_cut_between_code_points(void **state)
{
    (void)state;
    static const char *const units[] = { "a", "é", "…", "😀" };
    for (size_t u = 0; u < 4; u++) {
        for (size_t pad = 0; pad < 4; pad++) {
            char text[700] = "----";
            size_t len = pad, unit = strlen(units[u]);
            for (; len < 600; len += unit)
                memcpy(text + len, units[u], unit + 1);
            struct boa_err err = { 0 };
            boa_err_set(&err, BOA_ERR_DATA, "%s", text);
            struct boa_str have = boa_str_from(err.text);
            assert_true(have.len < BOA_ERR_TEXT_MAX && have.len + unit >= BOA_ERR_TEXT_MAX - 1);
            assert_int_equal(boa_utf8_valid_prefix(have), have.len);
            assert_memory_equal(have.ptr, text, have.len - 3);
            assert_string_equal(have.ptr + have.len - 3, "…");
        }
    }
}

static void test_what_just_fits_is_not_cut(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    boa_err_set(&err, BOA_ERR_DATA, "%*s", BOA_ERR_TEXT_MAX - 1, "x");
    assert_int_equal(strlen(err.text), BOA_ERR_TEXT_MAX - 1);
    assert_int_equal(err.text[BOA_ERR_TEXT_MAX - 2], 'x');
    boa_err_context(&err, "more");
    assert_int_equal(strlen(err.text), BOA_ERR_TEXT_MAX - 1);
    assert_string_equal(err.text + BOA_ERR_TEXT_MAX - 4, "…");
}

/* A hostile cell of continuation bytes must not make the message vanish. */
static void test_a_cut_in_bytes_that_are_no_text_keeps_most(void **state)
{
    (void)state;
    char text[700];
    memset(text, 0x80, sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    struct boa_err err = { 0 };
    boa_err_set(&err, BOA_ERR_DATA, "%s", text);
    assert_true(strlen(err.text) > BOA_ERR_TEXT_MAX - 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_setting_fills_everything_and_fails),
        cmocka_unit_test(test_nobody_need_listen),
        cmocka_unit_test(test_system_errors_say_why),
        cmocka_unit_test(test_context_goes_in_front),
        cmocka_unit_test(test_long_texts_are_cut_between_code_points),
        cmocka_unit_test(test_what_just_fits_is_not_cut),
        cmocka_unit_test(test_a_cut_in_bytes_that_are_no_text_keeps_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
