/* Puts nodes together into a tree as a parser meets them; shared by JSON and YAML. */
#ifndef BOA_JSON_TREE_BUILD_H
#define BOA_JSON_TREE_BUILD_H

#include "core/json/json_tree.h"

/* Zero-initialise and set `arena`. */
struct boa_tree_builder {
    struct boa_arena *arena;
    struct boa_node *root;   /* NULL until the first node */
    struct boa_node *parent; /* the innermost open object or array, or NULL */
    unsigned depth;
    struct boa_str key; /* of the next member; lives in the arena */
    bool has_key;
};

/* Adds a node of that type to the open container, or as root; an object takes the pending key with
 * it. The caller fills in text and place. NULL: no memory. */
struct boa_node *boa_tree_add(struct boa_tree_builder *builder, enum boa_node_type type,
                              struct boa_err *err);

/* Makes the object or array that was just added the open one. */
void boa_tree_enter(struct boa_tree_builder *builder, struct boa_node *node);

/* Closes the open container and marks an object's repeated members. -1: no memory. */
int boa_tree_leave(struct boa_tree_builder *builder, struct boa_err *err);

#endif
