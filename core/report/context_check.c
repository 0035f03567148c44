/* Holds a context against the field table: names, types, units of measure that only a meter may
 * give. */
#include "core/report/context_check.h"

#include "core/base/decimal.h"
#include "core/report/context_words.h"
#include "core/report/datetime.h"

bool boa_context_index(size_t *out, struct boa_str text)
{
    size_t value = 0;

    if (boa_str_equal_lit(text, "*")) {
        *out = 0;
        return true;
    }
    if (text.len == 0 || text.len > 6)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (size_t)(text.ptr[i] - '0');
    }
    *out = value;
    return true;
}

/* Numbers are taken from JSON numbers and unquoted YAML scalars; 8.0 is a whole number here, as
 * people write it. */
static int check_number(struct boa_given *given, struct boa_context_check *check,
                        const struct boa_node *node)
{
    const struct boa_field *field = boa_field_get(given->field);
    struct boa_decimal value, one;
    char text[BOA_DECIMAL_TEXT_MAX];

    if ((node->type != BOA_NODE_NUMBER && node->type != BOA_NODE_PLAIN) ||
        !boa_decimal_parse(&value, node->text) ||
        (field->type == BOA_FIELD_INTEGER && !boa_decimal_is_integer(&value))) {
        boa_context_complain_type(check, given->field, node);
        return 0;
    }
    boa_decimal_from_int(&one, 1);
    struct boa_quote have = boa_context_quote(node->text);
    if (field->limit == BOA_LIMIT_FRACTION &&
        (value.negative || boa_decimal_compare(&value, &one) > 0)) {
        boa_context_complain(check, BOA_DIAG_CONTEXT_VALUE, given->field,
                             "want 0 to 1, have %.*s%s", BOA_QUOTE_FMT(have));
        return 0;
    }
    if (field->type == BOA_FIELD_NUMBER && boa_decimal_is_canonical(node->text)) {
        given->text = node->text;
        return 0;
    }
    struct boa_str written = boa_str_make(text, boa_decimal_format(text, &value));
    if (field->type == BOA_FIELD_INTEGER && boa_str_find_byte(written, 'e') != written.len) {
        boa_context_complain_type(check, given->field,
                                  node); /* 10^16 and more would need an exponent */
        return 0;
    }
    return boa_arena_copy(&given->text, check->arena, written, check->err);
}

/* Written as reports write times, whatever form it was given in. */
static int check_datetime(struct boa_given *given, struct boa_context_check *check,
                          const struct boa_node *node)
{
    struct boa_quote have = boa_context_quote(node->text);
    struct boa_datetime time;
    char text[BOA_DATETIME_LEN];

    if (!boa_datetime_parse(&time, node->text) || !boa_datetime_format(text, time.seconds)) {
        boa_context_complain(check, BOA_DIAG_CONTEXT_VALUE, given->field,
                             "want %s, have \"%.*s%s\"", boa_unit_name(BOA_UNIT_DATETIME),
                             BOA_QUOTE_FMT(have));
        return 0;
    }
    return boa_arena_copy(&given->text, check->arena, boa_str_make(text, sizeof text), check->err);
}

static int check_text(struct boa_given *given, struct boa_context_check *check,
                      const struct boa_node *node)
{
    const struct boa_field *field = boa_field_get(given->field);

    if (node->type != BOA_NODE_STRING && node->type != BOA_NODE_PLAIN) {
        boa_context_complain_type(check, given->field, node);
        return 0;
    }
    if (field->unit == BOA_UNIT_DATETIME)
        return check_datetime(given, check, node);
    if (boa_limit_allows(field->limit, node->text)) {
        given->text = node->text;
        return 0;
    }
    boa_context_complain_value(check, given->field, node->text);
    return 0;
}

/* Null, and text without a byte. */
static bool is_nothing(const struct boa_node *node)
{
    return node->type == BOA_NODE_NULL ||
           ((node->type == BOA_NODE_STRING || node->type == BOA_NODE_PLAIN) && node->text.len == 0);
}

