/* Rows of CodeCarbon's figures whatever the form of their file: named cells, checked, with their
 * place. */
#ifndef BOA_CONVERTERS_ROWS_H
#define BOA_CONVERTERS_ROWS_H

#include "converters/codecarbon.h"
#include "core/base/input.h"
#include "core/report/report_id.h"

/* What a row says of its run. */
enum cc_row_kind {
    CC_ROW_TOTAL,  /* all since the run's start: rows of a run are cumulative, never added */
    CC_ROW_TASK,   /* one task of the run: a difference */
    CC_ROW_PART,   /* what the API was sent since the last call: a difference */
    CC_ROW_ABOUT,  /* the run's machine and software as the API knows them, without figures */
    CC_ROW_REPORT, /* no row at all: a BoAmps report, to be completed */
};

struct cc_row {
    enum cc_row_kind kind;
    struct boa_place place;
    int64_t time_s;        /* of the timestamp: wall-clock seconds since 1970 */
    uint64_t offset;       /* in the input: names the row, the same in every pass */
    bool has_key;          /* the row names its run */
    struct boa_key128 key; /* of the run; only when has_key */
    struct boa_str report; /* the text of a CC_ROW_REPORT, until the next row; it has no cells */
};

struct cc_rows;

struct cc_rows_ops {
    /* The next row that can be trusted; the others become findings and are counted. 1: `row` and
     * rows->cells are filled (until the next call), 0: the input has ended, -1: error. */
    int (*next)(struct cc_rows *rows, struct cc_row *row, struct boa_err *err);
    void (*close)(struct cc_rows *rows);
};

/* The first member of every reader. */
struct cc_rows {
    const struct cc_rows_ops *ops;
    struct boa_input *in;          /* borrowed */
    const struct boa_diags *diags; /* of rows; NULL: say nothing (a second pass) */
    struct boa_str *names;         /* of the columns, then cc_derived_names */
    size_t columns;
    struct boa_str *cells;       /* of the row at hand, with room for the derived ones */
    int column[CC_COLUMN_COUNT]; /* where each stands; -1: missing */
    struct boa_layout layout;
    uint64_t layout_serial; /* goes up when names, columns and layout change */
    uint64_t seen, refused; /* rows, and those of them that were refused */
};

/* Takes a list of column names (copied, in one heap block with `names`) and finds the known
 * columns. Frees an earlier list. */
int cc_rows_set_columns(struct cc_rows *rows, const struct boa_str *names, size_t count,
                        struct boa_err *err);

/* Frees names and cells. */
void cc_rows_release(struct cc_rows *rows);

/* The column that is probably meant by a name that no column has; empty: none is near. */
struct boa_str cc_rows_nearest(const struct cc_rows *rows, struct boa_str name);

/* True for a column of CodeCarbon's that holds numbers. */
bool cc_is_number_column(struct boa_str name);

/* True for a number of columns that the tables of some version of CodeCarbon have. */
bool cc_is_width(size_t columns);

/* Judges the cells at hand for a row whose kind the reader has set: fills its place and key and the
 * cell CC_ID, or refuses it with a finding. */
bool cc_rows_check(struct cc_rows *rows, struct boa_place place, struct cc_row *row);

/* Counts a row as refused and says why; with `have` "…, have "cell"". */
void cc_rows_refuse(struct cc_rows *rows, struct boa_place place, enum boa_diag id, const char *why,
                    struct boa_str have);

/* The cell of a known column, or empty. */
static inline struct boa_str cc_rows_cell(const struct cc_rows *rows, enum cc_column column)
{
    return rows->column[column] < 0 ? (struct boa_str){ 0 } : rows->cells[rows->column[column]];
}

/* Every column that any version of CodeCarbon writes, NULL-terminated: the columns of forms without
 * a header. */
extern const char *const cc_all_columns[];

#endif
