/* A writer of longer texts into a buffer: the first failure is kept and later calls do nothing. */
#ifndef BOA_CLI_TEXT_H
#define BOA_CLI_TEXT_H

#include "core/base/buf.h"

enum { BOA_TEXT_WIDTH = 80 };

struct boa_text {
    struct boa_buf *buf; /* borrowed */
    struct boa_err *err; /* of the first failure */
    bool failed;
};

void boa_text_init(struct boa_text *text, struct boa_buf *buf, struct boa_err *err);

void boa_text_put(struct boa_text *text, const char *terminated);
void boa_text_put_str(struct boa_text *text, struct boa_str str);
void boa_text_printf(struct boa_text *text, const char *fmt, ...) BOA_PRINTF(2, 3);

/* Puts blanks until the line that was begun is `column` wide; none when it is wider. */
void boa_text_pad(struct boa_text *text, size_t column);

/* Puts `words` and a line end; lines are broken at blanks to stay within BOA_TEXT_WIDTH, and those
 * after the first are indented by `indent`. A word too long for a line stays whole. */
void boa_text_wrap(struct boa_text *text, struct boa_str words, size_t indent);

/* Code points in the line that was begun. */
size_t boa_text_column(const struct boa_text *text);

/* 0, or -1 when any call failed. */
int boa_text_finish(const struct boa_text *text);

/* Cuts the first line off `*rest` (without its end); false when nothing is left. */
bool boa_text_next_line(struct boa_str *line, struct boa_str *rest);

/* The longest piece from the start of at most `max_bytes` that cuts no character in two. */
struct boa_str boa_text_cut(struct boa_str str, size_t max_bytes);

/* The code point at the start of well-formed UTF-8, and the bytes it takes. */
uint32_t boa_text_decode(const char *at, size_t *len);

#endif
