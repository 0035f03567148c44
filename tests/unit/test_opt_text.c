/* Texts written from an option table: wrapping, escapes of troff and the shells, lack of memory. */
#include "tests/unit/unit.h"

#include "cli/opt_text.h"

static const char *const choices[] = { "first", "second", NULL };

static const struct boa_opt opts[] = {
    { .kind = BOA_OPT_FLAG, .letter = 'f', .name = "flag", .help = "it's [a]: \\ \"flag\"" },
    { .kind = BOA_OPT_CHOICE,
      .name = "pick",
      .value = "first|second",
      .choices = choices,
      .optional_value = true,
      .help = "pick one" },
    { .kind = BOA_OPT_HEADING, .help = "More" },
    { .kind = BOA_OPT_SIZE, .name = "size", .value = "N", .preset = "1M", .help = "a size" },
    { .kind = BOA_OPT_FLAG, .name = "tidy", .negatable = true, .help = "tidy up" },
    { .kind = BOA_OPT_CHOICE,
      .name = "which",
      .value = "W",
      .choices = choices,
      .preset = "first",
      .help = "first: not the rest; as: said; second: the rest" },
};

static const struct boa_tool_section sections[] = {
    { "EXIT STATUS", "7\tOf its own." },
    { "FILES", "    .dot\n\n.first word\nof two lines\n.tag\tits 'text'\n\nend" },
};

static const struct boa_example examples[] = {
    { "a-tool --size=1K", "Ends in a stop." },
    { ".a 'b'", "Does not" },
};

static const struct boa_tool tool = {
    .name = "a-tool",
    .summary = "do a thing",
    .usage = "[FILE...]\n--all",
    .description = "One.\n\nTwo.",
    .opts = opts,
    .opt_count = sizeof(opts) / sizeof(opts[0]),
    .examples = examples,
    .example_count = 2,
    .sections = sections,
    .section_count = 2,
};

typedef int put_fn(struct boa_buf *buf, const struct boa_tool *tool, struct boa_err *err);

static int put_man(struct boa_buf *buf, const struct boa_tool *of, struct boa_err *err)
{
    return boa_opt_put_man(buf, of, "2001-02-03", err);
}

static put_fn *const all[] = { boa_opt_put_help, put_man, boa_opt_put_bash, boa_opt_put_zsh,
                               boa_opt_put_fish };

static void check(put_fn *put, const char *want)
{
    struct boa_buf buf;
    struct boa_err err = { 0 };

    boa_buf_init(&buf, 100000);
    assert_int_equal(put(&buf, &tool, &err), 0);
    assert_text_equal(boa_buf_str(&buf), want);
    boa_buf_release(&buf);
}

static void help(void **state)
{
    (void)state;
    check(boa_opt_put_help, "Usage: a-tool [FILE...]\n"
                            "       a-tool --all\n"
                            "\n"
                            "Do a thing.\n"
                            "\n"
                            "Options:\n"
                            "  -f, --flag              it's [a]: \\ \"flag\"\n"
                            "      --pick[=first|second]\n"
                            "                          pick one\n"
                            "\n"
                            "More:\n"
                            "      --size=N            a size (default: 1M)\n"
                            "      --[no-]tidy         tidy up\n"
                            "      --which=W           first: not the rest; as: said; second: the "
                            "rest\n"
                            "                          (default: first)\n"
                            "\n"
                            "Examples:\n"
                            "  a-tool --size=1K\n"
                            "      Ends in a stop.\n"
                            "  .a 'b'\n"
                            "      Does not\n"
                            "\n"
                            "'man a-tool' says more.\n");
}

static void man_page(void **state)
{
    (void)state;
    check(put_man, ".TH \"A\\-TOOL\" 1 \"2001-02-03\" \"boamps-tools " BOA_VERSION "\"\n"
                   ".SH NAME\n"
                   "a\\-tool \\- do a thing\n"
                   ".SH SYNOPSIS\n"
                   "\\fBa\\-tool\\fR [\\fIFILE\\fR...]\n"
                   ".br\n"
                   "\\fBa\\-tool\\fR \\-\\-all\n"
                   ".SH DESCRIPTION\n"
                   "One.\n"
                   ".PP\n"
                   "Two.\n"
                   ".SH OPTIONS\n"
                   ".TP\n"
                   "\\fB\\-f\\fR, \\fB\\-\\-flag\\fR\n"
                   "It\\(aqs [a]: \\e \\(dqflag\\(dq.\n"
                   ".TP\n"
                   "\\fB\\-\\-pick\\fR[=\\fIfirst|second\\fR]\n"
                   "Pick one.\n"
                   ".SS \"More\"\n"
                   ".TP\n"
                   "\\fB\\-\\-size\\fR=\\fIN\\fR\n"
                   "A size (default: 1M).\n"
                   ".TP\n"
                   "\\fB\\-\\-tidy\\fR, \\fB\\-\\-no\\-tidy\\fR\n"
                   "Tidy up.\n"
                   ".TP\n"
                   "\\fB\\-\\-which\\fR=\\fIW\\fR\n"
                   "\\fBfirst\\fR: not the rest; as: said.\n"
                   ".br\n"
                   "\\fBsecond\\fR: the rest (default: first).\n"
                   ".SH \"EXIT STATUS\"\n"
                   ".TP\n"
                   "\\fB7\\fR\n"
                   "Of its own.\n"
                   ".SH \"FILES\"\n"
                   ".EX\n"
                   "    .dot\n"
                   ".EE\n"
                   ".PP\n"
                   "\\&.first word\n"
                   "of two lines\n"
                   ".TP\n"
                   "\\fB\\&.tag\\fR\n"
                   "its \\(aqtext\\(aq\n"
                   ".PP\n"
                   "end\n"
                   ".SH EXAMPLES\n"
                   "Ends in a stop:\n"
                   ".PP\n"
                   ".EX\n"
                   "    a\\-tool \\-\\-size=1K\n"
                   ".EE\n"
                   ".PP\n"
                   "Does not:\n"
                   ".PP\n"
                   ".EX\n"
                   "    \\&.a \\(aqb\\(aq\n"
                   ".EE\n");
}

