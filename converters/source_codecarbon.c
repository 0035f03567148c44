/* Runs out of CodeCarbon's files: a first pass finds each run's row, a second one converts it, in
 * the order of the input. */
#include "converters/source_codecarbon.h"

#include "converters/codecarbon_cpu.h"
#include "converters/codecarbon_record.h"
#include "core/base/alloc.h"
#include "core/base/err.h"

enum { DETAILS_MAX = 1 << 30 };

/* What struct boa_run has room for. */
#define OFFSET_MAX ((UINT64_C(1) << 40) - 1)

/* The number of a row that stands for no run of the table: nothing is kept of it. */
static const uint32_t NO_RUN = UINT32_MAX;

struct cc_source {
    struct boa_source base;
    struct cc_source_options options;
    const struct boa_diags *diags;
    struct cc_files files;
    struct boa_runs runs;
    struct cc_cpu_memo cpu;
    struct run_details *details;
    struct record_maker maker;
    bool cpu_told;        /* of the file that is open: what the CPU's number means */
    bool prepared;        /* the first pass is done, or not needed */
    uint64_t runs_given;  /* runs of the table that the second pass has found again */
    uint64_t rows_first;  /* good rows of the first pass … */
    uint64_t rows_second; /* … and of the second, which must be as many */
    size_t at;            /* file that is read, or to be opened next */
};

static struct cc_source *cc(struct boa_source *source)
{
    return (struct cc_source *)source;
}

static void source_free(struct boa_source *base)
{
    struct cc_source *source = cc(base);

    cc_files_release(&source->files);
    boa_runs_release(&source->runs);
    run_details_free(source->details);
    record_maker_release(&source->maker);
    boa_free(source);
}

/* ---- Files ---- */

static struct boa_place place_of_file(const struct cc_source *source, uint64_t line)
{
    return (struct boa_place){ boa_str_from(source->files.items[source->at].path), line, 0 };
}

/* Trouble with one file is a finding, once, and the batch goes on; want of memory ends it. */
static int tell_unreadable(struct cc_source *source, struct boa_err *err)
{
    struct cc_file *file = &source->files.items[source->at];

    if (err->kind == BOA_ERR_MEMORY)
        return -1;
    if (!file->broken) {
        source->base.counts.unreadable++;
        boa_diags_add(source->diags, BOA_DIAG_INPUT_UNREADABLE, place_of_file(source, 0),
                      (struct boa_str){ 0 }, "%s", err->text);
    }
    file->broken = true;
    *err = (struct boa_err){ 0 };
    return 0;
}

/* Opens the file at hand. 1: it is open, 0: it is of no use, -1. */
static int open_file(struct cc_source *source, const struct boa_diags *diags, struct boa_err *err)
{
    switch (cc_files_open(&source->files, source->at, diags, err)) {
    case CC_OPENED:
        return 1;
    case CC_REFUSED:
        source->base.counts.files++;
        source->base.counts.refused_files++;
        return 0;
    case CC_EMPTY:
        source->base.counts.files++;
        return 0;
    case CC_NOT_OURS:
        boa_diags_add(diags, BOA_DIAG_NOT_CODECARBON, place_of_file(source, 0),
                      (struct boa_str){ 0 }, "found in a folder, and nothing of CodeCarbon's");
        return 0;
    case CC_SKIPPED:
        return 0;
    default:
        source->files.items[source->at].unusable = true;
        return tell_unreadable(source, err);
    }
}

/* A file's rows are done. Those before a place where it cannot be read count as others do. */
static void count_file(struct cc_source *source)
{
    source->base.counts.rows += source->files.rows->seen;
    source->base.counts.refused += source->files.rows->refused;
    if (source->files.items[source->at].broken)
        return;
    source->base.counts.files++;
    if (source->files.rows->seen == 0)
        boa_diags_add(source->diags, BOA_DIAG_INPUT_EMPTY, place_of_file(source, 1),
                      (struct boa_str){ 0 }, "no rows");
}

static struct boa_str file_name(void *user, size_t file)
{
    const struct cc_source *source = user;

    return boa_str_from(source->files.items[file].path);
}

/* ---- The first pass ---- */

static uint32_t seconds_of(int64_t time_s)
{
    return time_s > 0 && time_s < UINT32_MAX ? (uint32_t)time_s : 0;
}

static uint32_t duration_of(const struct cc_rows *rows)
{
    double duration_s = 0;

    (void)boa_decimal_approximate_text(&duration_s, cc_rows_cell(rows, CC_DURATION));
    return duration_s > 0 && duration_s < UINT32_MAX ? (uint32_t)duration_s : 0;
}

