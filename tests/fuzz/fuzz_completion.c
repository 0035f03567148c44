/* Any bytes as a report: what comes out is JSON without null, and completing it again changes
 * nothing. */
#include "core/report/completion.h"

#include "core/json/json_scan.h"
#include "tests/fuzz/fuzz.h"

enum { MEMORY_MAX = 16 << 20, REPORT_MAX = 16 << 20 };

/* clang-format off */
static const struct boa_map_row rows[] = {
    { .field = BOA_FIELD_HEADER_FORMAT_VERSION, .constant = "1.1.0" },
    { .field = BOA_FIELD_HEADER_FORMAT_VERSION_SPECIFICATION_URI, .constant = "https://v.example" },
    { .field = BOA_FIELD_HEADER_PUBLISHER_CONFIDENTIALITY_LEVEL, .constant = "internal" },
};
/* clang-format on */

static const char context_text[] =
    "task: {taskFamily: chatbot, algorithms: [{framework: a}, {framework: b}]}\n"
    "measures: [{version: '1'}]\n"
    "infrastructure: {components: [{componentType: cpu, nbComponent: 8}, {componentType: gpu},"
    " {componentType: gpu, share: 0.5}, {manufacturer: M}]}\n"
    "environment: {country: France}\n";

static void check_finding(void *user, const struct boa_finding *finding)
{
    size_t *count = user;

    FUZZ_CHECK(boa_utf8_valid_prefix(finding->message) == finding->message.len);
    FUZZ_CHECK(boa_utf8_valid_prefix(finding->pointer) == finding->pointer.len);
    FUZZ_CHECK(finding->message.len != 0);
    FUZZ_CHECK(++*count <= 3 * 17); /* kinds of findings, and how many of each are told */
}

static void check_text(struct boa_str text)
{
    struct boa_json_scan scan;
    enum boa_json_kind kind;

    FUZZ_CHECK(text.len != 0 && text.ptr[text.len - 1] == '\n');
    boa_json_scan_init(&scan, text);
    FUZZ_CHECK(boa_json_scan_next(&scan) == BOA_JSON_OBJECT_BEGIN);
    do {
        kind = boa_json_scan_next(&scan);
        FUZZ_CHECK(kind != BOA_JSON_ERROR && kind != BOA_JSON_NULL);
    } while (kind != BOA_JSON_END);
}

/* False when there is nothing to look at. */
static bool complete(struct boa_buf *out, struct boa_completed *done,
                     const struct boa_completion *completion, struct boa_str report,
                     struct boa_arena *arena)
{
    const struct boa_place place = { .file = BOA_STR("fuzz"), .line = 1 };
    struct boa_err err = { 0 };

    if (boa_completion_apply(done, out, completion, report, place, arena, &err) != 0) {
        FUZZ_CHECK(err.kind == BOA_ERR_DATA || err.kind == BOA_ERR_LIMIT);
        FUZZ_CHECK(out->len == 0);
        return false;
    }
    check_text(boa_buf_str(out));
    FUZZ_CHECK(done->report.final == !done->name.draft);
    FUZZ_CHECK(!done->report.final || (done->report.missing_count == 0 && !done->report.invalid));
    FUZZ_CHECK(done->name.id.len != 0);
    return true;
}

static void check_report(struct boa_completion completion, struct boa_str report)
{
    struct boa_arena arena;
    struct boa_buf first, second;
    struct boa_completed done, again;
    size_t findings = 0;
    const struct boa_diags diags = { .add = check_finding, .user = &findings };

    completion.diags = &diags;
    boa_arena_init(&arena, MEMORY_MAX);
    boa_buf_init(&first, REPORT_MAX);
    boa_buf_init(&second, REPORT_MAX);
    if (complete(&first, &done, &completion, report, &arena)) {
        completion.diags = NULL;
        if (complete(&second, &again, &completion, boa_buf_str(&first), &arena)) {
            FUZZ_CHECK(boa_str_equal(boa_buf_str(&first), boa_buf_str(&second)));
            FUZZ_CHECK(done.report.final == again.report.final);
        }
    }
    boa_buf_release(&first);
    boa_buf_release(&second);
    boa_arena_release(&arena);
}

int boa_fuzz_completion(const uint8_t *data, size_t size)
{
    struct boa_str report = boa_str_make((const char *)data, size);
    struct boa_context context;
    struct boa_map map;
    struct boa_completion completion = { &context, &map, 0, NULL };
    struct boa_err err = { 0 };
    bool valid;

    FUZZ_CHECK(boa_context_init(&context, MEMORY_MAX, &err) == 0);
    boa_map_init(&map, rows, sizeof rows / sizeof rows[0]);
    check_report(completion, report);
    FUZZ_CHECK(boa_context_merge(&context, "c", boa_str_from(context_text), &valid, NULL, &err) ==
               0);
    FUZZ_CHECK(valid);
    completion.indent = 2;
    check_report(completion, report);
    boa_context_release(&context);
    return 0;
}
