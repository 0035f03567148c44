/* Tasks, parts and descriptions: kept by run, in order of time, once each, and added exactly. */
#include "converters/run_details.h"

#include <stdio.h>

#include "tests/unit/rows_fixture.h"
#include "tests/unit/unit.h"

#define TASK_COLUMNS "task_name,timestamp,duration,energy_consumed,cpu_power,mine"
#define PART_COLUMNS "timestamp,duration,emissions,energy_consumed,cpu_model"

enum { DETAILS_MAX = 1 << 20 };

typedef int add_job(struct run_details *details, uint32_t run, const struct cc_rows *rows,
                    struct boa_err *err);

/* Adds a row of these columns and cells. */
static int try_add(struct run_details *details, add_job *job, uint32_t run, const char *columns,
                   const char *cells, struct boa_err *err)
{
    struct cc_rows rows = { 0 };
    int rc;

    fixture_columns(&rows, columns);
    fixture_cells(&rows, cells);
    rc = job(details, run, &rows, err);
    cc_rows_release(&rows);
    return rc;
}

static void add(struct run_details *details, add_job *job, uint32_t run, const char *columns,
                const char *cells)
{
    struct boa_err err = { 0 };

    assert_int_equal(try_add(details, job, run, columns, cells, &err), 0);
}

static struct run_details *make(void)
{
    struct boa_err err = { 0 };
    struct run_details *details = run_details_new(DETAILS_MAX, &err);

    assert_non_null(details);
    return details;
}

static size_t index_of(const char *const *names, const char *name)
{
    size_t at = 0;

    while (strcmp(names[at], name) != 0)
        at++;
    return at;
}

/* The names of a run's tasks, a blank behind each. */
static void check_tasks(const struct run_details *details, uint32_t run, const char *want)
{
    const struct boa_str *const *tasks;
    size_t count = run_details_tasks(details, run, &tasks), len = 0;
    char text[256] = "";

    for (size_t i = 0; i < count; i++) {
        struct boa_str name = tasks[i][index_of(cc_task_columns, "task_name")];
        len += (size_t)snprintf(text + len, sizeof text - len, "%.*s ", BOA_STR_FMT(name));
    }
    assert_string_equal(text, want);
}

static void test_tasks_in_order_of_time(void **state)
{
    struct run_details *details = make();
    const struct boa_str *const *tasks;

    (void)state;
    add(details, run_details_add_task, 5, TASK_COLUMNS, "c,2026-03-10T09:31:30,1,0.1,85,x");
    add(details, run_details_add_task, 2, TASK_COLUMNS, "z,2026-03-10T09:31:40,1,0.1,85,x");
    add(details, run_details_add_task, 5, TASK_COLUMNS, "a,2026-03-10T09:31:10,1,0.2,85,x");
    add(details, run_details_add_task, 5, TASK_COLUMNS, "b1,2026-03-10T09:31:20,1,0.1,85,x");
    add(details, run_details_add_task, 5, TASK_COLUMNS, "b2,2026-03-10T09:31:20,1,0.1,85,x");
    run_details_settle(details);
    check_tasks(details, 5, "a b1 b2 c "); /* in one second: as they were read */
    check_tasks(details, 2, "z ");
    check_tasks(details, 0, "");
    check_tasks(details, 3, "");
    check_tasks(details, 9, "");
    /* The cells that measures are made of, whatever the columns; those of the user's own are not
     * among them. */
    assert_int_equal(run_details_tasks(details, 2, &tasks), 1);
    assert_text_equal(tasks[0][index_of(cc_task_columns, "cpu_power")], "85");
    assert_text_equal(tasks[0][index_of(cc_task_columns, "energy_consumed")], "0.1");
    assert_text_equal(tasks[0][index_of(cc_task_columns, "gpu_model")], "");
    run_details_free(details);
}

static void test_tasks_are_kept_once(void **state)
{
    struct run_details *details = make();

    (void)state;
    for (int pass = 0; pass < 2; pass++) {
        add(details, run_details_add_task, 1, TASK_COLUMNS, "a,2026-03-10T09:31:10,1,0.2,85,x");
        /* The same of another run, and one that differs in a cell, are others. */
        add(details, run_details_add_task, 2, TASK_COLUMNS, "a,2026-03-10T09:31:10,1,0.2,85,x");
        add(details, run_details_add_task, 1, TASK_COLUMNS, "a,2026-03-10T09:31:10,2,0.2,85,x");
        /* What the user adds tells nothing apart. */
        add(details, run_details_add_task, 1, TASK_COLUMNS, "a,2026-03-10T09:31:10,1,0.2,85,y");
    }
    run_details_settle(details);
    check_tasks(details, 1, "a a ");
    check_tasks(details, 2, "a ");
    run_details_free(details);
}

static void check_sum(const struct boa_decimal *sum, const char *want)
{
    char text[BOA_DECIMAL_TEXT_MAX];

    assert_text_equal(boa_str_make(text, boa_decimal_format(text, sum)), want);
}

