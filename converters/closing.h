/* The closing lines of a conversion: what was done, and what to do next. */
#ifndef BOA_CONVERTERS_CLOSING_H
#define BOA_CONVERTERS_CLOSING_H

#include "converters/convert_tool.h"

/* For people on stderr; with --json one object where JSON lines go. */
int closing_say(const struct convert_run *run, const struct boa_convert_counts *counts,
                struct boa_err *err);

#endif
