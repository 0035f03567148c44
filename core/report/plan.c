/* Compiles map, layout and context into a plan: one walk over the field table in schema order. */
#include "core/report/plan.h"

#include <assert.h>

#include "core/base/alloc.h"
#include "core/report/plan_fragments.h"

enum { TEXT_MAX = 64 << 20 /* fragments: a context at its limit, escaped */ };

static int add_group(struct plan_compiler *c, enum boa_field_id field, int parent, bool droppable)
{
    struct plan_list *groups = &plan_scope_of(c)->groups;
    struct plan_group *group = plan_list_add(groups, sizeof *group, c->err);

    if (group == NULL)
        return PLAN_NONE;
    group->field = field;
    group->parent = parent;
    group->droppable = droppable;
    return (int)groups->count - 1;
}

static struct plan_group *group_at(struct plan_compiler *c, int index)
{
    return plan_groups(plan_scope_of(c)) + index;
}

static void add_need(struct plan_compiler *c, int group, enum boa_field_id field, int slot,
                     int child)
{
    struct plan_group *owner = group_at(c, group);

    if (!boa_field_get(field)->required)
        return;
    assert(owner->need_count < PLAN_NEEDS_MAX);
    owner->needs[owner->need_count++] = (struct plan_need){ field, slot, child };
}

static int find_cell(const struct plan_compiler *c, const char *name, bool *in_element)
{
    static const enum boa_group groups[PLAN_SCOPES] = {
        [PLAN_MEASURE] = BOA_GROUP_MEASURE,
        [PLAN_GPU] = BOA_GROUP_GPU,
    };

    *in_element = false;
    if (name == NULL)
        return PLAN_NONE;
    if (c->scope != PLAN_REPORT) {
        enum boa_group group = groups[c->scope];
        for (size_t i = 0; i < c->layout->group[group].count; i++) {
            if (boa_str_equal_lit(c->layout->group[group].names[i], name)) {
                *in_element = true;
                return (int)i;
            }
        }
    }
    for (size_t i = 0; i < c->layout->count; i++) {
        if (boa_str_equal_lit(c->layout->names[i], name))
            return (int)i;
    }
    return PLAN_NONE;
}

/* Sources of one field and slot whose cells this layout has; their number, or -1. */
static int add_sources(struct plan_compiler *c, enum boa_field_id field)
{
    int count = 0;

    for (size_t i = 0; i < c->map->count; i++) {
        const struct boa_map_row *row = &c->map->rows[i];
        struct plan_source source = { .row = *row };

        if (row->field != field || row->slot != c->slot)
            continue;
        source.cell = find_cell(c, row->cell, &source.in_element);
        source.doubt = find_cell(c, row->doubt, &source.doubt_in_element);
        if (row->cell != NULL && source.cell == PLAN_NONE)
            continue;
        struct plan_source *added = plan_list_add(&c->plan->sources, sizeof *added, c->err);
        if (added == NULL)
            return -1;
        *added = source;
        count++;
    }
    return count;
}

/* A value that is the same in every report. */
static int put_fixed(struct plan_compiler *c, enum boa_field_id field, struct boa_str text)
{
    if (plan_begin_text(c) != 0 || plan_put_scalar(c, field, text) != 0)
        return -1;
    plan_end_op(c);
    return 0;
}

static int compile_slot(struct plan_compiler *c, int group, enum boa_field_id field)
{
    bool is_text = boa_field_get(field)->type == BOA_FIELD_STRING;
    unsigned first = (unsigned)c->plan->sources.count;
    int count = add_sources(c, field);
    bool is_status = field == BOA_FIELD_HEADER_REPORT_STATUS;

    if (count < 0)
        return -1;
    if (count == 0 && !is_status) {
        add_need(c, group, field, PLAN_NONE, PLAN_NONE);
        return 0;
    }
    if (!is_status) {
        const struct plan_source *source = (const struct plan_source *)c->plan->sources.items +
                                           first;
        if (source->row.cell == NULL)
            return put_fixed(c, field, boa_str_from(source->row.constant));
    }
    struct plan_slot *slot = plan_list_add(&plan_scope_of(c)->slots, sizeof *slot, c->err);
    if (slot == NULL)
        return -1;
    *slot = (struct plan_slot){ field, group, first, (unsigned)count, is_status };
    int index = (int)plan_scope_of(c)->slots.count - 1;
    add_need(c, group, field, index, PLAN_NONE);
    if (plan_add_op(c, is_text ? PLAN_STRING : PLAN_NUMBER, index) == NULL ||
        plan_put_key(c, field) != 0)
        return -1;
    plan_end_op(c);
    return 0;
}

