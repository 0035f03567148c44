/* From the text of a cell to the value of a field: typed, in the field's unit, within its limits.
 */
#ifndef BOA_REPORT_TRANSFORM_H
#define BOA_REPORT_TRANSFORM_H

#include "core/base/arena.h"
#include "core/report/map.h"

enum boa_value_state {
    BOA_VALUE_ABSENT,   /* the cell is empty, or says unknown: nothing to report */
    BOA_VALUE_OK,       /* `out` is the value */
    BOA_VALUE_UNUSABLE, /* the cell has not the form that the field needs */
    BOA_VALUE_RANGE,  /* the number is outside the field's limits, or the text not among its values
                       */
    BOA_VALUE_MEMORY, /* `err` is filled */
};

/* Converts one trimmed cell. `out`: the JSON number token or the plain text of the value; it may be
 * the cell itself or lie in the arena. `zone_cut` becomes true when a time's zone was cut. */
enum boa_value_state boa_transform_apply(struct boa_str *out, struct boa_str cell,
                                         enum boa_field_id field, enum boa_unit unit,
                                         enum boa_transform transform, bool *zone_cut,
                                         struct boa_arena *arena, struct boa_err *err);

/* True for the words that CodeCarbon, pandas and Python write where there is no value: empty, None,
 * nan, NaN, NA, N/A, null … */
bool boa_text_is_missing_word(struct boa_str text);

/* The same; most cells are neither empty nor begin with an N. */
static inline bool boa_text_is_missing(struct boa_str text)
{
    return text.len == 0 || ((text.ptr[0] | 0x20) == 'n' && boa_text_is_missing_word(text));
}

#endif
