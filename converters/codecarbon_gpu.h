/* CodeCarbon's gpu_model, taken apart into kinds of GPU. */
#ifndef BOA_CONVERTERS_CODECARBON_GPU_H
#define BOA_CONVERTERS_CODECARBON_GPU_H

#include "core/base/str.h"

enum { CC_GPU_KINDS_MAX = 8 };

struct cc_gpu_kind {
    struct boa_str name;  /* "2 x Tesla T4", or the whole text where it has no such form */
    struct boa_str count; /* digits; empty when neither name nor gpu_count tells */
};

/* CodeCarbon glues kinds without a separator ("1 x A1 x B"): the split is the one whose numbers add
 * up to `count`, else the text is one kind. `kinds` has CC_GPU_KINDS_MAX entries; returns how many
 * were filled: 0 for an empty model and no count. */
size_t cc_gpu_split(struct cc_gpu_kind *kinds, struct boa_str model, struct boa_str count);

#endif
