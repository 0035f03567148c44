/* Whether a CPU's power was measured at all: what CodeCarbon writes when it cannot. */
#ifndef BOA_CONVERTERS_CODECARBON_CPU_H
#define BOA_CONVERTERS_CODECARBON_CPU_H

#include "core/base/arena.h"
#include "core/base/decimal.h"
#include "core/report/cpu_tdp.h"

/* The CPU that was looked up last: rows of one file mostly come from one machine. Zeroed to begin
 * with. */
struct cc_cpu_memo {
    size_t len; /* of `model`; 0: nothing was looked up */
    char model[BOA_CPU_MODEL_MAX];
    bool found;
    struct boa_decimal tdp_w;
};

/* True when a cpu_power is one of CodeCarbon's constants: 42.5 or 85 W, or half the TDP of the
 * row's own cpu_model. */
bool cc_power_is_constant(struct cc_cpu_memo *memo, struct boa_str power, struct boa_str model);

/* Says of such a power, with its number, which constant it is. */
int cc_power_explain(struct boa_str *out, struct boa_str power, struct boa_str model,
                     struct boa_arena *arena, struct boa_err *err);

#endif
