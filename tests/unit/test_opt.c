/* The option parser: every kind of option, abbreviations, permuted operands, errors, flawed tables.
 */
#include "tests/unit/unit.h"

#include "cli/opt.h"

struct options {
    const char *text, *maybe;
    struct boa_opt_list list;
    uint64_t count, size;
    int choice, pick, tidy;
    bool flag, flame;
};

static const char *const choices[] = { "plain", "fancy", NULL };

static const struct boa_opt table[] = {
    { .kind = BOA_OPT_HEADING, .help = "Options" },
    { .kind = BOA_OPT_TEXT,
      .letter = 't',
      .name = "text",
      .value = "T",
      .help = "h",
      .offset = offsetof(struct options, text) },
    { .kind = BOA_OPT_TEXT,
      .letter = 'm',
      .name = "maybe",
      .value = "T",
      .help = "h",
      .optional_value = true,
      .offset = offsetof(struct options, maybe) },
    { .kind = BOA_OPT_LIST,
      .letter = 'l',
      .name = "list",
      .value = "T",
      .help = "h",
      .offset = offsetof(struct options, list) },
    { .kind = BOA_OPT_COUNT,
      .letter = 'c',
      .name = "count",
      .value = "N",
      .help = "h",
      .offset = offsetof(struct options, count) },
    { .kind = BOA_OPT_SIZE,
      .name = "size",
      .value = "N",
      .help = "h",
      .offset = offsetof(struct options, size) },
    { .kind = BOA_OPT_CHOICE,
      .name = "choice",
      .value = "HOW",
      .choices = choices,
      .help = "h",
      .offset = offsetof(struct options, choice) },
    { .kind = BOA_OPT_CHOICE,
      .letter = 'p',
      .name = "pick",
      .value = "HOW",
      .choices = choices,
      .help = "h",
      .optional_value = true,
      .offset = offsetof(struct options, pick) },
    { .kind = BOA_OPT_FLAG,
      .name = "tidy",
      .help = "h",
      .negatable = true,
      .offset = offsetof(struct options, tidy) },
    { .kind = BOA_OPT_FLAG,
      .letter = 'f',
      .name = "flag",
      .help = "h",
      .offset = offsetof(struct options, flag) },
    { .kind = BOA_OPT_FLAG,
      .letter = 'g',
      .name = "flag-two",
      .help = "h",
      .offset = offsetof(struct options, flame) },
};
enum { ROWS = sizeof(table) / sizeof(table[0]), ARGS_MAX = 16 };

/* Parses words (ended by NULL); argv as the parser left it is in `argv`. */
static int parse(struct options *o, char *argv[ARGS_MAX], int *operands, struct boa_err *err,
                 char **words)
{
    static char name[] = "tool";
    int argc = 1;

    *o = (struct options){ .tidy = -1, .count = 7 };
    argv[0] = name;
    for (; words[argc - 1]; argc++)
        argv[argc] = words[argc - 1];
    argv[argc] = NULL;
    return boa_opt_parse(table, ROWS, o, argc, argv, operands, err);
}

#define WORDS(...)                                                                                 \
    (char *[])                                                                                     \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* -Wwrite-strings makes literals const; the parser never writes into words. */
static char *word(const char *text)
{
    static char store[ARGS_MAX][80];
    static size_t next;
    char *at = store[next++ % ARGS_MAX];
    assert_true(strlen(text) < sizeof(store[0]));
    memcpy(at, text, strlen(text) + 1);
    return at;
}

static void fills_every_kind(void **state)
{
    struct options o;
    char *argv[ARGS_MAX];
    int operands = -1;
    struct boa_err err = { 0 };
    (void)state;

    assert_int_equal(
        parse(&o, argv, &operands, &err,
              WORDS(word("-tone"), word("--list=a"), word("-l"), word("b"), word("--count"),
                    word("18446744073709551615"), word("--size=2K"), word("--choice=fancy"),
                    word("--pick"), word("--no-tidy"), word("-fm"))),
        0);
    assert_int_equal(operands, 0);
    assert_string_equal(o.text, "one");
    assert_string_equal(o.maybe, "");
    assert_int_equal(o.list.count, 2);
    assert_string_equal(o.list.values[0], "a");
    assert_string_equal(o.list.values[1], "b");
    assert_true(o.count == UINT64_MAX);
    assert_true(o.size == 2048);
    assert_int_equal(o.choice, 1);
    assert_int_equal(o.pick, 1); /* index + 1 */
    assert_int_equal(o.tidy, 0);
    assert_true(o.flag);
    assert_false(o.flame);
    boa_opt_release(table, ROWS, &o);
    assert_null(o.list.values);
    boa_opt_release(table, ROWS, &o);
}

