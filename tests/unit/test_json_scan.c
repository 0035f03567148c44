/* Verdicts, tokens and offsets of the JSON scanner, held against json-c and hand-written
 * expectations. */
#include "core/json/json_scan.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/unit.h"

/* A text, what is wrong with it and where; and why json-c sees that differently, if it does. */
struct verdict_case {
    struct boa_str text;
    enum boa_json_fault fault;
    size_t offset;
    const char *jsonc_differs;
};

/* clang-format off */
#define NONE       BOA_JSON_FAULT_NONE
#define UNEXPECTED BOA_JSON_FAULT_UNEXPECTED
#define UNFINISHED BOA_JSON_FAULT_UNFINISHED
#define TRAILING   BOA_JSON_FAULT_TRAILING
#define COMMA      BOA_JSON_FAULT_COMMA
#define LITERAL    BOA_JSON_FAULT_LITERAL
#define NUMBER     BOA_JSON_FAULT_NUMBER
#define STRING     BOA_JSON_FAULT_STRING
#define ESCAPE     BOA_JSON_FAULT_ESCAPE
#define UTF8       BOA_JSON_FAULT_UTF8
static const struct verdict_case verdict_cases[] = {
    { BOA_STR("{}"),                         NONE, 0, NULL },
    { BOA_STR(" \t\r\n[ ] \n"),              NONE, 0, NULL },
    { BOA_STR("{\"a\" : [1 , {}, []] , \"b\":null}"), NONE, 0, NULL },
    { BOA_STR("\"text\""),                   NONE, 0, NULL },
    { BOA_STR("\"\""),                       NONE, 0, NULL },
    { BOA_STR("\"\\u0000\\ud834\\uDD1e\\\"\\\\\\/\\b\\f\\n\\r\\t\""), NONE, 0, NULL },
    { BOA_STR("\"\\ud834\""),                NONE, 0, NULL },
    { BOA_STR("\"\x7F\""),                   NONE, 0, NULL },
    { BOA_STR("\"\xC3\xA9\xE6\x9D\xB1\xF0\x9D\x84\x9E\""), NONE, 0, NULL },
    { BOA_STR("true"),                       NONE, 0, NULL },
    { BOA_STR("[false]"),                    NONE, 0, NULL },
    { BOA_STR("[null]"),                     NONE, 0, NULL },
    { BOA_STR("0"),                          NONE, 0, NULL },
    { BOA_STR("[-0]"),                       NONE, 0, NULL },
    { BOA_STR("[-0.0e-00]"),                 NONE, 0, NULL },
    { BOA_STR("[1E+2,1e2,0.5,120]"),         NONE, 0, NULL },
    { BOA_STR("[123456789012345678901234567890]"), NONE, 0, NULL },
    { BOA_STR("{\"a\":1,\"a\":2}"),          NONE, 0, NULL },

    { BOA_STR(""),                           BOA_JSON_FAULT_EMPTY, 0, NULL },
    { BOA_STR(" \n"),                        BOA_JSON_FAULT_EMPTY, 2, NULL },
    { BOA_STR("\xEF\xBB\xBF{}"),             BOA_JSON_FAULT_BOM, 0, NULL },
    { BOA_STR("\xFF\xFE{\0}\0"),             BOA_JSON_FAULT_BOM, 0, NULL },
    { BOA_STR("\xFE\xFF\0{\0}"),             BOA_JSON_FAULT_BOM, 0, NULL },

    { BOA_STR("]"),                          UNEXPECTED, 0, NULL },
    { BOA_STR("[}"),                         UNEXPECTED, 1, NULL },
    { BOA_STR("{]"),                         UNEXPECTED, 1, NULL },
    { BOA_STR("[1}"),                        UNEXPECTED, 2, NULL },
    { BOA_STR("[,1]"),                       UNEXPECTED, 1, NULL },
    { BOA_STR("[1,,2]"),                     UNEXPECTED, 3, NULL },
    { BOA_STR("[1 2]"),                      UNEXPECTED, 3, NULL },
    { BOA_STR("{,}"),                        UNEXPECTED, 1, NULL },
    { BOA_STR("{\"a\" 1}"),                  UNEXPECTED, 5, NULL },
    { BOA_STR("{\"a\"}"),                    UNEXPECTED, 4, NULL },
    { BOA_STR("{\"a\":}"),                   UNEXPECTED, 5, NULL },
    { BOA_STR("{\"a\":1 \"b\":2}"),          UNEXPECTED, 7, NULL },
    { BOA_STR("{\"a\"::1}"),                 UNEXPECTED, 5, NULL },
    { BOA_STR("{a:1}"),                      UNEXPECTED, 1, NULL },
    { BOA_STR("{1:1}"),                      UNEXPECTED, 1, NULL },
    { BOA_STR("{'a':1}"),                    UNEXPECTED, 1, "takes keys in single quotes" },
    { BOA_STR("['a']"),                      UNEXPECTED, 1, NULL },
    { BOA_STR("[1]//x"),                     TRAILING,   3, NULL },
    { BOA_STR("/**/[1]"),                    UNEXPECTED, 0, NULL },
    { BOA_STR("[\f1]"),                      UNEXPECTED, 1, NULL },
    { BOA_STR("[\v1]"),                      UNEXPECTED, 1, NULL },
    { BOA_STR("[\xC2\xA0" "1]"),             UNEXPECTED, 1, NULL },
    { BOA_STR("[\xEF\xBB\xBF" "1]"),         UNEXPECTED, 1, NULL },
    { BOA_STR("[1,\0]"),                     UNEXPECTED, 3, NULL },

    { BOA_STR("["),                          UNFINISHED, 1, NULL },
    { BOA_STR("[1"),                         UNFINISHED, 2, NULL },
    { BOA_STR("[1, "),                       UNFINISHED, 4, NULL },
    { BOA_STR("{"),                          UNFINISHED, 1, NULL },
    { BOA_STR("{\"a"),                       UNFINISHED, 3, NULL },
    { BOA_STR("{\"a\" "),                    UNFINISHED, 5, NULL },
    { BOA_STR("{\"a\": "),                   UNFINISHED, 6, NULL },
    { BOA_STR("{\"a\":1,"),                  UNFINISHED, 7, NULL },
    { BOA_STR("\"\\"),                       UNFINISHED, 2, NULL },
    { BOA_STR("\"\\u00"),                    UNFINISHED, 5, NULL },
    { BOA_STR("\"\xE6\x9D"),                 UNFINISHED, 3, NULL },
    { BOA_STR("tru"),                        UNFINISHED, 3, NULL },
    { BOA_STR("[nul"),                       UNFINISHED, 4, NULL },

    { BOA_STR("{} {}"),                      TRAILING, 3, NULL },
    { BOA_STR("1 2"),                        TRAILING, 2, NULL },
    { BOA_STR("[1]]"),                       TRAILING, 3, NULL },
    { BOA_STR("\"a\"\xEF\xBB\xBF"),          TRAILING, 3, NULL },
    { BOA_STR("{}\0"),                       TRAILING, 2, "a NUL ends its text" },

    { BOA_STR("[1,]"),                       COMMA, 2, NULL },
    { BOA_STR("[1 ,\n]"),                    COMMA, 3, NULL },
    { BOA_STR("{\"a\":1,}"),                 COMMA, 6, NULL },
    { BOA_STR("[1,}"),                       UNEXPECTED, 3, NULL },

    { BOA_STR("NaN"),                        LITERAL, 0, "takes NaN" },
    { BOA_STR("[Infinity]"),                 LITERAL, 1, "takes Infinity" },
    { BOA_STR("[-Infinity]"),                LITERAL, 1, "takes -Infinity" },
    { BOA_STR("[-NaN]"),                     LITERAL, 1, NULL },
    { BOA_STR("[None]"),                     LITERAL, 1, NULL },
    { BOA_STR("[True]"),                     LITERAL, 1, NULL },
    { BOA_STR("[TRUE]"),                     LITERAL, 1, NULL },
    { BOA_STR("[truex]"),                    LITERAL, 1, NULL },
    { BOA_STR("[true1]"),                    LITERAL, 1, NULL },
    { BOA_STR("[nulL]"),                     LITERAL, 1, NULL },
    { BOA_STR("[undefined]"),                LITERAL, 1, NULL },
    { BOA_STR("[truth]"),                    LITERAL, 1, NULL },

    { BOA_STR("01"),                         NUMBER, 0, NULL },
    { BOA_STR("[-01]"),                      NUMBER, 1, "takes zeros behind a minus" },
    { BOA_STR("[+1]"),                       NUMBER, 1, NULL },
    { BOA_STR("[.5]"),                       NUMBER, 1, NULL },
    { BOA_STR("[1.]"),                       NUMBER, 1, "takes a point at the end" },
    { BOA_STR("[1.e1]"),                     NUMBER, 1, "takes a point before the e" },
    { BOA_STR("[1e]"),                       NUMBER, 1, NULL },
    { BOA_STR("[1e+]"),                      NUMBER, 1, NULL },
    { BOA_STR("[-]"),                        NUMBER, 1, NULL },
    { BOA_STR("[- 1]"),                      NUMBER, 1, NULL },
    { BOA_STR("[0x1]"),                      NUMBER, 1, NULL },
    { BOA_STR("[1.2.3]"),                    NUMBER, 1, NULL },
    { BOA_STR("[1-2]"),                      NUMBER, 1, NULL },
    { BOA_STR("[12abc]"),                    NUMBER, 1, NULL },
    { BOA_STR("[1_000]"),                    NUMBER, 1, NULL },
    { BOA_STR("-"),                          NUMBER, 0, NULL },
    { BOA_STR("1."),                         NUMBER, 0, "takes a point at the end" },
    { BOA_STR("1e"),                         NUMBER, 0, NULL },

    { BOA_STR("\"a\nb\""),                   STRING, 2, "takes raw control characters" },
    { BOA_STR("[\"a\tb\"]"),                 STRING, 3, "takes raw control characters" },
    { BOA_STR("[\"\x1F\"]"),                 STRING, 2, "takes raw control characters" },
    { BOA_STR("[\"a\0b\"]"),                 STRING, 3, NULL },
    { BOA_STR("{\"a\n\":1}"),                STRING, 3, "takes raw control characters" },

    { BOA_STR("\"\\x41\""),                  ESCAPE, 1, NULL },
    { BOA_STR("\"\\'\""),                    ESCAPE, 1, NULL },
    { BOA_STR("\"ab\\u12g4\""),              ESCAPE, 3, NULL },
    { BOA_STR("\"\\u12\""),                  ESCAPE, 1, NULL },
    { BOA_STR("\"\\U0041\""),                ESCAPE, 1, NULL },
    { BOA_STR("\"\\\0\""),                   ESCAPE, 1, NULL },

    { BOA_STR("\"\x80\""),                   UTF8, 1, NULL },
    { BOA_STR("\"a\xC0\xAF\""),              UTF8, 2, "does not see overlong forms" },
    { BOA_STR("\"\xC3\""),                   UTF8, 1, NULL },
    { BOA_STR("\"\xC3("),                    UTF8, 1, NULL },
    { BOA_STR("\"\xE0\x80\xAF\""),           UTF8, 1, "does not see overlong forms" },
    { BOA_STR("\"\xED\xA0\x80\""),           UTF8, 1, "does not see surrogates" },
    { BOA_STR("\"\xF4\x90\x80\x80\""),       UTF8, 1, "does not see what is beyond U+10FFFF" },
    { BOA_STR("\"\xF5\x80\x80\x80\""),       UTF8, 1, "does not see what is beyond U+10FFFF" },
    { BOA_STR("\"\xFF\""),                   UTF8, 1, NULL },
    { BOA_STR("{\"\xE9\":1}"),               UTF8, 2, NULL },
};
/* clang-format on */

