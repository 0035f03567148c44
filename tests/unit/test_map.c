/* Field maps: rows are replaced by field and slot, and the map stays in order. */
#include "tests/unit/unit.h"

#include "core/report/map.h"

static struct boa_map_row row(enum boa_field_id field, enum boa_slot slot, const char *cell)
{
    return (struct boa_map_row){ .field = field, .slot = slot, .cell = cell };
}

/* The cells of all rows, in order. */
static void check_cells(const struct boa_map *map, const char *want)
{
    char have[256] = "";
    for (size_t i = 0; i < map->count; i++) {
        strcat(have, i == 0 ? "" : " ");
        strcat(have, map->rows[i].cell);
    }
    assert_string_equal(have, want);
}

static void fill(struct boa_map *map)
{
    const struct boa_map_row rows[] = {
        row(BOA_FIELD_SYSTEM_OS, BOA_SLOT_NONE, "os"),
        row(BOA_FIELD_COMPONENT_NB, BOA_SLOT_CPU, "cpus"),
        row(BOA_FIELD_ENVIRONMENT_COUNTRY, BOA_SLOT_NONE, "name"),
        row(BOA_FIELD_COMPONENT_NB, BOA_SLOT_GPU, "gpus"),
        row(BOA_FIELD_ENVIRONMENT_COUNTRY, BOA_SLOT_NONE, "code"),
    };
    boa_map_init(map, rows, sizeof rows / sizeof rows[0]);
}

static void test_rows_are_copied(void **state)
{
    (void)state;
    struct boa_map map;
    fill(&map);
    check_cells(&map, "os cpus name gpus code");
    boa_map_init(&map, map.rows, 0);
    assert_int_equal(map.count, 0);
}

static void test_a_row_takes_the_place_of_all_alternatives(void **state)
{
    (void)state;
    struct boa_map map;
    fill(&map);
    struct boa_map_row added = row(BOA_FIELD_ENVIRONMENT_COUNTRY, BOA_SLOT_NONE, "country");
    assert_true(boa_map_replace(&map, &added));
    check_cells(&map, "os cpus country gpus");
}

static void test_slots_are_told_apart(void **state)
{
    (void)state;
    struct boa_map map;
    fill(&map);
    struct boa_map_row added = row(BOA_FIELD_COMPONENT_NB, BOA_SLOT_GPU, "cards");
    assert_true(boa_map_replace(&map, &added));
    added = row(BOA_FIELD_COMPONENT_NB, BOA_SLOT_RAM, "sticks");
    assert_true(boa_map_replace(&map, &added));
    check_cells(&map, "os cpus name cards code sticks");
}

static void test_the_first_and_the_last_row_can_be_replaced(void **state)
{
    (void)state;
    struct boa_map map;
    fill(&map);
    struct boa_map_row added = row(BOA_FIELD_SYSTEM_OS, BOA_SLOT_NONE, "platform");
    assert_true(boa_map_replace(&map, &added));
    map.count = 4; /* "code" is gone, "gpus" the last */
    added = row(BOA_FIELD_COMPONENT_NB, BOA_SLOT_GPU, "cards");
    assert_true(boa_map_replace(&map, &added));
    check_cells(&map, "platform cpus name cards");
}

static void test_a_row_of_the_map_itself_can_be_given(void **state)
{
    (void)state;
    struct boa_map map;
    fill(&map);
    assert_true(boa_map_replace(&map, &map.rows[4])); /* the later alternative alone */
    check_cells(&map, "os cpus code gpus");
}

static void test_a_full_map_takes_no_new_field_but_a_replacement(void **state)
{
    (void)state;
    struct boa_map map = { .count = 0 };
    for (int i = 0; i < BOA_MAP_ROWS_MAX; i++) {
        /* Two fields, so that one of them can be replaced by a single row. */
        map.rows[i] = row(i % 2 == 0 ? BOA_FIELD_SYSTEM_OS : BOA_FIELD_QUALITY, BOA_SLOT_NONE, "x");
        map.count++;
    }
    struct boa_map_row other = row(BOA_FIELD_SOFTWARE_VERSION, BOA_SLOT_NONE, "y");
    assert_false(boa_map_replace(&map, &other));
    struct boa_map_row same = row(BOA_FIELD_QUALITY, BOA_SLOT_NONE, "z");
    assert_true(boa_map_replace(&map, &same));
    assert_int_equal(map.count, BOA_MAP_ROWS_MAX / 2 + 1);
    assert_string_equal(map.rows[0].cell, "x");
    assert_string_equal(map.rows[1].cell, "z");
    assert_true(boa_map_replace(&map, &other));
    assert_string_equal(map.rows[map.count - 1].cell, "y");
}

static void test_a_refused_row_leaves_the_map_as_it_was(void **state)
{
    (void)state;
    struct boa_map map = { .count = 0 };
    for (int i = 0; i < BOA_MAP_ROWS_MAX; i++)
        map.rows[map.count++] = row(BOA_FIELD_QUALITY, BOA_SLOT_NONE, "x");
    struct boa_map before = map;
    struct boa_map_row other = row(BOA_FIELD_SOFTWARE_VERSION, BOA_SLOT_NONE, "y");
    assert_false(boa_map_replace(&map, &other));
    assert_int_equal(map.count, before.count);
    for (size_t i = 0; i < map.count; i++)
        assert_string_equal(map.rows[i].cell, before.rows[i].cell);
}

static void test_slots_name_component_types(void **state)
{
    (void)state;
    assert_text_equal(boa_slot_component_type(BOA_SLOT_CPU), "cpu");
    assert_text_equal(boa_slot_component_type(BOA_SLOT_GPU), "gpu");
    assert_text_equal(boa_slot_component_type(BOA_SLOT_RAM), "ram");
    assert_text_equal(boa_slot_component_type(BOA_SLOT_NONE), "");
    assert_text_equal(boa_slot_component_type(BOA_SLOT_MEASURE), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_copied),
        cmocka_unit_test(test_a_row_takes_the_place_of_all_alternatives),
        cmocka_unit_test(test_slots_are_told_apart),
        cmocka_unit_test(test_the_first_and_the_last_row_can_be_replaced),
        cmocka_unit_test(test_a_row_of_the_map_itself_can_be_given),
        cmocka_unit_test(test_a_full_map_takes_no_new_field_but_a_replacement),
        cmocka_unit_test(test_a_refused_row_leaves_the_map_as_it_was),
        cmocka_unit_test(test_slots_name_component_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
