/* Private to the plan: what compiling leaves for binding and emitting.
 *
 * A scope is a stretch of output that is bound as a whole: the report itself, and one for each
 * repeated group (measures, GPUs), bound once an element. Within a scope, groups are the objects
 * and arrays, in preorder; slots are the values that change from record to record. */
#ifndef BOA_REPORT_PLAN_PARTS_H
#define BOA_REPORT_PLAN_PARTS_H

#include "core/report/plan.h"

enum { PLAN_NEEDS_MAX = 8, PLAN_NONE = -1 };

/* A required member of a group. */
struct plan_need {
    enum boa_field_id field;
    int slot;  /* the slot that gives it, or PLAN_NONE */
    int group; /* the group that is it, or PLAN_NONE; both none: never given */
};

struct plan_group {
    enum boa_field_id field;
    int parent;     /* group of the same scope; PLAN_NONE for a scope's own */
    bool droppable; /* left out when a required member is missing */
    unsigned given; /* members that the context gives: they alone keep it alive */
    struct plan_need needs[PLAN_NEEDS_MAX];
    unsigned need_count;
};

/* Where a value comes from; alternatives of one slot stand one behind the other. */
struct plan_source {
    struct boa_map_row row;
    int cell;        /* index among the record's cells, or PLAN_NONE */
    bool in_element; /* `cell` counts among the element's cells */
    int doubt;       /* the same for row.doubt */
    bool doubt_in_element;
};

struct plan_slot {
    enum boa_field_id field;
    int group;
    unsigned first_source, source_count;
    bool is_status; /* reportStatus: decided by binding */
};

enum plan_op_kind {
    PLAN_TEXT,   /* text */
    PLAN_STRING, /* text (the key), then the slot's value quoted */
    PLAN_NUMBER, /* text (the key), then the slot's value as it stands */
    PLAN_OPEN,   /* text; a dead group jumps behind its PLAN_CLOSE */
    PLAN_CLOSE,  /* text in the place of the last comma, then a comma */
    PLAN_REPEAT, /* every living element of scope `index`; or text instead, unless there is just
                    one, when `alternative` */
};

struct plan_op {
    enum plan_op_kind kind;
    int index;        /* slot, group or scope */
    unsigned jump;    /* PLAN_OPEN: the op behind its PLAN_CLOSE */
    bool alternative; /* PLAN_REPEAT */
    size_t text, len; /* in plan->text */
};

/* A required field that an element of the context lacks. */
struct plan_lacking {
    enum boa_field_id field;
    bool unless_merged; /* of a GPU that merges with the record's when that has just one */
};

/* A growing array of plain structs. */
struct plan_list {
    void *items;
    size_t count, cap;
};

enum plan_scope_id { PLAN_REPORT, PLAN_MEASURE, PLAN_GPU, PLAN_SCOPES };

struct plan_scope {
    struct plan_list groups, slots, ops; /* struct plan_group, plan_slot, plan_op */
};

/* One bound scope: the report, or one element. */
struct plan_instance {
    struct boa_str *values; /* one a slot; empty: absent */
    bool *alive;            /* one a group */
    unsigned *filled;       /* one a group: members that cells or living groups give */
};

struct plan_repeat_state {
    struct plan_instance *elements;
    size_t count;     /* elements of the record */
    size_t alive;     /* elements that are written */
    int array_group;  /* group of PLAN_REPORT that holds them, PLAN_NONE when none is compiled */
    bool alternative; /* the context's text stands in unless there is just one element */
};

struct boa_plan {
    const struct boa_context *context;
    unsigned indent;
    struct boa_buf text;      /* all fragments */
    struct plan_list sources; /* struct plan_source */
    struct plan_scope scopes[PLAN_SCOPES];
    struct plan_list lacking;                     /* struct plan_lacking */
    struct plan_repeat_state repeat[PLAN_SCOPES]; /* [PLAN_REPORT] is unused */
    bool says_premises;                           /* the context says onPremise */
    struct plan_instance report;
};

static inline struct plan_group *plan_groups(const struct plan_scope *scope)
{
    return scope->groups.items;
}

static inline struct plan_slot *plan_slots(const struct plan_scope *scope)
{
    return scope->slots.items;
}

static inline struct plan_op *plan_ops(const struct plan_scope *scope)
{
    return scope->ops.items;
}

#endif
