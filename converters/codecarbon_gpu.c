/* Finds where one "N x name" ends and the next begins when nothing stands between them. */
#include "converters/codecarbon_gpu.h"

static const struct boa_str times = BOA_STR(" x ");

enum { COUNT_DIGITS_MAX = 3 };

struct splitter {
    struct boa_str model;
    uint64_t total;              /* what the numbers must add up to; 0: unknown */
    size_t at[CC_GPU_KINDS_MAX]; /* of each " x " */
    size_t count;
    size_t start[CC_GPU_KINDS_MAX]; /* where each kind's number begins */
};

/* Up to six digits, the whole text ("2", "2.0"). False for anything else. */
static bool read_count(uint64_t *out, struct boa_str text)
{
    uint64_t value = 0;
    size_t i = 0;

    for (; i < text.len && i < 6 && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
        value = value * 10 + (uint64_t)(text.ptr[i] - '0');
    if (i == 0)
        return false;
    if (i < text.len && text.ptr[i] == '.')
        for (i++; i < text.len && text.ptr[i] == '0'; i++)
            continue;
    if (i != text.len)
        return false;
    *out = value;
    return true;
}

static size_t digits_before(struct boa_str text, size_t end)
{
    size_t n = 0;

    while (n < end && text.ptr[end - 1 - n] >= '0' && text.ptr[end - 1 - n] <= '9')
        n++;
    return n;
}

/* Chooses how many of the digits in front of each " x " are its number; shortest first. At most 3^7
 * ways. */
static bool choose(struct splitter *s, size_t kind, uint64_t sum)
{
    size_t digits, least;

    if (kind == s->count)
        return s->total == 0 || sum == s->total;
    digits = digits_before(s->model, s->at[kind]);
    least = kind == 0 ? digits : 1; /* the first kind's number is all that stands there */
    for (size_t n = least; n >= 1 && n <= digits && n <= COUNT_DIGITS_MAX; n++) {
        uint64_t number;
        size_t start = s->at[kind] - n;

        /* A name of at least one byte stands between the kinds. */
        if (kind > 0 && start <= s->at[kind - 1] + times.len)
            break;
        s->start[kind] = start;
        if (read_count(&number, boa_str_make(s->model.ptr + start, n)) && number > 0 &&
            choose(s, kind + 1, sum + number))
            return true;
    }
    return false;
}

static bool find_kinds(struct splitter *s)
{
    size_t from = 0;

    while (s->count < CC_GPU_KINDS_MAX) {
        struct boa_str rest = boa_str_from_byte(s->model, from);
        size_t at = boa_str_find(rest, times);

        if (at == rest.len)
            break;
        if (digits_before(s->model, from + at) > 0)
            s->at[s->count++] = from + at;
        from += at + times.len;
    }
    return s->count > 0 && digits_before(s->model, s->at[0]) == s->at[0];
}

size_t cc_gpu_split(struct cc_gpu_kind *kinds, struct boa_str model, struct boa_str count)
{
    struct splitter s = { .model = model };
    bool counted = read_count(&s.total, count);

    if ((counted && s.total == 0) || (model.len == 0 && !counted))
        return 0;
    if (!find_kinds(&s) || !choose(&s, 0, 0)) {
        kinds[0] = (struct cc_gpu_kind){ model, count };
        return 1;
    }
    for (size_t i = 0; i < s.count; i++) {
        size_t end = i + 1 < s.count ? s.start[i + 1] : model.len;

        kinds[i].name = boa_str_trim(boa_str_make(model.ptr + s.start[i], end - s.start[i]));
        kinds[i].count = boa_str_make(model.ptr + s.start[i], s.at[i] - s.start[i]);
    }
    return s.count;
}
