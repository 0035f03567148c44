/* Rows of a comma-separated table (RFC 4180 and what spreadsheets and Python make of it) with their
 * places in the file. */
#ifndef BOA_CONVERTERS_CSV_H
#define BOA_CONVERTERS_CSV_H

#include "core/base/buf.h"
#include "core/base/input.h"

enum boa_csv_fault {
    BOA_CSV_FAULT_NONE,
    BOA_CSV_FAULT_QUOTE_OPEN,  /* the input ends inside quotes */
    BOA_CSV_FAULT_QUOTE_STRAY, /* something other than blanks follows a closing quote */
    BOA_CSV_FAULT_TOO_LONG,    /* longer than the input may keep */
    BOA_CSV_FAULT_TOO_WIDE,    /* more than cells_max cells */
};

enum { BOA_CSV_CELLS_MAX = 4096 };

struct boa_csv_row {
    const struct boa_str *cells; /* trimmed, unquoted, UTF-8; valid until the next call */
    size_t count;
    uint64_t line;   /* of the first byte, from 1 */
    uint64_t offset; /* in the input, of the first byte */
    uint64_t lines;  /* line ends inside: LF, CR LF, CR */
    size_t recoded;  /* 1 + index of the first cell that was no UTF-8 and was read as Windows-1252;
                        0: none */
    enum boa_csv_fault fault; /* cells are not to be trusted then */
};

struct boa_csv_span; /* a cell by its offsets */

struct boa_csv {
    struct boa_input *in; /* borrowed; it must stand at the start of a row */
    char separator;
    size_t cells_max;    /* of a row; BOA_CSV_CELLS_MAX until the caller knows better */
    uint64_t line;       /* of the next row */
    size_t taken;        /* bytes of the row last given: taken from the input at the next call */
    size_t first_line;   /* bytes of its first line */
    uint64_t lines;      /* line ends inside it */
    bool skips_line;     /* first of all behind its first line, wherever that ends */
    bool skips_stretch;  /* … and behind the stretch below */
    uint64_t vain_begin; /* offset of a stretch that was scanned for rows that came to nothing … */
    uint64_t vain_end;
    uint64_t vain_bytes; /* … and how many bytes all those scans were */
    bool plain_end[256]; /* bytes that end an unquoted cell */
    struct boa_csv_span *spans;
    struct boa_str *cells;
    size_t cap, count;
    struct boa_buf scratch; /* cells that differ from their bytes in the input */
};

/* `line` is the number of the line at which the input stands. */
void boa_csv_init(struct boa_csv *csv, struct boa_input *in, char separator, uint64_t line);

/* Takes a zeroed one; the input stays open. */
void boa_csv_release(struct boa_csv *csv);

/* The next row that is not blank (no cell but one without text). 1: `row` is filled; 0: the input
 * has ended; -1: error (input, memory). After a fault the next row begins at the line behind the
 * faulty row's first one, so that an open quote swallows nothing. There is an end to that: where
 * rows that come to nothing reach so far over one another that a stretch of the input was scanned
 * more than 32 times on average, as only an input made for it does, the next row begins at the line
 * behind that stretch. The time that a whole input takes is so bounded by its length. */
int boa_csv_next(struct boa_csv *csv, struct boa_csv_row *row, struct boa_err *err);

/* Makes the next row begin behind the first line of the row last given, as after a fault, for
 * callers that find it faulty. */
void boa_csv_resume_at_next_line(struct boa_csv *csv);

#endif
