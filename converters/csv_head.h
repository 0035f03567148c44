/* What can be told of a table before its first row: whether it is text, and what separates its
 * cells. */
#ifndef BOA_CONVERTERS_CSV_HEAD_H
#define BOA_CONVERTERS_CSV_HEAD_H

#include "core/base/input.h"

/* Passes by a byte order mark of UTF-8. `stranger` says what the input is and what to do where it
 * is no text that can be read; else it is NULL. */
int boa_csv_skip_mark(struct boa_input *in, const char **stranger, struct boa_err *err);

/* What the input is whose first bytes these are, and what to do, where it is no text that can be
 * read; else NULL. Whatever holds a NUL is binary unless its first line is clean: a file may have
 * lost a block in a crash. */
const char *boa_csv_stranger(struct boa_str head);

/* The separator that the first line with any has most of, quotes left out; spreadsheets save with
 * ';' or tabs. Takes nothing from the input. */
int boa_csv_find_separator(char *separator, struct boa_input *in, struct boa_err *err);

#endif
