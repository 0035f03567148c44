/* Cells become values: exact, typed, within limits, or not at all. */
#include "tests/unit/unit.h"

#include "core/report/transform.h"

struct rule {
    enum boa_field_id field;
    enum boa_unit unit;
    enum boa_transform transform;
};

static const struct rule NUMBER = { BOA_FIELD_MEASURE_POWER_CONSUMPTION, BOA_UNIT_NONE,
                                    BOA_TRANSFORM_COPY };
static const struct rule INTEGER = { BOA_FIELD_COMPONENT_NB, BOA_UNIT_NONE, BOA_TRANSFORM_COPY };
static const struct rule HALF = { BOA_FIELD_COMPONENT_NB, BOA_UNIT_NONE, BOA_TRANSFORM_HALF };
static const struct rule WHOLE = { BOA_FIELD_COMPONENT_MEMORY_SIZE, BOA_UNIT_NONE,
                                   BOA_TRANSFORM_WHOLE };
static const struct rule POSITIVE = { BOA_FIELD_MEASURE_DURATION, BOA_UNIT_NONE,
                                      BOA_TRANSFORM_POSITIVE };
static const struct rule FRACTION = { BOA_FIELD_MEASURE_AVERAGE_UTILIZATION_CPU, BOA_UNIT_NONE,
                                      BOA_TRANSFORM_COPY };
static const struct rule PERCENT = { BOA_FIELD_MEASURE_AVERAGE_UTILIZATION_CPU, BOA_UNIT_PERCENT,
                                     BOA_TRANSFORM_COPY };
static const struct rule DATETIME = { BOA_FIELD_HEADER_REPORT_DATETIME, BOA_UNIT_NONE,
                                      BOA_TRANSFORM_COPY };
static const struct rule ENUM = { BOA_FIELD_INFRASTRUCTURE_TYPE, BOA_UNIT_NONE,
                                  BOA_TRANSFORM_COPY };
static const struct rule TEXT = { BOA_FIELD_COMPONENT_NAME, BOA_UNIT_NONE, BOA_TRANSFORM_COPY };

/* "=text" for a value, else the state: "absent", "unusable", "range". */
static void check(const struct rule *rule, const char *cell, const char *want, int line)
{
    static const char *const states[] = {
        [BOA_VALUE_ABSENT] = "absent",
        [BOA_VALUE_UNUSABLE] = "unusable",
        [BOA_VALUE_RANGE] = "range",
        [BOA_VALUE_MEMORY] = "memory",
    };
    struct boa_arena arena;
    struct boa_err err = { 0 };
    struct boa_str out = BOA_STR("untouched");
    bool zone_cut = false;

    boa_arena_init(&arena, 1 << 20);
    enum boa_value_state state = boa_transform_apply(&out, boa_str_from(cell), rule->field,
                                                     rule->unit, rule->transform, &zone_cut, &arena,
                                                     &err);
    if (want[0] == '=') {
        assert_int_equal(state, BOA_VALUE_OK);
        unit_check_text(out, want + 1, __FILE__, line);
    } else {
        if (state == BOA_VALUE_OK)
            fail_msg("line %d: \"%s\" became \"%.*s\"", line, cell, BOA_STR_FMT(out));
        unit_check_text(boa_str_from(states[state]), want, __FILE__, line);
        assert_text_equal(out, "untouched");
    }
    boa_arena_release(&arena);
}

#define CHECK(rule, cell, want) check(&(rule), (cell), (want), __LINE__)

static void test_canonical_numbers_are_copied(void **state)
{
    (void)state;
    static const char *const cells[] = { "0",    "-0",      "1",
                                         "0.10", "1.50000", "1e2",
                                         "1E+2", "2.5e-07", "123456789012345678901234567890.5",
                                         "-3.0" };
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        struct boa_str out, cell = boa_str_from(cells[i]);
        bool zone_cut = false;
        /* No arena is needed. */
        assert_int_equal(boa_transform_apply(&out, cell, NUMBER.field, NUMBER.unit,
                                             NUMBER.transform, &zone_cut, NULL, NULL),
                         BOA_VALUE_OK);
        assert_ptr_equal(out.ptr, cell.ptr);
        assert_int_equal(out.len, cell.len);
    }
}

