/* Numbers survive being printed, and arithmetic keeps its laws. The input is one number or two with
 * a line feed between them. */
#include "core/base/decimal.h"

#include "core/json/json_scan.h"
#include "tests/fuzz/fuzz.h"

static bool is_json_number(struct boa_str text)
{
    struct boa_json_scan scan;
    boa_json_scan_init(&scan, text);
    return boa_json_scan_next(&scan) == BOA_JSON_NUMBER && scan.raw.len == text.len;
}

static bool parse(struct boa_decimal *out, struct boa_str text)
{
    bool canonical = boa_decimal_is_canonical(text);
    bool parsed = boa_decimal_parse(out, text);
    FUZZ_CHECK(!canonical || parsed);
    FUZZ_CHECK(canonical == (parsed && is_json_number(text)));
    return parsed;
}

static void check_round_trip(const struct boa_decimal *value)
{
    char first[BOA_DECIMAL_TEXT_MAX], second[BOA_DECIMAL_TEXT_MAX];
    struct boa_decimal back;
    struct boa_str text = boa_str_make(first, boa_decimal_format(first, value));
    FUZZ_CHECK(text.len <= BOA_DECIMAL_TEXT_MAX);
    FUZZ_CHECK(parse(&back, text) && boa_decimal_is_canonical(text));
    FUZZ_CHECK(boa_decimal_compare(value, &back) == 0);
    FUZZ_CHECK(boa_str_equal(boa_str_make(second, boa_decimal_format(second, &back)), text));
}

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

static void check_pair(const struct boa_decimal *a, const struct boa_decimal *b)
{
    struct boa_decimal left, right;
    FUZZ_CHECK(sign(boa_decimal_compare(a, b)) == -sign(boa_decimal_compare(b, a)));
    int done = boa_decimal_add(&left, a, b);
    FUZZ_CHECK(done == boa_decimal_add(&right, b, a));
    FUZZ_CHECK(done != 0 || boa_decimal_compare(&left, &right) == 0);
    done = boa_decimal_multiply(&left, a, b);
    FUZZ_CHECK(done == boa_decimal_multiply(&right, b, a));
    FUZZ_CHECK(done != 0 || boa_decimal_compare(&left, &right) == 0);
}

int boa_fuzz_decimal(const uint8_t *data, size_t size)
{
    struct boa_str text = boa_str_make((const char *)data, size);
    size_t cut = boa_str_find_byte(text, '\n');
    struct boa_decimal a, b;
    if (!parse(&a, boa_str_make(text.ptr, cut)))
        return 0;
    check_round_trip(&a);
    if (parse(&b, boa_str_from_byte(text, cut + 1)))
        check_pair(&a, &b);
    return 0;
}
