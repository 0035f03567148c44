/* Trees from JSON: shape, texts, places, repeated members, and what happens when memory ends. */
#include "core/json/json_tree.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/json/json_scan.h"
#include "tests/unit/unit.h"

enum { ARENA_MAX = 64 << 20 };

static struct boa_node *parse(struct boa_arena *arena, struct boa_str text)
{
    struct boa_node *root = NULL;
    struct boa_err err = { 0 };
    uint64_t line, column;
    boa_arena_init(arena, ARENA_MAX);
    if (boa_tree_from_json(&root, text, arena, &line, &column, &err) != 0)
        fail_msg("%.*s: %s", BOA_STR_FMT(text), err.text);
    return root;
}

static void check(const struct boa_node *node, enum boa_node_type type, const char *text,
                  uint64_t line, uint64_t column, size_t offset)
{
    assert_non_null(node);
    assert_int_equal(node->type, type);
    assert_text_equal(node->text, text);
    assert_int_equal(node->line, line);
    assert_int_equal(node->column, column);
    assert_int_equal(node->offset, offset);
}

static void nodes_have_type_text_and_place(void **state)
{
    static const char text[] = "{\n"
                               "  \"\xC3\xA9\": \"\xE6\x9D\xB1\", \"n\": -1.50e3,\n"
                               "  \"l\": [true, false, null, \"a\\n\\u00e9\", {}]\n"
                               "}\n";
    struct boa_arena arena;
    (void)state;
    char *copy = strdup(text); /* nodes must outlive it */
    struct boa_node *root = parse(&arena, boa_str_from(copy));
    free(copy);

    check(root, BOA_NODE_OBJECT, "", 1, 1, 0);
    assert_int_equal(root->count, 3);
    assert_null(root->parent);
    check(root->first, BOA_NODE_STRING, "\xE6\x9D\xB1", 2, 8, 10);
    assert_text_equal(root->first->key, "\xC3\xA9");
    check(boa_node_member(root, BOA_STR_LIT("n")), BOA_NODE_NUMBER, "-1.50e3", 2, 18, 22);
    struct boa_node *list = boa_node_member(root, BOA_STR_LIT("l"));
    check(list, BOA_NODE_ARRAY, "", 3, 8, 38);
    assert_ptr_equal(list, root->last);
    assert_ptr_equal(list->parent, root);
    assert_int_equal(list->count, 5);
    check(boa_node_element(list, 0), BOA_NODE_TRUE, "true", 3, 9, 39);
    check(boa_node_element(list, 1), BOA_NODE_FALSE, "false", 3, 15, 45);
    check(boa_node_element(list, 2), BOA_NODE_NULL, "null", 3, 22, 52);
    check(boa_node_element(list, 3), BOA_NODE_STRING, "a\n\xC3\xA9", 3, 28, 58);
    check(boa_node_element(list, 4), BOA_NODE_OBJECT, "", 3, 41, 71);
    assert_null(boa_node_element(list, 5));
    boa_arena_release(&arena);
}

static void texts_may_hold_nul_and_be_the_document(void **state)
{
    struct boa_arena arena;
    (void)state;
    struct boa_node *root = parse(&arena, BOA_STR_LIT("{\"k\\u0000\":\"a\\u0000b\"}"));
    assert_true(boa_str_equal(root->first->key, BOA_STR_LIT("k\0")));
    assert_true(boa_str_equal(root->first->text, BOA_STR_LIT("a\0b")));
    boa_arena_release(&arena);
    check(parse(&arena, BOA_STR_LIT(" \"scalar\"")), BOA_NODE_STRING, "scalar", 1, 2, 1);
    boa_arena_release(&arena);
}

static void lookups_find_nothing_where_nothing_is(void **state)
{
    struct boa_arena arena;
    (void)state;
    struct boa_node *root = parse(&arena, BOA_STR_LIT("{\"a\":[1],\"b\":\"x\"}"));
    assert_null(boa_node_member(root, BOA_STR_LIT("c")));
    assert_null(boa_node_member(root->first, BOA_STR_LIT("")));
    assert_null(boa_node_member(root->last, BOA_STR_LIT("a")));
    assert_null(boa_node_element(root, 0));
    assert_null(boa_node_element(root->last, 0));
    boa_arena_release(&arena);
}

