/* Step by step: what a report must not hold goes, the context comes, what is missing is listed, and
 * all is written in order. */
#include "core/report/completion.h"

#include "core/base/err.h"
#include "core/json/json_write.h"
#include "core/json/tree_write.h"
#include "core/report/completion_parts.h"
#include "core/report/report_id.h"

/* The node behind this one and all that it holds, below `root`; NULL: that was all. */
static struct boa_node *behind(struct boa_node *node, const struct boa_node *root)
{
    while (node != root && node->next == NULL)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* ---- What goes ---- */

static bool is_unwanted(const struct boa_node *node)
{
    return node->repeated || node->type == BOA_NODE_NULL;
}

/* Before anything goes, so that the places are those of the input. */
static void tell_unwanted(const struct completer *c)
{
    struct completer_tally nulls = { .id = BOA_DIAG_NULL_DROPPED };
    struct completer_tally repeated = { .id = BOA_DIAG_KEY_REPEATED };
    struct boa_node *node = c->root;

    while (node != NULL) {
        if (node->repeated)
            completer_tell(c, &repeated, node, "stands here twice; the last one counts");
        else if (node->type == BOA_NODE_NULL)
            completer_tell(c, &nulls, node, "null, left out");
        node = node->first != NULL && !node->repeated ? node->first : behind(node, c->root);
    }
    completer_tell_rest(c, &repeated);
    completer_tell_rest(c, &nulls);
}

static void drop_unwanted_children(struct boa_node *parent)
{
    struct boa_node **link = &parent->first;

    parent->last = NULL;
    parent->count = 0;
    while (*link != NULL) {
        struct boa_node *node = *link;

        if (is_unwanted(node)) {
            *link = node->next;
            continue;
        }
        parent->last = node;
        parent->count++;
        link = &node->next;
    }
}

static void drop_unwanted(const struct completer *c)
{
    struct boa_node *node = c->root;

    tell_unwanted(c);
    while (node != NULL) {
        drop_unwanted_children(node);
        node = node->first != NULL ? node->first : behind(node, c->root);
    }
}

/* True for an object or array that says nothing; elements are what they are. */
static bool is_hollow(const struct boa_node *node)
{
    return (node->type == BOA_NODE_OBJECT || node->type == BOA_NODE_ARRAY) && node->first == NULL;
}

static bool is_container(enum boa_field_id field)
{
    enum boa_field_type type = boa_field_get(field)->type;

    return type == BOA_FIELD_OBJECT || type == BOA_FIELD_ARRAY;
}

/* ---- Order ---- */

/* Takes the member with that key out of the list. */
static struct boa_node *unlink_member(struct boa_node **list, struct boa_str key)
{
    while (*list != NULL && !boa_str_equal((*list)->key, key))
        list = &(*list)->next;
    struct boa_node *node = *list;
    if (node != NULL)
        *list = node->next;
    return node;
}

static void put_in_order(struct boa_node *node, enum boa_field_id field);

/* Known members that are hollow go: a group that says nothing needs nothing. */
static void put_members_in_order(struct boa_node *object, enum boa_field_id field)
{
    struct boa_node *list = object->first, *next;
    enum boa_field_id end = boa_field_end(field);

    object->first = object->last = NULL;
    object->count = 0;
    for (enum boa_field_id id = field + 1; id < end; id = boa_field_end(id)) {
        struct boa_node *member = unlink_member(&list, boa_field_key(id));

        if (member == NULL)
            continue;
        put_in_order(member, id);
        if (!is_container(id) || !is_hollow(member))
            boa_node_append(object, member);
    }
    for (; list != NULL; list = next) {
        next = list->next;
        boa_node_append(object, list);
    }
}

/* Known members in schema order, unknown ones behind. Bounded by the depth of the field table. */
static void put_in_order(struct boa_node *node, enum boa_field_id field)
{
    enum boa_field_type type = boa_field_get(field)->type;

    if (type == BOA_FIELD_OBJECT && node->type == BOA_NODE_OBJECT)
        put_members_in_order(node, field);
    else if (type == BOA_FIELD_ARRAY && node->type == BOA_NODE_ARRAY)
        for (struct boa_node *e = node->first; e != NULL; e = e->next)
            put_in_order(e, boa_field_element(field));
}

/* ---- The header ---- */

struct boa_node *completer_member(const struct boa_node *object, enum boa_field_id field)
{
    struct boa_node *node = object != NULL ? boa_node_member(object, boa_field_key(field)) : NULL;

