/* Contexts: what is taken from YAML and JSON, and what is said of the rest. */
#include "tests/unit/unit.h"

#include "tests/unit/context_fixture.h"

/* Refused with exactly these findings, and nothing has changed. */
static void check_refused(struct context_fixture *f, const char *text, const char *findings)
{
    char before[sizeof f->dump];
    remember(f, before);
    assert_false(merge(f, text));
    assert_string_equal(f->log.text, findings);
    check_given(f, before);
}

static const char WANT_BOTH[] = "/header/licensing=Creative Commons 4.0\n"
                                "/header/publisher/name=Bo\xc3\xa9 \"& Co\"\n"
                                "/header/publisher/confidentialityLevel=public\n"
                                "/task/nbRequest=1e3\n"
                                "/task/algorithms/0/framework=pytorch\n"
                                "/task/algorithms/0/frameworkVersion=1.10\n"
                                "/task/algorithms/1/epochsNumber=0.5\n"
                                "/infrastructure/components/0/componentType=cpu\n"
                                "/infrastructure/components/0/nbComponent=8\n"
                                "/environment/country=NO\n"
                                "/environment/latitude=-59.9\n"
                                "/quality=high\n";

static void test_json_is_typed(void **state)
{
    struct context_fixture *f = *state;
    assert_true(merge(f, " \n{\"header\": {\"licensing\": \"Creative Commons 4.0\", \"publisher\":"
                         "{\"name\": \"Bo\\u00e9 \\\"& Co\\\"\","
                         "\"confidentialityLevel\": \"public\"}},"
                         "\"task\": {\"nbRequest\": 1e3, \"algorithms\": [{\"framework\":"
                         "\"pytorch\", \"frameworkVersion\": \"1.10\"}, {\"epochsNumber\": 0.5}]},"
                         "\"infrastructure\": {\"components\": [{\"componentType\": \"cpu\","
                         "\"nbComponent\": 8.0}]},"
                         "\"environment\": {\"country\": \"NO\", \"latitude\": -59.9},"
                         "\"quality\": \"high\"}"));
    check_given(f, WANT_BOTH);
}

static void test_yaml_gives_the_same(void **state)
{
    struct context_fixture *f = *state;
    assert_true(merge(f, "# what no meter knows\n"
                         "header:\n"
                         "  licensing: Creative Commons 4.0\n"
                         "  publisher:\n"
                         "    name: 'Bo\xc3\xa9 \"& Co\"'\n"
                         "    confidentialityLevel: public\n"
                         "task:\n"
                         "  nbRequest: 1e3\n"
                         "  algorithms:\n"
                         "    - {framework: pytorch, frameworkVersion: 1.10}\n"
                         "    - epochsNumber: .5\n"
                         "infrastructure:\n"
                         "  components:\n"
                         "  - componentType: cpu\n"
                         "    nbComponent: 8.0\n"
                         "environment: {country: NO, latitude: -59.9}\n"
                         "quality: high\n"));
    check_given(f, WANT_BOTH);
}

static void test_plain_scalars_keep_their_spelling(void **state)
{
    struct context_fixture *f = *state;
    assert_true(merge(f,
                      "header: {reportDatetime: 2024-05-01 10:20:30, formatVersion: 1.10}\n"
                      "environment: {country: NO, location: 0x1F}\n"
                      "software: {language: yes, version: 3.10}\n"
                      "system: {os: 2024-05-01, distribution: 012, distributionVersion: 1_0}\n"));
    check_given(f, "/header/reportDatetime=2024-05-01 10:20:30\n"
                   "/header/formatVersion=1.10\n"
                   "/environment/country=NO\n"
                   "/environment/location=0x1F\n"
                   "/software/language=yes\n"
                   "/software/version=3.10\n"
                   "/system/os=2024-05-01\n"
                   "/system/distribution=012\n"
                   "/system/distributionVersion=1_0\n");
}

