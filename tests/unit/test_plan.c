/* Plans: which values, objects and elements a report has, its status, and what is said of the rest.
 */
#include "tests/unit/unit.h"

#include "tests/unit/plan_fixture.h"

static void test_an_empty_record_gives_an_empty_report(void **state)
{
    struct plan_fixture *f = *state;
    f->record.group[BOA_GROUP_MEASURE].elements = 0;
    assert_string_equal(plan_report(f), "{}");
    assert_string_equal(f->log.text, "");
    assert_false(f->report.final);
    plan_check_missing(f, "/task/taskStage /task/taskFamily /task/algorithms /task/dataset "
                          "/measures /infrastructure/infraType /infrastructure/components");
}

static void test_no_map_no_layout_no_context(void **state)
{
    struct plan_fixture *f = *state;
    struct boa_err err = { 0 };
    struct boa_record record = { 0 };
    struct boa_layout layout = { 0 };
    struct boa_arena arena;
    struct boa_buf out;

    f->map.count = 0;
    boa_arena_init(&arena, 4096);
    boa_buf_init(&out, 4096);
    struct boa_plan *plan = boa_plan_new(&f->map, &layout, NULL, 0, &err);
    assert_non_null(plan);
    assert_int_equal(boa_plan_bind(plan, &record, &arena, NULL, &f->report, &err), 0);
    assert_int_equal(boa_plan_emit(plan, &out, &err), 0);
    assert_text_equal(boa_buf_str(&out), "{}\n");
    assert_int_equal(f->report.missing_count, 7);
    assert_int_equal(boa_plan_value(plan, BOA_FIELD_HEADER_REPORT_ID).len, 0);
    boa_plan_free(plan);
    boa_plan_free(NULL);
    boa_buf_release(&out);
    boa_arena_release(&arena);
}

static void test_all_cells_are_written_in_schema_order(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_cell(f, "id", "r-1");
    plan_cell(f, "project", "say \"hi\"\n\xc3\xa9");
    plan_cell(f, "os", "Linux");
    plan_cell(f, "python", "3.10");
    plan_cell(f, "cpu", "Xeon");
    plan_cell(f, "ram", "15.50");
    plan_cell(f, "country", "Norway");
    plan_cell(f, "location", "Oslo");
    plan_measure(f, 0, "0.50", "60.0", "39.915");
    plan_gpu(f, 0, "A100", "2");
    assert_string_equal(
        plan_report(f),
        "{\"header\":{\"formatVersion\":\"1.1.0\",\"reportId\":\"r-1\","
        "\"reportDatetime\":\"2024-05-01 10:20:30\",\"reportStatus\":\"final\","
        "\"publisher\":{\"projectName\":\"say \\\"hi\\\"\\n\xc3\xa9\","
        "\"confidentialityLevel\":\"internal\"}},"
        "\"task\":{\"taskStage\":\"s\",\"taskFamily\":\"f\",\"algorithms\":[{\"framework\":\"a\"}],"
        "\"dataset\":[{\"dataUsage\":\"input\",\"dataType\":\"text\"}]},"
        "\"measures\":[{\"measurementMethod\":\"meter\",\"averageUtilizationCpu\":0.39915,"
        "\"powerConsumption\":0.50,\"measurementDuration\":60}],"
        "\"system\":{\"os\":\"Linux\"},"
        "\"software\":{\"language\":\"python\",\"version\":\"3.10\"},"
        "\"infrastructure\":{\"infraType\":\"onPremise\",\"components\":["
        "{\"componentName\":\"Xeon\",\"componentType\":\"cpu\",\"nbComponent\":8},"
        "{\"componentName\":\"A100\",\"componentType\":\"gpu\",\"nbComponent\":2},"
        "{\"componentType\":\"ram\",\"nbComponent\":1,\"memorySize\":15.50}]},"
        "\"environment\":{\"country\":\"Norway\",\"location\":\"Oslo\"}}");
    assert_string_equal(f->log.text, "");
    assert_true(f->report.final);
    assert_false(f->report.assumed);
    assert_int_equal(f->report.missing_count, 0);
}

static void check_part(struct plan_fixture *f, const char *part, bool wanted)
{
    const char *text = plan_report(f);
    if ((strstr(text, part) != NULL) != wanted)
        fail_msg("%s%s in %s", wanted ? "no " : "", part, text);
}

static void test_constants_alone_keep_nothing_alive(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    check_part(f, "\"publisher\"", false);
    check_part(f, "\"software\"", false);
    check_part(f, "\"ram\"", false);
    assert_string_equal(f->log.text, "");
    plan_cell(f, "python", "3.10");
    check_part(f, "\"software\":{\"language\":\"python\",\"version\":\"3.10\"}", true);
}

