/* Strict pull scanner for one JSON document in memory (RFC 8259): tokens with byte offsets, no
 * tree, no allocation. */
#ifndef BOA_JSON_SCAN_H
#define BOA_JSON_SCAN_H

#include "core/base/str.h"

enum { BOA_JSON_DEPTH_MAX = 1000 };

enum boa_json_kind {
    BOA_JSON_ERROR, /* see scan->fault; every further call returns it again */
    BOA_JSON_END,   /* the document is complete and only blanks follow */
    BOA_JSON_OBJECT_BEGIN,
    BOA_JSON_OBJECT_END,
    BOA_JSON_ARRAY_BEGIN,
    BOA_JSON_ARRAY_END,
    BOA_JSON_KEY, /* a member's name; the value's token(s) follow */
    BOA_JSON_STRING,
    BOA_JSON_NUMBER,
    BOA_JSON_TRUE,
    BOA_JSON_FALSE,
    BOA_JSON_NULL,
};

/* Where scan->offset points: at the first byte that cannot be accepted; or at the start of what is
 * wrong as a whole: the word, the number, the escape's backslash, the first byte of the bad UTF-8
 * sequence, the superfluous comma; or at the end of the text. */
enum boa_json_fault {
    BOA_JSON_FAULT_NONE,
    BOA_JSON_FAULT_EMPTY,      /* nothing but blanks; at the end */
    BOA_JSON_FAULT_BOM,        /* a byte order mark at the start, of UTF-8 or UTF-16; at 0 */
    BOA_JSON_FAULT_UNEXPECTED, /* a byte that cannot stand here, such as a form feed or NBSP */
    BOA_JSON_FAULT_UNFINISHED, /* the text ends inside the document, be it in a character, an escape
                                  or the word true; at the end */
    BOA_JSON_FAULT_TRAILING,   /* something follows the document; at its first byte */
    BOA_JSON_FAULT_COMMA,      /* a comma before ] or }; at the comma */
    BOA_JSON_FAULT_LITERAL,    /* NaN, -Infinity, None, True … : a word that is not true, false or
                                  null; at its first byte */
    BOA_JSON_FAULT_NUMBER,     /* "01", "+1", ".5", "1.", "1e", "0x1", "-"; at its first byte */
    BOA_JSON_FAULT_STRING,     /* a raw control character inside a string; at it */
    BOA_JSON_FAULT_ESCAPE,     /* an unknown \ escape, or \u without four hex digits; at the \ */
    BOA_JSON_FAULT_UTF8,       /* bytes in a string that are no UTF-8; at the sequence's first */
    BOA_JSON_FAULT_DEPTH,      /* deeper than BOA_JSON_DEPTH_MAX; at the bracket */
};

struct boa_json_scan {
    /* The current token. raw: the bytes of a number or literal, of a string or key without its
     * quotes (still escaped). */
    struct boa_str raw;
    size_t offset; /* of the token's first byte (the quote of a string) in the text; of the fault
                      after BOA_JSON_ERROR */
    bool escaped;  /* a string or key holds at least one backslash */
    enum boa_json_fault fault;

    /* Private. */
    const char *begin, *pos, *end;
    unsigned depth;
    unsigned state;
    uint64_t in_object[(BOA_JSON_DEPTH_MAX + 63) / 64]; /* one bit a level */

    /* For the caller to set after init: takes what Python writes for values that are no numbers, so
     * that NaN, Infinity and -Infinity are BOA_JSON_NUMBER. Last, behind the fields in constant
     * use. */
    bool python_literals;
};

/* The text is borrowed for as long as tokens are pulled; it need not be terminated. Escaped lone
 * surrogates are accepted. */
void boa_json_scan_init(struct boa_json_scan *scan, struct boa_str text);

/* The next token. */
enum boa_json_kind boa_json_scan_next(struct boa_json_scan *scan);

/* Skips the value whose first token has just been read (nothing for a scalar); after a key, its
 * value. False after a fault. */
bool boa_json_scan_skip(struct boa_json_scan *scan, enum boa_json_kind kind);

/* "a comma before the closing bracket", … : one clause for messages. */
const char *boa_json_fault_text(enum boa_json_fault fault);

/* Decodes the escapes of a raw string into `out`, which has room for raw.len bytes; returns the
 * length. A lone surrogate becomes U+FFFD. Only for raw text that the scanner accepted. */
size_t boa_json_unescape(char *out, struct boa_str raw);

/* Line and column, both from 1, columns in code points, of a byte offset; one beyond the text
 * counts as its end. Lines end in LF. */
void boa_text_position(struct boa_str text, size_t offset, uint64_t *line, uint64_t *column);

#endif
