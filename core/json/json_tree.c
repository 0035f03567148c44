/* Trees from JSON text, and finding one's way in them. */
#include "core/json/json_tree.h"

#include "core/json/json_scan.h"
#include "core/json/text_position.h"
#include "core/json/tree_build.h"

/* The decoded text of a string or key, in the arena. */
static int decode(struct boa_str *out, const struct boa_json_scan *scan, struct boa_arena *arena,
                  struct boa_err *err)
{
    if (!scan->escaped)
        return boa_arena_copy(out, arena, scan->raw, err);
    char *text = boa_arena_alloc(arena, scan->raw.len + 1, err);
    if (text == NULL)
        return -1;
    size_t len = boa_json_unescape(text, scan->raw);
    text[len] = '\0';
    *out = boa_str_make(text, len);
    return 0;
}

static enum boa_node_type node_type(enum boa_json_kind kind)
{
    switch (kind) {
    case BOA_JSON_OBJECT_BEGIN:
        return BOA_NODE_OBJECT;
    case BOA_JSON_ARRAY_BEGIN:
        return BOA_NODE_ARRAY;
    case BOA_JSON_STRING:
        return BOA_NODE_STRING;
    case BOA_JSON_NUMBER:
        return BOA_NODE_NUMBER;
    case BOA_JSON_TRUE:
        return BOA_NODE_TRUE;
    case BOA_JSON_FALSE:
        return BOA_NODE_FALSE;
    default:
        return BOA_NODE_NULL;
    }
}

static int add_value(struct boa_tree_builder *builder, const struct boa_json_scan *scan,
                     enum boa_json_kind kind, struct boa_text_cursor *cursor, struct boa_err *err)
{
    struct boa_node *node = boa_tree_add(builder, node_type(kind), err);
    if (node == NULL)
        return -1;
    boa_text_cursor_move(cursor, scan->offset);
    node->offset = scan->offset;
    node->line = cursor->line;
    node->column = cursor->column;
    if (kind == BOA_JSON_OBJECT_BEGIN || kind == BOA_JSON_ARRAY_BEGIN) {
        boa_tree_enter(builder, node);
        return 0;
    }
    if (kind == BOA_JSON_STRING)
        return decode(&node->text, scan, builder->arena, err);
    return boa_arena_copy(&node->text, builder->arena, scan->raw, err);
}

int boa_tree_from_json(struct boa_node **out, struct boa_str text, struct boa_arena *arena,
                       uint64_t *line, uint64_t *column, struct boa_err *err)
{
    struct boa_tree_builder builder = { .arena = arena };
    struct boa_text_cursor cursor = boa_text_cursor_make(text);
    struct boa_json_scan scan;
    boa_json_scan_init(&scan, text);
    for (;;) {
        int status = 0;
        enum boa_json_kind kind = boa_json_scan_next(&scan);
        switch (kind) {
        case BOA_JSON_ERROR:
            boa_text_cursor_move(&cursor, scan.offset);
            *line = cursor.line;
            *column = cursor.column;
            return boa_err_set(err, BOA_ERR_DATA, "%s", boa_json_fault_text(scan.fault));
        case BOA_JSON_END:
            *out = builder.root;
            return 0;
        case BOA_JSON_KEY:
            status = decode(&builder.key, &scan, arena, err);
            builder.has_key = true;
            break;
        case BOA_JSON_OBJECT_END:
        case BOA_JSON_ARRAY_END:
            status = boa_tree_leave(&builder, err);
            break;
        default:
            status = add_value(&builder, &scan, kind, &cursor, err);
            break;
        }
        if (status != 0)
            return -1;
    }
}

struct boa_node *boa_node_member(const struct boa_node *object, struct boa_str key)
{
    if (object->type != BOA_NODE_OBJECT)
        return NULL;
    for (struct boa_node *node = object->first; node != NULL; node = node->next) {
        if (!node->repeated && boa_str_equal(node->key, key))
            return node;
    }
    return NULL;
}

struct boa_node *boa_node_element(const struct boa_node *array, size_t index)
{
    struct boa_node *node = array->type == BOA_NODE_ARRAY ? array->first : NULL;
    while (node != NULL && index-- > 0)
        node = node->next;
    return node;
}

const char *boa_node_type_name(const struct boa_node *node)
{
    switch (node->type) {
    case BOA_NODE_NULL:
        return "null";
    case BOA_NODE_FALSE:
    case BOA_NODE_TRUE:
        return "boolean";
    case BOA_NODE_NUMBER:
        return "number";
    case BOA_NODE_STRING:
        return "string";
    case BOA_NODE_PLAIN:
        return "text";
    case BOA_NODE_OBJECT:
        return "object";
    case BOA_NODE_ARRAY:
        return "array";
    }
    return "";
}
