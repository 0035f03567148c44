/* Holds a report's tree against the field table: what is missing, what cannot be. The validator
 * says more; here it decides whether the report can be final. */
#include <stdarg.h>
#include <stdio.h>

#include "core/base/decimal.h"
#include "core/base/err.h"
#include "core/report/completion_parts.h"

enum { TOLD_MAX = 16, POINTER_MAX = 256, QUOTED_MAX = 80 };

/* ---- Saying where ---- */

/* Puts text in front of what stands at `at`; NULL when there is no room. */
static char *prepend(const char *start, char *at, struct boa_str text)
{
    if ((size_t)(at - start) < text.len)
        return NULL;
    at -= text.len;
    memcpy(at, text.ptr, text.len);
    return at;
}

/* A name as JSON Pointer writes it, with its slash. */
static char *prepend_name(char *start, char *at, struct boa_str name)
{
    for (size_t i = name.len; i-- > 0 && at != NULL;) {
        char c = name.ptr[i];
        at = c == '~'   ? prepend(start, at, BOA_STR_LIT("~0"))
             : c == '/' ? prepend(start, at, BOA_STR_LIT("~1"))
                        : prepend(start, at, boa_str_make(&c, 1));
    }
    return at != NULL ? prepend(start, at, BOA_STR_LIT("/")) : NULL;
}

static struct boa_str index_of(char *room, size_t size, const struct boa_node *element)
{
    size_t index = 0;

    for (const struct boa_node *n = element->parent->first; n != element; n = n->next)
        index++;
    return boa_str_make(room, (size_t)snprintf(room, size, "%zu", index));
}

/* Written from its end to its beginning, as far as it fits; "…" stands for what does not. */
static struct boa_str pointer_to(char room[POINTER_MAX], const struct boa_node *node)
{
    const struct boa_str cut = BOA_STR("…");
    char *at = room + POINTER_MAX, *more;
    char digits[24];

    for (; node->parent != NULL; node = node->parent) {
        struct boa_str name = node->parent->type == BOA_NODE_OBJECT
                                  ? node->key
                                  : index_of(digits, sizeof digits, node);
        more = prepend_name(room + cut.len, at, name);
        if (more == NULL) {
            at = prepend(room, at, cut);
            break;
        }
        at = more;
    }
    return boa_str_make(at, (size_t)(room + POINTER_MAX - at));
}

void completer_tell(const struct completer *c, struct completer_tally *tally,
                    const struct boa_node *node, const char *fmt, ...)
{
    char pointer[POINTER_MAX], text[BOA_ERR_TEXT_MAX];
    struct boa_place place = c->place;
    va_list args;

    if (tally->count++ >= TOLD_MAX)
        return;
    va_start(args, fmt);
    (void)boa_talk_format(text, sizeof text, fmt, args);
    va_end(args);
    if (place.line != 0 && node->line != 0)
        place.line += node->line - 1;
    boa_diags_add(c->completion->diags, tally->id, place, pointer_to(pointer, node), "%s", text);
}

void completer_tell_rest(const struct completer *c, const struct completer_tally *tally)
{
    if (tally->count > TOLD_MAX)
        boa_diags_add(c->completion->diags, tally->id, c->place, (struct boa_str){ 0 },
                      "%zu more of this kind", tally->count - TOLD_MAX);
}

/* ---- Judging ---- */

struct judge {
    struct completer *c;
    struct completer_tally invalid;
};

/* A status that cannot be is settled anew, so it does not make the rest wrong. */
static void refuse(struct judge *j, const struct boa_node *node, enum boa_field_id field,
                   const char *want)
{
    bool is_text = node->type == BOA_NODE_STRING;
    bool quoted = is_text || node->type == BOA_NODE_NUMBER;
    struct boa_str have = quoted ? node->text : boa_str_from(boa_node_type_name(node));
    bool is_long = have.len > QUOTED_MAX;

    if (is_long)
        have.len = boa_utf8_valid_prefix(boa_str_make(have.ptr, QUOTED_MAX));
    completer_tell(j->c, &j->invalid, node, "want %s, have %s%.*s%s%s", want, is_text ? "\"" : "",
                   BOA_STR_FMT(have), is_long ? "…" : "", is_text ? "\"" : "");
    if (field != BOA_FIELD_HEADER_REPORT_STATUS)
        j->c->report.invalid = true;
}

