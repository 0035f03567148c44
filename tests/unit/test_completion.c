/* Reports given as input: what stays, what is added, what is said of them. */
#include "tests/unit/unit.h"
/* These need cmocka in front of them. */
#include "core/report/report_id.h"
#include "tests/unit/completion_fixture.h"

static void test_a_complete_report_stays_as_it_is(void **state)
{
    struct completion_fixture *f = *state;

    assert_string_equal(complete(f, FULL_REPORT), FULL_REPORT);
    assert_string_equal(f->log.text, "");
    assert_true(f->done.report.final);
    assert_int_equal(f->done.report.missing_count, 0);
    assert_false(f->done.name.draft);
    assert_text_equal(f->done.name.id, "r1");
    assert_text_equal(f->done.name.stage, "inference");
    assert_text_equal(f->done.name.family, "chatbot");
    assert_text_equal(f->done.name.infra, "onPremise");
    assert_text_equal(f->done.name.publisher, "");
}

static void test_known_members_in_order_and_unknown_ones_behind(void **state)
{
    struct completion_fixture *f = *state;

    complete(f, "{\"$hash\":{\"value\":1},\"quality\":\"high\"," FULL_INFRASTRUCTURE
                ",\"llmBenchmark\":[{\"b\":1.50,\"a\":[]},{}]," FULL_TASK
                ",\"measures\":[{\"unit\":\"kWh\",\"powerConsumption\":1e-3,"
                "\"measurementMethod\":\"m\"}]," FULL_HEADER "}");
    assert_string_equal(f->last,
                        "{" FULL_HEADER "," FULL_TASK
                        ",\"measures\":[{\"measurementMethod\":\"m\",\"powerConsumption\":1e-3,"
                        "\"unit\":\"kWh\"}]," FULL_INFRASTRUCTURE ",\"quality\":\"high\","
                        "\"$hash\":{\"value\":1},\"llmBenchmark\":[{\"b\":1.50,\"a\":[]},{}]}");
    check_stable(f);
}

/* True when every leaf of `old` stands in `new` at the same place. */
static bool holds_all(struct json_object *new, struct json_object *old)
{
    if (json_object_is_type(old, json_type_object)) {
        json_object_object_foreach(old, key, value)
        {
            struct json_object *other;
            if (!json_object_object_get_ex(new, key, &other) || !holds_all(other, value))
                return false;
        }
        return true;
    }
    if (json_object_is_type(old, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(old); i++) {
            if (!json_object_is_type(new, json_type_array) ||
                !holds_all(json_object_array_get_idx(new, i), json_object_array_get_idx(old, i)))
                return false;
        }
        return true;
    }
    return json_object_equal(new, old);
}

/* None of these says anything that the context says, too. */
static void test_nothing_is_lost(void **state)
{
    static const char *const reports[] = {
        "{\"measures\":[{\"a\":{\"b\":[1,[2,{\"c\":\"d\"}]]}}],\"task\":{\"x\":true},\"y\":\"\"}",
        "{\"header\":\"wrong\",\"measures\":{\"x\":1},\"infrastructure\":[3],\"environment\":7}",
        "{\"header\":{\"publisher\":{\"email\":\"e\"},\"reportId\":5},\"measures\":[1,\"two\",[]],"
        "\"infrastructure\":{\"components\":[{\"componentType\":\"cpu\",\"nbComponent\":2.5,"
        "\"cores\":[8,16]},\"odd\",{\"componentName\":\"n\"}]}}",
        "{\"environment\":{\"latitude\":48.9},\"measures\":[{}],\"task\":{\"algorithms\":[{}]}}",
        "{\"measures\":[{}],\"task\":{\"dataset\":[{\"volume\":3,\"unit\":\"gigabyte\"}]}}",
    };
    struct completion_fixture *f = *state;

    completion_context(f, "{quality: low, system: {os: Linux}, measures: [{manufacturer: M}]}");
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++) {
        struct json_object *old = json_tokener_parse(reports[i]);
        struct json_object *new = json_tokener_parse(complete(f, reports[i]));

        assert_non_null(old);
        if (strstr(reports[i], "\"measures\":{") == NULL && !holds_all(new, old))
            fail_msg("%s\nbecame %s", reports[i], f->last);
        json_object_put(old);
        json_object_put(new);
        check_stable(f);
    }
}

