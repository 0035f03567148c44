/* Binds a record to a plan: values first, then which groups live, then what is missing. */
#include "core/report/plan_parts.h"
#include "core/report/transform.h"

struct binder {
    struct boa_plan *plan;
    const struct boa_record *record;
    struct boa_arena *arena;
    const struct boa_diags *diags;
    struct boa_report *report;
    struct boa_err *err;
};

static void complain(struct binder *b, enum boa_diag id, const struct plan_source *source,
                     struct boa_str cell, const char *want)
{
    const char *column = source->row.cell;

    boa_diags_add(b->diags, id, b->record->place, boa_field_get(source->row.field)->path,
                  "%s%s: want %s, have \"%.*s\"", column != NULL ? "column " : "constant",
                  column != NULL ? column : "", want, BOA_STR_FMT(cell));
}

static const char *wanted(const struct boa_field *field, enum boa_unit unit)
{
    if (unit == BOA_UNIT_PERCENT)
        return "0 to 100 percent";
    if (field->limit == BOA_LIMIT_FRACTION || field->unit == BOA_UNIT_DATETIME)
        return boa_unit_name(field->unit);
    return field->limit != BOA_LIMIT_NONE ? "one of the field's values"
                                          : boa_field_type_name(field->type);
}

static struct boa_str cell_at(const struct binder *b, const struct boa_str *element, int index,
                              bool in_element)
{
    if (index == PLAN_NONE)
        return (struct boa_str){ 0 };
    return in_element && element != NULL ? element[index] : b->record->cells[index];
}

static void doubt_value(struct binder *b, const struct plan_source *source,
                        const struct boa_str *element)
{
    struct boa_str doubt = cell_at(b, element, source->doubt, source->doubt_in_element);

    if (doubt.len == 0)
        return;
    boa_diags_add(b->diags, source->row.doubt_id, b->record->place,
                  boa_field_get(source->row.field)->path, "%.*s", BOA_STR_FMT(doubt));
    /* A note explains; a warning says that the value may be wrong. */
    if (boa_diag_info(source->row.doubt_id)->severity != BOA_SEVERITY_NOTE)
        b->report->assumed = true;
}

/* The first alternative that gives a value; `*from_cell` tells whether that is no constant. */
static int bind_slot(struct binder *b, const struct plan_slot *slot, const struct boa_str *element,
                     struct boa_str *value, bool *from_cell)
{
    const struct plan_source *source = (const struct plan_source *)b->plan->sources.items +
                                       slot->first_source;
    const struct boa_field *field = boa_field_get(slot->field);

    *value = (struct boa_str){ 0 };
    *from_cell = false;
    for (unsigned i = 0; i < slot->source_count; i++, source++) {
        struct boa_str cell = source->row.cell == NULL
                                  ? boa_str_from(source->row.constant)
                                  : cell_at(b, element, source->cell, source->in_element);
        bool zone_cut = false;

        switch (boa_transform_apply(value, cell, slot->field, source->row.unit,
                                    source->row.transform, &zone_cut, b->arena, b->err)) {
        case BOA_VALUE_OK:
            *from_cell = source->row.cell != NULL;
            doubt_value(b, source, element);
            if (zone_cut)
                complain(b, BOA_DIAG_ZONE_CUT, source, cell, "a time without a zone");
            return 0;
        case BOA_VALUE_ABSENT:
            break;
        case BOA_VALUE_UNUSABLE:
            complain(b, BOA_DIAG_VALUE_UNUSABLE, source, cell, wanted(field, source->row.unit));
            break;
        case BOA_VALUE_RANGE:
            complain(b, BOA_DIAG_NUMBER_RANGE, source, cell, wanted(field, source->row.unit));
            break;
        case BOA_VALUE_MEMORY:
            return -1;
        }
    }
    return 0;
}

