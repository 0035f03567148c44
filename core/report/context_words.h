/* Private to the context: what is said of one that does not fit the field table. */
#ifndef BOA_REPORT_CONTEXT_WORDS_H
#define BOA_REPORT_CONTEXT_WORDS_H

#include "core/report/context_check.h"

/* The user's text as far as a message quotes it: print it with "%.*s%s" and BOA_QUOTE_FMT. */
struct boa_quote {
    struct boa_str text;
    const char *more; /* "…" when it was cut */
};

#define BOA_QUOTE_FMT(quote) BOA_STR_FMT((quote).text), (quote).more

struct boa_quote boa_context_quote(struct boa_str text);

/* Adds a finding about a field. */
void boa_context_complain(struct boa_context_check *check, enum boa_diag id,
                          enum boa_field_id field, const char *fmt, ...) BOA_PRINTF(4, 5);

/* That a value has another type than its field. */
void boa_context_complain_type(struct boa_context_check *check, enum boa_field_id id,
                               const struct boa_node *node);

/* That a text is not among the values of a field that lists them. */
void boa_context_complain_value(struct boa_context_check *check, enum boa_field_id id,
                                struct boa_str text);

/* The member of an object field with that name; BOA_FIELD_COUNT after a finding that names what was
 * probably meant. */
enum boa_field_id boa_context_member(struct boa_context_check *check, enum boa_field_id object,
                                     struct boa_str name);

#endif
