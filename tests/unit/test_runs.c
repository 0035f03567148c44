/* The table of runs: which row counts, which runs fall, which measured one machine at one time. */
#include "converters/runs.h"

#include <math.h>

#include "tests/unit/unit.h"
/* The log needs cmocka in front of it. */
#include "tests/unit/finding_log.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct boa_key128 run_a = { 1, 2 }, run_b = { 2, 1 };

/* A row as the tests tell it. */
struct told {
    double energy_kwh;
    uint32_t end_s;
    uint32_t flags;
};

static struct boa_run row_of(struct told told, size_t offset)
{
    return (struct boa_run){ .energy_kwh = told.energy_kwh,
                             .offset = offset & 0xFFFF,
                             .file = 3,
                             .end_s = told.end_s,
                             .flags = told.flags };
}

static void add(struct boa_runs *runs, struct boa_key128 key, struct told told, size_t offset)
{
    struct boa_err err = { 0 };
    const struct boa_run row = row_of(told, offset);
    uint32_t number;

    assert_int_equal(boa_runs_add(runs, key, &row, &number, &err), 0);
    assert_ptr_equal(boa_runs_get(runs, key, &number), &runs->runs[number]);
}

/* Which of the rows, in the order of the file, is the run, and whether its energies fall. */
static void check(const struct told *rows, size_t count, size_t want, bool falling)
{
    struct boa_runs runs;
    uint32_t number = 7;
    const struct boa_run *run;

    boa_runs_init(&runs);
    for (size_t i = 0; i < count; i++)
        add(&runs, run_a, rows[i], 100 * i);
    run = boa_runs_get(&runs, run_a, &number);
    assert_non_null(run);
    assert_int_equal(number, 0);
    assert_int_equal(run->offset, 100 * want);
    assert_int_equal(run->file, 3);
    assert_int_equal((run->flags & RUN_FALLING) != 0, falling);
    assert_null(boa_runs_get(&runs, run_b, &number));
    boa_runs_release(&runs);
}

/* Totals of given energies, all written in one second. */
static void check_energies(const double *energies, size_t count, size_t want)
{
    struct told rows[8];

    assert_true(count <= COUNT(rows));
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct told){ energies[i], 50, RUN_TOTAL };
    check(rows, count, want, false);
}

#define CHECK(want, ...)                                                                           \
    check_energies((const double[]){ __VA_ARGS__ }, COUNT(((const double[]){ __VA_ARGS__ })),      \
                   (want))
#define CHECK_ROWS(want, falling, ...)                                                             \
    check((const struct told[]){ __VA_ARGS__ }, COUNT(((const struct told[]){ __VA_ARGS__ })),     \
          (want), (falling))

static void test_a_run_is_small(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct boa_run), 40);
}

static void test_the_largest_energy_counts(void **state)
{
    (void)state;
    CHECK(0, 0.5);
    CHECK(2, 0.1, 0.2, 0.3);
    CHECK(0, 0.3, 0.1, 0.2); /* update mode: the last total stands first */
    CHECK(1, 0.1, 0.3, 0.2);
}

/* A repeated stop() writes the same energy with a longer duration; re-reading loses digits. */
static void test_the_earliest_of_equals_counts(void **state)
{
    (void)state;
    CHECK(0, 1.855e-6, 1.855e-6, 1.855e-6);
    CHECK(1, 0.1, 0.3, 0.3, 0.3);
    CHECK(0, 1.0, 1.0 + 9e-13);
    CHECK(1, 1.0, 1.0 + 1.1e-12);
    CHECK(0, 1e-9, 1e-9 * (1 + 9e-13)); /* relative: small runs are told apart as well */
    CHECK(1, 1e-9, 1e-9 * (1 + 1.1e-12));
    CHECK(0, 1.0, 1.0 - 9e-13);
    /* The earliest by its time, wherever it stands. */
    CHECK_ROWS(2, false, { 0.3, 9, RUN_TOTAL }, { 0.3, 8, RUN_TOTAL }, { 0.3, 7, RUN_TOTAL },
               { 0.3, 8, RUN_TOTAL });
}

