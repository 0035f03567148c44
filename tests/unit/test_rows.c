/* What the readers share: columns by name, and which rows are believed. */
#include "converters/rows.h"

#include "tests/unit/rows_fixture.h"
#include "tests/unit/unit.h"
/* The log needs cmocka in front of it. */
#include "tests/unit/finding_log.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct boa_place place = { BOA_STR("f"), 7, 0 };

static void test_columns_by_name(void **state)
{
    struct cc_rows rows = { 0 };

    (void)state;
    fixture_columns(&rows, "duration,,timestamp,duration,mine");
    assert_int_equal(rows.columns, 5);
    assert_int_equal(rows.column[CC_DURATION], 0); /* of two the first */
    assert_int_equal(rows.column[CC_TIMESTAMP], 2);
    assert_int_equal(rows.column[CC_ENERGY], -1);
    assert_int_equal(rows.layout_serial, 1);
    assert_int_equal(rows.layout.count, 5 + CC_DERIVED_COUNT);
    assert_ptr_equal(rows.layout.names, rows.names);
    for (size_t i = 0; i < CC_DERIVED_COUNT; i++)
        assert_true(boa_str_equal(rows.names[5 + i], cc_derived_names[i]));
    fixture_cells(&rows, "1,2,3,4,5");
    assert_text_equal(cc_rows_cell(&rows, CC_TIMESTAMP), "3");
    assert_text_equal(cc_rows_cell(&rows, CC_ENERGY), "");
    /* Another header takes its place. */
    fixture_columns(&rows, "energy_consumed");
    assert_int_equal(rows.layout_serial, 2);
    assert_int_equal(rows.column[CC_ENERGY], 0);
    assert_int_equal(rows.column[CC_TIMESTAMP], -1);
    cc_rows_release(&rows);
    cc_rows_release(&rows);
}

static bool is_listed(struct boa_str name)
{
    for (size_t i = 0; cc_all_columns[i] != NULL; i++) {
        if (boa_str_equal_lit(name, cc_all_columns[i]))
            return true;
    }
    return false;
}

static void test_all_columns_are_listed(void **state)
{
    (void)state;
    for (int c = 0; c < CC_COLUMN_COUNT; c++)
        assert_true(is_listed(cc_column_name((enum cc_column)c)));
}

static void check(enum cc_row_kind kind, const char *cells, const char *finding)
{
    struct finding_log log;
    struct cc_rows rows = { .diags = &log.diags };
    struct cc_row row = { .kind = kind };
    bool good;

    finding_log_clear(&log);
    fixture_columns(&rows,
                    "timestamp,run_id,duration,emissions,energy_consumed,tracking_mode,on_cloud");
    fixture_cells(&rows, cells);
    good = cc_rows_check(&rows, place, &row);
    assert_string_equal(log.text, finding);
    assert_int_equal(good, finding[0] == '\0');
    assert_int_equal(rows.refused, !good);
    if (good)
        assert_int_equal(row.place.line, 7);
    cc_rows_release(&rows);
}