static void the_last_of_repeated_members_counts(void **state)
{
    struct boa_arena arena;
    (void)state;
    struct boa_node *root = parse(
        &arena, BOA_STR_LIT("{\"a\":1,\"b\":{\"a\":5},\"\\u0061\":2,\"c\":3,\"a\":4}"));
    static const bool want[] = { true, false, true, false, false };
    const struct boa_node *node = root->first;
    for (size_t i = 0; i < 5; i++, node = node->next)
        assert_int_equal(node->repeated, want[i]);
    assert_text_equal(boa_node_member(root, BOA_STR_LIT("a"))->text, "4");
    assert_false(boa_node_member(root, BOA_STR_LIT("b"))->first->repeated);
    boa_arena_release(&arena);
}

/* Every key stands twice, but for the last: large enough that comparing all pairs would take
 * minutes. */
static void many_members_are_no_trouble(void **state)
{
    enum { KEYS = 100000 };
    struct boa_arena arena;
    size_t size = (size_t)KEYS * 40, len = 0;
    char *text = malloc(size);
    (void)state;
    assert_non_null(text);
    text[len++] = '{';
    for (unsigned i = 0; i < KEYS; i++)
        len += (size_t)snprintf(text + len, size - len, "%s\"same-prefix-%u\":%u", i ? "," : "",
                                i * 7919u % (KEYS / 2), i);
    len += (size_t)snprintf(text + len, size - len, ",\"last\":1}");
    struct boa_node *root = parse(&arena, boa_str_make(text, len));
    free(text);
    assert_int_equal(root->count, KEYS + 1);
    size_t index = 0;
    for (const struct boa_node *node = root->first; node != NULL; node = node->next, index++)
        assert_int_equal(node->repeated, index < KEYS / 2);
    boa_arena_release(&arena);
}