static int compile_scalar(struct plan_compiler *c, int group, enum boa_field_id field,
                          const struct boa_given *given)
{
    if (given == NULL || given->text.len == 0 || field == BOA_FIELD_HEADER_REPORT_STATUS)
        return compile_slot(c, group, field);
    group_at(c, group)->given++;
    return put_fixed(c, field, given->text);
}

/* A whole element as the context gives it. */
static int put_given_element(struct plan_compiler *c, const struct boa_given *element)
{
    if (plan_put_key(c, element->field) != 0 || plan_put(c, "{") != 0)
        return -1;
    c->depth++;
    for (enum boa_field_id id = element->field + 1; id < boa_field_end(element->field); id++) {
        const struct boa_given *given = boa_given_member(element, id);

        if (given != NULL && given->text.len != 0) {
            if (plan_put_scalar(c, id, given->text) != 0)
                return -1;
        } else if (boa_field_get(id)->required) {
            struct plan_lacking *lacking = plan_list_add(&c->plan->lacking, sizeof *lacking,
                                                         c->err);
            if (lacking == NULL)
                return -1;
            *lacking = (struct plan_lacking){ id, c->unless_merged };
        }
    }
    c->depth--;
    if (c->plan->text.ptr[c->plan->text.len - 1] == ',')
        c->plan->text.len--;
    return plan_put_line(c) != 0 ? -1 : plan_put(c, "},");
}

/* An element whose members were all taken back is none. */
static bool is_empty_element(const struct boa_given *element)
{
    for (const struct boa_given *member = element->first; member != NULL; member = member->next) {
        if (member->text.len != 0)
            return false;
    }
    return true;
}

static int compile_given_element(struct plan_compiler *c, int array,
                                 const struct boa_given *element)
{
    if (is_empty_element(element))
        return 0;
    if (plan_begin_text(c) != 0 || put_given_element(c, element) != 0)
        return -1;
    plan_end_op(c);
    group_at(c, array)->given++;
    return 0;
}

static int open_group(struct plan_compiler *c, enum boa_field_id field, const char *bracket,
                      int group)
{
    if (plan_add_op(c, PLAN_OPEN, group) == NULL || plan_put_key(c, field) != 0 ||
        plan_put(c, bracket) != 0)
        return -1;
    plan_end_op(c);
    c->depth++;
    return 0;
}

static int close_group(struct plan_compiler *c, const char *bracket, int group)
{
    struct plan_list *ops = &plan_scope_of(c)->ops;

    c->depth--;
    if (plan_add_op(c, PLAN_CLOSE, group) == NULL || plan_put_line(c) != 0 ||
        plan_put(c, bracket) != 0)
        return -1;
    plan_end_op(c);
    for (size_t i = ops->count; i-- > 0;) {
        struct plan_op *op = (struct plan_op *)ops->items + i;
        if (op->kind == PLAN_OPEN && op->index == group) {
            op->jump = (unsigned)ops->count;
            break;
        }
    }
    return 0;
}

static int compile_array(struct plan_compiler *c, int parent, enum boa_field_id field,
                         const struct boa_given *given);

/* Optional objects and parts of the machine are dropped when they cannot be valid; what a report
 * must have is kept for its draft. */
static bool is_droppable(enum boa_field_id field)
{
    return field == BOA_FIELD_COMPONENT || field == BOA_FIELD_SYSTEM ||
           field == BOA_FIELD_SOFTWARE || field == BOA_FIELD_ENVIRONMENT;
}

