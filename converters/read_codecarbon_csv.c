/* Rows of an emissions.csv: found by column names, refused when their cells do not fit. */
#include "converters/read_codecarbon_csv.h"

#include <stdio.h>

#include "core/base/alloc.h"
#include "core/base/decimal.h"
#include "core/report/datetime.h"
#include "core/report/transform.h"

enum { HEADER_MAX = 1 << 20, CELLS_SPARE = 16 };

static struct boa_place place_of(const struct cc_csv *reader, const struct boa_csv_row *row)
{
    return (struct boa_place){ .file = reader->in->name, .line = row->line };
}

/* Columns without which nothing can be reported. */
static const enum cc_column needed[] = { CC_TIMESTAMP, CC_DURATION, CC_EMISSIONS, CC_ENERGY };

enum { NAME_MAX_BYTES = 32, LACKING_MAX = 4 * NAME_MAX_BYTES }; /* room for the names above */

/* Writes the names of the needed columns that are missing; returns how many are there. */
static size_t list_lacking(char *text, const struct cc_csv *reader)
{
    size_t found = 0;
    const char *between = "";

    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        struct boa_str name = cc_column_name(needed[i]);
        if (reader->column[needed[i]] >= 0) {
            found++;
            continue;
        }
        text += snprintf(text, NAME_MAX_BYTES, "%s%.*s", between, BOA_STR_FMT(name));
        between = ", ";
    }
    return found;
}

/* A spreadsheet with European settings saves so. */
static bool has_semicolons(const struct cc_csv *reader)
{
    return reader->columns == 1 &&
           boa_str_find(reader->names[0], BOA_STR_LIT("timestamp;")) != reader->names[0].len;
}

/* Says what the table is not. */
static bool check_columns(const struct cc_csv *reader, struct boa_place place)
{
    char lacking[LACKING_MAX] = "";
    size_t all = sizeof needed / sizeof needed[0], found = list_lacking(lacking, reader);
    const struct boa_str nowhere = { 0 };

    if (found == all) {
        if (reader->column[CC_TASK_NAME] < 0)
            return true;
        boa_diags_add(reader->diags, BOA_DIAG_TABLE_OF_TASKS, place, nowhere,
                      "rows are tasks of a run, not runs");
    } else if (found + 1 == all && reader->column[CC_ENERGY] < 0) {
        boa_diags_add(reader->diags, BOA_DIAG_TABLE_WITHOUT_ENERGY, place, nowhere,
                      "no column energy_consumed");
    } else if (has_semicolons(reader)) {
        boa_diags_add(reader->diags, BOA_DIAG_TABLE_UNKNOWN, place, nowhere,
                      "semicolons between cells: save it with commas between cells and points in "
                      "numbers");
    } else {
        boa_diags_add(reader->diags, BOA_DIAG_TABLE_UNKNOWN, place, nowhere,
                      "not a table of CodeCarbon's: no column %s", lacking);
    }
    return false;
}

/* Byte order marks: UTF-8's is skipped, UTF-16's cannot be read. */
static int skip_mark(struct cc_csv *reader, bool *usable, struct boa_err *err)
{
    struct boa_str kept;
    int got = 1;

    while (boa_input_kept(reader->in).len < 3 && got > 0) {
        got = boa_input_more(reader->in, err);
        if (got < 0)
            return -1;
    }
    kept = boa_input_kept(reader->in);
    if (boa_str_starts_with(kept, BOA_STR_LIT("\xEF\xBB\xBF")))
        boa_input_take(reader->in, 3);
    *usable = !boa_str_starts_with(kept, BOA_STR_LIT("\xFF\xFE")) &&
              !boa_str_starts_with(kept, BOA_STR_LIT("\xFE\xFF"));
    if (!*usable)
        boa_diags_add(reader->diags, BOA_DIAG_TABLE_UNKNOWN,
                      (struct boa_place){ .file = reader->in->name, .line = 1 },
                      (struct boa_str){ 0 }, "the text is UTF-16; save it as UTF-8");
    return 0;
}

static size_t count_bytes(const struct boa_csv_row *row)
{
    size_t bytes = 0;

    for (size_t i = 0; i < row->count; i++)
        bytes += row->cells[i].len;
    return bytes;
}

static int copy_header(struct cc_csv *reader, const struct boa_csv_row *row, struct boa_err *err)
{
    reader->columns = row->count;
    reader->names = boa_alloc_zero(row->count + CC_DERIVED_COUNT, sizeof *reader->names, err);
    reader->cells = boa_alloc_zero(row->count + CC_DERIVED_COUNT, sizeof *reader->cells, err);
    if (reader->names == NULL || reader->cells == NULL ||
        boa_buf_room(&reader->header, count_bytes(row) + 1, err) != 0)
        return -1;
    for (size_t i = 0; i < row->count; i++) {
        char *start = reader->header.ptr + reader->header.len;
        if (boa_buf_put(&reader->header, row->cells[i], err) != 0)
            return -1;
        reader->names[i] = boa_str_make(start, row->cells[i].len);
        for (int c = 0; c < CC_COLUMN_COUNT; c++) {
            if (reader->column[c] < 0 &&
                boa_str_equal(reader->names[i], cc_column_name((enum cc_column)c)))
                reader->column[c] = (int)i;
        }
    }
    memcpy(reader->names + row->count, cc_derived_names, sizeof cc_derived_names);
    reader->layout = (struct boa_layout){
        .names = reader->names,
        .count = row->count + CC_DERIVED_COUNT,
        .group[BOA_GROUP_GPU] = { cc_gpu_names, CC_GPU_CELLS },
    };
    return 0;
}

