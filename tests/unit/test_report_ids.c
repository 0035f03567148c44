/* Ids of reports: each is given once, and the same input gives the same ones. */
#include "converters/report_ids.h"

#include "tests/unit/unit.h"

static const struct boa_str parts[] = { BOA_STR("codecarbon"), BOA_STR("2026-03-10T09:31:12") };

struct ids {
    struct report_ids ids;
    struct boa_arena arena;
};

static void begin(struct ids *ids)
{
    report_ids_init(&ids->ids);
    boa_arena_init(&ids->arena, 1 << 20);
}

static void end(struct ids *ids)
{
    report_ids_release(&ids->ids);
    report_ids_release(&ids->ids);
    boa_arena_release(&ids->arena);
}

static struct boa_str give(struct ids *ids, const char *own, size_t count)
{
    struct boa_err err = { 0 };
    struct boa_str out;

    assert_int_equal(
        report_ids_give(&ids->ids, &out, boa_str_from(own), parts, count, &ids->arena, &err), 0);
    return out;
}

/* The id made of the parts, as the library makes it. */
static void check_made(struct boa_str id, size_t count, uint64_t ordinal)
{
    char want[BOA_UUID_LEN + 1] = "";

    boa_report_id_make(want, parts, count, ordinal);
    assert_text_equal(id, want);
}

static void test_an_own_id_is_given_once(void **state)
{
    static const char uuid[] = "0b8d3a5c-7e1f-4c2d-9a6b-1f2e3d4c5b6a";
    struct ids ids;

    (void)state;
    begin(&ids);
    assert_text_equal(give(&ids, "a", 1), "a");
    assert_text_equal(give(&ids, "b", 1), "b");
    check_made(give(&ids, "a", 1), 1, 0);
    assert_text_equal(give(&ids, uuid, 1), uuid);
    /* A UUID is the same in capitals. */
    check_made(give(&ids, "0B8D3A5C-7E1F-4C2D-9A6B-1F2E3D4C5B6A", 2), 2, 0);
    end(&ids);
}

static void test_equal_measurements_are_counted(void **state)
{
    enum { EQUALS = 300 };
    struct ids ids;

    (void)state;
    begin(&ids);
    for (uint64_t i = 0; i < EQUALS; i++)
        check_made(give(&ids, "", 1), 1, i);
    check_made(give(&ids, "", 2), 2, 0); /* another one starts anew */
    end(&ids);
}

static void test_filling_up_is_told_once(void **state)
{
    struct ids ids;

    (void)state;
    begin(&ids);
    ids.ids.ids.max = 2;
    give(&ids, "a", 1);
    assert_false(report_ids_became_full(&ids.ids));
    give(&ids, "b", 1);
    assert_true(report_ids_became_full(&ids.ids));
    assert_text_equal(give(&ids, "c", 1), "c");
    assert_text_equal(give(&ids, "c", 1), "c"); /* no longer kept */
    check_made(give(&ids, "a", 1), 1, 0);       /* still known */
    assert_false(report_ids_became_full(&ids.ids));
    end(&ids);
}

/* Somebody's own id may be what would be made for another. */
static void test_a_made_id_that_is_taken(void **state)
{
    char taken[BOA_UUID_LEN + 1] = "";
    struct ids ids;

    (void)state;
    begin(&ids);
    boa_report_id_make(taken, parts, 2, 0);
    assert_text_equal(give(&ids, taken, 1), taken);
    check_made(give(&ids, "", 2), 2, 1);
    end(&ids);
}

static int give_some(void *user, struct boa_err *err)
{
    struct ids ids;
    struct boa_str out;
    int rc = 0;

    (void)user;
    begin(&ids);
    for (int i = 0; rc == 0 && i < 4; i++)
        rc = report_ids_give(&ids.ids, &out, BOA_STR_LIT("a"), parts, 2, &ids.arena, err);
    end(&ids);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(give_some) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_own_id_is_given_once),
        cmocka_unit_test(test_equal_measurements_are_counted),
        cmocka_unit_test(test_filling_up_is_told_once),
        cmocka_unit_test(test_a_made_id_that_is_taken),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
