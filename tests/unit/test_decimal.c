/* Decimals against Python's decimal module, and against edges worked out by hand. */
#include "tests/unit/unit.h"

#include "core/base/decimal.h"

enum operation { ADD, MULTIPLY, COMPARE, DIVIDE, ROUND, FLOOR, FORMAT, CANONICAL };

static const struct row {
    enum operation operation;
    const char *a, *b;
    unsigned digits;
    const char *want; /* "" when the operation must be refused */
} rows[] = {
#define CASE(operation, a, b, digits, want) { operation, a, b, digits, want },
#include "tests/unit/decimal_cases.inc"
#undef CASE
};

static struct boa_decimal number(const char *text)
{
    struct boa_decimal value;
    if (!boa_decimal_parse(&value, boa_str_from(text)))
        fail_msg("not a number: %s", text);
    return value;
}

/* In a buffer of exactly the promised size, so that a sanitizer sees one byte too many. */
static struct boa_str show(const struct boa_decimal *value, char text[BOA_DECIMAL_TEXT_MAX])
{
    return boa_str_make(text, boa_decimal_format(text, value));
}

static void check_normal(const struct boa_decimal *value)
{
    assert_true(value->count <= BOA_DECIMAL_LIMBS);
    if (value->count == 0) {
        assert_false(value->negative);
        assert_int_equal(value->exponent, 0);
        return;
    }
    assert_int_not_equal(value->limb[value->count - 1], 0);
    assert_int_not_equal(value->limb[0] % 10, 0);
    for (uint32_t i = 0; i < value->count; i++)
        assert_true(value->limb[i] < 1000000000);
}

/* Compares a result with the text wanted; a refused one must have left `result` as it was. */
static void check_result(const struct row *row, int status, const struct boa_decimal *result)
{
    char text[BOA_DECIMAL_TEXT_MAX];
    struct boa_str have = show(result, text);
    const char *want = row->want[0] != '\0' ? row->want : "777";
    bool good = status == (row->want[0] != '\0' ? 0 : -1) &&
                boa_str_equal(have, boa_str_from(want));
    if (!good)
        fail_msg("row %td: operation %d of %s and %s: want %s, have %.*s", row - rows,
                 (int)row->operation, row->a, row->b, want, BOA_STR_FMT(have));
    check_normal(result);
}

typedef int binary_operation(struct boa_decimal *out, const struct boa_decimal *a,
                             const struct boa_decimal *b);

/* Into a third number, and over each operand. */
static void check_binary(const struct row *row, binary_operation *operate)
{
    struct boa_decimal a = number(row->a), b = number(row->b), out = number("777");
    check_result(row, operate(&out, &a, &b), &out);
    if (row->want[0] == '\0')
        return;
    struct boa_decimal over_a = a, over_b = b;
    check_result(row, operate(&over_a, &over_a, &b), &over_a);
    check_result(row, operate(&over_b, &a, &over_b), &over_b);
}

static void check_compare(const struct row *row)
{
    struct boa_decimal a = number(row->a), b = number(row->b);
    int want = row->want[0] == '-' ? -1 : row->want[0] == '1';
    int have = boa_decimal_compare(&a, &b), back = boa_decimal_compare(&b, &a);
    assert_int_equal((have > 0) - (have < 0), want);
    assert_int_equal((back > 0) - (back < 0), -want);
}

static void check_divide(const struct row *row)
{
    struct boa_decimal a = number(row->a), b = number(row->b), out = number("777");
    check_result(row, boa_decimal_divide(&out, &a, &b, row->digits), &out);
    if (row->want[0] == '\0')
        return;
    struct boa_decimal over_b = b;
    check_result(row, boa_decimal_divide(&a, &a, &b, row->digits), &a);
    a = number(row->a);
    check_result(row, boa_decimal_divide(&over_b, &a, &over_b, row->digits), &over_b);
}

static void check_floor(const struct row *row)
{
    struct boa_decimal a = number(row->a);
    int64_t whole = 777;
    bool fits = boa_decimal_floor(&whole, &a);
    struct boa_decimal out;
    boa_decimal_from_int(&out, whole);
    check_result(row, fits ? 0 : -1, &out);
    if (fits)
        assert_int_equal(boa_decimal_is_integer(&a), boa_decimal_compare(&out, &a) == 0);
}