static void test_other_spellings_become_canonical(void **state)
{
    (void)state;
    CHECK(NUMBER, "+1", "=1");
    CHECK(NUMBER, ".5", "=0.5");
    CHECK(NUMBER, "1.", "=1");
    CHECK(NUMBER, "007", "=7");
    CHECK(NUMBER, "-.5e1", "=-5");
    CHECK(NUMBER, "00.000010", "=1e-05");
    CHECK(NUMBER, "1,5", "unusable");
    CHECK(NUMBER, "1 000", "unusable");
    CHECK(NUMBER, "1_000", "unusable");
    CHECK(NUMBER, "0x10", "unusable");
    CHECK(NUMBER, "inf", "unusable");
    CHECK(NUMBER, "-nan", "unusable");
    CHECK(NUMBER, "1e308", "=1e308");
    CHECK(NUMBER, "1e309", "range");
    CHECK(NUMBER, "-1e9999", "range");
    CHECK(NUMBER, "1e-999", "=1e-999");
    CHECK(NUMBER, "1e", "unusable");
    CHECK(NUMBER, ".", "unusable");
    CHECK(NUMBER, "1 kWh", "unusable");
    CHECK(NUMBER, "1e1000001", "unusable");
}

static void test_integers_have_no_point_and_no_exponent(void **state)
{
    (void)state;
    CHECK(INTEGER, "40", "=40");
    CHECK(INTEGER, "40.0", "=40");
    CHECK(INTEGER, "1e2", "=100");
    CHECK(INTEGER, "12.50e1", "=125");
    CHECK(INTEGER, "+8", "=8");
    CHECK(INTEGER, "-0.0", "=0");
    CHECK(INTEGER, "1e15", "=1000000000000000");
    CHECK(INTEGER, "1e16", "unusable");
    CHECK(INTEGER, "1e400", "range");
    CHECK(INTEGER, "-4", "range");
    CHECK(INTEGER, "7.5", "unusable");
    CHECK(INTEGER, "eight", "unusable");
}

static void test_halves_are_of_things(void **state)
{
    (void)state;
    CHECK(HALF, "8", "=4");
    CHECK(HALF, "7", "=3");
    CHECK(HALF, "1", "=1");
    CHECK(HALF, "0", "=1");
    CHECK(HALF, "2.0", "=1");
    CHECK(HALF, "9223372036854775808", "unusable");
    CHECK(HALF, "many", "unusable");
}

static void test_whole_numbers_round_half_to_even(void **state)
{
    (void)state;
    CHECK(WHOLE, "16", "=16");
    CHECK(WHOLE, "0.5", "=0");
    CHECK(WHOLE, "1.5", "=2");
    CHECK(WHOLE, "2.5", "=2");
    CHECK(WHOLE, "2.5000000000000000000000001", "=3");
    CHECK(WHOLE, "2.4999999999999999999999999", "=2");
    CHECK(WHOLE, "-0.5", "=0");
    CHECK(WHOLE, "-1.5", "range");
    CHECK(WHOLE, "-2.5", "range");
    CHECK(WHOLE, "-2.6", "range");
    CHECK(WHOLE, "15.500122", "=16");
    CHECK(WHOLE, "1e-900", "=0");
    CHECK(WHOLE, "-1e-900", "=0");
    CHECK(WHOLE, "1e30", "=1e+30");
    CHECK(WHOLE, "123456789012345678901.5", "unusable");
}

static void test_percentages_move_the_point_exactly(void **state)
{
    (void)state;
    CHECK(PERCENT, "39.915", "=0.39915");
    CHECK(PERCENT, "100", "=1");
    CHECK(PERCENT, "100.0", "=1");
    CHECK(PERCENT, "0.1", "=0.001");
    CHECK(PERCENT, "33.333333333333336", "=0.33333333333333336");
    CHECK(PERCENT, "0", "=0");
    CHECK(PERCENT, "-0.0", "=0");
    CHECK(PERCENT, "100.00000000000001", "range");
    CHECK(PERCENT, "-1", "range");
    CHECK(PERCENT, "1e-1000000", "unusable");
    CHECK(PERCENT, "half", "unusable");
}

static void test_fractions_stay_within_0_and_1(void **state)
{
    (void)state;
    CHECK(FRACTION, "0", "=0");
    CHECK(FRACTION, "1", "=1");
    CHECK(FRACTION, "1.0", "=1");
    CHECK(FRACTION, "0.5", "=0.5");
    CHECK(FRACTION, "1.0000000000000001", "range");
    CHECK(FRACTION, "-1e-9", "range");
    CHECK(FRACTION, "55", "range");
}

static void test_nothing_and_less_is_unknown_where_it_says_so(void **state)
{
    (void)state;
    CHECK(POSITIVE, "0", "absent");
    CHECK(POSITIVE, "0.000", "absent");
    CHECK(POSITIVE, "-3.5", "absent");
    CHECK(POSITIVE, "1e-9", "=1e-09");
    CHECK(POSITIVE, "60.50", "=60.5");
    CHECK(POSITIVE, "x", "unusable");
}

