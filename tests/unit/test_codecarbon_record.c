/* Records of runs: the row's cells, sums and descriptions in their place, tasks as measures, ids.
 */
#include "converters/codecarbon_record.h"

#include <stdio.h>

#include "tests/unit/rows_fixture.h"
#include "tests/unit/unit.h"
/* The log needs cmocka in front of it. */
#include "tests/unit/finding_log.h"

#define COLUMNS "timestamp,run_id,duration,emissions,energy_consumed,os,cpu_model"

struct bench {
    struct finding_log log;
    struct cc_cells_options options;
    struct run_details *details;
    struct record_maker maker;
    struct cc_rows rows;
    struct boa_record record;
    struct boa_arena arena;
    struct boa_err err;
};

static void begin(struct bench *bench, const char *columns)
{
    memset(bench, 0, sizeof *bench);
    finding_log_clear(&bench->log);
    bench->options.on_premise = true;
    bench->details = run_details_new(1 << 20, &bench->err);
    assert_non_null(bench->details);
    record_maker_init(&bench->maker, &bench->options, bench->details, &bench->log.diags);
    boa_arena_init(&bench->arena, 1 << 20);
    fixture_columns(&bench->rows, columns);
}

static void end(struct bench *bench)
{
    record_maker_release(&bench->maker);
    record_maker_release(&bench->maker);
    run_details_free(bench->details);
    cc_rows_release(&bench->rows);
    boa_arena_release(&bench->arena);
}

/* The next row of a run, as a reader would hand it on. */
static void take(struct bench *bench, enum cc_row_kind kind, const char *cells, struct cc_row *row)
{
    static const struct boa_place place = { BOA_STR("f"), 2, 0 };

    *row = (struct cc_row){ .kind = kind };
    fixture_cells(&bench->rows, cells);
    assert_true(cc_rows_check(&bench->rows, place, row));
}

static void make(struct bench *bench, enum cc_row_kind kind, const char *cells, uint32_t number)
{
    const struct boa_run run = { .flags = kind == CC_ROW_TOTAL ? RUN_TOTAL : 0 };
    struct cc_row row;

    take(bench, kind, cells, &row);
    assert_int_equal(record_maker_make(&bench->maker, &bench->record, &bench->rows, &row, &run,
                                       number, &bench->arena, &bench->err),
                     0);
}

static struct boa_str cell(const struct bench *bench, const char *name)
{
    const struct boa_layout *layout = &bench->maker.layout;

    for (size_t i = 0; i < layout->count; i++) {
        if (boa_str_equal_lit(layout->names[i], name))
            return bench->record.cells[i];
    }
    fail_msg("no cell %s", name);
    return (struct boa_str){ 0 };
}

/* A cell of a measure by the measures' own names. */
static struct boa_str measure_cell(const struct bench *bench, size_t measure, const char *name)
{
    const struct boa_layout *layout = &bench->maker.layout;
    size_t width = bench->record.group[BOA_GROUP_MEASURE].width;

    assert_int_equal(layout->group[BOA_GROUP_MEASURE].count, width);
    for (size_t i = 0; i < width; i++) {
        if (boa_str_equal_lit(layout->group[BOA_GROUP_MEASURE].names[i], name))
            return bench->record.group[BOA_GROUP_MEASURE].cells[measure * width + i];
    }
    fail_msg("no cell %s", name);
    return (struct boa_str){ 0 };
}

