/* Trees from YAML: what is read as what, what is refused and where. */
#include "core/json/json_tree.h"

#include "core/json/json_scan.h"
#include "tests/unit/unit.h"

enum { ARENA_MAX = 8 << 20 };

static struct boa_node *parse(struct boa_arena *arena, struct boa_str text)
{
    struct boa_node *root = NULL;
    struct boa_err err = { 0 };
    uint64_t line, column;
    boa_arena_init(arena, ARENA_MAX);
    if (boa_tree_from_yaml(&root, text, arena, &line, &column, &err) != 0)
        fail_msg("%.*s: %s", BOA_STR_FMT(text), err.text);
    return root;
}

static void scalars_stay_text(void **state)
{
    static const struct boa_str text = BOA_STR("country: NO\n"
                                               "version: 1.10\n"
                                               "date: 2024-01-01\n"
                                               "yes: on\n"
                                               "octal: 0o17\n"
                                               "quoted: \"x\\u00e9\"\n"
                                               "single: 'it''s'\n"
                                               "block: |\n"
                                               "  two\n"
                                               "  lines\n"
                                               "folded: >-\n"
                                               "  two\n"
                                               "  words\n"
                                               "nothing:\n"
                                               "tilde: ~\n"
                                               "null: null\n"
                                               "said: \"null\"\n"
                                               "empty: ''\n");
    static const struct {
        const char *key, *text;
        enum boa_node_type type;
        uint64_t line, column;
    } want[] = {
        { "country", "NO", BOA_NODE_PLAIN, 1, 10 },
        { "version", "1.10", BOA_NODE_PLAIN, 2, 10 },
        { "date", "2024-01-01", BOA_NODE_PLAIN, 3, 7 },
        { "yes", "on", BOA_NODE_PLAIN, 4, 6 },
        { "octal", "0o17", BOA_NODE_PLAIN, 5, 8 },
        { "quoted", "x\xC3\xA9", BOA_NODE_STRING, 6, 9 },
        { "single", "it's", BOA_NODE_STRING, 7, 9 },
        { "block", "two\nlines\n", BOA_NODE_STRING, 8, 8 },
        { "folded", "two words", BOA_NODE_STRING, 11, 9 },
        { "nothing", "", BOA_NODE_NULL, 14, 9 },
        { "tilde", "~", BOA_NODE_NULL, 15, 8 },
        { "null", "null", BOA_NODE_NULL, 16, 7 },
        { "said", "null", BOA_NODE_STRING, 17, 7 },
        { "empty", "", BOA_NODE_STRING, 18, 8 },
    };
    struct boa_arena arena;
    (void)state;
    struct boa_node *root = parse(&arena, text);
    assert_int_equal(root->type, BOA_NODE_OBJECT);
    assert_int_equal(root->count, sizeof(want) / sizeof(want[0]));
    const struct boa_node *node = root->first;
    for (size_t i = 0; i < root->count; i++, node = node->next) {
        assert_text_equal(node->key, want[i].key);
        assert_text_equal(node->text, want[i].text);
        assert_int_equal(node->type, want[i].type);
        assert_int_equal(node->line, want[i].line);
        assert_int_equal(node->column, want[i].column);
        assert_int_equal(node->offset, 0);
    }
    boa_arena_release(&arena);
}

static void both_styles_nest(void **state)
{
    static const struct boa_str text = BOA_STR("%YAML 1.1\n"
                                               "---\n"
                                               "k\xC3\xA9y: [1, {b: c}, [], ]\n"
                                               "list:\n"
                                               "- \xC3\xA9: x   # a comment\n"
                                               "  y: z\n"
                                               "- - w\n");
    struct boa_arena arena;
    (void)state;
    struct boa_node *root = parse(&arena, text);
    struct boa_node *flow = boa_node_member(root, BOA_STR_LIT("k\xC3\xA9y"));
    assert_int_equal(flow->count, 3);
    assert_int_equal(flow->column, 6);
    assert_text_equal(boa_node_member(boa_node_element(flow, 1), BOA_STR_LIT("b"))->text, "c");
    struct boa_node *list = boa_node_member(root, BOA_STR_LIT("list"));
    struct boa_node *item = boa_node_element(list, 0);
    assert_int_equal(list->count, 2);
    assert_int_equal(item->line, 5);
    assert_int_equal(item->column, 3);
    assert_ptr_equal(item->parent, list);
    assert_text_equal(item->first->text, "x");
    assert_int_equal(item->first->column, 6);
    assert_text_equal(boa_node_element(list, 1)->first->text, "w");
    boa_arena_release(&arena);
}

static void a_document_may_be_empty(void **state)
{
    static const struct boa_str texts[] = {
        { NULL, 0 },      BOA_STR("\n \n"),          BOA_STR("# comment\n"),
        BOA_STR("---\n"), BOA_STR("--- # x\n...\n"), BOA_STR("\xEF\xBB\xBF"),
        BOA_STR("{}")
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct boa_arena arena;
        struct boa_node *root = parse(&arena, texts[i]);
        assert_int_equal(root->type, BOA_NODE_OBJECT);
        assert_int_equal(root->count, 0);
        assert_true(root->line >= 1 && root->column >= 1);
        boa_arena_release(&arena);
    }
}

