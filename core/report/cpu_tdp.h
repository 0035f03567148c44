/* The thermal design power of CPUs, by the name that the system gives them. */
#ifndef BOA_REPORT_CPU_TDP_H
#define BOA_REPORT_CPU_TDP_H

#include "core/base/decimal.h"
#include "core/base/str.h"

enum {
    BOA_CPU_KEY_MAX = 48,   /* of a key, with at least one zero byte behind it */
    BOA_CPU_MODEL_MAX = 128 /* bytes of a name; a CPU's own brand string has 48 */
};

/* What names of one CPU have in common: lower case, no marks, frequencies, core counts or words
 * such as "CPU". Fills all of `key`, with zeros behind the text, and returns the text's length; 0:
 * nothing is left, or more than a key or a name can be. */
size_t boa_cpu_tdp_key(char key[BOA_CPU_KEY_MAX], struct boa_str model);

/* The watts of one socket. False (out untouched): the table has no CPU of exactly this key. There
 * is no guessing: "AMD EPYC" alone, as virtual machines say, is in no row. */
bool boa_cpu_tdp_find(struct boa_decimal *tdp_w, struct boa_str model);

#endif
