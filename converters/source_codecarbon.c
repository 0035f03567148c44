/* Runs out of CodeCarbon's tables: a first pass finds each run's row, a second one converts it, in
 * the order of the input. */
#include "converters/source_codecarbon.h"

#include "converters/read_codecarbon_csv.h"
#include "converters/runs.h"
#include "core/base/alloc.h"
#include "core/base/decimal.h"
#include "core/base/err.h"

enum { IDS_MAX = 1 << 20 /* 24 MiB at most; beyond, equal ids are no longer told apart */ };

struct file {
    char *path;
    bool unusable;          /* known since the first pass */
    bool once;              /* standard input or a pipe: it cannot be opened a second time */
    struct boa_input *held; /* an input of that kind, open since the first pass */
};

struct cc_source {
    struct boa_source base;
    struct cc_source_options options;
    const struct boa_diags *diags;
    struct file *files;
    size_t count, cap;
    struct boa_runs runs;
    struct boa_key_table ids; /* of the reports given */
    uint32_t *equals;         /* by number of an id: measurements seen that are equal to its own */
    size_t equals_cap;
    bool prepared;        /* the first pass is done, or not needed */
    uint64_t runs_given;  /* runs of the table that the second pass has found again */
    uint64_t rows_first;  /* good rows of the first pass … */
    uint64_t rows_second; /* … and of the second, which must be as many */
    size_t at;            /* file that is read, or to be opened next */
    bool open;            /* `in` and `reader` are in use */
    struct boa_input in;
    struct cc_csv reader;
    struct boa_str group_cell; /* the one measure has no cells of its own */
};

static struct cc_source *cc(struct boa_source *source)
{
    return (struct cc_source *)source;
}

static void close_file(struct cc_source *source)
{
    if (!source->open)
        return;
    cc_csv_close(&source->reader);
    boa_input_close(&source->in);
    source->open = false;
}

static void source_free(struct boa_source *base)
{
    struct cc_source *source = cc(base);

    close_file(source);
    for (size_t i = 0; i < source->count; i++) {
        if (source->files[i].held != NULL)
            boa_input_close(source->files[i].held);
        boa_free(source->files[i].held);
        boa_free(source->files[i].path);
    }
    boa_free(source->files);
    boa_runs_release(&source->runs);
    boa_key_table_release(&source->ids);
    boa_free(source->equals);
    boa_free(source);
}

static void find_unreadable(struct cc_source *source, struct file *file, const char *why)
{
    file->unusable = true;
    source->base.counts.unreadable++;
    boa_diags_add(source->diags, BOA_DIAG_INPUT_UNREADABLE,
                  (struct boa_place){ .file = boa_str_from(file->path) }, (struct boa_str){ 0 },
                  "%s", why);
}

/* Trouble with one file is a finding and the batch goes on; want of memory ends it. */
static int give_up_file(struct cc_source *source, struct file *file, struct boa_err *err)
{
    close_file(source);
    if (err->kind == BOA_ERR_MEMORY)
        return -1;
    find_unreadable(source, file, err->text);
    *err = (struct boa_err){ 0 };
    return 0;
}

/* Opens a file for the pass at hand: one that was held since the first starts anew. */
static int open_input(struct cc_source *source, struct file *file, struct boa_err *err)
{
    if (file->held != NULL) {
        source->in = *file->held;
        boa_free(file->held);
        file->held = NULL;
        source->open = true;
        return boa_input_seek(&source->in, 0, err);
    }
    if (boa_input_open(&source->in, file->path, source->options.max_row, err) != 0)
        return -1;
    source->open = true;
    file->once = !source->in.seekable || strcmp(file->path, "-") == 0;
    if (source->options.all_rows || source->in.seekable)
        return 0;
    return boa_input_spool(&source->in, source->options.spool_folder, err);
}

/* Opens a file and reads its header. 1: it is open, 0: it is of no use, -1. */
static int open_file(struct cc_source *source, struct file *file, const struct boa_diags *diags,
                     struct boa_err *err)
{
    bool usable = false;

    if (file->unusable)
        return 0;
    if (open_input(source, file, err) != 0 ||
        cc_csv_open(&source->reader, &source->in, diags, &usable, err) != 0)
        return give_up_file(source, file, err);
    if (!usable) {
        file->unusable = true;
        source->base.counts.files++;
        source->base.counts.refused_files += !source->reader.empty; /* nothing to refuse */
        close_file(source);
        return 0;
    }
    return 1;
}

