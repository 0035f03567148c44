/* The table of runs that the first pass fills and the second asks. */
#include "converters/runs.h"

#include <inttypes.h>

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

/* Numbers of runs on their way into order. Four bytes a run: the table itself is large enough. */
struct order {
    const struct boa_run *runs;
    uint64_t random; /* chooses pivots, so that no input can choose bad ones */
};

static uint32_t begin_of(const struct boa_run *run)
{
    return run->end_s - run->duration_s;
}

/* By machine, then time, then as read. */
static bool comes_before(const struct order *order, uint32_t left, uint32_t right)
{
    const struct boa_run *a = &order->runs[left], *b = &order->runs[right];

    if (a->hardware != b->hardware)
        return a->hardware < b->hardware;
    if (begin_of(a) != begin_of(b))
        return begin_of(a) < begin_of(b);
    return left < right;
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;

    *a = *b;
    *b = kept;
}

/* Splits at least two numbers by one of them, and returns how many are in the first part. */
static size_t split(struct order *order, uint32_t *numbers, size_t count)
{
    size_t low = 0, high = count - 1;
    uint32_t pivot;

    order->random = order->random * 6364136223846793005 + 1442695040888963407;
    swap(&numbers[0], &numbers[(order->random >> 32) % count]);
    pivot = numbers[0];
    for (;; low++, high--) {
        while (comes_before(order, numbers[low], pivot))
            low++;
        while (comes_before(order, pivot, numbers[high]))
            high--;
        if (low >= high)
            return high + 1;
        swap(&numbers[low], &numbers[high]);
    }
}

/* Quicksort in place. It recurses into the smaller part only, so at most 32 deep. */
static void sort_numbers(struct order *order, uint32_t *numbers, size_t count)
{
    while (count > 1) {
        size_t first = split(order, numbers, count);

        if (first <= count - first) {
            sort_numbers(order, numbers, first);
            numbers += first;
            count -= first;
        } else {
            sort_numbers(order, numbers + first, count - first);
            count = first;
        }
    }
}

/* The runs that measured a machine, and when. */
static size_t collect(uint32_t *numbers, const struct boa_runs *runs)
{
    const uint32_t needed = RUN_TOTAL | RUN_MACHINE;
    size_t count = 0;

    for (size_t i = 0; i < runs->keys.count; i++) {
        const struct boa_run *run = &runs->runs[i];

        if ((run->flags & needed) == needed && !(run->flags & RUN_FALLING) && run->hardware != 0 &&
            run->end_s != 0 && run->duration_s != 0 && run->duration_s <= run->end_s)
            numbers[count++] = (uint32_t)i;
    }
    return count;
}

int boa_runs_find_overlaps(const struct boa_runs *runs,
                           struct boa_str (*file_name)(void *user, size_t file), void *user,
                           const struct boa_diags *diags, struct boa_err *err)
{
    struct order order = { .runs = runs->runs, .random = runs->keys.seed };
    const struct boa_run *longest = NULL; /* of those before, on the same hardware: it ends last */
    uint32_t *numbers;
    size_t count;

    if (runs->keys.count < 2)
        return 0;
    numbers = boa_alloc(runs->keys.count * sizeof *numbers, err);
    if (numbers == NULL)
        return -1;
    count = collect(numbers, runs);
    sort_numbers(&order, numbers, count);
    for (size_t i = 0; i < count; i++) {
        const struct boa_run *run = &runs->runs[numbers[i]];

        if (longest != NULL && run->hardware == longest->hardware &&
            begin_of(run) < longest->end_s) {
            struct boa_place place = { .file = file_name(user, run->file), .line = run->line };
            struct boa_str other = file_name(user, longest->file);
            boa_diags_add(diags, BOA_DIAG_RUNS_OVERLAP, place, (struct boa_str){ 0 },
                          "the run at %.*s:%" PRIu32 " measured an equal machine at the same time",
                          BOA_STR_FMT(other), longest->line);
            if (run->end_s <= longest->end_s)
                continue;
        }
        longest = run;
    }
    boa_free(numbers);
    return 0;
}