static void keeps_defaults(void **state)
{
    struct options o;
    char *argv[ARGS_MAX];
    int operands = -1;
    struct boa_err err = { 0 };
    (void)state;

    assert_int_equal(parse(&o, argv, &operands, &err, WORDS(word("-"))), 0);
    assert_int_equal(operands, 1);
    assert_string_equal(argv[1], "-");
    assert_null(o.text);
    assert_true(o.count == 7);
    assert_int_equal(o.tidy, -1);
    assert_int_equal(o.pick, 0);
}

static void moves_operands_to_the_front(void **state)
{
    struct options o;
    char *argv[ARGS_MAX];
    int operands = -1;
    struct boa_err err = { 0 };
    (void)state;

    assert_int_equal(parse(&o, argv, &operands, &err,
                           WORDS(word("one"), word("-t"), word("--"), word("two"), word("-f"),
                                 word("--"), word("-f"), word("--list"), word("--"))),
                     0);
    assert_int_equal(operands, 5);
    const char *want[] = { "one", "two", "-f", "--list", "--" };
    for (int i = 0; i < 5; i++)
        assert_string_equal(argv[1 + i], want[i]);
    assert_string_equal(o.text, "--"); /* a value is a value, whatever it looks like */
    assert_int_equal(o.list.count, 0);
}

static void takes_unique_abbreviations(void **state)
{
    struct options o;
    char *argv[ARGS_MAX];
    int operands = -1;
    struct boa_err err = { 0 };
    (void)state;

    /* "flag" is a name of its own although another one begins so. */
    assert_int_equal(
        parse(&o, argv, &operands, &err, WORDS(word("--te=x"), word("--flag"), word("--no"))), 0);
    assert_string_equal(o.text, "x");
    assert_true(o.flag);
    assert_false(o.flame);
    assert_int_equal(o.tidy, 0);
    assert_int_equal(parse(&o, argv, &operands, &err, WORDS(word("--flag-"))), 0);
    assert_true(o.flame);
}

static void refuses(void **state)
{
    static const struct {
        const char *words[2];
        const char *text;
    } cases[] = {
        { { "--tex=1", NULL }, NULL },
        { { "--txet=1", NULL }, "unknown option --txet; did you mean --text?" },
        { { "--no-tidi", NULL }, "unknown option --no-tidi; did you mean --no-tidy?" },
        { { "--completely-else", NULL }, "unknown option --completely-else" },
        { { "--=x", NULL }, "unknown option --" },
        { { "--fla", NULL }, "--fla could be --flag or --flag-two" },
        { { "--t", NULL }, "--t could be --text or --tidy" },
        { { "-fz", NULL }, "unknown option -z" },
        { { "-\xC3\xA9x", NULL }, "unknown option -\xC3\xA9" },
        { { "--flag=1", NULL }, "--flag takes no value" },
        { { "--no-tidy=1", NULL }, "--no-tidy takes no value" },
        { { "-f", "--text" }, "--text wants a value: --text=T" },
        { { "-f", "-t" }, "-t wants a value: -t T" },
        { { "--count=", NULL }, "--count wants a whole number, not ''" },
        { { "--count=+1", NULL }, "--count wants a whole number, not '+1'" },
        { { "--count=18446744073709551616", NULL },
          "--count wants a whole number, not '18446744073709551616'" },
        { { "--count=1K", NULL }, "--count wants a whole number, not '1K'" },
        { { "--size=1KK", NULL }, "--size wants a number of bytes such as 4096 or 16M, not '1KK'" },
        { { "--size=17179869184G", NULL },
          "--size wants a number of bytes such as 4096 or 16M, not '17179869184G'" },
        { { "--choice=fanc", NULL }, "--choice cannot be 'fanc'; it is one of plain, fancy" },
        { { "--pick=", NULL }, "--pick cannot be ''; it is one of plain, fancy" },
    };
    struct options o;
    char *argv[ARGS_MAX];
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct boa_err err = { 0 };
        int operands = -5;
        char *words[] = { word("--list=kept"), word(cases[i].words[0]),
                          cases[i].words[1] ? word(cases[i].words[1]) : NULL, NULL };
        int rc = parse(&o, argv, &operands, &err, words);
        if (!cases[i].text) {
            assert_int_equal(rc, 0);
            boa_opt_release(table, ROWS, &o);
            continue;
        }
        assert_int_equal(rc, -1);
        assert_int_equal(err.kind, BOA_ERR_USAGE);
        assert_string_equal(err.text, cases[i].text);
        assert_int_equal(operands, -5);
        assert_null(o.list.values); /* nothing is left to release */
    }
}

