/* Finds objects in text, and records in objects. An array needs no thought of its own: it is
 * objects with commas in between. */
#include "converters/read_codecarbon_json.h"

#include <assert.h>

#include "core/json/json_split.h"
#include "core/json/text_position.h"

enum {
    PEEK = 64, /* bytes in which the beginning of Google's list of entries stands */
};

static struct cc_json *json_of(struct cc_rows *rows)
{
    return (struct cc_json *)rows;
}

/* ---- Places ---- */

static struct boa_place place_of(const struct cc_json *reader)
{
    return (struct boa_place){ .file = reader->rows.in->name, .line = reader->line };
}

static struct boa_text_cursor cursor_at(const struct cc_json *reader, size_t at)
{
    struct boa_text_cursor cursor = { .text = boa_input_kept(reader->rows.in),
                                      .line = reader->line,
                                      .column = reader->column,
                                      .behind_cr = reader->behind_cr };

    boa_text_cursor_move(&cursor, at);
    return cursor;
}

/* The place of a kept byte. */
static struct boa_place place_at(const struct cc_json *reader, size_t at)
{
    struct boa_text_cursor cursor = cursor_at(reader, at);

    return (struct boa_place){ reader->rows.in->name, cursor.line, cursor.column };
}

/* Takes bytes that were looked at. */
static void pass(struct cc_json *reader, size_t bytes)
{
    struct boa_text_cursor cursor = cursor_at(reader, bytes);

    reader->line = cursor.line;
    reader->column = cursor.column;
    reader->behind_cr = cursor.behind_cr;
    boa_input_take(reader->rows.in, bytes);
}

/* ---- Finding objects ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Follows the brackets outside of records, so that an array without its end is noticed. */
static void follow_frame(struct cc_json *reader, struct boa_str between)
{
    for (size_t i = 0; i < between.len && reader->frame != CC_JSON_LINES; i++) {
        char c = between.ptr[i];

        if (is_blank(c) || (unsigned char)c >= 0x80) /* a byte order mark */
            continue;
        if (reader->frame == CC_JSON_START)
            reader->frame = c == '[' ? CC_JSON_OPEN : CC_JSON_LINES;
        else if (reader->frame == CC_JSON_OPEN || c == ']')
            reader->frame = CC_JSON_LINES;
    }
}

/* Passes everything up to the next brace. 1, 0: there is none, -1. */
static int find_brace(struct cc_json *reader, struct boa_err *err)
{
    struct boa_input *in = reader->rows.in;
    int got;

    do {
        struct boa_str kept = boa_input_kept(in);
        size_t at = boa_str_find_byte(kept, '{');

        assert(at == 0 || kept.ptr != NULL);
        follow_frame(reader, boa_str_make(kept.ptr, at));
        pass(reader, at);
        if (at < kept.len) {
            reader->frame = reader->frame == CC_JSON_OPEN || reader->frame == CC_JSON_ARRAY
                                ? CC_JSON_ARRAY
                                : CC_JSON_LINES;
            return 1;
        }
    } while ((got = boa_input_more(in, err)) > 0);
    return got;
}

/* Reads on. 1, 0: the input has ended or its limit is reached, -1. */
static int read_more(bool *too_long, struct cc_json *reader, struct boa_err *err)
{
    struct boa_err why = { 0 };
    int got = boa_input_more(reader->rows.in, &why);

    *too_long = got < 0 && why.kind == BOA_ERR_LIMIT;
    if (got < 0 && !*too_long) {
        *err = why;
        return -1;
    }
    return got > 0;
}

static bool skip_token(struct boa_str *text, const char *token)
{
    struct boa_str rest = *text;

    while (rest.len != 0 && is_blank(rest.ptr[0]))
        rest = boa_str_from_byte(rest, 1);
    if (!boa_str_starts_with(rest, boa_str_from(token)))
        return false;
    *text = boa_str_from_byte(rest, strlen(token));
    return true;
}

/* Google's API answers {"entries": [ … ]}, which may be of any length: its entries are the records,
 * and what is around them is text in between. True: the beginning was passed. */
