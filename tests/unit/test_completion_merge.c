/* A context over a report, compared with values written by hand and read by json-c. */
#include "tests/unit/unit.h"
/* These need cmocka in front of them. */
#include "tests/unit/completion_fixture.h"

/* The value of a member on the first level of the last report. */
static void check_member(const struct completion_fixture *f, const char *key, const char *want)
{
    struct json_object *report = json_tokener_parse(f->last), *member;

    assert_non_null(report);
    if (want == NULL)
        assert_false(json_object_object_get_ex(report, key, &member));
    else if (!json_object_object_get_ex(report, key, &member))
        fail_msg("no %s in %s", key, f->last);
    else
        check_same_value(json_object_to_json_string(member), want);
    json_object_put(report);
}

static void test_objects_merge_and_arrays_replace(void **state)
{
    struct completion_fixture *f = *state;

    completion_context(f, "{task: {taskFamily: new, nbRequest: 5, dataset: "
                          "[{dataUsage: output, dataType: token}]}, system: {os: Linux},"
                          " environment: {country: France}}");
    complete(f, "{\"measures\":[{\"powerConsumption\":1}],\"environment\":{\"latitude\":48.90},"
                "\"task\":{\"taskFamily\":\"old\",\"taskStage\":\"kept\",\"mine\":1,\"dataset\":["
                "{\"dataUsage\":\"input\"},{\"volume\":3}],\"algorithms\":[{\"x\":1}]}}");
    check_member(f, "task",
                 "{\"taskStage\":\"kept\",\"taskFamily\":\"new\",\"nbRequest\":5,\"algorithms\":"
                 "[{\"x\":1}],\"dataset\":[{\"dataUsage\":\"output\",\"dataType\":\"token\"}],"
                 "\"mine\":1}");
    check_member(f, "system", "{\"os\":\"Linux\"}");
    assert_non_null(strstr(f->last, "{\"country\":\"France\",\"latitude\":48.90}"));
    check_stable(f);
}

static void test_what_stands_in_the_way_is_replaced(void **state)
{
    struct completion_fixture *f = *state;

    completion_context(f, "{task: {taskStage: s, algorithms: [{framework: a}]}, quality: low,"
                          " infrastructure: {components: [{componentType: cpu}]}}");
    complete(f, "{\"measures\":[],\"task\":\"none\",\"quality\":[1],\"infrastructure\":"
                "{\"components\":\"none\"}}");
    check_member(f, "task", "{\"taskStage\":\"s\",\"algorithms\":[{\"framework\":\"a\"}]}");
    check_member(f, "quality", "\"low\"");
    check_member(f, "infrastructure", "{\"components\":[{\"componentType\":\"cpu\"}]}");
    check_stable(f);
}

static void test_one_measure_for_all(void **state)
{
    struct completion_fixture *f = *state;

    completion_context(f, "{measures: [{measurementMethod: meter, version: '2'}]}");
    complete(f, "{\"task\":{},\"measures\":[{\"powerConsumption\":1,\"version\":\"1\"},\"odd\","
                "{\"powerConsumption\":0.25}]}");
    check_member(f, "measures",
                 "[{\"measurementMethod\":\"meter\",\"version\":\"2\",\"powerConsumption\":1},"
                 "\"odd\",{\"measurementMethod\":\"meter\",\"version\":\"2\","
                 "\"powerConsumption\":0.25}]");
    check_stable(f);
    complete(f, "{\"task\":{},\"measures\":[]}"); /* a context has no energy */
    check_member(f, "measures", NULL);
    complete(f, "{\"task\":{}}");
    check_member(f, "measures", NULL);
}

struct component_case {
    const char *own, *context, *want;
};

