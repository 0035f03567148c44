/* One way through a file with a reader of rows, as text: for the tests of the readers. */
#ifndef BOA_UNIT_READING_H
#define BOA_UNIT_READING_H

#include <stdio.h>

#include "converters/rows.h"
#include "tests/unit/unit.h"
/* The log needs cmocka in front of it. */
#include "tests/unit/finding_log.h"

/* Opens a reader of one form; the object behind it stays where it is until the next call. */
typedef int reading_open(struct cc_rows **rows, struct boa_input *in, const struct boa_diags *diags,
                         struct boa_err *err);

/* Rows are "LINE@OFFSET KIND RUN ENERGY EMISSIONS", a "-" for what is empty. */
struct reading {
    uint64_t seen, refused;
    char text[8192];
    struct finding_log log;
};

static const char *reading_kind(enum cc_row_kind kind)
{
    static const char *const names[] = {
        [CC_ROW_TOTAL] = "total",
        [CC_ROW_TASK] = "task",
        [CC_ROW_PART] = "part",
        [CC_ROW_ABOUT] = "about",
    };

    return names[kind];
}

static struct boa_str reading_shown(struct boa_str cell)
{
    return cell.len != 0 ? cell : BOA_STR_LIT("-");
}

static size_t reading_put(char *text, size_t size, const struct cc_rows *rows,
                          const struct cc_row *row)
{
    struct boa_str name = rows->cells[rows->columns + CC_ID];

    assert_int_equal(row->has_key, name.len != 0);
    return (size_t)snprintf(text, size, "%d@%d %s %.*s %.*s %.*s\n", (int)row->place.line,
                            (int)row->offset, reading_kind(row->kind),
                            BOA_STR_FMT(reading_shown(name)),
                            BOA_STR_FMT(reading_shown(cc_rows_cell(rows, CC_ENERGY))),
                            BOA_STR_FMT(reading_shown(cc_rows_cell(rows, CC_EMISSIONS))));
}

/* Reads from byte `start` on; `max` 0: no limit. */
static void reading_from(struct reading *reading, reading_open *open, struct boa_str bytes,
                         uint64_t start, size_t chunk, size_t max)
{
    struct boa_input in;
    struct cc_rows *rows;
    struct cc_row row;
    struct boa_err err = { 0 };
    size_t len = 0;
    int got;

    finding_log_clear(&reading->log);
    reading->text[0] = '\0';
    assert_int_equal(boa_input_open_text(&in, "t", bytes, &err), 0);
    assert_int_equal(boa_input_seek(&in, start, &err), 0);
    in.chunk = chunk;
    if (max != 0)
        in.max = max;
    assert_int_equal(open(&rows, &in, &reading->log.diags, &err), 0);
    while ((got = rows->ops->next(rows, &row, &err)) > 0) {
        assert_text_equal(row.place.file, "t");
        len += reading_put(reading->text + len, sizeof reading->text - len, rows, &row);
        assert_true(len < sizeof reading->text);
    }
    assert_int_equal(got, 0);
    assert_int_equal(rows->ops->next(rows, &row, &err), 0);
    reading->seen = rows->seen;
    reading->refused = rows->refused;
    rows->ops->close(rows);
    boa_input_close(&in);
}

/* The same rows and findings whatever the size of the pieces. */
static inline void reading_check(reading_open *open, const char *text, size_t max, const char *rows,
                                 const char *findings)
{
    static const size_t chunks[] = { 1, 2, 7, 1 << 16 };
    static struct reading reading;

    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        reading_from(&reading, open, boa_str_from(text), 0, chunks[i], max);
        assert_string_equal(reading.text, rows);
        assert_string_equal(reading.log.text, findings);
    }
}

#endif
