/* What rows of keys and values are, told by their keys alone. */
#include "converters/keyed_row.h"

#include "tests/unit/unit.h"
/* The log needs cmocka in front of it. */
#include "tests/unit/finding_log.h"

#define TIME "2026-03-10T09:31:12"

/* Pairs of key and value; NULL ends them. Returns whether the row can be used. */
static bool make_row(struct cc_keyed *keyed, struct cc_row *row, const char *const *pairs)
{
    const struct boa_place place = { .file = BOA_STR("t"), .line = 3 };

    cc_keyed_clear(keyed);
    for (; pairs[0] != NULL; pairs += 2) {
        struct boa_str *cell = cc_keyed_cell(keyed, boa_str_from(pairs[0]));
        if (cell != NULL)
            *cell = boa_str_from(pairs[1]);
    }
    return cc_keyed_end(keyed, place, true, row);
}

static void open_rows(struct cc_rows *rows, struct cc_keyed *keyed, struct finding_log *log)
{
    struct boa_err err = { 0 };

    finding_log_clear(log);
    *rows = (struct cc_rows){ .diags = &log->diags };
    assert_int_equal(cc_keyed_init(keyed, rows, &err), 0);
}

static void test_kinds(void **state)
{
    static const struct {
        const char *pairs[16];
        enum cc_row_kind kind;
        const char *run, *emissions, *provider;
    } cases[] = {
        { { "timestamp", TIME, "duration", "1", "emissions", "2", "energy_consumed", "3", "run_id",
            "r", "x", "y", NULL },
          CC_ROW_TOTAL,
          "r",
          "2",
          "" },
        /* The same keys in another order: guesses made for the last row do not bind. */
        { { "energy_consumed", "3", "emissions", "2", "timestamp", TIME, "run_id", "r", "duration",
            "1", "cloud_provider", "gcp", NULL },
          CC_ROW_TOTAL,
          "r",
          "2",
          "gcp" },
        { { "timestamp", TIME, "duration", "1", "emissions", "2", "energy_consumed", "3",
            "task_name", "t", "run_id", "r", NULL },
          CC_ROW_TASK,
          "r",
          "2",
          "" },
        { { "timestamp", TIME, "duration", "1", "emissions_sum", "2", "energy_consumed", "3",
            "run_id", "r", "id", "z", NULL },
          CC_ROW_PART,
          "r",
          "2",
          "" },
        { { "timestamp", TIME, "experiment_id", "e", "os", "Linux", "codecarbon_version", "3", "id",
            "r", "provider", "aws", NULL },
          CC_ROW_ABOUT,
          "r",
          "",
          "aws" },
        { { "timestamp", TIME, "duration", "1", "emissions", "2", "energy_consumed", "3",
            "experiment_id", "e", NULL },
          CC_ROW_TOTAL,
          "e",
          "2",
          "" },
    };
    static struct finding_log log;
    struct cc_rows rows;
    struct cc_keyed keyed;
    struct cc_row row;

    (void)state;
    open_rows(&rows, &keyed, &log);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(make_row(&keyed, &row, cases[i].pairs));
        assert_int_equal(row.kind, cases[i].kind);
        assert_int_equal(row.place.line, 3);
        assert_text_equal(rows.cells[rows.columns + CC_ID], cases[i].run);
        assert_text_equal(cc_rows_cell(&rows, CC_EMISSIONS), cases[i].emissions);
        assert_text_equal(cc_rows_cell(&rows, CC_CLOUD_PROVIDER), cases[i].provider);
    }
    assert_int_equal(rows.seen, sizeof cases / sizeof cases[0]);
    assert_int_equal(rows.refused, 0);
    assert_string_equal(log.text, "");
    cc_rows_release(&rows);
}

static void test_what_lacks_is_named(void **state)
{
    static const char *const no_energy[] = { "timestamp", TIME, "duration", "1", NULL };
    static const char *const about_with_figures[] = {
        "timestamp",          TIME, "experiment_id",   "e", "os", "Linux",
        "codecarbon_version", "3",  "energy_consumed", "1", NULL
    };
    static struct finding_log log;
    struct cc_rows rows;
    struct cc_keyed keyed;
    struct cc_row row;

    (void)state;
    open_rows(&rows, &keyed, &log);
    assert_false(make_row(&keyed, &row, no_energy));
    assert_string_equal(log.text, "RECORD_UNKNOWN t:3:0 : record refused: not one of CodeCarbon's: "
                                  "no key emissions, energy_consumed\n");
    assert_false(make_row(&keyed, &row, about_with_figures));
    assert_int_equal(rows.seen, 2);
    assert_int_equal(rows.refused, 2);
    cc_keyed_clear(&keyed);
    assert_false(cc_keyed_end(&keyed, (struct boa_place){ 0 }, false, &row));
    assert_int_equal(rows.seen, 2); /* not told, not counted */
    assert_int_equal(log.count, 2);
    cc_rows_release(&rows);
}

static void test_columns_by_key(void **state)
{
    static struct finding_log log;
    struct cc_rows rows;
    struct cc_keyed keyed;

    (void)state;
    open_rows(&rows, &keyed, &log);
    assert_int_equal(cc_keyed_column(&keyed, BOA_STR_LIT("timestamp")), rows.column[CC_TIMESTAMP]);
    assert_int_equal(cc_keyed_column(&keyed, BOA_STR_LIT("kWh")), -1);
    assert_int_equal(cc_keyed_column(&keyed, BOA_STR_LIT("id")), -1);
    assert_int_equal(cc_keyed_column(&keyed, BOA_STR_LIT("")), -1);
    /* More keys than guesses are kept. */
    cc_keyed_clear(&keyed);
    for (size_t i = 0; i < 3 * CC_KEYED_GUESSES; i++)
        assert_null(cc_keyed_cell(&keyed, BOA_STR_LIT("x")));
    assert_non_null(cc_keyed_cell(&keyed, BOA_STR_LIT("os")));
    cc_rows_release(&rows);
}

static int init(void *user, struct boa_err *err)
{
    struct cc_rows rows = { 0 };
    struct cc_keyed keyed;
    int rc = cc_keyed_init(&keyed, &rows, err);

    (void)user;
    cc_rows_release(&rows);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(init) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_what_lacks_is_named),
        cmocka_unit_test(test_columns_by_key),
        cmocka_unit_test(test_allocations_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
