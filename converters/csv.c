/* Splits a sliding input into rows and cells: one pass over the bytes, cells as slices, copies only
 * for what was escaped. */
#include "converters/csv.h"

#include <assert.h>

#include "converters/csv_plain.h"
#include "converters/windows1252.h"
#include "core/base/alloc.h"

struct boa_csv_span {
    size_t start, len; /* relative to the kept bytes */
    bool doubled;      /* holds doubled quotes */
};

enum {
    SCRATCH_MAX = 1 << 30,
    VAIN_SCANS_MAX = 32, /* of a stretch, on average over its bytes */
};

void boa_csv_init(struct boa_csv *csv, struct boa_input *in, char separator, uint64_t line)
{
    *csv = (struct boa_csv){
        .in = in, .separator = separator, .cells_max = BOA_CSV_CELLS_MAX, .line = line
    };
    csv->plain_end[(unsigned char)separator] = true;
    csv->plain_end['\n'] = csv->plain_end['\r'] = true;
    boa_buf_init(&csv->scratch, SCRATCH_MAX);
}

void boa_csv_release(struct boa_csv *csv)
{
    boa_free(csv->spans);
    boa_free(csv->cells);
    boa_buf_release(&csv->scratch);
    *csv = (struct boa_csv){ 0 };
}

/* The row being scanned: offsets count from the first kept byte, so they survive a refill. */
struct scan {
    struct boa_csv *csv;
    struct boa_str kept;
    size_t pos;
    size_t noted;   /* in quotes: line ends up to here are counted */
    uint64_t lines; /* line ends so far */
    size_t first_line;
    enum boa_csv_fault fault;
    struct boa_err *err;
};

/* More bytes behind the kept ones: 1, 0 at the end (or at the limit, which is a fault), -1. */
static int refill(struct scan *s)
{
    struct boa_err why = { 0 };
    int got = boa_input_more(s->csv->in, &why);

    if (got < 0 && why.kind != BOA_ERR_LIMIT) {
        *s->err = why;
        return -1;
    }
    s->kept = boa_input_kept(s->csv->in); /* they may have moved even where there are no more */
    if (got < 0) {
        s->fault = BOA_CSV_FAULT_TOO_LONG;
        return 0;
    }
    return got;
}

static int grow_cells(struct boa_csv *csv, struct boa_err *err)
{
    size_t cap = csv->cap != 0 ? 2 * csv->cap : 64;
    struct boa_csv_span *spans = boa_realloc(csv->spans, cap * sizeof *spans, err);

    if (spans == NULL)
        return -1;
    csv->spans = spans;
    struct boa_str *cells = boa_realloc(csv->cells, cap * sizeof *cells, err);
    if (cells == NULL)
        return -1;
    csv->cells = cells;
    csv->cap = cap;
    return 0;
}

static int add_cell(struct scan *s, size_t start, size_t end, bool doubled)
{
    struct boa_csv *csv = s->csv;

    if (csv->count == csv->cells_max) {
        s->fault = BOA_CSV_FAULT_TOO_WIDE;
        return 0;
    }
    if (csv->count == csv->cap && grow_cells(csv, s->err) != 0)
        return -1;
    csv->spans[csv->count++] = (struct boa_csv_span){ start, end - start, doubled };
    return 0;
}

static void note_line(struct scan *s, size_t behind)
{
    if (s->lines++ == 0)
        s->first_line = behind;
}

/* Line ends inside quotes, up to `to`: LF, CR LF or CR. What a CR is at the end of the kept bytes
 * is left to the next call. */
static void note_lines_until(struct scan *s, size_t to)
{
    const char *text = s->kept.ptr;
    bool returns;

    if (to == s->kept.len && to > s->noted && text[to - 1] == '\r')
        to--;
    if (to <= s->noted)
        return;
    returns = memchr(text + s->noted, '\r', to - s->noted) != NULL;
    for (size_t at = s->noted; at < to; at++) {
        if (!returns) {
            const char *feed = memchr(text + at, '\n', to - at);
            if (feed == NULL)
                break;
            at = (size_t)(feed - text);
        }
        if (text[at] == '\n' || (text[at] == '\r' && text[at + 1] != '\n'))
            note_line(s, at + 1);
    }
    s->noted = to;
}

