/* The field map: which cell or constant becomes which field. Everything that needs thought stands
 * in derived cells, so a row is plain. */
#ifndef BOA_REPORT_MAP_H
#define BOA_REPORT_MAP_H

#include "core/base/diag.h"
#include "core/report/field.h"

/* Which element of an array a row writes to; BOA_SLOT_NONE for fields outside arrays. */
enum boa_slot {
    BOA_SLOT_NONE,
    BOA_SLOT_MEASURE, /* each element of /measures */
    BOA_SLOT_CPU,     /* the cpu of /infrastructure/components */
    BOA_SLOT_GPU,     /* each kind of gpu there */
    BOA_SLOT_RAM,     /* the ram there */
    BOA_SLOT_COUNT,
};

/* What is done to a cell beyond the type and unit of its field. */
enum boa_transform {
    BOA_TRANSFORM_COPY,     /* nothing */
    BOA_TRANSFORM_POSITIVE, /* zero and less mean unknown: the field is left out */
    BOA_TRANSFORM_HALF,  /* half of it, rounded down, at least 1: physical cores of hyper-threaded
                            CPUs */
    BOA_TRANSFORM_WHOLE, /* rounded half to even to a whole number */
};

/* One row. Several rows of one field and slot are alternatives: the first that gives a value
 * counts. */
struct boa_map_row {
    enum boa_field_id field;
    enum boa_slot slot;
    const char *cell; /* column or derived cell; NULL: `constant` is the value */
    const char
        *constant; /* used only where a neighbour in its object comes from a cell or the context */
    enum boa_transform transform;
    enum boa_unit unit;     /* of the cell, where it is not the field's own */
    const char *doubt;      /* a cell that says why the value is only assumed; empty: it is not */
    enum boa_diag doubt_id; /* raised with that cell's text, if the value is used */
    const char *why;        /* one sentence for the docs */
};

enum { BOA_MAP_ROWS_MAX = 128 };

/* A map a tool can still change: options replace rows. */
struct boa_map {
    struct boa_map_row rows[BOA_MAP_ROWS_MAX];
    size_t count;
};

/* Copies static rows (at most BOA_MAP_ROWS_MAX). */
void boa_map_init(struct boa_map *map, const struct boa_map_row *rows, size_t count);

/* Puts `row` in the place of all rows of its field and slot, or at the end. False: the map is full.
 */
bool boa_map_replace(struct boa_map *map, const struct boa_map_row *row);

/* "cpu", "gpu", "ram": the componentType a slot stands for; "" for others. */
struct boa_str boa_slot_component_type(enum boa_slot slot);

#endif
