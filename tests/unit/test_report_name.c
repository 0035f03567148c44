/* File names of reports: upstream's pattern for tame names, and nothing but letters for wild ones.
 */
#include "tests/unit/unit.h"

#include "core/report/report_name.h"

static const char ID[] = "01234567-89ab-8def-8bcd-ef0123456789";

static struct boa_report_name tame(void)
{
    return (struct boa_report_name){
        .publisher = BOA_STR("Boavizta"),
        .stage = BOA_STR("training"),
        .family = BOA_STR("chatbot"),
        .infra = BOA_STR("publicCloud"),
        .id = boa_str_from(ID),
    };
}

static void check(const struct boa_report_name *name, const char *want)
{
    char out[BOA_REPORT_NAME_MAX];
    memset(out, '#', sizeof out);
    boa_report_name_make(out, name);
    assert_text_equal(boa_str_from(out), want);
}

static void test_the_pattern_is_upstreams(void **state)
{
    (void)state;
    struct boa_report_name name = tame();
    check(&name, "report_Boavizta_training_chatbot_publicCloud_"
                 "01234567-89ab-8def-8bcd-ef0123456789.json");
    name.draft = true;
    check(&name, "draft_01234567-89ab-8def-8bcd-ef0123456789.json");
}

static void test_empty_parts_are_left_out(void **state)
{
    (void)state;
    struct boa_report_name name = tame();
    name.publisher = name.family = (struct boa_str){ 0 };
    check(&name, "report_training_publicCloud_01234567-89ab-8def-8bcd-ef0123456789.json");
    name.stage = BOA_STR_LIT("///");
    name.infra = BOA_STR_LIT("");
    check(&name, "report_01234567-89ab-8def-8bcd-ef0123456789.json");
}

static void test_other_bytes_become_one_dash(void **state)
{
    (void)state;
    struct boa_report_name name = tame();
    name.publisher = BOA_STR_LIT("Bo & Co: \xc3\x89nergie");
    name.stage = BOA_STR_LIT("fine_tuning");
    name.family = BOA_STR_LIT("../../etc/passwd");
    name.infra = BOA_STR_LIT(".hidden.");
    check(&name, "report_Bo-Co-nergie_fine-tuning_etc-passwd_hidden._"
                 "01234567-89ab-8def-8bcd-ef0123456789.json");
}

/* The digits are those of hashlib.sha256 over the length as eight bytes and the text. */
static void test_a_changed_id_gets_its_digest(void **state)
{
    (void)state;
    struct boa_report_name name = { .draft = true, .id = BOA_STR("run 1") };
    check(&name, "draft_run-1-05f558cac6a6989b.json");
    name.id = BOA_STR_LIT("../../x");
    check(&name, "draft_x-602a19beb0f50bff.json");
    name.id = (struct boa_str){ 0 };
    check(&name, "draft_-af5570f5a1810b7a.json");
    name.id = BOA_STR_LIT("run-1");
    check(&name, "draft_run-1.json");
    name.id = BOA_STR_LIT("-rf-");
    check(&name, "draft_-rf-.json");
}

static bool is_plain(const char *name)
{
    return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
           strlen(name);
}

static void test_wild_names_are_tamed_and_stay_apart(void **state)
{
    (void)state;
    static const char long_id[301] = "x";
    char filled[2][301];
    memset(filled, 'a', sizeof filled);
    filled[1][299] = 'b'; /* differs far behind the cut */
    const struct boa_str wild[] = {
        BOA_STR(""),         BOA_STR(" "),           BOA_STR("  "),        BOA_STR("."),
        BOA_STR(".."),       BOA_STR("../../x"),     BOA_STR("..\\..\\x"), BOA_STR("/x"),
        BOA_STR("x/"),       BOA_STR("x"),           BOA_STR("a b"),       BOA_STR("a  b"),
        BOA_STR("a:b"),      BOA_STR("a-b"),         BOA_STR("a_b"),       BOA_STR("a\nb"),
        BOA_STR("a\0b"),     BOA_STR("CON:"),        BOA_STR("\xc3\xa9"),  BOA_STR("\xc3\xa8"),
        BOA_STR("\xff\xfe"), BOA_STR("$(rm -rf *)"), BOA_STR("'; rm"),     { long_id, 300 },
        { filled[0], 300 },  { filled[1], 300 },     { filled[0], 41 },    { filled[0], 40 },
    };
    enum { COUNT = sizeof wild / sizeof wild[0] };
    char names[COUNT][BOA_REPORT_NAME_MAX];

    for (size_t i = 0; i < COUNT; i++) {
        struct boa_report_name name = { false, wild[i], wild[i], wild[i], wild[i], wild[i] };
        boa_report_name_make(names[i], &name);
        assert_true(strlen(names[i]) < 255);
        assert_true(is_plain(names[i]));
        assert_true(strncmp(names[i], "report_", 7) == 0);
        name.draft = true;
        boa_report_name_make(names[i], &name);
        assert_true(is_plain(names[i]));
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(names[i], names[j]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_pattern_is_upstreams),
        cmocka_unit_test(test_empty_parts_are_left_out),
        cmocka_unit_test(test_other_bytes_become_one_dash),
        cmocka_unit_test(test_a_changed_id_gets_its_digest),
        cmocka_unit_test(test_wild_names_are_tamed_and_stay_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
