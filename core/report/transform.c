/* The typing of cells: numbers stay the digits that were written unless unit or form forbid it. */
#include "core/report/transform.h"

#include <float.h>

#include "core/base/decimal.h"
#include "core/report/datetime.h"

bool boa_text_is_missing_word(struct boa_str text)
{
    static const char *const words[] = { "None", "nan", "NaN", "NA", "N/A", "null", "NULL", "NaT" };

    if (text.len == 0)
        return true;
    if (text.len > 4)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (boa_str_equal_lit(text, words[i]))
            return true;
    }
    return false;
}

/* The value's canonical text in the arena. A whole number that needs an exponent is not usable. */
static enum boa_value_state write_decimal(struct boa_str *out, const struct boa_decimal *value,
                                          enum boa_field_type type, struct boa_arena *arena,
                                          struct boa_err *err)
{
    char bytes[BOA_DECIMAL_TEXT_MAX];
    struct boa_str text = boa_str_make(bytes, boa_decimal_format(bytes, value));

    if (type == BOA_FIELD_INTEGER && boa_str_find_byte(text, 'e') != text.len)
        return BOA_VALUE_UNUSABLE;
    return boa_arena_copy(out, arena, text, err) == 0 ? BOA_VALUE_OK : BOA_VALUE_MEMORY;
}

static bool is_in_fraction_range(const struct boa_decimal *value)
{
    struct boa_decimal one;

    boa_decimal_from_int(&one, 1);
    return !value->negative && boa_decimal_compare(value, &one) <= 0;
}

/* Integers are halved as numbers of things: 7 threads are 3 cores, 1 thread is 1. */
static bool halve(struct boa_decimal *value)
{
    int64_t whole;

    if (!boa_decimal_floor(&whole, value))
        return false;
    boa_decimal_from_int(value, whole / 2 > 1 ? whole / 2 : 1);
    return true;
}

/* Half to even. False: too large for it, and no whole number already. */
static bool round_to_whole(struct boa_decimal *value)
{
    struct boa_decimal middle;
    int64_t whole;
    int order;

    if (boa_decimal_is_integer(value))
        return true;
    if (!boa_decimal_floor(&whole, value) || whole > INT64_MAX / 10 - 1 || whole < INT64_MIN / 10)
        return false;
    boa_decimal_from_int(&middle, whole * 10 + 5);
    (void)boa_decimal_shift10(&middle, -1);
    order = boa_decimal_compare(value, &middle);
    boa_decimal_from_int(value, whole + (order > 0 || (order == 0 && whole % 2 != 0)));
    return true;
}

/* Counts, sizes and lengths of time are never below zero. */
static bool is_never_negative(enum boa_unit unit)
{
    return unit == BOA_UNIT_COUNT || unit == BOA_UNIT_GIGABYTE || unit == BOA_UNIT_SECOND;
}

/* True for an exponent of three digits or more at the end of a number, or for digits without end.
 */
static bool may_be_large(struct boa_str number)
{
    size_t digits = 0;
    char before;

    if (number.len > DBL_MAX_10_EXP)
        return true;
    while (digits < number.len && number.ptr[number.len - 1 - digits] >= '0' &&
           number.ptr[number.len - 1 - digits] <= '9')
        digits++;
    before = digits < number.len ? number.ptr[number.len - 1 - digits] : '0';
    return digits >= 3 && (before == 'e' || before == 'E' || before == '+' || before == '-');
}

/* Beyond what a double holds, readers of JSON make infinity of a number. */
static bool is_beyond_double(struct boa_str number)
{
    double value = 0;

    return may_be_large(number) && boa_decimal_approximate_text(&value, number) &&
           (value > DBL_MAX || value < -DBL_MAX);
}

/* True when the cell may be copied as it stands: no unit, no transform, no limit asks for its
 * value. */
