/* Colours on terminals, and data made safe to print there. */
#include "cli/style.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/text.h"

static bool wants_colour(enum boa_color when, FILE *to)
{
    if (when != BOA_COLOR_AUTO)
        return when == BOA_COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR");
    if (no_color && no_color[0] != '\0')
        return false;
    const char *term = getenv("TERM");
    return term && strcmp(term, "dumb") != 0 && isatty(fileno(to)) == 1;
}

struct boa_style boa_style_choose(enum boa_color when, FILE *to)
{
    if (!wants_colour(when, to))
        return (struct boa_style){ "", "", "", "", "", "" };
    return (struct boa_style){
        .bold = "\033[1m",
        .red = "\033[31m",
        .yellow = "\033[33m",
        .blue = "\033[34m",
        .green = "\033[32m",
        .reset = "\033[0m",
    };
}

/* Characters that move the cursor, reorder what stands beside them, end a line or cannot be seen.
 */
static bool is_unsafe(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        { 0x00, 0x1F },     { 0x7F, 0x9F },       { 0xAD, 0xAD },     { 0x61C, 0x61C },
        { 0x200B, 0x200F }, { 0x2028, 0x202E },   { 0x2060, 0x2064 }, { 0x2066, 0x2069 },
        { 0xFEFF, 0xFEFF }, { 0xE0000, 0xE007F },
    };

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]) && ranges[i].first <= c; i++) {
        if (c <= ranges[i].last)
            return true;
    }
    return false;
}

static int put_escape(struct boa_buf *buf, uint32_t c, struct boa_err *err)
{
    if (c < 0x80)
        return boa_buf_printf(buf, err, "\\x%02x", (unsigned)c);
    return boa_buf_printf(buf, err, c <= 0xFFFF ? "\\u%04x" : "\\U%08x", (unsigned)c);
}

/* Characters beyond U+FFFF are two escapes. */
static int put_json_escape(struct boa_buf *buf, uint32_t c, struct boa_err *err)
{
    if (c <= 0xFFFF)
        return boa_buf_printf(buf, err, "\\u%04x", (unsigned)c);
    c -= 0x10000;
    return boa_buf_printf(buf, err, "\\u%04x\\u%04x", (unsigned)(0xD800 | c >> 10),
                          (unsigned)(0xDC00 | (c & 0x3FF)));
}

typedef int escape_putter(struct boa_buf *buf, uint32_t c, struct boa_err *err);

/* Puts well-formed UTF-8; the bytes between two unsafe characters go in one piece. */
static int put_valid(struct boa_buf *buf, struct boa_str text, escape_putter *put,
                     struct boa_err *err)
{
    size_t begin = 0, at = 0, len = 0;

    for (; at < text.len; at += len) {
        uint32_t c = boa_text_decode(text.ptr + at, &len);
        if (!is_unsafe(c))
            continue;
        if (boa_buf_put(buf, boa_str_make(text.ptr + begin, at - begin), err) != 0 ||
            put(buf, c, err) != 0)
            return -1;
        begin = at + len;
    }
    return boa_buf_put(buf, boa_str_from_byte(text, begin), err);
}

int boa_style_put_safe(struct boa_buf *buf, struct boa_str text, size_t max_bytes,
                       struct boa_err *err)
{
    bool cut = text.len > max_bytes;

    text = boa_text_cut(text, max_bytes);
    while (text.len != 0) {
        size_t valid = boa_utf8_valid_prefix(text);
        if (put_valid(buf, boa_str_make(text.ptr, valid), put_escape, err) != 0)
            return -1;
        if (valid < text.len &&
            boa_buf_printf(buf, err, "\\x%02x", (unsigned)(unsigned char)text.ptr[valid]) != 0)
            return -1;
        text = boa_str_from_byte(text, valid + 1);
    }
    return cut ? boa_buf_put(buf, BOA_STR_LIT("…"), err) : 0;
}

int boa_style_put_json(struct boa_buf *buf, struct boa_str json, struct boa_err *err)
{
    return put_valid(buf, json, put_json_escape, err);
}