static void test_odd_energies(void **state)
{
    (void)state;
    CHECK(1, -2.8e-10, 0.0);
    CHECK(1, -1.0, -0.5);
    CHECK(0, -0.5, -1.0);
    CHECK(0, 0.0, 0.0);
    CHECK(1, 0.0, 1e-300);
    CHECK(0, 0.0, -1e-300);
    CHECK(1, 1.0, INFINITY);
    CHECK(0, INFINITY, INFINITY);
}

/* Totals grow with time, in whatever order they stand. */
static void test_energies_that_fall(void **state)
{
    (void)state;
    CHECK_ROWS(1, false, { 0.1, 1, RUN_TOTAL }, { 0.2, 2, RUN_TOTAL });
    CHECK_ROWS(0, false, { 0.2, 2, RUN_TOTAL }, { 0.1, 1, RUN_TOTAL });
    CHECK_ROWS(0, true, { 0.2, 1, RUN_TOTAL }, { 0.1, 2, RUN_TOTAL });
    CHECK_ROWS(1, true, { 0.1, 2, RUN_TOTAL }, { 0.2, 1, RUN_TOTAL });
    /* A fall is one however high the energies rise behind it. */
    CHECK_ROWS(2, true, { 0.2, 1, RUN_TOTAL }, { 0.1, 2, RUN_TOTAL }, { 0.3, 3, RUN_TOTAL });
    /* The earlier of equals was reached before the lower one was written. */
    CHECK_ROWS(2, true, { 0.1, 4, RUN_TOTAL }, { 0.2, 5, RUN_TOTAL }, { 0.2, 3, RUN_TOTAL });
    /* Less by no more than re-reading a file changes; a second stop() rewrites the same energy. */
    CHECK_ROWS(0, false, { 1.0, 1, RUN_TOTAL }, { 1.0 - 9e-13, 2, RUN_TOTAL });
    CHECK_ROWS(0, false, { 1.0, 1, RUN_TOTAL }, { 1.0, 2, RUN_TOTAL }, { 1.0, 3, RUN_TOTAL });
    CHECK_ROWS(0, true, { 1.0, 1, RUN_TOTAL }, { 1.0 - 1.1e-12, 2, RUN_TOTAL });
    /* Tasks are no totals: they go up and down. */
    CHECK_ROWS(2, false, { 0.3, 1, 0 }, { 0.1, 2, 0 }, { 0.2, 3, 0 });
    CHECK_ROWS(1, false, { 0.3, 9, 0 }, { 0.1, 2, RUN_TOTAL }, { 0.2, 3, 0 });
    /* Rows whose time is unknown say nothing. */
    CHECK_ROWS(0, false, { 0.2, 0, RUN_TOTAL }, { 0.1, 5, RUN_TOTAL });
}

static void test_a_total_counts_before_tasks(void **state)
{
    (void)state;
    CHECK_ROWS(1, false, { 0.5, 1, 0 }, { 0.1, 1, RUN_TOTAL });
    CHECK_ROWS(0, false, { 0.1, 1, RUN_TOTAL }, { 0.5, 2, 0 });
    CHECK_ROWS(2, false, { 0.1, 1, RUN_TOTAL }, { 0.5, 2, 0 }, { 0.2, 3, RUN_TOTAL });
    /* Without one the latest stands for the run, the last among equals. */
    CHECK_ROWS(1, false, { 0.5, 1, 0 }, { 0.1, 9, 0 }, { 0.2, 5, 0 });
    CHECK_ROWS(2, false, { 0.5, 9, 0 }, { 0.1, 1, 0 }, { 0.2, 9, 0 });
}

/* A constant power must stand in every row, also in those that do not count. */
static void test_all_rows_tell_of_the_cpu(void **state)
{
    static const struct {
        bool rows[3];
        bool want;
    } cases[] = {
        { { true, true, true }, true },
        { { false, true, true }, false },
        { { true, false, true }, false },
        { { true, true, false }, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int falling = 0; falling < 2; falling++) {
            struct boa_runs runs;
            uint32_t number;

            boa_runs_init(&runs);
            for (size_t r = 0; r < COUNT(cases[i].rows); r++) {
                struct told told = { .energy_kwh = falling ? 3.0 - (double)r : (double)r,
                                     .end_s = 5,
                                     .flags = RUN_TOTAL };
                if (cases[i].rows[r])
                    told.flags |= RUN_CONSTANT_CPU;
                add(&runs, run_a, told, r);
            }
            assert_int_equal((boa_runs_get(&runs, run_a, &number)->flags & RUN_CONSTANT_CPU) != 0,
                             cases[i].want);
            boa_runs_release(&runs);
        }
    }
}