static void test_components(void **state)
{
    static const struct component_case cases[] = {
        /* one of a type on both sides */
        { "[{\"componentType\":\"CPU\",\"nbComponent\":8,\"x\":1}]",
          "[{componentType: cpu, series: S}]",
          "[{\"componentType\":\"cpu\",\"nbComponent\":8,\"series\":\"S\",\"x\":1}]" },
        /* several in the context, or in the report */
        { "[{\"componentType\":\"ram\"},{\"componentType\":\"gpu\",\"x\":1},"
          "{\"componentType\":\"cpu\"}]",
          "[{componentType: gpu, nbComponent: 1}, {componentType: gpu, nbComponent: 2}]",
          "[{\"componentType\":\"ram\"},{\"componentType\":\"gpu\",\"nbComponent\":1},"
          "{\"componentType\":\"gpu\",\"nbComponent\":2},{\"componentType\":\"cpu\"}]" },
        { "[{\"componentType\":\"gpu\",\"x\":1},{\"componentType\":\"ram\"},"
          "{\"componentType\":\"gpu\",\"x\":2}]",
          "[{componentType: gpu, nbComponent: 3}]",
          "[{\"componentType\":\"gpu\",\"nbComponent\":3},{\"componentType\":\"ram\"}]" },
        /* others stay, new ones go behind them */
        { "[{\"componentType\":\"ssd\"},\"odd\"]",
          "[{componentType: hdd, nbComponent: 2}, {componentType: ram, memorySize: 16}]",
          "[{\"componentType\":\"ssd\"},\"odd\",{\"componentType\":\"hdd\",\"nbComponent\":2},"
          "{\"componentType\":\"ram\",\"memorySize\":16}]" },
        /* no type is a type, too */
        { "[{\"componentName\":\"n\"}]", "[{manufacturer: M}]",
          "[{\"componentName\":\"n\",\"manufacturer\":\"M\"}]" },
    };
    struct completion_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[1024];

        completion_again(state);
        (void)snprintf(text, sizeof text, "{infrastructure: {components: %s}}", cases[i].context);
        completion_context(f, text);
        (void)snprintf(text, sizeof text,
                       "{\"measures\":[],\"infrastructure\":{\"components\":%s}}", cases[i].own);
        complete(f, text);
        (void)snprintf(text, sizeof text, "{\"components\":%s}", cases[i].want);
        check_member(f, "infrastructure", text);
        check_stable(f);
    }
}

/* Blanks in a template say nothing, and --set can take a value back. */
static void test_what_is_taken_back_says_nothing(void **state)
{
    struct completion_fixture *f = *state;
    struct boa_err err = { 0 };
    bool valid;

    completion_context(f,
                       "{quality: high, system: {os: ''}, task: {algorithms: [{framework: a}]}}");
    assert_int_equal(boa_context_set(&f->context, BOA_STR_LIT("quality="), &valid, NULL, &err), 0);
    assert_int_equal(boa_context_set(&f->context, BOA_STR_LIT("task/algorithms/0/framework="),
                                     &valid, NULL, &err),
                     0);
    complete(f, "{\"measures\":[],\"quality\":\"low\",\"system\":{\"os\":\"mine\"},"
                "\"task\":{\"algorithms\":[{\"framework\":\"b\"}]}}");
    check_member(f, "quality", "\"low\"");
    check_member(f, "system", "{\"os\":\"mine\"}");
    check_member(f, "task", "{\"algorithms\":[{\"framework\":\"b\"}]}");
    check_stable(f);
}

static void test_a_draft_becomes_final(void **state)
{
    struct completion_fixture *f = *state;

    completion_context(f, "{header: {reportDatetime: 2026-01-02T03:04:05, publisher: {name: P}},"
                          " environment: {country: France}}");
    complete(f, "{\"header\":{\"reportStatus\":\"draft\",\"reportId\":\"i\"}," FULL_TASK
                "," FULL_MEASURES "," FULL_INFRASTRUCTURE ",\"environment\":{\"latitude\":1}}");
    check_member(f, "header",
                 "{\"formatVersion\":\"1.1.0\",\"formatVersionSpecificationUri\":"
                 "\"https://v.example\",\"reportId\":\"i\",\"reportDatetime\":"
                 "\"2026-01-02 03:04:05\",\"reportStatus\":\"final\",\"publisher\":"
                 "{\"name\":\"P\",\"confidentialityLevel\":\"internal\"}}");
    assert_text_equal(f->done.name.publisher, "P");
    assert_false(f->done.name.draft);
    assert_string_equal(f->log.text, "");
    check_stable(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(test_objects_merge_and_arrays_replace),
        COMPLETION_TEST(test_what_stands_in_the_way_is_replaced),
        COMPLETION_TEST(test_one_measure_for_all),
        COMPLETION_TEST(test_components),
        COMPLETION_TEST(test_what_is_taken_back_says_nothing),
        COMPLETION_TEST(test_a_draft_becomes_final),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
