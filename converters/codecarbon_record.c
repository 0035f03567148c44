/* Puts together what is known of a run. */
#include "converters/codecarbon_record.h"

#include "core/base/err.h"

/* What a record is made of. */
struct making {
    struct record_maker *maker;
    struct cc_rows *rows;
    const struct cc_row *row;
    const struct boa_run *run;
    uint32_t number;
    struct boa_record *record;
    struct boa_arena *arena;
    struct boa_err *err;
};

/* The names of a task's cells, and where the columns stand among them. */
static void name_measures(struct record_maker *maker)
{
    for (size_t i = 0; i < CC_TASK_COLUMNS; i++)
        maker->measure_names[i] = boa_str_from(cc_task_columns[i]);
    memcpy(maker->measure_names + CC_TASK_COLUMNS, cc_derived_names, sizeof cc_derived_names);
    for (int c = 0; c < CC_COLUMN_COUNT; c++) {
        maker->task_column[c] = -1;
        for (size_t i = 0; i < CC_TASK_COLUMNS; i++) {
            if (boa_str_equal(maker->measure_names[i], cc_column_name((enum cc_column)c)))
                maker->task_column[c] = (int)i;
        }
    }
}

void record_maker_init(struct record_maker *maker, const struct cc_cells_options *options,
                       const struct run_details *details, const struct boa_diags *diags)
{
    *maker = (struct record_maker){ .options = options, .details = details, .diags = diags };
    report_ids_init(&maker->ids);
    name_measures(maker);
}

void record_maker_release(struct record_maker *maker)
{
    report_ids_release(&maker->ids);
}

void record_maker_begin_file(struct record_maker *maker)
{
    maker->rows_serial = 0;
}

static int put_decimal(const struct making *m, enum cc_column column,
                       const struct boa_decimal *value)
{
    char text[BOA_DECIMAL_TEXT_MAX];

    return boa_arena_copy(&m->rows->cells[m->rows->column[column]], m->arena,
                          boa_str_make(text, boa_decimal_format(text, value)), m->err);
}

/* Sums that cannot be told leave nothing to report: a part's figures are not its run's. */
static void forget_figures(const struct making *m)
{
    static const enum cc_column figures[] = { CC_ENERGY, CC_EMISSIONS, CC_DURATION };

    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        m->rows->cells[m->rows->column[figures[i]]] = (struct boa_str){ 0 };
    boa_diags_add(m->maker->diags, BOA_DIAG_VALUE_UNUSABLE, m->record->place,
                  boa_field_get(BOA_FIELD_MEASURE_POWER_CONSUMPTION)->path,
                  "the sum of the run's parts has more than %d digits", BOA_DECIMAL_DIGITS);
}

/* The API's parts: their sums take the place of the last part's figures, and what the API knows of
 * the machine that of empty cells. */
static int complete_part(const struct making *m)
{
    const struct run_details *details = m->maker->details;
    const struct run_sums *sums = run_details_sums(details, m->number);
    const struct boa_str *about = run_details_about(details, m->number);

    for (size_t i = 0; about != NULL && i < m->rows->columns && cc_all_columns[i] != NULL; i++) {
        if (m->rows->cells[i].len == 0)
            m->rows->cells[i] = about[i];
    }
    if (sums == NULL)
        return 0;
    if (sums->endless) {
        forget_figures(m);
        return 0;
    }
    if (put_decimal(m, CC_ENERGY, &sums->energy_kwh) != 0 ||
        put_decimal(m, CC_EMISSIONS, &sums->emissions_kg) != 0 ||
        put_decimal(m, CC_DURATION, &sums->duration_s) != 0)
        return -1;
    return 0;
}

/* Says how much of the run its tasks are. */
static void tell_tasks(const struct making *m, const struct boa_str *const *tasks, size_t count)
{
    int column = m->maker->task_column[CC_ENERGY];
    struct boa_str total = cc_rows_cell(m->rows, CC_ENERGY);
    struct boa_decimal sum, energy;
    char text[BOA_DECIMAL_TEXT_MAX];
    size_t len;

    boa_decimal_from_int(&sum, 0);
    for (size_t i = 0; i < count; i++) {
        if (boa_decimal_parse(&energy, tasks[i][column]) &&
            boa_decimal_add(&sum, &sum, &energy) != 0)
            return; /* too many digits to tell */
    }
    len = boa_decimal_format(text, &sum);
    boa_diags_add(m->maker->diags, BOA_DIAG_TASKS_OF_RUN, m->record->place,
                  boa_field_get(BOA_FIELD_MEASURES)->path,
                  "%zu tasks with %.*s kWh are the measures; the run as a whole used %.*s kWh",
                  count, (int)len, text, BOA_STR_FMT(total));
}

