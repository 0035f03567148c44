/* JSON text: strings escaped, numbers copied, small documents. */
#include "core/json/json_write.h"

#include <assert.h>

/* Of each byte: 0 stands as it is, 'u' is written \u00xx, all else is the letter behind the
 * backslash. */
/* clang-format off */
static const char escapes[256] = {
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u', 'u',
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u',
    ['"'] = '"', ['\\'] = '\\', [0x7F] = 'u',
};
/* clang-format on */

static inline char escape_of(char byte)
{
    return escapes[(unsigned char)byte];
}

static char *write_escape(char *out, char byte)
{
    static const char hex[] = "0123456789abcdef";
    *out++ = '\\';
    *out++ = escape_of(byte);
    if (escape_of(byte) != 'u')
        return out;
    *out++ = '0';
    *out++ = '0';
    *out++ = hex[(unsigned char)byte >> 4];
    *out++ = hex[(unsigned char)byte & 15];
    return out;
}

/* True when none of eight bytes needs an escape. Of x - ONES, a byte's top bit is set without being
 * set in x only where a byte of x was 0 (or below 0x20, for x - 0x20 * ONES): borrows run upwards
 * from such a byte, so there is none without one. */
static inline bool is_clean_word(const char *bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    uint64_t quote = word ^ ones * '"';
    uint64_t backslash = word ^ ones * '\\';
    uint64_t del = word ^ ones * 0x7F;
    uint64_t found = ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
                     ((backslash - ones) & ~backslash) | ((del - ones) & ~del);
    return (found & ones * 0x80) == 0;
}

/* Eight bytes at a time where none of them needs an escape, as in most texts. */
static char *write_content(char *out, struct boa_str text)
{
    const char *pos = text.ptr;
    const char *end = text.len != 0 ? text.ptr + text.len : text.ptr;
    while (pos < end) {
        for (; end - pos >= 8 && is_clean_word(pos); pos += 8, out += 8)
            memcpy(out, pos, 8);
        for (; pos < end && escape_of(*pos) == 0; pos++)
            *out++ = *pos;
        if (pos < end)
            out = write_escape(out, *pos++);
    }
    return out;
}

char *boa_json_write_string(char *out, struct boa_str text)
{
    *out++ = '"';
    out = write_content(out, text);
    *out++ = '"';
    return out;
}

/* Exact, and not the bound: a text of a third of the buffer's limit must still fit. */
static size_t content_length(struct boa_str text)
{
    size_t length = text.len;
    for (size_t i = 0; i < text.len; i++) {
        char escape = escape_of(text.ptr[i]);
        if (escape != 0)
            length += escape == 'u' ? 5 : 1;
    }
    return length;
}

static int put_content(struct boa_buf *buf, struct boa_str text, struct boa_err *err)
{
    if (boa_buf_room(buf, content_length(text), err) != 0)
        return -1;
    if (text.len != 0)
        buf->len = (size_t)(write_content(buf->ptr + buf->len, text) - buf->ptr);
    return 0;
}

static int put_quoted(struct boa_buf *buf, struct boa_str text, struct boa_err *err)
{
    if (boa_buf_put_byte(buf, '"', err) != 0)
        return -1;
    for (;;) {
        size_t valid = boa_utf8_valid_prefix(text);
        if (put_content(buf, boa_str_make(text.ptr, valid), err) != 0)
            return -1;
        if (valid == text.len)
            return boa_buf_put_byte(buf, '"', err);
        if (boa_buf_put(buf, BOA_STR_LIT("\xEF\xBF\xBD"), err) != 0)
            return -1;
        text = boa_str_from_byte(text, valid + 1);
    }
}

int boa_json_put_string(struct boa_buf *buf, struct boa_str text, struct boa_err *err)
{
    size_t before = buf->len;
    if (put_quoted(buf, text, err) == 0)
        return 0;
    buf->len = before;
    return -1;
}

void boa_json_writer_init(struct boa_json_writer *w, struct boa_buf *buf, unsigned indent)
{
    *w = (struct boa_json_writer){ .buf = buf, .indent = indent, .first = true };
}

