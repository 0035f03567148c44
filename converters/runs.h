/* Which row is the run: CodeCarbon writes a run's total again and again, and only one of those rows
 * is its report. */
#ifndef BOA_CONVERTERS_RUNS_H
#define BOA_CONVERTERS_RUNS_H

#include "core/report/key_table.h"

struct boa_err;

struct boa_run {
    double energy_kwh; /* of the row that counts; to compare, never to report */
    uint64_t offset;   /* of that row in its file */
    uint32_t file;     /* number of the file */
    bool constant_cpu; /* in all rows so far */
};

struct boa_runs {
    struct boa_key_table keys;
    struct boa_run *runs; /* by number of the key */
    size_t cap;
};

void boa_runs_init(struct boa_runs *runs);

/* Takes a zeroed one. */
void boa_runs_release(struct boa_runs *runs);

/* Takes note of a row. Rows are cumulative: the one with the largest energy is the run. Energies
 * within 1e-12 of each other are equal (re-read files lose last digits), and the earliest of equals
 * counts: its duration is the honest one. -1: memory. */
int boa_runs_add(struct boa_runs *runs, struct boa_key128 key, const struct boa_run *row,
                 struct boa_err *err);

/* The run of a key that was added. */
const struct boa_run *boa_runs_get(const struct boa_runs *runs, struct boa_key128 key);

#endif