enum { VERDICT_CASES = sizeof(verdict_cases) / sizeof(verdict_cases[0]) };

/* A copy of exactly that many bytes, so that AddressSanitizer sees every byte read too far. */
static char *tight_copy(struct boa_str text)
{
    char *copy = malloc(text.len != 0 ? text.len : 1);
    assert_non_null(copy);
    if (text.len != 0)
        memcpy(copy, text.ptr, text.len);
    return copy;
}

static enum boa_json_fault scan_all(struct boa_str text, size_t *offset)
{
    char *copy = tight_copy(text);
    struct boa_json_scan scan;
    enum boa_json_kind kind;
    boa_json_scan_init(&scan, boa_str_make(copy, text.len));
    do
        kind = boa_json_scan_next(&scan);
    while (kind != BOA_JSON_ERROR && kind != BOA_JSON_END);
    assert_int_equal(boa_json_scan_next(&scan), kind); /* both last for ever */
    *offset = scan.offset;
    free(copy);
    return scan.fault;
}

static void verdict_and_offset_are_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < VERDICT_CASES; i++) {
        const struct verdict_case *c = &verdict_cases[i];
        size_t offset;
        enum boa_json_fault fault = scan_all(c->text, &offset);
        size_t want = c->fault == NONE ? c->text.len : c->offset;
        if (fault != c->fault || offset != want)
            fail_msg("%.*s: want fault %d at %zu, have %d at %zu", BOA_STR_FMT(c->text), c->fault,
                     want, fault, offset);
    }
}