static bool in_object(const struct boa_json_writer *w)
{
    return w->depth != 0 && (w->in_object >> (w->depth - 1) & 1) != 0;
}

static void put(struct boa_json_writer *w, struct boa_str text)
{
    if (!w->failed)
        w->failed = boa_buf_put(w->buf, text, &w->err) != 0;
}

static void put_line(struct boa_json_writer *w)
{
    if (w->indent == 0)
        return;
    put(w, BOA_STR_LIT("\n"));
    for (unsigned i = 0; i < w->depth * w->indent && !w->failed; i++)
        put(w, BOA_STR_LIT(" "));
}

/* What goes between two members or elements. */
static void separate(struct boa_json_writer *w)
{
    if (!w->first)
        put(w, BOA_STR_LIT(","));
    if (w->depth != 0)
        put_line(w);
    w->first = false;
}

static void begin_value(struct boa_json_writer *w)
{
    assert(in_object(w) == w->after_key); /* members need a key, elements have none */
    assert(w->depth != 0 || w->first);    /* one value on the outermost level */
    if (!w->after_key)
        separate(w);
    w->after_key = false;
}

static void begin_container(struct boa_json_writer *w, bool object)
{
    if (w->failed)
        return;
    begin_value(w);
    if (w->depth == BOA_JSON_WRITER_DEPTH_MAX) {
        w->failed = true;
        boa_err_set(&w->err, BOA_ERR_LIMIT, "JSON output would nest deeper than %d levels",
                    BOA_JSON_WRITER_DEPTH_MAX);
        return;
    }
    uint64_t bit = (uint64_t)1 << w->depth++;
    w->in_object = object ? w->in_object | bit : w->in_object & ~bit;
    w->first = true;
    put(w, object ? BOA_STR_LIT("{") : BOA_STR_LIT("["));
}

void boa_json_begin_object(struct boa_json_writer *w)
{
    begin_container(w, true);
}

void boa_json_begin_array(struct boa_json_writer *w)
{
    begin_container(w, false);
}

void boa_json_end(struct boa_json_writer *w)
{
    if (w->failed)
        return;
    assert(w->depth != 0 && !w->after_key);
    bool object = in_object(w);
    w->depth--;
    if (!w->first)
        put_line(w);
    w->first = false;
    put(w, object ? BOA_STR_LIT("}") : BOA_STR_LIT("]"));
}

void boa_json_key(struct boa_json_writer *w, const char *name)
{
    if (w->failed)
        return;
    assert(in_object(w) && !w->after_key);
    separate(w);
    if (!w->failed)
        w->failed = boa_json_put_string(w->buf, boa_str_from(name), &w->err) != 0;
    put(w, w->indent != 0 ? BOA_STR_LIT(": ") : BOA_STR_LIT(":"));
    w->after_key = true;
}

void boa_json_string(struct boa_json_writer *w, struct boa_str text)
{
    if (w->failed)
        return;
    begin_value(w);
    if (!w->failed)
        w->failed = boa_json_put_string(w->buf, text, &w->err) != 0;
}

void boa_json_number(struct boa_json_writer *w, struct boa_str token)
{
    if (w->failed)
        return;
    assert(token.len != 0);
    begin_value(w);
    put(w, token);
}

void boa_json_uint(struct boa_json_writer *w, uint64_t value)
{
    char digits[20];
    size_t start = sizeof(digits);
    do {
        digits[--start] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    boa_json_number(w, boa_str_make(digits + start, sizeof(digits) - start));
}

void boa_json_bool(struct boa_json_writer *w, bool value)
{
    if (w->failed)
        return;
    begin_value(w);
    put(w, value ? BOA_STR_LIT("true") : BOA_STR_LIT("false"));
}

int boa_json_writer_finish(struct boa_json_writer *w, struct boa_err *err)
{
    if (w->failed) {
        if (err != NULL)
            *err = w->err;
        return -1;
    }
    assert(w->depth == 0 && !w->first);
    return 0;
}