int boa_context_check_scalar(struct boa_given *given, struct boa_context_check *check,
                             const struct boa_node *node)
{
    enum boa_field_type type = boa_field_get(given->field)->type;

    given->text = (struct boa_str){ 0 };
    given->place = check->place;
    if (type == BOA_FIELD_OBJECT || type == BOA_FIELD_ARRAY) {
        boa_context_complain_type(check, given->field, node);
        return 0;
    }
    if (is_nothing(node))
        return 0;
    if (given->field == BOA_FIELD_MEASURE_POWER_CONSUMPTION) {
        boa_context_complain(check, BOA_DIAG_CONTEXT_FORBIDDEN, given->field,
                             "the energy comes from the measurement, never from a context");
        return 0;
    }
    return (type == BOA_FIELD_STRING ? check_text : check_number)(given, check, node);
}

/* True when a given value says something: empty ones are dropped, so that a template with blanks is
 * fine. */
static bool says_something(const struct boa_given *given)
{
    return given->text.len != 0 || given->first != NULL;
}

static int check_value(struct boa_given *given, struct boa_context_check *check,
                       const struct boa_node *node);

/* Members of an object or elements of an array. Bounded by the depth of the field table. */
static int check_children(struct boa_given *given, struct boa_context_check *check,
                          const struct boa_node *node, bool is_array)
{
    struct boa_given **link = &given->first;

    for (const struct boa_node *child = node->first; child != NULL; child = child->next) {
        enum boa_field_id id;
        struct boa_given *made;

        check->place = (struct boa_place){ check->file, child->line, child->column };
        if (child->repeated) {
            struct boa_quote key = boa_context_quote(child->key);
            boa_context_complain(check, BOA_DIAG_CONTEXT_SYNTAX, given->field,
                                 "\"%.*s%s\" stands here twice", BOA_QUOTE_FMT(key));
            continue;
        }
        id = is_array ? boa_field_element(given->field)
                      : boa_context_member(check, given->field, child->key);
        if (id == BOA_FIELD_COUNT)
            continue;
        made = boa_arena_alloc_zero(check->arena, 1, sizeof *made, check->err);
        if (made == NULL)
            return -1;
        made->field = id;
        if (check_value(made, check, child) != 0)
            return -1;
        if (says_something(made)) {
            *link = made;
            link = &made->next;
        }
    }
    return 0;
}

static int check_value(struct boa_given *given, struct boa_context_check *check,
                       const struct boa_node *node)
{
    enum boa_field_type type = boa_field_get(given->field)->type;

    given->place = check->place;
    if (node->type == BOA_NODE_NULL)
        return 0;
    if (type == BOA_FIELD_OBJECT || type == BOA_FIELD_ARRAY) {
        bool is_array = type == BOA_FIELD_ARRAY;
        if (node->type != (is_array ? BOA_NODE_ARRAY : BOA_NODE_OBJECT)) {
            boa_context_complain_type(check, given->field, node);
            return 0;
        }
        if (given->field == BOA_FIELD_MEASURES && node->count > 1) {
            boa_context_complain(check, BOA_DIAG_CONTEXT_VALUE, given->field,
                                 "want one element, which goes for every measure, have %zu",
                                 node->count);
            return 0;
        }
        return check_children(given, check, node, is_array);
    }
    return boa_context_check_scalar(given, check, node);
}

int boa_context_check_tree(struct boa_given **root, struct boa_context_check *check,
                           const struct boa_node *tree)
{
    *root = boa_arena_alloc_zero(check->arena, 1, sizeof **root, check->err);
    if (*root == NULL)
        return -1;
    (*root)->field = BOA_FIELD_ROOT;
    check->place = (struct boa_place){ check->file, tree->line, tree->column };
    return check_value(*root, check, tree);
}
