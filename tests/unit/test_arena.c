/* The arena: alignment, limits, and what a reset keeps. */
#include "tests/unit/unit.h"

#include "core/base/arena.h"

static void test_blocks_are_aligned_and_do_not_overlap(void **state)
{
    (void)state;
    enum { BLOCKS = 2000 };
    struct boa_arena arena;
    unsigned char *blocks[BLOCKS];
    boa_arena_init(&arena, 1 << 24);
    for (size_t i = 0; i < BLOCKS; i++) {
        struct boa_str odd;
        assert_int_equal(boa_arena_copy(&odd, &arena, BOA_STR_LIT("odd"), NULL), 0);
        blocks[i] = boa_arena_alloc(&arena, i, NULL);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        memset(blocks[i], (int)(i % 251), i);
    }
    for (size_t i = 0; i < BLOCKS; i++) {
        for (size_t j = 0; j < i; j++)
            assert_int_equal(blocks[i][j], i % 251);
    }
    boa_arena_release(&arena);
    boa_arena_release(&arena);
}

static void test_copies_are_terminated(void **state)
{
    (void)state;
    struct boa_arena arena;
    struct boa_str copy, empty;
    boa_arena_init(&arena, 100);
    assert_int_equal(boa_arena_copy(&copy, &arena, boa_str_make("abcdef", 3), NULL), 0);
    assert_int_equal(boa_arena_copy(&empty, &arena, boa_str_make(NULL, 0), NULL), 0);
    assert_text_equal(copy, "abc");
    assert_int_equal(copy.ptr[3], '\0');
    assert_text_equal(empty, "");
    assert_int_equal(empty.ptr[0], '\0');
    boa_arena_release(&arena);
}

static void test_zeroed_arrays(void **state)
{
    (void)state;
    struct boa_arena arena;
    struct boa_err err = { 0 };
    boa_arena_init(&arena, SIZE_MAX);
    unsigned char *dirty = boa_arena_alloc(&arena, 600, NULL);
    memset(dirty, 0xff, 600);
    boa_arena_reset(&arena);
    unsigned char *bytes = boa_arena_alloc_zero(&arena, 200, 3, NULL);
    for (size_t i = 0; i < 600; i++)
        assert_int_equal(bytes[i], 0);
    assert_non_null(boa_arena_alloc_zero(&arena, 0, 3, NULL));
    assert_non_null(boa_arena_alloc_zero(&arena, 3, 0, NULL));
    assert_null(boa_arena_alloc_zero(&arena, SIZE_MAX / 2, 3, &err));
    assert_int_equal(err.kind, BOA_ERR_MEMORY);
    assert_null(boa_arena_alloc(&arena, SIZE_MAX - 2000, &err));
    assert_int_equal(
        boa_arena_copy(&(struct boa_str){ 0 }, &arena, boa_str_make("", SIZE_MAX), &err), -1);
    boa_arena_release(&arena);
}

static void test_the_limit_is_named_and_survivable(void **state)
{
    (void)state;
    struct boa_arena arena;
    struct boa_err err = { 0 };
    struct boa_str copy = BOA_STR("untouched");
    boa_arena_init(&arena, 1000);
    assert_non_null(boa_arena_alloc(&arena, 900, &err));
    assert_null(boa_arena_alloc(&arena, 101, &err));
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
    assert_non_null(strstr(err.text, "1000 bytes"));
    char text[200] = { 0 };
    assert_int_equal(boa_arena_copy(&copy, &arena, boa_str_make(text, 200), &err), -1);
    assert_text_equal(copy, "untouched");
    assert_null(boa_arena_alloc(&arena, SIZE_MAX, &err));
    assert_non_null(boa_arena_alloc(&arena, 50, &err));
    boa_arena_reset(&arena);
    assert_int_equal(arena.used, 0);
    assert_non_null(boa_arena_alloc(&arena, 1000, &err));
    boa_arena_release(&arena);
}

/* The promise that makes an arena worth having: after the first rounds no round asks the heap. */
static void test_rounds_settle_in_one_chunk(void **state)
{
    (void)state;
#ifdef BOA_ARENA_PLAIN
    skip();
#else
    struct boa_arena arena;
    boa_arena_init(&arena, 1 << 24);
    for (int round = 0; round < 10; round++) {
        if (round == 3)
            boa_alloc_fail_at(0);
        for (size_t i = 0; i < 1000; i++)
            assert_non_null(boa_arena_alloc(&arena, 100, NULL));
        boa_arena_reset(&arena);
    }
    assert_int_equal(boa_alloc_count(), 0);
    boa_arena_release(&arena);
#endif
}

static int fill(void *user, struct boa_err *err)
{
    (void)user;
    struct boa_arena arena;
    struct boa_str text;
    int status = -1;
    boa_arena_init(&arena, 1 << 24);
    for (size_t i = 1; i <= 4; i++) {
        if (!boa_arena_alloc(&arena, i * 10000, err) ||
            !boa_arena_alloc_zero(&arena, i, 20000, err) ||
            boa_arena_copy(&text, &arena, BOA_STR_LIT("text"), err) != 0)
            goto out;
    }
    status = 0;
out:
    boa_arena_release(&arena);
    return status;
}

static void test_failing_allocations(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(fill) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_are_aligned_and_do_not_overlap),
        cmocka_unit_test(test_copies_are_terminated),
        cmocka_unit_test(test_zeroed_arrays),
        cmocka_unit_test(test_the_limit_is_named_and_survivable),
        cmocka_unit_test(test_rounds_settle_in_one_chunk),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