static void check_format(const struct row *row)
{
    struct boa_decimal out = number("777");
    bool parsed = boa_decimal_parse(&out, boa_str_from(row->a));
    check_result(row, parsed ? 0 : -1, &out);
    if (!parsed)
        return;
    assert_true(boa_decimal_is_canonical(boa_str_from(row->want)));
    struct boa_decimal again = number(row->want);
    assert_int_equal(boa_decimal_compare(&out, &again), 0);
}

static void test_agrees_with_python(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + sizeof(rows) / sizeof(rows[0]); row++) {
        struct boa_decimal a;
        switch (row->operation) {
        case ADD:
            check_binary(row, boa_decimal_add);
            break;
        case MULTIPLY:
            check_binary(row, boa_decimal_multiply);
            break;
        case COMPARE:
            check_compare(row);
            break;
        case DIVIDE:
            check_divide(row);
            break;
        case ROUND:
            a = number(row->a);
            boa_decimal_round(&a, row->digits);
            check_result(row, 0, &a);
            break;
        case FLOOR:
            check_floor(row);
            break;
        case FORMAT:
            check_format(row);
            break;
        case CANONICAL:
            assert_int_equal(boa_decimal_is_canonical(boa_str_from(row->a)), row->want[0] != '\0');
            break;
        }
    }
}

static void test_reads_every_spelling_of_zero_as_zero(void **state)
{
    (void)state;
    static const char *const zeros[] = {
        "0", "-0", "+0", "0.", ".0", "-0.000", "000", "0e999999999", "-0e-99999999999999999999999",
    };
    for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++) {
        struct boa_decimal zero = number(zeros[i]);
        check_normal(&zero);
        assert_int_equal(zero.count, 0);
    }
}

static void test_refuses_what_is_no_number(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",    "+",     "-",        ".",    "e5",       "1e",   "1e+",   "1.2.3",
        "1,5", " 1",    "1 ",       "--1",  "+",        "0x10", "nan",   "inf",
        "1_0", "1e5.0", "Infinity", "1e 5", "\xd9\xa1", "1-2",  "1e1e1",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct boa_decimal out = { .count = 12345 };
        assert_false(boa_decimal_parse(&out, boa_str_from(texts[i])));
        assert_int_equal(out.count, 12345);
        assert_false(boa_decimal_is_canonical(boa_str_from(texts[i])));
    }
    assert_false(boa_decimal_parse(&(struct boa_decimal){ 0 }, boa_str_make("1\0", 2)));
    assert_false(boa_decimal_is_canonical(boa_str_make("1\0", 2)));
}

static void test_canonical_is_what_json_allows(void **state)
{
    (void)state;
    static const char *const yes[] = { "0",    "-0",      "12",      "-1.50",     "1e5",
                                       "1E-5", "1.0e+05", "0.00e00", "1e1000000", "10e999999" };
    static const char *const no[] = {
        "+1",         ".5",         "1.",          "007",
        "-",          "nan",        "1,5",         "-.5",
        "01",         "0x1",        "1.e5",        "1e1000001",
        "10e1000000", "1e-1000001", "1e999999999", "1e99999999999999999999999"
    };
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
        assert_true(boa_decimal_is_canonical(boa_str_from(yes[i])));
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
        assert_false(boa_decimal_is_canonical(boa_str_from(no[i])));
}

/* "7" `sevens` times, then zeros, then the tail. */
static struct boa_str long_number(char *text, size_t sevens, size_t zeros, const char *tail)
{
    memset(text, '7', sevens);
    memset(text + sevens, '0', zeros);
    memcpy(text + sevens + zeros, tail, strlen(tail));
    return boa_str_make(text, sevens + zeros + strlen(tail));
}

static void test_counts_only_significant_digits(void **state)
{
    (void)state;
    static const struct {
        size_t sevens, zeros;
        const char *tail;
        bool good;
    } cases[] = {
        { 864, 0, "", true },          { 865, 0, "", false },       { 864, 2000, "", true },
        { 864, 0, ".000", true },      { 864, 0, ".0001", false },  { 1, 862, "1", true },
        { 1, 863, "1", false },        { 864, 0, "e999136", true }, { 864, 0, "e1000000", true },
        { 864, 1, "e1000000", false }, { 0, 2000, "1", true },      { 0, 2000, ".1", true },
    };
    char text[4000], out[BOA_DECIMAL_TEXT_MAX];
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct boa_str s = long_number(text, cases[i].sevens, cases[i].zeros, cases[i].tail);
        struct boa_decimal value;
        assert_int_equal(boa_decimal_parse(&value, s), cases[i].good);
        /* The grammar allows no zeros in front; all others agree. */
        assert_int_equal(boa_decimal_is_canonical(s), cases[i].good && cases[i].sevens != 0);
        if (cases[i].good) {
            struct boa_decimal again;
            assert_true(boa_decimal_parse(&again, show(&value, out)));
            assert_int_equal(boa_decimal_compare(&value, &again), 0);
        }
    }
}

