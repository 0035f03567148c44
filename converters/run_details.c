/* Tasks, parts and descriptions by run. */
#include "converters/run_details.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/alloc.h"
#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/report/key_table.h"

const char *const cc_task_columns[] = {
    "timestamp",
    "duration",
    "emissions",
    "energy_consumed",
    "codecarbon_version",
    "cpu_power",
    "gpu_power",
    "ram_power",
    "cpu_energy",
    "gpu_energy",
    "ram_energy",
    "cpu_model",
    "gpu_model",
    "gpu_count",
    "cpu_utilization_percent",
    "gpu_utilization_percent",
    "task_name",
    NULL,
};

static_assert(sizeof cc_task_columns / sizeof cc_task_columns[0] == CC_TASK_COLUMNS + 1,
              "CC_TASK_COLUMNS counts the names");

struct task {
    uint32_t run;
    uint32_t number; /* as read */
    const struct boa_str *cells;
};

struct detail {
    struct run_sums *sums;
    const struct boa_str *about;
};

struct run_details {
    struct boa_arena arena;    /* of everything kept */
    struct boa_key_table seen; /* tasks and parts */
    struct boa_key_table runs; /* runs that have a detail */
    struct detail *details;    /* by number in `runs` */
    size_t details_cap;
    struct task *tasks;
    const struct boa_str **task_cells; /* the same, in order */
    size_t task_count, task_cap;
};

struct run_details *run_details_new(size_t max_bytes, struct boa_err *err)
{
    struct run_details *details = boa_alloc_zero(1, sizeof *details, err);

    if (details == NULL)
        return NULL;
    boa_arena_init(&details->arena, max_bytes);
    boa_key_table_init(&details->seen, UINT32_MAX - 1);
    boa_key_table_init(&details->runs, UINT32_MAX - 1);
    return details;
}

void run_details_free(struct run_details *details)
{
    if (details == NULL)
        return;
    boa_arena_release(&details->arena);
    boa_key_table_release(&details->seen);
    boa_key_table_release(&details->runs);
    boa_free(details->details);
    boa_free(details->tasks);
    boa_free(details->task_cells);
    boa_free(details);
}

/* The cell of a column by its name, or empty. */
static struct boa_str cell_named(const struct cc_rows *rows, const char *name)
{
    for (size_t i = 0; i < rows->columns; i++) {
        if (boa_str_equal_lit(rows->names[i], name))
            return rows->cells[i];
    }
    return (struct boa_str){ 0 };
}

/* Copies the cells of a list of columns. */
static const struct boa_str *keep_cells(struct run_details *details, const char *const *columns,
                                        size_t count, const struct cc_rows *rows,
                                        struct boa_err *err)
{
    struct boa_str *cells = boa_arena_alloc_zero(&details->arena, count, sizeof *cells, err);

    if (cells == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (boa_arena_copy(&cells[i], &details->arena, cell_named(rows, columns[i]), err) != 0)
            return NULL;
    }
    return cells;
}

/* False in `is_new` when cells like these were seen for the run before. */
static int note_cells(struct run_details *details, uint32_t run, const struct boa_str *cells,
                      size_t count, bool *is_new, struct boa_err *err)
{
    struct boa_str run_bytes = boa_str_make((const char *)&run, sizeof run);
    char digest[BOA_UUID_LEN];
    struct boa_str parts[CC_TASK_COLUMNS + 1] = { run_bytes };
    uint32_t number;

    memcpy(parts + 1, cells, count * sizeof *cells);
    boa_report_id_make(digest, parts, count + 1, 0);
    return boa_key_table_add(&details->seen, boa_key128_make(boa_str_make(digest, sizeof digest)),
                             &number, is_new, err);
}

/* The run's detail, made when it has none. */
static struct detail *detail_of(struct run_details *details, uint32_t run, struct boa_err *err)
{
    uint32_t number;
    bool added;

    if (boa_key_table_add(&details->runs, (struct boa_key128){ 1, run }, &number, &added, err) != 0)
        return NULL;
    if (number >= details->details_cap) {
        size_t cap = details->details_cap != 0 ? 2 * details->details_cap : 64;
        struct detail *grown = boa_realloc(details->details, cap * sizeof *grown, err);
        if (grown == NULL)
            return NULL;
        memset(grown + details->details_cap, 0, (cap - details->details_cap) * sizeof *grown);
        details->details = grown;
        details->details_cap = cap;
    }
    return &details->details[number];
}

static const struct detail *find_detail(const struct run_details *details, uint32_t run)
{
    uint32_t number;

    return boa_key_table_find(&details->runs, (struct boa_key128){ 1, run }, &number)
               ? &details->details[number]
               : NULL;
}

