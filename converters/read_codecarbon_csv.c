/* Rows of an emissions.csv: found by column names, refused when their cells do not fit. */
#include "converters/read_codecarbon_csv.h"

#include <stdio.h>

#include "converters/cell_forms.h"
#include "converters/csv_head.h"
#include "core/base/alloc.h"

enum {
    HEADER_MAX = 1 << 20,
    CELLS_SPARE = 16,
    MENDED_MAX = 1 << 30, /* the input's own limit comes first */
};

static struct cc_csv *csv_of(struct cc_rows *rows)
{
    return (struct cc_csv *)rows;
}

static struct boa_place place_of(const struct cc_rows *rows, const struct boa_csv_row *row)
{
    return (struct boa_place){ .file = rows->in->name, .line = row->line };
}

/* ---- Columns ---- */

/* Columns without which nothing can be reported. */
static const enum cc_column needed[] = { CC_TIMESTAMP, CC_DURATION, CC_EMISSIONS, CC_ENERGY };

enum { NEEDED = sizeof needed / sizeof needed[0] };
enum { NAME_MAX_BYTES = 32, LACKING_MAX = NEEDED * NAME_MAX_BYTES }; /* room for their names */

/* Writes the names of the needed columns that are missing; returns how many are there. */
static size_t list_lacking(char *text, const struct cc_rows *rows)
{
    size_t found = 0;
    const char *between = "";

    for (size_t i = 0; i < NEEDED; i++) {
        struct boa_str name = cc_column_name(needed[i]);
        if (rows->column[needed[i]] >= 0) {
            found++;
            continue;
        }
        text += snprintf(text, NAME_MAX_BYTES, "%s%.*s", between, BOA_STR_FMT(name));
        between = ", ";
    }
    return found;
}

/* Names a column that has probably the name of one that is missing: "Energy consumed". */
static void put_near(char *out, size_t size, const struct cc_rows *rows)
{
    for (size_t i = 0; i < NEEDED; i++) {
        struct boa_str name = cc_column_name(needed[i]), near;

        if (rows->column[needed[i]] >= 0)
            continue;
        near = cc_rows_nearest(rows, name);
        if (near.len == 0)
            continue;
        snprintf(out, size, "; \"%.*s\" looks like %.*s", BOA_STR_FMT(near), BOA_STR_FMT(name));
        return;
    }
}

/* Says what the table is not. */
static bool check_columns(const struct cc_rows *rows, struct boa_place place)
{
    const struct boa_str nowhere = { 0 };
    char lacking[LACKING_MAX] = "", near[LACKING_MAX] = "";
    size_t found = list_lacking(lacking, rows);

    if (found == NEEDED)
        return true;
    put_near(near, sizeof near, rows);
    if (found == NEEDED - 1 && rows->column[CC_ENERGY] < 0 && near[0] == '\0')
        boa_diags_add(rows->diags, BOA_DIAG_TABLE_WITHOUT_ENERGY, place, nowhere,
                      "no column energy_consumed");
    else
        boa_diags_add(rows->diags, BOA_DIAG_TABLE_UNKNOWN, place, nowhere,
                      "not a table of CodeCarbon's: no column %s%s", lacking, near);
    return false;
}

static int set_columns(struct cc_csv *reader, const struct boa_str *names, size_t count,
                       struct boa_err *err)
{
    bool *is_number = boa_alloc_zero(count, sizeof *is_number, err);

    if (is_number == NULL || cc_rows_set_columns(&reader->rows, names, count, err) != 0) {
        boa_free(is_number);
        return -1;
    }
    boa_free(reader->is_number);
    reader->is_number = is_number;
    reader->named = 0;
    for (size_t i = 0; i < count; i++) {
        if (names[i].len != 0)
            reader->named = i + 1;
        is_number[i] = cc_is_number_column(names[i]);
    }
    /* Some surplus is counted exactly for the message; more is not worth scanning for. */
    reader->csv.cells_max = 2 * count + CELLS_SPARE;
    if (reader->csv.cells_max > BOA_CSV_CELLS_MAX)
        reader->csv.cells_max = BOA_CSV_CELLS_MAX;
    return 0;
}

