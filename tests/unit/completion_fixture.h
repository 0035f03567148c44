/* Reports completed under a context, their text at hand, for tests to compare. */
#ifndef BOA_UNIT_COMPLETION_FIXTURE_H
#define BOA_UNIT_COMPLETION_FIXTURE_H

#include <json-c/json.h>

#include "core/report/completion.h"
#include "tests/unit/finding_log.h"

static const struct boa_map_row completion_rows[] = {
    { .field = BOA_FIELD_HEADER_FORMAT_VERSION, .constant = "1.1.0" },
    { .field = BOA_FIELD_HEADER_FORMAT_VERSION_SPECIFICATION_URI, .constant = "https://v.example" },
    { .field = BOA_FIELD_HEADER_REPORT_ID, .cell = "id" },
    { .field = BOA_FIELD_HEADER_PUBLISHER_CONFIDENTIALITY_LEVEL, .constant = "internal" },
    { .field = BOA_FIELD_SOFTWARE_LANGUAGE, .constant = "python" },
    { .field = BOA_FIELD_MEASURE_METHOD, .slot = BOA_SLOT_MEASURE, .constant = "meter" },
};

/* A report that lacks nothing, in schema order, and its pieces. */
#define FULL_HEADER                                                                                \
    "\"header\":{\"formatVersion\":\"1.1.0\","                                                     \
    "\"formatVersionSpecificationUri\":\"https://v.example\",\"reportId\":\"r1\","                 \
    "\"reportDatetime\":\"2026-01-02 03:04:05\",\"reportStatus\":\"final\"}"
#define FULL_TASK                                                                                  \
    "\"task\":{\"taskStage\":\"inference\",\"taskFamily\":\"chatbot\","                            \
    "\"algorithms\":[{\"framework\":\"a\"}],"                                                      \
    "\"dataset\":[{\"dataUsage\":\"input\",\"dataType\":\"text\"}]}"
#define FULL_MEASURES "\"measures\":[{\"measurementMethod\":\"m\",\"powerConsumption\":0.50}]"
#define FULL_INFRASTRUCTURE                                                                        \
    "\"infrastructure\":{\"infraType\":\"onPremise\",\"components\":["                             \
    "{\"componentType\":\"cpu\",\"nbComponent\":8},{\"componentType\":\"ram\",\"nbComponent\":1}]" \
    "}"
#define FULL_REPORT "{" FULL_HEADER "," FULL_TASK "," FULL_MEASURES "," FULL_INFRASTRUCTURE "}"

struct completion_fixture {
    struct boa_context context;
    struct boa_map map;
    struct boa_completion completion;
    struct boa_arena arena;
    struct boa_buf text;
    struct finding_log log;
    struct boa_completed done; /* the last one; its texts lie in the arena */
    char last[1 << 16];        /* its report, terminated */
};

static inline int completion_fixture_begin(void **state)
{
    static struct completion_fixture fixture;
    struct completion_fixture *f = &fixture;
    struct boa_err err = { 0 };

    memset(f, 0, sizeof *f);
    *state = f;
    boa_map_init(&f->map, completion_rows, sizeof completion_rows / sizeof completion_rows[0]);
    boa_arena_init(&f->arena, 1 << 22);
    boa_buf_init(&f->text, 1 << 22);
    finding_log_clear(&f->log);
    f->completion = (struct boa_completion){ &f->context, &f->map, 0, &f->log.diags };
    return boa_context_init(&f->context, 1 << 20, &err);
}

static inline int completion_fixture_end(void **state)
{
    struct completion_fixture *f = *state;

    boa_context_release(&f->context);
    boa_arena_release(&f->arena);
    boa_buf_release(&f->text);
    return 0;
}

/* YAML, be it in braces. */
static inline void completion_context(struct completion_fixture *f, const char *text)
{
    char yaml[2048];
    struct boa_err err = { 0 };
    bool valid;

    (void)snprintf(yaml, sizeof yaml, "--- %s\n", text);
    if (boa_context_merge(&f->context, "c", boa_str_from(yaml), &valid, &f->log.diags, &err) != 0 ||
        !valid)
        fail_msg("%s%s", err.text, f->log.text);
}

/* Begins anew, for the next case of a table. */
static inline void completion_again(void **state)
{
    (void)completion_fixture_end(state);
    assert_int_equal(completion_fixture_begin(state), 0);
}

/* Completes a report that begins in line 1 of "r.json". */
static inline const char *complete(struct completion_fixture *f, const char *report)
{
    const struct boa_place place = { BOA_STR("r.json"), 1, 0 };
    struct boa_err err = { 0 };

    boa_arena_reset(&f->arena);
    boa_buf_clear(&f->text);
    finding_log_clear(&f->log);
    if (boa_completion_apply(&f->done, &f->text, &f->completion, boa_str_from(report), place,
                             &f->arena, &err) != 0)
        fail_msg("%s", err.text);
    assert_true(f->text.len != 0 && f->text.len < sizeof f->last);
    assert_int_equal(f->text.ptr[f->text.len - 1], '\n');
    memcpy(f->last, f->text.ptr, f->text.len - 1);
    f->last[f->text.len - 1] = '\0';
    return f->last;
}

/* Completing what was completed changes nothing. */
static inline void check_stable(struct completion_fixture *f)
{
    static char before[sizeof f->last];

    strcpy(before, f->last);
    assert_string_equal(complete(f, before), before);
}

static inline void check_same_value(const char *have, const char *want)
{
    struct json_object *left = json_tokener_parse(have), *right = json_tokener_parse(want);

    assert_non_null(left);
    assert_non_null(right);
    if (!json_object_equal(left, right))
        fail_msg("want %s\nhave %s", want, have);
    json_object_put(left);
    json_object_put(right);
}

#define COMPLETION_TEST(name)                                                                      \
    cmocka_unit_test_setup_teardown(name, completion_fixture_begin, completion_fixture_end)

#endif
