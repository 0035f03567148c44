/* A tree as JSON text. */
#ifndef BOA_JSON_TREE_WRITE_H
#define BOA_JSON_TREE_WRITE_H

#include "core/base/buf.h"
#include "core/json/json_tree.h"

/* Appends a node and what it holds; numbers as they were written, members that stand twice too.
 * `indent`: blanks a level, 0 is one line. What lies many levels deep stands on one line in any
 * case, for else a few bytes of input could fill any buffer with blanks. */
int boa_tree_put(struct boa_buf *buf, const struct boa_node *node, unsigned indent,
                 struct boa_err *err);

#endif