static void test_parts_are_added_exactly(void **state)
{
    struct run_details *details = make();
    const struct run_sums *sums;

    (void)state;
    add(details, run_details_add_part, 1, PART_COLUMNS, "2026-03-10T09:31:08,8,1e-20,0.1,cpu");
    add(details, run_details_add_part, 1, PART_COLUMNS, "2026-03-10T09:31:16,8,1,0.2,cpu");
    add(details, run_details_add_part, 1, PART_COLUMNS, "2026-03-10T09:31:16,8,1,0.2,cpu");
    add(details, run_details_add_part, 1, PART_COLUMNS, "2026-03-10T09:31:24,,nan,0.2,cpu");
    add(details, run_details_add_part, 7, PART_COLUMNS, "2026-03-10T09:31:16,8,1,0.2,cpu");
    sums = run_details_sums(details, 1);
    assert_non_null(sums);
    check_sum(&sums->energy_kwh, "0.5");
    check_sum(&sums->emissions_kg, "1.00000000000000000001");
    check_sum(&sums->duration_s, "16");
    check_sum(&run_details_sums(details, 7)->energy_kwh, "0.2");
    assert_null(run_details_sums(details, 0));
    run_details_free(details);
}

static void test_a_sum_of_too_many_digits(void **state)
{
    struct run_details *details = make();

    (void)state;
    add(details, run_details_add_part, 1, PART_COLUMNS, "2026-03-10T09:31:08,8,1,1e600,cpu");
    assert_false(run_details_sums(details, 1)->endless);
    add(details, run_details_add_part, 1, PART_COLUMNS, "2026-03-10T09:31:16,8,1,1e-600,cpu");
    add(details, run_details_add_part, 1, PART_COLUMNS, "2026-03-10T09:31:24,8,1,1,cpu");
    assert_true(run_details_sums(details, 1)->endless);
    run_details_free(details);
}

static void test_descriptions(void **state)
{
    struct run_details *details = make();
    const struct boa_str *about;

    (void)state;
    add(details, run_details_set_about, 4, "os,cpu_model,mine", "Linux,cpu,x");
    about = run_details_about(details, 4);
    assert_non_null(about);
    assert_text_equal(about[index_of(cc_all_columns, "os")], "Linux");
    assert_text_equal(about[index_of(cc_all_columns, "cpu_model")], "cpu");
    assert_text_equal(about[index_of(cc_all_columns, "region")], "");
    /* The last one counts. */
    add(details, run_details_set_about, 4, "os", "macOS");
    assert_text_equal(run_details_about(details, 4)[index_of(cc_all_columns, "os")], "macOS");
    assert_null(run_details_about(details, 3));
    assert_null(run_details_sums(details, 4));
    run_details_free(details);
}

static void test_many_runs(void **state)
{
    enum { RUNS = 300 };
    struct run_details *details = make();
    char cells[64];

    (void)state;
    for (uint32_t run = RUNS; run-- > 0;) {
        (void)snprintf(cells, sizeof cells, "2026-03-10T09:31:08,1,1,%u,cpu", (unsigned)run);
        add(details, run_details_add_part, run, PART_COLUMNS, cells);
        (void)snprintf(cells, sizeof cells, "t%u,2026-03-10T09:31:08,1,1,85,x", (unsigned)run);
        add(details, run_details_add_task, run, TASK_COLUMNS, cells);
    }
    run_details_settle(details);
    for (uint32_t run = 0; run < RUNS; run++) {
        (void)snprintf(cells, sizeof cells, "%u", (unsigned)run);
        check_sum(&run_details_sums(details, run)->energy_kwh, cells);
        (void)snprintf(cells, sizeof cells, "t%u ", (unsigned)run);
        check_tasks(details, run, cells);
    }
    run_details_free(details);
}

static void test_the_limit(void **state)
{
    struct boa_err err = { 0 };
    struct run_details *details = run_details_new(64, &err);

    (void)state;
    assert_non_null(details);
    assert_int_equal(try_add(details, run_details_add_task, 1, TASK_COLUMNS,
                             "a,2026-03-10T09:31:10,1,0.2,85,x", &err),
                     -1);
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
    run_details_settle(details);
    check_tasks(details, 1, "");
    run_details_free(details);
    run_details_free(NULL);
}

static int keep_all(void *user, struct boa_err *err)
{
    struct run_details *details = run_details_new(DETAILS_MAX, err);
    int rc = details != NULL ? 0 : -1;

    for (uint32_t run = 0; rc == 0 && run < 2; run++) {
        rc = run_details_add_task(details, run, user, err);
        if (rc == 0)
            rc = run_details_add_part(details, run, user, err);
        if (rc == 0)
            rc = run_details_set_about(details, run, user, err);
    }
    if (rc == 0)
        run_details_settle(details);
    run_details_free(details);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    struct cc_rows rows = { 0 };

    (void)state;
    fixture_columns(&rows, PART_COLUMNS);
    fixture_cells(&rows, "2026-03-10T09:31:08,1,1,0.5,cpu");
    assert_true(unit_each_allocation_fails(keep_all, &rows) >= 8);
    cc_rows_release(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tasks_in_order_of_time),
        cmocka_unit_test(test_tasks_are_kept_once),
        cmocka_unit_test(test_parts_are_added_exactly),
        cmocka_unit_test(test_a_sum_of_too_many_digits),
        cmocka_unit_test(test_descriptions),
        cmocka_unit_test(test_many_runs),
        cmocka_unit_test(test_the_limit),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