static bool jsonc_accepts(struct boa_str text)
{
    struct json_tokener *tok = json_tokener_new();
    char *copy = tight_copy(boa_str_make(text.ptr, text.len + 1)); /* with its NUL */
    json_tokener_set_flags(tok, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    struct json_object *object = json_tokener_parse_ex(tok, copy, (int)text.len + 1);
    bool accepts = json_tokener_get_error(tok) == json_tokener_success;
    json_object_put(object);
    json_tokener_free(tok);
    free(copy);
    return accepts;
}

static void jsonc_agrees_but_where_it_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < VERDICT_CASES; i++) {
        const struct verdict_case *c = &verdict_cases[i];
        bool agrees = jsonc_accepts(c->text) == (c->fault == NONE);
        if (agrees != (c->jsonc_differs == NULL))
            fail_msg("%.*s: json-c %s", BOA_STR_FMT(c->text), agrees ? "agrees" : "differs");
    }
}

/* One letter a token, with the raw text where there is one. */
static void trace(char *out, size_t size, struct boa_str text)
{
    static const char letters[] = "!.{}[]ksntfz";
    char *copy = tight_copy(text);
    struct boa_json_scan scan;
    enum boa_json_kind kind;
    size_t len = 0;
    boa_json_scan_init(&scan, boa_str_make(copy, text.len));
    do {
        kind = boa_json_scan_next(&scan);
        bool texty = kind == BOA_JSON_KEY || kind == BOA_JSON_STRING || kind == BOA_JSON_NUMBER;
        len += (size_t)snprintf(out + len, size - len, "%c%zu", letters[kind], scan.offset);
        if (texty)
            len += (size_t)snprintf(out + len, size - len, "(%.*s)%s", BOA_STR_FMT(scan.raw),
                                    kind != BOA_JSON_NUMBER && scan.escaped ? "\\" : "");
        len += (size_t)snprintf(out + len, size - len, " ");
    } while (kind != BOA_JSON_ERROR && kind != BOA_JSON_END);
    free(copy);
}

