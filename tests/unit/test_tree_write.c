/* Trees as text: the same value as json-c reads it, laid out as promised. */
#include "core/json/tree_write.h"

#include <json-c/json.h>

#include "tests/unit/unit.h"

/* The text of a tree made of `json`, in a static buffer. */
static const char *rewrite(const char *json, unsigned indent)
{
    static char text[1 << 16];
    struct boa_arena arena;
    struct boa_buf buf;
    struct boa_node *node;
    uint64_t line, column;
    struct boa_err err = { 0 };

    boa_arena_init(&arena, 1 << 20);
    boa_buf_init(&buf, sizeof text - 1);
    if (boa_tree_from_json(&node, boa_str_from(json), &arena, &line, &column, &err) != 0 ||
        boa_tree_put(&buf, node, indent, &err) != 0)
        fail_msg("%s", err.text);
    memcpy(text, buf.ptr, buf.len);
    text[buf.len] = '\0';
    boa_buf_release(&buf);
    boa_arena_release(&arena);
    return text;
}

static void test_layout(void **state)
{
    (void)state;
    const char *json = " { \"a\" : [ 1 , {} , [ ] , [ true ] ] , \"b\" : { \"c\" : null } } ";

    assert_string_equal(rewrite(json, 0), "{\"a\":[1,{},[],[true]],\"b\":{\"c\":null}}");
    assert_string_equal(rewrite(json, 2), "{\n  \"a\": [\n    1,\n    {},\n    [],\n    [\n"
                                          "      true\n    ]\n  ],\n  \"b\": {\n    \"c\": null\n"
                                          "  }\n}");
    assert_string_equal(rewrite("{}", 4), "{}");
    assert_string_equal(rewrite("\"x\"", 4), "\"x\"");
}

static void test_values_stay_what_they_are(void **state)
{
    (void)state;
    assert_string_equal(rewrite("[1.50,-0,1E+2,123456789012345678901234567890,0.1e-400]", 0),
                        "[1.50,-0,1E+2,123456789012345678901234567890,0.1e-400]");
    assert_string_equal(rewrite("[\"\\u00e9\\n\\\"\\/\",false]", 0), "[\"é\\n\\\"/\",false]");
    assert_string_equal(rewrite("{\"a\":1,\"a\":2,\"\":3}", 0), "{\"a\":1,\"a\":2,\"\":3}");
}

/* json-c reads the same out of what was written as out of what was read. */
static void test_json_c_reads_the_same(void **state)
{
    static const char *const texts[] = {
        "[]",
        "{\"a\":{\"b\":[{\"c\":[[[{}]]]},{\"d\":\"\\u0001\\u007f😀\"}]},\"e\":[null,true,0.25]}",
        "{\"a/b\":{\"~\":[1,2,{\"x\":[]}]},\"\\u0041\":\"\\ud83d\\ude00\"}",
        "[[[[[[[[[[[[[[[[[[[[1,2],3]]]]]]]]]]]]]]]]]],4]",
        "{\"deep\":[[[[[[[[[[[[[[[[[[{}]]]]]]]]]]]]]]]]]],\"flat\":0}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (unsigned indent = 0; indent <= 4; indent++) {
            struct json_object *want = json_tokener_parse(texts[i]);
            struct json_object *have = json_tokener_parse(rewrite(texts[i], indent));

            assert_non_null(want);
            assert_true(json_object_equal(want, have));
            json_object_put(want);
            json_object_put(have);
        }
    }
}

/* Blanks grow with the depth: without an end to that, 1000 brackets would become a megabyte. */
static void test_deep_levels_stand_on_one_line(void **state)
{
    char json[2001];

    (void)state;
    memset(json, '[', 1000);
    memset(json + 1000, ']', 1000);
    json[2000] = '\0';
    assert_true(strlen(rewrite(json, 8)) < 8192);
    assert_string_equal(rewrite(json, 0), json);
}

static void test_a_full_buffer_keeps_what_it_had(void **state)
{
    struct boa_node one = { .type = BOA_NODE_NUMBER, .text = BOA_STR("1") };
    struct boa_node array = { .type = BOA_NODE_ARRAY, .first = &one, .last = &one, .count = 1 };
    struct boa_buf buf;
    struct boa_err err = { 0 };

    (void)state;
    one.parent = &array;
    for (size_t max = 4; max <= 6; max++) {
        boa_buf_init(&buf, max);
        assert_int_equal(boa_buf_put(&buf, BOA_STR_LIT("old"), &err), 0);
        assert_int_equal(boa_tree_put(&buf, &array, 0, &err), max < 6 ? -1 : 0);
        assert_text_equal(boa_buf_str(&buf), max < 6 ? "old" : "old[1]");
        boa_buf_release(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_values_stay_what_they_are),
        cmocka_unit_test(test_json_c_reads_the_same),
        cmocka_unit_test(test_deep_levels_stand_on_one_line),
        cmocka_unit_test(test_a_full_buffer_keeps_what_it_had),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
