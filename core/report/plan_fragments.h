/* Private to the compilation of plans: fragments of output, and the ops that write them. */
#ifndef BOA_REPORT_PLAN_FRAGMENTS_H
#define BOA_REPORT_PLAN_FRAGMENTS_H

#include "core/report/plan_parts.h"

struct plan_compiler {
    struct boa_plan *plan;
    const struct boa_map *map;
    const struct boa_layout *layout;
    enum plan_scope_id scope;
    enum boa_slot slot; /* of the array element that is being compiled */
    unsigned depth;     /* of indentation */
    bool unless_merged; /* the element that is being compiled stands in for the record's */
    struct boa_err *err;
};

static inline struct plan_scope *plan_scope_of(struct plan_compiler *c)
{
    return &c->plan->scopes[c->scope];
}

/* One more zeroed item at the end of a list, or NULL. */
void *plan_list_add(struct plan_list *list, size_t size, struct boa_err *err);

/* Appends text to the fragments. */
int plan_put(struct plan_compiler *c, const char *text);

/* A line feed and the indentation, where the output has any. */
int plan_put_line(struct plan_compiler *c);

/* What stands in front of a value: its line and its key; an element has no key. */
int plan_put_key(struct plan_compiler *c, enum boa_field_id field);

/* A whole member and its comma. */
int plan_put_scalar(struct plan_compiler *c, enum boa_field_id field, struct boa_str text);

/* A new op whose text begins where the fragments end now; plan_end_op ends it. NULL: memory. */
struct plan_op *plan_add_op(struct plan_compiler *c, enum plan_op_kind kind, int index);

/* The op that was added last ends where the fragments end now. */
void plan_end_op(struct plan_compiler *c);

/* Opens fixed text; neighbouring fixed texts become one op. */
int plan_begin_text(struct plan_compiler *c);

#endif
