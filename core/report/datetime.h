/* Times as sources write them and reports want them: wall clock, no zone, proleptic Gregorian. */
#ifndef BOA_REPORT_DATETIME_H
#define BOA_REPORT_DATETIME_H

#include "core/base/decimal.h"
#include "core/base/str.h"

enum { BOA_DATETIME_LEN = 19 }; /* "YYYY-MM-DD HH:MM:SS" */

struct boa_datetime {
    int64_t seconds; /* wall-clock seconds since 1970-01-01 00:00:00, no zone applied */
    struct boa_str
        fraction;  /* digits behind the seconds' point, borrowed; empty when there are none */
    bool has_zone; /* a Z or an offset stood behind it and was cut */
};

/* Reads YYYY-MM-DD[T or blank]HH:MM:SS[.digits][Z, ±HH, ±HHMM or ±HH:MM], the whole text. Second 60
 * is read as the second after 59. False (out untouched): another form, or a day or time that does
 * not exist. */
bool boa_datetime_parse(struct boa_datetime *out, struct boa_str text);

/* Writes "YYYY-MM-DD HH:MM:SS" (BOA_DATETIME_LEN bytes, not terminated). False: the year is outside
 * 0 … 9999. */
bool boa_datetime_format(char *text, int64_t seconds);

/* The whole second in which a span of `duration_s` ended at `end` began: end with its fraction
 * minus the duration, floored. False (out untouched): the duration is negative or out of range. */
bool boa_datetime_begin(int64_t *out, const struct boa_datetime *end,
                        const struct boa_decimal *duration_s);

#endif
