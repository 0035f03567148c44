/* A small map, layout and record for tests of the plan, and reports made of them in both forms. */
#ifndef BOA_UNIT_PLAN_FIXTURE_H
#define BOA_UNIT_PLAN_FIXTURE_H

#include <json-c/json.h>

#include "core/report/plan.h"
#include "tests/unit/finding_log.h"

enum { PLAN_CELLS = 13, PLAN_MEASURE_CELLS = 3, PLAN_GPU_CELLS = 2, PLAN_ELEMENTS_MAX = 4 };

static const struct boa_str plan_cell_names[PLAN_CELLS] = {
    BOA_STR("id"),      BOA_STR("time"),   BOA_STR("project"),  BOA_STR("os"),   BOA_STR("python"),
    BOA_STR("infra"),   BOA_STR("@doubt"), BOA_STR("cpu"),      BOA_STR("cpus"), BOA_STR("ram"),
    BOA_STR("country"), BOA_STR("code"),   BOA_STR("location"),
};
static const struct boa_str plan_measure_names[PLAN_MEASURE_CELLS] = {
    BOA_STR("energy"),
    BOA_STR("duration"),
    BOA_STR("load"),
};
static const struct boa_str plan_gpu_names[PLAN_GPU_CELLS] = { BOA_STR("gpu"), BOA_STR("gpus") };

/* clang-format off */
static const struct boa_map_row plan_rows[] = {
    { .field = BOA_FIELD_HEADER_FORMAT_VERSION, .constant = "1.1.0" },
    { .field = BOA_FIELD_HEADER_REPORT_ID, .cell = "id" },
    { .field = BOA_FIELD_HEADER_REPORT_DATETIME, .cell = "time" },
    { .field = BOA_FIELD_HEADER_PUBLISHER_PROJECT_NAME, .cell = "project" },
    { .field = BOA_FIELD_HEADER_PUBLISHER_CONFIDENTIALITY_LEVEL, .constant = "internal" },
    { .field = BOA_FIELD_MEASURE_METHOD, .slot = BOA_SLOT_MEASURE, .constant = "meter" },
    { .field = BOA_FIELD_MEASURE_AVERAGE_UTILIZATION_CPU, .slot = BOA_SLOT_MEASURE, .cell = "load",
      .unit = BOA_UNIT_PERCENT },
    { .field = BOA_FIELD_MEASURE_POWER_CONSUMPTION, .slot = BOA_SLOT_MEASURE, .cell = "energy" },
    { .field = BOA_FIELD_MEASURE_DURATION, .slot = BOA_SLOT_MEASURE, .cell = "duration",
      .transform = BOA_TRANSFORM_POSITIVE },
    { .field = BOA_FIELD_SYSTEM_OS, .cell = "os" },
    { .field = BOA_FIELD_SOFTWARE_LANGUAGE, .constant = "python" },
    { .field = BOA_FIELD_SOFTWARE_VERSION, .cell = "python" },
    { .field = BOA_FIELD_INFRASTRUCTURE_TYPE, .cell = "infra", .doubt = "@doubt",
      .doubt_id = BOA_DIAG_INFRA_ASSUMED },
    { .field = BOA_FIELD_COMPONENT_NAME, .slot = BOA_SLOT_CPU, .cell = "cpu" },
    { .field = BOA_FIELD_COMPONENT_TYPE, .slot = BOA_SLOT_CPU, .constant = "cpu" },
    { .field = BOA_FIELD_COMPONENT_NB, .slot = BOA_SLOT_CPU, .cell = "cpus" },
    { .field = BOA_FIELD_COMPONENT_NAME, .slot = BOA_SLOT_GPU, .cell = "gpu" },
    { .field = BOA_FIELD_COMPONENT_TYPE, .slot = BOA_SLOT_GPU, .constant = "gpu" },
    { .field = BOA_FIELD_COMPONENT_NB, .slot = BOA_SLOT_GPU, .cell = "gpus" },
    { .field = BOA_FIELD_COMPONENT_TYPE, .slot = BOA_SLOT_RAM, .constant = "ram" },
    { .field = BOA_FIELD_COMPONENT_NB, .slot = BOA_SLOT_RAM, .constant = "1" },
    { .field = BOA_FIELD_COMPONENT_MEMORY_SIZE, .slot = BOA_SLOT_RAM, .cell = "ram" },
    { .field = BOA_FIELD_ENVIRONMENT_COUNTRY, .cell = "country" },
    { .field = BOA_FIELD_ENVIRONMENT_COUNTRY, .cell = "code" },
    { .field = BOA_FIELD_ENVIRONMENT_LOCATION, .cell = "location" },
    { .field = BOA_FIELD_QUALITY, .cell = "no such column" },
};
/* clang-format on */