static bool can_copy(struct boa_str cell, const struct boa_field *field, enum boa_unit unit,
                     enum boa_transform transform)
{
    if (transform != BOA_TRANSFORM_COPY || unit == BOA_UNIT_PERCENT ||
        field->limit == BOA_LIMIT_FRACTION || !boa_decimal_is_canonical(cell) ||
        (cell.ptr[0] == '-' && is_never_negative(field->unit)) || is_beyond_double(cell))
        return false;
    if (field->type == BOA_FIELD_NUMBER)
        return true;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '.' || cell.ptr[i] == 'e' || cell.ptr[i] == 'E')
            return false;
    }
    return true;
}

static enum boa_value_state apply_number(struct boa_str *out, struct boa_str cell,
                                         const struct boa_field *field, enum boa_unit unit,
                                         enum boa_transform transform, struct boa_arena *arena,
                                         struct boa_err *err)
{
    struct boa_decimal value;

    if (can_copy(cell, field, unit, transform)) {
        *out = cell;
        return BOA_VALUE_OK;
    }
    if (!boa_decimal_parse(&value, cell))
        return BOA_VALUE_UNUSABLE;
    if (transform == BOA_TRANSFORM_POSITIVE && (value.count == 0 || value.negative))
        return BOA_VALUE_ABSENT;
    if (transform == BOA_TRANSFORM_HALF && !halve(&value))
        return BOA_VALUE_UNUSABLE;
    if (transform == BOA_TRANSFORM_WHOLE && !round_to_whole(&value))
        return BOA_VALUE_UNUSABLE;
    if (unit == BOA_UNIT_PERCENT && field->unit == BOA_UNIT_FRACTION &&
        boa_decimal_shift10(&value, -2) != 0)
        return BOA_VALUE_UNUSABLE;
    if ((field->limit == BOA_LIMIT_FRACTION && !is_in_fraction_range(&value)) ||
        (value.negative && is_never_negative(field->unit)) || is_beyond_double(cell))
        return BOA_VALUE_RANGE;
    if (field->type == BOA_FIELD_INTEGER && !boa_decimal_is_integer(&value))
        return BOA_VALUE_UNUSABLE;
    return write_decimal(out, &value, field->type, arena, err);
}

/* True for a text that is the report's form already but for its T: no zone, no fraction, no
 * second 60. */
static bool is_plain_datetime(struct boa_str text)
{
    return text.len == BOA_DATETIME_LEN && text.ptr[17] != '6';
}

static enum boa_value_state apply_datetime(struct boa_str *out, struct boa_str cell, bool *zone_cut,
                                           struct boa_arena *arena, struct boa_err *err)
{
    struct boa_datetime time;
    char *text;

    if (!boa_datetime_parse(&time, cell))
        return BOA_VALUE_UNUSABLE;
    *zone_cut |= time.has_zone;
    if (is_plain_datetime(cell) && cell.ptr[10] == ' ') {
        *out = cell;
        return BOA_VALUE_OK;
    }
    text = boa_arena_alloc(arena, BOA_DATETIME_LEN, err);
    if (text == NULL)
        return BOA_VALUE_MEMORY;
    if (is_plain_datetime(cell)) {
        memcpy(text, cell.ptr, BOA_DATETIME_LEN);
        text[10] = ' ';
    } else if (!boa_datetime_format(text, time.seconds)) {
        return BOA_VALUE_UNUSABLE;
    }
    *out = boa_str_make(text, BOA_DATETIME_LEN);
    return BOA_VALUE_OK;
}

enum boa_value_state boa_transform_apply(struct boa_str *out, struct boa_str cell,
                                         enum boa_field_id field_id, enum boa_unit unit,
                                         enum boa_transform transform, bool *zone_cut,
                                         struct boa_arena *arena, struct boa_err *err)
{
    const struct boa_field *field = boa_field_get(field_id);

    if (boa_text_is_missing(cell))
        return BOA_VALUE_ABSENT;
    if (field->type == BOA_FIELD_NUMBER || field->type == BOA_FIELD_INTEGER)
        return apply_number(out, cell, field, unit, transform, arena, err);
    if (field->unit == BOA_UNIT_DATETIME)
        return apply_datetime(out, cell, zone_cut, arena, err);
    if (!boa_limit_allows(field->limit, cell))
        return BOA_VALUE_RANGE;
    *out = cell;
    return BOA_VALUE_OK;
}
