/* The scanner's switch for what Python writes where there is no number. */
#include "core/json/json_scan.h"

#include <stdlib.h>

#include "tests/unit/unit.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The first token of a text in brackets, in a block of exactly its size. */
static enum boa_json_kind scan_first(struct boa_json_scan *scan, const char *text, bool literals)
{
    size_t len = strlen(text);
    char *copy = malloc(len);
    enum boa_json_kind kind;

    assert_non_null(copy);
    memcpy(copy, text, len);
    boa_json_scan_init(scan, boa_str_make(copy, len));
    assert_false(scan->python_literals);
    scan->python_literals = literals;
    assert_int_equal(boa_json_scan_next(scan), BOA_JSON_ARRAY_BEGIN);
    kind = boa_json_scan_next(scan);
    if (kind != BOA_JSON_ERROR) {
        assert_true(scan->raw.ptr == copy + scan->offset);
        scan->raw = boa_str_make(text + scan->offset, scan->raw.len);
    }
    free(copy);
    return kind;
}

static void test_literals_are_numbers_when_asked_for(void **state)
{
    static const char *const words[] = { "NaN", "Infinity", "-Infinity" };
    static const char *const ends[] = { "]", ",1]", " ]" };
    struct boa_json_scan scan;
    char text[32];

    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        for (size_t j = 0; j < COUNT(ends); j++) {
            strcpy(text, "[");
            strcat(text, words[i]);
            strcat(text, ends[j]);
            assert_int_equal(scan_first(&scan, text, true), BOA_JSON_NUMBER);
            assert_text_equal(scan.raw, words[i]);
            assert_int_equal(scan.offset, 1);
            assert_int_equal(scan_first(&scan, text, false), BOA_JSON_ERROR);
            assert_int_equal(scan.fault, BOA_JSON_FAULT_LITERAL);
            assert_int_equal(scan.offset, 1);
        }
    }
}

static void test_what_only_begins_so_is_none(void **state)
{
    static const struct {
        const char *text;
        enum boa_json_fault fault;
        size_t offset;
    } cases[] = {
        { "[nan]", BOA_JSON_FAULT_LITERAL, 1 },       { "[NAN]", BOA_JSON_FAULT_LITERAL, 1 },
        { "[-NaN]", BOA_JSON_FAULT_LITERAL, 1 },      { "[NaNs]", BOA_JSON_FAULT_LITERAL, 1 },
        { "[None]", BOA_JSON_FAULT_LITERAL, 1 },      { "[Inf]", BOA_JSON_FAULT_LITERAL, 1 },
        { "[-inf]", BOA_JSON_FAULT_LITERAL, 1 },      { "[+Infinity]", BOA_JSON_FAULT_NUMBER, 1 },
        { "[Infinity1]", BOA_JSON_FAULT_LITERAL, 1 }, { "[-]", BOA_JSON_FAULT_NUMBER, 1 },
        { "[Na", BOA_JSON_FAULT_UNFINISHED, 3 },      { "[-Infi", BOA_JSON_FAULT_UNFINISHED, 6 },
        { "[1NaN]", BOA_JSON_FAULT_NUMBER, 1 },
    };
    struct boa_json_scan scan;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(scan_first(&scan, cases[i].text, true), BOA_JSON_ERROR);
        if (scan.fault != cases[i].fault || scan.offset != cases[i].offset)
            fail_msg("%s: have fault %d at %zu", cases[i].text, scan.fault, scan.offset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_literals_are_numbers_when_asked_for),
        cmocka_unit_test(test_what_only_begins_so_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
