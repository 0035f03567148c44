/* A writer of longer texts into a buffer, with wrapping. */
#include "cli/text.h"

#include <stdarg.h>
#include <stdio.h>

void boa_text_init(struct boa_text *text, struct boa_buf *buf, struct boa_err *err)
{
    *text = (struct boa_text){ buf, err, false };
}

void boa_text_put_str(struct boa_text *text, struct boa_str str)
{
    if (!text->failed && boa_buf_put(text->buf, str, text->err) != 0)
        text->failed = true;
}

void boa_text_put(struct boa_text *text, const char *terminated)
{
    boa_text_put_str(text, boa_str_from(terminated));
}

void boa_text_printf(struct boa_text *text, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is started two lines above */
    int len = vsnprintf(NULL, 0, fmt, args);
    /* One byte more than the text: vsnprintf terminates what it writes. */
    if (!text->failed && (len < 0 || boa_buf_room(text->buf, (size_t)len + 1, text->err) != 0))
        text->failed = true;
    if (!text->failed) {
        vsnprintf(text->buf->ptr + text->buf->len, (size_t)len + 1, fmt, again);
        text->buf->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}

size_t boa_text_column(const struct boa_text *text)
{
    struct boa_str all = boa_buf_str(text->buf);
    size_t begin = all.len;

    while (begin > 0 && all.ptr[begin - 1] != '\n')
        begin--;
    return boa_utf8_count(boa_str_from_byte(all, begin));
}

void boa_text_pad(struct boa_text *text, size_t column)
{
    for (size_t at = boa_text_column(text); at < column && !text->failed; at++)
        boa_text_put(text, " ");
}

void boa_text_wrap(struct boa_text *text, struct boa_str words, size_t indent)
{
    bool line_begins = true; /* nothing but the indent stands before the next word */

    while (!text->failed) {
        words = boa_str_trim(words);
        if (words.len == 0)
            break;
        struct boa_str word = boa_str_make(words.ptr, 0);
        while (word.len < words.len && words.ptr[word.len] != ' ' && words.ptr[word.len] != '\n')
            word.len++;
        words = boa_str_from_byte(words, word.len);
        if (!line_begins) {
            size_t end = boa_text_column(text) + 1 + boa_utf8_count(word);
            boa_text_put(text, end > BOA_TEXT_WIDTH ? "\n" : " ");
            if (end > BOA_TEXT_WIDTH)
                boa_text_pad(text, indent);
        }
        boa_text_put_str(text, word);
        line_begins = false;
    }
    boa_text_put(text, "\n");
}

int boa_text_finish(const struct boa_text *text)
{
    return text->failed ? -1 : 0;
}

bool boa_text_next_line(struct boa_str *line, struct boa_str *rest)
{
    if (rest->len == 0)
        return false;
    size_t end = boa_str_find_byte(*rest, '\n');
    *line = boa_str_make(rest->ptr, end);
    *rest = boa_str_from_byte(*rest, end + 1);
    return true;
}

struct boa_str boa_text_cut(struct boa_str str, size_t max_bytes)
{
    if (str.len <= max_bytes)
        return str;
    str.len = max_bytes;
    /* A character has at most three bytes behind its first; more are no UTF-8 anyway. */
    for (int back = 0; back < 3 && str.len > 0; back++) {
        if (((unsigned char)str.ptr[str.len] & 0xC0) != 0x80)
            break;
        str.len--;
    }
    return str;
}

uint32_t boa_text_decode(const char *at, size_t *len)
{
    unsigned char lead = (unsigned char)at[0];

    *len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t c = *len == 1 ? lead : lead & (0xFFu >> (*len + 1));
    for (size_t i = 1; i < *len; i++)
        c = c << 6 | ((unsigned char)at[i] & 0x3Fu);
    return c;
}