static int pass_list(struct cc_json *reader, struct boa_err *err)
{
    struct boa_str kept = boa_input_kept(reader->rows.in), rest;
    bool too_long;
    int got = 1;

    while (kept.len < PEEK && got > 0) {
        got = read_more(&too_long, reader, err);
        if (got < 0)
            return -1;
        kept = boa_input_kept(reader->rows.in);
    }
    rest = kept;
    if (!skip_token(&rest, "{") || !skip_token(&rest, "\"entries\"") || !skip_token(&rest, ":") ||
        !skip_token(&rest, "["))
        return 0;
    reader->frame = CC_JSON_ARRAY;
    pass(reader, kept.len - rest.len);
    return 1;
}

/* Where to read on behind a broken object that was found so at `end`: perhaps another was begun
 * inside it, where a writer was stopped. Looking at the last only keeps the work linear: no byte
 * lies in more than two attempts. */
static size_t next_brace(struct boa_str kept, size_t end)
{
    size_t at = end - 1;

    assert(kept.ptr != NULL); /* the object's first byte at least */
    while (at > 0 && kept.ptr[at] != '{')
        at--;
    return at > 0 ? at : end;
}

/* True when what ends at `end` was not told yet. */
static bool is_news(struct cc_json *reader, size_t end)
{
    return reader->rows.in->offset + end > reader->told;
}

static void refuse_syntax(struct cc_json *reader, struct boa_place at, const char *why)
{
    reader->rows.refused++;
    if (at.line == reader->line)
        boa_diags_add(reader->rows.diags, BOA_DIAG_RECORD_SYNTAX, at, (struct boa_str){ 0 },
                      "record refused: %s", why);
    else
        boa_diags_add(reader->rows.diags, BOA_DIAG_RECORD_SYNTAX, at, (struct boa_str){ 0 },
                      "record refused: %s; it begins in line %llu", why,
                      (unsigned long long)reader->line);
}

/* Says why the kept object is none, if that is news, and passes it. `end`: where that shows. */
static void refuse_object(struct cc_json *reader, size_t end, bool too_long)
{
    struct boa_str kept = boa_input_kept(reader->rows.in);
    struct boa_json_scan scan;

    if (is_news(reader, end)) {
        reader->rows.seen++;
        reader->told = reader->rows.in->offset + end;
        if (too_long) {
            cc_rows_refuse(&reader->rows, place_of(reader), BOA_DIAG_ROW_TOO_LONG,
                           "it is longer than the limit", (struct boa_str){ 0 });
        } else {
            boa_json_scan_init(&scan, kept);
            scan.python_literals = true;
            (void)boa_json_scan_skip(&scan, boa_json_scan_next(&scan));
            refuse_syntax(reader, place_at(reader, scan.offset), boa_json_fault_text(scan.fault));
        }
    }
    pass(reader, next_brace(kept, end));
}

/* Reads the object that begins with the first kept byte. 1: it is `len` bytes long, 0: it was none
 * and is passed, -1. */
static int find_end(size_t *len, struct cc_json *reader, struct boa_err *err)
{
    struct boa_json_split split;
    enum boa_json_split_verdict verdict;
    bool too_long = false;
    int got = 1;

    boa_json_split_init(&split);
    do {
        verdict = boa_json_split_feed(&split, boa_input_kept(reader->rows.in));
        if (verdict == BOA_JSON_SPLIT_MORE)
            got = read_more(&too_long, reader, err);
    } while (verdict == BOA_JSON_SPLIT_MORE && got > 0);
    if (got < 0)
        return -1;
    if (split.bare) {
        pass(reader, split.offset); /* braces of a log's own: {}, {'loss': 0.3}, … */
        return 0;
    }
    if (verdict != BOA_JSON_SPLIT_END) {
        refuse_object(reader, split.offset, too_long);
        return 0;
    }
    *len = split.offset;
    return 1;
}

/* ---- Reading objects ---- */

/* A string as it is meant. Room for all strings of a row is made at once, so that none moves. */
static int decode(struct boa_str *text, struct cc_json *reader, const struct boa_json_scan *scan,
                  struct boa_err *err)
{
    struct boa_buf *texts = &reader->texts;
    /* Twice: a log line inside a string is decoded, and then strings inside it. */
    size_t room = 2 * (size_t)(scan->end - scan->begin);

    *text = scan->raw;
    if (!scan->escaped)
        return 0;
    if (texts->len == 0 && boa_buf_room(texts, room, err) != 0)
        return -1;
    *text = boa_str_make(texts->ptr + texts->len,
                         boa_json_unescape(texts->ptr + texts->len, scan->raw));
    texts->len += text->len;
    return 0;
}