struct plan_fixture {
    struct boa_map map;
    struct boa_layout layout;
    struct boa_context context;
    struct boa_str cells[PLAN_CELLS];
    struct boa_str measures[PLAN_ELEMENTS_MAX * PLAN_MEASURE_CELLS];
    struct boa_str gpus[PLAN_ELEMENTS_MAX * PLAN_GPU_CELLS];
    struct boa_record record;
    struct finding_log log;
    struct boa_report report;
    char text[16384]; /* the last report, in one line, without its line feed */
};

/* A record with one measure, no GPU and empty cells. */
static inline int plan_fixture_begin(void **state)
{
    static struct plan_fixture fixture;
    struct plan_fixture *f = &fixture;
    struct boa_err err = { 0 };

    memset(f, 0, sizeof *f);
    *state = f;
    boa_map_init(&f->map, plan_rows, sizeof plan_rows / sizeof plan_rows[0]);
    f->layout.names = plan_cell_names;
    f->layout.count = PLAN_CELLS;
    f->layout.group[BOA_GROUP_MEASURE].names = plan_measure_names;
    f->layout.group[BOA_GROUP_MEASURE].count = PLAN_MEASURE_CELLS;
    f->layout.group[BOA_GROUP_GPU].names = plan_gpu_names;
    f->layout.group[BOA_GROUP_GPU].count = PLAN_GPU_CELLS;
    f->record.place = (struct boa_place){ BOA_STR("x.csv"), 2, 1 };
    f->record.cells = f->cells;
    f->record.group[BOA_GROUP_MEASURE].cells = f->measures;
    f->record.group[BOA_GROUP_MEASURE].elements = 1;
    f->record.group[BOA_GROUP_MEASURE].width = PLAN_MEASURE_CELLS;
    f->record.group[BOA_GROUP_GPU].cells = f->gpus;
    f->record.group[BOA_GROUP_GPU].width = PLAN_GPU_CELLS;
    return boa_context_init(&f->context, 1 << 20, &err);
}

static inline int plan_fixture_end(void **state)
{
    struct plan_fixture *f = *state;
    boa_context_release(&f->context);
    return 0;
}

static inline void plan_cell(struct plan_fixture *f, const char *name, const char *text)
{
    for (size_t i = 0; i < PLAN_CELLS; i++) {
        if (boa_str_equal_lit(plan_cell_names[i], name)) {
            f->cells[i] = boa_str_from(text);
            return;
        }
    }
    fail_msg("no cell %s", name);
}

static inline void plan_measure(struct plan_fixture *f, size_t index, const char *energy,
                                const char *duration, const char *load)
{
    struct boa_str *cells = &f->measures[index * PLAN_MEASURE_CELLS];
    cells[0] = boa_str_from(energy);
    cells[1] = boa_str_from(duration);
    cells[2] = boa_str_from(load);
    f->record.group[BOA_GROUP_MEASURE].elements = index + 1;
}

