/* A way through any bytes with a reader of rows, and what must hold of it. */
#ifndef BOA_TESTS_FUZZ_ROWS_H
#define BOA_TESTS_FUZZ_ROWS_H

#include "converters/rows.h"
#include "tests/fuzz/fuzz.h"

enum { FUZZ_ROWS_MAX = 4096, FUZZ_KEPT_MAX = 2048 };

/* The offsets of the rows, and a sum over their cells. */
struct fuzz_rows {
    uint64_t offsets[FUZZ_ROWS_MAX];
    uint64_t lines[FUZZ_ROWS_MAX];
    size_t count;
    uint64_t sum, seen, refused;
};

static uint64_t fuzz_sum(uint64_t sum, struct boa_str text)
{
    for (size_t i = 0; i < text.len; i++)
        sum = (sum ^ (unsigned char)text.ptr[i]) * UINT64_C(1099511628211);
    return sum + text.len + 1;
}

/* Reads to the end and closes the reader. */
static void fuzz_rows_read(struct fuzz_rows *found, struct cc_rows *rows, size_t size)
{
    struct cc_row row;
    struct boa_err err = { 0 };
    int got;

    *found = (struct fuzz_rows){ .sum = 1 };
    while ((got = rows->ops->next(rows, &row, &err)) > 0) {
        FUZZ_CHECK(row.offset < size && row.place.line > 0);
        FUZZ_CHECK(found->count == 0 || found->count >= FUZZ_ROWS_MAX ||
                   row.offset > found->offsets[found->count - 1]);
        FUZZ_CHECK(row.has_key == (rows->cells[rows->columns + CC_ID].len != 0));
        for (size_t i = 0; i < rows->columns; i++)
            found->sum = fuzz_sum(found->sum, rows->cells[i]);
        if (found->count < FUZZ_ROWS_MAX) {
            found->offsets[found->count] = row.offset;
            found->lines[found->count++] = row.place.line;
        }
    }
    FUZZ_CHECK(got == 0);
    FUZZ_CHECK(rows->ops->next(rows, &row, &err) == 0);
    FUZZ_CHECK(rows->seen >= rows->refused + found->count);
    found->seen = rows->seen;
    found->refused = rows->refused;
    rows->ops->close(rows);
}

/* The same rows whatever the size of the pieces. */
static void fuzz_rows_compare(const struct fuzz_rows *one, const struct fuzz_rows *other)
{
    FUZZ_CHECK(one->count == other->count && one->sum == other->sum);
    FUZZ_CHECK(one->seen == other->seen && one->refused == other->refused);
    for (size_t i = 0; i < one->count; i++)
        FUZZ_CHECK(one->offsets[i] == other->offsets[i] && one->lines[i] == other->lines[i]);
}

/* Opens a reader, which is there once. */
typedef struct cc_rows *fuzz_rows_open(struct boa_input *in);

static void fuzz_rows_read_in(struct fuzz_rows *found, fuzz_rows_open *open, struct boa_str text,
                              size_t chunk, size_t max)
{
    struct boa_input in;
    struct boa_err err = { 0 };

    FUZZ_CHECK(boa_input_open_text(&in, "fuzz", text, &err) == 0);
    in.chunk = chunk;
    in.max = max;
    fuzz_rows_read(found, open(&in), text.len);
    FUZZ_CHECK(in.cap <= max + 1);
    boa_input_close(&in);
}

/* The same rows in pieces of any size, with little memory too. */
static void fuzz_rows_check(fuzz_rows_open *open, struct boa_str text)
{
    static struct fuzz_rows whole, pieces;

    fuzz_rows_read_in(&whole, open, text, 1 << 20, 1 << 20);
    fuzz_rows_read_in(&pieces, open, text, 3, 1 << 20);
    fuzz_rows_compare(&whole, &pieces);
    fuzz_rows_read_in(&whole, open, text, 1 << 20, FUZZ_KEPT_MAX / 4);
    fuzz_rows_read_in(&pieces, open, text, 1, FUZZ_KEPT_MAX / 4);
    fuzz_rows_compare(&whole, &pieces);
}

#endif