static void test_limits_of_fields(void **state)
{
    const struct boa_run row = { .offset = (UINT64_C(1) << 40) - 1,
                                 .file = RUN_FILES_MAX - 1,
                                 .line = UINT32_MAX,
                                 .end_s = UINT32_MAX,
                                 .flags = RUN_TOTAL };
    struct boa_runs runs;
    struct boa_err err = { 0 };
    uint32_t number;
    const struct boa_run *run;

    (void)state;
    boa_runs_init(&runs);
    assert_int_equal(boa_runs_add(&runs, run_a, &row, &number, &err), 0);
    run = boa_runs_get(&runs, run_a, &number);
    assert_true(run->offset == UINT64_C(0xFFFFFFFFFF));
    assert_int_equal(run->file, 0xFFFFFF);
    assert_true(run->line == UINT32_MAX && run->end_s == UINT32_MAX);
    boa_runs_release(&runs);
}

static void test_many_runs(void **state)
{
    enum { RUNS = 10000 };
    struct boa_runs runs;
    uint32_t number;

    (void)state;
    boa_runs_init(&runs);
    for (uint64_t pass = 0; pass < 2; pass++) {
        for (uint64_t i = 0; i < RUNS; i++)
            add(&runs, (struct boa_key128){ i, i * i },
                (struct told){ (double)(pass * (i % 2)), 5, RUN_TOTAL }, 2 * i + pass);
    }
    for (uint64_t i = 0; i < RUNS; i++) {
        const struct boa_run *run = boa_runs_get(&runs, (struct boa_key128){ i, i * i }, &number);
        assert_int_equal(run->offset, 2 * i + i % 2);
        assert_int_equal(number, i);
    }
    boa_runs_release(&runs);
    boa_runs_release(&runs);
}

/* ---- Overlaps ---- */

struct stretch {
    uint32_t begin_s, end_s, hardware, flags;
};

static struct boa_str name_of_file(void *user, size_t file)
{
    const char *const *names = user;

    return boa_str_from(names[file]);
}

/* The lines of the runs that overlap an earlier one, and of which: "line<other". Runs stand in
 * lines 1, 2, 3 … of the file "f". */
static void check_overlaps(const struct stretch *runs, size_t count, const char *want)
{
    static const char *const names[] = { "f" };
    static struct finding_log log;
    struct boa_runs table;
    struct boa_err err = { 0 };
    char text[256] = "", *at = log.text;
    size_t len = 0;
    uint32_t number;

    finding_log_clear(&log);
    boa_runs_init(&table);
    for (size_t i = 0; i < count; i++) {
        const struct boa_run row = { .energy_kwh = 1,
                                     .offset = i & 0xFF,
                                     .line = (uint32_t)i + 1,
                                     .end_s = runs[i].end_s,
                                     .duration_s = runs[i].end_s - runs[i].begin_s,
                                     .hardware = runs[i].hardware,
                                     .flags = runs[i].flags };
        assert_int_equal(boa_runs_add(&table, (struct boa_key128){ 9, i }, &row, &number, &err), 0);
    }
    assert_int_equal(
        boa_runs_find_overlaps(&table, name_of_file, (void *)(uintptr_t)names, &log.diags, &err),
        0);
    for (size_t i = 0; i < log.count; i++) {
        int line, other;
        assert_int_equal(sscanf(at, "RUNS_OVERLAP f:%d:0 : the run at f:%d ", &line, &other), 2);
        len += (size_t)snprintf(text + len, sizeof text - len, "%d<%d ", line, other);
        at = strchr(at, '\n') + 1;
    }
    assert_string_equal(text, want);
    boa_runs_release(&table);
}

#define CHECK_OVERLAPS(want, ...)                                                                  \
    check_overlaps((const struct stretch[]){ __VA_ARGS__ },                                        \
                   COUNT(((const struct stretch[]){ __VA_ARGS__ })), (want))

