/* Recognises the constants that stand in for a CPU's power. */
#include "converters/codecarbon_cpu.h"

/* 85 W is the power CodeCarbon assumes of an unknown CPU, 42.5 W its half. Twice the power is
 * compared, so that all numbers are whole. */
static bool is_default(const struct boa_decimal *twice_power)
{
    static const struct boa_decimal twice_half = { .count = 1, .limb = { 85 } };
    static const struct boa_decimal twice_all = { .count = 1, .limb = { 17 }, .exponent = 1 };

    return boa_decimal_compare(twice_power, &twice_half) == 0 ||
           boa_decimal_compare(twice_power, &twice_all) == 0;
}

/* The TDP of a CPU; NULL: it is not known. */
static const struct boa_decimal *find_tdp(struct cc_cpu_memo *memo, struct boa_str model)
{
    if (model.len == 0 || model.len > sizeof memo->model)
        return NULL;
    if (!boa_str_equal(model, boa_str_make(memo->model, memo->len))) {
        memcpy(memo->model, model.ptr, model.len);
        memo->len = model.len;
        memo->found = boa_cpu_tdp_find(&memo->tdp_w, model);
    }
    return memo->found ? &memo->tdp_w : NULL;
}

/* A TDP is told in milliwatts at most, so half of it has four decimals or fewer. Measured powers
 * have more, and need no look at the table. */
static bool is_round(struct boa_str power)
{
    size_t point = boa_str_find_byte(power, '.'), end = power.len;

    if (boa_str_find_byte(power, 'e') != power.len || boa_str_find_byte(power, 'E') != power.len)
        return true;
    while (end > point && power.ptr[end - 1] == '0')
        end--;
    return point == power.len || end - point <= 5;
}

bool cc_power_is_constant(struct cc_cpu_memo *memo, struct boa_str power, struct boa_str model)
{
    const struct boa_decimal *tdp_w;
    struct boa_decimal twice;

    if (!is_round(power) || !boa_decimal_parse(&twice, power) ||
        boa_decimal_add(&twice, &twice, &twice) != 0)
        return false;
    if (is_default(&twice))
        return true;
    tdp_w = find_tdp(memo, model);
    return tdp_w != NULL && boa_decimal_compare(&twice, tdp_w) == 0;
}

static void put(char **end, struct boa_str text)
{
    if (text.len != 0)
        memcpy(*end, text.ptr, text.len);
    *end += text.len;
}

int cc_power_explain(struct boa_str *out, struct boa_str power, struct boa_str model,
                     struct boa_arena *arena, struct boa_err *err)
{
    static const struct boa_str before = BOA_STR("cpu_power is ");
    static const struct boa_str throughout = BOA_STR(" W throughout");
    static const struct boa_str half = BOA_STR(", half the TDP of ");
    static const struct boa_str after = BOA_STR(": what CodeCarbon writes when it cannot measure");
    struct boa_decimal twice;
    bool is_of_no_cpu = boa_decimal_parse(&twice, power) &&
                        boa_decimal_add(&twice, &twice, &twice) == 0 && is_default(&twice);
    size_t most = before.len + power.len + throughout.len + half.len + model.len + after.len;
    char *text = boa_arena_alloc(arena, most, err);
    char *end = text;

    if (text == NULL)
        return -1;
    put(&end, before);
    put(&end, power);
    put(&end, throughout);
    if (!is_of_no_cpu) {
        put(&end, half);
        put(&end, model);
    }
    put(&end, after);
    *out = boa_str_make(text, (size_t)(end - text));
    return 0;
}
