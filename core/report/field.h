/* The fields of a BoAmps report: one table that types, checks, documents and orders everything. */
#ifndef BOA_REPORT_FIELD_H
#define BOA_REPORT_FIELD_H

#include "core/base/str.h"

enum boa_field_id {
    BOA_FIELD_ROOT, /* the report itself */
#define BOA_FIELD(id, parent, path, type, unit, required, limit, privacy, text) BOA_FIELD_##id,
#include "core/report/field.def"
#undef BOA_FIELD
    BOA_FIELD_COUNT
};

enum boa_field_type {
    BOA_FIELD_OBJECT,
    BOA_FIELD_ARRAY,
    BOA_FIELD_STRING,
    BOA_FIELD_NUMBER,
    BOA_FIELD_INTEGER, /* a number written without fraction and exponent */
};

enum boa_unit {
    BOA_UNIT_NONE,
    BOA_UNIT_DATETIME, /* text, YYYY-MM-DD HH:MM:SS */
    BOA_UNIT_COUNT,
    BOA_UNIT_BILLION,
    BOA_UNIT_FRACTION, /* 0 … 1 */
    BOA_UNIT_KWH,
    BOA_UNIT_SECOND,
    BOA_UNIT_GIGABYTE, /* as the source counts it; CodeCarbon: 1024³ bytes */
    BOA_UNIT_DEGREE,
    BOA_UNIT_GRAM_PER_KWH, /* gCO2eq/kWh */
    BOA_UNIT_PERCENT,      /* of sources only: becomes FRACTION */
};

/* What a field can give away; the anonymizer's policies are written against these. */
enum boa_privacy {
    BOA_PRIVACY_USEFUL, /* the point of the open data set; safe in itself */
    BOA_PRIVACY_QUASI,  /* identifies in combination */
    BOA_PRIVACY_DIRECT, /* names a person, an organisation, a machine or a place */
    BOA_PRIVACY_SECRET, /* a URI or the like that may carry credentials or internal hosts */
    BOA_PRIVACY_FREE,   /* free text: may hold anything */
};

/* Lists of field_values.def; BOA_LIMIT_FRACTION is the range 0 … 1. */
enum boa_limit {
    BOA_LIMIT_NONE,
    BOA_LIMIT_FRACTION,
#define BOA_VALUES(limit, ...) BOA_LIMIT_##limit,
#include "core/report/field_values.def"
#undef BOA_VALUES
    BOA_LIMIT_COUNT
};

struct boa_field {
    enum boa_field_id parent;
    struct boa_str path; /* JSON Pointer, "*" for any index; "" for the root */
    enum boa_field_type type;
    enum boa_unit unit;
    bool required; /* by the schema, when the parent is there */
    enum boa_limit limit;
    enum boa_privacy privacy;
    const char *text; /* one line for help and docs */
};

/* Of any id below BOA_FIELD_COUNT; static. */
const struct boa_field *boa_field_get(enum boa_field_id id);

/* Last part of the path: the member's name, "*" for an element, "" for the root. */
struct boa_str boa_field_key(enum boa_field_id id);

/* The id behind the last member of `id` (`id` + 1 for a scalar): members of an object are those ids
 * in between whose parent is `id`. */
enum boa_field_id boa_field_end(enum boa_field_id id);

/* The member of an object field with that exact key, or BOA_FIELD_COUNT. */
enum boa_field_id boa_field_member(enum boa_field_id object, struct boa_str key);

/* The element row of an array field. */
static inline enum boa_field_id boa_field_element(enum boa_field_id array)
{
    return (enum boa_field_id)(array + 1);
}

/* The member whose key is nearest to `key` among those of `object`, or BOA_FIELD_COUNT when none is
 * near. */
enum boa_field_id boa_field_nearest(enum boa_field_id object, struct boa_str key);

/* NULL-terminated; NULL for BOA_LIMIT_NONE and BOA_LIMIT_FRACTION. */
const char *const *boa_limit_values(enum boa_limit limit);

/* True when a list of values allows the text, or there is no list. */
bool boa_limit_allows(enum boa_limit limit, struct boa_str text);

/* The allowed value nearest to the text, or NULL when none is near. */
const char *boa_limit_nearest(enum boa_limit limit, struct boa_str text);

/* "kWh", "s", "0 to 1" …; "" for none. */
const char *boa_unit_name(enum boa_unit unit);

/* "object", "array", "text", "number", "whole number". */
const char *boa_field_type_name(enum boa_field_type type);

#endif