static void test_numbers_become_json(void **state)
{
    struct context_fixture *f = *state;
    static const struct {
        const char *written, *want;
    } cases[] = {
        { "0", "0" },
        { "-0.0", "-0.0" },
        { "1.50", "1.50" },
        { "+1.5", "1.5" },
        { ".5", "0.5" },
        { "5.", "5" },
        { "007", "7" },
        { "1E3", "1E3" },
        { "+1e+3", "1000" },
        { "1e300", "1e300" },
        { "0.10000000000000000000000000000000000000001",
          "0.10000000000000000000000000000000000000001" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "task: {nbRequest: %s}", cases[i].written);
        assert_true(merge(f, text));
        (void)snprintf(text, sizeof text, "/task/nbRequest=%s\n", cases[i].want);
        check_given(f, text);
    }
    static const char *const words[] = { "1,5", "1_000", "0x10", ".inf",  "-.nan",
                                         "1e",  "1 000", "'5'",  "\"5\"", "true" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "task:\n  nbRequest: %s", words[i]);
        assert_false(merge(f, text));
        assert_non_null(strstr(f->log.text, "CONTEXT_TYPE c:2:14 /task/nbRequest: want a number,"));
    }
}

static void test_whole_numbers_are_written_as_such(void **state)
{
    struct context_fixture *f = *state;
    static const struct {
        const char *written, *want;
    } cases[] = { { "8", "8" }, { "8.0", "8" }, { "+8", "8" }, { "8e1", "80" }, { "0.8e1", "8" } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "infrastructure: {components: [{nbComponent: %s}]}",
                       cases[i].written);
        assert_true(merge(f, text));
        (void)snprintf(text, sizeof text, "/infrastructure/components/0/nbComponent=%s\n",
                       cases[i].want);
        check_given(f, text);
    }
    check_refused(f, "{\"infrastructure\": {\"components\": [{\"nbComponent\": 8.5}]}}",
                  "CONTEXT_TYPE c:1:52 /infrastructure/components/*/nbComponent: "
                  "want a whole number, have 8.5\n");
    check_refused(f, "infrastructure: {components: [{nbComponent: 1e16}]}",
                  "CONTEXT_TYPE c:1:45 /infrastructure/components/*/nbComponent: "
                  "want a whole number, have the text \"1e16\"\n");
}

static void test_empty_values_are_not_given(void **state)
{
    struct context_fixture *f = *state;
    assert_true(merge(f, ""));
    assert_true(merge(f, "# nothing\n"));
    assert_true(merge(f, "~"));
    assert_true(merge(f, "{}"));
    assert_true(merge(f, "{\"quality\": null, \"header\": null, \"measures\": null,"
                         "\"environment\": {\"country\": \"\"},"
                         "\"task\": {\"algorithms\": [{}, {\"framework\": \"\"}, null]}}"));
    check_given(f, "");
    assert_true(merge(f, "quality:\nheader:\n  publisher:\n    name: ''\n    division: ~\n"
                         "task:\n  nbRequest: ''\nmeasures:\n- powerConsumption:\n"
                         "- \n"
                         "environment: {country: null}\n") == false); /* two measures */
    assert_true(merge(f, "measures:\n- powerConsumption: ''\n  version: ''\n"));
    check_given(f, "");
    assert_true(merge(f, "quality: high"));
    assert_true(merge(f, "quality: ''\nheader:\n"));
    check_given(f, "/quality=high\n");
}

static void test_documents_merge(void **state)
{
    struct context_fixture *f = *state;
    assert_true(merge(f, "header: {licensing: a, publisher: {name: b, division: c}}\n"
                         "task: {algorithms: [{framework: d}, {framework: e}]}\n"));
    assert_true(merge(f, "{\"header\": {\"publisher\": {\"name\": \"B\", \"projectName\": \"p\"}},"
                         "\"task\": {\"taskStage\": \"s\", \"algorithms\": [{\"optimizer\": \"o\"}]"
                         "}, \"quality\": \"low\"}"));
    check_given(f, "/header/licensing=a\n"
                   "/header/publisher/name=B\n"
                   "/header/publisher/division=c\n"
                   "/header/publisher/projectName=p\n"
                   "/task/algorithms/0/optimizer=o\n"
                   "/task/taskStage=s\n"
                   "/quality=low\n");
}

