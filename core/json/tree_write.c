/* Writes trees without recursion: depth is the input's choice. */
#include "core/json/tree_write.h"

#include "core/json/json_write.h"

enum { INDENTED_LEVELS = 16 };

struct writer {
    struct boa_buf *buf;
    unsigned indent, depth;
    struct boa_err *err;
};

static bool is_container(const struct boa_node *node)
{
    return node->type == BOA_NODE_OBJECT || node->type == BOA_NODE_ARRAY;
}

static int put(const struct writer *w, const char *text)
{
    return boa_buf_put(w->buf, boa_str_from(text), w->err);
}

static int put_line(const struct writer *w)
{
    size_t blanks = (size_t)w->indent * w->depth;

    if (w->indent == 0 || w->depth > INDENTED_LEVELS)
        return 0;
    if (boa_buf_room(w->buf, blanks + 1, w->err) != 0)
        return -1;
    w->buf->ptr[w->buf->len++] = '\n';
    memset(w->buf->ptr + w->buf->len, ' ', blanks);
    w->buf->len += blanks;
    return 0;
}

/* What stands in front of a value: its line and, of a member, its key. */
static int put_front(const struct writer *w, const struct boa_node *node)
{
    if (w->depth == 0)
        return 0;
    if (put_line(w) != 0)
        return -1;
    if (node->parent->type != BOA_NODE_OBJECT)
        return 0;
    return boa_json_put_string(w->buf, node->key, w->err) != 0
               ? -1
               : put(w, w->indent != 0 ? ": " : ":");
}

/* A scalar, or the bracket that opens. */
static int put_value(const struct writer *w, const struct boa_node *node)
{
    switch (node->type) {
    case BOA_NODE_OBJECT:
        return put(w, "{");
    case BOA_NODE_ARRAY:
        return put(w, "[");
    case BOA_NODE_STRING:
    case BOA_NODE_PLAIN:
        return boa_json_put_string(w->buf, node->text, w->err);
    case BOA_NODE_NUMBER:
        return boa_buf_put(w->buf, node->text, w->err);
    case BOA_NODE_TRUE:
        return put(w, "true");
    case BOA_NODE_FALSE:
        return put(w, "false");
    case BOA_NODE_NULL:
        return put(w, "null");
    }
    return 0;
}

static int put_close(const struct writer *w, const struct boa_node *node)
{
    return put(w, node->type == BOA_NODE_OBJECT ? "}" : "]");
}

static int put_tree(struct writer *w, const struct boa_node *root)
{
    const struct boa_node *at = root;

    for (;;) {
        if (put_front(w, at) != 0 || put_value(w, at) != 0)
            return -1;
        if (is_container(at) && at->first != NULL) {
            w->depth++;
            at = at->first;
            continue;
        }
        if (is_container(at) && put_close(w, at) != 0)
            return -1;
        for (; at != root && at->next == NULL; at = at->parent) {
            w->depth--;
            /* A bracket goes to a line of its own where its members did. */
            if ((w->depth < INDENTED_LEVELS && put_line(w) != 0) || put_close(w, at->parent) != 0)
                return -1;
        }
        if (at == root)
            return 0;
        if (put(w, ",") != 0)
            return -1;
        at = at->next;
    }
}

int boa_tree_put(struct boa_buf *buf, const struct boa_node *node, unsigned indent,
                 struct boa_err *err)
{
    struct writer w = { .buf = buf, .indent = indent, .err = err };
    size_t before = buf->len;

    if (put_tree(&w, node) == 0)
        return 0;
    buf->len = before;
    return -1;
}