/* Standard input, pipes and the like are kept open for the second pass. */
static int hold_file(struct cc_source *source, struct file *file, struct boa_err *err)
{
    if (!file->once)
        return 0;
    file->held = boa_alloc(sizeof *file->held, err);
    if (file->held == NULL)
        return -1;
    *file->held = source->in;
    cc_csv_close(&source->reader);
    source->open = false;
    return 0;
}

/* A file's rows are done. */
static void count_file(struct cc_source *source)
{
    source->base.counts.files++;
    source->base.counts.rows += source->reader.rows;
    source->base.counts.refused += source->reader.refused;
    if (source->reader.rows == 0)
        boa_diags_add(source->diags, BOA_DIAG_INPUT_EMPTY,
                      (struct boa_place){ .file = source->in.name, .line = 1 },
                      (struct boa_str){ 0 }, "a header and no rows");
}

static struct boa_str cell(const struct cc_source *source, enum cc_column column)
{
    int at = source->reader.column[column];

    return at < 0 ? (struct boa_str){ 0 } : source->reader.cells[at];
}

static struct boa_run run_of_row(const struct cc_source *source, const struct cc_csv_row *row)
{
    struct boa_decimal energy;
    struct boa_run run = { .offset = row->offset,
                           .file = (uint32_t)source->at,
                           .constant_cpu = cc_power_is_constant(cell(source, CC_CPU_POWER)) };

    if (boa_decimal_parse(&energy, cell(source, CC_ENERGY)))
        run.energy_kwh = boa_decimal_approximate(&energy);
    return run;
}

static int scan_file(struct cc_source *source, struct boa_err *err)
{
    struct cc_csv_row row;
    int got;

    while ((got = cc_csv_next(&source->reader, &row, err)) > 0) {
        struct boa_run run = run_of_row(source, &row);

        source->rows_first++;
        if (row.has_key && boa_runs_add(&source->runs, row.key, &run, err) != 0)
            return -1;
    }
    return got;
}

/* The first pass: which row is the run. */
static int find_runs(struct cc_source *source, struct boa_err *err)
{
    for (source->at = 0; source->at < source->count; source->at++) {
        struct file *file = &source->files[source->at];
        int opened = open_file(source, file, source->diags, err);

        if (opened < 0)
            return -1;
        if (opened == 0)
            continue;
        if (scan_file(source, err) != 0) {
            if (give_up_file(source, file, err) != 0)
                return -1;
            continue;
        }
        count_file(source);
        if (hold_file(source, file, err) != 0)
            return -1;
        close_file(source);
    }
    source->at = 0;
    return 0;
}

/* A text is made the report's id unless an earlier report has it. False: it is taken. */
static int claim_id(struct cc_source *source, struct boa_str id, uint32_t *number, bool *claimed,
                    struct boa_err *err)
{
    if (source->ids.count == source->ids.max) {
        *claimed = !boa_key_table_find(&source->ids, boa_key128_make(id), number);
        return 0;
    }
    return boa_key_table_add(&source->ids, boa_key128_make(id), number, claimed, err);
}

/* The next ordinal among measurements equal to the one whose id has this number: kept, for counting
 * them anew for each would take a file of equal rows forever. */
static int next_ordinal(uint64_t *ordinal, struct cc_source *source, uint32_t number,
                        struct boa_err *err)
{
    if (number >= source->equals_cap) {
        size_t cap = source->ids.cap;
        uint32_t *equals = boa_realloc(source->equals, cap * sizeof *equals, err);
        if (equals == NULL)
            return -1;
        memset(equals + source->equals_cap, 0, (cap - source->equals_cap) * sizeof *equals);
        source->equals = equals;
        source->equals_cap = cap;
    }
    *ordinal = ++source->equals[number];
    return 0;
}

/* The run's own id, or one made from the measurement, counted up among equals. */
static int make_id(struct cc_source *source, struct boa_str *id, bool has_key,
                   struct boa_arena *arena, struct boa_err *err)
{
    const struct boa_str parts[] = { BOA_STR("codecarbon"), cell(source, CC_RUN_ID),
                                     cell(source, CC_TIMESTAMP), cell(source, CC_DURATION),
                                     cell(source, CC_ENERGY) };
    bool claimed = false;
    uint32_t number, first = 0;
    uint64_t ordinal = 0;
    char *text;

    if (has_key && claim_id(source, *id, &number, &claimed, err) != 0)
        return -1;
    if (claimed)
        return 0;
    text = boa_arena_alloc(arena, BOA_UUID_LEN, err);
    if (text == NULL)
        return -1;
    *id = boa_str_make(text, BOA_UUID_LEN);
    for (;;) {
        boa_report_id_make(text, parts, sizeof parts / sizeof parts[0], ordinal);
        if (claim_id(source, *id, &number, &claimed, err) != 0)
            return -1;
        if (claimed)
            return 0;
        if (ordinal == 0)
            first = number;
        if (next_ordinal(&ordinal, source, first, err) != 0)
            return -1;
    }
}

