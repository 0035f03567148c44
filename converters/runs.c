/* The table of runs that the first pass fills and the second asks. */
#include "converters/runs.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/alloc.h"
#include "core/base/err.h"

void boa_runs_init(struct boa_runs *runs)
{
    *runs = (struct boa_runs){ 0 };
    boa_key_table_init(&runs->keys, UINT32_MAX - 1);
}

void boa_runs_release(struct boa_runs *runs)
{
    boa_key_table_release(&runs->keys);
    boa_free(runs->runs);
    *runs = (struct boa_runs){ 0 };
}

/* Larger by more than what re-reading a file can change. */
static bool is_larger(double energy, double than)
{
    double scale = than < 0 ? -than : than;

    return energy > than && energy - than > scale * 1e-12;
}

static uint32_t later(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Two totals of one run: the larger counts, and time must not say otherwise. */
static void compare_totals(struct boa_run *run, const struct boa_run *row)
{
    uint32_t lower = run->lower_end_s;

    if (is_larger(row->energy_kwh, run->energy_kwh)) {
        lower = later(lower, run->end_s);
        *run = *row;
    } else if (is_larger(run->energy_kwh, row->energy_kwh)) {
        lower = later(lower, row->end_s);
    } else if (row->end_s < run->end_s) {
        *run = *row; /* equal, and earlier */
    }
    run->lower_end_s = lower;
    if (lower > run->end_s && run->end_s != 0)
        run->flags |= RUN_FALLING;
}

/* One of the rows counts: a total before all, else the latest. */
static void compare_rows(struct boa_run *run, const struct boa_run *row)
{
    bool had_total = run->flags & RUN_TOTAL, is_total = row->flags & RUN_TOTAL;

    if (had_total && is_total)
        compare_totals(run, row);
    else if (is_total || (!had_total && row->end_s >= run->end_s))
        *run = *row;
}

int boa_runs_add(struct boa_runs *runs, struct boa_key128 key, const struct boa_run *row,
                 uint32_t *number, struct boa_err *err)
{
    bool added;

    if (runs->keys.count == runs->cap) {
        size_t cap = runs->cap != 0 ? runs->cap + runs->cap / 2 : 512;
        struct boa_run *grown = boa_realloc(runs->runs, cap * sizeof *grown, err);
        if (grown == NULL)
            return -1;
        runs->runs = grown;
        runs->cap = cap;
    }
    if (boa_key_table_add(&runs->keys, key, number, &added, err) != 0)
        return -1;
    struct boa_run *run = &runs->runs[*number];
    if (added) {
        *run = *row;
        return 0;
    }
    uint32_t constant_cpu = run->flags & row->flags & RUN_CONSTANT_CPU;
    uint32_t falling = run->flags & RUN_FALLING; /* whatever comes later */
    compare_rows(run, row);
    run->flags = (run->flags & ~(uint32_t)RUN_CONSTANT_CPU) | constant_cpu | falling;
    return 0;
}

struct boa_run *boa_runs_get(const struct boa_runs *runs, struct boa_key128 key, uint32_t *number)
{
    return boa_key_table_find(&runs->keys, key, number) ? &runs->runs[*number] : NULL;
}

/* ---- Overlaps ---- */

struct span {
    uint32_t hardware, begin_s, end_s, number;
};

static int compare_spans(const void *left, const void *right)
{
    const struct span *a = left, *b = right;

    if (a->hardware != b->hardware)
        return a->hardware < b->hardware ? -1 : 1;
    if (a->begin_s != b->begin_s)
        return a->begin_s < b->begin_s ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static size_t collect_spans(struct span *spans, const struct boa_runs *runs)
{
    const uint32_t needed = RUN_TOTAL | RUN_MACHINE;
    size_t count = 0;

    for (size_t i = 0; i < runs->keys.count; i++) {
        const struct boa_run *run = &runs->runs[i];

        if ((run->flags & needed) != needed || (run->flags & RUN_FALLING) || run->hardware == 0 ||
            run->end_s == 0 || run->duration_s == 0 || run->duration_s > run->end_s)
            continue;
        spans[count++] = (struct span){ run->hardware, run->end_s - run->duration_s, run->end_s,
                                        (uint32_t)i };
    }
    return count;
}

int boa_runs_find_overlaps(const struct boa_runs *runs,
                           struct boa_str (*file_name)(void *user, size_t file), void *user,
                           const struct boa_diags *diags, struct boa_err *err)
{
    struct span *spans;
    size_t count, longest = 0;

    if (runs->keys.count < 2)
        return 0;
    spans = boa_alloc(runs->keys.count * sizeof *spans, err);
    if (spans == NULL)
        return -1;
    count = collect_spans(spans, runs);
    qsort(spans, count, sizeof *spans, compare_spans);
    /* `longest` is the run that ends last of those that began before, on the same hardware. */
    for (size_t i = 1; i < count; i++) {
        if (spans[i].hardware != spans[longest].hardware ||
            spans[i].begin_s >= spans[longest].end_s) {
            longest = i;
            continue;
        }
        const struct boa_run *run = &runs->runs[spans[i].number];
        const struct boa_run *other = &runs->runs[spans[longest].number];
        struct boa_place place = { .file = file_name(user, run->file), .line = run->line };
        struct boa_str other_file = file_name(user, other->file);
        boa_diags_add(diags, BOA_DIAG_RUNS_OVERLAP, place, (struct boa_str){ 0 },
                      "the run at %.*s:%" PRIu32 " measured an equal machine at the same time",
                      BOA_STR_FMT(other_file), other->line);
        if (spans[i].end_s > spans[longest].end_s)
            longest = i;
    }
    boa_free(spans);
    return 0;
}