/* From behind the opening quote to behind the closing one. 1; 0: no closing quote; -1. */
static int scan_quoted(struct scan *s)
{
    size_t start = s->pos, from = s->pos;
    bool doubled = false;

    s->noted = start;
    for (;;) {
        const char *quote = memchr(s->kept.ptr + from, '"', s->kept.len - from);

        if (quote == NULL) {
            note_lines_until(s, s->kept.len);
            from = s->kept.len;
            int got = refill(s);
            if (got > 0)
                continue;
            if (got == 0 && s->fault == BOA_CSV_FAULT_NONE)
                s->fault = BOA_CSV_FAULT_QUOTE_OPEN;
            return got;
        }
        size_t at = (size_t)(quote - s->kept.ptr);
        if (at + 1 == s->kept.len) {
            /* Is it doubled? The byte behind it says so. */
            int got = refill(s);
            if (got < 0)
                return -1;
        }
        note_lines_until(s, at);
        if (at + 1 < s->kept.len && s->kept.ptr[at + 1] == '"') {
            doubled = true;
            from = at + 2;
            continue;
        }
        s->pos = at + 1;
        return add_cell(s, start, at, doubled) == 0 ? 1 : -1;
    }
}

/* The byte at `pos`, or -1 at the end of the input (-2: error). */
static int byte_at(struct scan *s, size_t pos)
{
    while (pos >= s->kept.len) {
        int got = refill(s);
        if (got <= 0)
            return got < 0 ? -2 : -1;
    }
    assert(s->kept.ptr != NULL); /* some bytes are kept */
    return (unsigned char)s->kept.ptr[pos];
}

static bool is_pad(const struct boa_csv *csv, int byte)
{
    return (byte == ' ' || byte == '\t') && byte != (unsigned char)csv->separator;
}

static int scan_plain(struct scan *s, size_t start)
{
    for (;;) {
        s->pos = csv_plain_end(s->csv, s->kept.ptr, s->pos, s->kept.len);
        if (s->pos < s->kept.len)
            break;
        int got = refill(s);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
    }
    return add_cell(s, start, s->pos, false);
}

/* One cell up to the byte that ends it. */
static int scan_cell(struct scan *s)
{
    size_t start = s->pos;
    int byte = byte_at(s, s->pos);

    while (is_pad(s->csv, byte))
        byte = byte_at(s, ++s->pos);
    if (byte == -2)
        return -1;
    if (byte != '"')
        return scan_plain(s, start);
    s->pos++;
    int quoted = scan_quoted(s);
    if (quoted <= 0)
        return quoted;
    byte = byte_at(s, s->pos);
    while (is_pad(s->csv, byte))
        byte = byte_at(s, ++s->pos);
    if (byte == -2)
        return -1;
    if (byte >= 0 && !s->csv->plain_end[byte] && s->fault == BOA_CSV_FAULT_NONE)
        s->fault = BOA_CSV_FAULT_QUOTE_STRAY;
    return 0;
}

/* Behind the line end that starts at `pos`: LF, CR LF or CR. -1: error. */
static int take_line_end(struct scan *s)
{
    int byte = byte_at(s, s->pos);

    if (byte == -2)
        return -1;
    if (byte == '\r') {
        s->pos++;
        byte = byte_at(s, s->pos);
        if (byte == -2)
            return -1;
        if (byte == '\n')
            s->pos++;
    } else if (byte == '\n') {
        s->pos++;
    } else {
        return 0; /* the input ends without one */
    }
    note_line(s, s->pos);
    return 0;
}

/* The cells that need no thought: unquoted, unpadded, with their end among the kept bytes. Most
 * rows are nothing else. False: the next one is another, or there is no room for it. */