static void test_a_total(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, COLUMNS);
    make(&bench, CC_ROW_TOTAL, "2026-03-10T09:31:12,a,3600,0.01,0.1,Linux-6,cpu", 0);
    assert_text_equal(cell(&bench, "@id"), "a");
    assert_text_equal(cell(&bench, "@energy"), "0.1");
    assert_text_equal(cell(&bench, "@start"), "2026-03-10 08:31:12");
    assert_text_equal(cell(&bench, "@os.name"), "Linux");
    assert_int_equal(bench.record.group[BOA_GROUP_MEASURE].elements, 1);
    assert_int_equal(bench.record.group[BOA_GROUP_MEASURE].width, 0);
    assert_int_equal(bench.maker.layout_serial, 1);
    /* Another run of that id gets one of its own; the layout stays. */
    make(&bench, CC_ROW_TOTAL, "2026-03-11T09:31:12,a,3600,0.01,0.1,Linux-6,cpu", 1);
    assert_true(boa_uuid_is(cell(&bench, "@id")));
    assert_int_equal(bench.maker.layout_serial, 1);
    record_maker_begin_file(&bench.maker);
    make(&bench, CC_ROW_TOTAL, "2026-03-12T09:31:12,b,3600,0.01,0.1,Linux-6,cpu", 2);
    assert_int_equal(bench.maker.layout_serial, 2);
    end(&bench);
}

static void keep_tasks(struct bench *bench, uint32_t run)
{
    static const char *const tasks[] = { "fit,2026-03-10T09:31:00,1800,1,0.2,Intel",
                                         "load,2026-03-10T09:30:00,600,1,0.1,Intel" };
    struct cc_rows rows = { 0 };

    fixture_columns(&rows, "task_name,timestamp,duration,emissions,energy_consumed,cpu_model");
    for (size_t i = 0; i < 2; i++) {
        fixture_cells(&rows, tasks[i]);
        assert_int_equal(run_details_add_task(bench->details, run, &rows, &bench->err), 0);
    }
    run_details_settle(bench->details);
    cc_rows_release(&rows);
}

static void test_tasks_become_measures(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, COLUMNS);
    keep_tasks(&bench, 3);
    make(&bench, CC_ROW_TOTAL, "2026-03-10T09:31:12,a,3600,0.01,0.35,Linux-6,cpu", 3);
    assert_int_equal(bench.record.group[BOA_GROUP_MEASURE].elements, 2);
    assert_text_equal(measure_cell(&bench, 0, "task_name"), "load");
    assert_text_equal(measure_cell(&bench, 0, "@energy"), "0.1");
    assert_text_equal(measure_cell(&bench, 0, "@start"), "2026-03-10 09:20:00");
    assert_text_equal(measure_cell(&bench, 1, "task_name"), "fit");
    assert_text_equal(measure_cell(&bench, 1, "duration"), "1800");
    assert_text_equal(cell(&bench, "@energy"), "0.35"); /* the run's own cells stay */
    assert_non_null(strstr(bench.log.text, "2 tasks with 0.3 kWh are the measures; the run as a "
                                           "whole used 0.35 kWh"));
    /* A run without tasks has another layout. */
    make(&bench, CC_ROW_TOTAL, "2026-03-11T09:31:12,b,3600,0.01,0.1,Linux-6,cpu", 4);
    assert_int_equal(bench.record.group[BOA_GROUP_MEASURE].width, 0);
    assert_int_equal(bench.maker.layout.group[BOA_GROUP_MEASURE].count, 0);
    assert_int_equal(bench.maker.layout_serial, 2);
    end(&bench);
}

/* Where a task stands for the run there is no whole to compare with. */
static void test_tasks_alone(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, COLUMNS);
    keep_tasks(&bench, 0);
    make(&bench, CC_ROW_TASK, "2026-03-10T09:31:00,a,1800,0.01,0.2,Linux-6,cpu", 0);
    assert_int_equal(bench.record.group[BOA_GROUP_MEASURE].elements, 2);
    assert_null(strstr(bench.log.text, "TASKS_OF_RUN"));
    end(&bench);
}

