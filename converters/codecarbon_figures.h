/* A row's own figures, judged by each other: energy, its parts, powers, duration and PUE. */
#ifndef BOA_CONVERTERS_CODECARBON_FIGURES_H
#define BOA_CONVERTERS_CODECARBON_FIGURES_H

#include "converters/codecarbon.h"
#include "core/base/decimal.h"

enum { CC_PARTS = 3 }; /* CPU, GPU and RAM */

/* Of three cells: which are numbers, and their sum, to compare and never to report. */
struct cc_parts {
    double value[CC_PARTS];
    double sum;
    bool complete; /* all three are numbers */
};

struct cc_figures {
    struct boa_decimal energy_kwh; /* zero when it is no number */
    struct boa_decimal duration_s; /* if has_duration */
    struct boa_decimal pue;        /* 1 when it is no number */
    bool has_duration;
    struct cc_parts powers_w, energies_kwh;
};

/* Reads every cell once. `column` tells where each column stands, -1 where it is missing. */
void cc_figures_read(struct cc_figures *figures, const struct boa_record *record,
                     const int *column);

/* Finds energies and powers that cannot be right; the record becomes doubtful. */
void cc_figures_judge(const struct cc_figures *figures, struct boa_record *record,
                      const int *column, const struct boa_diags *diags);

/* True when the duration can be the run's, or when nothing speaks of it; else that is found, and
 * the record becomes doubtful. */
bool cc_figures_judge_duration(const struct cc_figures *figures, struct boa_record *record,
                               const int *column, const struct boa_diags *diags);

#endif
