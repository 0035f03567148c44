/* Private to completions: the report at hand, and the steps that stand in files of their own. */
#ifndef BOA_REPORT_COMPLETION_PARTS_H
#define BOA_REPORT_COMPLETION_PARTS_H

#include "core/json/json_tree.h"
#include "core/report/completion.h"

struct completer {
    const struct boa_completion *completion;
    struct boa_place place; /* of the report's first byte */
    struct boa_arena *arena;
    struct boa_node *root;
    struct boa_report report;
    struct boa_err *err;
};

/* Findings of one kind: a report of millions of nulls is worth a few lines. */
struct completer_tally {
    enum boa_diag id;
    size_t count;
};

/* Counts one and, unless there were enough of them, says so. */
void completer_tell(const struct completer *c, struct completer_tally *tally,
                    const struct boa_node *node, const char *fmt, ...) BOA_PRINTF(4, 5);

/* Says how many were not told. */
void completer_tell_rest(const struct completer *c, const struct completer_tally *tally);

/* The member of an object that is said: it is there and no empty text. NULL else, and when `object`
 * is NULL or no object. */
struct boa_node *completer_member(const struct boa_node *object, enum boa_field_id field);

/* Gives an object's member a value, whatever it was. */
int completer_set(const struct completer *c, struct boa_node *object, enum boa_field_id field,
                  struct boa_str text);

/* The member as an object or array (what the field is): made, or emptied, when it is none. NULL:
 * memory. */
struct boa_node *completer_open(const struct completer *c, struct boa_node *object,
                                enum boa_field_id field);

/* Puts the context over the report. */
int completer_merge(const struct completer *c);

/* Lists in c->report what the report lacks and whether what it holds is allowed. */
void completer_check(struct completer *c);

#endif
