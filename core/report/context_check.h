/* Private to the context: typing of a document's tree by the field table. */
#ifndef BOA_REPORT_CONTEXT_CHECK_H
#define BOA_REPORT_CONTEXT_CHECK_H

#include "core/base/err.h"
#include "core/json/json_tree.h"
#include "core/report/context.h"

struct boa_context_check {
    struct boa_arena *arena;
    const struct boa_diags *diags;
    struct boa_str file;
    struct boa_place place; /* of the value at hand */
    size_t errors;          /* findings so far */
    struct boa_err *err;
};

/* "*" is 0. */
bool boa_context_index(size_t *out, struct boa_str text);

/* Types a scalar for `given->field` into `given->text`; empty text and null leave it empty. -1 for
 * memory only. */
int boa_context_check_scalar(struct boa_given *given, struct boa_context_check *check,
                             const struct boa_node *node);

/* Types a whole document; findings are counted in check->errors. -1 for memory only. */
int boa_context_check_tree(struct boa_given **root, struct boa_context_check *check,
                           const struct boa_node *tree);

#endif
