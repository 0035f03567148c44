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

/* Characters that move the cursor, reorder what stands beside them or end a line. */
static bool is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Puts well-formed UTF-8; the bytes between two unsafe characters go in one piece. */
static int put_valid(struct boa_buf *buf, struct boa_str text, struct boa_err *err)
{
    size_t begin = 0, at = 0, len = 0;

    for (; at < text.len; at += len) {
        uint32_t c = boa_text_decode(text.ptr + at, &len);
        if (!is_unsafe(c))
            continue;
        if (boa_buf_put(buf, boa_str_make(text.ptr + begin, at - begin), err) != 0 ||
            boa_buf_printf(buf, err, c < 0x80 ? "\\x%02x" : "\\u%04x", (unsigned)c) != 0)
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
        if (put_valid(buf, boa_str_make(text.ptr, valid), err) != 0)
            return -1;
        if (valid < text.len &&
            boa_buf_printf(buf, err, "\\x%02x", (unsigned)(unsigned char)text.ptr[valid]) != 0)
            return -1;
        text = boa_str_from_byte(text, valid + 1);
    }
    return cut ? boa_buf_put(buf, BOA_STR_LIT("…"), err) : 0;
}
