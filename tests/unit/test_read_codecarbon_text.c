/* Reading blocks of "key: value" lines. */
#include "converters/read_codecarbon_text.h"

#include "tests/unit/reading.h"

#define FIGURES "timestamp: 2026-03-10 09:31:12\nduration: 2\nemissions: 1\nenergy_consumed: 0.5\n"
#define BLOCK(run) "run_id: " run "\n" FIGURES
/* 10 + 31 + 12 + 13 + 21 bytes with a run of one letter. */

static struct cc_text reader;

static int open_text(struct cc_rows **rows, struct boa_input *in, const struct boa_diags *diags,
                     struct boa_err *err)
{
    *rows = &reader.rows;
    return cc_text_open(&reader, in, diags, err);
}

static void check(const char *text, const char *rows, const char *findings)
{
    reading_check(open_text, text, 0, rows, findings);
}

static void test_blocks(void **state)
{
    (void)state;
    check(BLOCK("a"), "1@0 total a 0.5 1\n", "");
    check("\n\n" BLOCK("a") "\n \t\r\n\n" BLOCK("b") "\n",
          "3@2 total a 0.5 1\n11@95 total b 0.5 1\n", "");
    check(BLOCK("a") BLOCK("b") BLOCK("c"),
          "1@0 total a 0.5 1\n6@87 total b 0.5 1\n11@174 total c 0.5 1\n", "");
    check("\xEF\xBB\xBFrun_id :  a \r\ntimestamp:2026-03-10T09:31:12\r\nduration: 2\r\n"
          "emissions: 1\r\nenergy_consumed: 0.5",
          "1@0 total a 0.5 1\n", "");
    check("The run's data: see below\nkWh: kWh\n" BLOCK("a") "unknown: x\nprose\n",
          "3@35 total a 0.5 1\n", "");
    check("Some prose: nothing.\n\nMore\n", "", "");
    check("", "", "");
}

static void test_rows_that_cannot_be_used(void **state)
{
    (void)state;
    check("os: Linux\nduration: 1\n\n" BLOCK("a"), "4@23 total a 0.5 1\n",
          "RECORD_UNKNOWN t:1:0 : record refused: not one of CodeCarbon's: no key timestamp, "
          "emissions, energy_consumed\n");
    check("os: Linux\nos: Linux\n" BLOCK("a"), "2@10 total a 0.5 1\n",
          "RECORD_UNKNOWN t:1:0 : record refused: not one of CodeCarbon's: no key timestamp, "
          "duration, emissions, energy_consumed\n");
    check("run_id: a\ntimestamp: then\nduration: 2\nemissions: 1\nenergy_consumed: 1\n", "",
          "ROW_SHIFTED t:1:0 : row refused: column timestamp: want YYYY-MM-DDTHH:MM:SS, have "
          "\"then\"\n");
}

static void test_values_become_cells(void **state)
{
    static const char text[] =
        "run_id: 5b0fa12a-3dd7-45bb-9766-cc326314d9f1\ntimestamp: 2025-01-16 10:25:02\n"
        "project_name: a: b\nduration: 0.15\nduration: 0.16\nemissions: 1.1e-07\n"
        "cpu_power: Power(kW=0.0425)\nenergy_consumed: Energy(kWh=2.0e-06)\n"
        "gpu_model: None\non_cloud: No\n";
    struct boa_input in;
    struct cc_rows *rows;
    struct cc_row row;
    struct boa_err err = { 0 };

    (void)state;
    boa_input_open_text(&in, "t", boa_str_from(text), &err);
    assert_int_equal(open_text(&rows, &in, NULL, &err), 0);
    assert_int_equal(rows->ops->next(rows, &row, &err), 1);
    assert_false(row.has_key); /* everybody's run_id */
    assert_text_equal(rows->cells[1], "a: b");
    assert_text_equal(cc_rows_cell(rows, CC_DURATION), "0.16");
    assert_text_equal(cc_rows_cell(rows, CC_CPU_POWER), "42.5");
    assert_text_equal(cc_rows_cell(rows, CC_ENERGY), "2.0e-06");
    assert_text_equal(cc_rows_cell(rows, CC_GPU_MODEL), "");
    assert_text_equal(cc_rows_cell(rows, CC_ON_CLOUD), "N");
    rows->ops->close(rows);
    boa_input_close(&in);
}

static void test_values_that_are_no_utf8(void **state)
{
    (void)state;
    check(BLOCK("r\xE9"), "1@0 total r\xC3\xA9 0.5 1\n",
          "CELL_ENCODING t:1:0 : column run_id is not UTF-8; read as Windows-1252\n");
}

static void test_limits(void **state)
{
    static const char finding[] = "ROW_TOO_LONG t:1:0 : row refused: it is longer than the limit\n";

    (void)state;
    /* A line over the limit spoils its block only; what stands in it is no line of its own. */
    reading_check(open_text,
                  "run_id: a\nos: aaaaaaaaaabbbbbbbbbbcccccccccctask_name: x\n" FIGURES
                  "\n" BLOCK("b"),
                  40, "8@135 total b 0.5 1\n", finding);
    reading_check(open_text,
                  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n" BLOCK("b"), 40,
                  "2@60 total b 0.5 1\n", "");
    /* Values that come again and again do not add up for ever. */
    reading_check(open_text,
                  "run_id: a\nos: aaaaaaaaaaaaaaaaaaaaaaaaa\nos: aaaaaaaaaaaaaaaaaaaaaaaaa\n"
                  "\n" BLOCK("b"),
                  40, "5@71 total b 0.5 1\n", finding);
}

static int read_all(void *user, struct boa_err *err)
{
    struct boa_input in;
    struct cc_rows *rows;
    struct cc_row row;
    int got;

    boa_input_open_text(&in, "t", boa_str_from(user), err);
    got = open_text(&rows, &in, NULL, err);
    while (got == 0 && (got = rows->ops->next(rows, &row, err)) > 0)
        got = 0;
    rows->ops->close(rows);
    boa_input_close(&in);
    return got;
}

static void test_allocations_may_fail(void **state)
{
    static char text[] = BLOCK("a") "cpu_power: Power(kW=1)\n" BLOCK("b");

    (void)state;
    assert_true(unit_each_allocation_fails(read_all, text) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_rows_that_cannot_be_used),
        cmocka_unit_test(test_values_become_cells),
        cmocka_unit_test(test_values_that_are_no_utf8),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_allocations_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