static void zsh(void **state)
{
    (void)state;
    check(boa_opt_put_zsh,
          "#compdef a-tool\n"
          "_arguments -s -S \\\n"
          "    '(-f --flag)'{-f,--flag}'[it'\\''s \\[a\\]\\: \\\\ \"flag\"]' \\\n"
          "    '--pick=-[pick one]::first|second:(first second)' \\\n"
          "    '--size=[a size]:N: ' \\\n"
          "    '(--tidy --no-tidy)'{--tidy,--no-tidy}'[tidy up]' \\\n"
          "    '--which=[first\\: not the rest; as\\: said; second\\: the rest]:W:("
          "first second)' \\\n"
          "    '*:input:_files'\n");
}

static void fish(void **state)
{
    (void)state;
    check(boa_opt_put_fish,
          "# fish completion for a-tool\n"
          "complete -c a-tool -s f -l flag -d 'it\\'s [a]: \\\\ \"flag\"'\n"
          "complete -c a-tool -l pick -d 'pick one' -f -a 'first second'\n"
          "complete -c a-tool -l size -d 'a size' -x\n"
          "complete -c a-tool -l tidy -d 'tidy up'\n"
          "complete -c a-tool -l no-tidy -d 'tidy up'\n"
          "complete -c a-tool -l which -d 'first: not the rest; as: said; second: "
          "the rest' -x -a 'first second'\n");
}

static void wraps(const char *words, size_t indent, const char *want)
{
    struct boa_buf buf;
    struct boa_text text;
    struct boa_err err = { 0 };

    boa_buf_init(&buf, 10000);
    boa_text_init(&text, &buf, &err);
    boa_text_wrap(&text, boa_str_from(words), indent);
    assert_int_equal(boa_text_finish(&text), 0);
    assert_text_equal(boa_buf_str(&buf), want);
    boa_buf_release(&buf);
}

#define TEN "ten letter"
#define TEN_E "ten l\xC3\xA9tter"
#define DIGITS "12345678901234567890123456789012345678901234567890"
#define FORTY TEN " " TEN " " TEN " 1234567"

static void wraps_at_the_width(void **state)
{
    (void)state;
    wraps("", 2, "\n");
    wraps("  a\n b ", 2, "a b\n");
    /* 80 columns fit, 81 do not; a character of two bytes is one column. */
    wraps(FORTY " " FORTY "x", 2, FORTY " " TEN " " TEN " " TEN "\n  1234567x\n");
    wraps(FORTY " " TEN " " TEN_E " " TEN " 1234567", 2,
          FORTY " " TEN " " TEN_E " " TEN "\n  1234567\n");
    wraps(FORTY " " TEN " " TEN_E " " TEN " 123456", 2,
          FORTY " " TEN " " TEN_E " " TEN " 123456\n");
    /* A word that fits no line stays whole, on a line of its own. */
    wraps("a " DIGITS DIGITS " b", 1, "a\n " DIGITS DIGITS "\n b\n");
}

static int put_one(void *user, struct boa_err *err)
{
    put_fn *const *put = user;
    struct boa_buf buf;

    boa_buf_init(&buf, 100000);
    int rc = (*put)(&buf, &tool, err);
    boa_buf_release(&buf);
    return rc;
}

static void survives_lack_of_memory_and_room(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        put_fn *put = all[i];
        assert_true(unit_each_allocation_fails(put_one, &put) > 0);
        struct boa_buf small;
        struct boa_err err = { 0 };
        boa_buf_init(&small, 100);
        assert_int_equal(put(&small, &tool, &err), -1);
        assert_int_equal(err.kind, BOA_ERR_LIMIT);
        boa_buf_release(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help),
        cmocka_unit_test(man_page),
        cmocka_unit_test(zsh),
        cmocka_unit_test(fish),
        cmocka_unit_test(wraps_at_the_width),
        cmocka_unit_test(survives_lack_of_memory_and_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
