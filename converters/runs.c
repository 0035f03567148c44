/* The table of runs that the first pass fills and the second asks. */
#include "converters/runs.h"

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

int boa_runs_add(struct boa_runs *runs, struct boa_key128 key, const struct boa_run *row,
                 struct boa_err *err)
{
    uint32_t number;
    bool added;

    if (runs->keys.count == runs->cap) {
        size_t cap = runs->cap != 0 ? runs->cap + runs->cap / 2 : 512;
        struct boa_run *grown = boa_realloc(runs->runs, cap * sizeof *grown, err);
        if (grown == NULL)
            return -1;
        runs->runs = grown;
        runs->cap = cap;
    }
    if (boa_key_table_add(&runs->keys, key, &number, &added, err) != 0)
        return -1;
    struct boa_run *run = &runs->runs[number];
    if (added) {
        *run = *row;
        return 0;
    }
    bool constant_cpu = run->constant_cpu && row->constant_cpu;
    if (is_larger(row->energy_kwh, run->energy_kwh))
        *run = *row;
    run->constant_cpu = constant_cpu;
    return 0;
}

const struct boa_run *boa_runs_get(const struct boa_runs *runs, struct boa_key128 key)
{
    uint32_t number;

    return boa_key_table_find(&runs->keys, key, &number) ? &runs->runs[number] : NULL;
}
