/* What the readers of CodeCarbon's forms share: columns by name, and the judgement of a row. */
#include "converters/rows.h"

#include "core/base/alloc.h"
#include "core/base/decimal.h"
#include "core/report/datetime.h"
#include "core/report/transform.h"

const char *const cc_all_columns[] = {
    "timestamp",
    "project_name",
    "run_id",
    "experiment_id",
    "duration",
    "emissions",
    "emissions_rate",
    "cpu_power",
    "gpu_power",
    "ram_power",
    "cpu_energy",
    "gpu_energy",
    "ram_energy",
    "energy_consumed",
    "water_consumed",
    "country_name",
    "country_iso_code",
    "region",
    "cloud_provider",
    "cloud_region",
    "os",
    "python_version",
    "codecarbon_version",
    "cpu_count",
    "cpu_model",
    "gpu_count",
    "gpu_model",
    "longitude",
    "latitude",
    "ram_total_size",
    "tracking_mode",
    "cpu_utilization_percent",
    "gpu_utilization_percent",
    "ram_utilization_percent",
    "ram_used_gb",
    "on_cloud",
    "pue",
    "wue",
    "task_name",
    "emissions_sum",
    NULL,
};

void cc_rows_release(struct cc_rows *rows)
{
    boa_free(rows->names);
    boa_free(rows->cells);
    rows->names = NULL;
    rows->cells = NULL;
    rows->columns = 0;
}

static void find_columns(struct cc_rows *rows)
{
    for (int c = 0; c < CC_COLUMN_COUNT; c++) {
        rows->column[c] = -1;
        for (size_t i = 0; i < rows->columns && rows->column[c] < 0; i++) {
            if (boa_str_equal(rows->names[i], cc_column_name((enum cc_column)c)))
                rows->column[c] = (int)i;
        }
    }
}

int cc_rows_set_columns(struct cc_rows *rows, const struct boa_str *names, size_t count,
                        struct boa_err *err)
{
    size_t all = count + CC_DERIVED_COUNT, bytes = 0;
    struct boa_str *copies, *cells;
    char *text;

    for (size_t i = 0; i < count; i++)
        bytes += names[i].len;
    copies = boa_alloc(all * sizeof *copies + bytes, err);
    cells = boa_alloc_zero(all, sizeof *cells, err);
    if (copies == NULL || cells == NULL) {
        boa_free(copies);
        boa_free(cells);
        return -1;
    }
    memset(copies, 0, all * sizeof *copies);
    text = (char *)(copies + all);
    for (size_t i = 0; i < count; i++) {
        /* "@" begins the names of derived cells: a column that pretends to be one has no name. */
        if (names[i].len != 0 && names[i].ptr[0] == '@')
            continue;
        if (names[i].len != 0)
            memcpy(text, names[i].ptr, names[i].len);
        copies[i] = boa_str_make(text, names[i].len);
        text += names[i].len;
    }
    memcpy(copies + count, cc_derived_names, sizeof cc_derived_names);
    cc_rows_release(rows);
    rows->names = copies;
    rows->cells = cells;
    rows->columns = count;
    rows->layout = (struct boa_layout){ .names = copies,
                                        .count = all,
                                        .group[BOA_GROUP_GPU] = { cc_gpu_names, CC_GPU_CELLS } };
    rows->layout_serial++;
    find_columns(rows);
    return 0;
}

struct boa_str cc_rows_nearest(const struct cc_rows *rows, struct boa_str name)
{
    struct boa_str nearest = { 0 };
    size_t least = name.len / 3 + 1;

    for (size_t i = 0; i < rows->columns; i++) {
        size_t distance = boa_str_distance(rows->names[i], name);
        if (distance < least) {
            least = distance;
            nearest = rows->names[i];
        }
    }
    return nearest;
}

bool cc_is_number_column(struct boa_str name)
{
    static const char *const texts[] = {
        "timestamp",      "project_name",
        "run_id",         "experiment_id",
        "country_name",   "country_iso_code",
        "region",         "cloud_provider",
        "cloud_region",   "os",
        "python_version", "codecarbon_version",
        "cpu_model",      "gpu_model",
        "tracking_mode",  "on_cloud",
        "task_name",      NULL,
    };

    for (size_t i = 0; texts[i] != NULL; i++) {
        if (boa_str_equal_lit(name, texts[i]))
            return false;
    }
    for (size_t i = 0; cc_all_columns[i] != NULL; i++) {
        if (boa_str_equal_lit(name, cc_all_columns[i]))
            return true;
    }
    return false; /* a column of the user's own: not ours to rewrite */
}

bool cc_is_width(size_t columns)
{
    static const size_t widths[] = { 29, 30, 31, 32, 34, 36, 38 };

    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        if (columns == widths[i])
            return true;
    }
    return false;
}

void cc_rows_refuse(struct cc_rows *rows, struct boa_place place, enum boa_diag id, const char *why,
                    struct boa_str have)
{
    rows->refused++;
    if (have.ptr != NULL)
        boa_diags_add(rows->diags, id, place, (struct boa_str){ 0 },
                      "row refused: %s, have \"%.*s\"", why, BOA_STR_FMT(have));
    else
        boa_diags_add(rows->diags, id, place, (struct boa_str){ 0 }, "row refused: %s", why);
}

