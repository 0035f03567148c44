/* What no meter knows: the user's YAML or JSON, shaped like a report, typed and checked by the
 * field table. */
#ifndef BOA_REPORT_CONTEXT_H
#define BOA_REPORT_CONTEXT_H

#include "core/base/arena.h"
#include "core/base/diag.h"
#include "core/report/field.h"

/* One given value. Objects hold at most one of each member; elements of arrays stand in the order
 * given. */
struct boa_given {
    enum boa_field_id field;
    struct boa_str text;     /* of scalars: the JSON number token, or plain text */
    struct boa_place place;  /* where the user wrote it; file "--set" and line 0 for options */
    struct boa_given *first; /* members or elements */
    struct boa_given *next;
};

struct boa_context {
    struct boa_arena arena;
    struct boa_given *root; /* never NULL after init */
};

/* `max_bytes` bounds all contexts together. */
int boa_context_init(struct boa_context *context, size_t max_bytes, struct boa_err *err);

/* Takes a zeroed context. */
void boa_context_release(struct boa_context *context);

/* Merges a document over what is there: objects merge, arrays replace, nulls and empty texts count
 * as not given. JSON when the first byte that is no blank is
 * '{', else YAML. `valid` tells whether it was free of errors; if not, each one went to `diags` and
 * nothing was merged. -1 only for memory and limits. */
int boa_context_merge(struct boa_context *context, const char *name, struct boa_str text,
                      bool *valid, const struct boa_diags *diags, struct boa_err *err);

/* Applies one PATH=VALUE: PATH is a JSON Pointer of a scalar, its first slash optional, indexes may
 * be "*" for the only or a first element. As above otherwise. */
int boa_context_set(struct boa_context *context, struct boa_str assignment, bool *valid,
                    const struct boa_diags *diags, struct boa_err *err);

/* The given member of an object, or NULL; takes NULL. */
const struct boa_given *boa_given_member(const struct boa_given *object, enum boa_field_id member);

/* The given value at a field outside arrays, or NULL. */
const struct boa_given *boa_context_find(const struct boa_context *context,
                                         enum boa_field_id field);

#endif