static void the_last_of_repeated_keys_counts(void **state)
{
    struct boa_arena arena;
    (void)state;
    struct boa_node *root = parse(&arena, BOA_STR_LIT("a: 1\nb: 2\n'a': 3\n"));
    assert_true(root->first->repeated);
    assert_text_equal(boa_node_member(root, BOA_STR_LIT("a"))->text, "3");
    boa_arena_release(&arena);
}

static void a_byte_order_mark_has_no_column(void **state)
{
    struct boa_arena arena;
    (void)state;
    struct boa_node *root = parse(&arena, BOA_STR_LIT("\xEF\xBB\xBF"
                                                      "a: 1\n"));
    assert_text_equal(root->first->key, "a");
    assert_int_equal(root->first->column, 4);
    boa_arena_release(&arena);
}

/* clang-format off */
static const struct {
    struct boa_str text;
    uint64_t line, column;
    const char *says;
} refusals[] = {
    { BOA_STR("a: &x 1\n"),             1, 4, "an anchor" },
    { BOA_STR("b:\n  &x c: 1\n"),       2, 3, "an anchor" },
    { BOA_STR("a: &x [1]\n"),           1, 4, "an anchor" },
    { BOA_STR("a: &x {b: 1}\n"),        1, 4, "an anchor" },
    { BOA_STR("\xC3\xA9: *x\n"),        1, 4, "an alias" },
    { BOA_STR("*x : 1\n"),              1, 1, "an alias" },
    { BOA_STR("a: !!str 1\n"),          1, 4, "a tag" },
    { BOA_STR("a: ! 1\n"),              1, 4, "a tag" },
    { BOA_STR("!mine\na: 1\n"),         1, 1, "a tag" },
    { BOA_STR("- !!set {a}\n"),         1, 3, "a tag" },
    { BOA_STR("- !x [a]\n"),            1, 3, "a tag" },
    { BOA_STR("%TAG ! x:\n--- a\n"),    1, 1, "a %TAG directive" },
    { BOA_STR("a: 1\n...\n# \xC2\x85%TAG ! x:\n"), 3, 4, "a %TAG directive" },
    { BOA_STR("a: 1\n<<: {b: 2}\n"),    2, 1, "a merge key" },
    { BOA_STR("? [a]\n: b\n"),          1, 3, "a key that is not text" },
    { BOA_STR("{a: 1}: 2\n"),           1, 1, "a key that is not text" },
    { BOA_STR("a: 1\n---\nb: 2\n"),     2, 1, "a second document" },
    { BOA_STR("\xFF\xFE" "a\0:\0"),     1, 1, "UTF-16" },
    { BOA_STR("\xFE\xFF\0a\0:"),        1, 1, "UTF-16" },
    { BOA_STR("a\0:\0"),                1, 1, "UTF-16" },
    { BOA_STR("\0a\0:"),                1, 1, "UTF-16" },
    { BOA_STR("a: b: c\n"),             1, 5, "text that contains \": \" needs quotes" },
    { BOA_STR("a: b\n  c: d\n"),        2, 4, "indented like its neighbours?" },
    { BOA_STR("a:\n  b: 1\n c: 2\n"),   3, 2, "indented like its neighbours?" },
    { BOA_STR(" a: 1\nb: 2\n"),         2, 1, "indented like the first?" },
    { BOA_STR("a: 1\nword\nb: 2\n"),    2, 1, "without \"name: value\"" },
    { BOA_STR("a:\n\t- b\n"),           2, 1, "a tab; YAML indents with blanks" },
    { BOA_STR("\xC3\xA9:\n\tb: c\n"),   2, 1, "a tab; YAML indents with blanks" },
    { BOA_STR("a: b\n\tc: d\n"),        2, 1, "a tab; YAML indents with blanks" },
    { BOA_STR("a: 'x\nb: c\n"),         1, 4, "a quote that is never closed" },
    { BOA_STR("a: \"x\nb: c\n"),        1, 4, "a quote that is never closed" },
    { BOA_STR("a: \"C:\\new\\q\"\n"),   1, 11, "an unknown escape" },
    { BOA_STR("a: \"x\" y\n"),          1, 8, "quotes go around the whole text" },
    { BOA_STR("a: [1, 2\n"),            1, 4, "a [ that is never closed" },
    { BOA_STR("a:\n  {b: c\nd: e\n"),   2, 3, "a { that is never closed" },
    { BOA_STR("- a\nb: c\n"),           2, 1, "want \"- \"" },
    { BOA_STR("a: - b\n"),              1, 4, "unexpected \"- \"" },
    { BOA_STR("a: ]\n"),                1, 4, "needs quotes" },
    { BOA_STR("a: *\n"),                1, 5, "begins with * or &" },
    { BOA_STR("a: > b\n"),              1, 6, "begins with | or >" },
    { BOA_STR("a: 1\nb: @c\n"),         2, 4, "begins with this character needs quotes" },
    { BOA_STR("a: \x01\n"),             1, 4, "control characters" },
    { BOA_STR("a: b\0c\n"),             1, 5, "control characters" },
    { BOA_STR("a: !<x\n"),              1, 7, "the expected '>' while scanning a tag" },
    { BOA_STR("\xC3\xA9: [\xC3\xA9, \xFF]"), 1, 8, "save the file as UTF-8" },
    { BOA_STR("a: \xE2\x28\xA1\n"),     1, 5, "save the file as UTF-8" },
    { BOA_STR("a: \xC3"),               1, 4, "save the file as UTF-8" },
    { BOA_STR("\xEF\xBB\xBF" "a: \xFF"), 1, 4, "save the file as UTF-8" },
};
/* clang-format on */