static void test_a_constant_as_second_choice_keeps_nothing_alive_either(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    f->map.rows[f->map.count++] = (struct boa_map_row){ .field = BOA_FIELD_ENVIRONMENT_COUNTRY,
                                                        .constant = "nowhere" };
    check_part(f, "\"environment\"", false);
    assert_string_equal(f->log.text, "");
    plan_cell(f, "location", "Oslo");
    check_part(f, "\"environment\":{\"country\":\"nowhere\",\"location\":\"Oslo\"}", true);
    assert_string_equal(f->log.text, "");
    plan_cell(f, "code", "NOR");
    check_part(f, "\"country\":\"NOR\"", true);
}

static void test_the_first_alternative_with_a_value_counts(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_cell(f, "code", "NOR");
    check_part(f, "\"environment\":{\"country\":\"NOR\"}", true);
    plan_cell(f, "country", "nan");
    check_part(f, "\"environment\":{\"country\":\"NOR\"}", true);
    plan_cell(f, "country", "Norway");
    check_part(f, "\"environment\":{\"country\":\"Norway\"}", true);
}

static void test_incomplete_optional_objects_are_left_out(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_cell(f, "location", "Oslo");
    check_part(f, "\"environment\"", false);
    assert_string_equal(f->log.text,
                        "GROUP_DROPPED x.csv:2:1 /environment: left out: country is unknown\n");
    assert_true(f->report.final); /* nothing required is missing */
    plan_cell(f, "cpu", "Xeon");
    plan_cell(f, "cpus", "");
    check_part(f, "\"components\"", false);
    assert_string_equal(f->log.text,
                        "GROUP_DROPPED x.csv:2:1 /environment: left out: country is unknown\n"
                        "GROUP_DROPPED x.csv:2:1 /infrastructure/components/*: left out: "
                        "nbComponent is unknown\n");
    assert_false(f->report.final);
    plan_check_missing(f, "/infrastructure/components");
}

static void test_unusable_cells_are_told(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_cell(f, "ram", "lots");
    plan_measure(f, 0, "0.5", "-1", "101");
    plan_cell(f, "infra", "moon");
    plan_cell(f, "time", "2024-05-01T10:20:30Z");
    plan_report(f);
    assert_string_equal(
        f->log.text,
        "ZONE_CUT x.csv:2:1 /header/reportDatetime: column time: want a time without a zone, have "
        "\"2024-05-01T10:20:30Z\"\n"
        "NUMBER_RANGE x.csv:2:1 /infrastructure/infraType: column infra: want one of the field's "
        "values, have \"moon\"\n"
        "VALUE_UNUSABLE x.csv:2:1 /infrastructure/components/*/memorySize: column ram: want "
        "number, have \"lots\"\n"
        "NUMBER_RANGE x.csv:2:1 /measures/*/averageUtilizationCpu: column load: want 0 to 100 "
        "percent, have "
        "\"101\"\n");
    plan_check_missing(f, "/infrastructure/infraType");
    assert_null(strstr(f->text, "measurementDuration"));
}

static void test_a_measure_needs_no_more_than_its_energy(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_measure(f, 0, "", "60", "");
    plan_report(f);
    plan_check_missing(f, "/measures/*/powerConsumption");
    plan_measure(f, 0, "", "", "");
    check_part(f, "\"measures\"", false);
    plan_check_missing(f, "/measures");
    plan_measure(f, 1, "2", "", "");
    plan_measure(f, 2, "", "3", "");
    plan_measure(f, 3, "", "4", "");
    check_part(f,
               "\"measures\":[{\"measurementMethod\":\"meter\",\"powerConsumption\":2},"
               "{\"measurementMethod\":\"meter\",\"measurementDuration\":3},"
               "{\"measurementMethod\":\"meter\",\"measurementDuration\":4}]",
               true);
    plan_check_missing(f, "/measures/*/powerConsumption"); /* once, however many lack it */
}

static void test_missing_fields_stand_in_schema_order(void **state)
{
    struct plan_fixture *f = *state;
    plan_context(f, "task: {taskStage: s, dataset: [{dataSize: 3}]}\n"
                    "infrastructure: {components: [{componentType: ssd}]}\n");
    plan_measure(f, 0, "", "60", "");
    plan_cell(f, "id", "r-1");
    plan_report(f);
    plan_check_missing(f, "/header/reportDatetime /task/taskFamily /task/algorithms "
                          "/task/dataset/*/dataUsage /task/dataset/*/dataType "
                          "/measures/*/powerConsumption /infrastructure/infraType "
                          "/infrastructure/components/*/nbComponent");
}

