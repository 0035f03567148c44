/* Borrowed text: comparing, finding, UTF-8 and the distance of names. */
#include "tests/unit/unit.h"

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void test_comparing(void **state)
{
    (void)state;
    static const char *const ordered[] = { "", "A", "B", "a", "aa", "ab", "b", "\xc3\xa9" };
    for (int i = 0; i < 8; i++) {
        for (int j = 0; j < 8; j++) {
            struct boa_str a = boa_str_from(ordered[i]), b = boa_str_from(ordered[j]);
            assert_int_equal(sign(boa_str_compare(a, b)), sign(i - j));
            assert_int_equal(boa_str_equal(a, b), i == j);
        }
    }
    struct boa_str none = boa_str_from(NULL);
    assert_int_equal(boa_str_compare(none, boa_str_from("")), 0);
    assert_true(boa_str_compare(none, boa_str_from("a")) < 0);
    /* A NUL is a byte like any other. */
    assert_false(boa_str_equal(boa_str_make("a\0b", 3), boa_str_make("a\0c", 3)));
}

static void test_case_of_ascii_only(void **state)
{
    (void)state;
    assert_true(boa_str_equal_nocase(BOA_STR_LIT("InfraType"), BOA_STR_LIT("INFRAtYPE")));
    assert_false(boa_str_equal_nocase(BOA_STR_LIT("É"), BOA_STR_LIT("é")));
    assert_false(boa_str_equal_nocase(BOA_STR_LIT("[@"), BOA_STR_LIT("{`")));
    assert_false(boa_str_equal_nocase(BOA_STR_LIT("a"), BOA_STR_LIT("ab")));
    assert_true(boa_str_equal_nocase((struct boa_str){ 0 }, BOA_STR_LIT("")));
}

static void test_trimming(void **state)
{
    (void)state;
    assert_text_equal(boa_str_trim(BOA_STR_LIT(" \t\r\n\v\fa b\f\v\n\r\t ")), "a b");
    assert_text_equal(boa_str_trim(BOA_STR_LIT("a")), "a");
    assert_text_equal(boa_str_trim(BOA_STR_LIT(" \t ")), "");
    assert_text_equal(boa_str_trim(BOA_STR_LIT("\xc2\xa0x\x1f")), "\xc2\xa0x\x1f");
    assert_int_equal(boa_str_trim((struct boa_str){ 0 }).len, 0);
}

static void test_finding(void **state)
{
    (void)state;
    struct boa_str text = BOA_STR("abcabd"), none = { 0 };
    assert_int_equal(boa_str_find_byte(text, 'c'), 2);
    assert_int_equal(boa_str_find_byte(text, 'x'), 6);
    assert_int_equal(boa_str_find_byte(none, 'x'), 0);
    assert_int_equal(boa_str_find(text, BOA_STR_LIT("abd")), 3);
    assert_int_equal(boa_str_find(text, BOA_STR_LIT("abdx")), 6);
    assert_int_equal(boa_str_find(text, BOA_STR_LIT("abcabdabc")), 6);
    assert_int_equal(boa_str_find(text, none), 0);
    assert_int_equal(boa_str_find(none, none), 0);
    assert_int_equal(boa_str_find(none, text), 0);
    /* Only within the piece, though the bytes go on. */
    assert_int_equal(boa_str_find(boa_str_make("abcabd", 5), BOA_STR_LIT("abd")), 5);
}

/* Well-formed or not, by decoding as the RFC says: an oracle that knows no table of byte ranges. */
static bool is_code_point(const unsigned char *s, size_t len)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (len == 1)
        return s[0] < 0x80;
    uint32_t mark = (0xf00u >> len) & 0xff, mask = (0xf80u >> len) & 0xff;
    if (len > 4 || (s[0] & mask) != mark)
        return false;
    uint32_t code = s[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return false;
        code = code << 6 | (s[i] & 0x3f);
    }
    return code >= least[len] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

