/* Finds where a JSON value ends that arrives piece by piece: every byte is looked at once, however
 * small the pieces. */
#ifndef BOA_JSON_SPLIT_H
#define BOA_JSON_SPLIT_H

#include "core/json/json_scan.h"

enum boa_json_split_verdict {
    BOA_JSON_SPLIT_MORE,   /* the value goes on behind the bytes that are there */
    BOA_JSON_SPLIT_END,    /* split->offset is the first byte behind the value */
    BOA_JSON_SPLIT_BROKEN, /* split->offset is a byte that cannot stand there, whatever follows */
};

/* Knows brackets, commas, colons and strings, so that a value that was cut short ends at the next
 * one and not at the end of the input; numbers, words, escapes and UTF-8 are for the scanner, which
 * accepts no value that the splitter finds broken. */
struct boa_json_split {
    size_t offset; /* bytes looked at, from the value's first */
    bool bare;     /* nothing but blanks and brackets so far */

    /* Private. */
    unsigned state;
    unsigned depth;
    bool is_key;
    uint64_t in_object[(BOA_JSON_DEPTH_MAX + 63) / 64]; /* one bit a level */
};

void boa_json_split_init(struct boa_json_split *split);

/* Looks at what is new in `kept`: the value's bytes from its first (or blanks before it) on, as far
 * as they are there; earlier bytes are not looked at again, but must be there. A number or word
 * outside brackets ends only where something follows it. END and BROKEN last for ever. */
enum boa_json_split_verdict boa_json_split_feed(struct boa_json_split *split, struct boa_str kept);

#endif