static void tokens_come_with_offset_and_raw_text(void **state)
{
    char have[512];
    (void)state;
    trace(have, sizeof(have),
          BOA_STR_LIT("{\"a\": [1, -2.5e3 ,\"x\\ny\"],\"\":{ },\"b\\t\":true}"));
    assert_string_equal(have, "{0 k1(a) [6 n7(1) n10(-2.5e3) s18(x\\ny)\\ ]24 k26() {29 }31 "
                              "k33(b\\t)\\ t39 }43 .44 ");
    trace(have, sizeof(have), BOA_STR_LIT(" [ false,null , [ ] ] "));
    assert_string_equal(have, "[1 f3 z9 [16 ]18 ]20 .22 ");
    trace(have, sizeof(have), BOA_STR_LIT("{\"a\":1,\"b\" 2}"));
    assert_string_equal(have, "{0 k1(a) n5(1) !11 ");
}

static void every_cut_of_a_document_is_unfinished(void **state)
{
    static const char text[] =
        "{\"caf\xC3\xA9\": [true, null, \"\\u00e9\xF0\x9D\x84\x9E\", {\"x\": []}, 1 ]}";
    (void)state;
    for (size_t len = 1; len < sizeof(text) - 1; len++) {
        size_t offset;
        enum boa_json_fault fault = scan_all(boa_str_make(text, len), &offset);
        assert_int_equal(fault, BOA_JSON_FAULT_UNFINISHED);
        assert_int_equal(offset, len);
    }
}

