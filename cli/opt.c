/* The parser of option tables: long options with unique abbreviations, joined letters, operands
 * anywhere. */
#include "cli/opt.h"

#include <limits.h>
#include <stdio.h>

#include "core/base/alloc.h"

const char *const boa_color_choices[] = { "auto", "always", "never", NULL };
const char *const boa_help_choices[] = { "text", "man", "bash", "zsh", "fish", NULL };

enum { SPELLING_MAX = 64 };

/* An option as the user can write it: a row, or the "no-" side of a negatable one. */
struct spelling {
    const struct boa_opt *row;
    bool negated;
};

struct parser {
    const struct boa_opt *table;
    size_t count;
    void *options;
    char **argv;
    int argc;
    int at; /* index of the argument in hand */
    struct boa_err *err;
};

static void *member(void *options, const struct boa_opt *row)
{
    return (char *)options + row->offset;
}

static bool takes_value(const struct boa_opt *row)
{
    return row->kind != BOA_OPT_FLAG && row->kind != BOA_OPT_HEADING;
}

/* Long names are short (boa_opt_check), so a fixed text holds every spelling. */
static struct boa_str spell(char out[SPELLING_MAX], struct spelling s)
{
    int len = snprintf(out, SPELLING_MAX, "%s%s", s.negated ? "no-" : "", s.row->name);
    return boa_str_make(out, len < SPELLING_MAX ? (size_t)len : SPELLING_MAX - 1);
}

/* Steps through all long spellings of the table; start with { NULL, false }. */
static bool next_spelling(const struct boa_opt *table, size_t count, struct spelling *s)
{
    if (s->row && s->row->negatable && !s->negated) {
        s->negated = true;
        return true;
    }
    const struct boa_opt *row = s->row ? s->row + 1 : table;
    while (row < table + count && (row->kind == BOA_OPT_HEADING || !row->name))
        row++;
    if (row == table + count)
        return false;
    *s = (struct spelling){ row, false };
    return true;
}

static void set_unknown(const struct parser *p, struct boa_str name)
{
    size_t best = name.len / 3 < 3 ? name.len / 3 + 1 : 4;
    char nearest[SPELLING_MAX] = "", text[SPELLING_MAX];
    struct spelling s = { NULL, false };

    while (next_spelling(p->table, p->count, &s)) {
        struct boa_str candidate = spell(text, s);
        size_t distance = boa_str_distance(name, candidate);
        if (distance < best) {
            best = distance;
            memcpy(nearest, text, sizeof(nearest));
        }
    }
    if (nearest[0] == '\0')
        boa_err_set(p->err, BOA_ERR_USAGE, "unknown option --%.*s", BOA_STR_FMT(name));
    else
        boa_err_set(p->err, BOA_ERR_USAGE, "unknown option --%.*s; did you mean --%s?",
                    BOA_STR_FMT(name), nearest);
}

static void set_ambiguous(const struct parser *p, struct boa_str name)
{
    char text[SPELLING_MAX];
    struct spelling s = { NULL, false };

    boa_err_set(p->err, BOA_ERR_USAGE, "--%.*s could be", BOA_STR_FMT(name));
    const char *joint = " --";
    while (next_spelling(p->table, p->count, &s)) {
        if (!boa_str_starts_with(spell(text, s), name))
            continue;
        char before[BOA_ERR_TEXT_MAX];
        memcpy(before, p->err->text, sizeof(before));
        boa_err_set(p->err, BOA_ERR_USAGE, "%s%s%s", before, joint, text);
        joint = " or --";
    }
}

/* An exact name wins; else the only one that begins so. */
static int find_long(struct spelling *out, const struct parser *p, struct boa_str name)
{
    struct spelling s = { NULL, false }, found = { NULL, false };
    char text[SPELLING_MAX];
    unsigned matches = 0;

    while (next_spelling(p->table, p->count, &s)) {
        struct boa_str candidate = spell(text, s);
        if (boa_str_equal(candidate, name)) {
            *out = s;
            return 0;
        }
        if (name.len != 0 && boa_str_starts_with(candidate, name)) {
            found = s;
            matches++;
        }
    }
    if (matches == 1) {
        *out = found;
        return 0;
    }
    if (matches == 0)
        set_unknown(p, name);
    else
        set_ambiguous(p, name);
    return -1;
}

