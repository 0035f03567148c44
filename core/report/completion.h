/* Completes a report that is there already, a draft or another tool's, with what the user says.
 *
 * Not by the plan: a report can hold members that the field table does not know, and nothing that
 * somebody wrote down may be lost. */
#ifndef BOA_REPORT_COMPLETION_H
#define BOA_REPORT_COMPLETION_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/report/context.h"
#include "core/report/map.h"
#include "core/report/report.h"
#include "core/report/report_name.h"

struct boa_completion {
    const struct boa_context *context;
    const struct boa_map *map; /* its constants of the header are added where there is nothing */
    unsigned indent;           /* blanks a level, 0 is one line */
    const struct boa_diags *diags;
};

struct boa_completed {
    struct boa_report report;
    struct boa_report_name name; /* its texts live in the arena */
};

/* Appends the completed report to `text`, with a line feed at its end. What the context says wins:
 * objects merge, arrays replace, components merge where both sides have one of a type, and the one
 * measure of a context goes over every measure. Known members come in schema order, unknown ones
 * behind them as they were; nulls and members that stand twice are left out. A draft becomes final
 * only under a context: what nobody spoke about stays as its author left it. `place` is where the
 * report's first byte stands. -1: memory, limit, or BOA_ERR_DATA when it is no JSON object. */
int boa_completion_apply(struct boa_completed *out, struct boa_buf *text,
                         const struct boa_completion *completion, struct boa_str report,
                         struct boa_place place, struct boa_arena *arena, struct boa_err *err);

#endif