static bool scan_easy_cells(struct scan *s)
{
    struct boa_csv *csv = s->csv;
    const char *base = s->kept.ptr;
    size_t pos = s->pos, len = s->kept.len;
    size_t room = csv->cap < csv->cells_max ? csv->cap : csv->cells_max;

    while (pos < len && csv->count < room) {
        size_t start = pos;

        if (base[pos] == '"' || base[pos] == ' ' || base[pos] == '\t')
            break;
        pos = csv_plain_end(csv, base, pos, len);
        if (pos == len) {
            pos = start;
            break;
        }
        csv->spans[csv->count++] = (struct boa_csv_span){ start, pos - start, false };
        if (base[pos] != csv->separator) {
            s->pos = pos;
            return true;
        }
        pos++;
    }
    s->pos = pos;
    return false;
}

/* Cells until the row ends or a fault stops it. */
static int scan_row(struct scan *s)
{
    while (!scan_easy_cells(s)) {
        if (scan_cell(s) != 0)
            return -1;
        if (s->fault != BOA_CSV_FAULT_NONE)
            return 0;
        if (s->pos == s->kept.len || s->kept.ptr[s->pos] != s->csv->separator)
            break;
        s->pos++;
    }
    return take_line_end(s);
}

/* The text of a span with its doubled quotes made single, in scratch. */
static int undouble(struct boa_csv *csv, struct boa_str *cell, struct boa_err *err)
{
    if (boa_buf_room(&csv->scratch, cell->len, err) != 0)
        return -1;
    char *out = csv->scratch.ptr + csv->scratch.len, *start = out;
    for (size_t i = 0; i < cell->len; i++) {
        *out++ = cell->ptr[i];
        if (cell->ptr[i] == '"')
            i++;
    }
    csv->scratch.len += (size_t)(out - start);
    *cell = boa_str_make(start, (size_t)(out - start));
    return 0;
}

static bool has_pads(struct boa_str cell)
{
    return cell.len != 0 &&
           ((unsigned char)cell.ptr[0] <= ' ' || (unsigned char)cell.ptr[cell.len - 1] <= ' ');
}

/* Room for all cells of the row at once, so that scratch does not move under cells made before; a
 * row that would need too much is too long. */
static int make_room(struct scan *s, struct boa_str row, bool utf8)
{
    struct boa_err why = { 0 };

    boa_buf_clear(&s->csv->scratch);
    if (boa_buf_room(&s->csv->scratch, row.len * (utf8 ? 1 : 4), &why) == 0)
        return 0;
    if (why.kind != BOA_ERR_LIMIT) {
        *s->err = why;
        return -1;
    }
    s->fault = BOA_CSV_FAULT_TOO_LONG;
    return 0;
}

/* Spans become cells. */
static int make_cells(struct scan *s, struct boa_csv_row *out)
{
    struct boa_csv *csv = s->csv;
    struct boa_err *err = s->err;
    struct boa_str row = boa_str_make(s->kept.ptr, s->pos);
    bool utf8 = boa_utf8_valid_prefix(row) == row.len;

    if (make_room(s, row, utf8) != 0)
        return -1;
    if (s->fault != BOA_CSV_FAULT_NONE)
        return 0;
    for (size_t i = 0; i < csv->count; i++) {
        const struct boa_csv_span *span = &csv->spans[i];
        struct boa_str cell = boa_str_make(row.ptr + span->start, span->len);

        if (span->doubled && undouble(csv, &cell, err) != 0)
            return -1;
        if (!utf8 && boa_utf8_valid_prefix(cell) != cell.len) {
            if (boa_windows1252_decode(&cell, &csv->scratch, err) != 0)
                return -1;
            if (out->recoded == 0)
                out->recoded = i + 1;
        }
        csv->cells[i] = has_pads(cell) ? boa_str_trim(cell) : cell;
    }
    return 0;
}

/* Forgets bytes up to behind the next line end: what is left of a faulty row's first line, be it
 * longer than the input may keep. */