static bool is_one_of(struct boa_str text, const char *const *words)
{
    if (boa_str_equal_lit(text, *words))
        return true; /* the first stands for nearly all */
    for (; *words != NULL; words++) {
        if (boa_str_equal_nocase(text, boa_str_from(*words)))
            return true;
    }
    return boa_text_is_missing(text);
}

/* "3/10/2026 9:31": what a spreadsheet makes of a time, in the style of its country. */
static bool is_rewritten_time(struct boa_str text)
{
    return text.len > 4 && text.ptr[4] != '-' && text.ptr[0] >= '0' && text.ptr[0] <= '9' &&
           (boa_str_find_byte(text, ':') != text.len || boa_str_find_byte(text, '/') != text.len);
}

/* Cells of narrow form show when a row's cells have shifted. */
static bool check_form(struct cc_rows *rows, struct boa_place place, int64_t *time_s)
{
    static const char *const modes[] = { "machine", "process", NULL };
    static const char *const answers[] = { "N", "Y", "yes", "no",  "true", "false",
                                           "1", "0", "1.0", "0.0", NULL };
    struct boa_str timestamp = cc_rows_cell(rows, CC_TIMESTAMP);
    struct boa_str mode = cc_rows_cell(rows, CC_TRACKING_MODE);
    struct boa_str answer = cc_rows_cell(rows, CC_ON_CLOUD);
    struct boa_datetime time;

    if (!boa_datetime_parse(&time, timestamp))
        cc_rows_refuse(rows, place, BOA_DIAG_ROW_SHIFTED,
                       is_rewritten_time(timestamp)
                           ? "column timestamp: want YYYY-MM-DDTHH:MM:SS (a spreadsheet may have "
                             "rewritten it)"
                           : "column timestamp: want YYYY-MM-DDTHH:MM:SS",
                       timestamp);
    else if (!is_one_of(mode, modes))
        cc_rows_refuse(rows, place, BOA_DIAG_ROW_SHIFTED,
                       "column tracking_mode: want machine or process", mode);
    else if (!is_one_of(answer, answers))
        cc_rows_refuse(rows, place, BOA_DIAG_ROW_SHIFTED, "column on_cloud: want Y or N", answer);
    else {
        *time_s = time.seconds;
        return true;
    }
    return false;
}

/* What is no number in a column of numbers; NULL: all are fine or empty. */
static const char *find_no_number(struct boa_str *text, const struct cc_rows *rows)
{
    static const struct {
        enum cc_column column;
        const char *what, *what_comma;
    } numbers[] = {
        { CC_DURATION, "column duration: want a number",
          "column duration: want a number with a decimal point" },
        { CC_EMISSIONS, "column emissions: want a number",
          "column emissions: want a number with a decimal point" },
        { CC_ENERGY, "column energy_consumed: want a number",
          "column energy_consumed: want a number with a decimal point" },
    };
    struct boa_decimal value;

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        *text = cc_rows_cell(rows, numbers[i].column);
        if (!boa_decimal_is_canonical(*text) && !boa_text_is_missing(*text) &&
            !boa_decimal_parse(&value, *text))
            return boa_str_find_byte(*text, ',') != text->len ? numbers[i].what_comma
                                                              : numbers[i].what;
    }
    return NULL;
}

static bool check_energy(struct cc_rows *rows, struct boa_place place)
{
    const struct boa_str nan = BOA_STR("nan"), energy = cc_rows_cell(rows, CC_ENERGY);
    struct boa_str number;
    const char *no_number = find_no_number(&number, rows);

    if (no_number != NULL)
        cc_rows_refuse(rows, place, BOA_DIAG_ROW_SHIFTED, no_number, number);
    else if (boa_text_is_missing(energy))
        cc_rows_refuse(rows, place, BOA_DIAG_ENERGY_MISSING,
                       boa_str_equal_nocase(energy, nan)
                           ? "column energy_consumed is nan, not a number"
                           : "column energy_consumed is empty",
                       (struct boa_str){ 0 });
    else
        return true;
    return false;
}

/* The text that names the row's run, or nothing. */
static struct boa_str run_name(const struct cc_rows *rows)
{
    struct boa_str id = cc_rows_cell(rows, CC_RUN_ID);

    /* Before 2.0 there was no run_id, and experiment_id was a fresh UUID for every run. */
    if (rows->column[CC_RUN_ID] < 0)
        id = cc_rows_cell(rows, CC_EXPERIMENT_ID);
    if (boa_text_is_missing(id) || boa_str_equal(id, cc_default_experiment_id))
        return (struct boa_str){ 0 };
    return id;
}

bool cc_rows_check(struct cc_rows *rows, struct boa_place place, struct cc_row *row)
{
    struct boa_str name;

    if (!check_form(rows, place, &row->time_s) ||
        (row->kind != CC_ROW_ABOUT && !check_energy(rows, place)))
        return false;
    row->place = place;
    name = run_name(rows);
    row->has_key = name.len != 0;
    if (row->has_key)
        row->key = boa_key128_make(name);
    rows->cells[rows->columns + CC_ID] = name;
    return true;
}
