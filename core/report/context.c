/* Merging of contexts: from a document's tree to given values that the plan can trust. */
#include "core/report/context.h"

#include "core/json/json_tree.h"
#include "core/report/context_check.h"
#include "core/report/context_words.h"

enum { TABLE_SEPARATORS = 3 }; /* in a first line without a ':' */

int boa_context_init(struct boa_context *context, size_t max_bytes, struct boa_err *err)
{
    boa_arena_init(&context->arena, max_bytes);
    context->root = boa_arena_alloc_zero(&context->arena, 1, sizeof *context->root, err);
    if (context->root == NULL) {
        boa_arena_release(&context->arena);
        return -1;
    }
    context->root->field = BOA_FIELD_ROOT;
    return 0;
}

void boa_context_release(struct boa_context *context)
{
    boa_arena_release(&context->arena);
    context->root = NULL;
}

const struct boa_given *boa_given_member(const struct boa_given *object, enum boa_field_id member)
{
    if (object == NULL)
        return NULL;
    for (const struct boa_given *given = object->first; given != NULL; given = given->next) {
        if (given->field == member)
            return given;
    }
    return NULL;
}

const struct boa_given *boa_context_find(const struct boa_context *context, enum boa_field_id field)
{
    if (context == NULL)
        return NULL;
    if (field == BOA_FIELD_ROOT)
        return context->root;
    return boa_given_member(boa_context_find(context, boa_field_get(field)->parent), field);
}

/* Puts `added` in the place of the member of the same field, or merges two objects. */
static void merge_member(struct boa_given *object, struct boa_given *added)
{
    struct boa_given **link = &object->first;

    while (*link != NULL && (*link)->field != added->field)
        link = &(*link)->next;
    if (*link == NULL) {
        added->next = NULL;
        *link = added;
        return;
    }
    if (boa_field_get(added->field)->type != BOA_FIELD_OBJECT) {
        added->next = (*link)->next;
        *link = added;
        return;
    }
    for (struct boa_given *member = added->first, *next; member != NULL; member = next) {
        next = member->next;
        merge_member(*link, member);
    }
}

static bool looks_like_json(struct boa_str text)
{
    struct boa_str trimmed = boa_str_trim(text);

    return trimmed.len != 0 && trimmed.ptr[0] == '{';
}

/* True for the header of a table, which is valid YAML all the same: one long text. */
static bool looks_like_table(struct boa_str text)
{
    struct boa_str line = boa_str_trim(text);
    size_t separators = 0;

    line.len = boa_str_find_byte(line, '\n');
    if (boa_str_find_byte(line, ':') != line.len || (line.len != 0 && line.ptr[0] == '#'))
        return false;
    for (size_t i = 0; i < line.len; i++)
        separators += line.ptr[i] == ',' || line.ptr[i] == ';' || line.ptr[i] == '\t';
    return separators >= TABLE_SEPARATORS;
}

static int parse(struct boa_node **tree, struct boa_str text, struct boa_arena *arena,
                 struct boa_place *place, struct boa_err *err)
{
    if (looks_like_json(text))
        return boa_tree_from_json(tree, text, arena, &place->line, &place->column, err);
    if (looks_like_table(text)) {
        place->line = place->column = 1;
        (void)boa_err_set(err, BOA_ERR_DATA, "this is a table, not a context");
        return -1;
    }
    return boa_tree_from_yaml(tree, text, arena, &place->line, &place->column, err);
}

int boa_context_merge(struct boa_context *context, const char *name, struct boa_str text,
                      bool *valid, const struct boa_diags *diags, struct boa_err *err)
{
    struct boa_place place = { 0 };
    struct boa_node *tree;
    struct boa_given *root;

    if (boa_arena_copy(&place.file, &context->arena, boa_str_from(name), err) != 0)
        return -1;
    *valid = false;
    if (parse(&tree, text, &context->arena, &place, err) != 0) {
        if (err->kind != BOA_ERR_DATA)
            return -1;
        boa_diags_add(diags, BOA_DIAG_CONTEXT_SYNTAX, place, (struct boa_str){ 0 }, "%s",
                      err->text);
        *err = (struct boa_err){ 0 };
        return 0;
    }
    struct boa_context_check check = {
        .arena = &context->arena, .diags = diags, .file = place.file, .err = err
    };
    if (boa_context_check_tree(&root, &check, tree) != 0)
        return -1;
    *valid = check.errors == 0;
    if (*valid) {
        for (struct boa_given *member = root->first, *next; member != NULL; member = next) {
            next = member->next;
            merge_member(context->root, member);
        }
    }
    return 0;
}