    return node != NULL && node->type == BOA_NODE_STRING && node->text.len == 0 ? NULL : node;
}

/* A member's text, or empty when it has none. */
static struct boa_str text_of(const struct boa_node *object, enum boa_field_id field)
{
    const struct boa_node *node = completer_member(object, field);

    return node != NULL && node->type == BOA_NODE_STRING ? node->text : (struct boa_str){ 0 };
}

/* An id for a report without one, made of all it says but for its header; else none. */
static int make_id(struct boa_str *id, const struct completer *c)
{
    struct boa_str parts[] = { BOA_STR("boamps"), { 0 } };
    struct boa_buf said;
    char *text;
    int rc;

    *id = (struct boa_str){ 0 };
    if (text_of(completer_member(c->root, BOA_FIELD_HEADER), BOA_FIELD_HEADER_REPORT_ID).len != 0)
        return 0;
    text = boa_arena_alloc(c->arena, BOA_UUID_LEN, c->err);
    rc = text != NULL ? 0 : -1;
    boa_buf_init(&said, SIZE_MAX); /* no more than the report itself, whose size is bounded */
    for (const struct boa_node *node = c->root->first; node != NULL && rc == 0; node = node->next) {
        if (boa_str_equal(node->key, boa_field_key(BOA_FIELD_HEADER)))
            continue;
        rc = boa_json_put_string(&said, node->key, c->err) != 0 ||
                     boa_tree_put(&said, node, 0, c->err) != 0
                 ? -1
                 : 0;
    }
    parts[1] = boa_buf_str(&said);
    if (rc == 0) {
        boa_report_id_make(text, parts, sizeof parts / sizeof parts[0], 0);
        *id = boa_str_make(text, BOA_UUID_LEN);
    }
    boa_buf_release(&said);
    return rc;
}

/* A constant of the header goes where nothing is said. The version's specification says nothing of
 * another version. */
static int add_constant(const struct completer *c, struct boa_node *header,
                        const struct boa_map_row *row, bool same_version)
{
    struct boa_node *object = header;

    if (row->field == BOA_FIELD_HEADER_FORMAT_VERSION_SPECIFICATION_URI && !same_version)
        return 0;
    if (boa_field_get(row->field)->parent != BOA_FIELD_HEADER)
        object = completer_member(header, boa_field_get(row->field)->parent);
    if (object == NULL || object->type != BOA_NODE_OBJECT ||
        completer_member(object, row->field) != NULL)
        return 0;
    return completer_set(c, object, row->field, boa_str_from(row->constant));
}

static int add_constants(const struct completer *c, struct boa_node *header)
{
    const struct boa_map *map = c->completion->map;
    struct boa_str version = text_of(header, BOA_FIELD_HEADER_FORMAT_VERSION);
    bool same_version = completer_member(header, BOA_FIELD_HEADER_FORMAT_VERSION) == NULL;

    for (size_t i = 0; i < map->count; i++) {
        if (map->rows[i].field == BOA_FIELD_HEADER_FORMAT_VERSION && map->rows[i].constant != NULL)
            same_version = same_version || boa_str_equal_lit(version, map->rows[i].constant);
    }
    for (size_t i = 0; i < map->count; i++) {
        const struct boa_map_row *row = &map->rows[i];

        if (row->cell == NULL && row->constant != NULL && row->field > BOA_FIELD_HEADER &&
            row->field < boa_field_end(BOA_FIELD_HEADER) &&
            add_constant(c, header, row, same_version) != 0)
            return -1;
    }
    return 0;
}

/* The header, made when there is none; NULL in `out` when something else stands in its place. */
static int open_header(struct boa_node **out, const struct completer *c)
{
    struct boa_node *node = boa_node_member(c->root, boa_field_key(BOA_FIELD_HEADER));

    *out = NULL;
    if (node != NULL && node->type != BOA_NODE_OBJECT)
        return 0;
    *out = completer_open(c, c->root, BOA_FIELD_HEADER);
    return *out != NULL ? 0 : -1;
}

static int fill_header(const struct completer *c, struct boa_node *header, struct boa_str made_id)
{
    if (add_constants(c, header) != 0)
        return -1;
    return completer_member(header, BOA_FIELD_HEADER_REPORT_ID) != NULL
               ? 0
               : completer_set(c, header, BOA_FIELD_HEADER_REPORT_ID, made_id);
}

/* ---- The status ---- */

/* What its author or the user wants it to be; empty: what it can be. */
static struct boa_str asked_status(const struct completer *c, const struct boa_node *header)
{
    const struct boa_context *context = c->completion->context;
    const struct boa_given *given = boa_context_find(context, BOA_FIELD_HEADER_REPORT_STATUS);
    struct boa_str own = text_of(header, BOA_FIELD_HEADER_REPORT_STATUS);