static void test_words_for_nothing_are_absent(void **state)
{
    (void)state;
    static const char *const words[] = { "",    "None", "nan",  "NaN", "NA",
                                         "N/A", "null", "NULL", "NaT" };
    static const char *const others[] = { "none of it", "Nan", "n",     "nano", "0",      "-",
                                          "NAN ",       "nil", "nulls", "N/A.", "unknown" };
    static const struct rule *const rules[] = {
        &NUMBER, &INTEGER, &PERCENT, &DATETIME, &ENUM, &TEXT
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        assert_true(boa_text_is_missing(boa_str_from(words[i])));
        for (size_t j = 0; j < sizeof rules / sizeof rules[0]; j++)
            check(rules[j], words[i], "absent", __LINE__);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(boa_text_is_missing(boa_str_from(others[i])));
    assert_true(boa_text_is_missing((struct boa_str){ 0 }));
}

static void test_texts_are_copied_and_lists_hold(void **state)
{
    (void)state;
    CHECK(TEXT, "1 x NVIDIA \"H100\"", "=1 x NVIDIA \"H100\"");
    CHECK(TEXT, "1.10", "=1.10");
    CHECK(ENUM, "onPremise", "=onPremise");
    CHECK(ENUM, "onpremise", "range");
    CHECK(ENUM, "cloud", "range");
}

static void test_times_are_rewritten(void **state)
{
    (void)state;
    CHECK(DATETIME, "2024-05-01T10:20:30.999", "=2024-05-01 10:20:30");
    CHECK(DATETIME, "2024-05-01 10:20:30", "=2024-05-01 10:20:30");
    CHECK(DATETIME, "2024-05-01", "unusable");
    CHECK(DATETIME, "9999-12-31 23:59:60", "unusable");
}

static void test_only_a_zone_is_said_to_be_cut(void **state)
{
    (void)state;
    struct boa_arena arena;
    struct boa_err err = { 0 };
    struct boa_str out;
    bool zone_cut = false;

    boa_arena_init(&arena, 4096);
    assert_int_equal(boa_transform_apply(&out, BOA_STR_LIT("2024-05-01T10:20:30.5"), DATETIME.field,
                                         DATETIME.unit, DATETIME.transform, &zone_cut, &arena,
                                         &err),
                     BOA_VALUE_OK);
    assert_false(zone_cut);
    assert_int_equal(boa_transform_apply(&out, BOA_STR_LIT("2024-05-01T10:20:30+05:45"),
                                         DATETIME.field, DATETIME.unit, DATETIME.transform,
                                         &zone_cut, &arena, &err),
                     BOA_VALUE_OK);
    assert_true(zone_cut);
    assert_text_equal(out, "2024-05-01 10:20:30");
    boa_arena_release(&arena);
}

struct job {
    const struct rule *rule;
    const char *cell;
};

static int convert(void *user, struct boa_err *err)
{
    const struct job *job = user;
    struct boa_arena arena;
    struct boa_str out = BOA_STR("untouched");
    bool zone_cut = false;

    boa_arena_init(&arena, 4096);
    enum boa_value_state state = boa_transform_apply(&out, boa_str_from(job->cell),
                                                     job->rule->field, job->rule->unit,
                                                     job->rule->transform, &zone_cut, &arena, err);
    boa_arena_release(&arena);
    if (state == BOA_VALUE_OK)
        return 0;
    assert_int_equal(state, BOA_VALUE_MEMORY);
    assert_text_equal(out, "untouched");
    return -1;
}

static void test_lack_of_memory_is_reported(void **state)
{
    (void)state;
    struct job percent = { &PERCENT, "50" }, datetime = { &DATETIME, "2024-05-01T10:20:30Z" };
    assert_int_equal(unit_each_allocation_fails(convert, &percent), 1);
    assert_int_equal(unit_each_allocation_fails(convert, &datetime), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_canonical_numbers_are_copied),
        cmocka_unit_test(test_other_spellings_become_canonical),
        cmocka_unit_test(test_integers_have_no_point_and_no_exponent),
        cmocka_unit_test(test_halves_are_of_things),
        cmocka_unit_test(test_whole_numbers_round_half_to_even),
        cmocka_unit_test(test_percentages_move_the_point_exactly),
        cmocka_unit_test(test_fractions_stay_within_0_and_1),
        cmocka_unit_test(test_nothing_and_less_is_unknown_where_it_says_so),
        cmocka_unit_test(test_words_for_nothing_are_absent),
        cmocka_unit_test(test_texts_are_copied_and_lists_hold),
        cmocka_unit_test(test_times_are_rewritten),
        cmocka_unit_test(test_only_a_zone_is_said_to_be_cut),
        cmocka_unit_test(test_lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
