/* A borrowed piece of text: pointer and length, not terminated, any bytes. */
#ifndef BOA_BASE_STR_H
#define BOA_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct boa_str {
    const char *ptr; /* NULL only when len is 0 */
    size_t len;      /* bytes */
};

/* Text of a string literal, usable in static initialisers. */
#define BOA_STR(lit)                                                                               \
    {                                                                                              \
        ("" lit), sizeof(lit) - 1                                                                  \
    }
#define BOA_STR_LIT(lit) ((struct boa_str)BOA_STR(lit))

/* For printf: "%.*s", BOA_STR_FMT(text). */
#define BOA_STR_FMT(s) (int)(s).len, (s).len ? (s).ptr : ""

static inline struct boa_str boa_str_make(const char *ptr, size_t len)
{
    return (struct boa_str){ ptr, len };
}

/* Text of a terminated string; NULL gives the empty text. */
static inline struct boa_str boa_str_from(const char *terminated)
{
    return (struct boa_str){ terminated, terminated ? strlen(terminated) : 0 };
}

static inline bool boa_str_is_empty(struct boa_str s)
{
    return s.len == 0;
}

static inline bool boa_str_equal(struct boa_str a, struct boa_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool boa_str_equal_lit(struct boa_str a, const char *terminated)
{
    return boa_str_equal(a, boa_str_from(terminated));
}

static inline bool boa_str_starts_with(struct boa_str s, struct boa_str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

/* The text from byte `start` on; empty when start is at or beyond the end. */
static inline struct boa_str boa_str_from_byte(struct boa_str s, size_t start)
{
    return start >= s.len ? (struct boa_str){ s.ptr, 0 }
                          : (struct boa_str){ s.ptr + start, s.len - start };
}

/* Order by bytes, shorter first among equals: <0, 0, >0. */
int boa_str_compare(struct boa_str a, struct boa_str b);

/* Equality that ignores the case of ASCII letters only. */
bool boa_str_equal_nocase(struct boa_str a, struct boa_str b);

/* Without blanks (space, tab, CR, LF, vertical tab, form feed) at both ends. */
struct boa_str boa_str_trim(struct boa_str s);

/* Index of the first byte `c`, or s.len when there is none. */
size_t boa_str_find_byte(struct boa_str s, char c);

/* Index of the first occurrence of `needle`, or haystack.len when there is none; an empty needle is
 * at 0. */
size_t boa_str_find(struct boa_str haystack, struct boa_str needle);

/* Length in bytes of the longest prefix that is well-formed UTF-8 (RFC 3629: no surrogates, no
 * overlong forms, nothing above U+10FFFF); s.len when the whole text is. */
size_t boa_utf8_valid_prefix(struct boa_str s);

/* Number of code points: bytes that are no continuation bytes. */
size_t boa_utf8_count(struct boa_str s);

/* Edit distance (insert, delete, replace, swap of neighbours) of two names, bytes, ASCII case
 * ignored; names over 64 bytes count as `SIZE_MAX` apart. For "did you mean". */
size_t boa_str_distance(struct boa_str a, struct boa_str b);

#endif