static void check_status(struct plan_fixture *f, const char *status)
{
    struct boa_err err = { 0 };
    struct boa_arena arena;
    char part[64];

    (void)snprintf(part, sizeof part, "\"reportStatus\":\"%s\"", status);
    check_part(f, part, true);
    assert_int_equal(f->report.final, strcmp(status, "draft") != 0);
    struct boa_plan *plan = plan_make(f, 0);
    boa_arena_init(&arena, 1 << 20);
    assert_int_equal(boa_plan_bind(plan, &f->record, &arena, NULL, &f->report, &err), 0);
    assert_text_equal(boa_plan_value(plan, BOA_FIELD_HEADER_REPORT_STATUS), status);
    boa_plan_free(plan);
    boa_arena_release(&arena);
}

static void test_the_status_follows_from_what_is_there(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    check_status(f, "final");
    f->record.doubtful = true;
    check_status(f, "draft");
    f->record.doubtful = false;
    plan_cell(f, "@doubt", "nothing says cloud");
    check_status(f, "draft");
    assert_true(f->report.assumed);
    check_part(f, "onPremise", true);
    assert_string_equal(f->log.text,
                        "INFRA_ASSUMED x.csv:2:1 /infrastructure/infraType: nothing says cloud\n");
    /* A doubt about a value that is not there is none. */
    plan_cell(f, "infra", "");
    plan_report(f);
    assert_false(f->report.assumed);
    assert_string_equal(f->log.text, "");
}

static void test_the_context_asks_for_a_status(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "header: {reportStatus: draft}");
    check_status(f, "draft");
    plan_context(f, "header: {reportStatus: corrective}");
    check_status(f, "corrective");
    plan_context(f, "header: {reportStatus: final}");
    plan_cell(f, "@doubt", "nothing says cloud");
    check_status(f, "final");
    plan_cell(f, "infra", ""); /* but nothing makes an incomplete report final */
    check_status(f, "draft");
}

static void test_a_note_of_doubt_keeps_a_report_final(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    for (size_t i = 0; i < f->map.count; i++) {
        if (f->map.rows[i].field == BOA_FIELD_INFRASTRUCTURE_TYPE)
            f->map.rows[i].doubt_id = BOA_DIAG_CPU_ESTIMATED;
    }
    plan_cell(f, "@doubt", "why not");
    check_status(f, "final");
    assert_false(f->report.assumed);
}

static struct boa_str value_of(struct plan_fixture *f, struct boa_plan *plan,
                               enum boa_field_id field)
{
    struct boa_err err = { 0 };
    static struct boa_arena arena;

    boa_arena_release(&arena);
    boa_arena_init(&arena, 1 << 20);
    assert_int_equal(boa_plan_bind(plan, &f->record, &arena, NULL, &f->report, &err), 0);
    struct boa_str value = boa_plan_value(plan, field);
    boa_arena_release(&arena); /* values of cells live on in the record */
    return value;
}

static void test_values_are_those_of_the_report(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "header: {publisher: {name: Boavizta}}\nenvironment: {latitude: 60}");
    struct boa_plan *plan = plan_make(f, 0);
    plan_cell(f, "id", "r-1");
    assert_text_equal(value_of(f, plan, BOA_FIELD_HEADER_REPORT_ID), "r-1");
    assert_text_equal(value_of(f, plan, BOA_FIELD_HEADER_FORMAT_VERSION), "1.1.0");
    assert_text_equal(value_of(f, plan, BOA_FIELD_HEADER_PUBLISHER_NAME), "Boavizta");
    assert_text_equal(value_of(f, plan, BOA_FIELD_TASK_STAGE), "s");
    assert_text_equal(value_of(f, plan, BOA_FIELD_HEADER_LICENSING), "");
    assert_text_equal(value_of(f, plan, BOA_FIELD_SOFTWARE_LANGUAGE), "");
    assert_text_equal(value_of(f, plan, BOA_FIELD_ENVIRONMENT_LATITUDE), ""); /* no country */
    plan_cell(f, "country", "Norway");
    assert_text_equal(value_of(f, plan, BOA_FIELD_ENVIRONMENT_LATITUDE), "60");
    assert_text_equal(value_of(f, plan, BOA_FIELD_ENVIRONMENT_COUNTRY), "Norway");
    boa_plan_free(plan);
}

