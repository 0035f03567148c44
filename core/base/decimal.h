/* Exact decimal numbers: what the source wrote is what is computed with. No binary floating point,
 * no locale. */
#ifndef BOA_BASE_DECIMAL_H
#define BOA_BASE_DECIMAL_H

#include "core/base/str.h"

struct boa_buf;
struct boa_err;

enum {
    BOA_DECIMAL_LIMBS = 96,                     /* of nine decimal digits each */
    BOA_DECIMAL_DIGITS = BOA_DECIMAL_LIMBS * 9, /* the most significant digits a value may have */
    BOA_DECIMAL_EXPONENT_MAX = 1000000,         /* |exponent| beyond this is not a number we take;
                                                   it is that of the normalised value */
};

/* value = (negative ? -1 : 1) × coefficient × 10^exponent. Normalised: the coefficient has no
 * factor 10 and no leading zero limb; zero is count 0, exponent 0, not negative ("-0" reads as
 * zero). */
struct boa_decimal {
    bool negative;
    int32_t exponent;
    uint32_t count;                   /* limbs in use */
    uint32_t limb[BOA_DECIMAL_LIMBS]; /* least significant first, each below 10^9 */
};

/* Reads [+-] digits [. digits] [e [+-] digits], at least one digit before or behind the point, the
 * whole text, no blanks. False (out untouched): not such a text, more than BOA_DECIMAL_DIGITS
 * significant digits, or an exponent out of range. */
bool boa_decimal_parse(struct boa_decimal *out, struct boa_str text);

void boa_decimal_from_int(struct boa_decimal *out, int64_t value);

/* <0, 0, >0. Costs nothing for far exponents: magnitudes are compared first. */
int boa_decimal_compare(const struct boa_decimal *a, const struct boa_decimal *b);

/* a + b, exactly. -1 (out untouched): the sum needs more than BOA_DECIMAL_DIGITS digits, or its
 * exponent leaves its range. out may be a or b. */
int boa_decimal_add(struct boa_decimal *out, const struct boa_decimal *a,
                    const struct boa_decimal *b);

/* a × b, exactly. -1 (out untouched) as above. out may be a or b. */
int boa_decimal_multiply(struct boa_decimal *out, const struct boa_decimal *a,
                         const struct boa_decimal *b);

/* Times 10^power. -1 (value untouched): the exponent leaves its range. */
int boa_decimal_shift10(struct boa_decimal *value, int32_t power);

/* a / b rounded half to even at `digits` significant digits (1 … 40). -1 (out untouched): b is zero
 * or exponent out of range. */
int boa_decimal_divide(struct boa_decimal *out, const struct boa_decimal *a,
                       const struct boa_decimal *b, unsigned digits);

/* Rounds half to even to `digits` (1 or more) significant digits. The exponent grows by what is
 * dropped, beyond its range if it must. */
void boa_decimal_round(struct boa_decimal *value, unsigned digits);

/* The largest integer not above the value, if it fits. False (out untouched): it does not. */
bool boa_decimal_floor(int64_t *out, const struct boa_decimal *value);

/* The value to about 15 digits, for comparing with a tolerance; never for reporting. Far beyond the
 * range of double: 0 or infinity. */
double boa_decimal_approximate(const struct boa_decimal *value);

/* The same straight from a text, for the many that are only compared. False (out untouched): the
 * text is none that boa_decimal_parse takes. */
bool boa_decimal_approximate_text(double *out, struct boa_str text);

/* True when the value has no fraction. */
bool boa_decimal_is_integer(const struct boa_decimal *value);

enum { BOA_DECIMAL_TEXT_MAX = BOA_DECIMAL_DIGITS + 32 };

/* Writes the value exactly, as a canonical JSON number, to `text` (BOA_DECIMAL_TEXT_MAX bytes, not
 * terminated); returns the length. The form is the one Python prints, so that copied and computed
 * numbers of a report look alike: plain for 1e-4 <= |v| < 1e16 ("0.0001", "12", "1.5"), else a
 * mantissa with a signed exponent of two digits or more ("1.855e-06", "1e+16",
 * "-2.8e-10"). Integers carry no ".0". */
size_t boa_decimal_format(char *text, const struct boa_decimal *value);

/* True for a token that may be copied into JSON as it stands: the JSON number grammar, and within
 * the range above. Cells such as
 * "+1", ".5", "1.", "007", "nan", "1,5" are not. */
bool boa_decimal_is_canonical(struct boa_str text);

#endif
