/* What is said of a context that does not fit the field table. */
#include "core/report/context_words.h"

#include <stdarg.h>
#include <stdio.h>

enum {
    QUOTE_MAX = 60,    /* bytes of the user's text in a message */
    VALUES_LISTED = 8, /* more allowed values are looked up in docs/fields.md */
    WORDS_MAX = 160,
};

struct boa_quote boa_context_quote(struct boa_str text)
{
    if (text.len <= QUOTE_MAX)
        return (struct boa_quote){ text, "" };
    text.len = QUOTE_MAX;
    text.len = boa_utf8_valid_prefix(text);
    return (struct boa_quote){ text, "…" };
}

void boa_context_complain(struct boa_context_check *check, enum boa_diag id,
                          enum boa_field_id field, const char *fmt, ...)
{
    char text[BOA_ERR_TEXT_MAX];
    va_list args;

    va_start(args, fmt);
    (void)boa_talk_format(text, sizeof text, fmt, args);
    va_end(args);
    check->errors++;
    boa_diags_add(check->diags, id, check->place, boa_field_get(field)->path, "%s", text);
}

/* Options have no lines: their fields are named by paths. */
static bool is_option(const struct boa_context_check *check)
{
    return check->place.line == 0;
}

/* The path as PATH=VALUE wants it. */
static struct boa_str path_of(enum boa_field_id id)
{
    return boa_str_from_byte(boa_field_get(id)->path, 1);
}

/* ---- Types ---- */

/* "want …" of a field with members or elements. */
static void put_want(char *out, size_t size, const struct boa_context_check *check,
                     enum boa_field_id id)
{
    bool is_array = boa_field_get(id)->type == BOA_FIELD_ARRAY;
    enum boa_field_id member = (enum boa_field_id)(id + (is_array ? 2 : 1));
    struct boa_str key = boa_field_key(member), path = path_of(member);

    if (is_option(check))
        snprintf(out, size, "a field below it, such as %.*s", BOA_STR_FMT(path));
    else if (is_array)
        snprintf(out, size, "a list (lines that begin with \"- \")");
    else
        snprintf(out, size, "fields%s, such as %.*s:", id == BOA_FIELD_ROOT ? "" : " below it",
                 BOA_STR_FMT(key));
}

void boa_context_complain_type(struct boa_context_check *check, enum boa_field_id id,
                               const struct boa_node *node)
{
    static const char *const wants[] = { [BOA_FIELD_STRING] = "text",
                                         [BOA_FIELD_NUMBER] = "a number",
                                         [BOA_FIELD_INTEGER] = "a whole number" };
    enum boa_field_type type = boa_field_get(id)->type;
    struct boa_quote have = boa_context_quote(node->text);
    char want[WORDS_MAX];

    if (type == BOA_FIELD_OBJECT || type == BOA_FIELD_ARRAY)
        put_want(want, sizeof want, check, id);
    else
        snprintf(want, sizeof want, "%s", wants[type]);
    if (node->type == BOA_NODE_PLAIN || node->type == BOA_NODE_STRING)
        boa_context_complain(check, BOA_DIAG_CONTEXT_TYPE, id, "want %s, have the text \"%.*s%s\"",
                             want, BOA_QUOTE_FMT(have));
    else if (node->type == BOA_NODE_OBJECT || node->type == BOA_NODE_ARRAY)
        boa_context_complain(check, BOA_DIAG_CONTEXT_TYPE, id, "want %s, have %s", want,
                             node->type == BOA_NODE_OBJECT ? "fields" : "a list");
    else
        boa_context_complain(check, BOA_DIAG_CONTEXT_TYPE, id, "want %s, have %.*s%s", want,
                             BOA_QUOTE_FMT(have));
}

/* ---- Values ---- */

void boa_context_complain_value(struct boa_context_check *check, enum boa_field_id id,
                                struct boa_str text)
{
    enum boa_limit limit = boa_field_get(id)->limit;
    const char *const *values = boa_limit_values(limit);
    const char *near = boa_limit_nearest(limit, text);
    struct boa_quote have = boa_context_quote(text);
    char list[WORDS_MAX];
    size_t count = 0, len = 0;