static size_t count_bytes(const struct boa_csv_row *row)
{
    size_t bytes = 0;

    for (size_t i = 0; i < row->count; i++)
        bytes += row->cells[i].len;
    return bytes;
}

static bool has_cell(const struct boa_csv_row *row, enum cc_column column)
{
    for (size_t i = 0; i < row->count; i++) {
        if (boa_str_equal(row->cells[i], cc_column_name(column)))
            return true;
    }
    return false;
}

/* True for a row of names: no row of figures calls its timestamp "timestamp". */
static bool is_header(const struct boa_csv_row *row)
{
    return row->fault == BOA_CSV_FAULT_NONE && has_cell(row, CC_TIMESTAMP) &&
           has_cell(row, CC_DURATION);
}

/* What git leaves in a file that was merged by nobody. */
static bool is_conflict_marker(const struct boa_csv_row *row)
{
    static const struct boa_str markers[] = { BOA_STR("<<<<<<<"), BOA_STR("======="),
                                              BOA_STR(">>>>>>>"), BOA_STR("|||||||") };

    if (row->fault != BOA_CSV_FAULT_NONE || row->count != 1)
        return false;
    for (size_t i = 0; i < sizeof markers / sizeof markers[0]; i++) {
        if (boa_str_starts_with(row->cells[0], markers[i]))
            return true;
    }
    return false;
}

static void tell_conflict(struct cc_csv *reader, const struct boa_csv_row *row)
{
    if (reader->conflict_told)
        return;
    reader->conflict_told = true;
    boa_diags_add(reader->rows.diags, BOA_DIAG_CONFLICT_MARKER, place_of(&reader->rows, row),
                  (struct boa_str){ 0 },
                  "conflict markers of a merge; the rows of both sides are read");
}

/* ---- Opening ---- */

/* True when the text can be read; else says what it is. */
static int check_text(struct cc_rows *rows, bool *usable, struct boa_err *err)
{
    const char *stranger;

    if (boa_csv_skip_mark(rows->in, &stranger, err) != 0)
        return -1;
    *usable = stranger == NULL;
    if (stranger != NULL)
        boa_diags_add(rows->diags, BOA_DIAG_TABLE_UNKNOWN,
                      (struct boa_place){ .file = rows->in->name, .line = 1 },
                      (struct boa_str){ 0 }, "%s", stranger);
    return 0;
}

/* The first row that is no conflict marker. 1, 0: there is none, -1. */
static int read_header(struct cc_csv *reader, struct boa_csv_row *row, struct boa_err *err)
{
    int got;

    do {
        got = boa_csv_next(&reader->csv, row, err);
        if (got <= 0)
            return got;
        if (!is_conflict_marker(row))
            return 1;
        tell_conflict(reader, row);
    } while (true);
}

static int csv_next(struct cc_rows *rows, struct cc_row *out, struct boa_err *err);

static void csv_close(struct cc_rows *rows)
{
    struct cc_csv *reader = csv_of(rows);

    boa_csv_release(&reader->csv);
    boa_arena_release(&reader->mended);
    boa_free(reader->is_number);
    cc_rows_release(rows);
    *reader = (struct cc_csv){ 0 };
}

static const struct cc_rows_ops csv_ops = { csv_next, csv_close };

int cc_csv_open(struct cc_csv *reader, struct boa_input *in, const struct columns *columns,
                const struct boa_diags *diags, bool *usable, struct boa_err *err)
{
    struct boa_csv_row row = { .line = 1 };
    char separator;
    int got;

    *reader = (struct cc_csv){ .rows = { .ops = &csv_ops, .in = in, .diags = diags } };
    boa_arena_init(&reader->mended, MENDED_MAX);
    if (check_text(&reader->rows, usable, err) != 0)
        return -1;
    if (!*usable)
        return 0;
    if (boa_csv_find_separator(&separator, in, err) != 0)
        return -1;
    boa_csv_init(&reader->csv, in, separator, 1);
    if (columns != NULL && columns->count != 0) {
        if (set_columns(reader, columns->names, columns->count, err) != 0)
            return -1;
        *usable = check_columns(&reader->rows, (struct boa_place){ .file = in->name });
        return 0;
    }
    *usable = false;
    got = read_header(reader, &row, err);
    if (got < 0)
        return -1;
    if (got == 0) {
        reader->empty = true;
        boa_diags_add(diags, BOA_DIAG_INPUT_EMPTY, (struct boa_place){ .file = in->name },
                      (struct boa_str){ 0 }, "the file is empty");
        return 0;
    }
    /* A header that cannot be believed lacks all columns. */
    if (row.fault != BOA_CSV_FAULT_NONE || count_bytes(&row) >= HEADER_MAX)
        row.count = 0;
    if (set_columns(reader, row.cells, row.count, err) != 0)
        return -1;
    *usable = check_columns(&reader->rows, place_of(&reader->rows, &row));
    return 0;
}