/* What a machine is made of, folded to 32 bits; 0: the row does not say. Long numbers are cut:
 * re-read files lose digits. */
static uint32_t hardware_of(const struct cc_rows *rows)
{
    static const enum cc_column parts[] = { CC_CPU_MODEL, CC_CPU_COUNT,      CC_GPU_MODEL,
                                            CC_GPU_COUNT, CC_RAM_TOTAL_SIZE, CC_OS };
    enum { PART_MAX = 64, NUMBER_MAX = 8 };
    uint64_t digest = 0;
    bool known = false;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct boa_str cell = cc_rows_cell(rows, parts[i]);
        size_t max = parts[i] == CC_RAM_TOTAL_SIZE ? NUMBER_MAX : PART_MAX;
        size_t len = cell.len < max ? cell.len : max;
        uint64_t word = 0;

        known = known || len != 0;
        for (size_t at = 0; at < len; at += sizeof word) {
            word = 0;
            memcpy(&word, cell.ptr + at, len - at < sizeof word ? len - at : sizeof word);
            digest = (digest ^ word) * 0x9E3779B97F4A7C15;
            digest ^= digest >> 29;
        }
        digest = (digest ^ len) * 0x9E3779B97F4A7C15;
    }
    return known ? (uint32_t)(digest >> 32) : 0;
}

static bool has_constant_cpu(struct cc_source *source)
{
    const struct cc_rows *rows = source->files.rows;

    return cc_power_is_constant(&source->cpu, cc_rows_cell(rows, CC_CPU_POWER),
                                cc_rows_cell(rows, CC_CPU_MODEL));
}

static struct boa_run run_of_row(struct cc_source *source, const struct cc_row *row)
{
    const struct cc_rows *rows = source->files.rows;
    struct boa_str mode = cc_rows_cell(rows, CC_TRACKING_MODE);
    struct boa_run run = {
        .offset = row->offset & OFFSET_MAX,
        .file = source->at & (RUN_FILES_MAX - 1),
        .line = row->place.line < UINT32_MAX ? (uint32_t)row->place.line : UINT32_MAX,
        .end_s = row->kind == CC_ROW_ABOUT ? 0 : seconds_of(row->time_s),
        .duration_s = duration_of(rows),
        .hardware = hardware_of(rows),
    };

    (void)boa_decimal_approximate_text(&run.energy_kwh, cc_rows_cell(rows, CC_ENERGY));
    if (has_constant_cpu(source))
        run.flags |= RUN_CONSTANT_CPU;
    /* A task's time is its run's: that is no second measurement of the machine. */
    if (!boa_str_equal_nocase(mode, BOA_STR_LIT("process")) &&
        cc_rows_cell(rows, CC_TASK_NAME).len == 0)
        run.flags |= RUN_MACHINE;
    if (row->kind == CC_ROW_TOTAL)
        run.flags |= RUN_TOTAL;
    return run;
}

/* The key of the row's run; a row that names none is a run of its own. */
static struct boa_key128 key_of(const struct cc_source *source, const struct cc_row *row)
{
    struct {
        uint64_t file, offset;
    } self = { source->at, row->offset };

    if (row->has_key)
        return row->key;
    return boa_key128_make(boa_str_make((const char *)&self, sizeof self));
}

/* Takes note of a row for the second pass. */
static int note_row(struct cc_source *source, const struct cc_row *row, struct boa_err *err)
{
    const struct cc_rows *rows = source->files.rows;
    struct boa_run run;
    uint32_t number;

    source->rows_first++;
    if (row->kind == CC_ROW_REPORT)
        return 0;
    if (row->offset > OFFSET_MAX)
        return boa_err_set(err, BOA_ERR_LIMIT,
                           "%s is larger than 1 TiB; convert it with --rows=all",
                           source->files.items[source->at].path);
    run = run_of_row(source, row);
    if (boa_runs_add(&source->runs, key_of(source, row), &run, &number, err) != 0)
        return -1;
    switch (row->kind) {
    case CC_ROW_TASK:
        return run_details_add_task(source->details, number, rows, err);
    case CC_ROW_PART:
        return run_details_add_part(source->details, number, rows, err);
    case CC_ROW_ABOUT:
        return run_details_set_about(source->details, number, rows, err);
    default:
        return 0;
    }
}