static void test_which_rows_are_believed(void **state)
{
    (void)state;
    check(CC_ROW_TOTAL, "2026-03-10T09:31:12,a,1,2,3,machine,N", "");
    check(CC_ROW_TOTAL, "2026-03-10T09:31:12,a,,nan,3,,", "");
    check(CC_ROW_TOTAL, "2026-03-10T09:31:12+01:00,a,1,2,-3e-10,Process,true", "");
    check(CC_ROW_TOTAL, "a,2026-03-10T09:31:12,1,2,3,machine,N",
          "ROW_SHIFTED f:7:0 : row refused: column timestamp: want YYYY-MM-DDTHH:MM:SS, have "
          "\"a\"\n");
    check(CC_ROW_TOTAL, "2026-03-10T09:31:12,a,1,2,3,N,N",
          "ROW_SHIFTED f:7:0 : row refused: column tracking_mode: want machine or process, have "
          "\"N\"\n");
    check(CC_ROW_TOTAL, "2026-03-10T09:31:12,a,1,2,3,machine,16.0",
          "ROW_SHIFTED f:7:0 : row refused: column on_cloud: want Y or N, have \"16.0\"\n");
    check(CC_ROW_PART, "2026-03-10T09:31:12,a,x,2,3,machine,N",
          "ROW_SHIFTED f:7:0 : row refused: column duration: want a number, have \"x\"\n");
    check(CC_ROW_TASK, "2026-03-10T09:31:12,a,1,2,None,machine,N",
          "ENERGY_MISSING f:7:0 : row refused: column energy_consumed is empty\n");
    check(CC_ROW_TASK, "2026-03-10T09:31:12,a,1,2,nan,machine,N",
          "ENERGY_MISSING f:7:0 : row refused: column energy_consumed is nan, not a number\n");
    check(CC_ROW_PART, "2026-03-10T09:31:12,a,1,2,,machine,N",
          "ENERGY_MISSING f:7:0 : row refused: column energy_consumed is empty\n");
    check(CC_ROW_TOTAL, "3/10/2026 9:31,a,1,2,3,machine,N",
          "ROW_SHIFTED f:7:0 : row refused: column timestamp: want YYYY-MM-DDTHH:MM:SS (a "
          "spreadsheet may have rewritten it), have \"3/10/2026 9:31\"\n");
    check(CC_ROW_TOTAL, "2026-03-10T09:31:12,a,1,2,inf,machine,N",
          "ROW_SHIFTED f:7:0 : row refused: column energy_consumed: want a number, have "
          "\"inf\"\n");
    /* A description has no figures, but the rest must fit. */
    check(CC_ROW_ABOUT, "2026-03-10T09:31:12,a,,,,machine,N", "");
    check(CC_ROW_ABOUT, "then,a,,,,machine,N",
          "ROW_SHIFTED f:7:0 : row refused: column timestamp: want YYYY-MM-DDTHH:MM:SS, have "
          "\"then\"\n");
}

static void test_a_row_knows_its_time_and_run(void **state)
{
    static const char uuid[] = "0b8d3a5c-7e1f-4c2d-9a6b-1f2e3d4c5b6a";
    static const struct {
        const char *columns, *name, *want;
    } cases[] = {
        { "run_id,experiment_id", uuid, uuid },
        { "run_id", "None", "" },
        { "run_id", "5b0fa12a-3dd7-45bb-9766-cc326314d9f1", "" },
        { "experiment_id", uuid, uuid },
        { "experiment_id", "5b0fa12a-3dd7-45bb-9766-cc326314d9f1", "" },
        { "mine", uuid, "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cc_rows rows = { 0 };
        struct cc_row row = { .kind = CC_ROW_TOTAL };
        char columns[128], cells[128];

        (void)snprintf(columns, sizeof columns, "timestamp,energy_consumed,%s", cases[i].columns);
        (void)snprintf(cells, sizeof cells, "1970-01-02T00:00:01,0.5,%s,other", cases[i].name);
        fixture_columns(&rows, columns);
        fixture_cells(&rows, cells);
        assert_true(cc_rows_check(&rows, place, &row));
        assert_int_equal(row.time_s, 86401);
        assert_int_equal(row.has_key, cases[i].want[0] != '\0');
        assert_text_equal(rows.cells[rows.columns + CC_ID], cases[i].want);
        if (row.has_key) {
            struct boa_key128 key = boa_key128_make(boa_str_from(cases[i].want));
            assert_true(row.key.high == key.high && row.key.low == key.low);
        }
        cc_rows_release(&rows);
    }
}

static int set_columns_twice(void *user, struct boa_err *err)
{
    static const struct boa_str names[] = { BOA_STR("timestamp"), BOA_STR("duration") };
    struct cc_rows rows = { 0 };
    int rc = cc_rows_set_columns(&rows, names, 2, err);

    (void)user;
    if (rc == 0) {
        rc = cc_rows_set_columns(&rows, rows.names, 1, err); /* from themselves */
        assert_int_equal(rows.columns, rc == 0 ? 1 : 2);
        assert_text_equal(rows.names[0], "timestamp");
    }
    cc_rows_release(&rows);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    (void)state;
    assert_int_equal(UNIT_EACH_ALLOCATION_FAILS(set_columns_twice), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_by_name),
        cmocka_unit_test(test_all_columns_are_listed),
        cmocka_unit_test(test_which_rows_are_believed),
        cmocka_unit_test(test_a_row_knows_its_time_and_run),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