/* The API's parts: sums for the figures, and what it knows of the machine for empty cells. */
static void test_parts(void **state)
{
    static const char *const parts[] = { "2026-03-10T09:31:04,a,8,0.01,0.1,,cpu",
                                         "2026-03-10T09:31:12,a,8,0.01,0.2,,cpu" };
    struct bench bench;
    struct boa_str names[64];
    size_t count = 0;
    struct cc_rows about = { 0 };

    (void)state;
    begin(&bench, COLUMNS);
    while (cc_all_columns[count] != NULL) {
        names[count] = boa_str_from(cc_all_columns[count]);
        count++;
    }
    assert_int_equal(cc_rows_set_columns(&bench.rows, names, count, &bench.err), 0);
    fixture_columns(&about, "os,cpu_model");
    fixture_cells(&about, "Linux-6,another");
    assert_int_equal(run_details_set_about(bench.details, 0, &about, &bench.err), 0);
    cc_rows_release(&about);
    for (size_t i = 0; i < 2; i++) {
        struct cc_rows part = { 0 };
        fixture_columns(&part, COLUMNS);
        fixture_cells(&part, parts[i]);
        assert_int_equal(run_details_add_part(bench.details, 0, &part, &bench.err), 0);
        cc_rows_release(&part);
    }
    struct cc_row row = { .kind = CC_ROW_PART };
    const struct boa_run run = { .flags = 0 };
    fixture_cells(&bench.rows, "");
    bench.rows.cells[bench.rows.column[CC_TIMESTAMP]] = BOA_STR_LIT("2026-03-10T09:31:12");
    bench.rows.cells[bench.rows.column[CC_ENERGY]] = BOA_STR_LIT("0.2");
    bench.rows.cells[bench.rows.column[CC_CPU_MODEL]] = BOA_STR_LIT("cpu");
    assert_true(cc_rows_check(&bench.rows, (struct boa_place){ BOA_STR("f"), 2, 0 }, &row));
    assert_int_equal(record_maker_make(&bench.maker, &bench.record, &bench.rows, &row, &run, 0,
                                       &bench.arena, &bench.err),
                     0);
    assert_text_equal(cell(&bench, "energy_consumed"), "0.3");
    assert_text_equal(cell(&bench, "@energy"), "0.3");
    assert_text_equal(cell(&bench, "duration"), "16");
    assert_text_equal(cell(&bench, "emissions"), "0.02");
    assert_text_equal(cell(&bench, "cpu_model"), "cpu"); /* the row's own wins */
    assert_text_equal(cell(&bench, "os"), "Linux-6");
    end(&bench);
}

static void test_a_falling_run_is_doubtful(void **state)
{
    struct bench bench;

    (void)state;
    for (int falling = 0; falling < 2; falling++) {
        const struct boa_run run = { .flags = RUN_TOTAL | (falling ? (uint32_t)RUN_FALLING : 0) };
        struct cc_row row;

        begin(&bench, COLUMNS);
        take(&bench, CC_ROW_TOTAL, "2026-03-10T09:31:12,a,3600,0.01,0.1,Linux-6,cpu", &row);
        assert_int_equal(record_maker_make(&bench.maker, &bench.record, &bench.rows, &row, &run, 0,
                                           &bench.arena, &bench.err),
                         0);
        assert_int_equal(bench.record.doubtful, falling);
        end(&bench);
    }
}

static int make_in_scant_memory(void *user, struct boa_err *err)
{
    struct bench *bench = user;
    const struct boa_run run = { .flags = RUN_TOTAL };
    struct boa_arena arena;
    struct record_maker maker;
    struct boa_record record;
    struct cc_row row;
    int rc;

    boa_arena_init(&arena, 1 << 20);
    record_maker_init(&maker, &bench->options, bench->details, NULL);
    take(bench, CC_ROW_TOTAL, "2026-03-10T09:31:12,,3600,0.01,0.1,Linux-6,cpu", &row);
    rc = record_maker_make(&maker, &record, &bench->rows, &row, &run, 0, &arena, err);
    record_maker_release(&maker);
    boa_arena_release(&arena);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, COLUMNS);
    keep_tasks(&bench, 0);
    assert_true(unit_each_allocation_fails(make_in_scant_memory, &bench) >= 3);
    end(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_total),
        cmocka_unit_test(test_tasks_become_measures),
        cmocka_unit_test(test_tasks_alone),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_a_falling_run_is_doubtful),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