static void test_a_header_is_made(void **state)
{
    struct completion_fixture *f = *state;

    complete(f, "{" FULL_TASK "," FULL_MEASURES "," FULL_INFRASTRUCTURE "}");
    assert_non_null(strstr(f->last, "{\"header\":{\"formatVersion\":\"1.1.0\","
                                    "\"formatVersionSpecificationUri\":\"https://v.example\","
                                    "\"reportId\":\""));
    assert_non_null(strstr(f->last, "\",\"reportStatus\":\"draft\"},\"task\""));
    assert_true(boa_uuid_is(f->done.name.id));
    assert_int_equal(f->done.report.missing_count, 1);
    assert_int_equal(f->done.report.missing[0], BOA_FIELD_HEADER_REPORT_DATETIME);
    assert_true(f->done.name.draft);
    check_stable(f);
}

/* A specification tells of one version; it says nothing of another. */
static void test_constants_go_where_nothing_is(void **state)
{
    struct completion_fixture *f = *state;

    complete(f, "{\"header\":{\"formatVersion\":\"0.1\"},\"measures\":[]}");
    assert_null(strstr(f->last, "v.example"));
    complete(f, "{\"header\":{\"formatVersion\":\"1.1.0\"},\"measures\":[]}");
    assert_non_null(strstr(f->last, "v.example"));
    complete(f, "{\"header\":{\"formatVersionSpecificationUri\":\"u\"},\"measures\":[]}");
    assert_non_null(strstr(f->last, "\"formatVersion\":\"1.1.0\","
                                    "\"formatVersionSpecificationUri\":\"u\""));
    complete(f, "{\"header\":{\"publisher\":{\"name\":\"P\"}},\"software\":{\"version\":\"3\"}}");
    assert_non_null(strstr(f->last, "{\"name\":\"P\",\"confidentialityLevel\":\"internal\"}"));
    assert_non_null(strstr(f->last, "\"software\":{\"version\":\"3\"}")); /* not ours to say */
    check_stable(f);
}

static void id_of(struct completion_fixture *f, const char *report, char id[BOA_UUID_LEN + 1])
{
    complete(f, report);
    assert_int_equal(f->done.name.id.len, BOA_UUID_LEN);
    memcpy(id, f->done.name.id.ptr, BOA_UUID_LEN);
    id[BOA_UUID_LEN] = '\0';
}

static void test_ids_are_those_of_measurements(void **state)
{
    struct completion_fixture *f = *state;
    char first[BOA_UUID_LEN + 1], other[BOA_UUID_LEN + 1];

    id_of(f, "{\"measures\":[{\"powerConsumption\":1}],\"task\":{}}", first);
    id_of(f, "{ \"task\" : {}, \"measures\": [ {\"powerConsumption\": 1} ], \"header\":{} }",
          other);
    assert_string_equal(first, other);
    id_of(f, "{\"measures\":[{\"powerConsumption\":2}],\"task\":{}}", other);
    assert_string_not_equal(first, other);
    /* What the user says of a measurement makes no other one of it. */
    completion_context(f, "{task: {taskStage: s}, measures: [{version: '1'}]}");
    id_of(f, "{\"measures\":[{\"powerConsumption\":1}],\"task\":{}}", other);
    assert_string_equal(first, other);
    /* No text, no id: the report keeps its number, its file gets a name. */
    id_of(f, "{\"header\":{\"reportId\":7},\"measures\":[{\"powerConsumption\":1}]}", other);
    assert_non_null(strstr(f->last, "\"reportId\":7"));
}

