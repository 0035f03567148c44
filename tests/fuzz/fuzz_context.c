/* Any bytes as a context: findings, or reports that are JSON without null and in schema order. */
#include "core/json/json_scan.h"
#include "core/report/plan.h"
#include "tests/fuzz/fuzz.h"

enum { MEMORY_MAX = 16 << 20, REPORT_MAX = 64 << 20, DEPTH_MAX = 8 };

/* clang-format off */
static const struct boa_map_row rows[] = {
    { .field = BOA_FIELD_HEADER_FORMAT_VERSION, .constant = "1.1.0" },
    { .field = BOA_FIELD_HEADER_REPORT_ID, .cell = "id" },
    { .field = BOA_FIELD_HEADER_REPORT_DATETIME, .cell = "time" },
    { .field = BOA_FIELD_MEASURE_METHOD, .slot = BOA_SLOT_MEASURE, .constant = "meter" },
    { .field = BOA_FIELD_MEASURE_POWER_CONSUMPTION, .slot = BOA_SLOT_MEASURE, .cell = "energy" },
    { .field = BOA_FIELD_SOFTWARE_LANGUAGE, .constant = "python" },
    { .field = BOA_FIELD_COMPONENT_TYPE, .slot = BOA_SLOT_CPU, .constant = "cpu" },
    { .field = BOA_FIELD_COMPONENT_NB, .slot = BOA_SLOT_CPU, .cell = "cpus" },
    { .field = BOA_FIELD_COMPONENT_TYPE, .slot = BOA_SLOT_GPU, .constant = "gpu" },
    { .field = BOA_FIELD_COMPONENT_NB, .slot = BOA_SLOT_GPU, .cell = "gpus" },
    { .field = BOA_FIELD_ENVIRONMENT_COUNTRY, .cell = "country" },
};
/* clang-format on */
static const struct boa_str names[] = { BOA_STR("id"), BOA_STR("time"), BOA_STR("cpus"),
                                        BOA_STR("country") };
static const struct boa_str energy[] = { BOA_STR("energy") }, gpus[] = { BOA_STR("gpus") };
static const struct boa_layout layout = { names,
                                          sizeof names / sizeof names[0],
                                          { { energy, 1 }, { gpus, 1 } } };

static void count_finding(void *user, const struct boa_finding *finding)
{
    size_t *count = user;

    FUZZ_CHECK(boa_utf8_valid_prefix(finding->message) == finding->message.len);
    FUZZ_CHECK(finding->message.len != 0);
    ++*count;
}

/* Where the scan stands in the field table. */
struct position {
    enum boa_field_id container, last; /* last: the member that came before */
};

static enum boa_field_id step(struct position *at, struct boa_json_scan *scan,
                              enum boa_json_kind *kind)
{
    if (boa_field_get(at->container)->type == BOA_FIELD_ARRAY)
        return boa_field_element(at->container);
    FUZZ_CHECK(*kind == BOA_JSON_KEY);
    enum boa_field_id id = boa_field_member(at->container, scan->raw);
    FUZZ_CHECK(id != BOA_FIELD_COUNT && id > at->last);
    at->last = id;
    *kind = boa_json_scan_next(scan);
    return id;
}

static void check_value(enum boa_field_id id, enum boa_json_kind kind)
{
    static const enum boa_json_kind kinds[] = {
        [BOA_FIELD_OBJECT] = BOA_JSON_OBJECT_BEGIN, [BOA_FIELD_ARRAY] = BOA_JSON_ARRAY_BEGIN,
        [BOA_FIELD_STRING] = BOA_JSON_STRING,       [BOA_FIELD_NUMBER] = BOA_JSON_NUMBER,
        [BOA_FIELD_INTEGER] = BOA_JSON_NUMBER,
    };
    FUZZ_CHECK(kind == kinds[boa_field_get(id)->type]); /* so there is no null */
}

