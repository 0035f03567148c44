/* The scanner, the tree builder and skipping must agree on every text. */
#include "core/json/json_scan.h"

#include "core/json/json_tree.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_MAX = 64 << 20 };

struct verdict {
    enum boa_json_fault fault;
    size_t offset;
    size_t values;
};

static void check_text(const struct boa_json_scan *scan)
{
    char *text = malloc(scan->raw.len != 0 ? scan->raw.len : 1);
    FUZZ_CHECK(text != NULL);
    struct boa_str decoded = boa_str_make(text, boa_json_unescape(text, scan->raw));
    FUZZ_CHECK(decoded.len <= scan->raw.len);
    FUZZ_CHECK(scan->escaped ? decoded.len < scan->raw.len : boa_str_equal(decoded, scan->raw));
    FUZZ_CHECK(boa_utf8_valid_prefix(decoded) == decoded.len);
    free(text);
}

static struct verdict scan_all(struct boa_str text)
{
    struct verdict verdict = { 0 };
    struct boa_json_scan scan;
    enum boa_json_kind kind;
    size_t behind = 0; /* the end of the token before */
    boa_json_scan_init(&scan, text);
    while ((kind = boa_json_scan_next(&scan)) > BOA_JSON_END) {
        bool quoted = kind == BOA_JSON_KEY || kind == BOA_JSON_STRING;
        FUZZ_CHECK(scan.offset >= behind);
        FUZZ_CHECK(scan.raw.ptr == text.ptr + scan.offset + (quoted ? 1 : 0));
        behind = scan.offset + scan.raw.len + (quoted ? 2 : 0);
        FUZZ_CHECK(behind <= text.len);
        if (quoted)
            check_text(&scan);
        verdict.values += kind != BOA_JSON_KEY && kind != BOA_JSON_OBJECT_END &&
                          kind != BOA_JSON_ARRAY_END;
    }
    FUZZ_CHECK((kind == BOA_JSON_END) == (scan.fault == BOA_JSON_FAULT_NONE));
    FUZZ_CHECK(scan.offset <= text.len);
    FUZZ_CHECK(kind == BOA_JSON_ERROR || scan.offset == text.len);
    verdict.fault = scan.fault;
    verdict.offset = scan.offset;
    return verdict;
}

static void check_skip(struct boa_str text, const struct verdict *verdict)
{
    struct boa_json_scan scan;
    boa_json_scan_init(&scan, text);
    bool skipped = boa_json_scan_skip(&scan, boa_json_scan_next(&scan));
    FUZZ_CHECK(skipped || scan.fault != BOA_JSON_FAULT_NONE);
    boa_json_scan_next(&scan);
    FUZZ_CHECK(scan.fault == verdict->fault && scan.offset == verdict->offset);
    FUZZ_CHECK(!skipped || scan.fault == BOA_JSON_FAULT_NONE ||
               scan.fault == BOA_JSON_FAULT_TRAILING);
}

static size_t count_nodes(const struct boa_node *root)
{
    size_t nodes = 0;
    const struct boa_node *node = root;
    while (node != NULL) {
        nodes++;
        if (node->first != NULL) {
            node = node->first;
            continue;
        }
        while (node != NULL && node->next == NULL)
            node = node->parent;
        node = node != NULL ? node->next : NULL;
    }
    return nodes;
}

static void check_tree(struct boa_str text, const struct verdict *verdict)
{
    struct boa_arena arena;
    struct boa_node *root = NULL;
    struct boa_err err = { 0 };
    uint64_t line = 0, column = 0, want_line, want_column;
    boa_arena_init(&arena, ARENA_MAX);
    if (boa_tree_from_json(&root, text, &arena, &line, &column, &err) == 0) {
        FUZZ_CHECK(verdict->fault == BOA_JSON_FAULT_NONE);
        FUZZ_CHECK(count_nodes(root) == verdict->values);
    } else if (err.kind == BOA_ERR_DATA) {
        FUZZ_CHECK(root == NULL);
        FUZZ_CHECK(boa_str_equal_lit(boa_str_from(err.text), boa_json_fault_text(verdict->fault)));
        boa_text_position(text, verdict->offset, &want_line, &want_column);
        FUZZ_CHECK(line == want_line && column == want_column);
    } else {
        FUZZ_CHECK(err.kind == BOA_ERR_LIMIT);
    }
    boa_arena_release(&arena);
}

int boa_fuzz_json_scan(const uint8_t *data, size_t size)
{
    struct boa_str text = boa_str_make((const char *)data, size);
    struct verdict verdict = scan_all(text);
    check_skip(text, &verdict);
    check_tree(text, &verdict);
    return 0;
}
