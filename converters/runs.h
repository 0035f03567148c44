/* Which row is the run: CodeCarbon writes a run's total again and again, and only one of those rows
 * is its report. */
#ifndef BOA_CONVERTERS_RUNS_H
#define BOA_CONVERTERS_RUNS_H

#include "core/base/diag.h"
#include "core/report/key_table.h"

struct boa_err;

enum {
    RUN_CONSTANT_CPU = 1, /* the CPU's power was a constant in all rows so far */
    RUN_MACHINE = 2,      /* the whole machine was measured, not one process */
    RUN_TOTAL = 4,        /* the row is the run's total; else one of its tasks or parts */
    RUN_FALLING = 8,      /* energies fall as time goes on: the rows are no totals of one run */
    RUN_TOLD = 16,        /* that was said */
};

enum { RUN_FILES_MAX = 1 << 24 };

/* 40 bytes: there may be millions. Times are wall-clock seconds since 1970, 0 where unknown. */
struct boa_run {
    double energy_kwh;    /* of the row that counts; to compare, never to report */
    uint64_t offset : 40; /* of that row in its file */
    uint64_t file : 24;   /* number of the file */
    uint32_t line;        /* of the row, for findings; the largest value stands for all beyond */
    uint32_t end_s;       /* when the row was written */
    uint32_t duration_s;  /* rounded down */
    uint32_t lower_end_s; /* when the last row with less energy was written */
    uint32_t hardware;    /* digest of what the machine is made of; 0: unknown */
    uint32_t flags;
};

struct boa_runs {
    struct boa_key_table keys;
    struct boa_run *runs; /* by number of the key */
    size_t cap;
};

void boa_runs_init(struct boa_runs *runs);

/* Takes a zeroed one. */
void boa_runs_release(struct boa_runs *runs);

/* Takes note of a row; `number` is the run's. Totals are cumulative: the one with the largest
 * energy is the run. Energies within 1e-12 of each other are equal (re-read files lose last
 * digits), and the earliest of equals counts: its duration is the honest one. A total counts before
 * tasks and parts, of which the latest stands for the run. A total that is lower than one written
 * before it marks the run as falling. -1: memory. */
int boa_runs_add(struct boa_runs *runs, struct boa_key128 key, const struct boa_run *row,
                 uint32_t *number, struct boa_err *err);

/* The run of a key that was added, and its number. */
struct boa_run *boa_runs_get(const struct boa_runs *runs, struct boa_key128 key, uint32_t *number);

/* Raises RUNS_OVERLAP for every run that measured a machine while an earlier one was measuring an
 * equal machine. `file_name` tells names of files. -1: memory. */
int boa_runs_find_overlaps(const struct boa_runs *runs,
                           struct boa_str (*file_name)(void *user, size_t file), void *user,
                           const struct boa_diags *diags, struct boa_err *err);

#endif
