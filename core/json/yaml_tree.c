/* Trees from YAML: libyaml's events, with everything refused that a person would not expect in a
 * file of settings. */
#include "core/json/json_tree.h"

#include <yaml.h>

#include "core/json/json_scan.h"
#include "core/json/tree_build.h"

struct reader {
    struct boa_tree_builder builder;
    bool has_document;
    uint64_t line, column; /* of what was refused */
};

static int refuse(struct reader *reader, yaml_mark_t mark, const char *why, struct boa_err *err)
{
    reader->line = (uint64_t)mark.line + 1;
    reader->column = (uint64_t)mark.column + 1;
    return boa_err_set(err, BOA_ERR_DATA, "%s", why);
}

static int refuse_anchor_and_tag(struct reader *reader, const yaml_event_t *event,
                                 const yaml_char_t *anchor, const yaml_char_t *tag,
                                 struct boa_err *err)
{
    if (anchor != NULL)
        return refuse(reader, event->start_mark, "an anchor (&name), which is not supported", err);
    if (tag != NULL)
        return refuse(reader, event->start_mark, "a tag (!name), which is not supported", err);
    return 0;
}

static bool wants_key(const struct reader *reader)
{
    const struct boa_tree_builder *builder = &reader->builder;
    return builder->parent != NULL && builder->parent->type == BOA_NODE_OBJECT && !builder->has_key;
}

static struct boa_node *add_node(struct reader *reader, enum boa_node_type type,
                                 const yaml_event_t *event, struct boa_err *err)
{
    struct boa_node *node = boa_tree_add(&reader->builder, type, err);
    if (node == NULL)
        return NULL;
    node->line = (uint64_t)event->start_mark.line + 1;
    node->column = (uint64_t)event->start_mark.column + 1;
    return node;
}

static int enter(struct reader *reader, const yaml_event_t *event, enum boa_node_type type,
                 struct boa_err *err)
{
    if (wants_key(reader))
        return refuse(reader, event->start_mark, "a key that is not text", err);
    if (reader->builder.depth == BOA_JSON_DEPTH_MAX)
        return refuse(reader, event->start_mark, boa_json_fault_text(BOA_JSON_FAULT_DEPTH), err);
    struct boa_node *node = add_node(reader, type, event, err);
    if (node == NULL)
        return -1;
    boa_tree_enter(&reader->builder, node);
    return 0;
}

static enum boa_node_type scalar_type(const struct reader *reader, struct boa_str text, bool plain)
{
    static const char *const nulls[] = { "", "~", "null", "Null", "NULL" };
    if (!plain)
        return BOA_NODE_STRING;
    if (text.len == 0 && reader->builder.parent == NULL)
        return BOA_NODE_OBJECT; /* a document of "---" alone */
    for (size_t i = 0; i < sizeof(nulls) / sizeof(nulls[0]); i++) {
        if (boa_str_equal_lit(text, nulls[i]))
            return BOA_NODE_NULL;
    }
    return BOA_NODE_PLAIN;
}

static int take_scalar(struct reader *reader, const yaml_event_t *event, struct boa_err *err)
{
    struct boa_tree_builder *builder = &reader->builder;
    struct boa_str text = boa_str_make((const char *)event->data.scalar.value,
                                       event->data.scalar.length);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

    if (refuse_anchor_and_tag(reader, event, event->data.scalar.anchor, event->data.scalar.tag,
                              err) != 0)
        return -1;
    if (wants_key(reader)) {
        if (plain && boa_str_equal_lit(text, "<<"))
            return refuse(reader, event->start_mark, "a merge key (<<), which is not supported",
                          err);
        builder->has_key = true;
        return boa_arena_copy(&builder->key, builder->arena, text, err);
    }
    struct boa_node *node = add_node(reader, scalar_type(reader, text, plain), event, err);
    if (node == NULL)
        return -1;
    return boa_arena_copy(&node->text, builder->arena, text, err);
}