/* Tasks that are to be reports are runs of their own, named by what they say: one that is read
 * twice is one task. */
static void set_apart(const struct cc_source *source, struct cc_row *row)
{
    struct cc_rows *rows = source->files.rows;
    const struct boa_str parts[] = { cc_rows_cell(rows, CC_RUN_ID),
                                     cc_rows_cell(rows, CC_TASK_NAME),
                                     cc_rows_cell(rows, CC_TIMESTAMP),
                                     cc_rows_cell(rows, CC_DURATION),
                                     cc_rows_cell(rows, CC_ENERGY) };
    char name[BOA_UUID_LEN];

    if (row->kind != CC_ROW_TASK || !source->options.tasks_apart)
        return;
    boa_report_id_make(name, parts, sizeof parts / sizeof parts[0], 0);
    row->kind = CC_ROW_TOTAL;
    row->key = boa_key128_make(boa_str_make(name, sizeof name));
    row->has_key = true;
    rows->cells[rows->columns + CC_ID] = (struct boa_str){ 0 }; /* the run's: no report's */
}

/* Takes note of the open file's rows, up to a place where it cannot be read. */
static int scan_file(struct cc_source *source, struct boa_err *err)
{
    struct cc_rows *rows = source->files.rows;
    struct cc_row row;
    int got;

    while ((got = rows->ops->next(rows, &row, err)) > 0) {
        set_apart(source, &row);
        if (note_row(source, &row, err) != 0)
            return -1;
    }
    return got < 0 ? tell_unreadable(source, err) : 0;
}

/* Which row is the run. */
static int find_runs(struct cc_source *source, struct boa_err *err)
{
    if (source->files.count > RUN_FILES_MAX)
        return boa_err_set(err, BOA_ERR_LIMIT, "more than %d files", RUN_FILES_MAX);
    for (source->at = 0; source->at < source->files.count; source->at++) {
        int opened = open_file(source, source->diags, err);

        if (opened < 0)
            return -1;
        if (opened == 0)
            continue;
        if (scan_file(source, err) != 0)
            return -1;
        count_file(source);
        if (cc_files_close(&source->files, source->at, true, err) != 0)
            return -1;
    }
    source->at = 0;
    run_details_settle(source->details);
    return boa_runs_find_overlaps(&source->runs, file_name, source, source->diags, err);
}

/* ---- The second pass ---- */

static void tell_falling(struct cc_source *source, struct boa_run *run, const struct cc_row *row)
{
    if (run->flags & RUN_TOLD)
        return;
    run->flags |= RUN_TOLD;
    source->runs_given++;
    boa_diags_add(source->diags, BOA_DIAG_RUN_ENERGY_FELL, row->place, (struct boa_str){ 0 },
                  "energies of this run_id fall as time goes on; its rows are kept apart");
}

/* A run of which the API told everything but figures. */
static void tell_no_figures(struct cc_source *source, const struct cc_row *row)
{
    source->base.counts.refused++;
    boa_diags_add(source->diags, BOA_DIAG_ENERGY_MISSING, row->place, (struct boa_str){ 0 },
                  "a run's description without any figures");
}

/* True when the row is its run's. `run` is then what the table says of it. */
static bool is_run(struct cc_source *source, struct cc_row *row, struct boa_run *run,
                   uint32_t *number)
{
    struct boa_run *known;
    bool is_the_row;

    if (row->kind == CC_ROW_REPORT)
        return true;
    if (source->options.all_rows) {
        *run = (struct boa_run){ .flags = has_constant_cpu(source) ? RUN_CONSTANT_CPU : 0 };
        return row->kind != CC_ROW_ABOUT;
    }
    known = boa_runs_get(&source->runs, key_of(source, row), number);
    if (known == NULL)
        return false; /* the input changed: the counts of rows will say so */
    *run = *known;
    is_the_row = known->file == source->at && known->offset == row->offset;
    if (known->flags & RUN_FALLING) {
        if (row->kind != CC_ROW_TOTAL)
            return false;
        tell_falling(source, known, row);
        row->has_key = false;
        if (!is_the_row)
            *number = NO_RUN; /* its tasks are counted once, with the row of most energy */
        return true;
    }
    if (!is_the_row)
        return false;
    source->runs_given++;
    if (row->kind == CC_ROW_ABOUT)
        tell_no_figures(source, row);
    return row->kind != CC_ROW_ABOUT;
}

