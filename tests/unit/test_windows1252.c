/* Windows-1252 against the system's iconv, byte by byte. */
#include "converters/windows1252.h"

#include <iconv.h>

#include "tests/unit/unit.h"

enum { BYTES = 256 };

/* The five that the encoding leaves open. */
static bool is_undefined(unsigned byte)
{
    return byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D;
}

static void test_every_byte(void **state)
{
    iconv_t oracle = iconv_open("UTF-8", "CP1252");
    struct boa_buf out;
    struct boa_err err = { 0 };

    (void)state;
    if (oracle == (iconv_t)-1)
        skip();
    boa_buf_init(&out, 64);
    for (unsigned byte = 0; byte < BYTES; byte++) {
        char in = (char)byte, want[8] = "", *from = &in, *to = want;
        struct boa_str text = boa_str_make(&in, 1);
        size_t in_left = 1, out_left = sizeof want;

        if (is_undefined(byte)) {
            want[0] = (char)0xC2; /* U+0080 … U+009F */
            want[1] = in;
            out_left = sizeof want - 2;
        } else {
            assert_int_equal(iconv(oracle, &from, &in_left, &to, &out_left), 0);
        }
        boa_buf_clear(&out);
        assert_int_equal(boa_windows1252_decode(&text, &out, &err), 0);
        assert_int_equal(text.len, sizeof want - out_left);
        assert_memory_equal(text.ptr, want, text.len);
        assert_int_equal(boa_utf8_valid_prefix(text), text.len);
    }
    boa_buf_release(&out);
    iconv_close(oracle);
}

static void test_it_appends(void **state)
{
    struct boa_buf out;
    struct boa_err err = { 0 };
    struct boa_str text = BOA_STR("r\xE9sum\xE9"), none = { 0 };

    (void)state;
    boa_buf_init(&out, 64);
    assert_int_equal(boa_buf_put(&out, BOA_STR_LIT("kept "), &err), 0);
    assert_int_equal(boa_windows1252_decode(&text, &out, &err), 0);
    assert_text_equal(text, "r\xC3\xA9sum\xC3\xA9");
    assert_text_equal(boa_buf_str(&out), "kept r\xC3\xA9sum\xC3\xA9");
    assert_int_equal(boa_windows1252_decode(&none, &out, &err), 0);
    assert_int_equal(none.len, 0);
    boa_buf_release(&out);
}

static void test_no_room(void **state)
{
    struct boa_buf out;
    struct boa_err err = { 0 };
    struct boa_str text = BOA_STR("\xE9\xE9");

    (void)state;
    boa_buf_init(&out, 3);
    assert_int_equal(boa_windows1252_decode(&text, &out, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
    assert_text_equal(text, "\xE9\xE9");
    assert_int_equal(out.len, 0);
    boa_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_it_appends),
        cmocka_unit_test(test_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