static void test_nulls_and_repetitions_go(void **state)
{
    struct completion_fixture *f = *state;

    complete(f, "{" FULL_HEADER ",\n\"task\":null,\n\"x\":{\"y\":[null,1,null]},\"x/y\":1,\n"
                "\"x/y\":2,\"measures\":[null]," FULL_TASK "," FULL_MEASURES "," FULL_INFRASTRUCTURE
                ",\"system\":{\"os\":null}}");
    check_same_value(f->last, "{" FULL_HEADER "," FULL_TASK "," FULL_MEASURES
                              "," FULL_INFRASTRUCTURE ",\"x\":{\"y\":[1]},\"x/y\":2}");
    assert_string_equal(
        f->log.text, "KEY_REPEATED r.json:2:0 /task: stands here twice; the last one counts\n"
                     "NULL_DROPPED r.json:3:0 /x/y/0: null, left out\n"
                     "NULL_DROPPED r.json:3:0 /x/y/2: null, left out\n"
                     "KEY_REPEATED r.json:3:0 /x~1y: stands here twice; the last one counts\n"
                     "KEY_REPEATED r.json:4:0 /measures: stands here twice; the last one counts\n"
                     "NULL_DROPPED r.json:4:0 /system/os: null, left out\n");
    check_stable(f);
    assert_string_equal(f->log.text, "");
}

static void test_many_findings_become_few(void **state)
{
    static char report[8192] = "{\"measures\":[";
    struct completion_fixture *f = *state;
    size_t lines = 0;

    for (int i = 0; i < 1000; i++)
        strcat(report, "null,");
    strcat(report, "1]}");
    complete(f, report);
    for (const char *at = f->log.text; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    assert_int_equal(lines, 16 + 1 + 1);
    assert_non_null(strstr(f->log.text, "NULL_DROPPED r.json:1:0 : 984 more of this kind\n"));
}

/* A pointer that is too long is cut in front. */
static void test_long_pointers_are_cut(void **state)
{
    static char report[8192] = "{\"measures\":[],\"header\":";
    struct completion_fixture *f = *state;

    for (int i = 0; i < 200; i++)
        strcat(report, "{\"name é\":");
    strcat(report, "null");
    memset(report + strlen(report), '}', 201);
    complete(f, report);
    assert_non_null(strstr(f->log.text, "NULL_DROPPED r.json:1:0 …/name é/name é"));
    assert_non_null(strstr(f->log.text, "/name é: null, left out\n"));
}

struct value_case {
    const char *member, *finding; /* finding NULL: all is well */
};

static void test_values_that_cannot_be(void **state)
{
    static const struct value_case cases[] = {
        { "\"quality\":\"High\"", "/quality: want high, have \"High\"" },
        { "\"quality\":\"\"", "/quality: want one of high, medium …, have \"\"" },
        { "\"quality\":true", "/quality: want text, have boolean" },
        { "\"quality\":\"low\"", NULL },
        { "\"system\":\"Linux\"", "/system: want object, have \"Linux\"" },
        { "\"system\":{\"os\":[]}", "/system/os: want text, have array" },
        { "\"system\":{}", NULL }, /* says nothing, and goes */
        { "\"environment\":{\"country\":\"F\",\"latitude\":\"48\"}",
          "/environment/latitude: want number, have \"48\"" },
        { "\"environment\":{\"country\":\"F\",\"latitude\":999}", NULL },
        { "\"infrastructure\":{\"infraType\":\"other\",\"components\":{\"x\":1}}",
          "/infrastructure/components: want array, have object" },
        { "\"infrastructure\":{\"infraType\":\"other\",\"components\":"
          "[{\"componentType\":\"cpu\",\"nbComponent\":8.0}]}",
          "/infrastructure/components/0/nbComponent: want whole number, have 8.0" },
        { "\"infrastructure\":{\"infraType\":\"other\",\"components\":"
          "[{\"componentType\":\"cpu\",\"nbComponent\":8,\"share\":1.5}]}",
          "/infrastructure/components/0/share: want 0 to 1, have 1.5" },
        { "\"infrastructure\":{\"infraType\":\"other\",\"components\":"
          "[{\"componentType\":\"cpu\",\"nbComponent\":-8,\"share\":1.0}]}",
          NULL },
        { "\"measures\":[{\"measurementMethod\":\"m\",\"powerConsumption\":\"1\"}]",
          "/measures/0/powerConsumption: want number, have \"1\"" },
        { "\"measures\":[{\"measurementMethod\":\"m\",\"powerConsumption\":-1},5]",
          "/measures/1: want object, have 5" },
        { "\"measures\":[{\"measurementMethod\":\"m\",\"powerConsumption\":1,"
          "\"averageUtilizationCpu\":-0.1}]",
          "/measures/0/averageUtilizationCpu: want 0 to 1, have -0.1" },
    };
    struct completion_fixture *f = *state;
    char report[2048], finding[256];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        (void)snprintf(report, sizeof report, "{%s,%s,%s%s,%s}", FULL_HEADER, FULL_TASK,
                       strstr(cases[i].member, "\"measures\"") == NULL ? FULL_MEASURES "," : "",
                       cases[i].member,
                       strstr(cases[i].member, "\"infra") == NULL ? FULL_INFRASTRUCTURE
                                                                  : "\"x\":1");
        complete(f, report);
        finding[0] = '\0';
        if (cases[i].finding != NULL)
            (void)snprintf(finding, sizeof finding, "FIELD_INVALID r.json:1:0 %s\n",
                           cases[i].finding);
        assert_string_equal(f->log.text, finding);
        assert_int_equal(f->done.report.invalid, cases[i].finding != NULL);
        assert_int_equal(f->done.report.missing_count, 0);
        assert_int_equal(f->done.report.final, cases[i].finding == NULL);
        assert_non_null(strstr(f->last, cases[i].finding == NULL ? "\"final\"" : "\"draft\""));
        check_stable(f);
    }
}

