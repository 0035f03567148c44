/* Decodes the escapes of a JSON string. */
#include "core/json/json_scan.h"

enum { REPLACEMENT = 0xFFFD };

static unsigned hex_value(char c)
{
    if (c <= '9')
        return (unsigned)(c - '0');
    return (unsigned)((c | 0x20) - 'a') + 10;
}

static unsigned hex4(const char *digits)
{
    return hex_value(digits[0]) << 12 | hex_value(digits[1]) << 8 | hex_value(digits[2]) << 4 |
           hex_value(digits[3]);
}

static char *put_code_point(char *out, unsigned code)
{
    if (code < 0x80) {
        *out++ = (char)code;
        return out;
    }
    if (code < 0x800) {
        *out++ = (char)(0xC0 | code >> 6);
    } else {
        if (code < 0x10000) {
            *out++ = (char)(0xE0 | code >> 12);
        } else {
            *out++ = (char)(0xF0 | code >> 18);
            *out++ = (char)(0x80 | (code >> 12 & 0x3F));
        }
        *out++ = (char)(0x80 | (code >> 6 & 0x3F));
    }
    *out++ = (char)(0x80 | (code & 0x3F));
    return out;
}

static bool is_high(unsigned unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(unsigned unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* The code point of the \u escape at *pos, or of two that are a surrogate pair; *pos moves behind
 * it. */
static unsigned take_unicode(const char **pos, const char *end)
{
    unsigned unit = hex4(*pos + 2);
    *pos += 6;
    if (is_high(unit) && end - *pos >= 6 && (*pos)[0] == '\\' && (*pos)[1] == 'u') {
        unsigned low = hex4(*pos + 2);
        if (is_low(low)) {
            *pos += 6;
            return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return is_high(unit) || is_low(unit) ? REPLACEMENT : unit;
}

static char escaped_char(char letter)
{
    switch (letter) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return letter; /* quote, backslash, slash */
    }
}

size_t boa_json_unescape(char *out, struct boa_str raw)
{
    char *start = out;
    const char *pos = raw.ptr;
    const char *end = raw.len != 0 ? raw.ptr + raw.len : raw.ptr;
    while (pos < end) {
        if (*pos != '\\') {
            *out++ = *pos++;
        } else if (pos[1] != 'u') {
            *out++ = escaped_char(pos[1]);
            pos += 2;
        } else {
            out = put_code_point(out, take_unicode(&pos, end));
        }
    }
    return (size_t)(out - start);
}
