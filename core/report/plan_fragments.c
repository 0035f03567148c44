/* Builds the fragments of a plan, and the ops that refer to them. */
#include "core/report/plan_fragments.h"

#include "core/base/alloc.h"
#include "core/json/json_write.h"

void *plan_list_add(struct plan_list *list, size_t size, struct boa_err *err)
{
    if (list->count == list->cap) {
        size_t cap = list->cap != 0 ? 2 * list->cap : 16;
        void *items = boa_realloc(list->items, cap * size, err);
        if (items == NULL)
            return NULL;
        list->items = items;
        list->cap = cap;
    }
    void *item = (char *)list->items + list->count++ * size;
    memset(item, 0, size);
    return item;
}

int plan_put(struct plan_compiler *c, const char *text)
{
    return boa_buf_put(&c->plan->text, boa_str_from(text), c->err);
}

int plan_put_line(struct plan_compiler *c)
{
    if (c->plan->indent == 0)
        return 0;
    if (boa_buf_put_byte(&c->plan->text, '\n', c->err) != 0)
        return -1;
    for (unsigned i = 0; i < c->depth * c->plan->indent; i++) {
        if (boa_buf_put_byte(&c->plan->text, ' ', c->err) != 0)
            return -1;
    }
    return 0;
}

int plan_put_key(struct plan_compiler *c, enum boa_field_id field)
{
    struct boa_str key = boa_field_key(field);

    if (field == BOA_FIELD_ROOT)
        return 0;
    if (plan_put_line(c) != 0)
        return -1;
    if (boa_str_equal_lit(key, "*"))
        return 0;
    if (boa_json_put_string(&c->plan->text, key, c->err) != 0)
        return -1;
    return plan_put(c, c->plan->indent != 0 ? ": " : ":");
}

int plan_put_scalar(struct plan_compiler *c, enum boa_field_id field, struct boa_str text)
{
    if (plan_put_key(c, field) != 0)
        return -1;
    if ((boa_field_get(field)->type == BOA_FIELD_STRING
             ? boa_json_put_string(&c->plan->text, text, c->err)
             : boa_buf_put(&c->plan->text, text, c->err)) != 0)
        return -1;
    return plan_put(c, ",");
}

struct plan_op *plan_add_op(struct plan_compiler *c, enum plan_op_kind kind, int index)
{
    struct plan_op *op = plan_list_add(&plan_scope_of(c)->ops, sizeof *op, c->err);

    if (op == NULL)
        return NULL;
    op->kind = kind;
    op->index = index;
    op->text = c->plan->text.len;
    return op;
}

void plan_end_op(struct plan_compiler *c)
{
    struct plan_list *ops = &plan_scope_of(c)->ops;
    struct plan_op *op = (struct plan_op *)ops->items + ops->count - 1;

    op->len = c->plan->text.len - op->text;
}

int plan_begin_text(struct plan_compiler *c)
{
    struct plan_list *ops = &plan_scope_of(c)->ops;
    struct plan_op *last = (struct plan_op *)ops->items + ops->count - 1;

    if (ops->count != 0 && last->kind == PLAN_TEXT && last->text + last->len == c->plan->text.len)
        return 0;
    return plan_add_op(c, PLAN_TEXT, PLAN_NONE) != NULL ? 0 : -1;
}