static void bears_endless_names(void **state)
{
    char lengthy[2000] = "--";
    struct options o;
    char *argv[ARGS_MAX];
    int operands = 0;
    struct boa_err err = { 0 };
    (void)state;

    memset(lengthy + 2, 'x', sizeof(lengthy) - 3);
    assert_int_equal(parse(&o, argv, &operands, &err, WORDS(lengthy)), -1);
    assert_true(boa_str_starts_with(boa_str_from(err.text), BOA_STR_LIT("unknown option --xxx")));
    /* A caller that wants no reason gets none. */
    assert_int_equal(parse(&o, argv, &operands, NULL, WORDS(lengthy)), -1);
    assert_int_equal(parse(&o, argv, &operands, NULL, WORDS(word("--fla"))), -1);
    assert_int_equal(parse(&o, argv, &operands, NULL, WORDS(word("--choice=x"))), -1);
}

static int parse_lists(void *user, struct boa_err *err)
{
    struct options o;
    char *argv[ARGS_MAX];
    int operands = 0;
    (void)user;

    int rc = parse(&o, argv, &operands, err,
                   WORDS(word("-l1"), word("-l2"), word("-l3"), word("-l4"), word("-l5")));
    if (rc == 0) {
        assert_int_equal(o.list.count, 5);
        assert_string_equal(o.list.values[4], "5");
    }
    boa_opt_release(table, ROWS, &o);
    return rc;
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(parse_lists) > 0);
}

static void finds_flaws_of_tables(void **state)
{
    static const struct {
        struct boa_opt rows[2];
        const char *text;
    } cases[] = {
        { { { .name = "a", .kind = BOA_OPT_FLAG, .help = "h" },
            { .name = "a", .kind = BOA_OPT_FLAG, .help = "h" } },
          "--a stands twice" },
        { { { .name = "a", .letter = 'x', .kind = BOA_OPT_FLAG, .help = "h" },
            { .name = "b", .letter = 'x', .kind = BOA_OPT_FLAG, .help = "h" } },
          "-x stands twice" },
        { { { .name = "a", .kind = BOA_OPT_FLAG, .negatable = true, .help = "h" },
            { .name = "no-a", .kind = BOA_OPT_FLAG, .help = "h" } },
          "--no-a stands twice" },
        { { { .name = "a", .kind = BOA_OPT_TEXT, .help = "h" }, { .help = "H" } },
          "row 1 (a) has a value without a name, or a name without a value" },
        { { { .help = "H" }, { .name = "a", .kind = BOA_OPT_FLAG, .help = "Ends." } },
          "row 2 (a) has a text that ends in a stop" },
        { { { .help = "H" }, { .name = "a", .kind = BOA_OPT_FLAG } }, "row 2 (a) has no text" },
        { { { .help = "H" }, { .kind = BOA_OPT_FLAG, .help = "h" } }, "row 2 has no name" },
        { { { .help = "H" }, { .name = "a=b", .kind = BOA_OPT_FLAG, .help = "h" } },
          "row 2 (a=b) has a name that is too long or odd" },
        { { { .help = "H" }, { .name = "a", .value = "V", .kind = BOA_OPT_CHOICE, .help = "h" } },
          "row 2 (a) has choices and is no choice, or the other way round" },
        { { { .help = "H" },
            { .name = "a",
              .value = "V",
              .kind = BOA_OPT_COUNT,
              .optional_value = true,
              .help = "h" } },
          "row 2 (a) cannot have an optional value" },
        { { { .help = "H" },
            { .name = "a", .value = "V", .kind = BOA_OPT_TEXT, .negatable = true, .help = "h" } },
          "row 2 (a) is negatable and no flag" },
    };
    struct boa_err err = { 0 };
    (void)state;

    assert_int_equal(boa_opt_check(table, ROWS, &err), 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(boa_opt_check(cases[i].rows, 2, &err), -1);
        assert_string_equal(err.text, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_every_kind),
        cmocka_unit_test(keeps_defaults),
        cmocka_unit_test(moves_operands_to_the_front),
        cmocka_unit_test(takes_unique_abbreviations),
        cmocka_unit_test(refuses),
        cmocka_unit_test(bears_endless_names),
        cmocka_unit_test(survives_lack_of_memory),
        cmocka_unit_test(finds_flaws_of_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
