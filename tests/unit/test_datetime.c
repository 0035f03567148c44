/* Times: the forms that are read, the days that exist, and spans counted back. */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "core/report/datetime.h"

static const struct instant {
    const char *text;
    int64_t seconds;
} instants[] = {
#define INSTANT(text, seconds) { text, seconds },
#define BEGIN(end, duration, begin)
#include "tests/unit/datetime_cases.inc"
#undef INSTANT
#undef BEGIN
};

static const struct span {
    const char *end, *duration, *begin;
} spans[] = {
#define INSTANT(text, seconds)
#define BEGIN(end, duration, begin) { end, duration, begin },
#include "tests/unit/datetime_cases.inc"
#undef INSTANT
#undef BEGIN
};

static struct boa_datetime parse(const char *text)
{
    struct boa_datetime time;
    if (!boa_datetime_parse(&time, boa_str_from(text)))
        fail_msg("not read: %s", text);
    return time;
}

static void check_format(int64_t seconds, const char *want)
{
    char text[BOA_DATETIME_LEN + 1];
    text[BOA_DATETIME_LEN] = '#';
    assert_true(boa_datetime_format(text, seconds));
    assert_int_equal(text[BOA_DATETIME_LEN], '#');
    assert_text_equal(boa_str_make(text, BOA_DATETIME_LEN), want);
}

static void test_instants_are_those_of_python(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof instants / sizeof instants[0]; i++) {
        struct boa_datetime time = parse(instants[i].text);
        assert_int_equal(time.seconds, instants[i].seconds);
        assert_int_equal(time.fraction.len, 0);
        assert_false(time.has_zone);
        check_format(instants[i].seconds, instants[i].text);
    }
}

/* Every day from 0000-01-01 on, counted by hand. */
static void test_each_day_follows_the_one_before(void **state)
{
    (void)state;
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int64_t seconds = parse("0000-01-01 00:00:00").seconds;

    for (int year = 0; year <= 9999; year++) {
        bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (int month = 1; month <= 12; month++) {
            int last = days[month - 1] + (month == 2 && leap);
            char text[64];
            (void)snprintf(text, sizeof text, "%04d-%02d-%02d 00:00:00", year, month, last);
            assert_int_equal(parse(text).seconds, seconds + 86400LL * (last - 1));
            check_format(seconds + 86400LL * (last - 1), text);
            (void)snprintf(text, sizeof text, "%04d-%02d-%02d 00:00:00", year, month, last + 1);
            struct boa_datetime none;
            assert_false(boa_datetime_parse(&none, boa_str_from(text)));
            seconds += 86400LL * last;
        }
    }
    char text[BOA_DATETIME_LEN];
    assert_false(boa_datetime_format(text, seconds));
}

static void test_fractions_and_zones_are_seen(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fraction;
        bool zone;
    } cases[] = {
        { "2024-05-01T10:20:30", "", false },
        { "2024-05-01 10:20:30.5", "5", false },
        { "2024-05-01 10:20:30.000000001", "000000001", false },
        { "2024-05-01T10:20:30Z", "", true },
        { "2024-05-01T10:20:30.25Z", "25", true },
        { "2024-05-01T10:20:30+02:00", "", true },
        { "2024-05-01 10:20:30-0530", "", true },
        { "2024-05-01 10:20:30.1+14", "1", true },
        { "2024-05-01 10:20:30-23:59", "", true },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct boa_datetime time = parse(cases[i].text);
        assert_text_equal(time.fraction, cases[i].fraction);
        assert_int_equal(time.has_zone, cases[i].zone);
        check_format(time.seconds, "2024-05-01 10:20:30"); /* the wall clock, whatever the zone */
    }
}

static void test_a_leap_second_is_the_next_second(void **state)
{
    (void)state;
    check_format(parse("2016-12-31 23:59:60").seconds, "2017-01-01 00:00:00");
    check_format(parse("2016-12-31T23:59:60.5Z").seconds, "2017-01-01 00:00:00");
    char text[BOA_DATETIME_LEN];
    assert_false(boa_datetime_format(text, parse("9999-12-31 23:59:60").seconds));
}

