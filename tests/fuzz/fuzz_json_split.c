/* The splitter must say the same however the text is cut, and never contradict the scanner. */
#include "core/json/json_split.h"

#include "tests/fuzz/fuzz.h"

static enum boa_json_split_verdict split_in_steps(struct boa_json_split *split, struct boa_str text,
                                                  size_t step)
{
    enum boa_json_split_verdict verdict = BOA_JSON_SPLIT_MORE;

    boa_json_split_init(split);
    for (size_t len = 0; verdict == BOA_JSON_SPLIT_MORE && len < text.len;) {
        len = text.len - len > step ? len + step : text.len;
        verdict = boa_json_split_feed(split, boa_str_make(text.ptr, len));
        FUZZ_CHECK(split->offset <= len);
        FUZZ_CHECK(verdict != BOA_JSON_SPLIT_MORE || split->offset == len);
    }
    return verdict;
}

static enum boa_json_fault scan_all(size_t *offset, struct boa_str text)
{
    struct boa_json_scan scan;
    enum boa_json_kind kind;

    boa_json_scan_init(&scan, text);
    scan.python_literals = true;
    do
        kind = boa_json_scan_next(&scan);
    while (kind != BOA_JSON_ERROR && kind != BOA_JSON_END);
    *offset = scan.offset;
    return scan.fault;
}

/* Bare numbers and words are no business of the splitter's: it takes false+1 for one of them. */
static bool is_enclosed(struct boa_str text)
{
    size_t at = 0;

    while (at < text.len && memchr(" \t\r\n", text.ptr[at], 4) != NULL)
        at++;
    return at < text.len && memchr("{[\"", text.ptr[at], 3) != NULL;
}

int boa_fuzz_json_split(const uint8_t *data, size_t size)
{
    struct boa_str text = boa_str_make((const char *)data, size);
    struct boa_json_split split, other;
    enum boa_json_split_verdict verdict = split_in_steps(&split, text, SIZE_MAX);
    enum boa_json_fault fault;
    size_t offset;

    for (size_t step = 1; step < 4; step++) {
        FUZZ_CHECK(split_in_steps(&other, text, step) == verdict);
        FUZZ_CHECK(other.offset == split.offset && other.bare == split.bare);
    }
    fault = scan_all(&offset, text);
    if (verdict == BOA_JSON_SPLIT_BROKEN)
        FUZZ_CHECK(fault != BOA_JSON_FAULT_NONE && offset <= split.offset);
    if (!is_enclosed(text))
        return 0;
    if (fault == BOA_JSON_FAULT_TRAILING)
        FUZZ_CHECK(verdict == BOA_JSON_SPLIT_END && split.offset <= offset);
    if (verdict == BOA_JSON_SPLIT_END) {
        fault = scan_all(&offset, boa_str_make(text.ptr, split.offset));
        FUZZ_CHECK(fault != BOA_JSON_FAULT_TRAILING && fault != BOA_JSON_FAULT_EMPTY);
    }
    return 0;
}
