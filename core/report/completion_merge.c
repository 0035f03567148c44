/* Puts a context over a report's tree. Depth is that of the field table. */
#include "core/report/completion_parts.h"

/* Also makes nothing of what an object or array held. */
static void become(struct boa_node *node, enum boa_node_type type, struct boa_str text)
{
    node->type = type;
    node->text = text;
    node->first = node->last = NULL;
    node->count = 0;
}

static struct boa_node *add_node(const struct completer *c, struct boa_node *parent,
                                 enum boa_node_type type, struct boa_str key)
{
    struct boa_node *node = boa_arena_alloc_zero(c->arena, 1, sizeof *node, c->err);

    if (node == NULL)
        return NULL;
    node->type = type;
    node->key = key;
    node->line = parent->line;
    boa_node_append(parent, node);
    return node;
}

static enum boa_node_type node_type(enum boa_field_id field)
{
    static const enum boa_node_type types[] = {
        [BOA_FIELD_OBJECT] = BOA_NODE_OBJECT,  [BOA_FIELD_ARRAY] = BOA_NODE_ARRAY,
        [BOA_FIELD_STRING] = BOA_NODE_STRING,  [BOA_FIELD_NUMBER] = BOA_NODE_NUMBER,
        [BOA_FIELD_INTEGER] = BOA_NODE_NUMBER,
    };

    return types[boa_field_get(field)->type];
}

int completer_set(const struct completer *c, struct boa_node *object, enum boa_field_id field,
                  struct boa_str text)
{
    struct boa_str key = boa_field_key(field);
    struct boa_node *node = boa_node_member(object, key);

    if (node == NULL)
        node = add_node(c, object, node_type(field), key);
    if (node == NULL)
        return -1;
    become(node, node_type(field), text);
    return 0;
}

struct boa_node *completer_open(const struct completer *c, struct boa_node *object,
                                enum boa_field_id field)
{
    struct boa_str key = boa_field_key(field);
    struct boa_node *node = boa_node_member(object, key);

    if (node == NULL)
        return add_node(c, object, node_type(field), key);
    if (node->type != node_type(field))
        become(node, node_type(field), (struct boa_str){ 0 });
    return node;
}

/* False for what was taken back: empty texts, and objects and arrays of nothing else. */
static bool says_something(const struct boa_given *given)
{
    if (given->text.len != 0)
        return true;
    for (const struct boa_given *child = given->first; child != NULL; child = child->next) {
        if (says_something(child))
            return true;
    }
    return false;
}

static int merge_object(const struct completer *c, struct boa_node *object,
                        const struct boa_given *given);

static int add_element(const struct completer *c, struct boa_node *array,
                       const struct boa_given *given)
{
    struct boa_node *element = add_node(c, array, BOA_NODE_OBJECT, (struct boa_str){ 0 });

    return element != NULL ? merge_object(c, element, given) : -1;
}

static int replace_elements(const struct completer *c, struct boa_node *array,
                            const struct boa_given *given)
{
    become(array, BOA_NODE_ARRAY, (struct boa_str){ 0 });
    for (const struct boa_given *g = given->first; g != NULL; g = g->next) {
        if (says_something(g) && add_element(c, array, g) != 0)
            return -1;
    }
    return 0;
}

/* The one element of the context goes over every measure; it makes none, for it has no energy. */
static int merge_measures(const struct completer *c, struct boa_node *array,
                          const struct boa_given *given)
{
    for (struct boa_node *measure = array->first; measure != NULL; measure = measure->next) {
        if (measure->type == BOA_NODE_OBJECT && merge_object(c, measure, given->first) != 0)
            return -1;
    }
    return 0;
}

/* ---- Components ---- */

static struct boa_str given_type(const struct boa_given *component)
{
    const struct boa_given *type = boa_given_member(component, BOA_FIELD_COMPONENT_TYPE);

    return type != NULL ? type->text : (struct boa_str){ 0 };
}

static bool is_given_of(const struct boa_given *component, struct boa_str type)
{
    return says_something(component) && boa_str_equal_nocase(given_type(component), type);
}

