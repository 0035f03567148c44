/* Colours on terminals, and data made safe to print there. */
#ifndef BOA_CLI_STYLE_H
#define BOA_CLI_STYLE_H

#include <stdio.h>

#include "cli/opt.h"
#include "core/base/buf.h"

/* Escape sequences, or empty texts when colours are off. */
struct boa_style {
    const char *bold, *red, *yellow, *blue, *green, *reset;
};

/* `when` from --color; auto: a terminal, NO_COLOR unset or empty, TERM not dumb. */
struct boa_style boa_style_choose(enum boa_color when, FILE *to);

/* Appends text with control characters (C0, DEL, C1), bidirectional controls, line separators,
 * characters that cannot be seen and bytes that are no UTF-8 written as \x.., \u.... or
 * \U........; blanks stay. At most `max_bytes` of the text are shown, then "…". */
int boa_style_put_safe(struct boa_buf *buf, struct boa_str text, size_t max_bytes,
                       struct boa_err *err);

/* Appends JSON on one line, UTF-8, with the same characters written as JSON's \u....: it says what
 * it said, and a terminal can show it. */
int boa_style_put_json(struct boa_buf *buf, struct boa_str json, struct boa_err *err);

#endif
