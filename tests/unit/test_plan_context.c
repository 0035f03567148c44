/* What a context adds to a record: members that win, elements that merge, replace or stand in. */
#include "tests/unit/unit.h"

#include "tests/unit/plan_fixture.h"

static void check_part(struct plan_fixture *f, const char *part)
{
    const char *text = plan_report(f);
    if (strstr(text, part) == NULL)
        fail_msg("no %s in %s", part, text);
}

/* The elements of /infrastructure/components. */
static void check_components(struct plan_fixture *f, const char *want)
{
    const char *text = plan_report(f), *start = strstr(text, "\"components\":[");
    if (start == NULL) {
        assert_string_equal(want, "");
        return;
    }
    start += strlen("\"components\":[");
    assert_text_equal(boa_str_make(start, (size_t)(strstr(start, "]") - start)), want);
}

#define CPU "{\"componentType\":\"cpu\",\"nbComponent\":8}"
#define GPU(name, count)                                                                           \
    "{\"componentName\":\"" name "\",\"componentType\":\"gpu\",\"nbComponent\":" count "}"

static void test_the_context_wins(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_cell(f, "os", "Linux");
    plan_cell(f, "country", "Canada");
    plan_cell(f, "location", "Ottawa");
    plan_cell(f, "infra", "not even valid");
    plan_cell(f, "@doubt", "not asked either");
    plan_context(f, "system: {os: Windows, distribution: '11'}\nenvironment: {country: NO}\n"
                    "infrastructure: {infraType: publicCloud}\nheader: {formatVersion: '9'}");
    check_part(f, "\"system\":{\"os\":\"Windows\",\"distribution\":\"11\"}");
    check_part(f, "\"environment\":{\"country\":\"NO\",\"location\":\"Ottawa\"}");
    check_part(f, "\"infraType\":\"publicCloud\"");
    check_part(f, "\"formatVersion\":\"9\"");
    assert_string_equal(f->log.text, "");
    assert_true(f->report.final);
}

static void test_objects_of_the_context_live_without_cells(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "header: {publisher: {name: Boavizta}}\nsoftware: {version: '3'}\n"
                    "quality: high");
    check_part(f, "\"publisher\":{\"name\":\"Boavizta\",\"confidentialityLevel\":\"internal\"}");
    check_part(f, "\"software\":{\"language\":\"python\",\"version\":\"3\"}");
    check_part(f, ",\"quality\":\"high\"}");
}

static void test_incomplete_objects_of_the_context_are_left_out(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "environment: {latitude: 60}");
    assert_null(strstr(plan_report(f), "environment"));
    assert_string_equal(f->log.text,
                        "GROUP_DROPPED x.csv:2:1 /environment: left out: country is unknown\n");
    plan_cell(f, "country", "Norway");
    check_part(f, "\"environment\":{\"country\":\"Norway\",\"latitude\":60}");
}

static void test_the_measure_of_the_context_goes_for_all(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "measures: [{measurementMethod: wattmeter, version: '2',"
                    " measurementDuration: 7}]");
    plan_measure(f, 1, "0.25", "60", "");
    check_part(f, "\"measures\":["
                  "{\"measurementMethod\":\"wattmeter\",\"version\":\"2\","
                  "\"powerConsumption\":0.5,\"measurementDuration\":7},"
                  "{\"measurementMethod\":\"wattmeter\",\"version\":\"2\","
                  "\"powerConsumption\":0.25,\"measurementDuration\":7}]");
    f->record.group[BOA_GROUP_MEASURE].elements = 0; /* it measures nothing itself */
    assert_null(strstr(plan_report(f), "measures"));
    plan_check_missing(f, "/measures");
}

static void test_one_cpu_merges_and_several_replace(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_cell(f, "cpu", "Xeon");
    plan_context(f, "infrastructure: {components: [{componentType: CPU, family: Xeon}]}");
    check_components(f, "{\"componentName\":\"Xeon\",\"componentType\":\"CPU\",\"nbComponent\":8,"
                        "\"family\":\"Xeon\"}");
    plan_cell(f, "cpu", "");
    plan_cell(f, "cpus", "");
    check_components(f, "");
    assert_string_equal(f->log.text, "GROUP_DROPPED x.csv:2:1 /infrastructure/components/*: "
                                     "left out: nbComponent is unknown\n");
    plan_cell(f, "cpus", "8");
    plan_context(f, "infrastructure: {components: [{componentType: cpu, nbComponent: 1},"
                    " {componentType: cpu, nbComponent: 2}]}");
    check_components(f, "{\"componentType\":\"cpu\",\"nbComponent\":1},"
                        "{\"componentType\":\"cpu\",\"nbComponent\":2}");
    assert_true(f->report.final);
}

static void test_ram_merges_with_its_constants(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "infrastructure: {components: [{componentType: ram, memorySize: 64}]}");
    check_components(f, CPU ",{\"componentType\":\"ram\",\"nbComponent\":1,\"memorySize\":64}");
    plan_context(f, "infrastructure: {components: [{componentType: ram, nbComponent: 1},"
                    " {componentType: ram, nbComponent: 2}]}");
    plan_cell(f, "ram", "16");
    check_components(f, CPU ",{\"componentType\":\"ram\",\"nbComponent\":1},"
                            "{\"componentType\":\"ram\",\"nbComponent\":2}");
}

