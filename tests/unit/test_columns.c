/* Column names from the command line and from other files. */
#include "converters/columns.h"

#include "tests/unit/unit.h"
/* It needs cmocka in front of it. */
#include "tests/unit/scratch_folder.h"

enum { FILE_MAX = 1 << 16 };

static void check(const struct columns *columns, const char *const *names, size_t count)
{
    assert_int_equal(columns->count, count);
    for (size_t i = 0; i < count; i++)
        assert_text_equal(columns->names[i], names[i]);
}

static void test_lists(void **state)
{
    struct columns columns = { 0 };
    struct boa_err err = { 0 };

    (void)state;
    assert_int_equal(columns_from_list(&columns, "timestamp", &err), 0);
    check(&columns, (const char *const[]){ "timestamp" }, 1);
    columns_release(&columns);
    /* As a header has them: trimmed, quoted, empty. */
    assert_int_equal(columns_from_list(&columns, " a ,\"b,c\",,d,", &err), 0);
    check(&columns, (const char *const[]){ "a", "b,c", "", "d", "" }, 5);
    columns_release(&columns);
    columns_release(&columns);
    assert_int_equal(columns.count, 0);
}

static void test_lists_without_names(void **state)
{
    static const char *const lists[] = { "", " ", "\n", "\"a", "\"a\"b" };

    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct columns columns = { .count = 7 };
        struct boa_err err = { 0 };

        assert_int_equal(columns_from_list(&columns, lists[i], &err), -1);
        assert_int_equal(err.kind, BOA_ERR_USAGE);
        assert_string_equal(err.text, "--columns: no row of column names");
        assert_int_equal(columns.count, 7); /* untouched */
    }
}

static void test_the_header_of_a_file(void **state)
{
    struct columns columns = { 0 };
    struct boa_err err = { 0 };
    const char *path = scratch_path(state, "emissions.csv");

    scratch_write(path, "\xEF\xBB\xBFtimestamp,run_id\r\n2026-03-10T09:31:12,a\r\n");
    assert_int_equal(columns_from_file(&columns, path, FILE_MAX, &err), 0);
    check(&columns, (const char *const[]){ "timestamp", "run_id" }, 2);
    columns_release(&columns);
    /* A spreadsheet's table has other separators. */
    scratch_write(path, "timestamp;run_id\n");
    assert_int_equal(columns_from_file(&columns, path, FILE_MAX, &err), 0);
    check(&columns, (const char *const[]){ "timestamp", "run_id" }, 2);
    columns_release(&columns);
}

static void test_files_without_a_header(void **state)
{
    struct columns columns = { 0 };
    struct boa_err err = { 0 };
    const char *path = scratch_path(state, "empty.csv");

    scratch_write(path, "\n\n");
    assert_int_equal(columns_from_file(&columns, path, FILE_MAX, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_USAGE);
    assert_non_null(strstr(err.text, "empty.csv: no row of column names"));
    err = (struct boa_err){ 0 };
    scratch_write(path, "\xFF\xFEt");
    assert_int_equal(columns_from_file(&columns, path, FILE_MAX, &err), -1);
    assert_non_null(strstr(err.text, "empty.csv: the text is UTF-16; save it as UTF-8"));
    err = (struct boa_err){ 0 };
    assert_int_equal(columns_from_file(&columns, scratch_path(state, "none.csv"), FILE_MAX, &err),
                     -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
}

static int take_list(void *user, struct boa_err *err)
{
    struct columns columns = { 0 };
    int rc = columns_from_list(&columns, user, err);

    columns_release(&columns);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    static char list[] = "timestamp,\"run\"\"id\",duration";

    (void)state;
    assert_true(unit_each_allocation_fails(take_list, list) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_lists_without_names),
        cmocka_unit_test(test_the_header_of_a_file),
        cmocka_unit_test(test_files_without_a_header),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