static int fill_record(struct cc_source *source, const struct cc_csv_row *row, bool constant_cpu,
                       struct boa_record *record, struct boa_arena *arena, struct boa_err *err)
{
    struct cc_csv *reader = &source->reader;
    struct boa_str *derived = reader->cells + reader->columns;
    const struct cc_run_facts facts = { .constant_cpu = constant_cpu };

    *record = (struct boa_record){ .place = row->place, .cells = reader->cells };
    record->group[BOA_GROUP_MEASURE].cells = &source->group_cell;
    record->group[BOA_GROUP_MEASURE].elements = 1;
    if (cc_cells_derive(derived, record, reader->column, &facts, &source->options.cells,
                        source->diags, arena, err) != 0)
        return -1;
    source->base.counts.runs++;
    return make_id(source, &derived[CC_ID], row->has_key, arena, err);
}

/* True when the row is its run's. */
static bool is_run(struct cc_source *source, const struct cc_csv_row *row, bool *constant_cpu)
{
    const struct boa_run *run = NULL;

    if (!source->options.all_rows && row->has_key)
        run = boa_runs_get(&source->runs, row->key);
    if (run == NULL) {
        *constant_cpu = cc_power_is_constant(cell(source, CC_CPU_POWER));
        return true;
    }
    *constant_cpu = run->constant_cpu;
    if (run->file != source->at || run->offset != row->offset)
        return false;
    source->runs_given++;
    return true;
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
    int opened = open_file(source, &source->files[source->at],
                           source->options.all_rows ? source->diags : NULL, err);

    if (opened < 0)
        return -1;
    if (opened == 0) {
        source->at++;
        return 0;
    }
    source->base.layout = source->reader.layout;
    source->base.layout_serial++;
    if (source->options.cpu_count != NULL && source->reader.column[CC_CPU_COUNT] >= 0)
        boa_diags_add(source->diags, BOA_DIAG_CPU_COUNT_MEANING,
                      (struct boa_place){ .file = source->in.name, .line = 1 },
                      boa_field_get(BOA_FIELD_COMPONENT_NB)->path, "for the CPU this is %s",
                      source->options.cpu_count);
    return 0;
}

static int source_next(struct boa_source *base, struct boa_record *record, struct boa_arena *arena,
                       struct boa_err *err)
{
    struct cc_source *source = cc(base);
    struct cc_csv_row row;
    bool constant_cpu;
    int got;

    if (!source->prepared && !source->options.all_rows && find_runs(source, err) != 0)
        return -1;
    source->prepared = true;
    while (source->at < source->count) {
        if (!source->open) {
            if (open_next(source, err) != 0)
                return -1;
            continue;
        }
        got = cc_csv_next(&source->reader, &row, err);
        if (got > 0) {
            source->rows_second++;
            if (!is_run(source, &row, &constant_cpu))
                continue;
            return fill_record(source, &row, constant_cpu, record, arena, err) == 0 ? 1 : -1;
        }
        if (got < 0 && give_up_file(source, &source->files[source->at], err) != 0)
            return -1;
        if (got == 0 && source->options.all_rows)
            count_file(source);
        close_file(source);
        source->at++;
    }
    return end_input(source, err);
}

struct boa_source *cc_source_new(const struct cc_source_options *options,
                                 const struct boa_diags *diags, struct boa_err *err)
{
    struct cc_source *source = boa_alloc_zero(1, sizeof *source, err);

    if (source == NULL)
        return NULL;
    source->base.next = source_next;
    source->base.free = source_free;
    source->options = *options;
    source->diags = diags;
    boa_runs_init(&source->runs);
    boa_key_table_init(&source->ids, IDS_MAX);
    return &source->base;
}

int cc_source_add(struct boa_source *base, const char *path, struct boa_err *err)
{
    struct cc_source *source = cc(base);

    if (source->count == source->cap) {
        size_t cap = source->cap != 0 ? 2 * source->cap : 16;
        struct file *files = boa_realloc(source->files, cap * sizeof *files, err);
        if (files == NULL)
            return -1;
        source->files = files;
        source->cap = cap;
    }
    char *copy = boa_alloc_text(path, strlen(path), err);
    if (copy == NULL)
        return -1;
    source->files[source->count++] = (struct file){ .path = copy };
    return 0;
}