static void judge_text(struct judge *j, const struct boa_node *node, enum boa_field_id field)
{
    enum boa_limit limit = boa_field_get(field)->limit;
    char want[QUOTED_MAX];
    const char *near;

    if (node->type != BOA_NODE_STRING) {
        refuse(j, node, field, boa_field_type_name(BOA_FIELD_STRING));
        return;
    }
    if (boa_limit_allows(limit, node->text))
        return;
    near = boa_limit_nearest(limit, node->text);
    if (near == NULL)
        (void)snprintf(want, sizeof want, "one of %s, %s …", boa_limit_values(limit)[0],
                       boa_limit_values(limit)[1]);
    refuse(j, node, field, near != NULL ? near : want);
}

/* A whole number is one by how it is written: 8.0 is none, as upstream's validator sees it. */
static bool is_whole(struct boa_str token)
{
    return boa_str_find_byte(token, '.') == token.len &&
           boa_str_find_byte(token, 'e') == token.len && boa_str_find_byte(token, 'E') == token.len;
}

static void judge_number(struct judge *j, const struct boa_node *node, enum boa_field_id field)
{
    const struct boa_field *info = boa_field_get(field);
    struct boa_decimal value, one;

    if (node->type != BOA_NODE_NUMBER ||
        (info->type == BOA_FIELD_INTEGER && !is_whole(node->text))) {
        refuse(j, node, field, boa_field_type_name(info->type));
        return;
    }
    if (info->limit != BOA_LIMIT_FRACTION)
        return;
    boa_decimal_from_int(&one, 1);
    if (!boa_decimal_parse(&value, node->text) || value.negative ||
        boa_decimal_compare(&value, &one) > 0)
        refuse(j, node, field, boa_unit_name(info->unit));
}

static void judge(struct judge *j, const struct boa_node *node, enum boa_field_id field);

static void judge_members(struct judge *j, const struct boa_node *object, enum boa_field_id field)
{
    enum boa_field_id end = boa_field_end(field);

    for (enum boa_field_id id = field + 1; id < end; id = boa_field_end(id)) {
        const struct boa_node *member = boa_node_member(object, boa_field_key(id));

        if (boa_field_get(id)->required && completer_member(object, id) == NULL)
            boa_report_lacks(&j->c->report, id);
        else if (member != NULL)
            judge(j, member, id);
    }
}

/* Bounded by the depth of the field table. */
static void judge(struct judge *j, const struct boa_node *node, enum boa_field_id field)
{
    enum boa_field_type type = boa_field_get(field)->type;

    switch (type) {
    case BOA_FIELD_OBJECT:
        if (node->type == BOA_NODE_OBJECT)
            judge_members(j, node, field);
        else
            refuse(j, node, field, boa_field_type_name(type));
        return;
    case BOA_FIELD_ARRAY:
        if (node->type != BOA_NODE_ARRAY)
            refuse(j, node, field, boa_field_type_name(type));
        for (const struct boa_node *e = node->first; node->type == BOA_NODE_ARRAY && e != NULL;
             e = e->next)
            judge(j, e, boa_field_element(field));
        return;
    case BOA_FIELD_STRING:
        judge_text(j, node, field);
        return;
    default:
        judge_number(j, node, field);
        return;
    }
}

void completer_check(struct completer *c)
{
    struct judge j = { .c = c, .invalid = { .id = BOA_DIAG_FIELD_INVALID } };

    judge(&j, c->root, BOA_FIELD_ROOT);
    completer_tell_rest(c, &j.invalid);
}
