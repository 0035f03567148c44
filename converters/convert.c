/* Run by run: bind, emit, name, hand on. */
#include "converters/convert.h"

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/report/completion.h"
#include "core/report/key_table.h"
#include "core/report/plan.h"

enum { COMPLETED_MAX = 1 << 20 /* 28 MiB at most */ };

struct work {
    const struct boa_convert *job;
    struct boa_convert_counts *counts;
    struct boa_plan *plan;
    uint64_t layout_serial; /* that the plan was made for */
    struct boa_arena arena; /* of the report at hand */
    struct boa_buf text;
    struct boa_key_table
        completed; /* digests of the reports that were completed, and of their ids */
    bool full_told;
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

static struct boa_report_name name_of(const struct work *w, const struct boa_report *report)
{
    return (struct boa_report_name){
        .draft = !report->final,
        .publisher = boa_plan_value(w->plan, BOA_FIELD_HEADER_PUBLISHER_NAME),
        .stage = boa_plan_value(w->plan, BOA_FIELD_TASK_STAGE),
        .family = boa_plan_value(w->plan, BOA_FIELD_TASK_FAMILY),
        .infra = boa_plan_value(w->plan, BOA_FIELD_INFRASTRUCTURE_TYPE),
        .id = boa_plan_value(w->plan, BOA_FIELD_HEADER_REPORT_ID),
    };
}

static void count_report(struct work *w, const struct boa_report *report)
{
    w->counts->reports++;
    w->counts->drafts += !report->final;
    w->counts->doubtful += !report->final && report->missing_count == 0;
}

static int hand_on(struct work *w, const struct boa_record *record,
                   const struct boa_report_name *parts)
{
    enum boa_sink_outcome outcome;
    char name[BOA_REPORT_NAME_MAX] = "";

    if (boa_sink_is_named(w->job->sink))
        boa_report_name_make(name, parts);
    if (boa_sink_put(w->job->sink, name, boa_buf_str(&w->text), &outcome, w->err) != 0)
        return -1;
    w->counts->unchanged += outcome == BOA_SINK_UNCHANGED;
    w->counts->replaced += outcome == BOA_SINK_REPLACED;
    if (outcome == BOA_SINK_REFUSED) {
        w->counts->conflicts++;
        boa_diags_add(w->job->diags, BOA_DIAG_REPORT_EXISTS, record->place, (struct boa_str){ 0 },
                      "%s exists and differs; left alone", name);
    }
    return 0;
}

/* What is wrong with one report is no reason to stop; want of memory is. */
static int refuse_report(struct work *w, const struct boa_record *record)
{
    if (w->err->kind != BOA_ERR_DATA && w->err->kind != BOA_ERR_LIMIT)
        return -1;
    w->counts->refused++;
    boa_diags_add(w->job->diags, BOA_DIAG_REPORT_REFUSED, record->place, (struct boa_str){ 0 },
                  "report refused: %s", w->err->text);
    *w->err = (struct boa_err){ 0 };
    return 0;
}

static int convert_record(struct work *w, const struct boa_record *record)
{
    struct boa_report_name name = { 0 };
    struct boa_report report;

    if (follow_layout(w) != 0)
        return -1;
    if (boa_plan_bind(w->plan, record, &w->arena, w->job->diags, &report, w->err) != 0 ||
        boa_plan_emit(w->plan, &w->text, w->err) != 0)
        return refuse_report(w, record);
    find_draft(w, record, &report);
    count_report(w, &report);
    if (boa_sink_is_named(w->job->sink))
        name = name_of(w, &report);
    return hand_on(w, record, &name);
}

/* Whether a text is the first of its kind, as far as the table goes. */
static int is_new(bool *added, struct work *w, struct boa_str text, struct boa_place place)
{
    const struct boa_key128 key = boa_key128_make(text);
    uint32_t number;

    if (w->completed.count < w->completed.max)
        return boa_key_table_add(&w->completed, key, &number, added, w->err);
    *added = !boa_key_table_find(&w->completed, key, &number);
    if (!w->full_told)
        boa_diags_add(w->job->diags, BOA_DIAG_REPORT_IDS_MANY, place, (struct boa_str){ 0 },
                      "%zu reports are compared", w->completed.max / 2);
    w->full_told = true;
    return 0;
}

/* Copies of a report are one; others under its id are kept, and named. */
static int hand_on_completed(struct work *w, const struct boa_record *record,
                             const struct boa_report_name *name)
{
    bool new_report, new_id;

    if (is_new(&new_report, w, boa_buf_str(&w->text), record->place) != 0)
        return -1;
    if (!new_report) {
        w->counts->unchanged++;
        return 0;
    }
    if (is_new(&new_id, w, name->id, record->place) != 0)
        return -1;
    if (!new_id)
        boa_diags_add(w->job->diags, BOA_DIAG_REPORT_ID_REPEATED, record->place,
                      boa_field_get(BOA_FIELD_HEADER_REPORT_ID)->path,
                      "another report has the id %.*s, too", BOA_STR_FMT(name->id));
    return hand_on(w, record, name);
}

static int complete_report(struct work *w, const struct boa_record *record)
{
    const struct boa_completion completion = { w->job->context, w->job->map, w->job->indent,
                                               w->job->diags };
    struct boa_completed done;

    if (boa_completion_apply(&done, &w->text, &completion, record->report, record->place, &w->arena,
                             w->err) != 0)
        return refuse_report(w, record);
    find_draft(w, record, &done.report);
    count_report(w, &done.report);
    return hand_on_completed(w, record, &done.name);
}

/* True when all reports would bear one id. */
static bool gives_id(const struct boa_context *context)
{
    const struct boa_given *id = boa_context_find(context, BOA_FIELD_HEADER_REPORT_ID);

    return id != NULL && id->text.len != 0;
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
    boa_key_table_init(&w.completed, COMPLETED_MAX);
    while ((got = job->source->next(job->source, &record, &w.arena, err)) > 0) {
        if (!job->go_on(job->user, counts->reports))
            break;
        if (counts->reports != 0 && gives_id(job->context)) {
            got = boa_err_set(err, BOA_ERR_USAGE,
                              "the context gives a reportId, and there is more than one run: ids "
                              "are for one report each");
            break;
        }
        boa_buf_clear(&w.text);
        if ((record.report.len != 0 ? complete_report : convert_record)(&w, &record) != 0) {
            got = -1;
            break;
        }
        boa_arena_reset(&w.arena);
    }
    /* What is complete is published; work that ends early only gives up what it holds back. */
    if (got >= 0)
        got = got == 0 ? boa_sink_finish(job->sink, err) : boa_sink_flush(job->sink, err);
    boa_plan_free(w.plan);
    boa_key_table_release(&w.completed);
    boa_buf_release(&w.text);
    boa_arena_release(&w.arena);
    return got;
}
