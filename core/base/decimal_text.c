/* Decimal numbers to and from text. */
#include <stdlib.h>

#include "core/base/decimal.h"

enum {
    LIMB_DIGITS = 9,
    /* Written out in full for as long as Python does. */
    PLAIN_MIN = -4,
    PLAIN_MAX = 15,
};

/* Far beyond any exponent that we take, far below overflow when the digits of a text are added. */
#define EXPONENT_CEILING (INT64_C(1) << 40)

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the digits of a number's text are. */
struct mantissa {
    const char *first, *last; /* first and last digit that is not 0; NULL for zero */
    const char *point;        /* the point, or where it would be */
    const char *end;          /* behind the mantissa */
};

static bool find_mantissa(struct mantissa *m, const char *at, const char *end)
{
    *m = (struct mantissa){ 0 };
    size_t digits = 0;
    for (; at < end; at++) {
        if (is_digit(*at)) {
            digits++;
            if (*at != '0') {
                m->last = at;
                if (!m->first)
                    m->first = at;
            }
        } else if (*at == '.' && !m->point) {
            m->point = at;
        } else {
            break;
        }
    }
    m->end = at;
    if (!m->point)
        m->point = at;
    return digits != 0;
}

/* Reads the whole of [at … end), nothing or "e" with digits. */
static bool read_exponent(int64_t *exponent, const char *at, const char *end)
{
    *exponent = 0;
    if (at == end)
        return true;
    if (*at != 'e' && *at != 'E')
        return false;
    at++;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (at == end)
        return false;
    int64_t value = 0;
    for (; at < end; at++) {
        if (!is_digit(*at))
            return false;
        if (value < EXPONENT_CEILING)
            value = value * 10 + (*at - '0');
    }
    *exponent = negative ? -value : value;
    return true;
}

/* Packs the digits from the last one on backwards, so that the coefficient has no factor of ten. */
static void read_limbs(struct boa_decimal *out, const struct mantissa *m)
{
    uint32_t limb = 0, unit = 1, count = 0;
    for (const char *at = m->last + 1; at-- != m->first;) {
        if (at == m->point)
            continue;
        limb += (uint32_t)(*at - '0') * unit;
        if (unit == 100000000) {
            out->limb[count++] = limb;
            limb = 0;
            unit = 1;
        } else {
            unit *= 10;
        }
    }
    if (unit != 1)
        out->limb[count++] = limb;
    out->count = count;
}

bool boa_decimal_parse(struct boa_decimal *out, struct boa_str text)
{
    if (text.len == 0)
        return false;
    const char *at = text.ptr, *end = text.ptr + text.len;
    bool negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    struct mantissa m;
    int64_t exponent;
    if (!find_mantissa(&m, at, end) || !read_exponent(&exponent, m.end, end))
        return false;
    if (!m.first) {
        out->negative = false;
        out->exponent = 0;
        out->count = 0;
        return true;
    }
    /* A digit right in front of the point counts ones, the one behind it tenths. */
    exponent += m.last < m.point ? m.point - m.last - 1 : m.point - m.last;
    bool point_between = m.first < m.point && m.point < m.last;
    ptrdiff_t digits = m.last - m.first + 1 - (point_between ? 1 : 0);
    if (digits > BOA_DECIMAL_DIGITS || exponent > BOA_DECIMAL_EXPONENT_MAX ||
        exponent < -BOA_DECIMAL_EXPONENT_MAX)
        return false;
    out->negative = negative;
    out->exponent = (int32_t)exponent;
    read_limbs(out, &m);
    return true;
}

/* Behind the digits at `at`; NULL when there is none. */
static const char *skip_digits(const char *at, const char *end)
{
    const char *start = at;
    while (at < end && is_digit(*at))
        at++;
    return at != start ? at : NULL;
}

bool boa_decimal_is_canonical(struct boa_str text)
{
    if (text.len == 0)
        return false;
    const char *at = text.ptr, *end = text.ptr + text.len;
    if (*at == '-')
        at++;
    const char *whole = at;
    at = skip_digits(at, end);
    if (!at || (*whole == '0' && at - whole > 1))
        return false;
    if (at < end && *at == '.') {
        at = skip_digits(at + 1, end);
        if (!at)
            return false;
    }
    if (at == end && text.len <= BOA_DECIMAL_DIGITS)
        return true;
    if (at < end) {
        if (*at != 'e' && *at != 'E')
            return false;
        at++;
        if (at < end && (*at == '-' || *at == '+'))
            at++;
        const char *digits = at;
        at = skip_digits(at, end);
        if (at != end)
            return false;
        /* Four digits of exponent and a mantissa that fits are far from any limit. */
        if (end - digits <= 4 && text.len <= BOA_DECIMAL_DIGITS)
            return true;
    }
    /* Near a limit only the value counts; nobody writes such numbers, so this may take longer. */
    struct boa_decimal value;
    return boa_decimal_parse(&value, text);
}

