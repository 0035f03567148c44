/* Written JSON, byte by byte and as json-c reads it back. */
#include "core/json/json_write.h"

#include <json-c/json.h>
#include <stdlib.h>

#include "core/json/json_scan.h"
#include "tests/unit/unit.h"

enum { BUF_MAX = 1 << 20 };

static void strings_are_escaped_as_promised(void **state)
{
    static const struct {
        struct boa_str text;
        const char *json;
    } cases[] = {
        { { NULL, 0 }, "\"\"" },
        { BOA_STR("plain / text"), "\"plain / text\"" },
        { BOA_STR("\"\\"), "\"\\\"\\\\\"" },
        { BOA_STR("a word of DEL\x7F among text"), "\"a word of DEL\\u007f among text\"" },
        { BOA_STR("a\b\t\n\f\rz"), "\"a\\b\\t\\n\\f\\rz\"" },
        { BOA_STR("\0\x01\x0B\x1F\x7F"), "\"\\u0000\\u0001\\u000b\\u001f\\u007f\"" },
        { BOA_STR("\xC3\xA9\xE2\x80\xA8\xF0\x9D\x84\x9E"),
          "\"\xC3\xA9\xE2\x80\xA8\xF0\x9D\x84\x9E\"" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char out[128];
        char *end = boa_json_write_string(out, cases[i].text);
        assert_text_equal(boa_str_make(out, (size_t)(end - out)), cases[i].json);
    }
}

/* Of bytes that need no escape, two bytes, six bytes; AddressSanitizer watches the end. */
static void no_string_exceeds_its_bound(void **state)
{
    static const char letters[] = { 'x', '\n', '\x01' };
    (void)state;
    for (size_t i = 0; i < sizeof(letters); i++) {
        enum { LEN = 100 };
        char text[LEN], *out = malloc(boa_json_string_bound(LEN));
        assert_non_null(out);
        memset(text, letters[i], LEN);
        size_t len = (size_t)(boa_json_write_string(out, boa_str_make(text, LEN)) - out);
        assert_true(len <= boa_json_string_bound(LEN));
        free(out);
    }
}

static void bad_utf8_is_replaced_byte_by_byte(void **state)
{
    static const struct {
        struct boa_str text;
        const char *json;
    } cases[] = {
        { BOA_STR("a\xFFz"), "\"a\xEF\xBF\xBDz\"" },
        { BOA_STR("\xE6\x9D"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
        { BOA_STR("\xED\xA0\x80\n"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\\n\"" },
        { BOA_STR("\xC3\xA9\xC3"), "\"\xC3\xA9\xEF\xBF\xBD\"" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct boa_buf buf;
        struct boa_err err = { 0 };
        boa_buf_init(&buf, BUF_MAX);
        assert_int_equal(boa_json_put_string(&buf, cases[i].text, &err), 0);
        assert_text_equal(boa_buf_str(&buf), cases[i].json);
        boa_buf_release(&buf);
    }
}

/* All pairs of ASCII characters, at many places of a text of several words of eight bytes. */
static void jsonc_reads_back_what_was_put(void **state)
{
    struct boa_buf buf;
    struct boa_err err = { 0 };
    (void)state;
    boa_buf_init(&buf, BUF_MAX);
    for (int first = 0; first < 128; first++) {
        for (int second = 0; second < 128; second++) {
            char text[] = "0123456\xC3\xA9 abcdefghij\xE6\x9D\xB1";
            size_t at = (size_t)first % 6 + (second % 2 != 0 ? 9 : 0);
            text[at] = (char)first;
            text[at + 1] = (char)second;
            size_t len = sizeof(text) - 1;
            boa_buf_clear(&buf);
            assert_int_equal(boa_json_put_string(&buf, boa_str_make(text, len), &err), 0);
            assert_int_equal(boa_buf_put_byte(&buf, '\0', &err), 0);
            struct json_object *object = json_tokener_parse(buf.ptr);
            assert_int_equal(json_object_get_string_len(object), len);
            assert_memory_equal(json_object_get_string(object), text, len);
            json_object_put(object);
        }
    }
    boa_buf_release(&buf);
}

/* A string that just fits must be taken; one byte less, and the buffer is as it was. */
static void the_limit_counts_real_bytes(void **state)
{
    static const struct boa_str text = BOA_STR("ab\ncd\x01\xFF");
    static const char want[] = "\"ab\\ncd\\u0001\xEF\xBF\xBD\"";
    (void)state;
    for (size_t max = 1; max <= sizeof(want); max++) {
        struct boa_buf buf;
        struct boa_err err = { 0 };
        boa_buf_init(&buf, max);
        assert_int_equal(boa_buf_put_byte(&buf, '[', &err), 0);
        int status = boa_json_put_string(&buf, text, &err);
        assert_int_equal(status, max < sizeof(want) ? -1 : 0);
        assert_int_equal(err.kind, status != 0 ? BOA_ERR_LIMIT : BOA_ERR_NONE);
        assert_int_equal(buf.len, status != 0 ? 1 : sizeof(want));
        boa_buf_release(&buf);
    }
}

static void write_sample(struct boa_json_writer *w)
{
    boa_json_begin_object(w);
    boa_json_key(w, "v");
    boa_json_number(w, BOA_STR_LIT("1.50"));
    boa_json_key(w, "na\"me");
    boa_json_string(w, BOA_STR_LIT("caf\xC3\xA9\n"));
    boa_json_key(w, "list");
    boa_json_begin_array(w);
    boa_json_uint(w, 0);
    boa_json_uint(w, UINT64_MAX);
    boa_json_bool(w, true);
    boa_json_begin_object(w);
    boa_json_end(w);
    boa_json_begin_array(w);
    boa_json_end(w);
    boa_json_end(w);
    boa_json_key(w, "last");
    boa_json_bool(w, false);
    boa_json_end(w);
}

static void documents_are_compact_or_indented(void **state)
{
    static const char *const want[] = {
        "{\"v\":1.50,\"na\\\"me\":\"caf\xC3\xA9\\n\",\"list\":[0,18446744073709551615,true,{},[]],"
        "\"last\":false}",
        "{\n  \"v\": 1.50,\n  \"na\\\"me\": \"caf\xC3\xA9\\n\",\n  \"list\": [\n    0,\n"
        "    18446744073709551615,\n    true,\n    {},\n    []\n  ],\n  \"last\": false\n}",
    };
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct boa_buf buf;
        struct boa_err err = { 0 };
        struct boa_json_writer w;
        boa_buf_init(&buf, BUF_MAX);
        boa_json_writer_init(&w, &buf, 2 * i);
        write_sample(&w);
        assert_int_equal(boa_json_writer_finish(&w, &err), 0);
        assert_text_equal(boa_buf_str(&buf), want[i]);
        boa_buf_release(&buf);
    }
}

static void documents_nest_up_to_a_limit(void **state)
{
    (void)state;
    for (unsigned levels = BOA_JSON_WRITER_DEPTH_MAX; levels <= BOA_JSON_WRITER_DEPTH_MAX + 1;
         levels++) {
        struct boa_buf buf;
        struct boa_err err = { 0 };
        struct boa_json_writer w;
        boa_buf_init(&buf, BUF_MAX);
        boa_json_writer_init(&w, &buf, 0);
        for (unsigned i = 0; i < levels; i++) { /* objects and arrays in turn */
            if (i % 2 == 0) {
                boa_json_begin_array(&w);
            } else {
                boa_json_begin_object(&w);
                boa_json_key(&w, "k");
            }
        }
        boa_json_uint(&w, 1);
        for (unsigned i = 0; i < levels; i++)
            boa_json_end(&w);
        bool fits = levels == BOA_JSON_WRITER_DEPTH_MAX;
        assert_int_equal(boa_json_writer_finish(&w, &err), fits ? 0 : -1);
        assert_int_equal(err.kind, fits ? BOA_ERR_NONE : BOA_ERR_LIMIT);
        if (fits) {
            struct json_tokener *tok = json_tokener_new_ex((int)levels + 1);
            struct json_object *object = json_tokener_parse_ex(tok, buf.ptr, (int)buf.len);
            assert_non_null(object);
            json_object_put(object);
            json_tokener_free(tok);
        }
        boa_buf_release(&buf);
    }
}

static int write_and_free(void *user, struct boa_err *err)
{
    struct boa_buf buf;
    struct boa_json_writer w;
    char long_text[5000];
    (void)user;
    memset(long_text, 'x', sizeof(long_text));
    boa_buf_init(&buf, BUF_MAX);
    boa_json_writer_init(&w, &buf, 4);
    boa_json_begin_array(&w);
    write_sample(&w);
    for (size_t len = 500; len <= sizeof(long_text); len += 500)
        boa_json_string(&w, boa_str_make(long_text, len));
    write_sample(&w);
    boa_json_end(&w);
    int status = boa_json_writer_finish(&w, err);
    boa_buf_release(&buf);
    return status;
}

static void the_first_failure_is_kept_for_the_end(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(write_and_free) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped_as_promised),
        cmocka_unit_test(no_string_exceeds_its_bound),
        cmocka_unit_test(bad_utf8_is_replaced_byte_by_byte),
        cmocka_unit_test(jsonc_reads_back_what_was_put),
        cmocka_unit_test(the_limit_counts_real_bytes),
        cmocka_unit_test(documents_are_compact_or_indented),
        cmocka_unit_test(documents_nest_up_to_a_limit),
        cmocka_unit_test(the_first_failure_is_kept_for_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