static void test_gpus_of_the_record(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    check_components(f, CPU);
    plan_gpu(f, 0, "A100", "2");
    check_components(f, CPU "," GPU("A100", "2"));
    plan_gpu(f, 1, "H100", "1");
    check_components(f, CPU "," GPU("A100", "2") "," GPU("H100", "1"));
    plan_gpu(f, 1, "H100", "");
    check_components(f, CPU "," GPU("A100", "2"));
    assert_string_equal(f->log.text, "GROUP_DROPPED x.csv:2:1 /infrastructure/components/*: "
                                     "left out: nbComponent is unknown\n");
    plan_gpu(f, 1, "", "");
    check_components(f, CPU "," GPU("A100", "2"));
    assert_string_equal(f->log.text, "");
}

static void test_one_gpu_of_the_context_merges_with_one_of_the_record(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "infrastructure: {components: [{componentType: gpu, share: 0.5}]}");
    plan_gpu(f, 0, "A100", "2");
    check_components(f, CPU ",{\"componentName\":\"A100\",\"componentType\":\"gpu\","
                            "\"nbComponent\":2,\"share\":0.5}");
    assert_true(f->report.final);
    assert_int_equal(f->report.missing_count, 0);
}

static void test_one_gpu_of_the_context_stands_in_for_none_or_several(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "infrastructure: {components: [{componentType: gpu, nbComponent: 4}]}");
    check_components(f, CPU ",{\"componentType\":\"gpu\",\"nbComponent\":4}");
    plan_gpu(f, 0, "A100", "2");
    plan_gpu(f, 1, "H100", "1");
    check_components(f, CPU ",{\"componentType\":\"gpu\",\"nbComponent\":4}");
    assert_true(f->report.final);
    plan_context(f, "infrastructure: {components: [{componentType: gpu, share: 0.5}]}");
    check_components(f, CPU ",{\"componentType\":\"gpu\",\"share\":0.5}");
    assert_false(f->report.final);
    plan_check_missing(f, "/infrastructure/components/*/nbComponent");
}

static void test_several_gpus_of_the_context_replace_all(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "infrastructure: {components: [{componentType: gpu, nbComponent: 4},"
                    " {componentType: GPU, nbComponent: 5}]}");
    for (size_t count = 0; count <= 2; count++) {
        if (count > 0)
            plan_gpu(f, count - 1, "A100", "2");
        check_components(f, CPU ",{\"componentType\":\"gpu\",\"nbComponent\":4},"
                                "{\"componentType\":\"GPU\",\"nbComponent\":5}");
    }
}

static void test_other_components_come_last(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_gpu(f, 0, "A100", "2");
    plan_context(f, "infrastructure: {components: [{componentType: ssd, nbComponent: 2},"
                    " {componentName: fan, componentType: other, nbComponent: 9},"
                    " {componentType: cpu, family: Xeon}]}");
    check_components(f, "{\"componentType\":\"cpu\",\"nbComponent\":8,\"family\":\"Xeon\"}," GPU(
                            "A100", "2") ",{\"componentType\":\"ssd\",\"nbComponent\":2},"
                                         "{\"componentName\":\"fan\",\"componentType\":\"other\","
                                         "\"nbComponent\":9}");
    plan_context(f, "infrastructure: {components: [{nbComponent: 2}]}");
    check_components(f, CPU "," GPU("A100", "2") ",{\"nbComponent\":2}");
    plan_check_missing(f, "/infrastructure/components/*/componentType");
}

static void test_what_was_taken_back_leaves_no_element(void **state)
{
    struct plan_fixture *f = *state;
    struct boa_err err = { 0 };
    static const char *const sets[] = {
        "task/algorithms/*/framework=",       "task/dataset/1/owner=",  "measures/*/version=",
        "infrastructure/components/*/share=", "header/publisher/name=", "quality=",
    };
    plan_complete(f);
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        bool valid;
        assert_int_equal(boa_context_set(&f->context, boa_str_from(sets[i]), &valid, NULL, &err),
                         0);
        assert_true(valid);
    }
    check_components(f, CPU);
    check_part(f, "\"dataset\":[{\"dataUsage\":\"input\",\"dataType\":\"text\"}]");
    assert_null(strstr(f->text, "algorithms"));
    assert_null(strstr(f->text, "{}"));
    assert_null(strstr(f->text, "\"\""));
    plan_check_missing(f, "/task/algorithms");
}

static void test_bytes_of_the_context_become_utf8(void **state)
{
    struct plan_fixture *f = *state;
    struct boa_err err = { 0 };
    bool valid;
    plan_complete(f);
    assert_int_equal(boa_context_set(&f->context, BOA_STR_LIT("header/licensing=a\xff\"\\\tb"),
                                     &valid, NULL, &err),
                     0);
    check_part(f, "\"licensing\":\"a\xef\xbf\xbd\\\"\\\\\\tb\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAN_TEST(test_the_context_wins),
        PLAN_TEST(test_objects_of_the_context_live_without_cells),
        PLAN_TEST(test_incomplete_objects_of_the_context_are_left_out),
        PLAN_TEST(test_the_measure_of_the_context_goes_for_all),
        PLAN_TEST(test_one_cpu_merges_and_several_replace),
        PLAN_TEST(test_ram_merges_with_its_constants),
        PLAN_TEST(test_gpus_of_the_record),
        PLAN_TEST(test_one_gpu_of_the_context_merges_with_one_of_the_record),
        PLAN_TEST(test_one_gpu_of_the_context_stands_in_for_none_or_several),
        PLAN_TEST(test_several_gpus_of_the_context_replace_all),
        PLAN_TEST(test_other_components_come_last),
        PLAN_TEST(test_what_was_taken_back_leaves_no_element),
        PLAN_TEST(test_bytes_of_the_context_become_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
