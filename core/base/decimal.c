/* Exact arithmetic on decimal numbers: schoolbook methods on limbs of nine digits, each costing no
 * more than the limbs in use. */
#include "core/base/decimal.h"

#include <assert.h>

enum {
    LIMB_DIGITS = 9,
    LIMB_BASE = 1000000000,
    DIVIDE_DIGITS_MAX = 40,
    /* A sum that fits after all spans one digit more than it keeps, and may carry into another. */
    SUM_LIMBS = BOA_DECIMAL_LIMBS + 2,
    /* A numerator has the divisor's digits, those asked for and one more. */
    NUMERATOR_LIMBS = BOA_DECIMAL_LIMBS + DIVIDE_DIGITS_MAX / LIMB_DIGITS + 2,
};

static const uint32_t POW10[LIMB_DIGITS + 1] = { 1,      10,      100,      1000,      10000,
                                                 100000, 1000000, 10000000, 100000000, LIMB_BASE };

/* A coefficient at work: not normalised, in somebody else's memory. */
struct digits {
    uint32_t *limb;
    uint32_t count;
    int64_t exponent;
};

static uint32_t limb_digits(uint32_t limb)
{
    uint32_t len = 1;
    while (len < LIMB_DIGITS && limb >= POW10[len])
        len++;
    return len;
}

/* Significant digits of a coefficient without leading zero limbs. */
static int64_t digit_count(const uint32_t *limb, uint32_t count)
{
    return count == 0 ? 0 : (int64_t)(count - 1) * LIMB_DIGITS + limb_digits(limb[count - 1]);
}

/* The power of ten just above a value that is not zero: 1 for 5, 0 for 0.5. */
static int64_t magnitude(const struct boa_decimal *value)
{
    return value->exponent + digit_count(value->limb, value->count);
}

static uint32_t limbs_for(int64_t digits)
{
    return (uint32_t)((digits + LIMB_DIGITS - 1) / LIMB_DIGITS);
}

/* How far to shift a coefficient, split once: 9 × limbs + digits, digits in 0 … 8. */
struct shift {
    int64_t limbs;
    uint32_t up, down; /* 10^digits and 10^(9 − digits) */
};

static struct shift shift_by(int64_t digits)
{
    int64_t limbs = digits / LIMB_DIGITS, rest = digits % LIMB_DIGITS;
    if (rest < 0) {
        rest += LIMB_DIGITS;
        limbs--;
    }
    return (struct shift){ limbs, POW10[rest], POW10[LIMB_DIGITS - rest] };
}

/* Limb `index` of the integer part of coefficient × 10^shift. */
static uint32_t shifted_limb(const uint32_t *limb, uint32_t count, struct shift shift,
                             uint32_t index)
{
    int64_t high = (int64_t)index - shift.limbs, low = high - 1;
    uint32_t value = 0;
    if (high >= 0 && high < count)
        value = shift.up == 1 ? limb[high] : limb[high] % shift.down * shift.up;
    if (shift.up != 1 && low >= 0 && low < count)
        value += limb[low] / shift.down;
    return value;
}

/* Fills `to`; it may be `from` when the shift is to the right. */
static void shift_limbs(uint32_t *to, uint32_t to_count, const uint32_t *from, uint32_t from_count,
                        int64_t digits)
{
    struct shift shift = shift_by(digits);
    for (uint32_t i = 0; i < to_count; i++)
        to[i] = shifted_limb(from, from_count, shift, i);
}

static void trim(struct digits *d)
{
    while (d->count > 0 && d->limb[d->count - 1] == 0)
        d->count--;
}

static void drop_digits(struct digits *d, int64_t drop)
{
    uint32_t count = limbs_for(digit_count(d->limb, d->count) - drop);
    shift_limbs(d->limb, count, d->limb, d->count, -drop);
    d->count = count;
    d->exponent += drop;
}

/* Takes leading zero limbs and factors of ten away. */
static void normalise(struct digits *d)
{
    trim(d);
    if (d->count == 0) {
        d->exponent = 0;
        return;
    }
    uint32_t zeros = 0, low = 0;
    while (d->limb[low] == 0)
        low++;
    while (d->limb[low] % POW10[zeros + 1] == 0)
        zeros++;
    if (low != 0 || zeros != 0)
        drop_digits(d, (int64_t)low * LIMB_DIGITS + zeros);
}