    while (values[count] != NULL)
        count++;
    if (count > VALUES_LISTED) {
        list[0] = '\0';
        if (near != NULL)
            snprintf(list, sizeof list, "; did you mean \"%s\"?", near);
        boa_context_complain(check, BOA_DIAG_CONTEXT_VALUE, id, "\"%.*s%s\" is not allowed%s",
                             BOA_QUOTE_FMT(have), list);
        return;
    }
    list[0] = '\0';
    for (size_t i = 0; i < count && len < sizeof list; i++)
        len += (size_t)snprintf(list + len, sizeof list - len, "%s%s", i == 0 ? "" : ", ",
                                values[i]);
    boa_context_complain(check, BOA_DIAG_CONTEXT_VALUE, id, "want one of %s, have \"%.*s%s\"", list,
                         BOA_QUOTE_FMT(have));
}

/* ---- Names ---- */

/* Fields of that name which are no members of `object`: up to two, the way to them each. */
static bool find_elsewhere(char *out, size_t size, enum boa_field_id object, struct boa_str name,
                           bool (*equal)(struct boa_str a, struct boa_str b))
{
    size_t found = 0, len = 0;

    for (unsigned id = BOA_FIELD_ROOT + 1; id < BOA_FIELD_COUNT && found < 2; id++) {
        struct boa_str path = path_of((enum boa_field_id)id);

        if (boa_field_get((enum boa_field_id)id)->parent == object ||
            !equal(boa_field_key((enum boa_field_id)id), name) ||
            size - len <= path.len + strlen(" or "))
            continue;
        len += (size_t)snprintf(out + len, size - len, "%s%.*s", found == 0 ? "" : " or ",
                                BOA_STR_FMT(path));
        found++;
    }
    return found != 0;
}

static bool same(struct boa_str a, struct boa_str b)
{
    return boa_str_equal(a, b);
}

/* True when the name is a path: "environment.country", or one that a document writes in one go. */
static bool complain_path(struct boa_context_check *check, enum boa_field_id object,
                          struct boa_str name, struct boa_quote have)
{
    size_t at = boa_str_find_byte(name, is_option(check) ? '.' : '/');
    struct boa_str rest;

    if (at == name.len)
        at = boa_str_find_byte(name, '.');
    if (at == name.len || boa_field_member(object, boa_str_make(name.ptr, at)) == BOA_FIELD_COUNT)
        return false;
    rest = boa_context_quote(boa_str_from_byte(name, at + 1)).text;
    if (is_option(check))
        boa_context_complain(check, BOA_DIAG_CONTEXT_FIELD, object,
                             "no field \"%.*s%s\" here; use / between names", BOA_QUOTE_FMT(have));
    else
        boa_context_complain(check, BOA_DIAG_CONTEXT_FIELD, object,
                             "no field \"%.*s%s\" here; put %.*s: on a line below %.*s:",
                             BOA_QUOTE_FMT(have), BOA_STR_FMT(rest), (int)at, name.ptr);
    return true;
}

static void complain_name(struct boa_context_check *check, enum boa_field_id object,
                          struct boa_str name)
{
    struct boa_quote have = boa_context_quote(name);
    enum boa_field_id near = boa_field_nearest(object, name);
    char words[WORDS_MAX];

    if (complain_path(check, object, name, have))
        return;
    if (find_elsewhere(words, sizeof words, object, name, same) ||
        (near == BOA_FIELD_COUNT &&
         find_elsewhere(words, sizeof words, object, name, boa_str_equal_nocase))) {
        boa_context_complain(check, BOA_DIAG_CONTEXT_FIELD, object,
                             "no field \"%.*s%s\" here; did you mean %s?", BOA_QUOTE_FMT(have),
                             words);
    } else if (near != BOA_FIELD_COUNT) {
        struct boa_str key = boa_field_key(near);
        boa_context_complain(check, BOA_DIAG_CONTEXT_FIELD, object,
                             "no field \"%.*s%s\" here; did you mean \"%.*s\"?",
                             BOA_QUOTE_FMT(have), BOA_STR_FMT(key));
    } else {
        boa_context_complain(check, BOA_DIAG_CONTEXT_FIELD, object, "no field \"%.*s%s\" here",
                             BOA_QUOTE_FMT(have));
    }
}

enum boa_field_id boa_context_member(struct boa_context_check *check, enum boa_field_id object,
                                     struct boa_str name)
{
    enum boa_field_id id = boa_field_member(object, name);

    if (id == BOA_FIELD_COUNT)
        complain_name(check, object, name);
    return id;
}
