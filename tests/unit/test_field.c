/* The field table: its order, its names, and what is near a wrong one. */
#include "tests/unit/unit.h"

#include "core/report/field.h"

static enum boa_field_id at(int id)
{
    return (enum boa_field_id)id;
}

static void test_parents_come_first_and_begin_the_path(void **state)
{
    (void)state;
    for (int id = BOA_FIELD_ROOT + 1; id < BOA_FIELD_COUNT; id++) {
        const struct boa_field *field = boa_field_get(at(id));
        const struct boa_field *parent = boa_field_get(field->parent);
        struct boa_str key = boa_field_key(at(id));

        assert_true(field->parent < at(id));
        assert_true(boa_str_starts_with(field->path, parent->path));
        assert_int_equal(field->path.len, parent->path.len + 1 + key.len);
        assert_int_equal(field->path.ptr[parent->path.len], '/');
        assert_true(parent->type == BOA_FIELD_OBJECT || parent->type == BOA_FIELD_ARRAY);
        assert_int_equal(parent->type == BOA_FIELD_ARRAY, boa_str_equal_lit(key, "*"));
        assert_true(field->text[0] != '\0');
    }
}

static void test_paths_are_unique_and_an_array_has_one_element_row(void **state)
{
    (void)state;
    for (int a = 0; a < BOA_FIELD_COUNT; a++) {
        for (int b = 0; b < a; b++)
            assert_false(boa_str_equal(boa_field_get(at(a))->path, boa_field_get(at(b))->path));
        if (boa_field_get(at(a))->type != BOA_FIELD_ARRAY)
            continue;
        enum boa_field_id element = boa_field_element(at(a));
        assert_int_equal(boa_field_get(element)->parent, a);
        assert_int_equal(boa_field_end(at(a)), boa_field_end(element));
    }
}

static bool descends_from(int id, int ancestor)
{
    while (id != BOA_FIELD_ROOT && id != ancestor)
        id = (int)boa_field_get(at(id))->parent;
    return id == ancestor;
}

static void test_the_end_is_behind_the_last_descendant(void **state)
{
    (void)state;
    for (int id = 0; id < BOA_FIELD_COUNT; id++) {
        int end = (int)boa_field_end(at(id));
        assert_true(end > id && end <= BOA_FIELD_COUNT);
        for (int other = 0; other < BOA_FIELD_COUNT; other++)
            assert_int_equal(descends_from(other, id), other >= id && other < end);
    }
}

static void test_members_are_found_by_their_exact_key(void **state)
{
    (void)state;
    for (int id = 1; id < BOA_FIELD_COUNT; id++)
        assert_int_equal(boa_field_member(boa_field_get(at(id))->parent, boa_field_key(at(id))),
                         id);
    assert_int_equal(boa_field_member(BOA_FIELD_ROOT, BOA_STR_LIT("Header")), BOA_FIELD_COUNT);
    assert_int_equal(boa_field_member(BOA_FIELD_ROOT, BOA_STR_LIT("")), BOA_FIELD_COUNT);
    assert_int_equal(boa_field_member(BOA_FIELD_ROOT, BOA_STR_LIT("name")), BOA_FIELD_COUNT);
    assert_int_equal(boa_field_member(BOA_FIELD_HEADER, BOA_STR_LIT("name")), BOA_FIELD_COUNT);
    assert_int_equal(boa_field_member(BOA_FIELD_QUALITY, BOA_STR_LIT("quality")), BOA_FIELD_COUNT);
    assert_text_equal(boa_field_key(BOA_FIELD_ROOT), "");
    assert_text_equal(boa_field_key(BOA_FIELD_COMPONENT), "*");
    assert_text_equal(boa_field_key(BOA_FIELD_COMPONENT_NB), "nbComponent");
}

