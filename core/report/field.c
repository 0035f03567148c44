/* The field table of field.def, compiled in, and the questions asked of it. */
#include "core/report/field.h"

#include <stdint.h>

static const struct boa_field fields[BOA_FIELD_COUNT] = {
    [BOA_FIELD_ROOT] = { .type = BOA_FIELD_OBJECT, .required = true, .text = "the report" },
#define BOA_FIELD(id, parent_id, path_text, type_id, unit_id, is_required, limit_id, privacy_id,   \
                  line)                                                                            \
    [BOA_FIELD_##id] = {                                                                           \
        .parent = BOA_FIELD_##parent_id,                                                           \
        .path = BOA_STR(path_text),                                                                \
        .type = BOA_FIELD_##type_id,                                                               \
        .unit = BOA_UNIT_##unit_id,                                                                \
        .required = is_required,                                                                   \
        .limit = BOA_LIMIT_##limit_id,                                                             \
        .privacy = BOA_PRIVACY_##privacy_id,                                                       \
        .text = line,                                                                              \
    },
#include "core/report/field.def"
#undef BOA_FIELD
};

#define BOA_VALUES(limit, ...) static const char *const values_##limit[] = { __VA_ARGS__, NULL };
#include "core/report/field_values.def"
#undef BOA_VALUES

static const char *const *const values[BOA_LIMIT_COUNT] = {
#define BOA_VALUES(limit, ...) [BOA_LIMIT_##limit] = values_##limit,
#include "core/report/field_values.def"
#undef BOA_VALUES
};

const struct boa_field *boa_field_get(enum boa_field_id id)
{
    return &fields[id];
}

struct boa_str boa_field_key(enum boa_field_id id)
{
    struct boa_str path = fields[id].path;
    size_t start = path.len;

    while (start > 0 && path.ptr[start - 1] != '/')
        start--;
    return boa_str_from_byte(path, start);
}

enum boa_field_id boa_field_end(enum boa_field_id id)
{
    unsigned end = (unsigned)id + 1;

    /* In preorder a subtree is exactly the run of rows whose paths continue this one's. */
    while (end < BOA_FIELD_COUNT) {
        struct boa_str rest = fields[end].path;
        size_t len = fields[id].path.len;

        if (!boa_str_starts_with(rest, fields[id].path) || rest.len <= len || rest.ptr[len] != '/')
            break;
        end++;
    }
    return (enum boa_field_id)end;
}

enum boa_field_id boa_field_member(enum boa_field_id object, struct boa_str key)
{
    for (unsigned id = (unsigned)object + 1; id < BOA_FIELD_COUNT; id++) {
        if (fields[id].parent == object && boa_str_equal(boa_field_key((enum boa_field_id)id), key))
            return (enum boa_field_id)id;
    }
    return BOA_FIELD_COUNT;
}

/* A typo is at most a third of the word; more is another word. */
static bool is_near(size_t distance, size_t len)
{
    return distance <= (len < 6 ? 1 : len / 3);
}

enum boa_field_id boa_field_nearest(enum boa_field_id object, struct boa_str key)
{
    enum boa_field_id best = BOA_FIELD_COUNT;
    size_t best_distance = SIZE_MAX;

    for (unsigned id = (unsigned)object + 1; id < BOA_FIELD_COUNT; id++) {
        if (fields[id].parent != object)
            continue;
        size_t distance = boa_str_distance(boa_field_key((enum boa_field_id)id), key);
        if (distance < best_distance && is_near(distance, key.len)) {
            best = (enum boa_field_id)id;
            best_distance = distance;
        }
    }
    return best;
}

const char *const *boa_limit_values(enum boa_limit limit)
{
    return values[limit];
}

bool boa_limit_allows(enum boa_limit limit, struct boa_str text)
{
    if (values[limit] == NULL)
        return true;
    for (const char *const *value = values[limit]; *value != NULL; value++) {
        if (boa_str_equal_lit(text, *value))
            return true;
    }
    return false;
}

const char *boa_limit_nearest(enum boa_limit limit, struct boa_str text)
{
    const char *best = NULL;
    size_t best_distance = SIZE_MAX;

    if (values[limit] == NULL)
        return NULL;
    for (const char *const *value = values[limit]; *value != NULL; value++) {
        size_t distance = boa_str_distance(boa_str_from(*value), text);
        if (distance < best_distance && is_near(distance, text.len)) {
            best = *value;
            best_distance = distance;
        }
    }
    return best;
}

const char *boa_unit_name(enum boa_unit unit)
{
    static const char *const names[] = {
        [BOA_UNIT_NONE] = "",           [BOA_UNIT_DATETIME] = "YYYY-MM-DD HH:MM:SS",
        [BOA_UNIT_COUNT] = "count",     [BOA_UNIT_BILLION] = "billions",
        [BOA_UNIT_FRACTION] = "0 to 1", [BOA_UNIT_KWH] = "kWh",
        [BOA_UNIT_SECOND] = "s",        [BOA_UNIT_GIGABYTE] = "GB",
        [BOA_UNIT_DEGREE] = "degrees",  [BOA_UNIT_GRAM_PER_KWH] = "gCO2eq/kWh",
        [BOA_UNIT_PERCENT] = "%",
    };

    return names[unit];
}

const char *boa_field_type_name(enum boa_field_type type)
{
    static const char *const names[] = {
        [BOA_FIELD_OBJECT] = "object",        [BOA_FIELD_ARRAY] = "array",
        [BOA_FIELD_STRING] = "text",          [BOA_FIELD_NUMBER] = "number",
        [BOA_FIELD_INTEGER] = "whole number",
    };

    return names[type];
}