static int bind_values(struct binder *b, const struct plan_scope *scope, struct plan_instance *in,
                       const struct boa_str *element)
{
    const struct plan_slot *slot = plan_slots(scope);

    memset(in->filled, 0, scope->groups.count * sizeof *in->filled);
    for (size_t i = 0; i < scope->slots.count; i++, slot++) {
        bool from_cell;

        if (slot->is_status)
            continue;
        if (bind_slot(b, slot, element, &in->values[i], &from_cell) != 0)
            return -1;
        in->filled[slot->group] += from_cell;
    }
    return 0;
}

static bool is_met(const struct plan_need *need, const struct plan_instance *in)
{
    if (need->slot != PLAN_NONE)
        return in->values[need->slot].len != 0;
    return need->group != PLAN_NONE && in->alive[need->group];
}

static const struct plan_need *first_unmet(const struct plan_group *group,
                                           const struct plan_instance *in)
{
    for (unsigned i = 0; i < group->need_count; i++) {
        if (!is_met(&group->needs[i], in))
            return &group->needs[i];
    }
    return NULL;
}

/* Children stand behind their parents, so one walk backwards settles all. */
static void settle_groups(struct binder *b, const struct plan_scope *scope,
                          struct plan_instance *in)
{
    for (size_t i = scope->groups.count; i-- > 0;) {
        const struct plan_group *group = plan_groups(scope) + i;
        const struct plan_need *unmet = group->droppable ? first_unmet(group, in) : NULL;
        bool filled = in->filled[i] + group->given != 0;

        in->alive[i] = filled && unmet == NULL;
        if (filled && unmet != NULL) {
            struct boa_str key = boa_field_key(unmet->field);
            boa_diags_add(b->diags, BOA_DIAG_GROUP_DROPPED, b->record->place,
                          boa_field_get(group->field)->path, "left out: %.*s is unknown",
                          BOA_STR_FMT(key));
        }
        if (in->alive[i] && group->parent != PLAN_NONE)
            in->filled[group->parent]++;
    }
}

/* Room for one element, taken from the arena in one piece. */
static int make_instance(struct binder *b, const struct plan_scope *scope, struct plan_instance *in)
{
    size_t slots = scope->slots.count, groups = scope->groups.count;
    char *room = boa_arena_alloc(
        b->arena, slots * sizeof *in->values + groups * (sizeof *in->filled + sizeof *in->alive),
        b->err);

    if (room == NULL)
        return -1;
    in->values = (struct boa_str *)(void *)room;
    in->filled = (unsigned *)(void *)(room + slots * sizeof *in->values);
    in->alive = (bool *)(void *)(room + slots * sizeof *in->values + groups * sizeof *in->filled);
    return 0;
}

static int bind_elements(struct binder *b, enum plan_scope_id id, enum boa_group group)
{
    const struct plan_scope *scope = &b->plan->scopes[id];
    struct plan_repeat_state *repeat = &b->plan->repeat[id];
    const struct boa_str *cells = b->record->group[group].cells;
    size_t count = b->record->group[group].elements, width = b->record->group[group].width;

    repeat->count = repeat->alive = 0;
    if (repeat->array_group == PLAN_NONE)
        return 0;
    repeat->count = count;
    if (repeat->alternative && count != 1) {
        b->plan->report.filled[repeat->array_group]++;
        return 0;
    }
    repeat->elements = boa_arena_alloc_zero(b->arena, count, sizeof *repeat->elements, b->err);
    if (repeat->elements == NULL)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct plan_instance *in = &repeat->elements[i];

        if (make_instance(b, scope, in) != 0 || bind_values(b, scope, in, cells + i * width) != 0)
            return -1;
        settle_groups(b, scope, in);
        repeat->alive += in->alive[0];
    }
    b->plan->report.filled[repeat->array_group] += (unsigned)repeat->alive;
    return 0;
}

static void add_unmet(struct boa_report *report, const struct plan_instance *in,
                      const struct plan_group *group)
{
    for (unsigned i = 0; i < group->need_count; i++) {
        if (!is_met(&group->needs[i], in))
            boa_report_lacks(report, group->needs[i].field);
    }
}

static void list_missing(struct boa_report *report, const struct plan_scope *scope,
                         const struct plan_instance *in)
{
    for (size_t i = 0; i < scope->groups.count; i++) {
        if (in->alive[i])
            add_unmet(report, in, plan_groups(scope) + i);
    }
}

