/* What the splitter makes of a text, as text: for tests to compare. */
#ifndef BOA_UNIT_CSV_ROWS_H
#define BOA_UNIT_CSV_ROWS_H

#include <stdio.h>

#include "converters/csv.h"

enum { TEXT_MAX = 1 << 16 };

static const size_t chunks[] = { 1, 2, 3, 5, 7, 64, 4096 };

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct text {
    size_t len;
    char bytes[TEXT_MAX];
};

static inline void put(struct text *text, const char *bytes, size_t len)
{
    assert_true(text->len + len < sizeof text->bytes);
    memcpy(text->bytes + text->len, bytes, len);
    text->len += len;
    text->bytes[text->len] = '\0';
}

static inline void put_string(struct text *text, const char *string)
{
    put(text, string, strlen(string));
}

static inline void put_place(struct text *text, uint64_t line, uint64_t offset)
{
    char place[64];

    (void)snprintf(place, sizeof place, "%u@%u", (unsigned)line, (unsigned)offset);
    put_string(text, place);
}

/* What the splitter makes of a text: rows as LINE@OFFSET[cell][cell]; with `places` off only the
 * cells. */
static inline void split(struct text *out, const char *bytes, size_t len, size_t chunk, size_t max,
                         bool places)
{
    static const char *const faults[] = { "", "!open", "!stray", "!long", "!wide" };
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row;
    struct boa_err err = { 0 };
    int got;

    out->len = 0;
    out->bytes[0] = '\0';
    assert_int_equal(boa_input_open_text(&in, "t.csv", boa_str_make(bytes, len), &err), 0);
    in.chunk = chunk;
    in.max = max;
    boa_csv_init(&csv, &in, ',', 1);
    while ((got = boa_csv_next(&csv, &row, &err)) > 0) {
        if (places)
            put_place(out, row.line, row.offset);
        put_string(out, faults[row.fault]);
        for (size_t i = 0; i < row.count; i++) {
            put_string(out, "[");
            put(out, row.cells[i].ptr, row.cells[i].len);
            put_string(out, "]");
        }
        put_string(out, "\n");
    }
    assert_int_equal(got, 0);
    boa_csv_release(&csv);
    boa_csv_release(&csv);
    boa_input_close(&in);
}

static inline void check(const char *bytes, size_t len, size_t max, const char *want)
{
    static struct text out;

    for (size_t i = 0; i < COUNT(chunks); i++) {
        split(&out, bytes, len, chunks[i], max, true);
        assert_string_equal(out.bytes, want);
    }
}

#endif