/* Decimal digits, then at most one of K, M, G where `units` allows it. False for anything else. */
static bool parse_number(uint64_t *out, struct boa_str text, bool units)
{
    unsigned shift = 0;
    uint64_t value = 0;

    if (units && text.len != 0) {
        switch (text.ptr[text.len - 1]) {
        case 'K':
            shift = 10;
            break;
        case 'M':
            shift = 20;
            break;
        case 'G':
            shift = 30;
            break;
        default:
            break;
        }
        text.len -= shift != 0;
    }
    if (text.len == 0)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        unsigned digit = (unsigned)(text.ptr[i] - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    if (value > UINT64_MAX >> shift)
        return false;
    *out = value << shift;
    return true;
}

static int set_choice(const struct parser *p, const struct boa_opt *row, const char *value)
{
    int *to = member(p->options, row);
    int index = 0;

    while (row->choices[index] && value && strcmp(row->choices[index], value) != 0)
        index++;
    if (row->choices[index]) {
        *to = index + (row->optional_value ? 1 : 0);
        return 0;
    }
    boa_err_set(p->err, BOA_ERR_USAGE, "--%s cannot be '%s'; it is one of", row->name, value);
    for (index = 0; row->choices[index]; index++) {
        char before[BOA_ERR_TEXT_MAX];
        memcpy(before, p->err->text, sizeof(before));
        boa_err_set(p->err, BOA_ERR_USAGE, "%s%s%s", before, index == 0 ? " " : ", ",
                    row->choices[index]);
    }
    return -1;
}

/* Room is made at every power of two, so the list needs no capacity of its own. */
static int append(struct boa_opt_list *list, const char *value, struct boa_err *err)
{
    if ((list->count & (list->count - 1)) == 0) {
        size_t room = list->count == 0 ? 1 : list->count * 2;
        const char **values = boa_realloc((void *)list->values, room * sizeof(*values), err);
        if (!values)
            return -1;
        list->values = values;
    }
    list->values[list->count++] = value;
    return 0;
}

/* `value` is NULL only where it is optional and not given. */
static int set_value(const struct parser *p, const struct boa_opt *row, const char *value)
{
    switch (row->kind) {
    case BOA_OPT_TEXT:
        *(const char **)member(p->options, row) = value ? value : "";
        return 0;
    case BOA_OPT_LIST:
        return append(member(p->options, row), value ? value : "", p->err);
    case BOA_OPT_CHOICE:
        return set_choice(p, row, value);
    case BOA_OPT_COUNT:
        if (parse_number(member(p->options, row), boa_str_from(value), false))
            return 0;
        return boa_err_set(p->err, BOA_ERR_USAGE, "--%s wants a whole number, not '%s'", row->name,
                           value);
    case BOA_OPT_SIZE:
        if (parse_number(member(p->options, row), boa_str_from(value), true))
            return 0;
        return boa_err_set(p->err, BOA_ERR_USAGE,
                           "--%s wants a number of bytes such as 4096 or 16M, not '%s'", row->name,
                           value);
    case BOA_OPT_HEADING:
    case BOA_OPT_FLAG:
        break;
    }
    return 0;
}

static void set_flag(const struct parser *p, struct spelling s)
{
    if (s.row->negatable)
        *(int *)member(p->options, s.row) = s.negated ? 0 : 1;
    else
        *(bool *)member(p->options, s.row) = true;
}

static int parse_long(struct parser *p)
{
    struct boa_str name = boa_str_from(p->argv[p->at] + 2);
    const char *value = NULL;
    struct spelling s;

    size_t equals = boa_str_find_byte(name, '=');
    if (equals < name.len) {
        value = name.ptr + equals + 1;
        name.len = equals;
    }
    if (find_long(&s, p, name) != 0)
        return -1;
    if (!takes_value(s.row)) {
        if (value)
            return boa_err_set(p->err, BOA_ERR_USAGE, "--%s%s takes no value",
                               s.negated ? "no-" : "", s.row->name);
        set_flag(p, s);
        return 0;
    }
    if (!value && !s.row->optional_value) {
        if (p->at + 1 == p->argc)
            return boa_err_set(p->err, BOA_ERR_USAGE, "--%s wants a value: --%s=%s", s.row->name,
                               s.row->name, s.row->value);
        value = p->argv[++p->at];
    }
    return set_value(p, s.row, value);
}

static const struct boa_opt *find_letter(const struct parser *p, char letter)
{
    for (const struct boa_opt *row = p->table; row < p->table + p->count; row++) {
        if (row->kind != BOA_OPT_HEADING && row->letter == letter)
            return row;
    }
    return NULL;
}

/* The first character whole, so that a message never cuts one in two. */
static int fail_letter(const struct parser *p, const char *at)
{
    int len = 1;

    while (((unsigned char)at[len] & 0xC0) == 0x80)
        len++;
    return boa_err_set(p->err, BOA_ERR_USAGE, "unknown option -%.*s", len, at);
}

static int parse_letters(struct parser *p)
{
    for (const char *at = p->argv[p->at] + 1; *at != '\0'; at++) {
        const struct boa_opt *row = find_letter(p, *at);
        if (!row)
            return fail_letter(p, at);
        if (!takes_value(row)) {
            set_flag(p, (struct spelling){ row, false });
            continue;
        }
        if (row->optional_value) {
            if (set_value(p, row, NULL) != 0)
                return -1;
            continue;
        }
        if (at[1] != '\0')
            return set_value(p, row, at + 1);
        if (p->at + 1 == p->argc)
            return boa_err_set(p->err, BOA_ERR_USAGE, "-%c wants a value: -%c %s", row->letter,
                               row->letter, row->value);
        return set_value(p, row, p->argv[++p->at]);
    }
    return 0;
}

int boa_opt_parse(const struct boa_opt *table, size_t count, void *options, int argc, char **argv,
                  int *operands, struct boa_err *err)
{
    struct boa_err unwanted;
    struct parser p = { table, count, options, argv, argc, 1, err ? err : &unwanted };
    bool ended = false; /* "--" was seen */
    int kept = 0;

    for (; p.at < argc; p.at++) {
        char *arg = argv[p.at];
        int rc = 0;
        if (ended || arg[0] != '-' || arg[1] == '\0')
            argv[1 + kept++] = arg;
        else if (strcmp(arg, "--") == 0)
            ended = true;
        else if (arg[1] == '-')
            rc = parse_long(&p);
        else
            rc = parse_letters(&p);
        if (rc != 0) {
            boa_opt_release(table, count, options);
            return -1;
        }
    }
    *operands = kept;
    return 0;
}

void boa_opt_release(const struct boa_opt *table, size_t count, void *options)
{
    for (size_t i = 0; i < count; i++) {
        if (table[i].kind != BOA_OPT_LIST)
            continue;
        struct boa_opt_list *list = member(options, &table[i]);
        boa_free((void *)list->values);
        *list = (struct boa_opt_list){ NULL, 0 };
    }
}

/* What is wrong with one row by itself, or NULL. */
static const char *row_flaw(const struct boa_opt *row)
{
    if (!row->help || row->help[0] == '\0')
        return "has no text";
    if (row->kind == BOA_OPT_HEADING)
        return NULL;
    if (row->help[strlen(row->help) - 1] == '.')
        return "has a text that ends in a stop";
    if (strlen(row->name) + 4 > SPELLING_MAX || row->name[0] == '\0' ||
        row->name[strspn(row->name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
        return "has a name that is too long or odd";
    if (takes_value(row) == !row->value)
        return "has a value without a name, or a name without a value";
    if ((row->kind == BOA_OPT_CHOICE) == (!row->choices || !row->choices[0]))
        return "has choices and is no choice, or the other way round";
    if (row->negatable && row->kind != BOA_OPT_FLAG)
        return "is negatable and no flag";
    if (row->optional_value && row->kind != BOA_OPT_TEXT && row->kind != BOA_OPT_CHOICE)
        return "cannot have an optional value";
    return NULL;
}

int boa_opt_check(const struct boa_opt *table, size_t count, struct boa_err *err)
{
    struct spelling a = { NULL, false };
    char text_a[SPELLING_MAX], text_b[SPELLING_MAX];

    for (size_t i = 0; i < count; i++) {
        const struct boa_opt *row = &table[i];
        if (row->kind != BOA_OPT_HEADING && !row->name)
            return boa_err_set(err, BOA_ERR_USAGE, "row %zu has no name", i + 1);
        const char *flaw = row_flaw(row);
        if (flaw)
            return boa_err_set(err, BOA_ERR_USAGE, "row %zu (%s) %s", i + 1,
                               row->name ? row->name : "heading", flaw);
        for (size_t j = 0; j < i; j++) {
            if (row->kind != BOA_OPT_HEADING && row->letter && table[j].letter == row->letter)
                return boa_err_set(err, BOA_ERR_USAGE, "-%c stands twice", row->letter);
        }
    }
    while (next_spelling(table, count, &a)) {
        struct spelling b = a;
        struct boa_str name = spell(text_a, a);
        while (next_spelling(table, count, &b)) {
            if (boa_str_equal(name, spell(text_b, b)))
                return boa_err_set(err, BOA_ERR_USAGE, "--%s stands twice", text_a);
        }
    }
    return 0;
}
