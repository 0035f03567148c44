/* Contexts from options: PATH=VALUE, one scalar each. */
#include "tests/unit/unit.h"

#include "tests/unit/context_fixture.h"

static bool set(struct context_fixture *f, const char *assignment)
{
    struct boa_err err = { 0 };
    bool valid;
    finding_log_clear(&f->log);
    if (boa_context_set(&f->context, boa_str_from(assignment), &valid, &f->log.diags, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(valid, f->log.count == 0);
    return valid;
}

static void check_set(struct context_fixture *f, const char *assignment)
{
    if (!set(f, assignment))
        fail_msg("%s: %s", assignment, f->log.text);
}

/* Refused with exactly this finding, and nothing has changed. */
static void check_set_refused(struct context_fixture *f, const char *assignment,
                              const char *finding)
{
    char before[sizeof f->dump];
    remember(f, before);
    if (set(f, assignment))
        fail_msg("taken: %s", assignment);
    assert_string_equal(f->log.text, finding);
    check_given(f, before);
}

static void test_options_set_scalars(void **state)
{
    struct context_fixture *f = *state;
    check_set(f, "/quality=high");
    check_set(f, "header/publisher/name=A = B");
    check_set(f, "/task/algorithms/0/framework=pytorch");
    check_set(f, "/task/algorithms/1/framework=vllm");
    check_set(f, "/task/algorithms/*/frameworkVersion=1.10");
    check_set(f, "task/algorithms/0/epochsNumber=+3");
    check_set(f, "infrastructure/components/*/nbComponent=8.0");
    check_set(f, "measures/*/measurementMethod=wattmeter");
    check_set(f, "measures/0/version=2");
    check_set(f, "header/reportDatetime=2024-05-01T10:20:30Z");
    check_set(f, "environment/country=NO");
    check_given(f, "/quality=high\n"
                   "/header/publisher/name=A = B\n"
                   "/header/reportDatetime=2024-05-01 10:20:30\n"
                   "/task/algorithms/0/framework=pytorch\n"
                   "/task/algorithms/0/frameworkVersion=1.10\n"
                   "/task/algorithms/0/epochsNumber=3\n"
                   "/task/algorithms/1/framework=vllm\n"
                   "/infrastructure/components/0/nbComponent=8\n"
                   "/measures/0/measurementMethod=wattmeter\n"
                   "/measures/0/version=2\n"
                   "/environment/country=NO\n");
    check_set(f, "quality=low");
    check_set(f, "environment/country=");
    assert_text_equal(boa_context_find(&f->context, BOA_FIELD_QUALITY)->text, "low");
    assert_int_equal(boa_context_find(&f->context, BOA_FIELD_ENVIRONMENT_COUNTRY)->text.len, 0);
}

static void test_options_change_what_documents_gave(void **state)
{
    struct context_fixture *f = *state;
    assert_true(merge(f, "task: {algorithms: [{framework: a}, {framework: b}]}\nquality: low"));
    check_set(f, "task/algorithms/1/framework=B");
    check_set(f, "task/algorithms/2/framework=C");
    assert_true(merge(f, "quality: high"));
    check_given(f, "/task/algorithms/0/framework=a\n"
                   "/task/algorithms/1/framework=B\n"
                   "/task/algorithms/2/framework=C\n"
                   "/quality=high\n");
}

static void test_wrong_options_are_refused(void **state)
{
    struct context_fixture *f = *state;
    check_set(f, "quality=low");
    check_set(f, "task/nbRequest=5");
    check_set_refused(f, "", "CONTEXT_FIELD --set:0:0 : want PATH=VALUE, have \"\"\n");
    check_set_refused(f, "quality",
                      "CONTEXT_FIELD --set:0:0 : want PATH=VALUE, have \"quality\"\n");
    check_set_refused(f, "=high", "CONTEXT_FIELD --set:0:0 : want PATH=VALUE, have \"=high\"\n");
    check_set_refused(f, "/=x", "CONTEXT_FIELD --set:0:0 : no field \"\" here\n");
    check_set_refused(f, "//quality=x", "CONTEXT_FIELD --set:0:0 : no field \"\" here\n");
    check_set_refused(f, "header/=x", "CONTEXT_FIELD --set:0:0 /header: no field \"\" here\n");
    check_set_refused(f, "qality=high",
                      "CONTEXT_FIELD --set:0:0 : no field \"qality\" here; "
                      "did you mean \"quality\"?\n");
    check_set_refused(f, "header/publisher/nme=x",
                      "CONTEXT_FIELD --set:0:0 /header/publisher: no field \"nme\" here; "
                      "did you mean \"name\"?\n");
    check_set_refused(f, "quality/x=1", "CONTEXT_FIELD --set:0:0 /quality: no field \"x\" here\n");
    check_set_refused(
        f, "header=x",
        "CONTEXT_TYPE --set:0:0 /header: want a field below it, such as header/licensing, "
        "have the text \"x\"\n");
    check_set_refused(f, "measures=",
                      "CONTEXT_TYPE --set:0:0 /measures: want a field below it, such as "
                      "measures/*/measurementMethod, have the text \"\"\n");
    check_set_refused(f, "task/algorithms/1/framework=x",
                      "CONTEXT_FIELD --set:0:0 /task/algorithms: index 1 leaves a gap: "
                      "the elements before it are not given\n");
    check_set_refused(f, "task/algorithms/framework=x",
                      "CONTEXT_FIELD --set:0:0 /task/algorithms: \"framework\" is a field of its "
                      "elements; put */ before it\n");
    check_set_refused(f, "task/algorithms/-1/framework=x",
                      "CONTEXT_FIELD --set:0:0 /task/algorithms: \"-1\" is no index: "
                      "a number from 0 on, or *\n");
    check_set_refused(f, "task/algorithms/9999999999999999999999/framework=x",
                      "CONTEXT_FIELD --set:0:0 /task/algorithms: \"9999999999999999999999\" is no "
                      "index: a number from 0 on, or *\n");
    check_set_refused(f, "task/algorithms//framework=x",
                      "CONTEXT_FIELD --set:0:0 /task/algorithms: \"\" is no index: "
                      "a number from 0 on, or *\n");
    check_set_refused(f, "measures/1/version=x",
                      "CONTEXT_VALUE --set:0:0 /measures: "
                      "want * for the one element, which goes for every measure\n");
    check_set_refused(f, "measures/*/powerConsumption=1",
                      "CONTEXT_FORBIDDEN --set:0:0 /measures/*/powerConsumption: "
                      "the energy comes from the measurement, never from a context\n");
    check_set_refused(f, "quality=hihg",
                      "CONTEXT_VALUE --set:0:0 /quality: want one of high, medium, low, "
                      "have \"hihg\"\n");
    check_set_refused(f, "country=France",
                      "CONTEXT_FIELD --set:0:0 : no field \"country\" here; "
                      "did you mean environment/country?\n");
    check_set_refused(f, "environment.country=France",
                      "CONTEXT_FIELD --set:0:0 : no field \"environment.country\" here; "
                      "use / between names\n");
    check_set_refused(f, "task/nbRequest=many",
                      "CONTEXT_TYPE --set:0:0 /task/nbRequest: "
                      "want a number, have the text \"many\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONTEXT_TEST(test_options_set_scalars),
        CONTEXT_TEST(test_options_change_what_documents_gave),
        CONTEXT_TEST(test_wrong_options_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
