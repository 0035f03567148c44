/* Where unquoted cells end: eight bytes at a time, for that is most of the work on a table. */
#ifndef BOA_CONVERTERS_CSV_PLAIN_H
#define BOA_CONVERTERS_CSV_PLAIN_H

#include "converters/csv.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* The high bit of every byte of `word` that is `byte`, exact up to the first of them. */
static inline uint64_t csv_matches(uint64_t word, unsigned char byte)
{
    static const uint64_t ones = 0x0101010101010101;
    uint64_t differs = word ^ (ones * byte);

    return (differs - ones) & ~differs & (ones << 7);
}

/* Eight bytes at a time. True: `pos` is at the first byte that ends a plain cell; false: fewer than
 * eight are left from there on. */
static inline bool csv_find_end(const struct boa_csv *csv, const char *base, size_t *pos,
                                size_t len)
{
    for (; len - *pos >= 8; *pos += 8) {
        uint64_t word, found;

        memcpy(&word, base + *pos, sizeof word);
        found = csv_matches(word, (unsigned char)csv->separator) | csv_matches(word, '\n') |
                csv_matches(word, '\r');
        if (found != 0) {
            *pos += (size_t)__builtin_ctzll(found) / 8;
            return true;
        }
    }
    return false;
}
#else
static inline bool csv_find_end(const struct boa_csv *csv, const char *base, size_t *pos,
                                size_t len)
{
    (void)csv;
    (void)base;
    (void)pos;
    (void)len;
    return false;
}
#endif

/* Where the plain cell that stands at `pos` ends, or `len`. */
static inline size_t csv_plain_end(const struct boa_csv *csv, const char *base, size_t pos,
                                   size_t len)
{
    if (csv_find_end(csv, base, &pos, len))
        return pos;
    while (pos < len && !csv->plain_end[(unsigned char)base[pos]])
        pos++;
    return pos;
}

#endif
