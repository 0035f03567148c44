/* Reads Windows-1252: Latin-1 but for the bytes 0x80 to 0x9F. */
#include "converters/windows1252.h"

/* Code points of the bytes 0x80 … 0x9F, by Unicode's mapping table CP1252. */
static const uint16_t upper[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static char *put_code_point(char *out, unsigned code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xC0 | code >> 6);
        *out++ = (char)(0x80 | (code & 0x3F));
    } else {
        *out++ = (char)(0xE0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    }
    return out;
}

int boa_windows1252_decode(struct boa_str *text, struct boa_buf *out, struct boa_err *err)
{
    if (boa_buf_room(out, text->len * 3, err) != 0)
        return -1;
    char *start = out->ptr + out->len, *end = start;
    for (size_t i = 0; i < text->len; i++) {
        unsigned byte = (unsigned char)text->ptr[i];
        end = put_code_point(end, byte >= 0x80 && byte <= 0x9F ? upper[byte - 0x80] : byte);
    }
    out->len += (size_t)(end - start);
    *text = boa_str_make(start, (size_t)(end - start));
    return 0;
}