static void write_limb(char text[LIMB_DIGITS], uint32_t limb)
{
    for (size_t i = LIMB_DIGITS; i-- > 0; limb /= 10)
        text[i] = (char)('0' + limb % 10);
}

/* All digits of a coefficient that is not zero. */
static size_t write_digits(char *text, const struct boa_decimal *value)
{
    uint32_t top = value->count - 1;
    char limb[LIMB_DIGITS];
    write_limb(limb, value->limb[top]);
    size_t zeros = 0;
    while (limb[zeros] == '0')
        zeros++;
    size_t len = LIMB_DIGITS - zeros;
    memcpy(text, limb + zeros, len);
    for (uint32_t i = top; i-- > 0; len += LIMB_DIGITS)
        write_limb(text + len, value->limb[i]);
    return len;
}

static char *put(char *to, const char *bytes, size_t len)
{
    memcpy(to, bytes, len);
    return to + len;
}

static char *put_zeros(char *to, size_t count)
{
    memset(to, '0', count);
    return to + count;
}

/* `point`: how many digits stand in front of the point; may be negative or beyond the last. */
static char *write_plain(char *to, const char *digits, size_t len, int32_t point)
{
    if (point <= 0) {
        to = put(to, "0.", 2);
        to = put_zeros(to, (size_t)-point);
        return put(to, digits, len);
    }
    size_t whole = (size_t)point;
    if (whole >= len) {
        to = put(to, digits, len);
        return put_zeros(to, whole - len);
    }
    to = put(to, digits, whole);
    *to++ = '.';
    return put(to, digits + whole, len - whole);
}

static char *write_scientific(char *to, const char *digits, size_t len, int32_t power)
{
    *to++ = digits[0];
    if (len > 1) {
        *to++ = '.';
        to = put(to, digits + 1, len - 1);
    }
    *to++ = 'e';
    *to++ = power < 0 ? '-' : '+';
    char figures[10];
    size_t first = sizeof(figures);
    for (int32_t rest = abs(power); rest != 0 || first > sizeof(figures) - 2; rest /= 10)
        figures[--first] = (char)('0' + rest % 10);
    return put(to, figures + first, sizeof(figures) - first);
}

size_t boa_decimal_format(char *text, const struct boa_decimal *value)
{
    char *to = text;
    if (value->count == 0) {
        *to = '0';
        return 1;
    }
    char digits[BOA_DECIMAL_DIGITS];
    size_t len = write_digits(digits, value);
    int32_t power = value->exponent + (int32_t)len - 1;
    if (value->negative)
        *to++ = '-';
    if (power >= PLAIN_MIN && power <= PLAIN_MAX)
        to = write_plain(to, digits, len, power + 1);
    else
        to = write_scientific(to, digits, len, power);
    return (size_t)(to - text);
}

/* Plain digits with a point and at most 19 of them, and a small exponent: all that meters write. */
static bool approximate_short(double *out, struct boa_str text)
{
    static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    enum { DIGITS_MAX = 19, POWER_MAX = sizeof powers / sizeof powers[0] - 1 };
    const char *p = text.ptr, *end, *point = NULL;
    uint64_t digits = 0;
    int exponent = 0, written = 0;
    bool negative, down;

    if (text.len == 0)
        return false;
    end = p + text.len;
    negative = *p == '-';
    p += negative;
    if (end - p > DIGITS_MAX + 5)
        return false;
    for (; p < end && (*p == '.' ? point == NULL : *p >= '0' && *p <= '9'); p++) {
        if (*p == '.') {
            point = p + 1;
            continue;
        }
        digits = digits * 10 + (uint64_t)(*p - '0');
        written++;
    }
    if (written == 0 || written > DIGITS_MAX)
        return false;
    if (point != NULL)
        exponent = -(int)(p - point);
    if (end - p == 4 && (*p == 'e' || *p == 'E') && (p[1] == '-' || p[1] == '+') && p[2] >= '0' &&
        p[2] <= '9' && p[3] >= '0' && p[3] <= '9') {
        int given = (p[2] - '0') * 10 + (p[3] - '0');
        exponent += p[1] == '-' ? -given : given;
        p = end;
    }
    down = exponent < 0;
    exponent = down ? -exponent : exponent;
    if (p != end || exponent > POWER_MAX)
        return false;
    *out = down ? (double)digits / powers[exponent] : (double)digits * powers[exponent];
    if (negative)
        *out = -*out;
    return true;
}

bool boa_decimal_approximate_text(double *out, struct boa_str text)
{
    struct boa_decimal value;

    if (approximate_short(out, text))
        return true;
    if (!boa_decimal_parse(&value, text))
        return false;
    *out = boa_decimal_approximate(&value);
    return true;
}
