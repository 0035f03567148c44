/* Any bytes as YAML: a tree that keeps its promises, or a reason with a place. */
#include "core/json/json_scan.h"
#include "core/json/json_tree.h"
#include "tests/fuzz/fuzz.h"

/* Looking up every member is quadratic, so only small objects are checked that way. */
enum { ARENA_MAX = 64 << 20, LOOKUP_MAX = 64 };

static bool is_utf8(struct boa_str text)
{
    return boa_utf8_valid_prefix(text) == text.len;
}

static void check_members(const struct boa_node *object)
{
    size_t members = 0;
    for (const struct boa_node *node = object->first; node != NULL; node = node->next) {
        members++;
        if (object->type != BOA_NODE_OBJECT || object->count > LOOKUP_MAX)
            continue;
        const struct boa_node *found = boa_node_member(object, node->key);
        FUZZ_CHECK(found != NULL && !found->repeated);
        FUZZ_CHECK((found == node) == !node->repeated);
    }
    FUZZ_CHECK(members == object->count);
}

static void check_node(const struct boa_node *node)
{
    FUZZ_CHECK(node->type != BOA_NODE_NUMBER && node->type != BOA_NODE_TRUE &&
               node->type != BOA_NODE_FALSE);
    FUZZ_CHECK(node->line >= 1 && node->column >= 1);
    FUZZ_CHECK(is_utf8(node->key) && is_utf8(node->text));
    FUZZ_CHECK(!node->repeated || node->parent->type == BOA_NODE_OBJECT);
    check_members(node);
}

static void check_tree(const struct boa_node *root)
{
    unsigned depth = 0;
    const struct boa_node *node = root;
    while (node != NULL) {
        check_node(node);
        if (node->first != NULL) {
            node = node->first;
            FUZZ_CHECK(++depth <= BOA_JSON_DEPTH_MAX);
            continue;
        }
        while (node != NULL && node->next == NULL) {
            node = node->parent;
            depth--;
        }
        node = node != NULL ? node->next : NULL;
    }
}

int boa_fuzz_yaml_tree(const uint8_t *data, size_t size)
{
    struct boa_arena arena;
    struct boa_node *root = NULL;
    struct boa_err err = { 0 };
    uint64_t line = 0, column = 0;
    boa_arena_init(&arena, ARENA_MAX);
    struct boa_str text = boa_str_make((const char *)data, size);
    if (boa_tree_from_yaml(&root, text, &arena, &line, &column, &err) == 0) {
        FUZZ_CHECK(root != NULL);
        check_tree(root);
    } else {
        FUZZ_CHECK(root == NULL && err.text[0] != '\0');
        FUZZ_CHECK(err.kind == BOA_ERR_DATA || err.kind == BOA_ERR_LIMIT);
        FUZZ_CHECK(err.kind != BOA_ERR_DATA || (line >= 1 && column >= 1));
    }
    boa_arena_release(&arena);
    return 0;
}