/* Against the definition of UTF-8 and not against a table: decode, then look at what came out. */
static bool is_character(const unsigned char *bytes, size_t len)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    uint32_t code = bytes[0] & (0xFFu >> (len + 1));
    if ((bytes[0] & (0xFF00u >> len) & 0xFF) != ((0xFF00u >> len) & 0xFF) ||
        (bytes[0] >> (7 - len) & 1) != 0)
        return false;
    for (size_t i = 1; i < len; i++) {
        if (bytes[i] >> 6 != 2)
            return false;
        code = code << 6 | (bytes[i] & 0x3F);
    }
    return code >= least[len] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

static bool is_utf8(const unsigned char *bytes, size_t len)
{
    size_t pos = 0;
    while (pos < len) {
        size_t part = bytes[pos] < 0x80 ? 1 : 2;
        while (part > 1 && part <= 4 && pos + part <= len && !is_character(bytes + pos, part))
            part++;
        if (part > 4 || pos + part > len)
            return false;
        pos += part;
    }
    return true;
}

/* Every first byte with every second one, followed by none, one or two continuation bytes. */
static void utf8_is_what_the_standard_says(void **state)
{
    size_t good = 0;
    (void)state;
    for (unsigned n = 0x8000; n <= 0xFFFF; n++) {
        for (size_t len = 2; len <= 4; len++) {
            unsigned char bytes[] = { '"', (unsigned char)(n >> 8), (unsigned char)n, 0x80, 0x80,
                                      '"' };
            struct boa_json_scan scan;
            bytes[len + 1] = '"';
            boa_json_scan_init(&scan, boa_str_make((const char *)bytes, len + 2));
            bool want = is_utf8(bytes + 1, len);
            bool have = boa_json_scan_next(&scan) == BOA_JSON_STRING;
            assert_int_equal(have, want);
            if (!have)
                assert_int_equal(scan.fault, BOA_JSON_FAULT_UTF8);
            good += have;
        }
    }
    /* U+0080..U+07FF; a 64th of U+0800..U+FFFF without surrogates; a 4096th of the rest. */
    assert_int_equal(good, 0x780 + (0xF800 - 0x800) / 64 + 0x100000 / 4096);
}

static struct boa_str nested(char *text, size_t levels, char open, char close)
{
    memset(text, open, levels);
    memset(text + levels, close, levels);
    return boa_str_make(text, 2 * levels);
}