    if (given != NULL && given->text.len != 0)
        return given->text;
    if (completer_member(header, BOA_FIELD_HEADER_REPORT_STATUS) == NULL)
        return own;
    if (own.len != 0 && !boa_str_equal_lit(own, "draft") &&
        boa_limit_allows(boa_field_get(BOA_FIELD_HEADER_REPORT_STATUS)->limit, own))
        return own;
    return context != NULL && context->root->first != NULL ? (struct boa_str){ 0 }
                                                           : BOA_STR_LIT("draft");
}

static int settle(struct completer *c, struct boa_node *header)
{
    struct boa_str status = boa_report_settle(&c->report, asked_status(c, header), false);

    return header != NULL ? completer_set(c, header, BOA_FIELD_HEADER_REPORT_STATUS, status) : 0;
}

/* ---- Everything ---- */

static int read_tree(struct completer *c, struct boa_str report)
{
    uint64_t line, column;

    if (boa_tree_from_json(&c->root, report, c->arena, &line, &column, c->err) != 0)
        return -1;
    if (c->root->type != BOA_NODE_OBJECT)
        return boa_err_set(c->err, BOA_ERR_DATA, "a report is an object");
    return 0;
}

static void name_report(struct boa_completed *out, const struct completer *c,
                        const struct boa_node *header, struct boa_str made_id)
{
    const struct boa_node *task = completer_member(c->root, BOA_FIELD_TASK);
    const struct boa_node *infra = completer_member(c->root, BOA_FIELD_INFRASTRUCTURE);
    struct boa_str id = text_of(header, BOA_FIELD_HEADER_REPORT_ID);

    out->name = (struct boa_report_name){
        .draft = !c->report.final,
        .publisher = text_of(completer_member(header, BOA_FIELD_HEADER_PUBLISHER),
                             BOA_FIELD_HEADER_PUBLISHER_NAME),
        .stage = text_of(task, BOA_FIELD_TASK_STAGE),
        .family = text_of(task, BOA_FIELD_TASK_FAMILY),
        .infra = text_of(infra, BOA_FIELD_INFRASTRUCTURE_TYPE),
        .id = id.len != 0 ? id : made_id,
    };
}

static int write_tree(struct boa_buf *text, const struct completer *c)
{
    size_t before = text->len;

    if (boa_tree_put(text, c->root, c->completion->indent, c->err) == 0 &&
        boa_buf_put_byte(text, '\n', c->err) == 0)
        return 0;
    text->len = before;
    return -1;
}

int boa_completion_apply(struct boa_completed *out, struct boa_buf *text,
                         const struct boa_completion *completion, struct boa_str report,
                         struct boa_place place, struct boa_arena *arena, struct boa_err *err)
{
    struct completer c = { .completion = completion, .place = place, .arena = arena, .err = err };
    struct boa_node *header;
    struct boa_str id;

    if (read_tree(&c, report) != 0)
        return -1;
    drop_unwanted(&c);
    put_in_order(c.root, BOA_FIELD_ROOT);
    /* Before the context: a measurement keeps its id, whatever is said of it. */
    if (make_id(&id, &c) != 0 || completer_merge(&c) != 0)
        return -1;
    put_in_order(c.root, BOA_FIELD_ROOT);
    if (open_header(&header, &c) != 0 || (header != NULL && fill_header(&c, header, id) != 0))
        return -1;
    completer_check(&c);
    if (settle(&c, header) != 0)
        return -1;
    put_in_order(c.root, BOA_FIELD_ROOT);
    if (write_tree(text, &c) != 0)
        return -1;
    out->report = c.report;
    name_report(out, &c, header, id);
    return 0;
}