static int compile_object(struct plan_compiler *c, int parent, enum boa_field_id field,
                          const struct boa_given *given)
{
    int group = add_group(c, field, parent, is_droppable(field));

    if (group == PLAN_NONE || open_group(c, field, "{", group) != 0)
        return -1;
    if (parent != PLAN_NONE)
        add_need(c, parent, field, PLAN_NONE, group);
    for (enum boa_field_id id = field + 1; id < boa_field_end(field); id = boa_field_end(id)) {
        const struct boa_given *member = boa_given_member(given, id);
        enum boa_field_type type = boa_field_get(id)->type;

        if ((type == BOA_FIELD_OBJECT  ? compile_object(c, group, id, member)
             : type == BOA_FIELD_ARRAY ? compile_array(c, group, id, member)
                                       : compile_scalar(c, group, id, member)) != 0)
            return -1;
    }
    return close_group(c, "}", group);
}

/* Compiles the element of a repeated group into its own scope. */
static int compile_scope(struct plan_compiler *c, enum plan_scope_id scope, enum boa_slot slot,
                         enum boa_field_id element, const struct boa_given *given)
{
    struct plan_compiler inner = *c;

    inner.scope = scope;
    inner.slot = slot;
    return compile_object(&inner, PLAN_NONE, element, given);
}

static int compile_measures(struct plan_compiler *c, int array, const struct boa_given *given)
{
    c->plan->repeat[PLAN_MEASURE].array_group = array;
    if (plan_add_op(c, PLAN_REPEAT, PLAN_MEASURE) == NULL)
        return -1;
    return compile_scope(c, PLAN_MEASURE, BOA_SLOT_MEASURE, BOA_FIELD_MEASURE,
                         given != NULL ? given->first : NULL);
}

static enum boa_slot component_slot(const struct boa_given *component)
{
    const struct boa_given *type = boa_given_member(component, BOA_FIELD_COMPONENT_TYPE);

    for (int slot = BOA_SLOT_CPU; type != NULL && slot <= BOA_SLOT_RAM; slot++) {
        if (boa_str_equal_nocase(type->text, boa_slot_component_type((enum boa_slot)slot)))
            return (enum boa_slot)slot;
    }
    return BOA_SLOT_NONE;
}

/* The given components of a type: how many, and the first. */
static size_t given_of_slot(const struct boa_given *array, enum boa_slot slot,
                            const struct boa_given **first)
{
    size_t count = 0;

    *first = NULL;
    for (const struct boa_given *g = array != NULL ? array->first : NULL; g != NULL; g = g->next) {
        if (component_slot(g) != slot)
            continue;
        if (count++ == 0)
            *first = g;
    }
    return count;
}

static int compile_all_of_slot(struct plan_compiler *c, int array, const struct boa_given *given,
                               enum boa_slot slot)
{
    for (const struct boa_given *g = given != NULL ? given->first : NULL; g != NULL; g = g->next) {
        if (component_slot(g) == slot && compile_given_element(c, array, g) != 0)
            return -1;
    }
    return 0;
}

/* The record's GPUs; one GPU of the context merges with one of the record, else stands in for them.
 */
static int compile_gpus(struct plan_compiler *c, int array, const struct boa_given *given)
{
    const struct boa_given *one;
    size_t count = given_of_slot(given, BOA_SLOT_GPU, &one);
    struct plan_op *op;

    if (count > 1)
        return compile_all_of_slot(c, array, given, BOA_SLOT_GPU);
    c->plan->repeat[PLAN_GPU].array_group = array;
    c->plan->repeat[PLAN_GPU].alternative = count == 1;
    op = plan_add_op(c, PLAN_REPEAT, PLAN_GPU);
    if (op == NULL)
        return -1;
    op->alternative = count == 1;
    c->unless_merged = true;
    if (count == 1 && put_given_element(c, one) != 0)
        return -1;
    c->unless_merged = false;
    plan_end_op(c);
    return compile_scope(c, PLAN_GPU, BOA_SLOT_GPU, BOA_FIELD_COMPONENT, one);
}

