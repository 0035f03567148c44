/* Times that are read are written and read again as the same; spans count back. The input is a time
 * and, behind a line feed, a duration. */
#include "core/report/datetime.h"

#include "tests/fuzz/fuzz.h"

static void check_round_trip(int64_t seconds)
{
    char first[BOA_DATETIME_LEN], second[BOA_DATETIME_LEN];
    struct boa_datetime back;

    if (!boa_datetime_format(first, seconds))
        return;
    FUZZ_CHECK(boa_datetime_parse(&back, boa_str_make(first, sizeof first)));
    FUZZ_CHECK(back.seconds == seconds && back.fraction.len == 0 && !back.has_zone);
    FUZZ_CHECK(boa_datetime_format(second, back.seconds));
    FUZZ_CHECK(memcmp(first, second, sizeof first) == 0);
}

/* begin <= end - duration < begin + 1, computed the other way round. */
static void check_begin(const struct boa_datetime *end, const struct boa_decimal *duration)
{
    struct boa_decimal span, whole, fraction = { 0 };
    int64_t begin;

    if (!boa_datetime_begin(&begin, end, duration))
        return;
    FUZZ_CHECK(!duration->negative);
    check_round_trip(begin);
    if (end->fraction.len != 0) {
        FUZZ_CHECK(boa_decimal_parse(&fraction, end->fraction));
        FUZZ_CHECK(boa_decimal_shift10(&fraction, -(int32_t)end->fraction.len) == 0);
    }
    boa_decimal_from_int(&whole, end->seconds - begin);
    if (boa_decimal_add(&span, &whole, &fraction) != 0)
        return; /* needs more digits than there are */
    FUZZ_CHECK(boa_decimal_compare(duration, &span) <= 0);
    boa_decimal_from_int(&whole, end->seconds - begin - 1);
    FUZZ_CHECK(boa_decimal_add(&span, &whole, &fraction) == 0);
    FUZZ_CHECK(boa_decimal_compare(duration, &span) > 0);
}

int boa_fuzz_datetime(const uint8_t *data, size_t size)
{
    struct boa_str text = boa_str_make((const char *)data, size);
    size_t cut = boa_str_find_byte(text, '\n');
    struct boa_datetime time = { .seconds = 42 };
    struct boa_decimal duration;

    if (!boa_datetime_parse(&time, boa_str_make(text.ptr, cut))) {
        FUZZ_CHECK(time.seconds == 42);
        return 0;
    }
    FUZZ_CHECK(time.fraction.len == 0 ||
               (time.fraction.ptr > text.ptr && time.fraction.ptr < text.ptr + cut));
    check_round_trip(time.seconds);
    if (boa_decimal_parse(&duration, boa_str_from_byte(text, cut + 1)))
        check_begin(&time, &duration);
    return 0;
}
