/* Any bytes put as a string are read back: the same ones if they were UTF-8. */
#include "core/json/json_scan.h"
#include "core/json/json_write.h"
#include "tests/fuzz/fuzz.h"

static void check_written(struct boa_str json, struct boa_str text)
{
    struct boa_json_scan scan;
    boa_json_scan_init(&scan, json);
    FUZZ_CHECK(boa_json_scan_next(&scan) == BOA_JSON_STRING);
    char *back = malloc(scan.raw.len != 0 ? scan.raw.len : 1);
    FUZZ_CHECK(back != NULL);
    struct boa_str decoded = boa_str_make(back, boa_json_unescape(back, scan.raw));
    FUZZ_CHECK(boa_json_scan_next(&scan) == BOA_JSON_END);
    FUZZ_CHECK(boa_utf8_valid_prefix(decoded) == decoded.len);
    bool was_utf8 = boa_utf8_valid_prefix(text) == text.len;
    FUZZ_CHECK(boa_str_equal(decoded, text) == was_utf8);
    free(back);
}

int boa_fuzz_json_string(const uint8_t *data, size_t size)
{
    struct boa_str text = boa_str_make((const char *)data, size);
    struct boa_buf buf;
    struct boa_err err = { 0 };
    boa_buf_init(&buf, boa_json_string_bound(size));
    FUZZ_CHECK(boa_json_put_string(&buf, text, &err) == 0);
    check_written(boa_buf_str(&buf), text);
    if (boa_utf8_valid_prefix(text) == size) {
        char *out = malloc(boa_json_string_bound(size));
        FUZZ_CHECK(out != NULL);
        char *end = boa_json_write_string(out, text);
        FUZZ_CHECK(boa_str_equal(boa_str_make(out, (size_t)(end - out)), boa_buf_str(&buf)));
        free(out);
    }
    boa_buf_release(&buf);
    return 0;
}
