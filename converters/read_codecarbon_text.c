/* Gathers lines until a block ends; its values are kept, as its lines slide out of the input. */
#include "converters/read_codecarbon_text.h"

#include "converters/cell_forms.h"
#include "converters/windows1252.h"

static struct cc_text *text_of(struct cc_rows *rows)
{
    return (struct cc_text *)rows;
}

/* The next line without its end; it stays kept. 1, 0: the input has ended, -1. A line over the
 * limit is given in pieces, `whole` false. */
static int find_line(struct boa_str *line, bool *whole, struct cc_text *reader, struct boa_err *err)
{
    struct boa_input *in = reader->rows.in;
    struct boa_str kept = boa_input_kept(in);
    struct boa_err why = { 0 };
    size_t looked = 0;
    int got = 1;

    for (;;) {
        size_t at = looked + boa_str_find_byte(boa_str_from_byte(kept, looked), '\n');
        *line = boa_str_make(kept.ptr, at);
        *whole = at < kept.len || got == 0;
        if (at < kept.len || got <= 0)
            break;
        looked = kept.len;
        got = boa_input_more(in, &why);
        kept = boa_input_kept(in);
    }
    if (got < 0 && why.kind != BOA_ERR_LIMIT) {
        *err = why;
        return -1;
    }
    return kept.len != 0;
}

static void pass_line(struct cc_text *reader, struct boa_str line, bool whole)
{
    bool ended = whole && line.len < boa_input_kept(reader->rows.in).len;

    reader->line += ended;
    boa_input_take(reader->rows.in, line.len + ended);
}

static void clear(struct cc_text *reader)
{
    cc_keyed_clear(&reader->keyed);
    boa_arena_reset(&reader->texts);
    reader->first = -1;
    reader->too_long = false;
}

/* Copies a value; one that is no UTF-8 is read as Windows-1252, as a cell of a table is. */
static int copy_value(struct boa_str *copy, struct cc_text *reader, struct boa_str key,
                      struct boa_str value, struct boa_err *err)
{
    struct boa_place place = { .file = reader->rows.in->name, .line = reader->line };
    struct boa_buf recoded;
    int rc;

    if (boa_utf8_valid_prefix(value) == value.len)
        return boa_arena_copy(copy, &reader->texts, value, err);
    boa_diags_add(reader->rows.diags, BOA_DIAG_CELL_ENCODING, place, (struct boa_str){ 0 },
                  "column %.*s is not UTF-8; read as Windows-1252", BOA_STR_FMT(key));
    boa_buf_init(&recoded, reader->rows.in->max);
    rc = boa_windows1252_decode(&value, &recoded, err);
    if (rc == 0)
        rc = boa_arena_copy(copy, &reader->texts, value, err);
    boa_buf_release(&recoded);
    return rc;
}

/* Keeps a line's value if its key is one of CodeCarbon's. */
static int take_value(struct cc_text *reader, struct boa_str key, struct boa_str value,
                      struct boa_err *err)
{
    struct boa_str copy = { 0 }, *cell = cc_keyed_cell(&reader->keyed, key);
    struct boa_err why = { 0 };

    if (cell == NULL || reader->too_long)
        return 0;
    if (copy_value(&copy, reader, key, value, &why) == 0 &&
        cc_cell_mend(&copy, cc_cell_form_of(key), &reader->texts, &why) == 0) {
        *cell = copy;
        return 0;
    }
    if (why.kind != BOA_ERR_LIMIT) {
        *err = why;
        return -1;
    }
    reader->too_long = true;
    return 0;
}

/* The key and value of a line; false: it is something else, such as prose with a colon. */
static bool split_line(struct boa_str *key, struct boa_str *value, int *column,
                       const struct cc_text *reader, struct boa_str line)
{
    static const struct boa_str mark = BOA_STR("\xEF\xBB\xBF");
    size_t colon;

    if (reader->rows.in->offset == 0 && boa_str_starts_with(line, mark))
        line = boa_str_from_byte(line, mark.len);
    colon = boa_str_find_byte(line, ':');
    *key = boa_str_trim(boa_str_make(line.ptr, colon));
    *value = boa_str_trim(boa_str_from_byte(line, colon + 1));
    *column = colon < line.len ? cc_keyed_column(&reader->keyed, *key) : -1;
    return *column >= 0;
}

/* Ends the block at hand. */
static bool end_block(struct cc_text *reader, struct cc_row *out)
{
    bool usable = false;

    if (reader->first < 0)
        return false;
    if (reader->too_long) {
        reader->rows.seen++;
        cc_rows_refuse(&reader->rows, reader->place, BOA_DIAG_ROW_TOO_LONG,
                       "it is longer than the limit", (struct boa_str){ 0 });
    } else {
        out->offset = reader->offset;
        usable = cc_keyed_end(&reader->keyed, reader->place, true, out);
    }
    reader->first = -1;
    return usable;
}

/* Adds a line to the block at hand, or begins one with it. */
static int add_line(struct cc_text *reader, int column, struct boa_str key, struct boa_str value,
                    struct boa_err *err)
{
    if (reader->first < 0) {
        clear(reader);
        reader->first = column;
        reader->offset = reader->rows.in->offset;
        reader->place = (struct boa_place){ .file = reader->rows.in->name, .line = reader->line };
    }
    return take_value(reader, key, value, err);
}

/* Takes a line, or ends the block before it: then the line is left for the next call. 1: `out` is
 * a row, 0: go on, -1. */
static int take_line(struct cc_text *reader, struct boa_str line, struct cc_row *out,
                     struct boa_err *err)
{
    struct boa_str key, value;
    int column;
    bool ours = split_line(&key, &value, &column, reader, line);
    bool ends = boa_str_trim(line).len == 0 || (ours && column == reader->first);

    if (ends && end_block(reader, out))
        return 1;
    return ours ? add_line(reader, column, key, value, err) : 0;
}

static int text_next(struct cc_rows *rows, struct cc_row *out, struct boa_err *err)
{
    struct cc_text *reader = text_of(rows);
    struct boa_str line;
    bool whole;
    int got;

    while ((got = find_line(&line, &whole, reader, err)) > 0) {
        got = reader->inside ? 0 : take_line(reader, line, out, err);
        if (got != 0)
            return got;
        reader->too_long |= !whole;
        reader->inside = !whole;
        pass_line(reader, line, whole);
    }
    return got < 0 ? -1 : end_block(reader, out);
}

static void text_close(struct cc_rows *rows)
{
    struct cc_text *reader = text_of(rows);

    boa_arena_release(&reader->texts);
    cc_rows_release(rows);
    *reader = (struct cc_text){ 0 };
}

static const struct cc_rows_ops text_ops = { text_next, text_close };

int cc_text_open(struct cc_text *reader, struct boa_input *in, const struct boa_diags *diags,
                 struct boa_err *err)
{
    *reader = (struct cc_text){ .rows = { .ops = &text_ops, .in = in, .diags = diags },
                                .line = 1,
                                .first = -1 };
    boa_arena_init(&reader->texts, in->max);
    return cc_keyed_init(&reader->keyed, &reader->rows, err);
}