/* Stores a result, if it is one that we take. */
static int finish(struct boa_decimal *out, bool negative, struct digits *d)
{
    normalise(d);
    if (digit_count(d->limb, d->count) > BOA_DECIMAL_DIGITS ||
        d->exponent > BOA_DECIMAL_EXPONENT_MAX || d->exponent < -BOA_DECIMAL_EXPONENT_MAX)
        return -1;
    out->negative = negative && d->count != 0;
    out->exponent = (int32_t)d->exponent;
    out->count = d->count;
    memcpy(out->limb, d->limb, d->count * sizeof(*d->limb));
    return 0;
}

static void copy(struct boa_decimal *out, const struct boa_decimal *value)
{
    if (out == value)
        return;
    out->negative = value->negative;
    out->exponent = value->exponent;
    out->count = value->count;
    memcpy(out->limb, value->limb, value->count * sizeof(*value->limb));
}

void boa_decimal_from_int(struct boa_decimal *out, int64_t value)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint32_t limb[3];
    struct digits d = { limb, 0, 0 };
    for (; rest != 0; rest /= LIMB_BASE)
        limb[d.count++] = (uint32_t)(rest % LIMB_BASE);
    (void)finish(out, value < 0, &d); /* 19 digits always fit */
}

/* Neither is zero. */
static int compare_magnitudes(const struct boa_decimal *a, const struct boa_decimal *b)
{
    int64_t top_a = magnitude(a), top_b = magnitude(b);
    if (top_a != top_b)
        return top_a < top_b ? -1 : 1;
    int32_t exponent = a->exponent < b->exponent ? a->exponent : b->exponent;
    struct shift shift_a = shift_by(a->exponent - exponent);
    struct shift shift_b = shift_by(b->exponent - exponent);
    for (uint32_t i = limbs_for(top_a - exponent); i-- > 0;) {
        uint32_t limb_a = shifted_limb(a->limb, a->count, shift_a, i);
        uint32_t limb_b = shifted_limb(b->limb, b->count, shift_b, i);
        if (limb_a != limb_b)
            return limb_a < limb_b ? -1 : 1;
    }
    return 0;
}

/* -1, 0, 1 */
static int sign(const struct boa_decimal *value)
{
    return value->count == 0 ? 0 : value->negative ? -1 : 1;
}

int boa_decimal_compare(const struct boa_decimal *a, const struct boa_decimal *b)
{
    int sign_a = sign(a), sign_b = sign(b);
    if (sign_a != sign_b)
        return sign_a < sign_b ? -1 : 1;
    return sign_a == 0 ? 0 : sign_a * compare_magnitudes(a, b);
}

/* |a| + |b| or |a| − |b|, which must not be below zero, at the lower of both exponents. */
static void combine(struct digits *d, const struct boa_decimal *a, const struct boa_decimal *b,
                    bool subtract)
{
    struct shift shift_a = shift_by(a->exponent - d->exponent);
    struct shift shift_b = shift_by(b->exponent - d->exponent);
    uint32_t carry = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        uint32_t limb_a = shifted_limb(a->limb, a->count, shift_a, i);
        uint32_t limb_b = shifted_limb(b->limb, b->count, shift_b, i) + carry;
        if (subtract) {
            carry = limb_a < limb_b;
            d->limb[i] = limb_a + carry * LIMB_BASE - limb_b;
        } else {
            carry = limb_a + limb_b >= LIMB_BASE;
            d->limb[i] = limb_a + limb_b - carry * LIMB_BASE;
        }
    }
}

int boa_decimal_add(struct boa_decimal *out, const struct boa_decimal *a,
                    const struct boa_decimal *b)
{
    if (a->count == 0 || b->count == 0) {
        copy(out, a->count == 0 ? b : a);
        return 0;
    }
    bool subtract = a->negative != b->negative;
    if (subtract && compare_magnitudes(a, b) < 0) {
        const struct boa_decimal *larger = b;
        b = a;
        a = larger;
    }
    int64_t exponent = a->exponent < b->exponent ? a->exponent : b->exponent;
    int64_t top_a = magnitude(a), top_b = magnitude(b);
    int64_t span = (top_a > top_b ? top_a : top_b) - exponent;
    /* One digit too many may still be saved: 10^864 − 1. */
    if (span > BOA_DECIMAL_DIGITS + 1)
        return -1;
    uint32_t limb[SUM_LIMBS];
    struct digits d = { limb, limbs_for(span + 1), exponent };
    combine(&d, a, b, subtract);
    return finish(out, a->negative, &d);
}

