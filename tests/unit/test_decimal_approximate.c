/* Doubles made of texts, held against the C library's strtod. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/decimal.h"

static void check(const char *text)
{
    struct boa_decimal exact;
    double got = -1, want = strtod(text, NULL), of_exact;

    assert_true(boa_decimal_approximate_text(&got, boa_str_from(text)));
    assert_true(fabs(got - want) <= 4e-15 * fabs(want));
    assert_true(boa_decimal_parse(&exact, boa_str_from(text)));
    of_exact = boa_decimal_approximate(&exact);
    assert_true(fabs(of_exact - want) <= 4e-15 * fabs(want));
}

static void test_texts_of_meters(void **state)
{
    static const char *const texts[] = {
        "0",
        "0.0",
        "1",
        "-2.8e-10",
        "0.0004784439185735",
        "1.855e-06",
        "127838.25",
        "4.21441900532406950",
        "1e22",
        "1e-22",
        "12345678901234567890",
        "3.14159265358979323846",
        "+5",
        ".5",
        "5.",
        "1e300",
        "2.5e-300",
        "-0.0",
        "1e+05",
        "9999999999999999999",
        "0.00000000000000000001",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check(texts[i]);
}

static void test_random_texts(void **state)
{
    uint64_t seed = 88172645463325252;
    char text[64];

    (void)state;
    for (int i = 0; i < 20000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (void)snprintf(text, sizeof text, "%s%u.%0*ue%+03d", seed & 1 ? "-" : "",
                       (unsigned)(seed >> 8 & 0xFFFF), (int)(seed >> 24 & 15),
                       (unsigned)(seed >> 32), (int)(seed >> 1 & 63) - 32);
        check(text);
    }
}

static void test_what_is_no_number(void **state)
{
    static const char *const texts[] = { "",    "-",   ".",    "1.2.3", "e5", "1e",  "1e+",
                                         "nan", "inf", "0x10", "1 ",    " 1", "1,5", "--1" };
    double untouched = 42;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_false(boa_decimal_approximate_text(&untouched, boa_str_from(texts[i])));
        assert_true(untouched == 42);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_of_meters),
        cmocka_unit_test(test_random_texts),
        cmocka_unit_test(test_what_is_no_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
