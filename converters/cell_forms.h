/* Values as Boavizta's script writes them instead of CodeCarbon: quantities in the clothes of
 * Python objects, None, and words for Y and N. */
#ifndef BOA_CONVERTERS_CELL_FORMS_H
#define BOA_CONVERTERS_CELL_FORMS_H

#include "core/base/arena.h"

enum cc_cell_form {
    CC_CELL_TEXT,   /* nothing is wrapped */
    CC_CELL_POWER,  /* in watts, or Power(kW=…) */
    CC_CELL_ENERGY, /* in kWh, Energy(kWh=…), or Power(kW=…) although it is kWh */
    CC_CELL_ANSWER, /* Y or N, or Yes or No */
};

/* What a column of that name holds. */
enum cc_cell_form cc_cell_form_of(struct boa_str column);

/* Makes of the cell what CodeCarbon itself would have written; every other cell stays as it is, for
 * whoever reads it to judge. New text lives in the arena. -1: memory. */
int cc_cell_mend(struct boa_str *cell, enum cc_cell_form form, struct boa_arena *arena,
                 struct boa_err *err);

#endif