int run_details_add_task(struct run_details *details, uint32_t run, const struct cc_rows *rows,
                         struct boa_err *err)
{
    const struct boa_str *cells = keep_cells(details, cc_task_columns, CC_TASK_COLUMNS, rows, err);
    bool is_new;

    if (cells == NULL || note_cells(details, run, cells, CC_TASK_COLUMNS, &is_new, err) != 0)
        return -1;
    if (!is_new)
        return 0;
    if (details->task_count == details->task_cap) {
        size_t cap = details->task_cap != 0 ? 2 * details->task_cap : 64;
        struct task *tasks = boa_realloc(details->tasks, cap * sizeof *tasks, err);
        if (tasks == NULL)
            return -1;
        details->tasks = tasks;
        const struct boa_str **in_order = boa_realloc(details->task_cells,
                                                      cap * sizeof(const struct boa_str *), err);
        if (in_order == NULL)
            return -1;
        details->task_cells = in_order;
        details->task_cap = cap;
    }
    details->tasks[details->task_count] = (struct task){ run, (uint32_t)details->task_count,
                                                         cells };
    details->task_count++;
    return 0;
}

/* An empty cell adds nothing. False: the sum would have too many digits. */
static bool add_cell(struct boa_decimal *sum, struct boa_str cell)
{
    struct boa_decimal value;

    return !boa_decimal_parse(&value, cell) || boa_decimal_add(sum, sum, &value) == 0;
}

int run_details_add_part(struct run_details *details, uint32_t run, const struct cc_rows *rows,
                         struct boa_err *err)
{
    const struct boa_str cells[] = { cc_rows_cell(rows, CC_TIMESTAMP),
                                     cc_rows_cell(rows, CC_ENERGY),
                                     cc_rows_cell(rows, CC_EMISSIONS),
                                     cc_rows_cell(rows, CC_DURATION) };
    struct detail *detail = detail_of(details, run, err);
    bool is_new;

    if (detail == NULL ||
        note_cells(details, run, cells, sizeof cells / sizeof cells[0], &is_new, err) != 0)
        return -1;
    if (!is_new)
        return 0;
    if (detail->sums == NULL) {
        detail->sums = boa_arena_alloc_zero(&details->arena, 1, sizeof *detail->sums, err);
        if (detail->sums == NULL)
            return -1;
    }
    if (!add_cell(&detail->sums->energy_kwh, cells[1]) ||
        !add_cell(&detail->sums->emissions_kg, cells[2]) ||
        !add_cell(&detail->sums->duration_s, cells[3]))
        detail->sums->endless = true;
    return 0;
}

int run_details_set_about(struct run_details *details, uint32_t run, const struct cc_rows *rows,
                          struct boa_err *err)
{
    struct detail *detail = detail_of(details, run, err);
    size_t count = 0;

    if (detail == NULL)
        return -1;
    while (cc_all_columns[count] != NULL)
        count++;
    detail->about = keep_cells(details, cc_all_columns, count, rows, err);
    return detail->about != NULL ? 0 : -1;
}

/* By run, then time (texts of one form order as times do), then as read. */
static int compare_tasks(const void *left, const void *right)
{
    const struct task *a = left, *b = right;
    int by_time;

    if (a->run != b->run)
        return a->run < b->run ? -1 : 1;
    by_time = boa_str_compare(a->cells[0], b->cells[0]);
    if (by_time != 0)
        return by_time;
    return a->number < b->number ? -1 : a->number > b->number;
}

void run_details_settle(struct run_details *details)
{
    if (details->task_count == 0)
        return;
    qsort(details->tasks, details->task_count, sizeof *details->tasks, compare_tasks);
    for (size_t i = 0; i < details->task_count; i++)
        details->task_cells[i] = details->tasks[i].cells;
}

size_t run_details_tasks(const struct run_details *details, uint32_t run,
                         const struct boa_str *const **tasks)
{
    size_t low = 0, high = details->task_count, end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (details->tasks[middle].run < run)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < details->task_count && details->tasks[end].run == run;)
        end++;
    *tasks = end != low ? details->task_cells + low : NULL;
    return end - low;
}

const struct run_sums *run_details_sums(const struct run_details *details, uint32_t run)
{
    const struct detail *detail = find_detail(details, run);

    return detail != NULL ? detail->sums : NULL;
}

const struct boa_str *run_details_about(const struct run_details *details, uint32_t run)
{
    const struct detail *detail = find_detail(details, run);

    return detail != NULL ? detail->about : NULL;
}