int cc_csv_open(struct cc_csv *reader, struct boa_input *in, const struct boa_diags *diags,
                bool *usable, struct boa_err *err)
{
    struct boa_csv_row row;
    int got;

    *reader = (struct cc_csv){ .in = in, .diags = diags };
    for (int c = 0; c < CC_COLUMN_COUNT; c++)
        reader->column[c] = -1;
    boa_csv_init(&reader->csv, in, ',', 1);
    boa_buf_init(&reader->header, HEADER_MAX);
    if (skip_mark(reader, usable, err) != 0)
        return -1;
    if (!*usable)
        return 0;
    *usable = false;
    got = boa_csv_next(&reader->csv, &row, err);
    if (got < 0)
        return -1;
    if (got == 0) {
        reader->empty = true;
        boa_diags_add(diags, BOA_DIAG_INPUT_EMPTY, (struct boa_place){ .file = in->name },
                      (struct boa_str){ 0 }, "the file is empty");
        return 0;
    }
    if (row.fault != BOA_CSV_FAULT_NONE || count_bytes(&row) >= HEADER_MAX)
        row.count = 0; /* a header that cannot be believed lacks all columns */
    if (copy_header(reader, &row, err) != 0)
        return -1;
    *usable = check_columns(reader, place_of(reader, &row));
    /* Some surplus is counted exactly for the message; more is not worth scanning for. */
    reader->csv.cells_max = 2 * reader->columns + CELLS_SPARE;
    if (reader->csv.cells_max > BOA_CSV_CELLS_MAX)
        reader->csv.cells_max = BOA_CSV_CELLS_MAX;
    return 0;
}

void cc_csv_close(struct cc_csv *reader)
{
    boa_csv_release(&reader->csv);
    boa_buf_release(&reader->header);
    boa_free(reader->names);
    boa_free(reader->cells);
    *reader = (struct cc_csv){ 0 };
}

/* Counts a row as refused and says why. */
static void refuse(struct cc_csv *reader, const struct boa_csv_row *row, enum boa_diag id,
                   const char *what, struct boa_str cell)
{
    reader->refused++;
    if (cell.ptr != NULL)
        boa_diags_add(reader->diags, id, place_of(reader, row), (struct boa_str){ 0 },
                      "row refused: %s, have \"%.*s\"", what, BOA_STR_FMT(cell));
    else
        boa_diags_add(reader->diags, id, place_of(reader, row), (struct boa_str){ 0 },
                      "row refused: %s", what);
}

static void refuse_fault(struct cc_csv *reader, const struct boa_csv_row *row)
{
    static const struct {
        enum boa_diag id;
        const char *what;
    } faults[] = {
        [BOA_CSV_FAULT_QUOTE_OPEN] = { BOA_DIAG_QUOTE_OPEN, "a quote is opened and never closed" },
        [BOA_CSV_FAULT_QUOTE_STRAY] = { BOA_DIAG_QUOTE_OPEN, "text follows a closing quote" },
        [BOA_CSV_FAULT_TOO_LONG] = { BOA_DIAG_ROW_TOO_LONG, "it is longer than the limit" },
    };

    if (row->fault == BOA_CSV_FAULT_TOO_WIDE) {
        reader->refused++;
        boa_diags_add(reader->diags, BOA_DIAG_ROW_LENGTH, place_of(reader, row),
                      (struct boa_str){ 0 }, "row refused: want %zu cells, have more than %zu",
                      reader->columns, reader->csv.cells_max);
        return;
    }
    refuse(reader, row, faults[row->fault].id, faults[row->fault].what, (struct boa_str){ 0 });
}

static struct boa_str cell(const struct cc_csv *reader, const struct boa_csv_row *row,
                           enum cc_column column)
{
    int at = reader->column[column];

    return at < 0 ? (struct boa_str){ 0 } : row->cells[at];
}

static bool is_one_of(struct boa_str text, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (boa_str_equal_nocase(text, boa_str_from(*words)))
            return true;
    }
    return boa_text_is_missing(text);
}

