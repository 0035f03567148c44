/* Run by run: bind, emit, name, hand on. */
#include "converters/convert.h"

#include "core/base/buf.h"
#include "core/report/plan.h"
#include "core/report/report_name.h"

struct work {
    const struct boa_convert *job;
    struct boa_convert_counts *counts;
    struct boa_plan *plan;
    uint64_t layout_serial; /* that the plan was made for */
    struct boa_arena arena; /* of the report at hand */
    struct boa_buf text;
    struct boa_err *err;
};

/* A new layout needs a new plan. */
static int follow_layout(struct work *w)
{
    const struct boa_convert *job = w->job;

    if (w->plan != NULL && w->layout_serial == job->source->layout_serial)
        return 0;
    boa_plan_free(w->plan);
    w->plan = boa_plan_new(job->map, &job->source->layout, job->context, job->indent, w->err);
    w->layout_serial = job->source->layout_serial;
    return w->plan != NULL ? 0 : -1;
}

/* Names what a draft lacks. */
static void find_draft(struct work *w, const struct boa_record *record,
                       const struct boa_report *report)
{
    char text[BOA_ERR_TEXT_MAX];
    struct boa_buf list = { .ptr = text, .cap = sizeof text, .max = sizeof text };
    struct boa_err full = { 0 };

    for (size_t i = 0; i < report->missing_count; i++) {
        struct boa_str path = boa_str_from_byte(boa_field_get(report->missing[i])->path, 1);
        w->counts->missing[report->missing[i]] = true;
        if ((i > 0 && boa_buf_put(&list, BOA_STR_LIT(", "), &full) != 0) ||
            boa_buf_put(&list, path, &full) != 0)
            break; /* what fits is enough for a note */
    }
    if (list.len != 0)
        boa_diags_add(w->job->diags, BOA_DIAG_REPORT_DRAFT, record->place, (struct boa_str){ 0 },
                      "a draft: no %.*s", BOA_STR_FMT(boa_buf_str(&list)));
}

static void make_name(const struct work *w, const struct boa_report *report, char *out)
{
    const struct boa_report_name name = {
        .draft = !report->final,
        .publisher = boa_plan_value(w->plan, BOA_FIELD_HEADER_PUBLISHER_NAME),
        .stage = boa_plan_value(w->plan, BOA_FIELD_TASK_STAGE),
        .family = boa_plan_value(w->plan, BOA_FIELD_TASK_FAMILY),
        .infra = boa_plan_value(w->plan, BOA_FIELD_INFRASTRUCTURE_TYPE),
        .id = boa_plan_value(w->plan, BOA_FIELD_HEADER_REPORT_ID),
    };

    boa_report_name_make(out, &name);
}

static int hand_on(struct work *w, const struct boa_record *record, const struct boa_report *report)
{
    enum boa_sink_outcome outcome;
    char name[BOA_REPORT_NAME_MAX] = "";

    if (boa_sink_is_named(w->job->sink))
        make_name(w, report, name);
    if (boa_sink_put(w->job->sink, name, boa_buf_str(&w->text), &outcome, w->err) != 0)
        return -1;
    w->counts->reports++;
    w->counts->drafts += !report->final;
    w->counts->unchanged += outcome == BOA_SINK_UNCHANGED;
    w->counts->replaced += outcome == BOA_SINK_REPLACED;
    if (outcome == BOA_SINK_REFUSED) {
        w->counts->conflicts++;
        boa_diags_add(w->job->diags, BOA_DIAG_REPORT_EXISTS, record->place, (struct boa_str){ 0 },
                      "%s exists and differs; left alone", name);
    }
    return 0;
}

static int convert_record(struct work *w, const struct boa_record *record)
{
    struct boa_report report;

    boa_buf_clear(&w->text);
    if (follow_layout(w) != 0 ||
        boa_plan_bind(w->plan, record, &w->arena, w->job->diags, &report, w->err) != 0 ||
        boa_plan_emit(w->plan, &w->text, w->err) != 0)
        return -1;
    find_draft(w, record, &report);
    return hand_on(w, record, &report);
}

int boa_convert_run(const struct boa_convert *job, struct boa_convert_counts *counts,
                    struct boa_err *err)
{
    struct work w = { .job = job, .counts = counts, .err = err };
    struct boa_record record;
    int got;

    *counts = (struct boa_convert_counts){ 0 };
    boa_arena_init(&w.arena, job->max_report);
    boa_buf_init(&w.text, job->max_report);
    while ((got = job->source->next(job->source, &record, &w.arena, err)) > 0) {
        if (!job->go_on(job->user, counts->reports))
            break;
        if (convert_record(&w, &record) != 0) {
            got = -1;
            break;
        }
        boa_arena_reset(&w.arena);
    }
    /* What is complete is published; work that ends early only gives up what it holds back. */
    if (got >= 0)
        got = got == 0 ? boa_sink_finish(job->sink, err) : boa_sink_flush(job->sink, err);
    boa_plan_free(w.plan);
    boa_buf_release(&w.text);
    boa_arena_release(&w.arena);
    return got;
}