static void test_places_are_kept(void **state)
{
    struct context_fixture *f = *state;
    assert_true(merge(f, "header:\n  licensing: a\nquality: low\n"));
    const struct boa_given *given = boa_context_find(&f->context, BOA_FIELD_HEADER_LICENSING);
    assert_non_null(given);
    assert_text_equal(given->place.file, "c");
    assert_int_equal(given->place.line, 2);
    assert_int_equal(given->place.column, 14);
    struct boa_err err = { 0 };
    bool valid;
    assert_int_equal(
        boa_context_set(&f->context, BOA_STR_LIT("header/licensing=b"), &valid, NULL, &err), 0);
    given = boa_context_find(&f->context, BOA_FIELD_HEADER_LICENSING);
    assert_text_equal(given->place.file, "--set");
    assert_int_equal(given->place.line, 0);
    assert_ptr_equal(boa_context_find(&f->context, BOA_FIELD_ROOT), f->context.root);
    assert_null(boa_context_find(&f->context, BOA_FIELD_TASK_STAGE));
    assert_null(boa_context_find(NULL, BOA_FIELD_TASK_STAGE));
    assert_null(boa_given_member(NULL, BOA_FIELD_QUALITY));
    assert_text_equal(boa_given_member(f->context.root, BOA_FIELD_QUALITY)->text, "low");
}

static void test_every_error_names_its_place(void **state)
{
    struct context_fixture *f = *state;
    assert_true(merge(f, "quality: low"));
    check_refused(f, "{\"quality\": \"high\",\n \"task\": }",
                  "CONTEXT_SYNTAX c:2:10 : a character that cannot stand here\n");
    check_refused(f, "- a\n", "CONTEXT_TYPE c:1:1 : want fields, such as header:, have a list\n");
    check_refused(f, "words",
                  "CONTEXT_TYPE c:1:1 : want fields, such as header:, have the text \"words\"\n");
    check_refused(f, "{\"quality\": 3, \"task\": [],\n\"measures\": {}, \"system\": \"x\"}",
                  "CONTEXT_TYPE c:1:13 /quality: want text, have 3\n"
                  "CONTEXT_TYPE c:1:24 /task: want fields below it, such as taskStage:, have a "
                  "list\n"
                  "CONTEXT_TYPE c:2:13 /measures: want a list (lines that begin with \"- \"), have "
                  "fields\n"
                  "CONTEXT_TYPE c:2:27 /system: want fields below it, such as os:, have the text "
                  "\"x\"\n");
    check_refused(f, "task: {algorithms: [cnn]}",
                  "CONTEXT_TYPE c:1:21 /task/algorithms/*: want fields below it, such as "
                  "trainingType:, have the text \"cnn\"\n");
    check_refused(f, "{\"quality\": true}", "CONTEXT_TYPE c:1:13 /quality: want text, have true\n");
    check_refused(f, "quality: [high]", "CONTEXT_TYPE c:1:10 /quality: want text, have a list\n");
    check_refused(f, "task: {measuredAccuracy: 95}",
                  "CONTEXT_VALUE c:1:26 /task/measuredAccuracy: want 0 to 1, have 95\n");
    check_refused(f, "task: {measuredAccuracy: -1e-9}",
                  "CONTEXT_VALUE c:1:26 /task/measuredAccuracy: want 0 to 1, have -1e-9\n");
    check_refused(f, "header: {reportDatetime: yesterday}",
                  "CONTEXT_VALUE c:1:26 /header/reportDatetime: want YYYY-MM-DD HH:MM:SS, have "
                  "\"yesterday\"\n");
    check_refused(f, "measures:\n- powerConsumption: 3\n",
                  "CONTEXT_FORBIDDEN c:2:21 /measures/*/powerConsumption: "
                  "the energy comes from the measurement, never from a context\n");
    check_refused(f, "measures:\n- version: a\n- version: b\n",
                  "CONTEXT_VALUE c:2:1 /measures: "
                  "want one element, which goes for every measure, have 2\n");
    check_refused(f, "{\"quality\": \"low\", \"quality\": \"high\"}",
                  "CONTEXT_SYNTAX c:1:13 : \"quality\" stands here twice\n");
}

