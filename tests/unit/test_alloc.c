/* The heap's door: sizes of nothing, sizes beyond everything, and the failing hook. */
#include "tests/unit/unit.h"

static void test_a_size_of_nothing_is_memory_too(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    void *a = boa_alloc(0, &err), *b = boa_alloc_zero(0, 8, &err), *c = boa_alloc_zero(8, 0, &err);
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    a = boa_realloc(a, 0, &err);
    assert_non_null(a);
    boa_free(a);
    boa_free(b);
    boa_free(c);
    boa_free(NULL);
    assert_int_equal(err.kind, BOA_ERR_NONE);
}

static void test_zeroed_memory_is_zero(void **state)
{
    (void)state;
    unsigned char *bytes = boa_alloc_zero(100, 7, NULL);
    assert_non_null(bytes);
    for (size_t i = 0; i < 700; i++)
        assert_int_equal(bytes[i], 0);
    boa_free(bytes);
}

static void test_a_product_that_overflows_fails(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    assert_null(boa_alloc_zero(SIZE_MAX / 2, 3, &err));
    assert_int_equal(err.kind, BOA_ERR_MEMORY);
    assert_string_equal(err.text, "out of memory");
    assert_null(boa_alloc_text("", SIZE_MAX, &err));
}

static void test_text_is_terminated(void **state)
{
    (void)state;
    char *text = boa_alloc_text("abcdef", 3, NULL), *none = boa_alloc_text(NULL, 0, NULL);
    assert_string_equal(text, "abc");
    assert_string_equal(none, "");
    boa_free(text);
    boa_free(none);
}

static void test_growing_keeps_the_bytes_and_failing_keeps_the_block(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    char *text = boa_alloc_text("kept", 4, &err);
    text = boa_realloc(text, 100000, &err);
    assert_string_equal(text, "kept");
    boa_alloc_fail_at(1);
    assert_null(boa_realloc(text, 200000, &err));
    boa_alloc_fail_at(0);
    assert_int_equal(err.kind, BOA_ERR_MEMORY);
    assert_string_equal(text, "kept");
    boa_free(text);
}

static void test_only_the_nth_allocation_fails(void **state)
{
    (void)state;
    boa_alloc_fail_at(2);
    void *first = boa_alloc(1, NULL), *second = boa_alloc_zero(1, 1, NULL);
    void *third = boa_alloc_text("x", 1, NULL);
    assert_non_null(first);
    assert_null(second);
    assert_non_null(third);
    assert_int_equal(boa_alloc_count(), 3);
    boa_alloc_fail_at(0);
    assert_int_equal(boa_alloc_count(), 0);
    boa_free(first);
    boa_free(third);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_size_of_nothing_is_memory_too),
        cmocka_unit_test(test_zeroed_memory_is_zero),
        cmocka_unit_test(test_a_product_that_overflows_fails),
        cmocka_unit_test(test_text_is_terminated),
        cmocka_unit_test(test_growing_keeps_the_bytes_and_failing_keeps_the_block),
        cmocka_unit_test(test_only_the_nth_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