int boa_decimal_multiply(struct boa_decimal *out, const struct boa_decimal *a,
                         const struct boa_decimal *b)
{
    uint32_t limb[2 * BOA_DECIMAL_LIMBS];
    struct digits d = { limb, a->count + b->count, (int64_t)a->exponent + b->exponent };
    memset(limb, 0, d.count * sizeof(*limb));
    for (uint32_t i = 0; i < a->count; i++) {
        uint64_t carry = 0;
        for (uint32_t j = 0; j < b->count; j++) {
            carry += limb[i + j] + (uint64_t)a->limb[i] * b->limb[j];
            limb[i + j] = (uint32_t)(carry % LIMB_BASE);
            carry /= LIMB_BASE;
        }
        limb[i + b->count] = (uint32_t)carry;
    }
    return finish(out, a->negative != b->negative, &d);
}

int boa_decimal_shift10(struct boa_decimal *value, int32_t power)
{
    if (value->count == 0)
        return 0;
    int64_t exponent = (int64_t)value->exponent + power;
    if (exponent > BOA_DECIMAL_EXPONENT_MAX || exponent < -BOA_DECIMAL_EXPONENT_MAX)
        return -1;
    value->exponent = (int32_t)exponent;
    return 0;
}

static bool any_limb(const uint32_t *limb, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (limb[i] != 0)
            return true;
    }
    return false;
}

/* Half to even. `more` says that something was cut off below the last limb already. */
static void round_digits(struct digits *d, unsigned digits, bool more)
{
    trim(d);
    int64_t drop = digit_count(d->limb, d->count) - digits;
    if (drop <= 0)
        return;
    uint32_t at = (uint32_t)(drop - 1) / LIMB_DIGITS;
    uint32_t unit = POW10[(drop - 1) % LIMB_DIGITS];
    uint32_t first = d->limb[at] / unit % 10;
    bool above_half = more || d->limb[at] % unit != 0 || any_limb(d->limb, at);
    drop_digits(d, drop);
    if (first < 5 || (first == 5 && !above_half && d->limb[0] % 2 == 0))
        return;
    uint32_t i = 0;
    while (i < d->count && d->limb[i] == LIMB_BASE - 1)
        d->limb[i++] = 0;
    /* All nines: the dropped digits were in a limb of their own, so there is room for the one. */
    if (i == d->count)
        d->limb[d->count++] = 0;
    d->limb[i]++;
}

void boa_decimal_round(struct boa_decimal *value, unsigned digits)
{
    assert(digits >= 1);
    struct digits d = { value->limb, value->count, value->exponent };
    round_digits(&d, digits, false);
    normalise(&d);
    value->count = d.count;
    value->exponent = (int32_t)d.exponent;
}

/* to = from × factor, one limb longer than `from`. */
static void scale_limbs(uint32_t *to, const uint32_t *from, uint32_t count, uint32_t factor)
{
    uint64_t carry = 0;
    for (uint32_t i = 0; i < count; i++) {
        carry += (uint64_t)from[i] * factor;
        to[i] = (uint32_t)(carry % LIMB_BASE);
        carry /= LIMB_BASE;
    }
    to[count] = (uint32_t)carry;
}

/* num[0 … count] -= by × factor; true when that fell below zero (and wrapped around). */
static bool subtract_scaled(uint32_t *num, const uint32_t *by, uint32_t count, uint64_t factor)
{
    uint64_t carry = 0;
    for (uint32_t i = 0; i < count; i++) {
        carry += factor * by[i];
        uint32_t part = (uint32_t)(carry % LIMB_BASE);
        carry /= LIMB_BASE;
        if (num[i] < part) {
            num[i] += LIMB_BASE;
            carry++;
        }
        num[i] -= part;
    }
    bool below = num[count] < carry;
    num[count] -= (uint32_t)carry;
    return below;
}

static void add_limbs(uint32_t *num, const uint32_t *by, uint32_t count)
{
    uint32_t carry = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t sum = num[i] + by[i] + carry;
        carry = sum >= LIMB_BASE;
        num[i] = sum - carry * LIMB_BASE;
    }
    num[count] += carry;
}

/* Quotient limb by long division: `num` has one limb more than `by`, whose top limb is at least
 * half the base, so the estimate from the top limbs is at most two too large. */