/* What elements lack that are written just as the context gives them. */
static void list_lacking(struct boa_report *report, const struct boa_plan *plan)
{
    const struct plan_lacking *lacking = plan->lacking.items;

    for (size_t i = 0; i < plan->lacking.count; i++) {
        /* The one GPU of the context has merged with the one of the record. */
        if (!lacking[i].unless_merged || plan->repeat[PLAN_GPU].count != 1)
            boa_report_lacks(report, lacking[i].field);
    }
}

static void settle_status(struct binder *b)
{
    const struct boa_given *given = boa_context_find(b->plan->context,
                                                     BOA_FIELD_HEADER_REPORT_STATUS);
    const struct plan_scope *scope = &b->plan->scopes[PLAN_REPORT];
    struct boa_str asked = given != NULL ? given->text : (struct boa_str){ 0 };
    struct boa_str status = boa_report_settle(b->report, asked, b->record->doubtful);

    for (size_t i = 0; i < scope->slots.count; i++) {
        if (plan_slots(scope)[i].is_status)
            b->plan->report.values[i] = status;
    }
}

/* One context for all runs can be wrong for some of them. */
static void doubt_premises(struct binder *b)
{
    if (!b->record->in_cloud || !b->plan->says_premises)
        return;
    boa_diags_add(b->diags, BOA_DIAG_INFRA_CONTRADICTED, b->record->place,
                  boa_field_get(BOA_FIELD_INFRASTRUCTURE_TYPE)->path,
                  "onPremise, but the measurement shows a public cloud");
    b->report->assumed = true;
}

int boa_plan_bind(struct boa_plan *plan, const struct boa_record *record, struct boa_arena *arena,
                  const struct boa_diags *diags, struct boa_report *out, struct boa_err *err)
{
    struct boa_report report = { 0 };
    struct binder b = { plan, record, arena, diags, &report, err };
    const struct plan_scope *scope = &plan->scopes[PLAN_REPORT];

    if (bind_values(&b, scope, &plan->report, NULL) != 0 ||
        bind_elements(&b, PLAN_MEASURE, BOA_GROUP_MEASURE) != 0 ||
        bind_elements(&b, PLAN_GPU, BOA_GROUP_GPU) != 0)
        return -1;
    settle_groups(&b, scope, &plan->report);
    plan->report.alive[0] = true; /* a report is a report, however little is in it */
    list_missing(&report, scope, &plan->report);
    for (size_t i = 0; i < plan->repeat[PLAN_MEASURE].count; i++)
        list_missing(&report, &plan->scopes[PLAN_MEASURE], &plan->repeat[PLAN_MEASURE].elements[i]);
    list_lacking(&report, plan);
    doubt_premises(&b);
    settle_status(&b);
    *out = report;
    return 0;
}

/* True when the bound report has the object that the field is a member of. */
static bool has_parent_of(const struct boa_plan *plan, enum boa_field_id field)
{
    const struct plan_scope *scope = &plan->scopes[PLAN_REPORT];

    for (size_t i = 0; i < scope->groups.count; i++) {
        if (plan_groups(scope)[i].field == boa_field_get(field)->parent)
            return plan->report.alive[i];
    }
    return false;
}

struct boa_str boa_plan_value(const struct boa_plan *plan, enum boa_field_id field)
{
    const struct boa_given *given = boa_context_find(plan->context, field);
    const struct plan_scope *scope = &plan->scopes[PLAN_REPORT];
    const struct plan_source *source = plan->sources.items;

    if (!has_parent_of(plan, field))
        return (struct boa_str){ 0 };
    for (size_t i = 0; i < scope->slots.count; i++) {
        if (plan_slots(scope)[i].field == field)
            return plan->report.values[i];
    }
    if (given != NULL && given->text.len != 0)
        return given->text;
    for (size_t i = 0; i < plan->sources.count; i++) {
        if (source[i].row.field == field)
            return boa_str_from(source[i].row.constant); /* else there would be a slot */
    }
    return (struct boa_str){ 0 };
}