static void refusals_say_what_and_where(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        struct boa_arena arena;
        struct boa_node *root = NULL;
        struct boa_err err = { 0 };
        uint64_t line = 0, column = 0;
        boa_arena_init(&arena, ARENA_MAX);
        int status = boa_tree_from_yaml(&root, refusals[i].text, &arena, &line, &column, &err);
        boa_arena_release(&arena);
        if (status != -1 || err.kind != BOA_ERR_DATA ||
            strstr(err.text, refusals[i].says) == NULL || line != refusals[i].line ||
            column != refusals[i].column)
            fail_msg("%.*s: have %d:%d: %s", BOA_STR_FMT(refusals[i].text), (int)line, (int)column,
                     err.text);
        assert_null(root);
    }
}

static int depth_status(const char *level, const char *core, size_t levels)
{
    static char text[8 * BOA_JSON_DEPTH_MAX];
    struct boa_arena arena;
    struct boa_node *root;
    struct boa_err err = { 0 };
    uint64_t line, column;
    size_t len = 0;
    for (size_t i = 0; i < levels; i++, len += strlen(level))
        memcpy(text + len, level, strlen(level));
    memcpy(text + len, core, strlen(core));
    len += strlen(core);
    if (level[0] == '[') {
        memset(text + len, ']', levels);
        len += levels;
    }
    boa_arena_init(&arena, ARENA_MAX);
    int status = boa_tree_from_yaml(&root, boa_str_make(text, len), &arena, &line, &column, &err);
    boa_arena_release(&arena);
    if (status != 0)
        assert_string_equal(err.text, boa_json_fault_text(BOA_JSON_FAULT_DEPTH));
    return status;
}

static void depth_has_a_limit(void **state)
{
    (void)state;
    assert_int_equal(depth_status("[", "", BOA_JSON_DEPTH_MAX), 0);
    assert_int_equal(depth_status("[", "", BOA_JSON_DEPTH_MAX + 1), -1);
    assert_int_equal(depth_status("- ", "x", BOA_JSON_DEPTH_MAX), 0);
    assert_int_equal(depth_status("- ", "x", BOA_JSON_DEPTH_MAX + 1), -1);
}

static int parse_and_free(void *user, struct boa_err *err)
{
    static const char text[] = "{a: [x, 'y'], b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, "
                               "j: 1, k: 1, l: 1, m: 1, n: 1}\n";
    struct boa_arena arena;
    struct boa_node *const untouched = user;
    struct boa_node *root = untouched;
    uint64_t line = 77, column = 78;
    boa_arena_init(&arena, ARENA_MAX);
    int status = boa_tree_from_yaml(&root, boa_str_from(text), &arena, &line, &column, err);
    boa_arena_release(&arena);
    assert_true(status == 0 || root == untouched);
    assert_true(line == 77 && column == 78);
    return status;
}

static int parse_nothing_and_free(void *user, struct boa_err *err)
{
    struct boa_arena arena;
    struct boa_node *root;
    uint64_t line, column;
    (void)user;
    boa_arena_init(&arena, ARENA_MAX);
    int status = boa_tree_from_yaml(&root, BOA_STR_LIT("# none\n"), &arena, &line, &column, err);
    boa_arena_release(&arena);
    return status;
}

static void running_out_of_memory_is_reported(void **state)
{
    struct boa_node untouched;
    (void)state;
    assert_true(unit_each_allocation_fails(parse_and_free, &untouched) >= 2);
    assert_true(UNIT_EACH_ALLOCATION_FAILS(parse_nothing_and_free) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_stay_text),
        cmocka_unit_test(both_styles_nest),
        cmocka_unit_test(a_document_may_be_empty),
        cmocka_unit_test(the_last_of_repeated_keys_counts),
        cmocka_unit_test(a_byte_order_mark_has_no_column),
        cmocka_unit_test(refusals_say_what_and_where),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(running_out_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