static struct boa_place option_place(void)
{
    return (struct boa_place){ .file = BOA_STR("--set") };
}

/* The member or element that `part` names below `at`; made when it is not there yet. `*out` is NULL
 * after a finding. */
static int step_into(struct boa_given **out, struct boa_context *context, struct boa_given *at,
                     struct boa_str part, struct boa_context_check *check)
{
    const struct boa_field *field = boa_field_get(at->field);
    struct boa_quote have = boa_context_quote(part);
    struct boa_given **link = &at->first;
    size_t index = 0;
    enum boa_field_id id;

    *out = NULL;
    if (field->type == BOA_FIELD_ARRAY) {
        id = boa_field_element(at->field);
        if (boa_field_member(id, part) != BOA_FIELD_COUNT) {
            boa_context_complain(check, BOA_DIAG_CONTEXT_FIELD, at->field,
                                 "\"%.*s\" is a field of its elements; put */ before it",
                                 BOA_STR_FMT(part));
            return 0;
        }
        if (!boa_context_index(&index, part)) {
            boa_context_complain(check, BOA_DIAG_CONTEXT_FIELD, at->field,
                                 "\"%.*s%s\" is no index: a number from 0 on, or *",
                                 BOA_QUOTE_FMT(have));
            return 0;
        }
        if (at->field == BOA_FIELD_MEASURES && index > 0) {
            boa_context_complain(check, BOA_DIAG_CONTEXT_VALUE, at->field,
                                 "want * for the one element, which goes for every measure");
            return 0;
        }
        while (*link != NULL && index > 0) {
            link = &(*link)->next;
            index--;
        }
        if (index > 0) {
            boa_context_complain(check, BOA_DIAG_CONTEXT_FIELD, at->field,
                                 "index %.*s leaves a gap: the elements before it are not given",
                                 BOA_STR_FMT(part));
            return 0;
        }
    } else {
        id = boa_context_member(check, at->field, part);
        if (id == BOA_FIELD_COUNT)
            return 0;
        while (*link != NULL && (*link)->field != id)
            link = &(*link)->next;
    }
    if (*link == NULL) {
        struct boa_given *made = boa_arena_alloc_zero(&context->arena, 1, sizeof *made, check->err);
        if (made == NULL)
            return -1;
        made->field = id;
        made->place = check->place;
        *link = made;
    }
    *out = *link;
    return 0;
}

int boa_context_set(struct boa_context *context, struct boa_str assignment, bool *valid,
                    const struct boa_diags *diags, struct boa_err *err)
{
    struct boa_context_check check = {
        .arena = &context->arena, .diags = diags, .place = option_place(), .err = err
    };
    struct boa_quote have = boa_context_quote(assignment);
    size_t equals = boa_str_find_byte(assignment, '=');
    struct boa_str path = boa_str_make(assignment.ptr, equals);
    struct boa_given *at = context->root;
    struct boa_node value = { .type = BOA_NODE_PLAIN };

    *valid = false;
    check.file = check.place.file;
    if (equals == assignment.len || equals == 0) {
        boa_context_complain(&check, BOA_DIAG_CONTEXT_FIELD, BOA_FIELD_ROOT,
                             "want PATH=VALUE, have \"%.*s%s\"", BOA_QUOTE_FMT(have));
        return 0;
    }
    if (boa_arena_copy(&value.text, &context->arena, boa_str_from_byte(assignment, equals + 1),
                       err) != 0)
        return -1;
    if (path.ptr[0] == '/')
        path = boa_str_from_byte(path, 1);
    while (at != NULL) {
        size_t slash = boa_str_find_byte(path, '/');
        if (step_into(&at, context, at, boa_str_make(path.ptr, slash), &check) != 0)
            return -1;
        if (slash == path.len)
            break;
        path = boa_str_from_byte(path, slash + 1);
    }
    if (at == NULL)
        return 0;
    struct boa_given checked = { .field = at->field };
    if (boa_context_check_scalar(&checked, &check, &value) != 0)
        return -1;
    *valid = check.errors == 0;
    if (*valid) {
        at->text = checked.text;
        at->place = checked.place;
    }
    return 0;
}
