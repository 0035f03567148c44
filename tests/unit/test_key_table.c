/* The table of keys against a sorted array, at its limit, and without memory. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "core/report/key_table.h"

enum { KEYS = 100000 };

struct numbered {
    struct boa_key128 key;
    uint32_t number;
};

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static int compare(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    if (x->key.high != y->key.high)
        return x->key.high < y->key.high ? -1 : 1;
    if (x->key.low != y->key.low)
        return x->key.low < y->key.low ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Random keys, of which about every tenth came before. */
static struct numbered *make_keys(void)
{
    struct numbered *keys = malloc(KEYS * sizeof *keys);
    uint64_t random = 42;

    assert_non_null(keys);
    for (uint32_t i = 0; i < KEYS; i++) {
        keys[i].number = i;
        if (i > 0 && next_random(&random) % 10 == 0)
            keys[i].key = keys[next_random(&random) % i].key;
        else /* few different halves: each alone must not decide */
            keys[i].key = (struct boa_key128){ next_random(&random) % 1000,
                                               next_random(&random) % 1000 };
    }
    return keys;
}

/* Sorted by key; the first of equal ones came first. */
static const struct numbered *first_of(const struct numbered *sorted, struct boa_key128 key)
{
    size_t low = 0, high = KEYS;
    struct numbered wanted = { key, 0 };

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&sorted[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return &sorted[low];
}

static void test_numbers_are_those_of_a_sorted_array(void **state)
{
    (void)state;
    struct numbered *keys = make_keys(), *sorted = malloc(KEYS * sizeof *sorted);
    uint32_t *numbers = malloc(KEYS * sizeof *numbers);
    struct boa_key_table table;
    struct boa_err err = { 0 };
    uint32_t different = 0;

    assert_true(sorted != NULL && numbers != NULL);
    memcpy(sorted, keys, KEYS * sizeof *sorted);
    qsort(sorted, KEYS, sizeof *sorted, compare);
    boa_key_table_init(&table, KEYS);
    for (uint32_t i = 0; i < KEYS; i++) {
        uint32_t first = first_of(sorted, keys[i].key)->number, number = UINT32_MAX, found;
        bool added;
        assert_int_equal(boa_key_table_find(&table, keys[i].key, &found), first < i);
        assert_int_equal(boa_key_table_add(&table, keys[i].key, &number, &added, &err), 0);
        assert_int_equal(added, first == i);
        numbers[i] = added ? different++ : numbers[first];
        assert_int_equal(number, numbers[i]);
    }
    assert_int_equal(table.count, different);
    assert_true(different > KEYS / 2 && different < KEYS);
    for (uint32_t i = 0; i < KEYS; i++) {
        uint32_t found;
        assert_true(boa_key_table_find(&table, keys[i].key, &found));
        assert_int_equal(found, numbers[i]);
    }
    /* The promised sizes. */
    assert_true(4 * table.count <= 3 * table.slot_count && 8 * table.count >= 3 * table.slot_count);
    boa_key_table_release(&table);
    free(numbers);
    free(sorted);
    free(keys);
}

static void test_the_limit_is_the_number_of_keys(void **state)
{
    (void)state;
    struct boa_key_table table;
    struct boa_err err = { 0 };
    uint32_t number;
    bool added;

    boa_key_table_init(&table, 3);
    for (uint64_t i = 0; i < 3; i++)
        assert_int_equal(
            boa_key_table_add(&table, (struct boa_key128){ i, 0 }, &number, &added, &err), 0);
    number = 77;
    assert_int_equal(boa_key_table_add(&table, (struct boa_key128){ 3, 0 }, &number, &added, &err),
                     -1);
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
    assert_non_null(strstr(err.text, "3"));
    assert_int_equal(number, 77);
    /* Members are still told. */
    assert_int_equal(boa_key_table_add(&table, (struct boa_key128){ 2, 0 }, &number, &added, &err),
                     0);
    assert_int_equal(number, 2);
    assert_false(added);
    boa_key_table_release(&table);
    boa_key_table_init(&table, 0);
    assert_int_equal(boa_key_table_add(&table, (struct boa_key128){ 1, 1 }, &number, &added, &err),
                     -1);
    boa_key_table_release(&table);
}

static void test_an_empty_table_finds_nothing(void **state)
{
    (void)state;
    struct boa_key_table table = { 0 };
    uint32_t number = 77;
    assert_false(boa_key_table_find(&table, (struct boa_key128){ 0, 1 }, &number));
    assert_int_equal(number, 77);
    boa_key_table_release(&table);
    boa_key_table_release(&table);
}

static int add_many(void *user, struct boa_err *err)
{
    struct boa_key_table table;
    int rc = 0;

    (void)user;
    boa_key_table_init(&table, 5000);
    for (uint64_t i = 0; i < 5000 && rc == 0; i++) {
        uint32_t number = UINT32_MAX;
        bool added = false;
        rc = boa_key_table_add(&table, (struct boa_key128){ i, i }, &number, &added, err);
        assert_int_equal(number, rc == 0 ? (uint32_t)i : UINT32_MAX);
        assert_int_equal(added, rc == 0);
    }
    /* What came before the failure is still there. */
    for (uint64_t i = 0; i < table.count; i++) {
        uint32_t number;
        assert_true(boa_key_table_find(&table, (struct boa_key128){ i, i }, &number));
        assert_int_equal(number, i);
    }
    boa_key_table_release(&table);
    return rc;
}

static void test_lack_of_memory_loses_nothing(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(add_many) > 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_those_of_a_sorted_array),
        cmocka_unit_test(test_the_limit_is_the_number_of_keys),
        cmocka_unit_test(test_an_empty_table_finds_nothing),
        cmocka_unit_test(test_lack_of_memory_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