static struct boa_decimal nines(size_t count)
{
    char text[BOA_DECIMAL_DIGITS];
    memset(text, '9', count);
    struct boa_decimal value;
    assert_true(boa_decimal_parse(&value, boa_str_make(text, count)));
    return value;
}

static void test_full_numbers_fit_or_are_refused(void **state)
{
    (void)state;
    struct boa_decimal full = nines(BOA_DECIMAL_DIGITS), one = number("1"), ten = number("10");
    struct boa_decimal minus_one = number("-1"), top = number("1e864"), out = number("777");
    /* 999…9 + 1 is short again, 999…9 + 10 is not. */
    assert_int_equal(boa_decimal_add(&out, &full, &one), 0);
    assert_int_equal(boa_decimal_compare(&out, &top), 0);
    assert_int_equal(boa_decimal_add(&out, &full, &ten), -1);
    assert_int_equal(boa_decimal_add(&out, &top, &one), -1);
    assert_int_equal(boa_decimal_compare(&out, &top), 0);
    /* One digit more than fits, but the difference loses it. */
    assert_int_equal(boa_decimal_add(&out, &top, &minus_one), 0);
    assert_int_equal(boa_decimal_compare(&out, &full), 0);
    struct boa_decimal far = number("1e865");
    assert_int_equal(boa_decimal_add(&out, &far, &minus_one), -1);

    /* (10^432 − 1)² has 864 digits, (10^433 − 1)² has 866. */
    struct boa_decimal half = nines(432), more = nines(433);
    assert_int_equal(boa_decimal_multiply(&out, &half, &half), 0);
    assert_int_equal(out.count, BOA_DECIMAL_LIMBS);
    assert_int_equal(boa_decimal_divide(&out, &out, &half, 40), 0);
    struct boa_decimal rounded = number("1e432");
    assert_int_equal(boa_decimal_compare(&out, &rounded), 0);
    out = number("777");
    assert_int_equal(boa_decimal_multiply(&out, &more, &more), -1);
    assert_int_equal(boa_decimal_multiply(&out, &full, &full), -1);
    assert_int_equal(out.limb[0], 777);

    assert_int_equal(boa_decimal_divide(&out, &full, &full, 40), 0);
    assert_int_equal(boa_decimal_compare(&out, &one), 0);
    assert_int_equal(boa_decimal_divide(&out, &one, &full, 6), 0);
    check_normal(&out);
    boa_decimal_round(&full, 863);
    assert_int_equal(boa_decimal_compare(&full, &top), 0);
}

static void test_ties_go_to_even(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        unsigned digits;
        const char *want;
    } cases[] = {
        { "0.5", 1, "0.5" },
        { "25", 1, "20" },
        { "35", 1, "40" },
        { "2.5000001", 1, "3" },
        { "-2.5", 1, "-2" },
        { "-3.5", 1, "-4" },
        { "9.5", 1, "10" },
        { "999999.5", 6, "1000000" },
        { "0.0000123456500", 6, "1.23456e-05" },
        { "123456.5", 6, "123456" },
        { "123457.5", 6, "123458" },
        { "123456.5000000000000000001", 6, "123457" },
    };
    char text[BOA_DECIMAL_TEXT_MAX];
    struct boa_decimal one = number("1");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct boa_decimal value = number(cases[i].value), quotient;
        assert_int_equal(boa_decimal_divide(&quotient, &value, &one, cases[i].digits), 0);
        assert_text_equal(show(&quotient, text), cases[i].want);
        boa_decimal_round(&value, cases[i].digits);
        assert_text_equal(show(&value, text), cases[i].want);
    }
}

/* 2.50012… and 2.49987…: only the remainder of the division tells them from a tie. */
static void test_a_remainder_breaks_a_tie(void **state)
{
    (void)state;
    struct boa_decimal above = number("9998"), below = number("10002"), out;
    struct boa_decimal above_by = number("3999"), below_by = number("4001");
    char text[BOA_DECIMAL_TEXT_MAX];
    assert_int_equal(boa_decimal_divide(&out, &above, &above_by, 1), 0);
    assert_text_equal(show(&out, text), "3");
    assert_int_equal(boa_decimal_divide(&out, &below, &below_by, 1), 0);
    assert_text_equal(show(&out, text), "2");
}

