/* Overlapping runs by the thousand, held against a count that looks at every pair. */
#include "tests/unit/unit.h"

#include "converters/runs.h"

enum { RUNS = 3000, MACHINES = 5 };

static void count_finding(void *user, const struct boa_finding *finding)
{
    size_t *count = user;

    assert_int_equal(finding->id, BOA_DIAG_RUNS_OVERLAP);
    ++*count;
}

static struct boa_str name_file(void *user, size_t file)
{
    (void)user;
    (void)file;
    return BOA_STR_LIT("x.csv");
}

static uint32_t next_random(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005 + 1442695040888963407;
    return (uint32_t)(*seed >> 33) % below;
}

/* A run overlaps when one that began before it, or with it and stands before it, ends after its
 * begin. */
static size_t count_pairwise(const struct boa_run *runs)
{
    size_t count = 0;

    for (size_t i = 0; i < RUNS; i++) {
        uint32_t begin = runs[i].end_s - runs[i].duration_s;

        for (size_t j = 0; j < RUNS; j++) {
            uint32_t other = runs[j].end_s - runs[j].duration_s;

            if (j != i && runs[j].hardware == runs[i].hardware &&
                (other < begin || (other == begin && j < i)) && runs[j].end_s > begin) {
                count++;
                break;
            }
        }
    }
    return count;
}

static void test_counts_as_looking_at_every_pair(void **state)
{
    static struct boa_run made[RUNS];
    size_t found = 0;
    struct boa_diags diags = { .add = count_finding, .user = &found };
    uint64_t seed = 20261120;

    (void)state;
    for (uint32_t span = 50; span <= 5000000; span *= 10) {
        struct boa_err err = { 0 };
        struct boa_runs runs;

        boa_runs_init(&runs);
        for (uint32_t i = 0; i < RUNS; i++) {
            uint32_t number;

            made[i] = (struct boa_run){ .flags = RUN_TOTAL | RUN_MACHINE,
                                        .hardware = 1 + next_random(&seed, MACHINES),
                                        .duration_s = 1 + next_random(&seed, 40),
                                        .end_s = 100 + next_random(&seed, span),
                                        .line = i + 2 };
            assert_int_equal(
                boa_runs_add(&runs, (struct boa_key128){ 7, i }, &made[i], &number, &err), 0);
        }
        found = 0;
        assert_int_equal(boa_runs_find_overlaps(&runs, name_file, NULL, &diags, &err), 0);
        assert_int_equal(found, count_pairwise(made));
        boa_runs_release(&runs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_as_looking_at_every_pair),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
