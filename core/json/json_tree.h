/* Arena tree of ONE document, for what needs random access: contexts, schemas, invalid reports.
 * JSON and YAML give the same tree. */
#ifndef BOA_JSON_TREE_H
#define BOA_JSON_TREE_H

#include "core/base/arena.h"
#include "core/base/diag.h"
#include "core/base/str.h"

enum boa_node_type {
    BOA_NODE_NULL,
    BOA_NODE_FALSE,
    BOA_NODE_TRUE,
    BOA_NODE_NUMBER, /* JSON only: text is the token as written */
    BOA_NODE_STRING, /* text is decoded UTF-8; in YAML: a quoted or block scalar */
    BOA_NODE_PLAIN,  /* YAML only: an unquoted scalar, whatever it looks like; the field table types
                        it */
    BOA_NODE_OBJECT,
    BOA_NODE_ARRAY,
};

struct boa_node {
    enum boa_node_type type;
    bool repeated;         /* an object member whose key stood there before; the last one counts */
    struct boa_str key;    /* decoded name, of members */
    struct boa_str text;   /* of scalars, null and booleans as written */
    uint64_t line, column; /* of the value in the source, from 1; column in code points */
    size_t offset;         /* byte offset of the value (JSON; 0 in YAML) */
    size_t count;          /* members or elements */
    struct boa_node *first, *last; /* children, in source order */
    struct boa_node *next;         /* sibling */
    struct boa_node *parent;
};

/* Parses strict JSON. -1: the text is not JSON; `err` (kind BOA_ERR_DATA) holds the reason without
 * position, `line` and `column` where it is. Or memory or the arena's limit, with `line` and
 * `column` untouched. Nodes and texts live in the arena; the
 * input need not outlive the call. */
int boa_tree_from_json(struct boa_node **out, struct boa_str text, struct boa_arena *arena,
                       uint64_t *line, uint64_t *column, struct boa_err *err);

/* Parses ONE YAML document (1.1 syntax by libyaml; scalars stay text, anchors, aliases, merge keys,
 * tags and non-scalar keys are refused, as are UTF-16 and lines that begin with %TAG). A plain
 * scalar that is empty, ~, null, Null or NULL is BOA_NODE_NULL, with its text; every other one is
 * BOA_NODE_PLAIN. An empty document is an empty object. Depth is limited to BOA_JSON_DEPTH_MAX. As
 * above otherwise. */
int boa_tree_from_yaml(struct boa_node **out, struct boa_str text, struct boa_arena *arena,
                       uint64_t *line, uint64_t *column, struct boa_err *err);

/* The last member of that name, or NULL; NULL too when the node is no object. */
struct boa_node *boa_node_member(const struct boa_node *object, struct boa_str key);

/* Element by index from 0, or NULL; NULL too when the node is no array. */
struct boa_node *boa_node_element(const struct boa_node *array, size_t index);

/* Makes `node` the last child of `parent`. */
void boa_node_append(struct boa_node *parent, struct boa_node *node);

/* "object", "array", "string", "number", "boolean", "null", for messages; a plain scalar is "text".
 */
const char *boa_node_type_name(const struct boa_node *node);

#endif