static void test_unknown_names_say_what_was_meant(void **state)
{
    struct context_fixture *f = *state;
    check_refused(f, "header:\n  publisher:\n    nam: x\n",
                  "CONTEXT_FIELD c:3:10 /header/publisher: no field \"nam\" here; "
                  "did you mean \"name\"?\n");
    check_refused(f, "banana: 1\n", "CONTEXT_FIELD c:1:9 : no field \"banana\" here\n");
    check_refused(f, "publisher:\n  name: x\n",
                  "CONTEXT_FIELD c:2:3 : no field \"publisher\" here; "
                  "did you mean header/publisher?\n");
    check_refused(f, "taskstage: training\n",
                  "CONTEXT_FIELD c:1:12 : no field \"taskstage\" here; "
                  "did you mean task/taskStage?\n");
    check_refused(f, "version: 3\n",
                  "CONTEXT_FIELD c:1:10 : no field \"version\" here; "
                  "did you mean measures/*/version or software/version?\n");
    check_refused(f, "environment.country: France\n",
                  "CONTEXT_FIELD c:1:22 : no field \"environment.country\" here; "
                  "put country: on a line below environment:\n");
    check_refused(f, "task:\n  algorithms/0: France\n",
                  "CONTEXT_FIELD c:2:17 /task: no field \"algorithms/0\" here; "
                  "put 0: on a line below algorithms:\n");
    check_refused(f, "a.b: 1\n", "CONTEXT_FIELD c:1:6 : no field \"a.b\" here\n");
}

static void test_allowed_values_are_listed(void **state)
{
    struct context_fixture *f = *state;
    check_refused(f, "infrastructure:\n  infraType: publiccloud\n",
                  "CONTEXT_VALUE c:2:14 /infrastructure/infraType: want one of publicCloud, "
                  "privateCloud, onPremise, other, have \"publiccloud\"\n");
    check_refused(f, "quality: good",
                  "CONTEXT_VALUE c:1:10 /quality: want one of high, medium, low, have \"good\"\n");
    check_refused(f, "task: {dataset: [{dataType: tokens}]}",
                  "CONTEXT_VALUE c:1:29 /task/dataset/*/dataType: \"tokens\" is not allowed; "
                  "did you mean \"token\"?\n");
    check_refused(f, "task: {dataset: [{dataFormat: punched cards}]}",
                  "CONTEXT_VALUE c:1:31 /task/dataset/*/dataFormat: \"punched cards\" is not "
                  "allowed\n");
}

static void test_a_table_is_no_context(void **state)
{
    struct context_fixture *f = *state;
    static const char *const tables[] = { "timestamp,project_name,run_id,duration\n2026,x,y,1\n",
                                          "timestamp;project_name;run_id;duration\r\n",
                                          "\ntimestamp\tproject_name\trun_id\tduration" };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        check_refused(f, tables[i], "CONTEXT_SYNTAX c:1:1 : this is a table, not a context\n");
    assert_true(merge(f, "# one, two, three, four\nquality: high\n"));
    assert_true(merge(f, "environment: {country: NO, location: a, latitude: 1, longitude: 2}\n"));
}

static void test_one_error_keeps_the_whole_document_out(void **state)
{
    struct context_fixture *f = *state;
    check_refused(f, "quality: high\nheader: {licensing: a}\ntask: {nbRequest: many}\nbanana: 1\n",
                  "CONTEXT_TYPE c:3:19 /task/nbRequest: want a number, have the text \"many\"\n"
                  "CONTEXT_FIELD c:4:9 : no field \"banana\" here\n");
}