/* The cell of the value whose first token was read; objects and arrays are passed over. */
static int take_value(struct boa_str *cell, struct cc_json *reader, struct boa_json_scan *scan,
                      enum boa_json_kind kind, struct boa_err *err)
{
    struct boa_str value = { 0 };

    if (kind == BOA_JSON_STRING) {
        if (decode(&value, reader, scan, err) != 0)
            return -1;
        value = boa_str_trim(value);
    } else if (kind == BOA_JSON_TRUE || kind == BOA_JSON_FALSE ||
               (kind == BOA_JSON_NUMBER && scan->raw.ptr[scan->raw.len - 1] <= '9')) {
        value = scan->raw; /* a number that ends in a letter is NaN or Infinity */
    } else {
        (void)boa_json_scan_skip(scan, kind);
    }
    *cell = value;
    return 0;
}

/* What was found among an object's members: one of Google's log entries holds the record, or the
 * line with it, in one of its own. */
struct members {
    bool has_measures;   /* an array, as reports have it … */
    bool has_section;    /* … and another of their sections */
    bool has_payload;    /* jsonPayload was an object: the cells are its own */
    struct boa_str line; /* textPayload: what a program printed */
};

/* What shows that an object is a report, and no record: CodeCarbon writes none of these. */
static void look_for_report(struct members *members, struct boa_str key, enum boa_json_kind kind)
{
    static const enum boa_field_id sections[] = { BOA_FIELD_HEADER, BOA_FIELD_TASK,
                                                  BOA_FIELD_INFRASTRUCTURE };

    if (kind == BOA_JSON_ARRAY_BEGIN && boa_str_equal(key, boa_field_key(BOA_FIELD_MEASURES)))
        members->has_measures = true;
    for (size_t i = 0; kind == BOA_JSON_OBJECT_BEGIN && i < sizeof sections / sizeof sections[0];
         i++) {
        if (boa_str_equal(key, boa_field_key(sections[i])))
            members->has_section = true;
    }
}

/* Takes members up to the object's end or a fault; `nested`: they are jsonPayload's. */
static int take_members(struct members *members, bool nested, struct cc_json *reader,
                        struct boa_json_scan *scan, struct boa_err *err);

/* A member of a log entry that may hold the record. 1: it was taken, 0: it is none such, -1. */
static int take_payload(struct members *members, struct boa_str key, enum boa_json_kind kind,
                        struct cc_json *reader, struct boa_json_scan *scan, struct boa_err *err)
{
    if (kind == BOA_JSON_OBJECT_BEGIN && boa_str_equal_lit(key, "jsonPayload")) {
        cc_keyed_clear(&reader->keyed);
        members->has_payload = true;
        return take_members(members, true, reader, scan, err) == 0 ? 1 : -1;
    }
    if (kind == BOA_JSON_STRING && boa_str_equal_lit(key, "textPayload"))
        return decode(&members->line, reader, scan, err) == 0 ? 1 : -1;
    return 0;
}

static int take_members(struct members *members, bool nested, struct cc_json *reader,
                        struct boa_json_scan *scan, struct boa_err *err)
{
    while (boa_json_scan_next(scan) == BOA_JSON_KEY) {
        struct boa_str key, ignored, *cell = NULL;
        enum boa_json_kind kind;
        int taken = 0;

        if (decode(&key, reader, scan, err) != 0)
            return -1;
        kind = boa_json_scan_next(scan);
        if (!nested)
            look_for_report(members, key, kind);
        if (!nested)
            taken = take_payload(members, key, kind, reader, scan, err);
        if (taken < 0)
            return -1;
        if (taken > 0)
            continue;
        if (nested || !members->has_payload)
            cell = cc_keyed_cell(&reader->keyed, key);
        if (take_value(cell != NULL ? cell : &ignored, reader, scan, kind, err) != 0)
            return -1;
    }
    return 0;
}

/* Takes the record out of an object's text. 0, or -1; scan->fault tells broken ones. */
static int take_text(struct members *members, struct cc_json *reader, struct boa_json_scan *scan,
                     struct boa_str text, struct boa_err *err)
{
    *members = (struct members){ 0 };
    cc_keyed_clear(&reader->keyed);
    boa_json_scan_init(scan, text);
    scan->python_literals = true;
    (void)boa_json_scan_next(scan);
    return take_members(members, false, reader, scan, err);
}

