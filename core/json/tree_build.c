/* Putting nodes together, and finding members that stand twice. */
#include "core/json/tree_build.h"

#include <stdlib.h>

#include "core/base/alloc.h"

/* Up to here comparing all pairs is cheaper than sorting. */
enum { PAIRWISE_MAX = 12 };

struct ranked {
    struct boa_node *node;
    size_t rank; /* in the source: qsort is not stable */
};

void boa_node_append(struct boa_node *parent, struct boa_node *node)
{
    node->parent = parent;
    node->next = NULL;
    if (parent->last != NULL)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    parent->count++;
}

struct boa_node *boa_tree_add(struct boa_tree_builder *builder, enum boa_node_type type,
                              struct boa_err *err)
{
    struct boa_node *node = boa_arena_alloc_zero(builder->arena, 1, sizeof(*node), err);
    if (node == NULL)
        return NULL;
    node->type = type;
    if (builder->has_key) {
        node->key = builder->key;
        builder->has_key = false;
    }
    if (builder->parent == NULL)
        builder->root = node;
    else
        boa_node_append(builder->parent, node);
    return node;
}

void boa_tree_enter(struct boa_tree_builder *builder, struct boa_node *node)
{
    builder->parent = node;
    builder->depth++;
}

static void mark_pairwise(struct boa_node *object)
{
    for (struct boa_node *early = object->first; early != NULL; early = early->next) {
        for (struct boa_node *late = early->next; late != NULL && !early->repeated;
             late = late->next)
            early->repeated = boa_str_equal(early->key, late->key);
    }
}

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    int order = boa_str_compare(left->node->key, right->node->key);
    if (order != 0)
        return order;
    return left->rank < right->rank ? -1 : 1;
}

/* Sorted, and not hashed: nobody can choose keys that make it slow. */
static int mark_sorted(struct boa_node *object, struct boa_err *err)
{
    struct ranked *members = boa_alloc_zero(object->count, sizeof(*members), err);
    if (members == NULL)
        return -1;
    size_t n = 0;
    for (struct boa_node *node = object->first; node != NULL; node = node->next, n++)
        members[n] = (struct ranked){ node, n };
    qsort(members, n, sizeof(*members), compare_ranked);
    for (size_t i = 1; i < n; i++) {
        if (boa_str_equal(members[i - 1].node->key, members[i].node->key))
            members[i - 1].node->repeated = true;
    }
    boa_free(members);
    return 0;
}

int boa_tree_leave(struct boa_tree_builder *builder, struct boa_err *err)
{
    struct boa_node *node = builder->parent;
    builder->parent = node->parent;
    builder->depth--;
    if (node->type != BOA_NODE_OBJECT)
        return 0;
    if (node->count > PAIRWISE_MAX)
        return mark_sorted(node, err);
    mark_pairwise(node);
    return 0;
}
