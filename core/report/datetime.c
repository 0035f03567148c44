/* Civil time arithmetic without the C library's time functions: no zone, no locale, no limits of
 * time_t. */
#include "core/report/datetime.h"

enum { SECONDS_A_DAY = 86400, DAYS_TO_1970 = 719528 /* from 0000-01-01 */ };

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 0000-01-01 to the first of January of `year` (0 or later). */
static int64_t days_before_year(int64_t year)
{
    int64_t past = year - 1;

    if (year == 0)
        return 0;
    return 365 * year + past / 4 - past / 100 + past / 400 + 1;
}

/* Days from the first of January to the first of `month`; 13 gives the length of the year. */
static int64_t days_before_month(int64_t year, int64_t month)
{
    static const int days[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };

    return days[month - 1] + (month > 2 && is_leap(year));
}

/* Exactly `count` digits at `*pos`. */
static bool read_digits(int64_t *out, struct boa_str text, size_t *pos, size_t count)
{
    unsigned value = 0;

    if (text.len - *pos < count)
        return false;
    for (const char *p = text.ptr + *pos, *end = p + count; p < end; p++) {
        unsigned digit = (unsigned)(unsigned char)*p - '0';
        if (digit > 9)
            return false;
        value = value * 10 + digit;
    }
    *pos += count;
    *out = value;
    return true;
}

static bool read_byte(struct boa_str text, size_t *pos, char wanted)
{
    if (*pos >= text.len || text.ptr[*pos] != wanted)
        return false;
    ++*pos;
    return true;
}

static bool read_date(int64_t *days, struct boa_str text, size_t *pos)
{
    int64_t year, month, day;

    if (!read_digits(&year, text, pos, 4) || !read_byte(text, pos, '-') ||
        !read_digits(&month, text, pos, 2) || !read_byte(text, pos, '-') ||
        !read_digits(&day, text, pos, 2))
        return false;
    if (month < 1 || month > 12 || day < 1 ||
        day > days_before_month(year, month + 1) - days_before_month(year, month))
        return false;
    *days = days_before_year(year) + days_before_month(year, month) + day - 1 - DAYS_TO_1970;
    return true;
}

static bool read_time(int64_t *seconds, struct boa_str text, size_t *pos)
{
    int64_t hour, minute, second;

    if (!read_digits(&hour, text, pos, 2) || !read_byte(text, pos, ':') ||
        !read_digits(&minute, text, pos, 2) || !read_byte(text, pos, ':') ||
        !read_digits(&second, text, pos, 2))
        return false;
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    *seconds = hour * 3600 + minute * 60 + second;
    return true;
}

/* Z, ±HH, ±HHMM or ±HH:MM up to the end of the text. */
static bool read_zone(struct boa_str text, size_t *pos)
{
    int64_t hour, minute = 0;

    if (read_byte(text, pos, 'Z'))
        return *pos == text.len;
    if (!read_byte(text, pos, '+') && !read_byte(text, pos, '-'))
        return false;
    if (!read_digits(&hour, text, pos, 2))
        return false;
    if (*pos < text.len) {
        (void)read_byte(text, pos, ':');
        if (!read_digits(&minute, text, pos, 2))
            return false;
    }
    return *pos == text.len && hour <= 23 && minute <= 59;
}

bool boa_datetime_parse(struct boa_datetime *out, struct boa_str text)
{
    struct boa_datetime result = { 0 };
    int64_t days, seconds;
    size_t pos = 0;

    if (!read_date(&days, text, &pos))
        return false;
    if (!read_byte(text, &pos, 'T') && !read_byte(text, &pos, ' '))
        return false;
    if (!read_time(&seconds, text, &pos))
        return false;
    result.seconds = days * SECONDS_A_DAY + seconds;
    if (read_byte(text, &pos, '.')) {
        size_t start = pos;
        while (pos < text.len && text.ptr[pos] >= '0' && text.ptr[pos] <= '9')
            pos++;
        if (pos == start)
            return false;
        result.fraction = boa_str_make(text.ptr + start, pos - start);
    }
    if (pos < text.len) {
        if (!read_zone(text, &pos))
            return false;
        result.has_zone = true;
    }
    *out = result;
    return true;
}

static void write_digits(char *text, int64_t value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

bool boa_datetime_format(char *text, int64_t seconds)
{
    int64_t days = seconds / SECONDS_A_DAY, rest = seconds % SECONDS_A_DAY;
    int64_t year, month;

    if (rest < 0) {
        rest += SECONDS_A_DAY;
        days--;
    }
    days += DAYS_TO_1970;
    if (days < 0 || days >= days_before_year(10000))
        return false;
    year = days * 400 / 146097; /* off by at most one */
    while (days_before_year(year + 1) <= days)
        year++;
    while (days_before_year(year) > days)
        year--;
    days -= days_before_year(year);
    month = days / 32 + 1; /* off by at most one */
    if (days >= days_before_month(year, month + 1))
        month++;
    days -= days_before_month(year, month);
    write_digits(text, year, 4);
    write_digits(text + 5, month, 2);
    write_digits(text + 8, days + 1, 2);
    write_digits(text + 11, rest / 3600, 2);
    write_digits(text + 14, rest / 60 % 60, 2);
    write_digits(text + 17, rest % 60, 2);
    text[4] = text[7] = '-';
    text[10] = ' ';
    text[13] = text[16] = ':';
    return true;
}

bool boa_datetime_begin(int64_t *out, const struct boa_datetime *end,
                        const struct boa_decimal *duration_s)
{
    static const int64_t longest_s = 100LL * 366 * SECONDS_A_DAY;
    struct boa_decimal longest, start, fraction;
    int64_t whole;

    boa_decimal_from_int(&longest, longest_s);
    if (duration_s->negative || boa_decimal_compare(duration_s, &longest) > 0)
        return false;
    start = *duration_s;
    start.negative = start.count != 0;
    if (end->fraction.len != 0) {
        if (end->fraction.len > BOA_DECIMAL_DIGITS ||
            !boa_decimal_parse(&fraction, end->fraction) ||
            boa_decimal_shift10(&fraction, -(int32_t)end->fraction.len) != 0 ||
            boa_decimal_add(&start, &start, &fraction) != 0)
            return false;
    }
    if (!boa_decimal_floor(&whole, &start))
        return false;
    *out = end->seconds + whole;
    return true;
}