static void depth_has_a_limit(void **state)
{
    static char text[4 * BOA_JSON_DEPTH_MAX];
    size_t offset;
    (void)state;
    assert_int_equal(scan_all(nested(text, BOA_JSON_DEPTH_MAX, '[', ']'), &offset), NONE);
    assert_int_equal(scan_all(nested(text, BOA_JSON_DEPTH_MAX + 1, '[', ']'), &offset),
                     BOA_JSON_FAULT_DEPTH);
    assert_int_equal(offset, BOA_JSON_DEPTH_MAX);
}

/* Objects and arrays in turn: each bracket must find its own partner on every level. */
static void brackets_match_on_every_level(void **state)
{
    static char text[8 * BOA_JSON_DEPTH_MAX];
    size_t len = 0, middle, offset;
    (void)state;
    for (size_t i = 0; i < BOA_JSON_DEPTH_MAX / 2; i++) {
        memcpy(text + len, "[{\"\":", 5);
        len += 5;
    }
    middle = len;
    text[len++] = '1';
    for (size_t i = 0; i < BOA_JSON_DEPTH_MAX / 2; i++) {
        text[len++] = '}';
        text[len++] = ']';
    }
    assert_int_equal(scan_all(boa_str_make(text, len), &offset), NONE);
    for (size_t i = middle + 1; i < len; i++) {
        char right = text[i];
        text[i] = right == ']' ? '}' : ']';
        assert_int_equal(scan_all(boa_str_make(text, len), &offset), UNEXPECTED);
        assert_int_equal(offset, i);
        text[i] = right;
    }
}

static void skip_ends_behind_the_value(void **state)
{
    struct boa_json_scan scan;
    (void)state;
    boa_json_scan_init(&scan, BOA_STR_LIT("{\"a\":[1,{\"x\":[]}],\"b\":2,\"c\":{\"d\":[tru]}}"));
    assert_int_equal(boa_json_scan_next(&scan), BOA_JSON_OBJECT_BEGIN);
    assert_int_equal(boa_json_scan_next(&scan), BOA_JSON_KEY);
    enum boa_json_kind kind = boa_json_scan_next(&scan);
    assert_int_equal(kind, BOA_JSON_ARRAY_BEGIN);
    assert_true(boa_json_scan_skip(&scan, kind));
    assert_int_equal(boa_json_scan_next(&scan), BOA_JSON_KEY);
    assert_text_equal(scan.raw, "b");
    assert_true(boa_json_scan_skip(&scan, BOA_JSON_KEY));
    assert_int_equal(boa_json_scan_next(&scan), BOA_JSON_KEY);
    assert_text_equal(scan.raw, "c");
    kind = boa_json_scan_next(&scan);
    assert_false(boa_json_scan_skip(&scan, kind));
    assert_int_equal(scan.fault, BOA_JSON_FAULT_LITERAL);
    assert_false(boa_json_scan_skip(&scan, BOA_JSON_ERROR));

    boa_json_scan_init(&scan, BOA_STR_LIT("[1,2]"));
    assert_int_equal(boa_json_scan_next(&scan), BOA_JSON_ARRAY_BEGIN);
    kind = boa_json_scan_next(&scan);
    assert_true(boa_json_scan_skip(&scan, kind));
    assert_int_equal(boa_json_scan_next(&scan), BOA_JSON_NUMBER);
    assert_text_equal(scan.raw, "2");
}