/* ---- Rows ---- */

/* What else is lost with a row, for the end of its finding. */
static const char *lost_with_it(const struct cc_csv *reader)
{
    return reader->csv.skips_stretch
               ? "; so have the rows behind it that reach over one another: they are passed over"
               : "";
}

static void refuse_fault(struct cc_csv *reader, const struct boa_csv_row *row)
{
    static const struct {
        enum boa_diag id;
        const char *why;
    } faults[] = {
        [BOA_CSV_FAULT_QUOTE_OPEN] = { BOA_DIAG_QUOTE_OPEN, "a quote is opened and never closed" },
        [BOA_CSV_FAULT_QUOTE_STRAY] = { BOA_DIAG_QUOTE_OPEN, "text follows a closing quote" },
        [BOA_CSV_FAULT_TOO_LONG] = { BOA_DIAG_ROW_TOO_LONG, "it is longer than the limit" },
    };
    static const char tangled[] =
        "its quotes and those behind it cannot be told apart; these lines are passed over";
    struct boa_place place = place_of(&reader->rows, row);

    if (row->fault != BOA_CSV_FAULT_TOO_WIDE) {
        cc_rows_refuse(&reader->rows, place, faults[row->fault].id,
                       reader->csv.skips_stretch ? tangled : faults[row->fault].why,
                       (struct boa_str){ 0 });
        return;
    }
    reader->rows.refused++;
    boa_diags_add(reader->rows.diags, BOA_DIAG_ROW_LENGTH, place, (struct boa_str){ 0 },
                  "row refused: want %zu cells, have more than %zu%s", reader->rows.columns,
                  reader->csv.cells_max, lost_with_it(reader));
}

/* True when the cells can be told apart: as many as columns, or some fewer where the last columns
 * have no name. */
static bool fits(const struct cc_csv *reader, const struct boa_csv_row *row)
{
    return row->count == reader->rows.columns ||
           (row->count < reader->rows.columns && row->count >= reader->named);
}

static void refuse_length(struct cc_csv *reader, const struct boa_csv_row *row)
{
    reader->rows.refused++;
    boa_csv_resume_at_next_line(&reader->csv);
    boa_diags_add(reader->rows.diags, BOA_DIAG_ROW_LENGTH, place_of(&reader->rows, row),
                  (struct boa_str){ 0 }, "row refused: want %zu cells, have %zu%s%s",
                  reader->rows.columns, row->count,
                  cc_is_width(row->count) ? ", as another version of CodeCarbon writes" : "",
                  lost_with_it(reader));
}

/* A decimal comma becomes a point. */
static int mend_comma(struct cc_csv *reader, struct boa_str *cell, struct boa_err *err)
{
    size_t comma = boa_str_find_byte(*cell, ',');
    char *copy;

    if (comma == cell->len || boa_str_find_byte(*cell, '.') != cell->len)
        return 0;
    copy = boa_arena_alloc(&reader->mended, cell->len, err);
    if (copy == NULL)
        return -1;
    memcpy(copy, cell->ptr, cell->len);
    copy[comma] = '.';
    *cell = boa_str_make(copy, cell->len);
    return 0;
}

/* Commas are decimal only where they do not separate cells: elsewhere 1,234 might be a thousand.
 * Boavizta's script wraps its numbers as Python objects. */