static uint32_t quotient_limb(uint32_t *num, const uint32_t *by, uint32_t count)
{
    uint64_t top = (uint64_t)num[count] * LIMB_BASE + num[count - 1];
    uint64_t guess = top / by[count - 1], rest = top % by[count - 1];
    while (guess >= LIMB_BASE || guess * by[count - 2] > rest * LIMB_BASE + num[count - 2]) {
        guess--;
        rest += by[count - 1];
        if (rest >= LIMB_BASE)
            break;
    }
    if (subtract_scaled(num, by, count, guess)) {
        guess--;
        add_limbs(num, by, count);
    }
    return (uint32_t)guess;
}

/* Divides num[0 … num_count) by b; true when a remainder is left. The quotient gets num_count −
 * b->count + 1 limbs. */
static bool divide_limbs(uint32_t *quotient, const uint32_t *num, uint32_t num_count,
                         const struct boa_decimal *b)
{
    if (b->count == 1) {
        uint64_t rest = 0;
        for (uint32_t i = num_count; i-- > 0;) {
            rest = rest * LIMB_BASE + num[i];
            quotient[i] = (uint32_t)(rest / b->limb[0]);
            rest %= b->limb[0];
        }
        return rest != 0;
    }
    uint32_t rest[NUMERATOR_LIMBS + 1], by[BOA_DECIMAL_LIMBS + 1];
    uint32_t factor = LIMB_BASE / (b->limb[b->count - 1] + 1);
    scale_limbs(rest, num, num_count, factor);
    scale_limbs(by, b->limb, b->count, factor);
    for (uint32_t i = num_count - b->count + 1; i-- > 0;)
        quotient[i] = quotient_limb(rest + i, by, b->count);
    return any_limb(rest, b->count);
}

int boa_decimal_divide(struct boa_decimal *out, const struct boa_decimal *a,
                       const struct boa_decimal *b, unsigned digits)
{
    assert(digits >= 1 && digits <= DIVIDE_DIGITS_MAX);
    if (b->count == 0)
        return -1;
    if (a->count == 0) {
        copy(out, a);
        return 0;
    }
    /* As many digits of a, or zeros behind it, that the quotient has one or two more than asked
     * for: those only decide the rounding. */
    int64_t num_digits = digit_count(b->limb, b->count) + digits + 1;
    int64_t shift = num_digits - digit_count(a->limb, a->count);
    uint32_t num[NUMERATOR_LIMBS], quotient[NUMERATOR_LIMBS];
    uint32_t num_count = limbs_for(num_digits);
    shift_limbs(num, num_count, a->limb, a->count, shift);
    /* A normalised coefficient ends in a digit that is not zero: cutting it leaves something. */
    bool cut = shift < 0;
    bool rest = divide_limbs(quotient, num, num_count, b);
    struct digits d = { quotient, num_count - b->count + 1,
                        (int64_t)a->exponent - b->exponent - shift };
    round_digits(&d, digits, cut || rest);
    return finish(out, a->negative != b->negative, &d);
}

bool boa_decimal_floor(int64_t *out, const struct boa_decimal *value)
{
    int64_t digits = value->count == 0 ? 0 : magnitude(value);
    if (digits > 19)
        return false;
    /* 19 digits fit an unsigned number, and three limbs. */
    struct shift shift = shift_by(value->exponent);
    uint64_t whole = 0;
    for (uint32_t i = digits > 0 ? limbs_for(digits) : 0; i-- > 0;)
        whole = whole * LIMB_BASE + shifted_limb(value->limb, value->count, shift, i);
    if (!value->negative) {
        if (whole > INT64_MAX)
            return false;
        *out = (int64_t)whole;
        return true;
    }
    if (!boa_decimal_is_integer(value))
        whole++;
    if (whole > (uint64_t)INT64_MAX + 1)
        return false;
    *out = -(int64_t)(whole - 1) - 1;
    return true;
}

bool boa_decimal_is_integer(const struct boa_decimal *value)
{
    return value->exponent >= 0;
}

double boa_decimal_approximate(const struct boa_decimal *value)
{
    int32_t exponent = value->exponent;
    double result = 0, power = 10;
    bool shrinks;

    /* Three limbs hold 19 digits or more. */
    for (uint32_t i = 0; i < value->count && i < 3; i++)
        result = result * 1e9 + value->limb[value->count - 1 - i];
    if (value->count > 3)
        exponent += 9 * (int32_t)(value->count - 3);
    shrinks = exponent < 0;
    for (uint32_t left = shrinks ? 0u - (uint32_t)exponent : (uint32_t)exponent; left != 0;
         left >>= 1) {
        if (left & 1)
            result = shrinks ? result / power : result * power;
        power *= power;
    }
    return value->negative ? -result : result;
}