static void escapes_are_decoded(void **state)
{
    static const struct {
        struct boa_str raw, text;
    } cases[] = {
        { BOA_STR(""), BOA_STR("") },
        { BOA_STR("plain \xC3\xA9"), BOA_STR("plain \xC3\xA9") },
        { BOA_STR("\\\"\\\\\\/\\b\\f\\n\\r\\t"), BOA_STR("\"\\/\b\f\n\r\t") },
        { BOA_STR("\\u0000\\u0041\\u007f"), BOA_STR("\0A\x7F") },
        { BOA_STR("\\u0080\\u07FF\\u0800\\uffff"),
          BOA_STR("\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF") },
        { BOA_STR("\\ud800\\udc00\\uDBFF\\uDFFF"), BOA_STR("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF") },
        { BOA_STR("\\ud834"), BOA_STR("\xEF\xBF\xBD") },
        { BOA_STR("\\udd1e\\ud834"), BOA_STR("\xEF\xBF\xBD\xEF\xBF\xBD") },
        { BOA_STR("\\ud834\\ud834\\udd1e"), BOA_STR("\xEF\xBF\xBD\xF0\x9D\x84\x9E") },
        { BOA_STR("\\ud834\\u0041x"), BOA_STR("\xEF\xBF\xBD"
                                              "Ax") },
        { BOA_STR("\\ud834\\n\\ud834dd1e"), BOA_STR("\xEF\xBF\xBD\n\xEF\xBF\xBD"
                                                    "dd1e") },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *raw = tight_copy(cases[i].raw);
        size_t raw_len = cases[i].raw.len;
        char *out = malloc(raw_len != 0 ? raw_len : 1);
        assert_non_null(out);
        size_t len = boa_json_unescape(out, boa_str_make(raw, raw_len));
        assert_int_equal(len, cases[i].text.len);
        assert_memory_equal(out, cases[i].text.ptr, len);
        free(out);
        free(raw);
    }
}

static void positions_count_code_points(void **state)
{
    static const struct boa_str text = BOA_STR("a\xC3\xA9 b\r\n\n\xF0\x9D\x84\x9Ez");
    static const struct {
        size_t offset;
        uint64_t line, column;
    } cases[] = { { 0, 1, 1 }, { 1, 1, 2 },  { 3, 1, 3 },  { 5, 1, 5 },   { 7, 2, 1 },
                  { 8, 3, 1 }, { 12, 3, 2 }, { 13, 3, 3 }, { 1000, 3, 3 } };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint64_t line, column;
        boa_text_position(text, cases[i].offset, &line, &column);
        assert_int_equal(line, cases[i].line);
        assert_int_equal(column, cases[i].column);
    }
}

static void positions_know_all_line_ends(void **state)
{
    static const struct boa_str text = BOA_STR("a\rb\r\r\nc\n\rd");
    static const uint64_t lines[] = { 1, 1, 2, 2, 3, 4, 4, 4, 5, 6 };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        uint64_t line, column;
        boa_text_position(text, i, &line, &column);
        /* Within CR LF is nowhere. */
        if (text.ptr[i] != '\n' || text.ptr[i - 1] != '\r')
            assert_int_equal(line, lines[i]);
    }
}

static void every_fault_has_its_own_text(void **state)
{
    (void)state;
    for (unsigned a = BOA_JSON_FAULT_NONE; a <= BOA_JSON_FAULT_DEPTH; a++) {
        for (unsigned b = BOA_JSON_FAULT_NONE; b < a; b++)
            assert_string_not_equal(boa_json_fault_text((enum boa_json_fault)a),
                                    boa_json_fault_text((enum boa_json_fault)b));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdict_and_offset_are_exact),
        cmocka_unit_test(jsonc_agrees_but_where_it_is_wrong),
        cmocka_unit_test(tokens_come_with_offset_and_raw_text),
        cmocka_unit_test(every_cut_of_a_document_is_unfinished),
        cmocka_unit_test(utf8_is_what_the_standard_says),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(brackets_match_on_every_level),
        cmocka_unit_test(skip_ends_behind_the_value),
        cmocka_unit_test(escapes_are_decoded),
        cmocka_unit_test(positions_count_code_points),
        cmocka_unit_test(positions_know_all_line_ends),
        cmocka_unit_test(every_fault_has_its_own_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
