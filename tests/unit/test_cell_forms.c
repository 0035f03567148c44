/* Values that Boavizta's script wraps become what CodeCarbon itself writes, exactly. */
#include "converters/cell_forms.h"

#include "tests/unit/unit.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void test_columns_tell_the_form(void **state)
{
    static const struct {
        const char *column;
        enum cc_cell_form form;
    } cases[] = {
        { "cpu_power", CC_CELL_POWER },         { "gpu_power", CC_CELL_POWER },
        { "ram_power", CC_CELL_POWER },         { "cpu_energy", CC_CELL_ENERGY },
        { "energy_consumed", CC_CELL_ENERGY },  { "on_cloud", CC_CELL_ANSWER },
        { "emissions", CC_CELL_TEXT },          { "power", CC_CELL_TEXT },
        { "my_energy_consumed", CC_CELL_TEXT }, { "", CC_CELL_TEXT },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(cc_cell_form_of(boa_str_from(cases[i].column)), cases[i].form);
}

static void test_cells(void **state)
{
    static const struct {
        enum cc_cell_form form;
        const char *cell, *want;
    } cases[] = {
        { CC_CELL_POWER, "Power(kW=0.0425)", "42.5" },
        { CC_CELL_POWER, "Power(kW=0.0)", "0" },
        { CC_CELL_POWER, "Power(kW=0.0050578808784484865)", "5.0578808784484865" },
        { CC_CELL_POWER, "Power(kW= 1e-06 )", "0.001" },
        { CC_CELL_POWER, "42.50", "42.50" },
        { CC_CELL_POWER, "Power(kW=)", "Power(kW=)" },
        { CC_CELL_POWER, "Power(kW=nan)", "Power(kW=nan)" },
        { CC_CELL_POWER, "Power(kW=", "Power(kW=" },
        { CC_CELL_POWER, "Power(kW=1e999999)", "Power(kW=1e999999)" },
        { CC_CELL_POWER, "Energy(kWh=1)", "Energy(kWh=1)" },
        { CC_CELL_POWER, "", "" },
        { CC_CELL_ENERGY, "Power(kW=1.785538262791104e-06)", "1.785538262791104e-06" },
        { CC_CELL_ENERGY, "Energy(kWh=0.10)", "0.10" },
        { CC_CELL_ENERGY, "2.0099445932032577e-06", "2.0099445932032577e-06" },
        { CC_CELL_ENERGY, "Energy(kWh=1", "Energy(kWh=1" },
        { CC_CELL_ENERGY, "Energy(J=1)", "Energy(J=1)" },
        { CC_CELL_TEXT, "Power(kW=1)", "Power(kW=1)" },
        { CC_CELL_TEXT, "None", "" },
        { CC_CELL_TEXT, "Nones", "Nones" },
        { CC_CELL_TEXT, "No", "No" },
        { CC_CELL_ENERGY, "None", "" },
        { CC_CELL_ANSWER, "No", "N" },
        { CC_CELL_ANSWER, "yes", "Y" },
        { CC_CELL_ANSWER, "Y", "Y" },
        { CC_CELL_ANSWER, "maybe", "maybe" },
    };
    struct boa_arena arena;
    struct boa_err err = { 0 };

    (void)state;
    boa_arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct boa_str cell = boa_str_from(cases[i].cell);
        assert_int_equal(cc_cell_mend(&cell, cases[i].form, &arena, &err), 0);
        assert_text_equal(cell, cases[i].want);
    }
    boa_arena_release(&arena);
}

static int mend(void *user, struct boa_err *err)
{
    struct boa_arena arena;
    struct boa_str cell = BOA_STR_LIT("Power(kW=0.0425)");
    int rc;

    (void)user;
    boa_arena_init(&arena, 1 << 16);
    rc = cc_cell_mend(&cell, CC_CELL_POWER, &arena, err);
    assert_text_equal(cell, rc == 0 ? "42.5" : "Power(kW=0.0425)");
    boa_arena_release(&arena);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(mend) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_tell_the_form),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_allocations_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