/* What is no number in a column of numbers; NULL: all are fine or empty. */
static const char *find_no_number(struct boa_str *text, const struct cc_csv *reader,
                                  const struct boa_csv_row *row)
{
    static const struct {
        enum cc_column column;
        const char *what;
    } numbers[] = {
        { CC_DURATION, "column duration: want a number" },
        { CC_EMISSIONS, "column emissions: want a number" },
        { CC_ENERGY, "column energy_consumed: want a number" },
    };
    struct boa_decimal value;

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        *text = cell(reader, row, numbers[i].column);
        if (!boa_decimal_is_canonical(*text) && !boa_text_is_missing(*text) &&
            !boa_decimal_parse(&value, *text))
            return numbers[i].what;
    }
    return NULL;
}

/* True when the cells stand in their columns; a row whose cells have shifted shows in those of
 * narrow form. */
static bool check_cells(struct cc_csv *reader, const struct boa_csv_row *row)
{
    static const char *const modes[] = { "machine", "process", NULL };
    static const char *const answers[] = { "Y", "N", "yes", "no",  "true", "false",
                                           "1", "0", "1.0", "0.0", NULL };
    struct boa_str timestamp = cell(reader, row, CC_TIMESTAMP);
    struct boa_str mode = cell(reader, row, CC_TRACKING_MODE);
    struct boa_str answer = cell(reader, row, CC_ON_CLOUD);
    struct boa_str number;
    const char *no_number = find_no_number(&number, reader, row);
    struct boa_datetime time;

    if (!boa_datetime_parse(&time, timestamp))
        refuse(reader, row, BOA_DIAG_ROW_SHIFTED, "column timestamp: want YYYY-MM-DDTHH:MM:SS",
               timestamp);
    else if (!is_one_of(mode, modes))
        refuse(reader, row, BOA_DIAG_ROW_SHIFTED, "column tracking_mode: want machine or process",
               mode);
    else if (!is_one_of(answer, answers))
        refuse(reader, row, BOA_DIAG_ROW_SHIFTED, "column on_cloud: want Y or N", answer);
    else if (no_number != NULL)
        refuse(reader, row, BOA_DIAG_ROW_SHIFTED, no_number, number);
    else if (boa_text_is_missing(cell(reader, row, CC_ENERGY)))
        refuse(reader, row, BOA_DIAG_ENERGY_MISSING, "column energy_consumed is empty",
               (struct boa_str){ 0 });
    else
        return true;
    return false;
}

/* A second header: two files written one behind the other. */
static bool is_header(const struct cc_csv *reader, const struct boa_csv_row *row)
{
    int at = reader->column[CC_TIMESTAMP];

    if (row->count != reader->columns || !boa_str_equal(row->cells[at], reader->names[at]))
        return false;
    for (size_t i = 0; i < row->count; i++) {
        if (!boa_str_equal(row->cells[i], reader->names[i]))
            return false;
    }
    return true;
}

static bool check_row(struct cc_csv *reader, const struct boa_csv_row *row)
{
    if (row->count == reader->columns)
        return check_cells(reader, row);
    reader->refused++;
    boa_diags_add(reader->diags, BOA_DIAG_ROW_LENGTH, place_of(reader, row), (struct boa_str){ 0 },
                  "row refused: want %zu cells, have %zu", reader->columns, row->count);
    boa_csv_resume_at_next_line(&reader->csv);
    return false;
}

/* The text that names the row's run, or nothing. */
static struct boa_str run_name(const struct cc_csv *reader, const struct boa_csv_row *row)
{
    struct boa_str id = cell(reader, row, CC_RUN_ID);

    /* Before 2.0 there was no run_id, and experiment_id was a fresh UUID for every run. */
    if (reader->column[CC_RUN_ID] < 0)
        id = cell(reader, row, CC_EXPERIMENT_ID);
    if (boa_text_is_missing(id) || boa_str_equal(id, cc_default_experiment_id))
        return (struct boa_str){ 0 };
    return id;
}

int cc_csv_next(struct cc_csv *reader, struct cc_csv_row *out, struct boa_err *err)
{
    struct boa_csv_row row;
    int got;

    while ((got = boa_csv_next(&reader->csv, &row, err)) > 0) {
        if (row.fault == BOA_CSV_FAULT_NONE && is_header(reader, &row))
            continue;
        reader->rows++;
        if (row.fault != BOA_CSV_FAULT_NONE) {
            refuse_fault(reader, &row);
            continue;
        }
        if (!check_row(reader, &row))
            continue;
        if (row.recoded != 0)
            boa_diags_add(reader->diags, BOA_DIAG_CELL_ENCODING, place_of(reader, &row),
                          (struct boa_str){ 0 }, "column %.*s is not UTF-8; read as Windows-1252",
                          BOA_STR_FMT(reader->names[row.recoded - 1]));
        memcpy(reader->cells, row.cells, row.count * sizeof *row.cells);
        *out = (struct cc_csv_row){ .place = place_of(reader, &row), .offset = row.offset };
        struct boa_str name = run_name(reader, &row);
        out->has_key = name.len != 0;
        if (out->has_key)
            out->key = boa_key128_make(name);
        reader->cells[reader->columns + CC_ID] = name;
        return 1;
    }
    return got;
}
