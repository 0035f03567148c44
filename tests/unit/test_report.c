/* What reports lack, in which order, and which of them are final. */
#include "core/report/report.h"

#include "tests/unit/unit.h"

static void test_missing_fields_stand_in_order_and_once(void **state)
{
    struct boa_report report = { 0 };

    (void)state;
    boa_report_lacks(&report, BOA_FIELD_MEASURES);
    boa_report_lacks(&report, BOA_FIELD_HEADER_REPORT_DATETIME);
    boa_report_lacks(&report, BOA_FIELD_MEASURES);
    boa_report_lacks(&report, BOA_FIELD_TASK); /* by what it must hold */
    boa_report_lacks(&report, BOA_FIELD_TASK_DATASET);
    assert_int_equal(report.missing_count, 6);
    assert_int_equal(report.missing[0], BOA_FIELD_HEADER_REPORT_DATETIME);
    assert_int_equal(report.missing[1], BOA_FIELD_TASK_STAGE);
    assert_int_equal(report.missing[2], BOA_FIELD_TASK_FAMILY);
    assert_int_equal(report.missing[3], BOA_FIELD_TASK_ALGORITHMS);
    assert_int_equal(report.missing[4], BOA_FIELD_TASK_DATASET);
    assert_int_equal(report.missing[5], BOA_FIELD_MEASURES);
}

static void test_the_list_is_bounded(void **state)
{
    struct boa_report report = { 0 };

    (void)state;
    for (unsigned id = BOA_FIELD_COUNT - 1; id > 0; id--) {
        if (boa_field_get((enum boa_field_id)id)->type != BOA_FIELD_OBJECT)
            boa_report_lacks(&report, (enum boa_field_id)id);
    }
    assert_int_equal(report.missing_count, BOA_REPORT_MISSING_MAX);
    for (size_t i = 1; i < report.missing_count; i++)
        assert_true(report.missing[i - 1] < report.missing[i]);
    assert_int_equal(report.missing[0], BOA_FIELD_HEADER_LICENSING);
}

struct status_case {
    bool lacks, assumed, invalid, doubtful;
    const char *asked, *want;
};

static void test_status(void **state)
{
    static const struct status_case cases[] = {
        { .asked = "", .want = "final" },
        { .asked = "corrective", .want = "corrective" },
        { .asked = "draft", .want = "draft" },
        { .lacks = true, .asked = "", .want = "draft" },
        { .lacks = true, .asked = "final", .want = "draft" },
        { .invalid = true, .asked = "", .want = "draft" },
        { .invalid = true, .asked = "other", .want = "draft" },
        { .assumed = true, .asked = "", .want = "draft" },
        { .assumed = true, .asked = "final", .want = "final" },
        { .doubtful = true, .asked = "", .want = "draft" },
        { .doubtful = true, .asked = "final", .want = "final" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct status_case *c = &cases[i];
        struct boa_report report = { .assumed = c->assumed, .invalid = c->invalid };

        if (c->lacks)
            boa_report_lacks(&report, BOA_FIELD_MEASURES);
        assert_text_equal(boa_report_settle(&report, boa_str_from(c->asked), c->doubtful), c->want);
        assert_int_equal(report.final, strcmp(c->want, "draft") != 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_missing_fields_stand_in_order_and_once),
        cmocka_unit_test(test_the_list_is_bounded),
        cmocka_unit_test(test_status),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
