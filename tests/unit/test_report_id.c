/* Report ids: the digests that Python's hashlib gives, and keys that tell texts apart. */
#include "tests/unit/unit.h"

#include "core/report/report_id.h"

static void check_id(const struct boa_str *parts, size_t count, uint64_t ordinal, const char *want)
{
    char text[BOA_UUID_LEN + 1];
    text[BOA_UUID_LEN] = '#';
    boa_report_id_make(text, parts, count, ordinal);
    assert_int_equal(text[BOA_UUID_LEN], '#');
    assert_text_equal(boa_str_make(text, BOA_UUID_LEN), want);
    assert_true(boa_uuid_is(boa_str_make(text, BOA_UUID_LEN)));
}

/* From hashlib.sha256 over each part behind its length as eight bytes, then the ordinal as eight,
 * most significant first, with version and variant set by hand. */
static void test_ids_are_those_of_another_implementation(void **state)
{
    (void)state;
    const struct boa_str parts[] = { BOA_STR("codecarbon"), BOA_STR("run-1"),
                                     BOA_STR("2024-05-01T10:20:30") };
    check_id(parts, 3, 0, "ad1a0bfb-aeb4-823d-a787-4bf729dbe1cc");
    check_id(parts, 3, 1, "06474c6f-0708-8ab5-813b-d2eab3d4e624");
    check_id(NULL, 0, 0, "af5570f5-a181-8b7a-b78c-af4bc70a660f");
}

static void test_the_border_between_parts_counts(void **state)
{
    (void)state;
    const struct boa_str one[] = { BOA_STR("ab"), { NULL, 0 } };
    const struct boa_str two[] = { BOA_STR("a"), BOA_STR("b") };
    check_id(one, 2, 0, "e2705895-5831-8a32-ae31-a4a78aa0eaee");
    check_id(two, 2, 0, "64778c1b-5882-8c04-8e32-c675174c5c3e");
}

static void test_uuids_are_recognised(void **state)
{
    (void)state;
    assert_true(boa_uuid_is(BOA_STR_LIT("01234567-89ab-cdef-ABCD-EF0123456789")));
    static const char *const others[] = {
        "",
        "01234567-89ab-cdef-abcd-ef012345678",
        "01234567-89ab-cdef-abcd-ef01234567890",
        "0123456789ab-cdef-abcd-ef0123456789-",
        "01234567-89ab-cdef-abcd-ef012345678g",
        "01234567 89ab-cdef-abcd-ef0123456789",
        "{1234567-89ab-cdef-abcd-ef012345678}",
        "0123456-789ab-cdef-abcd-ef0123456789",
        "0123456789abcdefabcdef01234567890123",
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(boa_uuid_is(boa_str_from(others[i])));
}

static void check_key(const char *text, uint64_t high, uint64_t low)
{
    struct boa_key128 key = boa_key128_make(boa_str_from(text));
    assert_true(key.high == high && key.low == low);
}

static void test_keys_are_digits_or_digests(void **state)
{
    (void)state;
    check_key("01234567-89ab-cdef-ABCD-EF0123456789", 0x0123456789abcdef, 0xabcdef0123456789);
    check_key("01234567-89AB-CDEF-abcd-ef0123456789", 0x0123456789abcdef, 0xabcdef0123456789);
    /* From hashlib.sha256, as above. */
    check_key("run 1", 0x05f558cac6a6989b, 0xaacb9f612ce1df64);
    check_key("", 0xaf5570f5a1810b7a, 0xf78caf4bc70a660f);
}

static void test_the_nil_uuid_is_a_key_of_its_own(void **state)
{
    struct boa_key128 nil = boa_key128_make(BOA_STR_LIT("00000000-0000-0000-0000-000000000000"));
    struct boa_key128 one = boa_key128_make(BOA_STR_LIT("00000000-0000-0000-0000-000000000001"));

    (void)state;
    assert_true(nil.high != one.high || nil.low != one.low);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_are_those_of_another_implementation),
        cmocka_unit_test(test_the_border_between_parts_counts),
        cmocka_unit_test(test_uuids_are_recognised),
        cmocka_unit_test(test_keys_are_digits_or_digests),
        cmocka_unit_test(test_the_nil_uuid_is_a_key_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