static void test_exponents_stay_in_range(void **state)
{
    (void)state;
    struct boa_decimal big = number("1e1000000"), small = number("1e-1000000"), ten = number("10");
    struct boa_decimal nine = number("9e1000000"), zero = number("0"), out = number("777");
    assert_int_equal(boa_decimal_multiply(&out, &big, &ten), -1);
    assert_int_equal(boa_decimal_multiply(&out, &small, &small), -1);
    assert_int_equal(boa_decimal_divide(&out, &big, &small, 6), -1);
    assert_int_equal(boa_decimal_divide(&out, &small, &ten, 6), -1);
    assert_int_equal(boa_decimal_divide(&out, &ten, &zero, 6), -1);
    assert_int_equal(boa_decimal_divide(&out, &zero, &zero, 6), -1);
    assert_int_equal(boa_decimal_add(&out, &nine, &big), -1);
    assert_int_equal(boa_decimal_add(&out, &big, &small), -1);
    assert_int_equal(out.limb[0], 777);
    assert_true(boa_decimal_compare(&big, &small) > 0);

    assert_int_equal(boa_decimal_shift10(&big, 1), -1);
    assert_int_equal(boa_decimal_shift10(&big, INT32_MAX), -1);
    assert_int_equal(boa_decimal_shift10(&small, INT32_MIN), -1);
    assert_int_equal(boa_decimal_shift10(&small, 1000000), 0);
    assert_int_equal(boa_decimal_shift10(&zero, INT32_MAX), 0);
    struct boa_decimal one = number("1");
    assert_int_equal(boa_decimal_compare(&small, &one), 0);
    check_normal(&zero);
}

static void test_zero_changes_nothing(void **state)
{
    (void)state;
    struct boa_decimal zero = number("0"), value = number("-12.5"), out = number("777");
    assert_int_equal(boa_decimal_add(&out, &value, &zero), 0);
    assert_int_equal(boa_decimal_compare(&out, &value), 0);
    out = number("777");
    assert_int_equal(boa_decimal_add(&out, &zero, &value), 0);
    assert_int_equal(boa_decimal_compare(&out, &value), 0);
    assert_int_equal(boa_decimal_add(&out, &out, &zero), 0);
    assert_int_equal(boa_decimal_compare(&out, &value), 0);
    assert_int_equal(boa_decimal_divide(&out, &zero, &value, 6), 0);
    check_normal(&out);
    assert_int_equal(out.count, 0);
    assert_int_equal(boa_decimal_multiply(&out, &value, &zero), 0);
    check_normal(&out);
    assert_int_equal(out.count, 0);
    boa_decimal_round(&zero, 6);
    check_normal(&zero);
}

static void test_integers_of_the_machine(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *want;
    } cases[] = {
        { 0, "0" },
        { -1, "-1" },
        { 1000000000, "1000000000" },
        { 1500000000000, "1500000000000" },
        { INT64_MAX, "9.223372036854775807e+18" },
        { INT64_MIN, "-9.223372036854775808e+18" },
    };
    char text[BOA_DECIMAL_TEXT_MAX];
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct boa_decimal value;
        int64_t back = 777;
        boa_decimal_from_int(&value, cases[i].value);
        check_normal(&value);
        assert_text_equal(show(&value, text), cases[i].want);
        assert_true(boa_decimal_floor(&back, &value));
        assert_true(back == cases[i].value);
        assert_true(boa_decimal_is_integer(&value));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_python),
        cmocka_unit_test(test_reads_every_spelling_of_zero_as_zero),
        cmocka_unit_test(test_refuses_what_is_no_number),
        cmocka_unit_test(test_canonical_is_what_json_allows),
        cmocka_unit_test(test_counts_only_significant_digits),
        cmocka_unit_test(test_full_numbers_fit_or_are_refused),
        cmocka_unit_test(test_ties_go_to_even),
        cmocka_unit_test(test_a_remainder_breaks_a_tie),
        cmocka_unit_test(test_exponents_stay_in_range),
        cmocka_unit_test(test_zero_changes_nothing),
        cmocka_unit_test(test_integers_of_the_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