static int skip_line(struct boa_csv *csv, struct boa_err *err)
{
    bool behind_cr = false;

    for (;;) {
        struct boa_str kept = boa_input_kept(csv->in);
        size_t at = 0;

        assert(kept.len == 0 || kept.ptr != NULL);
        if (behind_cr && kept.len != 0) {
            boa_input_take(csv->in, kept.ptr[0] == '\n');
            return 0;
        }
        while (at < kept.len && kept.ptr[at] != '\n' && kept.ptr[at] != '\r')
            at++;
        if (at < kept.len) {
            behind_cr = kept.ptr[at] == '\r';
            boa_input_take(csv->in, at + 1);
            if (!behind_cr)
                return 0;
        } else {
            boa_input_take(csv->in, kept.len);
            int got = boa_input_more(csv->in, err);
            if (got <= 0)
                return got;
        }
    }
}

/* Nothing but blanks, or one pair of quotes. */
static bool is_blank(const struct scan *s)
{
    const struct boa_csv_span *first = s->csv->spans;

    return s->csv->count == 1 && s->fault == BOA_CSV_FAULT_NONE &&
           boa_str_trim(boa_str_make(s->kept.ptr + first->start, first->len)).len == 0;
}

/* To where the next row begins. */
static int take_last_row(struct boa_csv *csv, struct boa_err *err)
{
    boa_input_take(csv->in, csv->taken);
    csv->line += csv->lines;
    csv->taken = 0;
    csv->lines = 0;
    while (csv->skips_line || (csv->skips_stretch && csv->in->offset < csv->vain_end)) {
        csv->skips_line = false;
        if (skip_line(csv, err) != 0)
            return -1;
        csv->line++;
    }
    csv->skips_stretch = false;
    return 0;
}

/* Keeps account of bytes that were scanned for a row that came to nothing, and will be scanned
 * again from its second line on. */
static void note_vain_scan(struct boa_csv *csv, size_t bytes)
{
    uint64_t begin = csv->in->offset, end = begin + bytes;

    if (begin >= csv->vain_end) {
        csv->vain_begin = begin;
        csv->vain_bytes = 0;
    }
    if (end > csv->vain_end)
        csv->vain_end = end;
    csv->vain_bytes += bytes;
    csv->skips_stretch = csv->vain_bytes / VAIN_SCANS_MAX > csv->vain_end - csv->vain_begin;
}

void boa_csv_resume_at_next_line(struct boa_csv *csv)
{
    if (csv->lines <= 1)
        return;
    note_vain_scan(csv, csv->taken);
    csv->taken = csv->first_line;
    csv->lines = 1;
}

/* A faulty row: what is known of it, and where to go on. The rest of its first line is not looked
 * for before the next row is wanted: it may have no end. */
static void end_fault(const struct scan *s, struct boa_csv_row *row)
{
    struct boa_csv *csv = s->csv;
    bool to_end = s->fault == BOA_CSV_FAULT_QUOTE_OPEN || s->fault == BOA_CSV_FAULT_TOO_LONG;

    note_vain_scan(csv, to_end ? s->kept.len : s->pos);
    csv->taken = 0;
    csv->lines = 0;
    csv->skips_line = true;
    row->lines = 1;
    row->count = 0;
    row->fault = s->fault;
}

int boa_csv_next(struct boa_csv *csv, struct boa_csv_row *row, struct boa_err *err)
{
    struct scan s;

    do {
        if (take_last_row(csv, err) != 0)
            return -1;
        s = (struct scan){ .csv = csv, .kept = boa_input_kept(csv->in), .err = err };
        csv->count = 0;
        int first = byte_at(&s, 0);
        if (first == -2)
            return -1;
        if (first == -1 && s.fault == BOA_CSV_FAULT_NONE)
            return 0;
        if (scan_row(&s) != 0)
            return -1;
        csv->taken = s.pos;
        csv->lines = s.lines;
        csv->first_line = s.first_line;
    } while (is_blank(&s));

    *row = (struct boa_csv_row){ .line = csv->line, .offset = csv->in->offset, .lines = s.lines };
    if (s.fault == BOA_CSV_FAULT_NONE && make_cells(&s, row) != 0)
        return -1;
    if (s.fault != BOA_CSV_FAULT_NONE) {
        end_fault(&s, row);
        return 1;
    }
    row->cells = csv->cells;
    row->count = csv->count;
    return 1;
}