static void test_runs_that_overlap(void **state)
{
    enum { WHOLE = RUN_TOTAL | RUN_MACHINE };

    (void)state;
    CHECK_OVERLAPS("", { 10, 20, 1, WHOLE });
    CHECK_OVERLAPS("2<1 ", { 10, 20, 1, WHOLE }, { 15, 25, 1, WHOLE });
    CHECK_OVERLAPS("1<2 ", { 15, 25, 1, WHOLE }, { 10, 20, 1, WHOLE });
    CHECK_OVERLAPS("2<1 ", { 10, 20, 1, WHOLE }, { 10, 20, 1, WHOLE });
    CHECK_OVERLAPS("2<1 3<1 ", { 10, 90, 1, WHOLE }, { 15, 25, 1, WHOLE }, { 30, 40, 1, WHOLE });
    CHECK_OVERLAPS("2<1 3<2 ", { 10, 20, 1, WHOLE }, { 15, 35, 1, WHOLE }, { 30, 40, 1, WHOLE });
    CHECK_OVERLAPS("", { 10, 20, 1, WHOLE }, { 20, 30, 1, WHOLE }); /* they touch */
    CHECK_OVERLAPS("", { 10, 20, 1, WHOLE }, { 15, 25, 2, WHOLE }); /* two machines */
    CHECK_OVERLAPS("3<1 4<2 ", { 10, 20, 1, WHOLE }, { 10, 20, 2, WHOLE }, { 19, 30, 1, WHOLE },
                   { 19, 30, 2, WHOLE });
}

/* Runs of which too little is known, or that measured only themselves. */
static void test_runs_that_cannot_overlap(void **state)
{
    enum { WHOLE = RUN_TOTAL | RUN_MACHINE };

    (void)state;
    CHECK_OVERLAPS("", { 10, 20, 1, WHOLE }, { 15, 25, 1, RUN_TOTAL });   /* process scope */
    CHECK_OVERLAPS("", { 10, 20, 1, WHOLE }, { 15, 25, 1, RUN_MACHINE }); /* tasks, no total */
    CHECK_OVERLAPS("", { 10, 20, 1, WHOLE }, { 25, 25, 1, WHOLE });       /* no duration */
    CHECK_OVERLAPS("", { 10, 20, 1, WHOLE }, { 15, 25, 1, WHOLE | RUN_FALLING });
    CHECK_OVERLAPS("", { 0, 0, 1, WHOLE }, { 0, 0, 1, WHOLE });       /* no time */
    CHECK_OVERLAPS("", { 10, 20, 1, WHOLE }, { 4000, 25, 1, WHOLE }); /* longer than time */
    CHECK_OVERLAPS("", { 10, 20, 0, WHOLE }, { 15, 25, 0, WHOLE });   /* unknown machines */
}

static int fill(void *user, struct boa_err *err)
{
    static const char *const names[] = { "f" };
    struct boa_runs runs;
    uint32_t number;
    int rc = 0;

    (void)user;
    boa_runs_init(&runs);
    for (uint64_t i = 0; rc == 0 && i < 2000; i++)
        rc = boa_runs_add(&runs, (struct boa_key128){ i, 1 },
                          &(struct boa_run){ .offset = i & 0xFFFF }, &number, err);
    if (rc == 0)
        rc = boa_runs_find_overlaps(&runs, name_of_file, (void *)(uintptr_t)names, NULL, err);
    boa_runs_release(&runs);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(fill) >= 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_is_small),
        cmocka_unit_test(test_the_largest_energy_counts),
        cmocka_unit_test(test_the_earliest_of_equals_counts),
        cmocka_unit_test(test_odd_energies),
        cmocka_unit_test(test_energies_that_fall),
        cmocka_unit_test(test_a_total_counts_before_tasks),
        cmocka_unit_test(test_all_rows_tell_of_the_cpu),
        cmocka_unit_test(test_limits_of_fields),
        cmocka_unit_test(test_many_runs),
        cmocka_unit_test(test_runs_that_overlap),
        cmocka_unit_test(test_runs_that_cannot_overlap),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