/* All texts of two bytes, all of three and four that start a longer sequence. */
static void test_utf8_against_decoding(void **state)
{
    (void)state;
    static const unsigned char tails[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90,
                                           0x9f, 0xa0, 0xbf, 0xc0, 0xff };
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned second = 0; second < 256; second++) {
            for (size_t i = 0; i < sizeof(tails) * sizeof(tails); i++) {
                unsigned char s[4] = { (unsigned char)first, (unsigned char)second,
                                       tails[i / sizeof(tails)], tails[i % sizeof(tails)] };
                size_t want = 0, len = 0;
                for (; want < 4; want += len) {
                    for (len = 1; len <= 4 - want && !is_code_point(s + want, len);)
                        len++;
                    if (len > 4 - want)
                        break;
                }
                assert_int_equal(boa_utf8_valid_prefix(boa_str_make((const char *)s, 4)), want);
            }
        }
    }
}

/* The fast way takes eight bytes at once: the same wherever the fault is. */
static void test_utf8_in_long_text(void **state)
{
    (void)state;
    char text[64];
    for (size_t at = 0; at < sizeof(text); at++) {
        memset(text, 'a', sizeof(text));
        assert_int_equal(boa_utf8_valid_prefix(boa_str_make(text, at)), at);
        text[at] = '\xff';
        assert_int_equal(boa_utf8_valid_prefix(boa_str_make(text, sizeof(text))), at);
        text[at] = '\xc3'; /* its second byte is missing, or lies behind the end */
        assert_int_equal(boa_utf8_valid_prefix(boa_str_make(text, sizeof(text))), at);
    }
    assert_int_equal(boa_utf8_valid_prefix(boa_str_make(NULL, 0)), 0);
    assert_int_equal(boa_utf8_count(BOA_STR_LIT("aé…😀")), 4);
    assert_int_equal(boa_utf8_count(boa_str_make(NULL, 0)), 0);
}

static void test_distance(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        size_t want;
    } cases[] = {
        { "", "", 0 },
        { "abc", "", 3 },
        { "country", "country", 0 },
        { "Country", "cOUNTRY", 0 },
        { "contry", "country", 1 },
        { "countrry", "country", 1 },
        { "coumtry", "country", 1 },
        { "coutnry", "country", 1 },
        { "ocutnry", "country", 2 },
        { "kitten", "sitting", 3 },
        { "ca", "abc", 3 }, /* 2 where swapped letters may be edited again */
        { "ab", "ba", 1 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct boa_str a = boa_str_from(cases[i].a), b = boa_str_from(cases[i].b);
        assert_int_equal(boa_str_distance(a, b), cases[i].want);
        assert_int_equal(boa_str_distance(b, a), cases[i].want);
    }
}

static void test_distance_of_long_names(void **state)
{
    (void)state;
    char text[65];
    memset(text, 'a', sizeof(text));
    struct boa_str longest = boa_str_make(text, 64), longer = boa_str_make(text, 65);
    assert_int_equal(boa_str_distance(longest, BOA_STR_LIT("b")), 64);
    assert_int_equal(boa_str_distance(longest, longest), 0);
    assert_true(boa_str_distance(longer, longest) == SIZE_MAX);
    assert_true(boa_str_distance(longest, longer) == SIZE_MAX);
}

static void test_pieces(void **state)
{
    (void)state;
    struct boa_str text = BOA_STR("abc");
    assert_text_equal(boa_str_from_byte(text, 1), "bc");
    assert_text_equal(boa_str_from_byte(text, 3), "");
    assert_text_equal(boa_str_from_byte(text, 99), "");
    assert_true(boa_str_starts_with(text, BOA_STR_LIT("ab")));
    assert_false(boa_str_starts_with(text, BOA_STR_LIT("abcd")));
    assert_true(boa_str_starts_with((struct boa_str){ 0 }, (struct boa_str){ 0 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comparing),
        cmocka_unit_test(test_case_of_ascii_only),
        cmocka_unit_test(test_trimming),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_utf8_against_decoding),
        cmocka_unit_test(test_utf8_in_long_text),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_distance_of_long_names),
        cmocka_unit_test(test_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