static void test_other_forms_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "2024",
        "2024-05-01",
        "2024-05-01 ",
        "2024-05-01 10",
        "2024-05-01 10:20",
        "2024-05-01 10:20:3",
        "2024-5-1 10:20:30",
        "24-05-01 10:20:30",
        "2024/05/01 10:20:30",
        "2024-05-01t10:20:30",
        "2024-05-01  10:20:30",
        " 2024-05-01 10:20:30",
        "2024-05-01 10:20:30 ",
        "2024-05-01 10:20:30.",
        "2024-05-01 10:20:30,5",
        "2024-05-01 10:20:30z",
        "2024-05-01 10:20:30 Z",
        "2024-05-01 10:20:30Z0",
        "2024-05-01 10:20:30+",
        "2024-05-01 10:20:30+2",
        "2024-05-01 10:20:30+02:",
        "2024-05-01 10:20:30+02:0",
        "2024-05-01 10:20:30+020",
        "2024-05-01 10:20:30+24:00",
        "2024-05-01 10:20:30+02:60",
        "2024-05-01 10:20:30+02:00:00",
        "2024-05-01 24:00:00",
        "2024-05-01 10:60:00",
        "2024-05-01 10:20:61",
        "2024-00-01 10:20:30",
        "2024-13-01 10:20:30",
        "2024-05-00 10:20:30",
        "2024-04-31 10:20:30",
        "2023-02-29 10:20:30",
        "1900-02-29 10:20:30",
        "-024-05-01 10:20:30",
        "+024-05-01 10:20:30",
        "2024-05-01 -1:20:30",
        "12024-05-01 10:20:30",
        "2024-05-01 10:20:30.1.2",
        "1714558830",
        "05/01/2024 10:20:30",
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct boa_datetime time = { .seconds = 42, .has_zone = true };
        if (boa_datetime_parse(&time, boa_str_from(texts[i])))
            fail_msg("read: \"%s\"", texts[i]);
        assert_int_equal(time.seconds, 42);
        assert_true(time.has_zone);
    }
    struct boa_datetime time;
    assert_false(boa_datetime_parse(&time, BOA_STR_LIT("2024-05-01 10:20:30\0")));
    assert_false(boa_datetime_parse(&time, (struct boa_str){ 0 }));
}

static void test_years_outside_are_not_written(void **state)
{
    (void)state;
    static const int64_t outside[] = { INT64_MIN, INT64_MAX, -62167219201LL, 253402300800LL };
    char text[BOA_DATETIME_LEN];

    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++)
        assert_false(boa_datetime_format(text, outside[i]));
    check_format(-62167219200LL, "0000-01-01 00:00:00");
    check_format(253402300799LL, "9999-12-31 23:59:59");
}

static bool begin(int64_t *out, const char *end, const char *duration)
{
    struct boa_datetime time = parse(end);
    struct boa_decimal span;
    assert_true(boa_decimal_parse(&span, boa_str_from(duration)));
    return boa_datetime_begin(out, &time, &span);
}

static void test_spans_begin_where_python_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        int64_t seconds;
        assert_true(begin(&seconds, spans[i].end, spans[i].duration));
        if (spans[i].begin[0] != '\0')
            check_format(seconds, spans[i].begin);
    }
}

static void test_the_floor_is_exact(void **state)
{
    (void)state;
    static const struct {
        const char *end, *duration, *begin;
    } cases[] = {
        { "2024-05-01 10:00:00", "0", "2024-05-01 10:00:00" },
        { "2024-05-01 10:00:00.999999", "0", "2024-05-01 10:00:00" },
        { "2024-05-01 10:00:00", "1e-30", "2024-05-01 09:59:59" },
        { "2024-05-01 10:00:00.3", "0.3", "2024-05-01 10:00:00" },
        { "2024-05-01 10:00:00.3", "0.30000000000000001", "2024-05-01 09:59:59" },
        { "2024-05-01 10:00:00.123456789012345678901", "0.123456789012345678901",
          "2024-05-01 10:00:00" },
        { "2024-05-01 10:00:00.123456789012345678901", "0.123456789012345678902",
          "2024-05-01 09:59:59" },
        { "2024-05-01 10:00:00.000", "3600", "2024-05-01 09:00:00" },
        { "2024-03-01 00:00:00", "86400", "2024-02-29 00:00:00" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t seconds;
        assert_true(begin(&seconds, cases[i].end, cases[i].duration));
        check_format(seconds, cases[i].begin);
    }
}

static void test_impossible_spans_are_refused(void **state)
{
    (void)state;
    static const char *const spans_s[] = { "-1", "-1e-9", "1e12", "1e1000", "9223372036854775808" };
    for (size_t i = 0; i < sizeof spans_s / sizeof spans_s[0]; i++) {
        int64_t seconds = 42;
        assert_false(begin(&seconds, "2024-05-01 10:00:00.5", spans_s[i]));
        assert_int_equal(seconds, 42);
    }
    char long_fraction[2000] = "2024-05-01 10:00:00.";
    memset(long_fraction + 20, '9', 1500);
    long_fraction[1520] = '\0';
    int64_t seconds = 42;
    assert_false(begin(&seconds, long_fraction, "1"));
    assert_int_equal(seconds, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_instants_are_those_of_python),
        cmocka_unit_test(test_each_day_follows_the_one_before),
        cmocka_unit_test(test_fractions_and_zones_are_seen),
        cmocka_unit_test(test_a_leap_second_is_the_next_second),
        cmocka_unit_test(test_other_forms_are_refused),
        cmocka_unit_test(test_years_outside_are_not_written),
        cmocka_unit_test(test_spans_begin_where_python_says),
        cmocka_unit_test(test_the_floor_is_exact),
        cmocka_unit_test(test_impossible_spans_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