static bool is_of(const struct boa_node *component, struct boa_str type)
{
    const struct boa_node *own = completer_member(component, BOA_FIELD_COMPONENT_TYPE);
    struct boa_str text = own != NULL ? own->text : (struct boa_str){ 0 };

    return component->type == BOA_NODE_OBJECT && boa_str_equal_nocase(text, type);
}

static int add_all_of(const struct completer *c, struct boa_node *array,
                      const struct boa_given *given, struct boa_str type)
{
    for (const struct boa_given *g = given->first; g != NULL; g = g->next) {
        if (is_given_of(g, type) && add_element(c, array, g) != 0)
            return -1;
    }
    return 0;
}

/* The context's components of a type stand where the report's first one of it stood. */
static int replace_all_of(const struct completer *c, struct boa_node *array,
                          const struct boa_given *given, struct boa_str type)
{
    struct boa_node *old = array->first, *next;
    bool placed = false;

    become(array, BOA_NODE_ARRAY, (struct boa_str){ 0 });
    for (; old != NULL; old = next) {
        next = old->next;
        if (!is_of(old, type)) {
            boa_node_append(array, old);
        } else if (!placed) {
            placed = true;
            if (add_all_of(c, array, given, type) != 0)
                return -1;
        }
    }
    return placed ? 0 : add_all_of(c, array, given, type);
}

static int merge_type(const struct completer *c, struct boa_node *array,
                      const struct boa_given *given, struct boa_str type)
{
    const struct boa_given *one_given = NULL;
    struct boa_node *one = NULL;
    size_t count_given = 0, count = 0;

    for (const struct boa_given *g = given->first; g != NULL; g = g->next) {
        if (is_given_of(g, type)) {
            one_given = g;
            count_given++;
        }
    }
    for (struct boa_node *component = array->first; component != NULL;
         component = component->next) {
        if (is_of(component, type)) {
            one = component;
            count++;
        }
    }
    return count_given == 1 && count == 1 ? merge_object(c, one, one_given)
                                          : replace_all_of(c, array, given, type);
}

static bool is_first_of_type(const struct boa_given *given, const struct boa_given *component)
{
    const struct boa_given *g = given->first;

    while (g != component && !is_given_of(g, given_type(component)))
        g = g->next;
    return g == component;
}

static int merge_components(const struct completer *c, struct boa_node *array,
                            const struct boa_given *given)
{
    for (const struct boa_given *g = given->first; g != NULL; g = g->next) {
        if (says_something(g) && is_first_of_type(given, g) &&
            merge_type(c, array, given, given_type(g)) != 0)
            return -1;
    }
    return 0;
}

/* ---- Everything ---- */

static int merge_member(const struct completer *c, struct boa_node *object,
                        const struct boa_given *given)
{
    struct boa_node *node;

    if (boa_field_get(given->field)->type != BOA_FIELD_OBJECT &&
        boa_field_get(given->field)->type != BOA_FIELD_ARRAY)
        return completer_set(c, object, given->field, given->text);
    node = completer_open(c, object, given->field);
    if (node == NULL)
        return -1;
    switch (given->field) {
    case BOA_FIELD_MEASURES:
        return merge_measures(c, node, given);
    case BOA_FIELD_INFRASTRUCTURE_COMPONENTS:
        return merge_components(c, node, given);
    default:
        return boa_field_get(given->field)->type == BOA_FIELD_ARRAY
                   ? replace_elements(c, node, given)
                   : merge_object(c, node, given);
    }
}

/* The status is settled when all is known. */
static int merge_object(const struct completer *c, struct boa_node *object,
                        const struct boa_given *given)
{
    for (const struct boa_given *g = given->first; g != NULL; g = g->next) {
        if (says_something(g) && g->field != BOA_FIELD_HEADER_REPORT_STATUS &&
            merge_member(c, object, g) != 0)
            return -1;
    }
    return 0;
}

int completer_merge(const struct completer *c)
{
    const struct boa_context *context = c->completion->context;

    return context != NULL ? merge_object(c, c->root, context->root) : 0;
}