static int take_event(struct reader *reader, const yaml_event_t *event, struct boa_err *err)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (reader->has_document)
            return refuse(reader, event->start_mark, "a second document, where one is read", err);
        reader->has_document = true;
        return 0;
    case YAML_ALIAS_EVENT:
        return refuse(reader, event->start_mark, "an alias (*name), which is not supported", err);
    case YAML_SCALAR_EVENT:
        return take_scalar(reader, event, err);
    case YAML_MAPPING_START_EVENT:
        if (refuse_anchor_and_tag(reader, event, event->data.mapping_start.anchor,
                                  event->data.mapping_start.tag, err) != 0)
            return -1;
        return enter(reader, event, BOA_NODE_OBJECT, err);
    case YAML_SEQUENCE_START_EVENT:
        if (refuse_anchor_and_tag(reader, event, event->data.sequence_start.anchor,
                                  event->data.sequence_start.tag, err) != 0)
            return -1;
        return enter(reader, event, BOA_NODE_ARRAY, err);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        return boa_tree_leave(&reader->builder, err);
    default:
        return 0;
    }
}

/* What libyaml says of the mistakes that people make, and what we say: its words speak of tokens
 * and contexts, ours of what to look at. */
static const struct wording {
    const char *problem; /* as libyaml says it */
    const char *context; /* NULL: any; else how it begins */
    bool at_context;     /* the mistake lies where the context began, not where it was noticed */
    const char *says;
} wordings[] = {
    { "mapping values are not allowed", NULL, false,
      "unexpected ':'; is this line indented like its neighbours? text that contains \": \" needs "
      "quotes" },
    { "could not find expected ':'", "while scanning a simple key", true,
      "a line without \"name: value\"; text of several lines needs quotes" },
    { "found unexpected ':'", NULL, false, "unexpected ':'; text that contains ':' needs quotes" },
    { "found character that cannot start", NULL, false,
      "text that begins with this character needs quotes" },
    { "found a tab character", NULL, false, "a tab; YAML indents with blanks" },
    { "found unexpected end of stream", "while scanning a quoted scalar", true,
      "a quote that is never closed" },
    { "found unexpected document indicator", "while scanning a quoted scalar", true,
      "a quote that is never closed" },
    { "found unknown escape character", NULL, false,
      "an unknown escape; in double quotes write \\\\ for a \\, or use single quotes" },
    { "did not find expected ',' or ']'", NULL, true, "a [ that is never closed, or lacks a ','" },
    { "did not find expected ',' or '}'", NULL, true, "a { that is never closed, or lacks a ','" },
    { "did not find expected key", NULL, false,
      "unexpected here; is this line indented like its neighbours? quotes go around the whole "
      "text" },
    { "did not find expected '-' indicator", NULL, false,
      "want \"- \" as on the lines before; is this line indented right?" },
    { "block sequence entries are not allowed", NULL, false,
      "unexpected \"- \"; a list begins on the line below its name" },
    { "did not find expected <document start>", NULL, false,
      "unexpected here; is this line indented like the first?" },
    { "did not find expected node content", NULL, false,
      "unexpected here; text that begins with this character needs quotes" },
    { "did not find expected alphabetic", NULL, false,
      "text that begins with * or & needs quotes" },
    { "did not find expected comment or line break", NULL, false,
      "text that begins with | or > needs quotes" },
    { "invalid leading UTF-8", NULL, false,
      "a character that is not UTF-8; save the file as UTF-8" },
    { "invalid trailing UTF-8", NULL, false,
      "a character that is not UTF-8; save the file as UTF-8" },
    { "incomplete UTF-8", NULL, false, "a character that is not UTF-8; save the file as UTF-8" },
    { "invalid length of a UTF-8", NULL, false,
      "a character that is not UTF-8; save the file as UTF-8" },
};

static bool begins(const char *text, const char *with)
{
    return boa_str_starts_with(boa_str_from(text), boa_str_from(with));
}

/* NULL for what has no words of ours. */
static const struct wording *find_wording(const char *problem, const char *context)
{
    for (size_t i = 0; i < sizeof wordings / sizeof wordings[0]; i++) {
        const struct wording *wording = &wordings[i];
        if (begins(problem, wording->problem) &&
            (wording->context == NULL || begins(context, wording->context)))
            return wording;
    }
    return NULL;
}

/* True when the character of that number is a tab. */
static bool is_tab(struct boa_str text, size_t index)
{
    size_t at = 0;

    for (; at < text.len; at++) {
        bool begins_character = ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
        if (begins_character && index-- == 0)
            break;
    }
    return at < text.len && text.ptr[at] == '\t';
}

/* What is wrong with a text that is no YAML. libyaml's reader knows the byte, everything behind it
 * the mark. */
static int syntax_error(struct reader *reader, const yaml_parser_t *parser, struct boa_str text,
                        struct boa_err *err)
{
    const char *problem = parser->problem != NULL ? parser->problem : "not YAML";
    const char *context = parser->context != NULL ? parser->context : "";
    const struct wording *wording;

