/* The plan turns records into reports: map, layout and context compiled once per header, then bound
 * and emitted per record.
 *
 * Binding decides everything (which fields are there, which groups live, final or draft); emitting
 * only writes. No tree, no allocation but in the caller's arena, no printf per row. */
#ifndef BOA_REPORT_PLAN_H
#define BOA_REPORT_PLAN_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/report/context.h"
#include "core/report/map.h"
#include "core/report/record.h"
#include "core/report/report.h"

struct boa_plan;

/* Copies what it needs of map and layout names; the context is borrowed and must outlive the plan.
 * `indent`: blanks a level, 0 is one line. NULL on failure. */
struct boa_plan *boa_plan_new(const struct boa_map *map, const struct boa_layout *layout,
                              const struct boa_context *context, unsigned indent,
                              struct boa_err *err);

/* Takes NULL. */
void boa_plan_free(struct boa_plan *plan);

/* Binds a record: its cells, and what is put in the arena, must live until the report is emitted.
 * -1: memory or limit. */
int boa_plan_bind(struct boa_plan *plan, const struct boa_record *record, struct boa_arena *arena,
                  const struct boa_diags *diags, struct boa_report *out, struct boa_err *err);

/* Appends the bound report, with a line feed at its end. */
int boa_plan_emit(const struct boa_plan *plan, struct boa_buf *out, struct boa_err *err);

/* The value of a field outside arrays in the bound report, or empty. */
struct boa_str boa_plan_value(const struct boa_plan *plan, enum boa_field_id field);

#endif