static void test_a_plan_is_used_again(void **state)
{
    struct plan_fixture *f = *state;
    struct boa_err err = { 0 };
    struct boa_arena arena;
    struct boa_buf out;

    plan_complete(f);
    plan_cell(f, "country", "Norway");
    plan_gpu(f, 1, "A100", "2");
    plan_gpu(f, 0, "H100", "1");
    f->record.group[BOA_GROUP_GPU].elements = 2;
    struct boa_plan *plan = plan_make(f, 0);
    boa_arena_init(&arena, 1 << 20);
    boa_buf_init(&out, 1 << 20);
    assert_int_equal(boa_plan_bind(plan, &f->record, &arena, NULL, &f->report, &err), 0);
    assert_int_equal(boa_plan_emit(plan, &out, &err), 0);
    size_t first = out.len;
    /* One with less in it, appended behind it. */
    boa_arena_reset(&arena);
    plan_cell(f, "country", "");
    f->record.group[BOA_GROUP_GPU].elements = 0;
    assert_int_equal(boa_plan_bind(plan, &f->record, &arena, NULL, &f->report, &err), 0);
    assert_int_equal(boa_plan_emit(plan, &out, &err), 0);
    assert_int_equal(boa_plan_emit(plan, &out, &err), 0);
    size_t each = (out.len - first) / 2;
    assert_text_equal(boa_str_make(out.ptr + first, each - 1), plan_report(f));
    assert_memory_equal(out.ptr + first, out.ptr + first + each, each);
    assert_true(first > each);
    boa_buf_release(&out);
    boa_arena_release(&arena);
    boa_plan_free(plan);
}

static void test_a_full_buffer_is_left_as_it_was(void **state)
{
    struct plan_fixture *f = *state;
    struct boa_err err = { 0 };
    struct boa_arena arena;

    plan_complete(f);
    size_t whole = strlen(plan_report(f)) + 1;
    struct boa_plan *plan = plan_make(f, 0);
    boa_arena_init(&arena, 1 << 20);
    assert_int_equal(boa_plan_bind(plan, &f->record, &arena, NULL, &f->report, &err), 0);
    for (size_t max = 2; max < whole; max++) {
        struct boa_buf out;
        boa_buf_init(&out, max);
        assert_int_equal(boa_buf_put(&out, BOA_STR_LIT("a,"), &err), 0);
        assert_int_equal(boa_plan_emit(plan, &out, &err), -1);
        assert_int_equal(err.kind, BOA_ERR_LIMIT);
        assert_text_equal(boa_buf_str(&out), "a,");
        boa_buf_release(&out);
    }
    boa_plan_free(plan);
    boa_arena_release(&arena);
}

static int make_report(void *user, struct boa_err *err)
{
    struct plan_fixture *f = user;
    struct boa_report untouched = { .missing_count = 77 }, report = untouched;
    struct boa_arena arena;
    struct boa_buf out;
    struct boa_plan *plan = NULL;
    int rc = -1;

    boa_arena_init(&arena, 1 << 20);
    boa_buf_init(&out, 1 << 20);
    plan = boa_plan_new(&f->map, &f->layout, &f->context, 2, err);
    if (plan == NULL)
        goto out;
    if (boa_plan_bind(plan, &f->record, &arena, NULL, &report, err) != 0) {
        assert_int_equal(report.missing_count, untouched.missing_count);
        goto out;
    }
    if (boa_plan_emit(plan, &out, err) != 0) {
        assert_int_equal(out.len, 0);
        goto out;
    }
    rc = 0;
out:
    boa_plan_free(plan);
    boa_buf_release(&out);
    boa_arena_release(&arena);
    return rc;
}

static void test_lack_of_memory_is_reported(void **state)
{
    struct plan_fixture *f = *state;
    plan_complete(f);
    plan_context(f, "infrastructure: {components: [{componentType: ssd}, {componentType: gpu}]}");
    plan_measure(f, 1, "0.25", "60.0", "50");
    plan_gpu(f, 0, "A100", "2.0");
    assert_true(unit_each_allocation_fails(make_report, f) > 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAN_TEST(test_an_empty_record_gives_an_empty_report),
        PLAN_TEST(test_no_map_no_layout_no_context),
        PLAN_TEST(test_all_cells_are_written_in_schema_order),
        PLAN_TEST(test_constants_alone_keep_nothing_alive),
        PLAN_TEST(test_a_constant_as_second_choice_keeps_nothing_alive_either),
        PLAN_TEST(test_the_first_alternative_with_a_value_counts),
        PLAN_TEST(test_incomplete_optional_objects_are_left_out),
        PLAN_TEST(test_unusable_cells_are_told),
        PLAN_TEST(test_a_measure_needs_no_more_than_its_energy),
        PLAN_TEST(test_missing_fields_stand_in_schema_order),
        PLAN_TEST(test_the_status_follows_from_what_is_there),
        PLAN_TEST(test_the_context_asks_for_a_status),
        PLAN_TEST(test_a_note_of_doubt_keeps_a_report_final),
        PLAN_TEST(test_values_are_those_of_the_report),
        PLAN_TEST(test_a_plan_is_used_again),
        PLAN_TEST(test_a_full_buffer_is_left_as_it_was),
        PLAN_TEST(test_lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