/* The cpu or ram: what record and context say of the one part merges; several in the context
 * replace it. */
static int compile_part(struct plan_compiler *c, int array, const struct boa_given *given,
                        enum boa_slot slot)
{
    const struct boa_given *one;
    int rc;

    if (given_of_slot(given, slot, &one) > 1)
        return compile_all_of_slot(c, array, given, slot);
    c->slot = slot;
    rc = compile_object(c, array, BOA_FIELD_COMPONENT, one);
    c->slot = BOA_SLOT_NONE;
    return rc;
}

static int compile_components(struct plan_compiler *c, int array, const struct boa_given *given)
{
    if (compile_part(c, array, given, BOA_SLOT_CPU) != 0 || compile_gpus(c, array, given) != 0 ||
        compile_part(c, array, given, BOA_SLOT_RAM) != 0)
        return -1;
    return compile_all_of_slot(c, array, given, BOA_SLOT_NONE);
}

static int compile_array(struct plan_compiler *c, int parent, enum boa_field_id field,
                         const struct boa_given *given)
{
    int group = add_group(c, field, parent, false), rc = 0;

    if (group == PLAN_NONE || open_group(c, field, "[", group) != 0)
        return -1;
    add_need(c, parent, field, PLAN_NONE, group);
    if (field == BOA_FIELD_MEASURES)
        rc = compile_measures(c, group, given);
    else if (field == BOA_FIELD_INFRASTRUCTURE_COMPONENTS)
        rc = compile_components(c, group, given);
    else
        for (const struct boa_given *g = given != NULL ? given->first : NULL; g != NULL && rc == 0;
             g = g->next)
            rc = compile_given_element(c, group, g);
    return rc != 0 ? -1 : close_group(c, "]", group);
}

static int instance_new(struct plan_instance *out, const struct plan_scope *scope,
                        struct boa_err *err)
{
    out->values = boa_alloc_zero(scope->slots.count, sizeof *out->values, err);
    out->alive = boa_alloc_zero(scope->groups.count, sizeof *out->alive, err);
    out->filled = boa_alloc_zero(scope->groups.count, sizeof *out->filled, err);
    return out->values != NULL && out->alive != NULL && out->filled != NULL ? 0 : -1;
}

static bool says_premises(const struct boa_context *context)
{
    const struct boa_given *type = boa_context_find(context, BOA_FIELD_INFRASTRUCTURE_TYPE);

    return type != NULL && boa_str_equal_lit(type->text, "onPremise");
}

struct boa_plan *boa_plan_new(const struct boa_map *map, const struct boa_layout *layout,
                              const struct boa_context *context, unsigned indent,
                              struct boa_err *err)
{
    struct boa_plan *plan = boa_alloc_zero(1, sizeof *plan, err);
    struct plan_compiler c = { .plan = plan, .map = map, .layout = layout, .err = err };

    if (plan == NULL)
        return NULL;
    plan->context = context;
    plan->says_premises = says_premises(context);
    plan->indent = indent;
    for (int i = 0; i < PLAN_SCOPES; i++)
        plan->repeat[i].array_group = PLAN_NONE;
    boa_buf_init(&plan->text, TEXT_MAX);
    if (compile_object(&c, PLAN_NONE, BOA_FIELD_ROOT, context != NULL ? context->root : NULL) !=
            0 ||
        instance_new(&plan->report, &plan->scopes[PLAN_REPORT], err) != 0) {
        boa_plan_free(plan);
        return NULL;
    }
    return plan;
}

void boa_plan_free(struct boa_plan *plan)
{
    if (plan == NULL)
        return;
    for (int i = 0; i < PLAN_SCOPES; i++) {
        boa_free(plan->scopes[i].groups.items);
        boa_free(plan->scopes[i].slots.items);
        boa_free(plan->scopes[i].ops.items);
    }
    boa_free(plan->report.values);
    boa_free(plan->report.alive);
    boa_free(plan->report.filled);
    boa_free(plan->sources.items);
    boa_free(plan->lacking.items);
    boa_buf_release(&plan->text);
    boa_free(plan);
}
