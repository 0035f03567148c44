/* Names of columns given from outside, for tables that have no header. */
#ifndef BOA_CONVERTERS_COLUMNS_H
#define BOA_CONVERTERS_COLUMNS_H

#include "core/base/str.h"

struct boa_err;

struct columns {
    struct boa_str *names;
    size_t count; /* 0: none are given */
    char *text;   /* what the names are parts of */
};

/* From "timestamp,run_id,…". */
int columns_from_list(struct columns *out, const char *list, struct boa_err *err);

/* From the first row of a CSV file. */
int columns_from_file(struct columns *out, const char *path, size_t max_bytes, struct boa_err *err);

/* Takes a zeroed one. */
void columns_release(struct columns *columns);

#endif