/* Every row and every run of the table must turn up again; else the input is not what it was. */
static int end_input(const struct cc_source *source, struct boa_err *err)
{
    if (source->options.all_rows || (source->rows_first == source->rows_second &&
                                     source->runs_given == source->runs.keys.count))
        return 0;
    return boa_err_set(err, BOA_ERR_IO, "an input changed while it was read; try again");
}

static int open_next(struct cc_source *source, struct boa_err *err)
{
    const struct boa_diags *diags = source->options.all_rows ? source->diags : NULL;
    int opened = open_file(source, diags, err);

    if (opened < 0)
        return -1;
    if (opened == 0) {
        source->at++;
        return 0;
    }
    record_maker_begin_file(&source->maker);
    source->cpu_told = source->options.cpu_count == NULL ||
                       source->files.rows->column[CC_CPU_COUNT] < 0;
    return 0;
}

/* Once a file, and only where a row becomes a report: reports count what their author counted. */
static void tell_cpu_count(struct cc_source *source, const struct cc_row *row)
{
    /* A part's number is told with the run's description. */
    bool has_count = row->kind == CC_ROW_PART ||
                     cc_rows_cell(source->files.rows, CC_CPU_COUNT).len != 0;

    if (source->cpu_told || !has_count)
        return;
    source->cpu_told = true;
    boa_diags_add(source->diags, BOA_DIAG_CPU_COUNT_MEANING, place_of_file(source, 1),
                  boa_field_get(BOA_FIELD_COMPONENT_NB)->path, "nbComponent of the cpu is %s",
                  source->options.cpu_count);
}

static int give_record(struct cc_source *source, const struct cc_row *row,
                       const struct boa_run *run, uint32_t number, struct boa_record *record,
                       struct boa_arena *arena, struct boa_err *err)
{
    source->base.counts.runs++;
    if (row->kind == CC_ROW_REPORT) {
        *record = (struct boa_record){ .place = row->place, .report = row->report };
        return 0;
    }
    tell_cpu_count(source, row);
    if (record_maker_make(&source->maker, record, source->files.rows, row, run, number, arena,
                          err) != 0)
        return -1;
    source->base.layout = source->maker.layout;
    source->base.layout_serial = source->maker.layout_serial;
    return 0;
}

static int source_next(struct boa_source *base, struct boa_record *record, struct boa_arena *arena,
                       struct boa_err *err)
{
    struct cc_source *source = cc(base);
    struct cc_row row;
    struct boa_run run = { 0 };
    uint32_t number = 0;
    int got;

    if (!source->prepared && !source->options.all_rows && find_runs(source, err) != 0)
        return -1;
    source->prepared = true;
    while (source->at < source->files.count) {
        struct cc_rows *rows = source->files.rows;

        if (rows == NULL) {
            if (open_next(source, err) != 0)
                return -1;
            continue;
        }
        got = rows->ops->next(rows, &row, err);
        if (got > 0) {
            source->rows_second++;
            set_apart(source, &row);
            if (!is_run(source, &row, &run, &number))
                continue;
            return give_record(source, &row, &run, number, record, arena, err) == 0 ? 1 : -1;
        }
        if (got < 0 && tell_unreadable(source, err) != 0)
            return -1;
        if (source->options.all_rows)
            count_file(source);
        if (cc_files_close(&source->files, source->at, false, err) != 0)
            return -1;
        source->at++;
    }
    return end_input(source, err);
}

/* ---- Making ---- */

struct boa_source *cc_source_new(const struct cc_source_options *options,
                                 const struct boa_diags *diags, struct boa_err *err)
{
    const struct cc_files_options files = { .form = options->form,
                                            .columns = options->columns,
                                            .max_row = options->max_row,
                                            .twice = !options->all_rows,
                                            .spool_folder = options->spool_folder,
                                            .output = options->output };
    struct cc_source *source = boa_alloc_zero(1, sizeof *source, err);

    if (source == NULL)
        return NULL;
    source->base.next = source_next;
    source->base.free = source_free;
    source->options = *options;
    source->diags = diags;
    cc_files_init(&source->files, &files);
    boa_runs_init(&source->runs);
    source->details = run_details_new(DETAILS_MAX, err);
    if (source->details == NULL) {
        source_free(&source->base);
        return NULL;
    }
    record_maker_init(&source->maker, &source->options.cells,
                      options->all_rows ? NULL : source->details, diags);
    return &source->base;
}

int cc_source_add(struct boa_source *source, const char *path, size_t *added, struct boa_err *err)
{
    return cc_files_add(&cc(source)->files, path, added, err);
}
