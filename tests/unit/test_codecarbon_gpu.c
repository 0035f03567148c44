/* Glued names of GPUs: every split is written down here by hand. */
#include "converters/codecarbon_gpu.h"

#include <stdio.h>

#include "tests/unit/unit.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* `want`: NUMBER|NAME for each kind, separated by a slash. */
static const struct {
    const char *model, *count, *want;
} cases[] = {
    { "", "", "" },
    { "", "0", "" },
    { "", "0.0", "" },
    { "1 x A", "0", "" }, /* a number of zero wins over a name */
    { "2 x Tesla T4", "2", "2|2 x Tesla T4" },
    { "2 x Tesla T4", "2.0", "2|2 x Tesla T4" }, /* as pandas re-writes it */
    { "2 x Tesla T4", "", "2|2 x Tesla T4" },
    { "16 x NVIDIA A100-SXM4-40GB", "16", "16|16 x NVIDIA A100-SXM4-40GB" },
    { "", "4", "4|" },
    { "Apple M1", "1", "1|Apple M1" },
    { "Apple M1", "", "|Apple M1" },
    { "1 x A1 x B", "2", "1|1 x A/1|1 x B" },
    { "1 x A1 x B", "", "1|1 x A/1|1 x B" },
    { "1 x NVIDIA GeForce GTX 1080 Ti1 x NVIDIA TITAN V", "2",
      "1|1 x NVIDIA GeForce GTX 1080 Ti/1|1 x NVIDIA TITAN V" },
    /* Digits of a name before digits of a number. */
    { "1 x Tesla T42 x NVIDIA L4", "3", "1|1 x Tesla T4/2|2 x NVIDIA L4" },
    { "1 x Tesla T42 x NVIDIA L4", "43", "1|1 x Tesla T/42|42 x NVIDIA L4" },
    { "8 x A10016 x H100", "24", "8|8 x A100/16|16 x H100" },
    { "1 x A1001 x B2001 x C", "3", "1|1 x A100/1|1 x B200/1|1 x C" },
    /* Numbers that do not add up: one kind, as it stands. */
    { "1 x A1 x B", "5", "5|1 x A1 x B" },
    { "2 x Tesla T4", "3", "3|2 x Tesla T4" },
    /* Names that only look like two kinds. */
    { "2 x RTX 3080 x", "2", "2|2 x RTX 3080 x" },
    { "1 x Riser x Card", "1", "1|1 x Riser x Card" },
    { "GPU 2 x 4", "2", "2|GPU 2 x 4" },
    { "1 x 1 x B", "2", "2|1 x 1 x B" }, /* no name between them */
    { "0 x A", "1", "1|0 x A" },
    { "1000 x A", "1000", "1000|1000 x A" },
    { "1 x A", "many", "1|1 x A" },
    { "Card", "many", "many|Card" },
    { " x ", "1", "1| x " },
};

static void test_splits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cc_gpu_kind kinds[CC_GPU_KINDS_MAX];
        size_t count = cc_gpu_split(kinds, boa_str_from(cases[i].model),
                                    boa_str_from(cases[i].count));
        char have[512] = "";

        assert_in_range(count, 0, CC_GPU_KINDS_MAX);
        for (size_t k = 0; k < count; k++) {
            size_t len = strlen(have);
            (void)snprintf(have + len, sizeof have - len, "%s%.*s|%.*s", k > 0 ? "/" : "",
                           BOA_STR_FMT(kinds[k].count), BOA_STR_FMT(kinds[k].name));
        }
        assert_string_equal(have, cases[i].want);
    }
}

/* As many kinds as fit are found; one more makes the whole text one kind. */
static void test_many_kinds(void **state)
{
    static const char eight[] = "1 x A1 x A1 x A1 x A1 x A1 x A1 x A1 x A";
    static const char nine[] = "1 x A1 x A1 x A1 x A1 x A1 x A1 x A1 x A1 x A";
    struct cc_gpu_kind kinds[CC_GPU_KINDS_MAX];

    (void)state;
    assert_int_equal(cc_gpu_split(kinds, boa_str_from(eight), BOA_STR_LIT("8")), 8);
    assert_text_equal(kinds[7].name, "1 x A");
    assert_int_equal(cc_gpu_split(kinds, boa_str_from(nine), BOA_STR_LIT("9")), 1);
    assert_text_equal(kinds[0].name, nine);
    assert_text_equal(kinds[0].count, "9");
}

/* Many digits everywhere: the search stays small. */
static void test_hostile_digits(void **state)
{
    struct cc_gpu_kind kinds[CC_GPU_KINDS_MAX];
    char text[4096] = "1";

    (void)state;
    for (int i = 0; i < 100; i++)
        strcat(text, " x 9999999999999999");
    assert_int_equal(cc_gpu_split(kinds, boa_str_from(text), BOA_STR_LIT("1")), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_splits),
        cmocka_unit_test(test_many_kinds),
        cmocka_unit_test(test_hostile_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
