/* Searching, comparing and checking borrowed text. */
#include "core/base/str.h"

int boa_str_compare(struct boa_str a, struct boa_str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared != 0 ? memcmp(a.ptr, b.ptr, shared) : 0;
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* tolower() would ask the locale. */
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool boa_str_equal_nocase(struct boa_str a, struct boa_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    }
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct boa_str boa_str_trim(struct boa_str s)
{
    size_t start = 0, end = s.len;
    while (start < end && is_blank(s.ptr[start]))
        start++;
    while (end > start && is_blank(s.ptr[end - 1]))
        end--;
    return start == 0 ? boa_str_make(s.ptr, end) : boa_str_make(s.ptr + start, end - start);
}

size_t boa_str_find_byte(struct boa_str s, char c)
{
    const char *found = s.len != 0 ? memchr(s.ptr, c, s.len) : NULL;
    return found ? (size_t)(found - s.ptr) : s.len;
}

size_t boa_str_find(struct boa_str haystack, struct boa_str needle)
{
    if (needle.len == 0)
        return 0;
    if (needle.len > haystack.len)
        return haystack.len;
    const char *found = memmem(haystack.ptr, haystack.len, needle.ptr, needle.len);
    return found ? (size_t)(found - haystack.ptr) : haystack.len;
}

static bool is_ascii_word(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Length of the well-formed sequence of two bytes or more at `s`, 0 when there is none. The second
 * byte's narrower ranges are Table 3-7 of the Unicode standard. */
static size_t sequence_len(const unsigned char *s, size_t left)
{
    unsigned char low = 0x80, high = 0xbf;
    size_t len;
    if (s[0] >= 0xc2 && s[0] <= 0xdf) {
        len = 2;
    } else if (s[0] >= 0xe0 && s[0] <= 0xef) {
        len = 3;
        low = s[0] == 0xe0 ? 0xa0 : 0x80;
        high = s[0] == 0xed ? 0x9f : 0xbf;
    } else if (s[0] >= 0xf0 && s[0] <= 0xf4) {
        len = 4;
        low = s[0] == 0xf0 ? 0x90 : 0x80;
        high = s[0] == 0xf4 ? 0x8f : 0xbf;
    } else {
        return 0;
    }
    if (left < len || s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++) {
        if (!is_continuation(s[i]))
            return 0;
    }
    return len;
}

size_t boa_utf8_valid_prefix(struct boa_str s)
{
    size_t i = 0;
    while (i < s.len) {
        if (s.len - i >= sizeof(uint64_t) && is_ascii_word(s.ptr + i)) {
            i += sizeof(uint64_t);
        } else if ((unsigned char)s.ptr[i] < 0x80) {
            i++;
        } else {
            size_t len = sequence_len((const unsigned char *)s.ptr + i, s.len - i);
            if (len == 0)
                break;
            i += len;
        }
    }
    return i;
}

size_t boa_utf8_count(struct boa_str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += !is_continuation((unsigned char)s.ptr[i]);
    return count;
}

enum { NAME_MAX_LEN = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: the recurrence of Levenshtein plus one term for a swap, which is why
 * two older rows are kept. */
size_t boa_str_distance(struct boa_str a, struct boa_str b)
{
    if (a.len > NAME_MAX_LEN || b.len > NAME_MAX_LEN)
        return SIZE_MAX;
    size_t rows[3][NAME_MAX_LEN + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            char from = lower(a.ptr[i - 1]), to = lower(b.ptr[j - 1]);
            row[j] = least(above[j - 1] + (from != to), least(above[j], row[j - 1]) + 1);
            bool swapped = i > 1 && j > 1 && from == lower(b.ptr[j - 2]) &&
                           to == lower(a.ptr[i - 2]);
            if (swapped)
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}