static void check_report(struct boa_str text)
{
    struct boa_json_scan scan;
    struct position stack[DEPTH_MAX];
    size_t depth = 0;
    enum boa_json_kind kind;

    boa_json_scan_init(&scan, text);
    FUZZ_CHECK(boa_json_scan_next(&scan) == BOA_JSON_OBJECT_BEGIN);
    stack[depth++] = (struct position){ BOA_FIELD_ROOT, BOA_FIELD_ROOT };
    while (depth > 0) {
        kind = boa_json_scan_next(&scan);
        if (kind == BOA_JSON_OBJECT_END || kind == BOA_JSON_ARRAY_END) {
            depth--;
            continue;
        }
        enum boa_field_id id = step(&stack[depth - 1], &scan, &kind);
        check_value(id, kind);
        if (kind == BOA_JSON_OBJECT_BEGIN || kind == BOA_JSON_ARRAY_BEGIN) {
            FUZZ_CHECK(depth < DEPTH_MAX);
            stack[depth++] = (struct position){ id, id };
        }
    }
    FUZZ_CHECK(boa_json_scan_next(&scan) == BOA_JSON_END);
}

/* A record with as many GPUs as told. */
static void make_report(struct boa_plan *plan, size_t gpu_count)
{
    static const struct boa_str cells[] = {
        BOA_STR("r-1"), BOA_STR("2024-05-01 10:20:30"), BOA_STR("8"), { NULL, 0 }
    };
    static const struct boa_str measures[] = { BOA_STR("0.5"), BOA_STR("0.25") };
    static const struct boa_str counts[] = { BOA_STR("1"), BOA_STR("2") };
    struct boa_record record = { .cells = cells, .group = { { measures, 2, 1 } } };
    struct boa_report report;
    struct boa_arena arena;
    struct boa_buf out;
    struct boa_err err = { 0 };

    record.group[BOA_GROUP_GPU].cells = counts;
    record.group[BOA_GROUP_GPU].elements = gpu_count;
    record.group[BOA_GROUP_GPU].width = 1;
    boa_arena_init(&arena, MEMORY_MAX);
    boa_buf_init(&out, REPORT_MAX);
    FUZZ_CHECK(boa_plan_bind(plan, &record, &arena, NULL, &report, &err) == 0);
    FUZZ_CHECK(boa_plan_emit(plan, &out, &err) == 0);
    check_report(boa_buf_str(&out));
    FUZZ_CHECK(!report.final || report.missing_count == 0);
    for (size_t i = 1; i < report.missing_count; i++)
        FUZZ_CHECK(report.missing[i - 1] < report.missing[i]);
    boa_buf_release(&out);
    boa_arena_release(&arena);
}

int boa_fuzz_context(const uint8_t *data, size_t size)
{
    struct boa_str text = boa_str_make((const char *)data, size);
    struct boa_context context;
    struct boa_map map;
    size_t findings = 0;
    struct boa_diags diags = { .add = count_finding, .user = &findings };
    struct boa_err err = { 0 };
    bool valid, set = false;

    FUZZ_CHECK(boa_context_init(&context, MEMORY_MAX, &err) == 0);
    boa_map_init(&map, rows, sizeof rows / sizeof rows[0]);
    if (boa_context_merge(&context, "fuzz", text, &valid, &diags, &err) != 0) {
        FUZZ_CHECK(err.kind == BOA_ERR_LIMIT);
        goto out;
    }
    FUZZ_CHECK(valid == (findings == 0));
    FUZZ_CHECK(valid || context.root->first == NULL);
    if (boa_context_set(&context, text, &set, NULL, &err) != 0) {
        FUZZ_CHECK(err.kind == BOA_ERR_LIMIT);
        goto out;
    }
    for (unsigned indent = 0; (valid || set) && indent <= 2; indent += 2) {
        struct boa_plan *plan = boa_plan_new(&map, &layout, &context, indent, &err);
        FUZZ_CHECK(plan != NULL);
        for (size_t gpu_count = 0; gpu_count <= 2; gpu_count++)
            make_report(plan, gpu_count);
        boa_plan_free(plan);
    }
out:
    boa_context_release(&context);
    return 0;
}
