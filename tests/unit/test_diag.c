/* Findings: the table's promises and what reaches the collector. */
#include "tests/unit/unit.h"

#include "core/base/diag.h"

static bool is_sentence(const char *text)
{
    size_t len = strlen(text);
    return len > 1 && text[len - 1] == '.' && !strstr(text, "  ");
}

static void test_the_table_is_in_order(void **state)
{
    (void)state;
    for (int i = 0; i < BOA_DIAG_COUNT; i++) {
        const struct boa_diag_info *info = boa_diag_info((enum boa_diag)i);
        assert_int_equal(strspn(info->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), strlen(info->id));
        assert_true(is_sentence(info->meaning));
        assert_true(strlen(info->hint) > 1 && info->hint[strlen(info->hint) - 1] != '.');
        assert_true(info->since[0] >= '0' && info->since[0] <= '9');
        for (int j = 0; j < i; j++)
            assert_string_not_equal(info->id, boa_diag_info((enum boa_diag)j)->id);
    }
    assert_string_equal(boa_diag_info(BOA_DIAG_COUNTRY_FALLBACK)->id, "COUNTRY_FALLBACK");
}

static void test_severities_have_names(void **state)
{
    (void)state;
    assert_string_equal(boa_severity_name(BOA_SEVERITY_NOTE), "note");
    assert_string_equal(boa_severity_name(BOA_SEVERITY_WARNING), "warning");
    assert_string_equal(boa_severity_name(BOA_SEVERITY_ERROR), "error");
}

struct seen {
    int count;
    struct boa_finding last;
    char message[2000];
};

static void collect(void *user, const struct boa_finding *finding)
{
    struct seen *seen = user;
    seen->count++;
    seen->last = *finding;
    assert_true(finding->message.len < sizeof(seen->message));
    memcpy(seen->message, finding->message.ptr, finding->message.len);
    seen->message[finding->message.len] = '\0';
}

static void test_a_finding_arrives_whole(void **state)
{
    (void)state;
    struct seen seen = { 0 };
    struct boa_diags diags = { .add = collect, .user = &seen };
    struct boa_place place = { BOA_STR("x.csv"), 12, 3 };
    boa_diags_add(&diags, BOA_DIAG_ENERGY_NEGATIVE, place, BOA_STR_LIT("/measures/0"), "have %s",
                  "-1");
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.last.id, BOA_DIAG_ENERGY_NEGATIVE);
    assert_int_equal(seen.last.severity, BOA_SEVERITY_WARNING);
    assert_text_equal(seen.last.place.file, "x.csv");
    assert_int_equal(seen.last.place.line, 12);
    assert_int_equal(seen.last.place.column, 3);
    assert_text_equal(seen.last.pointer, "/measures/0");
    assert_string_equal(seen.message, "have -1");
}

static void test_without_a_collector_it_is_dropped(void **state)
{
    (void)state;
    boa_diags_add(NULL, BOA_DIAG_ENERGY_ZERO, (struct boa_place){ 0 }, (struct boa_str){ 0 }, "%d",
                  1);
}

static void test_long_messages_are_cut(void **state)
{
    (void)state;
    struct seen seen = { 0 };
    struct boa_diags diags = { .add = collect, .user = &seen };
    struct boa_place nowhere = { 0 };
    boa_diags_add(&diags, BOA_DIAG_ENERGY_ZERO, nowhere, (struct boa_str){ 0 }, "%*s", 1024, "x");
    assert_int_equal(strlen(seen.message), 1024);
    assert_int_equal(seen.message[1023], 'x');
    boa_diags_add(&diags, BOA_DIAG_ENERGY_ZERO, nowhere, (struct boa_str){ 0 }, "%*s", 1025, "x");
    assert_int_equal(strlen(seen.message), 1024);
    assert_string_equal(seen.message + 1021, "…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_table_is_in_order),
        cmocka_unit_test(test_severities_have_names),
        cmocka_unit_test(test_a_finding_arrives_whole),
        cmocka_unit_test(test_without_a_collector_it_is_dropped),
        cmocka_unit_test(test_long_messages_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
