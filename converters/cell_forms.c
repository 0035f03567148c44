/* Takes values out of what Python calls them (doc_codecarbon_prefill.md of Boavizta). */
#include "converters/cell_forms.h"

#include "core/base/decimal.h"

enum { KILO = 3 };

static bool ends_with(struct boa_str text, const char *ending)
{
    size_t len = strlen(ending);

    return text.len >= len && memcmp(text.ptr + text.len - len, ending, len) == 0;
}

enum cc_cell_form cc_cell_form_of(struct boa_str column)
{
    if (ends_with(column, "_power"))
        return CC_CELL_POWER;
    if (ends_with(column, "_energy") || boa_str_equal_lit(column, "energy_consumed"))
        return CC_CELL_ENERGY;
    return boa_str_equal_lit(column, "on_cloud") ? CC_CELL_ANSWER : CC_CELL_TEXT;
}

/* Takes `begin` and the closing parenthesis away. */
static bool unwrap(struct boa_str *number, struct boa_str cell, const char *begin)
{
    struct boa_str opening = boa_str_from(begin);

    if (!boa_str_starts_with(cell, opening) || cell.ptr[cell.len - 1] != ')')
        return false;
    *number = boa_str_trim(boa_str_make(cell.ptr + opening.len, cell.len - opening.len - 1));
    return true;
}

/* A power in kW becomes one in W, exactly; what is no number stays. */
static int scale(struct boa_str *cell, struct boa_str kilowatts, struct boa_arena *arena,
                 struct boa_err *err)
{
    struct boa_decimal value;
    char text[BOA_DECIMAL_TEXT_MAX];

    if (!boa_decimal_parse(&value, kilowatts) || boa_decimal_shift10(&value, KILO) != 0)
        return 0;
    return boa_arena_copy(cell, arena, boa_str_make(text, boa_decimal_format(text, &value)), err);
}

int cc_cell_mend(struct boa_str *cell, enum cc_cell_form form, struct boa_arena *arena,
                 struct boa_err *err)
{
    struct boa_str number;

    if (boa_str_equal_lit(*cell, "None"))
        *cell = (struct boa_str){ 0 };
    else if (form == CC_CELL_POWER && unwrap(&number, *cell, "Power(kW="))
        return scale(cell, number, arena, err);
    else if (form == CC_CELL_ENERGY &&
             (unwrap(&number, *cell, "Energy(kWh=") || unwrap(&number, *cell, "Power(kW=")))
        *cell = number;
    else if (form == CC_CELL_ANSWER && boa_str_equal_nocase(*cell, BOA_STR_LIT("No")))
        *cell = BOA_STR_LIT("N");
    else if (form == CC_CELL_ANSWER && boa_str_equal_nocase(*cell, BOA_STR_LIT("Yes")))
        *cell = BOA_STR_LIT("Y");
    return 0;
}
