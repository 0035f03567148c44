/* The byte buffer: growth, its limit to the byte, and printing. */
#include "tests/unit/unit.h"

#include "core/base/buf.h"

static void test_bytes_come_back_in_order(void **state)
{
    (void)state;
    struct boa_buf buf;
    boa_buf_init(&buf, 1 << 20);
    for (int i = 0; i < 5000; i++) {
        assert_int_equal(boa_buf_put_byte(&buf, (char)('a' + i % 26), NULL), 0);
        assert_int_equal(boa_buf_put(&buf, BOA_STR_LIT("--"), NULL), 0);
        assert_int_equal(boa_buf_put(&buf, boa_str_make(NULL, 0), NULL), 0);
        assert_true(buf.len <= buf.cap && buf.cap <= buf.max);
    }
    assert_int_equal(buf.len, 15000);
    for (size_t i = 0; i < 5000; i++) {
        assert_int_equal(buf.ptr[3 * i], 'a' + i % 26);
        assert_memory_equal(buf.ptr + 3 * i + 1, "--", 2);
    }
    boa_buf_clear(&buf);
    assert_true(boa_str_is_empty(boa_buf_str(&buf)));
    boa_buf_release(&buf);
    boa_buf_release(&buf);
}

static void test_the_limit_holds_to_the_byte(void **state)
{
    (void)state;
    for (size_t max = 0; max < 600; max += 7) {
        struct boa_buf buf;
        struct boa_err err = { 0 };
        boa_buf_init(&buf, max);
        for (size_t i = 0; i < max; i++)
            assert_int_equal(boa_buf_put_byte(&buf, 'x', &err), 0);
        assert_int_equal(boa_buf_put_byte(&buf, 'x', &err), -1);
        assert_int_equal(err.kind, BOA_ERR_LIMIT);
        assert_int_equal(buf.len, max);
        assert_int_equal(boa_buf_put(&buf, boa_str_make(NULL, 0), &err), 0);
        boa_buf_release(&buf);
    }
}

static void test_the_limit_is_named(void **state)
{
    (void)state;
    struct boa_buf buf;
    struct boa_err err = { 0 };
    boa_buf_init(&buf, 1234);
    assert_int_equal(boa_buf_grow(&buf, SIZE_MAX, &err), -1);
    assert_string_equal(err.text, "more than 1234 bytes in one piece");
    boa_buf_init(&buf, SIZE_MAX);
    assert_int_equal(boa_buf_grow(&buf, SIZE_MAX, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_MEMORY);
    assert_null(buf.ptr);
}

static void test_room_can_be_written_by_hand(void **state)
{
    (void)state;
    struct boa_buf buf;
    boa_buf_init(&buf, 100000);
    assert_int_equal(boa_buf_room(&buf, 70000, NULL), 0);
    memset(buf.ptr + buf.len, 'z', 70000);
    buf.len += 70000;
    assert_int_equal(boa_buf_room(&buf, 30000, NULL), 0);
    assert_int_equal(boa_buf_room(&buf, 30001, NULL), -1);
    assert_int_equal(buf.ptr[69999], 'z');
    boa_buf_release(&buf);
}

static void test_printing(void **state)
{
    (void)state;
    struct boa_buf buf;
    struct boa_err err = { 0 };
    boa_buf_init(&buf, 610);
    assert_int_equal(boa_buf_printf(&buf, &err, "%s", ""), 0);
    assert_int_equal(boa_buf_printf(&buf, &err, "%s-%d ", "row", 7), 0);
    assert_text_equal(boa_buf_str(&buf), "row-7 ");
    /* Longer than what is there, then up to the last byte, then one more. */
    assert_int_equal(boa_buf_printf(&buf, &err, "%600d", 5), 0);
    assert_int_equal(boa_buf_printf(&buf, &err, "%s", "last"), 0);
    assert_int_equal(buf.len, 610);
    assert_memory_equal(buf.ptr + 600, "     5last", 10);
    assert_int_equal(boa_buf_printf(&buf, &err, "%c", '!'), -1);
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
    assert_int_equal(buf.len, 610);
    boa_buf_release(&buf);
}

static int fill(void *user, struct boa_err *err)
{
    (void)user;
    struct boa_buf buf;
    boa_buf_init(&buf, 1 << 20);
    int status = 0;
    for (int i = 0; i < 300 && status == 0; i++) {
        size_t len = buf.len;
        status = i % 2 != 0 ? boa_buf_printf(&buf, err, "%040d", i)
                            : boa_buf_put(&buf, BOA_STR_LIT("0123456789"), err);
        if (status != 0)
            assert_int_equal(buf.len, len);
    }
    boa_buf_release(&buf);
    return status;
}

static void test_failing_allocations(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(fill) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_come_back_in_order),
        cmocka_unit_test(test_the_limit_holds_to_the_byte),
        cmocka_unit_test(test_the_limit_is_named),
        cmocka_unit_test(test_room_can_be_written_by_hand),
        cmocka_unit_test(test_printing),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
