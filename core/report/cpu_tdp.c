/* Brings a CPU's name to the form of the table's keys and looks it up. */
#include "core/report/cpu_tdp.h"

#include <assert.h>

struct entry {
    char key[BOA_CPU_KEY_MAX];
    uint32_t tdp_mw; /* milliwatts, so that half of it is exact */
};

/* Keys stand in the entries themselves: pointers would have to be relocated at every start. */
static const struct entry entries[] = {
#define BOA_CPU_TDP(key, tdp_mw) { key, tdp_mw },
#include "core/report/cpu_tdp.def"
#undef BOA_CPU_TDP
};

/* A name at work. What a step drops becomes blanks; the last step squeezes them. */
struct name {
    char text[BOA_CPU_MODEL_MAX];
    size_t len;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What words are made of: no word begins or ends between two such bytes. */
static bool is_word_byte(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '_';
}

static struct boa_str rest_of(const struct name *name, size_t at)
{
    return boa_str_make(name->text + at, name->len - at);
}

static bool ends_word(const struct name *name, size_t at)
{
    return at == name->len || !is_word_byte(name->text[at]);
}

static bool begins_word(const struct name *name, size_t at)
{
    return at == 0 || !is_word_byte(name->text[at - 1]);
}

static void blank_out(struct name *name, size_t from, size_t to)
{
    memset(name->text + from, ' ', to - from);
}

/* The length of the first of `words` that stands at `at`, or 0. */
static size_t match_any(const struct name *name, size_t at, const struct boa_str *words,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (boa_str_starts_with(rest_of(name, at), words[i]))
            return words[i].len;
    }
    return 0;
}

static void lower_case(struct name *name)
{
    for (size_t i = 0; i < name->len; i++) {
        if (name->text[i] >= 'A' && name->text[i] <= 'Z')
            name->text[i] = (char)(name->text[i] | 0x20);
    }
}

/* No-break space and signs are found by their UTF-8. */
static void drop_marks(struct name *name)
{
    static const struct boa_str marks[] = {
        BOA_STR("\xC2\xA0"), BOA_STR("(r)"),      BOA_STR("(tm)"),         BOA_STR("(c)"),
        BOA_STR("\xC2\xAE"), BOA_STR("\xC2\xA9"), BOA_STR("\xE2\x84\xA2"),
    };

    for (size_t at = 0; at < name->len; at++) {
        size_t len = match_any(name, at, marks, sizeof marks / sizeof marks[0]);
        blank_out(name, at, at + len);
    }
}

static void cut_tails(struct name *name)
{
    static const struct boa_str tails[] = { BOA_STR("@"), BOA_STR("with radeon") };

    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        name->len = boa_str_find(rest_of(name, 0), tails[i]);
}

static void drop_brackets(struct name *name)
{
    for (size_t at = 0; at < name->len; at++) {
        size_t len = boa_str_find_byte(rest_of(name, at), ')');

        if (name->text[at] == '(' && at + len < name->len)
            blank_out(name, at, at + len + 1);
    }
}

static size_t skip_digits(const struct name *name, size_t at)
{
    while (at < name->len && is_digit(name->text[at]))
        at++;
    return at;
}

/* "16-core", "quad-core", "2-cores". */
static void drop_core_counts(struct name *name)
{
    static const struct boa_str numbers[] = {
        BOA_STR("single"), BOA_STR("dual"),  BOA_STR("triple"), BOA_STR("quad"),
        BOA_STR("six"),    BOA_STR("eight"), BOA_STR("twelve"), BOA_STR("sixteen"),
    };
    static const struct boa_str units[] = { BOA_STR("-cores"), BOA_STR("-core") };

    for (size_t at = 0; at < name->len; at++) {
        size_t end, unit;

        if (!begins_word(name, at))
            continue;
        end = skip_digits(name, at);
        if (end == at)
            end += match_any(name, at, numbers, sizeof numbers / sizeof numbers[0]);
        unit = match_any(name, end, units, sizeof units / sizeof units[0]);
        if (end != at && unit != 0 && ends_word(name, end + unit))
            blank_out(name, at, end + unit);
    }
}

static void drop_words(struct name *name)
{
    static const struct boa_str words[] = {
        BOA_STR("cpu"),
        BOA_STR("processor"),
        BOA_STR("apu"),
        BOA_STR("soc"),
    };

    for (size_t at = 0; at < name->len; at++) {
        size_t len = match_any(name, at, words, sizeof words / sizeof words[0]);

        if (len != 0 && begins_word(name, at) && ends_word(name, at + len))
            blank_out(name, at, at + len);
    }
}

/* "12th gen". */
static void drop_generation(struct name *name)
{
    static const struct boa_str endings[] = {
        BOA_STR("th gen"),
        BOA_STR("st gen"),
        BOA_STR("nd gen"),
        BOA_STR("rd gen"),
    };

    for (size_t at = 0; at < name->len; at++) {
        size_t end = skip_digits(name, at);
        size_t len = match_any(name, end, endings, sizeof endings / sizeof endings[0]);

        if (begins_word(name, at) && end != at && len != 0 && ends_word(name, end + len))
            blank_out(name, at, end + len);
    }
}

/* Every run of other bytes becomes one blank, and none at the ends. */
static void squeeze(struct name *name)
{
    size_t len = 0;
    bool between = false;

    for (size_t at = 0; at < name->len; at++) {
        char c = name->text[at];
        bool kept = c != '_' && (is_word_byte(c) || c == '.' || c == '+' || c == '/' || c == '-');

        if (kept && between && len != 0)
            name->text[len++] = ' ';
        if (kept)
            name->text[len++] = c;
        between = !kept;
    }
    name->len = len;
}

size_t boa_cpu_tdp_key(char key[BOA_CPU_KEY_MAX], struct boa_str model)
{
    static void (*const steps[])(struct name *) = {
        lower_case,       drop_marks, cut_tails,       drop_brackets,
        drop_core_counts, drop_words, drop_generation, squeeze,
    };
    struct name name;

    if (model.len == 0 || model.len > sizeof name.text)
        return 0;
    memcpy(name.text, model.ptr, model.len);
    name.len = model.len;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        steps[i](&name);
    if (name.len == 0 || name.len >= BOA_CPU_KEY_MAX)
        return 0;
    memset(key, 0, BOA_CPU_KEY_MAX);
    memcpy(key, name.text, name.len);
    return name.len;
}

bool boa_cpu_tdp_find(struct boa_decimal *tdp_w, struct boa_str model)
{
    char key[BOA_CPU_KEY_MAX];
    size_t low = 0, high = sizeof entries / sizeof entries[0];

    if (boa_cpu_tdp_key(key, model) == 0)
        return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(entries[middle].key, key, sizeof key);
        int moved;

        if (order == 0) {
            boa_decimal_from_int(tdp_w, entries[middle].tdp_mw);
            moved = boa_decimal_shift10(tdp_w, -3);
            assert(moved == 0); /* milliwatts are far from the ends of the exponent's range */
            (void)moved;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