/* The first object in a line of text; empty: there is none. */
static struct boa_str find_object(struct boa_str line)
{
    struct boa_json_split split;

    while (line.len != 0) {
        line = boa_str_from_byte(line, boa_str_find_byte(line, '{'));
        boa_json_split_init(&split);
        if (boa_json_split_feed(&split, line) == BOA_JSON_SPLIT_END && !split.bare)
            return boa_str_make(line.ptr, split.offset);
        line = boa_str_from_byte(line, split.offset);
    }
    return line;
}

static void take_report(struct cc_json *reader, struct boa_str text, struct cc_row *out)
{
    reader->rows.seen++;
    *out = (struct cc_row){ .kind = CC_ROW_REPORT,
                            .place = place_of(reader),
                            .offset = reader->rows.in->offset,
                            .report = text };
}

/* 1: `out` is a row to use, 0: it was none or was refused, -1. */
static int take_object(struct cc_json *reader, size_t len, struct cc_row *out, struct boa_err *err)
{
    struct boa_str text = boa_str_make(boa_input_kept(reader->rows.in).ptr, len);
    bool tell = reader->rows.in->offset >= reader->told;
    struct boa_json_scan scan;
    struct members members;

    boa_buf_clear(&reader->texts);
    if (take_text(&members, reader, &scan, text, err) != 0)
        return -1;
    if (scan.fault == BOA_JSON_FAULT_NONE && members.line.ptr != NULL && !members.has_payload) {
        text = find_object(members.line);
        if (text.len == 0)
            return 0;
        if (take_text(&members, reader, &scan, text, err) != 0)
            return -1;
        scan.offset = 0; /* where it lies in the input is not known */
    }
    if (scan.fault != BOA_JSON_FAULT_NONE) {
        if (tell) {
            reader->rows.seen++;
            refuse_syntax(reader, place_at(reader, scan.offset), boa_json_fault_text(scan.fault));
        }
        return 0;
    }
    if (members.has_measures && members.has_section) {
        take_report(reader, text, out);
        return 1;
    }
    out->offset = reader->rows.in->offset;
    return cc_keyed_end(&reader->keyed, place_of(reader), tell, out);
}

/* ---- The reader ---- */

/* 1: a row, 0: no row, but there may be more, -1. */
static int take_next(struct cc_json *reader, struct cc_row *out, struct boa_err *err)
{
    size_t len;
    int got = pass_list(reader, err);

    if (got != 0)
        return got < 0 ? -1 : 0;
    got = find_end(&len, reader, err);
    if (got <= 0)
        return got;
    got = take_object(reader, len, out, err);
    if (got >= 0)
        reader->taken = len;
    return got;
}

static int json_next(struct cc_rows *rows, struct cc_row *out, struct boa_err *err)
{
    struct cc_json *reader = json_of(rows);
    int got;

    for (;;) {
        pass(reader, reader->taken);
        reader->taken = 0;
        got = find_brace(reader, err);
        if (got <= 0)
            break;
        got = take_next(reader, out, err);
        if (got != 0)
            return got;
    }
    if (got == 0 && reader->frame == CC_JSON_ARRAY && reader->told < rows->in->offset)
        boa_diags_add(rows->diags, BOA_DIAG_RECORD_SYNTAX, place_at(reader, 0),
                      (struct boa_str){ 0 }, "the array is not closed: the text ends too early");
    reader->frame = CC_JSON_LINES;
    return got;
}

static void json_close(struct cc_rows *rows)
{
    struct cc_json *reader = json_of(rows);

    boa_buf_release(&reader->texts);
    cc_rows_release(rows);
    *reader = (struct cc_json){ 0 };
}

static const struct cc_rows_ops json_ops = { json_next, json_close };

int cc_json_open(struct cc_json *reader, struct boa_input *in, const struct boa_diags *diags,
                 struct boa_err *err)
{
    *reader = (struct cc_json){ .rows = { .ops = &json_ops, .in = in, .diags = diags },
                                .line = 1,
                                .column = 1 };
    boa_buf_init(&reader->texts, SIZE_MAX); /* the input's own limit comes first */
    return cc_keyed_init(&reader->keyed, &reader->rows, err);
}
