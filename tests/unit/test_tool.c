/* The frame of the tools: exit statuses, where things are printed, and every allocation failing. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/findings.h"
#include "cli/tool.h"

struct options {
    struct boa_opts_common common;
    uint64_t status, find;
    struct boa_opt_list list;
};

static const struct boa_opt opts[] = {
    { .kind = BOA_OPT_COUNT,
      .name = "status",
      .value = "N",
      .help = "end so",
      .offset = offsetof(struct options, status) },
    { .kind = BOA_OPT_COUNT,
      .name = "find",
      .value = "N",
      .help = "1: a note, 2: a warning, 3: an error",
      .offset = offsetof(struct options, find) },
    { .kind = BOA_OPT_LIST,
      .name = "list",
      .value = "T",
      .help = "something to allocate",
      .offset = offsetof(struct options, list) },
    BOA_OPT_ROW_OUTPUT("write to PATH", NULL),
    BOA_OPT_ROWS_COMMON,
};

static const struct options defaults = { .common = { .max_errors = 100, .progress = -1 } };

static int run_it(const struct boa_tool_run *run, struct boa_err *err)
{
    static const enum boa_diag ids[] = { BOA_DIAG_COUNT, BOA_DIAG_PUE_INCLUDED,
                                         BOA_DIAG_ENERGY_ZERO, BOA_DIAG_ROW_LENGTH };
    const struct options *o = run->options;

    for (int i = 0; i < 2 && o->find != 0; i++)
        boa_diags_add(run->diags, ids[o->find], (struct boa_place){ BOA_STR_LIT("f"), 1, 0 },
                      BOA_STR_LIT(""), "found");
    fprintf(run->machine, "%d operands\n", run->operand_count);
    if (o->status == BOA_EXIT_FAILURE && o->list.count != 0)
        boa_err_set(err, BOA_ERR_USAGE, "leave --list out");
    else if (o->status == BOA_EXIT_FAILURE)
        boa_err_set(err, BOA_ERR_DATA, "cannot go on");
    return (int)o->status;
}

static const struct boa_tool tool = {
    .name = "t",
    .summary = "do a thing",
    .usage = "[FILE...]",
    .description = "Nothing.",
    .opts = opts,
    .opt_count = sizeof(opts) / sizeof(opts[0]),
    .defaults = &defaults,
    .options_size = sizeof(struct options),
    .run = run_it,
};

struct result {
    int status;
    char *out, *talk;
};

static struct result run(const char *const *words)
{
    static char store[8][32];
    char *argv[9] = { store[0] };
    struct result r = { 0 };
    size_t out_len = 0, talk_len = 0;
    int argc = 1;

    for (; words[argc - 1]; argc++) {
        snprintf(store[argc], sizeof(store[0]), "%s", words[argc - 1]);
        argv[argc] = store[argc];
    }
    FILE *out = open_memstream(&r.out, &out_len), *talk = open_memstream(&r.talk, &talk_len);
    assert_non_null(out);
    assert_non_null(talk);
    r.status = boa_tool_main_to(&tool, argc, argv, out, talk);
    fclose(out);
    fclose(talk);
    return r;
}

static void release(struct result *r)
{
    free(r->out);
    free(r->talk);
}

#define ZERO_HINT " (check that the run did something, and that CodeCarbon could measure)"

static void ends_with_the_worst_status(void **state)
{
    static const struct {
        const char *words[6];
        int status;
        const char *out, *talk;
    } cases[] = {
        { { "a", "b" }, 0, "2 operands\n", "" },
        { { "--status=1" }, 1, "0 operands\n", "" },
        { { "--status=2" }, 2, "0 operands\n", "t: cannot go on\n" },
        { { "--status=2", "--list=a" }, 2, "0 operands\n", "t: leave --list out\n" },
        { { "--find=1", "-v" },
          0,
          "0 operands\n",
          "t: f:1: note[PUE_INCLUDED]: found (--pue=remove divides it out)\n"
          "t: f:1: note[PUE_INCLUDED]: found (--pue=remove divides it out)\n" },
        { { "--find=2" },
          0,
          "0 operands\n",
          "t: f:1: warning[ENERGY_ZERO]: found" ZERO_HINT "\n"
          "t: f: warning[ENERGY_ZERO]: 1 more like it; -v shows each\n" },
        { { "--find=2", "--strict", "-q" },
          1,
          "0 operands\n",
          "t: f:1: error[ENERGY_ZERO]: found" ZERO_HINT
          "\nt: f:1: error[ENERGY_ZERO]: found" ZERO_HINT "\n" },
        { { "--find=3", "--max-errors=1" },
          1,
          "0 operands\n",
          "t: f:1: error[ROW_LENGTH]: found (mend the row; its cells may have shifted)\n"
          "t: 1 more error; --max-errors=0 shows all\n" },
        { { "--find=2", "--status=2", "-q", "--strict", "--max-errors=1" },
          2,
          "0 operands\n",
          "t: f:1: error[ENERGY_ZERO]: found" ZERO_HINT
          "\nt: 1 more error; --max-errors=0 shows all\n"
          "t: cannot go on\n" },
        { { "--json", "-o-" }, 0, "", "0 operands\n" },
        { { "--json", "-ofile" }, 0, "0 operands\n", "" },
        { { "--stat=x" }, 2, "", "t: --status wants a whole number, not 'x'\nTry 't --help'.\n" },
        { { "-V" }, 0, "t (boamps-tools) " BOA_VERSION "\n", "" },
    };
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct result r = run(cases[i].words);
        assert_string_equal(r.out, cases[i].out);
        assert_string_equal(r.talk, cases[i].talk);
        assert_int_equal(r.status, cases[i].status);
        release(&r);
    }
}

/* Whatever allocation fails, the tool says so and ends with 2; nothing leaks. */
static void survives_lack_of_memory(void **state)
{
    static const char *const cases[][5] = {
        { "--find=2", "--list=a", "--list=b", NULL },
        { "--find=3", "--json", NULL },
        { "--help", NULL },
        { "--help=man", NULL },
        { "--help=bash", NULL },
        { "--version", NULL },
    };
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        unsigned long nth = 1;
        for (bool failed = true; failed; nth++) {
            boa_alloc_fail_at(nth);
            struct result r = run(cases[i]);
            failed = boa_alloc_count() >= nth;
            boa_alloc_fail_at(0);
            if (failed) {
                assert_int_equal(r.status, BOA_EXIT_FAILURE);
                assert_string_equal(r.talk + strlen(r.talk) - strlen("t: out of memory\n"),
                                    "t: out of memory\n");
            } else {
                assert_int_equal(r.status, i == 1 ? BOA_EXIT_DATA : BOA_EXIT_OK);
            }
            release(&r);
        }
        assert_true(nth > 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_with_the_worst_status),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