/* Each task becomes a measure. */
static int add_tasks(const struct making *m, const struct cc_run_facts *facts)
{
    struct record_maker *maker = m->maker;
    const struct boa_str *const *tasks;
    size_t count = run_details_tasks(maker->details, m->number, &tasks);
    struct boa_str *cells;

    if (count == 0)
        return 0;
    cells = boa_arena_alloc_zero(m->arena, count * MEASURE_CELLS, sizeof *cells, m->err);
    if (cells == NULL)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct boa_str *measure = cells + i * MEASURE_CELLS;
        struct boa_record task = { .place = m->record->place, .cells = measure };

        memcpy(measure, tasks[i], CC_TASK_COLUMNS * sizeof *measure);
        if (cc_cells_derive(measure + CC_TASK_COLUMNS, &task, maker->task_column, facts,
                            maker->options, maker->diags, m->arena, m->err) != 0)
            return -1;
        m->record->doubtful = m->record->doubtful || task.doubtful;
    }
    if (m->run->flags & RUN_TOTAL)
        tell_tasks(m, tasks, count);
    m->record->group[BOA_GROUP_MEASURE].cells = cells;
    m->record->group[BOA_GROUP_MEASURE].elements = count;
    m->record->group[BOA_GROUP_MEASURE].width = MEASURE_CELLS;
    return 0;
}

/* The layout of the record at hand: that of its rows, and the tasks' where there are some. */
static void follow_layout(const struct making *m)
{
    struct record_maker *maker = m->maker;
    size_t width = m->record->group[BOA_GROUP_MEASURE].width;

    if (maker->rows_serial == m->rows->layout_serial &&
        maker->layout.group[BOA_GROUP_MEASURE].count == width)
        return;
    maker->layout = m->rows->layout;
    if (width != 0) {
        maker->layout.group[BOA_GROUP_MEASURE].names = maker->measure_names;
        maker->layout.group[BOA_GROUP_MEASURE].count = width;
    }
    maker->rows_serial = m->rows->layout_serial;
    maker->layout_serial++;
}

static int give_id(const struct making *m)
{
    const struct boa_str parts[] = { BOA_STR("codecarbon"), cc_rows_cell(m->rows, CC_RUN_ID),
                                     cc_rows_cell(m->rows, CC_TIMESTAMP),
                                     cc_rows_cell(m->rows, CC_DURATION),
                                     cc_rows_cell(m->rows, CC_ENERGY) };
    struct boa_str *id = &m->rows->cells[m->rows->columns + CC_ID];
    struct boa_str own = m->row->has_key ? *id : (struct boa_str){ 0 };

    if (report_ids_give(&m->maker->ids, id, own, parts, sizeof parts / sizeof parts[0], m->arena,
                        m->err) != 0)
        return -1;
    if (report_ids_became_full(&m->maker->ids))
        boa_diags_add(m->maker->diags, BOA_DIAG_REPORT_IDS_MANY, m->row->place,
                      (struct boa_str){ 0 }, "%zu ids are kept", m->maker->ids.ids.max);
    return 0;
}

int record_maker_make(struct record_maker *maker, struct boa_record *record, struct cc_rows *rows,
                      const struct cc_row *row, const struct boa_run *run, uint32_t number,
                      struct boa_arena *arena, struct boa_err *err)
{
    const struct making m = { maker, rows, row, run, number, record, arena, err };
    const struct boa_str *const *tasks;
    const bool has_details = maker->details != NULL;
    const struct cc_run_facts task_facts = { .constant_cpu = run->flags & RUN_CONSTANT_CPU };
    const struct cc_run_facts facts = {
        .constant_cpu = task_facts.constant_cpu,
        .has_tasks = has_details && run_details_tasks(maker->details, number, &tasks) != 0,
        .is_sum = has_details && row->kind == CC_ROW_PART,
    };

    *record = (struct boa_record){ .place = row->place, .cells = rows->cells };
    record->group[BOA_GROUP_MEASURE].cells = &maker->no_cells;
    record->group[BOA_GROUP_MEASURE].elements = 1;
    if (facts.is_sum && complete_part(&m) != 0)
        return -1;
    if (cc_cells_derive(rows->cells + rows->columns, record, rows->column, &facts, maker->options,
                        maker->diags, arena, err) != 0)
        return -1;
    if (facts.has_tasks && add_tasks(&m, &task_facts) != 0)
        return -1;
    record->doubtful = record->doubtful || (run->flags & RUN_FALLING);
    follow_layout(&m);
    return give_id(&m);
}