static void test_near_keys_are_offered_and_far_ones_not(void **state)
{
    (void)state;
    assert_int_equal(boa_field_nearest(BOA_FIELD_ROOT, BOA_STR_LIT("measure")), BOA_FIELD_MEASURES);
    assert_int_equal(boa_field_nearest(BOA_FIELD_ROOT, BOA_STR_LIT("QUALITY")), BOA_FIELD_QUALITY);
    assert_int_equal(boa_field_nearest(BOA_FIELD_TASK, BOA_STR_LIT("taskFamilly")),
                     BOA_FIELD_TASK_FAMILY);
    assert_int_equal(boa_field_nearest(BOA_FIELD_SYSTEM, BOA_STR_LIT("so")), BOA_FIELD_SYSTEM_OS);
    assert_int_equal(boa_field_nearest(BOA_FIELD_ROOT, BOA_STR_LIT("banana")), BOA_FIELD_COUNT);
    assert_int_equal(boa_field_nearest(BOA_FIELD_ROOT, BOA_STR_LIT("")), BOA_FIELD_COUNT);
    /* A member of a member is not near. */
    assert_int_equal(boa_field_nearest(BOA_FIELD_ROOT, BOA_STR_LIT("taskFamily")), BOA_FIELD_COUNT);
}

static void test_values_are_listed_and_allowed(void **state)
{
    (void)state;
    assert_null(boa_limit_values(BOA_LIMIT_NONE));
    assert_null(boa_limit_values(BOA_LIMIT_FRACTION));
    for (int limit = BOA_LIMIT_FRACTION + 1; limit < BOA_LIMIT_COUNT; limit++) {
        const char *const *values = boa_limit_values((enum boa_limit)limit);
        for (size_t i = 0; values[i] != NULL; i++) {
            assert_true(boa_limit_allows((enum boa_limit)limit, boa_str_from(values[i])));
            for (size_t j = 0; j < i; j++)
                assert_string_not_equal(values[i], values[j]);
        }
        assert_false(boa_limit_allows((enum boa_limit)limit, BOA_STR_LIT("")));
        assert_false(boa_limit_allows((enum boa_limit)limit, BOA_STR_LIT("null")));
    }
    assert_true(boa_limit_allows(BOA_LIMIT_NONE, BOA_STR_LIT("anything")));
    assert_false(boa_limit_allows(BOA_LIMIT_QUALITY, BOA_STR_LIT("High")));
}

static void test_near_values_are_offered(void **state)
{
    (void)state;
    assert_string_equal(boa_limit_nearest(BOA_LIMIT_INFRA_TYPE, BOA_STR_LIT("publicclowd")),
                        "publicCloud");
    assert_string_equal(boa_limit_nearest(BOA_LIMIT_QUALITY, BOA_STR_LIT("HIGH")), "high");
    assert_null(boa_limit_nearest(BOA_LIMIT_QUALITY, BOA_STR_LIT("excellent")));
    assert_null(boa_limit_nearest(BOA_LIMIT_NONE, BOA_STR_LIT("high")));
    assert_null(boa_limit_nearest(BOA_LIMIT_FRACTION, BOA_STR_LIT("1")));
}

static void test_types_and_units_have_names(void **state)
{
    (void)state;
    for (int id = 0; id < BOA_FIELD_COUNT; id++) {
        assert_non_null(boa_unit_name(boa_field_get(at(id))->unit));
        assert_non_null(boa_field_type_name(boa_field_get(at(id))->type));
    }
    assert_string_equal(boa_unit_name(BOA_UNIT_NONE), "");
    assert_string_equal(boa_unit_name(BOA_UNIT_KWH), "kWh");
    assert_string_equal(boa_unit_name(BOA_UNIT_FRACTION), "0 to 1");
    assert_string_equal(boa_unit_name(BOA_UNIT_PERCENT), "%");
    assert_string_equal(boa_field_type_name(BOA_FIELD_STRING), "text");
    assert_string_equal(boa_field_type_name(BOA_FIELD_INTEGER), "whole number");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parents_come_first_and_begin_the_path),
        cmocka_unit_test(test_paths_are_unique_and_an_array_has_one_element_row),
        cmocka_unit_test(test_the_end_is_behind_the_last_descendant),
        cmocka_unit_test(test_members_are_found_by_their_exact_key),
        cmocka_unit_test(test_near_keys_are_offered_and_far_ones_not),
        cmocka_unit_test(test_values_are_listed_and_allowed),
        cmocka_unit_test(test_near_values_are_offered),
        cmocka_unit_test(test_types_and_units_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
