/* Writes a bound report: fragments and values, front to back. */
#include "core/json/json_write.h"
#include "core/report/plan_parts.h"

static int put_value(struct boa_buf *out, struct boa_str value, bool quoted, struct boa_err *err)
{
    size_t bound = quoted ? boa_json_string_bound(value.len) : value.len;

    if (boa_buf_room(out, bound + 1, err) != 0)
        return -1;
    char *end = out->ptr + out->len;
    if (quoted) {
        end = boa_json_write_string(end, value);
    } else {
        memcpy(end, value.ptr, value.len);
        end += value.len;
    }
    *end++ = ',';
    out->len = (size_t)(end - out->ptr);
    return 0;
}

/* Every member ends in a comma; the last one gives way to the bracket, which gets one itself. */
static int put_close(struct boa_buf *out, struct boa_str bracket, struct boa_err *err)
{
    if (out->ptr[out->len - 1] == ',')
        out->len--;
    return boa_buf_put(out, bracket, err) != 0 ? -1 : boa_buf_put_byte(out, ',', err);
}

static int emit_scope(const struct boa_plan *plan, enum plan_scope_id id,
                      const struct plan_instance *in, struct boa_buf *out, struct boa_err *err);

static int emit_elements(const struct boa_plan *plan, enum plan_scope_id id, struct boa_buf *out,
                         struct boa_err *err)
{
    const struct plan_repeat_state *repeat = &plan->repeat[id];

    for (size_t i = 0; i < repeat->count; i++) {
        if (emit_scope(plan, id, &repeat->elements[i], out, err) != 0)
            return -1;
    }
    return 0;
}

/* Recursion ends with the scopes: elements hold no repeated groups. */
static int emit_scope(const struct boa_plan *plan, enum plan_scope_id id,
                      const struct plan_instance *in, struct boa_buf *out, struct boa_err *err)
{
    const struct plan_scope *scope = &plan->scopes[id];
    const struct plan_op *ops = plan_ops(scope);

    for (size_t i = 0; i < scope->ops.count; i++) {
        const struct plan_op *op = &ops[i];
        struct boa_str text = boa_str_make(plan->text.ptr + op->text, op->len);
        int rc = 0;

        switch (op->kind) {
        case PLAN_TEXT:
            rc = boa_buf_put(out, text, err);
            break;
        case PLAN_STRING:
        case PLAN_NUMBER:
            if (in->values[op->index].len != 0 && (rc = boa_buf_put(out, text, err)) == 0)
                rc = put_value(out, in->values[op->index], op->kind == PLAN_STRING, err);
            break;
        case PLAN_OPEN:
            if (in->alive[op->index])
                rc = boa_buf_put(out, text, err);
            else
                i = op->jump - 1;
            break;
        case PLAN_CLOSE:
            rc = put_close(out, text, err);
            break;
        case PLAN_REPEAT:
            if (op->alternative && plan->repeat[op->index].count != 1)
                rc = boa_buf_put(out, text, err);
            else
                rc = emit_elements(plan, (enum plan_scope_id)op->index, out, err);
            break;
        }
        if (rc != 0)
            return -1;
    }
    return 0;
}

int boa_plan_emit(const struct boa_plan *plan, struct boa_buf *out, struct boa_err *err)
{
    size_t before = out->len;

    if (emit_scope(plan, PLAN_REPORT, &plan->report, out, err) != 0) {
        out->len = before;
        return -1;
    }
    out->ptr[out->len - 1] = '\n'; /* the comma behind the report */
    return 0;
}
