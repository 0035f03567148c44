/* The table of runs: which row counts. */
#include "converters/runs.h"

#include <math.h>

#include "tests/unit/unit.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct boa_key128 run_a = { 1, 2 }, run_b = { 2, 1 };

static void add(struct boa_runs *runs, struct boa_key128 key, double energy_kwh, uint64_t offset,
                bool constant_cpu)
{
    struct boa_err err = { 0 };
    const struct boa_run row = { energy_kwh, offset, 3, constant_cpu };

    assert_int_equal(boa_runs_add(runs, key, &row, &err), 0);
}

/* Which of the energies, in the order of the file, is the run. */
static void check(const double *energies, size_t count, size_t want)
{
    struct boa_runs runs;

    boa_runs_init(&runs);
    for (size_t i = 0; i < count; i++)
        add(&runs, run_a, energies[i], 100 * i, false);
    assert_int_equal(boa_runs_get(&runs, run_a)->offset, 100 * want);
    assert_int_equal(boa_runs_get(&runs, run_a)->file, 3);
    assert_null(boa_runs_get(&runs, run_b));
    boa_runs_release(&runs);
}

#define CHECK(want, ...)                                                                           \
    check((const double[]){ __VA_ARGS__ }, COUNT(((const double[]){ __VA_ARGS__ })), (want))

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

            boa_runs_init(&runs);
            for (size_t r = 0; r < COUNT(cases[i].rows); r++)
                add(&runs, run_a, falling ? 3.0 - (double)r : (double)r, r, cases[i].rows[r]);
            assert_int_equal(boa_runs_get(&runs, run_a)->constant_cpu, cases[i].want);
            boa_runs_release(&runs);
        }
    }
}

static void test_many_runs(void **state)
{
    enum { RUNS = 10000 };
    struct boa_runs runs;

    (void)state;
    boa_runs_init(&runs);
    for (uint64_t pass = 0; pass < 2; pass++) {
        for (uint64_t i = 0; i < RUNS; i++)
            add(&runs, (struct boa_key128){ i, i * i }, (double)(pass * (i % 2)), 2 * i + pass,
                false);
    }
    for (uint64_t i = 0; i < RUNS; i++)
        assert_int_equal(boa_runs_get(&runs, (struct boa_key128){ i, i * i })->offset,
                         2 * i + i % 2);
    boa_runs_release(&runs);
    boa_runs_release(&runs);
}

static int fill(void *user, struct boa_err *err)
{
    struct boa_runs runs;
    int rc = 0;

    (void)user;
    boa_runs_init(&runs);
    for (uint64_t i = 0; rc == 0 && i < 2000; i++)
        rc = boa_runs_add(&runs, (struct boa_key128){ i, 1 }, &(struct boa_run){ .offset = i },
                          err);
    boa_runs_release(&runs);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(fill) >= 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_largest_energy_counts),
        cmocka_unit_test(test_the_earliest_of_equals_counts),
        cmocka_unit_test(test_odd_energies),
        cmocka_unit_test(test_all_rows_tell_of_the_cpu),
        cmocka_unit_test(test_many_runs),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