static void test_what_is_missing(void **state)
{
    static const enum boa_field_id want[] = {
        BOA_FIELD_HEADER_REPORT_DATETIME,
        BOA_FIELD_TASK_STAGE,
        BOA_FIELD_TASK_FAMILY,
        BOA_FIELD_TASK_ALGORITHMS,
        BOA_FIELD_TASK_DATASET,
        BOA_FIELD_MEASURE_METHOD,
        BOA_FIELD_MEASURE_POWER_CONSUMPTION,
        BOA_FIELD_INFRASTRUCTURE_COMPONENTS,
        BOA_FIELD_ENVIRONMENT_COUNTRY,
    };
    struct completion_fixture *f = *state;

    /* Empty texts are no answers; a system that says nothing is none. */
    complete(f,
             "{\"header\":{\"reportDatetime\":\"\",\"reportStatus\":\"final\"},\"measures\":[{}],"
             "\"infrastructure\":{\"infraType\":\"onPremise\",\"components\":[]},\"system\":{},"
             "\"environment\":{\"latitude\":1}}");
    assert_int_equal(f->done.report.missing_count, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
        assert_int_equal(f->done.report.missing[i], want[i]);
    assert_false(f->done.report.final);
    assert_non_null(strstr(f->last, "\"reportStatus\":\"draft\""));
    check_stable(f);
}

struct status_case {
    const char *own, *context, *want;
};

static void test_status(void **state)
{
    static const struct status_case cases[] = {
        { "\"draft\"", NULL, "draft" }, /* as its author left it */
        { "\"draft\"", "{quality: high}", "final" },
        { "\"draft\"", "{header: {reportStatus: draft}}", "draft" },
        { "\"final\"", "{header: {reportStatus: corrective}}", "corrective" },
        { "\"corrective\"", NULL, "corrective" },
        { "\"other\"", "{quality: high}", "other" },
        { "\"\"", NULL, "final" },
        { "\"$other\"", NULL, "draft" },
        { "\"$other\"", "{quality: high}", "final" },
        { "12", "{quality: high}", "final" },
    };
    struct completion_fixture *f = *state;
    char report[2048], want[64];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        completion_again(state);
        if (cases[i].context != NULL)
            completion_context(f, cases[i].context);
        (void)snprintf(report, sizeof report,
                       "{\"header\":{\"reportId\":\"i\",\"reportDatetime\":\"d\","
                       "\"reportStatus\":%s},%s,%s,%s}",
                       cases[i].own, FULL_TASK, FULL_MEASURES, FULL_INFRASTRUCTURE);
        complete(f, report);
        (void)snprintf(want, sizeof want, "\"reportStatus\":\"%s\"", cases[i].want);
        if (strstr(f->last, want) == NULL)
            fail_msg("want %s, have %s", want, f->last);
        assert_int_equal(f->done.report.final, strcmp(cases[i].want, "draft") != 0);
        check_stable(f);
    }
}