    if (parser->error == YAML_MEMORY_ERROR)
        return boa_err_memory(err);
    if (parser->error == YAML_SCANNER_ERROR && is_tab(text, parser->problem_mark.index))
        problem = "found a tab character";
    wording = find_wording(problem, context);
    refuse(reader,
           wording != NULL && wording->at_context ? parser->context_mark : parser->problem_mark,
           wording != NULL ? wording->says : problem, err);
    if (parser->error == YAML_READER_ERROR)
        boa_text_position(text, parser->problem_offset, &reader->line, &reader->column);
    else if (wording == NULL && context[0] != '\0')
        boa_err_set(err, BOA_ERR_DATA, "%s %s", problem, context);
    return -1;
}

static int read_events(struct reader *reader, struct boa_str text, struct boa_err *err)
{
    yaml_parser_t parser;
    if (yaml_parser_initialize(&parser) == 0)
        return boa_err_memory(err);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr, text.len);

    int status = 0;
    bool more = true;
    while (status == 0 && more) {
        yaml_event_t event;
        if (yaml_parser_parse(&parser, &event) == 0) {
            status = syntax_error(reader, &parser, text, err);
            break;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        status = take_event(reader, &event, err);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return status;
}

/* A byte order mark, or ASCII with every other byte zero. */
static bool is_utf16(struct boa_str text)
{
    return boa_str_starts_with(text, BOA_STR_LIT("\xFF\xFE")) ||
           boa_str_starts_with(text, BOA_STR_LIT("\xFE\xFF")) ||
           (text.len >= 2 && (text.ptr[0] == '\0') != (text.ptr[1] == '\0'));
}

/* Where a line begins with %TAG, or the text's length. libyaml compares each such directive with
 * all before it, which takes minutes for a large file of nothing else, and no event comes in
 * between. */
static size_t find_tag_directive(struct boa_str text)
{
    static const struct boa_str breaks[] = { BOA_STR("\n"), BOA_STR("\r"), BOA_STR("\xC2\x85"),
                                             BOA_STR("\xE2\x80\xA8"), BOA_STR("\xE2\x80\xA9") };
    const struct boa_str directive = BOA_STR("%TAG");
    size_t at = 0;
    while ((at += boa_str_find(boa_str_from_byte(text, at), directive)) < text.len) {
        if (at == 0)
            return at;
        for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++) {
            size_t len = breaks[i].len;
            if (at >= len && memcmp(text.ptr + at - len, breaks[i].ptr, len) == 0)
                return at;
        }
        at += directive.len;
    }
    return text.len;
}

/* The text is without byte order mark and has a pointer. */
static int read_text(struct reader *reader, struct boa_str text, struct boa_err *err)
{
    if (is_utf16(text))
        return refuse(reader, (yaml_mark_t){ 0 }, "the text is UTF-16; save it as UTF-8", err);
    size_t directive = find_tag_directive(text);
    if (directive != text.len) {
        boa_text_position(text, directive, &reader->line, &reader->column);
        return boa_err_set(err, BOA_ERR_DATA, "a %%TAG directive, which is not supported");
    }
    if (read_events(reader, text, err) != 0)
        return -1;
    if (reader->builder.root != NULL)
        return 0;
    struct boa_node *node = boa_tree_add(&reader->builder, BOA_NODE_OBJECT, err);
    if (node == NULL)
        return -1;
    node->line = node->column = 1;
    return 0;
}

int boa_tree_from_yaml(struct boa_node **out, struct boa_str text, struct boa_arena *arena,
                       uint64_t *line, uint64_t *column, struct boa_err *err)
{
    struct reader reader = { .builder = { .arena = arena } };
    struct boa_err local = { 0 }; /* its kind decides whether there is a place to report */

    if (boa_str_starts_with(text, BOA_STR_LIT("\xEF\xBB\xBF")))
        text = boa_str_from_byte(text, 3);
    if (text.len == 0)
        text = BOA_STR_LIT("\n"); /* libyaml wants a pointer */
    if (read_text(&reader, text, &local) == 0) {
        *out = reader.builder.root;
        return 0;
    }
    if (local.kind == BOA_ERR_DATA) {
        *line = reader.line;
        *column = reader.column;
    }
    if (err != NULL)
        *err = local;
    return -1;
}