static int mend_number(struct cc_csv *reader, size_t column, struct boa_err *err)
{
    struct boa_str *cell = &reader->rows.cells[column];

    if (cell->len != 0 && cell->ptr[cell->len - 1] == ')')
        return cc_cell_mend(cell, cc_cell_form_of(reader->rows.names[column]), &reader->mended,
                            err);
    return reader->csv.separator != ',' ? mend_comma(reader, cell, err) : 0;
}

/* A user gave CodeCarbon a country with its quotes: "DK" is DK. */
static void unquote(struct cc_rows *rows, enum cc_column column)
{
    int at = rows->column[column];

    if (at < 0 || rows->cells[at].len < 3 || rows->cells[at].ptr[0] != '"' ||
        rows->cells[at].ptr[rows->cells[at].len - 1] != '"')
        return;
    rows->cells[at] = boa_str_make(rows->cells[at].ptr + 1, rows->cells[at].len - 2);
}

static int take_cells(struct cc_csv *reader, const struct boa_csv_row *row, struct boa_err *err)
{
    struct cc_rows *rows = &reader->rows;

    memcpy(rows->cells, row->cells, row->count * sizeof *row->cells);
    memset(rows->cells + row->count, 0, (rows->columns - row->count) * sizeof *row->cells);
    unquote(rows, CC_COUNTRY_NAME);
    unquote(rows, CC_COUNTRY_ISO_CODE);
    boa_arena_reset(&reader->mended);
    for (size_t i = 0; i < row->count; i++) {
        if (reader->is_number[i] && mend_number(reader, i, err) != 0)
            return -1;
    }
    return 0;
}

/* Another header: files written one behind the other, perhaps by different versions. */
static int follow_header(struct cc_csv *reader, const struct boa_csv_row *row, struct boa_err *err)
{
    struct cc_rows *rows = &reader->rows;
    bool same = row->count == rows->columns;

    for (size_t i = 0; same && i < row->count; i++)
        same = boa_str_equal(row->cells[i], rows->names[i]);
    if (same)
        return 0;
    if (set_columns(reader, row->cells, row->count, err) != 0)
        return -1;
    (void)check_columns(rows, place_of(rows, row));
    return 0;
}

/* True when the timestamp's cell begins like one: spares the rows of figures a closer look. */
static bool has_time(const struct cc_rows *rows, const struct boa_csv_row *row)
{
    int at = rows->column[CC_TIMESTAMP];

    return at >= 0 && (size_t)at < row->count && row->cells[at].len != 0 &&
           row->cells[at].ptr[0] >= '0' && row->cells[at].ptr[0] <= '9';
}

/* 1: `out` is a row to use, 0: it was none or was refused, -1. */
static int take_row(struct cc_csv *reader, const struct boa_csv_row *row, struct cc_row *out,
                    struct boa_err *err)
{
    struct cc_rows *rows = &reader->rows;

    if (is_conflict_marker(row)) {
        tell_conflict(reader, row);
        return 0;
    }
    if (!has_time(rows, row) && is_header(row))
        return follow_header(reader, row, err);
    rows->seen++;
    if (row->fault != BOA_CSV_FAULT_NONE) {
        refuse_fault(reader, row);
        return 0;
    }
    if (!fits(reader, row)) {
        refuse_length(reader, row);
        return 0;
    }
    if (row->recoded != 0)
        boa_diags_add(rows->diags, BOA_DIAG_CELL_ENCODING, place_of(rows, row),
                      (struct boa_str){ 0 }, "column %.*s is not UTF-8; read as Windows-1252",
                      BOA_STR_FMT(rows->names[row->recoded - 1]));
    if (take_cells(reader, row, err) != 0)
        return -1;
    out->kind = rows->column[CC_TASK_NAME] >= 0 ? CC_ROW_TASK : CC_ROW_TOTAL;
    out->offset = row->offset;
    return cc_rows_check(rows, place_of(rows, row), out);
}

static int csv_next(struct cc_rows *rows, struct cc_row *out, struct boa_err *err)
{
    struct cc_csv *reader = csv_of(rows);
    struct boa_csv_row row;
    int got, taken;

    while ((got = boa_csv_next(&reader->csv, &row, err)) > 0) {
        taken = take_row(reader, &row, out, err);
        if (taken != 0)
            return taken;
    }
    return got;
}