static void faults_come_with_reason_and_place(void **state)
{
    static const struct {
        struct boa_str text;
        enum boa_json_fault fault;
        uint64_t line, column;
    } cases[] = {
        { BOA_STR(""), BOA_JSON_FAULT_EMPTY, 1, 1 },
        { BOA_STR("{\n  \"\xC3\xA9\": NaN\n}"), BOA_JSON_FAULT_LITERAL, 2, 8 },
        { BOA_STR("[1,\n2,\n]"), BOA_JSON_FAULT_COMMA, 2, 2 },
        { BOA_STR("{\"a\":[1,2]\n"), BOA_JSON_FAULT_UNFINISHED, 2, 1 },
        { BOA_STR("{} x"), BOA_JSON_FAULT_TRAILING, 1, 4 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct boa_arena arena;
        struct boa_err err = { 0 };
        struct boa_node *root = NULL;
        uint64_t line = 0, column = 0;
        boa_arena_init(&arena, ARENA_MAX);
        assert_int_equal(boa_tree_from_json(&root, cases[i].text, &arena, &line, &column, &err),
                         -1);
        boa_arena_release(&arena);
        assert_null(root);
        assert_int_equal(err.kind, BOA_ERR_DATA);
        assert_string_equal(err.text, boa_json_fault_text(cases[i].fault));
        assert_int_equal(line, cases[i].line);
        assert_int_equal(column, cases[i].column);
    }
}

static void depth_needs_no_stack(void **state)
{
    static char text[2 * BOA_JSON_DEPTH_MAX];
    struct boa_arena arena;
    size_t depth = 0;
    (void)state;
    memset(text, '[', BOA_JSON_DEPTH_MAX);
    memset(text + BOA_JSON_DEPTH_MAX, ']', BOA_JSON_DEPTH_MAX);
    struct boa_node *root = parse(&arena, boa_str_make(text, sizeof(text)));
    for (; root != NULL; root = root->first)
        depth++;
    assert_int_equal(depth, BOA_JSON_DEPTH_MAX);
    boa_arena_release(&arena);
}

static bool same_as_jsonc(const struct boa_node *node, struct json_object *object);

static bool same_members(const struct boa_node *node, struct json_object *object)
{
    size_t members = 0;
    for (const struct boa_node *child = node->first; child != NULL; child = child->next) {
        struct json_object *other;
        if (child->repeated)
            continue;
        members++;
        if (!json_object_object_get_ex(object, child->key.ptr, &other) ||
            !same_as_jsonc(child, other))
            return false;
    }
    return members == (size_t)json_object_object_length(object);
}

static bool same_as_jsonc(const struct boa_node *node, struct json_object *object)
{
    size_t index = 0;
    switch (node->type) {
    case BOA_NODE_OBJECT:
        return json_object_is_type(object, json_type_object) && same_members(node, object);
    case BOA_NODE_ARRAY:
        for (const struct boa_node *child = node->first; child != NULL; child = child->next) {
            if (!same_as_jsonc(child, json_object_array_get_idx(object, index++)))
                return false;
        }
        return json_object_is_type(object, json_type_array) &&
               index == json_object_array_length(object);
    case BOA_NODE_STRING:
        return json_object_is_type(object, json_type_string) &&
               boa_str_equal(node->text, boa_str_make(json_object_get_string(object),
                                                      (size_t)json_object_get_string_len(object)));
    default: /* json-c keeps how a number was written only for fractions; the cases mind that */
        return boa_str_equal_lit(node->text, object ? json_object_to_json_string(object) : "null");
    }
}

static void trees_hold_what_jsonc_reads(void **state)
{
    static const char *const texts[] = {
        "{\"a\":{\"b\":[1,2,{\"c\":[[],{}]}]},\"d\":\"\\ud834\\udd1e\\\\\\\"\\/\",\"e\":1.50}",
        "[\"\",\"\xC3\xA9\",\"\\u00e9\\t\",true,false,null,-7,{\"x\":1,\"y\":2,\"x\":{\"z\":[0]}}]",
        "{\"k\\n\":{},\"l\":[[[[\"deep\"]]]],\"m\":[{\"n\":0.25},{\"n\":1e5}]}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct boa_arena arena;
        struct boa_node *root = parse(&arena, boa_str_from(texts[i]));
        struct json_object *object = json_tokener_parse(texts[i]);
        assert_non_null(object);
        assert_true(same_as_jsonc(root, object));
        json_object_put(object);
        boa_arena_release(&arena);
    }
}

static void type_names_are_for_people(void **state)
{
    static const char *const names[] = { "null",   "boolean", "boolean", "number",
                                         "string", "text",    "object",  "array" };
    (void)state;
    for (unsigned type = 0; type < sizeof(names) / sizeof(names[0]); type++) {
        struct boa_node node = { .type = (enum boa_node_type)type };
        assert_string_equal(boa_node_type_name(&node), names[type]);
    }
}

static int parse_and_free(void *user, struct boa_err *err)
{
    static const char text[] =
        "{\"a\\n\":[1,\"\\u00e9\",null],\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,"
        "\"i\":1,\"j\":1,\"k\":1,\"l\":1,\"m\":1,\"n\":1,\"o\":1,\"a\":2}";
    struct boa_arena arena;
    struct boa_node *const untouched = user;
    struct boa_node *root = untouched;
    uint64_t line = 77, column = 78;
    boa_arena_init(&arena, ARENA_MAX);
    int status = boa_tree_from_json(&root, boa_str_from(text), &arena, &line, &column, err);
    boa_arena_release(&arena);
    assert_true(status == 0 || root == untouched);
    assert_true(line == 77 && column == 78);
    return status;
}

static void running_out_of_memory_is_reported(void **state)
{
    struct boa_node untouched;
    (void)state;
    assert_true(unit_each_allocation_fails(parse_and_free, &untouched) >= 2);
}

static void the_arena_limit_holds(void **state)
{
    struct boa_arena arena;
    struct boa_node *root = NULL;
    struct boa_err err = { 0 };
    uint64_t line, column;
    (void)state;
    boa_arena_init(&arena, 1000);
    assert_int_equal(boa_tree_from_json(&root, BOA_STR_LIT("[1,2,3,4,5,6,7,8,9,10,11,12]"), &arena,
                                        &line, &column, &err),
                     -1);
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
    boa_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_have_type_text_and_place),
        cmocka_unit_test(texts_may_hold_nul_and_be_the_document),
        cmocka_unit_test(lookups_find_nothing_where_nothing_is),
        cmocka_unit_test(the_last_of_repeated_members_counts),
        cmocka_unit_test(many_members_are_no_trouble),
        cmocka_unit_test(faults_come_with_reason_and_place),
        cmocka_unit_test(depth_needs_no_stack),
        cmocka_unit_test(trees_hold_what_jsonc_reads),
        cmocka_unit_test(type_names_are_for_people),
        cmocka_unit_test(running_out_of_memory_is_reported),
        cmocka_unit_test(the_arena_limit_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