static void test_indented(void **state)
{
    struct completion_fixture *f = *state;

    f->completion.indent = 2;
    complete(f, FULL_REPORT);
    assert_int_equal(
        strncmp(f->last, "{\n  \"header\": {\n    \"formatVersion\": \"1.1.0\",\n", 46), 0);
    check_same_value(f->last, FULL_REPORT);
    check_stable(f);
}

static void test_what_is_no_report(void **state)
{
    static const char *const texts[] = { "", "[]", "7", "{\"measures\":[NaN]}", "{\"a\":1,}" };
    struct completion_fixture *f = *state;
    const struct boa_place nowhere = { 0 };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct boa_err err = { 0 };

        assert_int_equal(boa_completion_apply(&f->done, &f->text, &f->completion,
                                              boa_str_from(texts[i]), nowhere, &f->arena, &err),
                         -1);
        assert_int_equal(err.kind, BOA_ERR_DATA);
        assert_int_equal(f->text.len, 0);
    }
}

static void test_limits(void **state)
{
    struct completion_fixture *f = *state;
    const struct boa_place nowhere = { 0 };
    struct boa_err err = { 0 };

    boa_arena_init(&f->arena, 200);
    assert_int_equal(boa_completion_apply(&f->done, &f->text, &f->completion,
                                          BOA_STR_LIT(FULL_REPORT), nowhere, &f->arena, &err),
                     -1);
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
    boa_arena_release(&f->arena);
    boa_arena_init(&f->arena, 1 << 20);
    boa_buf_init(&f->text, 100);
    assert_int_equal(boa_completion_apply(&f->done, &f->text, &f->completion,
                                          BOA_STR_LIT(FULL_REPORT), nowhere, &f->arena, &err),
                     -1);
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
    assert_int_equal(f->text.len, 0);
}

static int complete_once(void *user, struct boa_err *err)
{
    static const char report[] =
        "{\"measures\":[{\"powerConsumption\":1}],\"task\":{\"x\":[null]},"
        "\"infrastructure\":{\"components\":[{\"componentType\":\"gpu\"}]}}";
    struct completion_fixture *f = user;
    const struct boa_place nowhere = { 0 };
    struct boa_arena arena;
    struct boa_buf text;
    int rc;

    boa_arena_init(&arena, 1 << 20);
    boa_buf_init(&text, 1 << 20);
    rc = boa_completion_apply(&f->done, &text, &f->completion, boa_str_from(report), nowhere,
                              &arena, err);
    assert_true(rc == 0 || text.len == 0);
    boa_buf_release(&text);
    boa_arena_release(&arena);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    struct completion_fixture *f = *state;

    completion_context(f, "{header: {publisher: {name: P}}, task: {algorithms: [{framework: a}]},"
                          " measures: [{version: '1'}], infrastructure: {components: ["
                          "{componentType: gpu, nbComponent: 2}, {componentType: cpu}]}}");
    assert_true(unit_each_allocation_fails(complete_once, f) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(test_a_complete_report_stays_as_it_is),
        COMPLETION_TEST(test_known_members_in_order_and_unknown_ones_behind),
        COMPLETION_TEST(test_nothing_is_lost),
        COMPLETION_TEST(test_a_header_is_made),
        COMPLETION_TEST(test_constants_go_where_nothing_is),
        COMPLETION_TEST(test_ids_are_those_of_measurements),
        COMPLETION_TEST(test_nulls_and_repetitions_go),
        COMPLETION_TEST(test_many_findings_become_few),
        COMPLETION_TEST(test_long_pointers_are_cut),
        COMPLETION_TEST(test_values_that_cannot_be),
        COMPLETION_TEST(test_what_is_missing),
        COMPLETION_TEST(test_status),
        COMPLETION_TEST(test_indented),
        COMPLETION_TEST(test_what_is_no_report),
        COMPLETION_TEST(test_limits),
        COMPLETION_TEST(test_allocations_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
