/* Rows made by hand, without a file: for the tests of what works on rows. */
#ifndef BOA_UNIT_ROWS_FIXTURE_H
#define BOA_UNIT_ROWS_FIXTURE_H

#include "converters/rows.h"
#include "tests/unit/unit.h"

enum { FIXTURE_COLUMNS = 16 };

/* Gives `rows` the columns of a list such as "timestamp,run_id". */
static inline void fixture_columns(struct cc_rows *rows, const char *list)
{
    struct boa_str names[FIXTURE_COLUMNS], rest = boa_str_from(list);
    struct boa_err err = { 0 };
    size_t count = 0;

    while (rest.len != 0) {
        size_t comma = boa_str_find_byte(rest, ',');
        assert_true(count < FIXTURE_COLUMNS);
        names[count++] = boa_str_make(rest.ptr, comma);
        rest = boa_str_from_byte(rest, comma + (comma < rest.len));
    }
    assert_int_equal(cc_rows_set_columns(rows, names, count, &err), 0);
}

/* Puts the cells of "a,b,c" under them; those that are missing are empty. The text is borrowed. */
static inline void fixture_cells(struct cc_rows *rows, const char *text)
{
    struct boa_str rest = boa_str_from(text);

    for (size_t i = 0; i < rows->columns; i++) {
        size_t comma = boa_str_find_byte(rest, ',');
        rows->cells[i] = boa_str_make(rest.ptr, comma);
        rest = boa_str_from_byte(rest, comma + (comma < rest.len));
    }
}

#endif
