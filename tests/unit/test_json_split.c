/* Where values end, whatever the pieces they come in: hand-written expectations, and the scanner's
 * word. */
#include "core/json/json_split.h"

#include <stdlib.h>

#include "tests/unit/unit.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#define MORE BOA_JSON_SPLIT_MORE
#define END BOA_JSON_SPLIT_END
#define BROKEN BOA_JSON_SPLIT_BROKEN

/* clang-format off */
static const struct split_case {
    struct boa_str text;
    enum boa_json_split_verdict verdict;
    size_t offset;
    bool bare;
} cases[] = {
    { BOA_STR("{}"),                       END, 2, true },
    { BOA_STR("{ \n}x"),                   END, 4, true },
    { BOA_STR(" \t[[],{ } ] "),            END, 11, true },
    { BOA_STR("{\"a\":1}{\"b\":2}"),       END, 7, false },
    { BOA_STR("[1,2]]"),                   END, 5, false },
    { BOA_STR("{\"}\":\"]\\\"}\",\"b\\\\\":{\"c\":[{}]}}\n"), END, 29, false },
    { BOA_STR("\"a\"b"),                   END, 3, false },
    { BOA_STR("12,"),                      END, 2, false },
    { BOA_STR("true\n"),                   END, 4, false },
    { BOA_STR("[NaN, -Infinity]"),         END, 16, false },
    { BOA_STR("[\"\x80\\q\", 01, nul]"),   END, 16, false }, /* for the scanner to judge */

    { BOA_STR(""),                         MORE, 0, true },
    { BOA_STR(" \n"),                      MORE, 2, true },
    { BOA_STR("{"),                        MORE, 1, true },
    { BOA_STR("{ "),                       MORE, 2, true },
    { BOA_STR("{\"a"),                     MORE, 3, false },
    { BOA_STR("{\"a\\"),                   MORE, 4, false },
    { BOA_STR("{\"a\" "),                  MORE, 5, false },
    { BOA_STR("{\"a\":"),                  MORE, 5, false },
    { BOA_STR("{\"a\":[1"),                MORE, 7, false },
    { BOA_STR("{\"a\":[1],"),              MORE, 9, false },
    { BOA_STR("12"),                       MORE, 2, false },

    { BOA_STR("}"),                        BROKEN, 0, true },
    { BOA_STR(":"),                        BROKEN, 0, true },
    { BOA_STR("{'a'"),                     BROKEN, 1, true },
    { BOA_STR("{{"),                       BROKEN, 1, true },
    { BOA_STR("{]"),                       BROKEN, 1, true },
    { BOA_STR("[}"),                       BROKEN, 1, true },
    { BOA_STR("[,"),                       BROKEN, 1, true },
    { BOA_STR("{\"a\"}"),                  BROKEN, 4, false },
    { BOA_STR("{\"a\",1}"),                BROKEN, 4, false },
    { BOA_STR("{\"a\":,"),                 BROKEN, 5, false },
    { BOA_STR("{\"a\":1 \"b\""),           BROKEN, 7, false },
    { BOA_STR("{\"a\":1,}"),               BROKEN, 7, false },
    { BOA_STR("{\"a\":1,{"),               BROKEN, 7, false },
    { BOA_STR("{\"a\":1]"),                BROKEN, 6, false },
    { BOA_STR("[1}"),                      BROKEN, 2, false },
    { BOA_STR("[1,]"),                     BROKEN, 3, false },
    { BOA_STR("[1 2"),                     BROKEN, 3, false },
    { BOA_STR("{\"a\n\":1}"),              BROKEN, 3, false },
    { BOA_STR("{\"a\\\n"),                 BROKEN, 4, false },
    { BOA_STR("[\"\0\"]"),                 BROKEN, 2, false },
};
/* clang-format on */

/* Feeds `step` bytes more at a time. What was looked at is overwritten, so that looking at it again
 * shows; each piece is a block of its own, so that AddressSanitizer sees what is beyond. */
static void check(struct boa_str text, size_t step, enum boa_json_split_verdict want, size_t offset,
                  bool bare)
{
    struct boa_json_split split;
    enum boa_json_split_verdict verdict = MORE;

    boa_json_split_init(&split);
    for (size_t len = 0; verdict == MORE && len < text.len;) {
        len = text.len - len > step ? len + step : text.len;
        char *piece = malloc(len);
        assert_non_null(piece);
        memcpy(piece, text.ptr, len);
        memset(piece, '\1', split.offset);
        verdict = boa_json_split_feed(&split, boa_str_make(piece, len));
        assert_true(verdict != MORE || split.offset == len);
        assert_int_equal(boa_json_split_feed(&split, boa_str_make(piece, len)), verdict);
        free(piece);
    }
    if (verdict != want || split.offset != offset || split.bare != bare)
        fail_msg("%.*s by %zu: have %d at %zu, bare %d", BOA_STR_FMT(text), step, (int)verdict,
                 split.offset, split.bare);
}

static void test_verdicts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t step = 1; step < 5; step++)
            check(cases[i].text, step, cases[i].verdict, cases[i].offset, cases[i].bare);
        check(cases[i].text, SIZE_MAX, cases[i].verdict, cases[i].offset, cases[i].bare);
    }
}

/* Brackets `depth` levels deep, every other one of them an object. */
static char *make_nest(size_t *len, size_t depth)
{
    char *text = malloc(6 * depth + 1), *pos = text;

    assert_non_null(text);
    for (size_t i = 0; i < depth; i++) {
        const char *opening = i % 2 == 0 ? "[" : "{\"\":";
        memcpy(pos, opening, strlen(opening));
        pos += strlen(opening);
    }
    *pos++ = '0';
    for (size_t i = depth; i-- > 0;)
        *pos++ = i % 2 == 0 ? ']' : '}';
    *len = (size_t)(pos - text);
    return text;
}

static void test_depth_is_the_scanners(void **state)
{
    static const size_t depths[] = { 1, 63, 64, 65, 999, 1000 };
    size_t len;
    char *text;

    (void)state;
    for (size_t i = 0; i < COUNT(depths); i++) {
        text = make_nest(&len, depths[i]);
        check(boa_str_make(text, len), 7, END, len, false);
        free(text);
    }
    text = make_nest(&len, 1001);
    check(boa_str_make(text, len), 7, BROKEN, 2500, false);
    free(text);
}

/* A closing bracket of the wrong kind is seen on every level. */
static void test_kinds_of_all_levels(void **state)
{
    size_t len;
    char *text = make_nest(&len, 300);

    (void)state;
    for (size_t at = len - 300; at < len; at++) {
        text[at] = text[at] == ']' ? '}' : ']';
        check(boa_str_make(text, len), SIZE_MAX, BROKEN, at, false);
        text[at] = text[at] == ']' ? '}' : ']';
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_depth_is_the_scanners),
        cmocka_unit_test(test_kinds_of_all_levels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