static inline void plan_gpu(struct plan_fixture *f, size_t index, const char *name,
                            const char *count)
{
    f->gpus[index * PLAN_GPU_CELLS] = boa_str_from(name);
    f->gpus[index * PLAN_GPU_CELLS + 1] = boa_str_from(count);
    f->record.group[BOA_GROUP_GPU].elements = index + 1;
}

static inline void plan_context(struct plan_fixture *f, const char *text)
{
    struct boa_err err = { 0 };
    bool valid;

    finding_log_clear(&f->log);
    if (boa_context_merge(&f->context, "c", boa_str_from(text), &valid, &f->log.diags, &err) != 0 ||
        !valid)
        fail_msg("%s%s", err.text, f->log.text);
}

/* A context that makes any record's report complete. */
static inline void plan_complete(struct plan_fixture *f)
{
    plan_context(f, "task: {taskStage: s, taskFamily: f, algorithms: [{framework: a}],"
                    " dataset: [{dataUsage: input, dataType: text}]}");
    plan_cell(f, "time", "2024-05-01 10:20:30");
    plan_cell(f, "infra", "onPremise");
    plan_cell(f, "cpus", "8");
    plan_measure(f, 0, "0.5", "", "");
}

static inline struct boa_plan *plan_make(struct plan_fixture *f, unsigned indent)
{
    struct boa_err err = { 0 };
    struct boa_plan *plan = boa_plan_new(&f->map, &f->layout, &f->context, indent, &err);
    if (plan == NULL)
        fail_msg("%s", err.text);
    return plan;
}

/* Both forms of a report hold the same values in the same order, as json-c reads them. */
static inline void plan_check_forms(const char *compact, const char *indented)
{
    enum { FLAGS = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE };
    struct json_object *a = json_tokener_parse(compact), *b = json_tokener_parse(indented);

    assert_non_null(a);
    assert_non_null(b);
    assert_string_equal(json_object_to_json_string_ext(a, FLAGS), compact);
    assert_string_equal(json_object_to_json_string_ext(b, FLAGS), compact);
    json_object_put(a);
    json_object_put(b);
}

/* Binds and emits in one line and indented; the findings are those of the first. */
static inline const char *plan_report(struct plan_fixture *f)
{
    static const unsigned indents[] = { 2, 0 };
    struct boa_buf out;
    struct boa_err err = { 0 };
    char indented[sizeof f->text] = "";

    boa_buf_init(&out, sizeof f->text - 1);
    for (size_t i = 0; i < 2; i++) {
        struct boa_plan *plan = plan_make(f, indents[i]);
        struct boa_arena arena;

        boa_arena_init(&arena, 1 << 20);
        boa_buf_clear(&out);
        finding_log_clear(&f->log);
        if (boa_plan_bind(plan, &f->record, &arena, &f->log.diags, &f->report, &err) != 0 ||
            boa_plan_emit(plan, &out, &err) != 0)
            fail_msg("%s", err.text);
        assert_int_equal(out.ptr[out.len - 1], '\n');
        memcpy(f->text, out.ptr, out.len - 1);
        f->text[out.len - 1] = '\0';
        if (indents[i] == 2)
            strcpy(indented, f->text);
        boa_arena_release(&arena);
        boa_plan_free(plan);
    }
    boa_buf_release(&out);
    assert_null(strchr(f->text, '\n'));
    plan_check_forms(f->text, indented);
    return f->text;
}

/* The paths of the missing fields, separated by blanks. */
static inline void plan_check_missing(const struct plan_fixture *f, const char *want)
{
    char have[2048] = "";
    for (size_t i = 0; i < f->report.missing_count; i++) {
        struct boa_str path = boa_field_get(f->report.missing[i])->path;
        strcat(have, i == 0 ? "" : " ");
        strncat(have, path.ptr, path.len);
    }
    assert_string_equal(have, want);
}

#define PLAN_TEST(name) cmocka_unit_test_setup_teardown(name, plan_fixture_begin, plan_fixture_end)

#endif
