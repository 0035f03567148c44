/* A report's name where the source gives none: stable, not guessable back, the same on every
 * machine. */
#ifndef BOA_REPORT_REPORT_ID_H
#define BOA_REPORT_REPORT_ID_H

#include "core/base/str.h"

enum { BOA_UUID_LEN = 36 };

/* True for 8-4-4-4-12 hexadecimal digits. */
bool boa_uuid_is(struct boa_str text);

/* UUIDv8 (RFC 9562) of the SHA-256 over the parts, each preceded by its length, and the ordinal.
 * `text` receives BOA_UUID_LEN bytes, not terminated. The parts must name the measurement, never a
 * path or a position in a file. */
void boa_report_id_make(char *text, const struct boa_str *parts, size_t count, uint64_t ordinal);

/* 128 bits that tell texts apart: for tables of runs and reports. */
struct boa_key128 {
    uint64_t high, low;
};

/* The digits of a UUID as they are, else a digest of the text. */
struct boa_key128 boa_key128_make(struct boa_str text);

#endif