static void test_long_texts_are_cut_between_characters(void **state)
{
    struct context_fixture *f = *state;
    for (int shift = 0; shift < 3; shift++) {
        char text[3000] = "quality: ";
        size_t len = strlen(text);
        for (int i = 0; i < shift; i++)
            text[len++] = 'x';
        while (len < 2900) {
            memcpy(text + len, "\xe2\x82\xac", 3);
            len += 3;
        }
        text[len] = '\0';
        assert_false(merge(f, text)); /* the log looks at the message's bytes */
        assert_non_null(strstr(f->log.text, "\xe2\x82\xac\xe2\x80\xa6\""));
        assert_true(strlen(f->log.text) < 200);
    }
}

static void test_findings_may_go_nowhere(void **state)
{
    struct context_fixture *f = *state;
    struct boa_err err = { 0 };
    bool valid = true;
    assert_int_equal(
        boa_context_merge(&f->context, "c", BOA_STR_LIT("banana: 1"), &valid, NULL, &err), 0);
    assert_false(valid);
    valid = true;
    assert_int_equal(boa_context_set(&f->context, BOA_STR_LIT("banana=1"), &valid, NULL, &err), 0);
    assert_false(valid);
}

static void test_the_limit_bounds_all_contexts(void **state)
{
    struct context_fixture *f = *state;
    struct boa_err err = { 0 };
    bool valid;
    int rc = 0;
    for (int i = 0; i < 20000 && rc == 0; i++)
        rc = boa_context_set(&f->context,
                             BOA_STR_LIT("header/licensing=Creative Commons 4.0 and "
                                         "some more words to fill the memory"),
                             &valid, NULL, &err);
    assert_int_equal(rc, -1);
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
}

static int use_contexts(void *user, struct boa_err *err)
{
    struct boa_context context = { 0 };
    bool valid;
    int rc = -1;

    (void)user;
    if (boa_context_init(&context, 1 << 20, err) != 0)
        return -1;
    if (boa_context_merge(&context, "a",
                          BOA_STR_LIT("{\"task\":{\"algorithms\":[{\"epochsNumber\":"
                                      "01}]}}"),
                          &valid, NULL, err) != 0 ||
        boa_context_merge(&context, "b",
                          BOA_STR_LIT("header: {reportDatetime: 2024-05-01T10:20:30,"
                                      " publisher: {name: x}}\n"
                                      "infrastructure: {components: [{nbComponent: "
                                      "8.0}]}"),
                          &valid, NULL, err) != 0 ||
        boa_context_set(&context, BOA_STR_LIT("task/algorithms/*/epochsNumber=+3"), &valid, NULL,
                        err) != 0)
        goto out;
    assert_true(valid);
    rc = 0;
out:
    boa_context_release(&context);
    return rc;
}

static void test_lack_of_memory_is_reported(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(use_contexts) > 0);
    struct boa_context context = { 0 };
    boa_context_release(&context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONTEXT_TEST(test_json_is_typed),
        CONTEXT_TEST(test_yaml_gives_the_same),
        CONTEXT_TEST(test_plain_scalars_keep_their_spelling),
        CONTEXT_TEST(test_numbers_become_json),
        CONTEXT_TEST(test_whole_numbers_are_written_as_such),
        CONTEXT_TEST(test_empty_values_are_not_given),
        CONTEXT_TEST(test_documents_merge),
        CONTEXT_TEST(test_places_are_kept),
        CONTEXT_TEST(test_every_error_names_its_place),
        CONTEXT_TEST(test_unknown_names_say_what_was_meant),
        CONTEXT_TEST(test_allowed_values_are_listed),
        CONTEXT_TEST(test_a_table_is_no_context),
        CONTEXT_TEST(test_one_error_keeps_the_whole_document_out),
        CONTEXT_TEST(test_long_texts_are_cut_between_characters),
        CONTEXT_TEST(test_findings_may_go_nowhere),
        CONTEXT_TEST(test_the_limit_bounds_all_contexts),
        CONTEXT_TEST(test_lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
