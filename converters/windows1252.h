/* Windows-1252, the encoding of cells that are no UTF-8. */
#ifndef BOA_CONVERTERS_WINDOWS1252_H
#define BOA_CONVERTERS_WINDOWS1252_H

#include "core/base/buf.h"

/* Appends the UTF-8 form of `text` to `out` and makes `text` that form. The five bytes that the
 * encoding does not define become the control characters of the same number, as browsers read them.
 */
int boa_windows1252_decode(struct boa_str *text, struct boa_buf *out, struct boa_err *err);

#endif
