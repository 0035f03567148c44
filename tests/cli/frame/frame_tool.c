/* boa-frame: a tool for tests only. It has an option of every kind and does what it is told, so
 * that the frame can be tested without any real work. */
#include <inttypes.h>

#include "cli/findings.h"
#include "cli/inputs.h"
#include "cli/progress.h"
#include "cli/tool.h"

struct options {
    struct boa_opts_common common;
    const char *text, *maybe;
    struct boa_opt_list lists, findings;
    uint64_t count, size, lines, repeat;
    int choice, pick, tidy;
    bool show, fail;
};

static const char *const choices[] = { "plain", "fancy", NULL };
static const char *const picks[] = { "first", "second", NULL };

#define ROW(row_kind, row_name, member, ...)                                                       \
    {                                                                                              \
        .kind = (row_kind), .name = (row_name), .offset = offsetof(struct options, member),        \
        __VA_ARGS__                                                                                \
    }

static const struct boa_opt opts[] = {
    { .kind = BOA_OPT_HEADING, .help = "Kinds of options" },
    ROW(BOA_OPT_TEXT, "text", text, .letter = 't', .value = "TEXT", .help = "keep a text"),
    ROW(BOA_OPT_TEXT, "maybe", maybe, .letter = 'm', .value = "TEXT", .optional_value = true,
        .help = "keep a text, or an empty one"),
    ROW(BOA_OPT_LIST, "list", lists, .letter = 'l', .value = "TEXT",
        .help = "keep one more text; this sentence is long enough that the help text has to break "
                "it into lines, and it holds [brackets], a colon: and an apostrophe's mark"),
    ROW(BOA_OPT_COUNT, "count", count, .value = "N", .preset = "7", .help = "keep a number"),
    ROW(BOA_OPT_SIZE, "size", size, .value = "BYTES", .help = "keep a number of bytes"),
    ROW(BOA_OPT_CHOICE, "choice", choice, .value = "HOW", .choices = choices, .preset = "plain",
        .help = "keep a choice, plain or fancy"),
    ROW(BOA_OPT_CHOICE, "pick", pick, .value = "first|second", .choices = picks,
        .optional_value = true, .help = "keep a choice that may be left out"),
    ROW(BOA_OPT_FLAG, "tidy", tidy, .negatable = true, .help = "keep yes or no"),
    { .kind = BOA_OPT_HEADING, .help = "Things to do" },
    ROW(BOA_OPT_FLAG, "show", show, .letter = 's', .help = "show all options and inputs"),
    ROW(BOA_OPT_COUNT, "lines", lines, .value = "N", .help = "print N lines"),
    ROW(BOA_OPT_LIST, "finding", findings, .value = "ID:FILE:LINE:COLUMN:POINTER:MESSAGE",
        .help = "report a finding"),
    ROW(BOA_OPT_COUNT, "repeat", repeat, .value = "N", .preset = "1",
        .help = "report each finding N times"),
    ROW(BOA_OPT_FLAG, "fail", fail, .help = "give up after all this"),
    BOA_OPT_ROW_OUTPUT("write to PATH", "-"),
    BOA_OPT_ROW_DRY_RUN,
    BOA_OPT_ROW_FORCE,
    BOA_OPT_ROWS_COMMON,
};

static const struct options defaults = {
    .common = { .max_errors = 100, .max_size = 16 << 20, .progress = -1 },
    .count = 7,
    .repeat = 1,
    .tidy = -1,
};

static void show_list(FILE *out, const char *name, struct boa_opt_list list)
{
    fprintf(out, "%s:", name);
    for (size_t i = 0; i < list.count; i++)
        fprintf(out, " [%s]", list.values[i]);
    fprintf(out, "\n");
}

static int show(const struct boa_tool_run *run, struct boa_err *err)
{
    const struct options *o = run->options;
    struct boa_inputs inputs;
    const char *name = NULL;
    int rc;

    fprintf(run->out, "text: %s\n", o->text ? o->text : "(none)");
    fprintf(run->out, "maybe: %s\n", o->maybe ? o->maybe : "(none)");
    show_list(run->out, "lists", o->lists);
    fprintf(run->out, "count: %" PRIu64 "\nsize: %" PRIu64 "\n", o->count, o->size);
    fprintf(run->out, "choice: %s\npick: %d\ntidy: %d\n", choices[o->choice], o->pick, o->tidy);
    fprintf(run->out, "output: %s\n", run->common->output ? run->common->output : "(none)");
    fprintf(run->out, "dry-run: %d\nforce: %d\n", run->common->dry_run, run->common->force);
    if (boa_inputs_open(&inputs, run->operands, run->operand_count, run->common->files0_from,
                        err) != 0)
        return -1;
    while ((rc = boa_inputs_next(&inputs, &name, err)) > 0)
        fprintf(run->out, "input: [%s]\n", name);
    boa_inputs_close(&inputs);
    return rc;
}

/* Takes the text up to the next ':' off `*rest`. */
static struct boa_str take_part(struct boa_str *rest)
{
    size_t end = boa_str_find_byte(*rest, ':');
    struct boa_str part = boa_str_make(rest->ptr, end);

    *rest = boa_str_from_byte(*rest, end + 1);
    return part;
}

static uint64_t take_number(struct boa_str *rest)
{
    struct boa_str digits = take_part(rest);
    uint64_t value = 0;

    for (size_t i = 0; i < digits.len; i++)
        value = value * 10 + (uint64_t)(digits.ptr[i] - '0');
    return value;
}

static int report(const struct boa_tool_run *run, const char *given, struct boa_err *err)
{
    struct boa_str rest = boa_str_make(given, strlen(given)), name = take_part(&rest);
    size_t id = 0;

    while (id < BOA_DIAG_COUNT && !boa_str_equal_lit(name, boa_diag_info((enum boa_diag)id)->id))
        id++;
    if (id == BOA_DIAG_COUNT)
        return boa_err_set(err, BOA_ERR_USAGE, "no finding is called '%.*s'", BOA_STR_FMT(name));
    struct boa_str file = take_part(&rest);
    uint64_t line = take_number(&rest);
    uint64_t column = take_number(&rest);
    struct boa_str pointer = take_part(&rest);
    boa_diags_add(run->diags, (enum boa_diag)id, (struct boa_place){ file, line, column }, pointer,
                  "%.*s", BOA_STR_FMT(rest));
    return 0;
}

static int run_frame(const struct boa_tool_run *run, struct boa_err *err)
{
    const struct options *o = run->options;

    if (o->show && show(run, err) != 0)
        return BOA_EXIT_FAILURE;
    boa_progress_update(run->progress, 1, 4, BOA_STR_LIT("steps"));
    for (size_t i = 0; i < o->findings.count; i++) {
        for (uint64_t n = 0; n < o->repeat; n++) {
            if (report(run, o->findings.values[i], err) != 0)
                return BOA_EXIT_FAILURE;
        }
    }
    for (uint64_t n = 1; n <= o->lines; n++)
        fprintf(run->out, "line %" PRIu64 "\n", n);
    if (run->common->json)
        fprintf(run->machine, "{\"v\":1,\"kind\":\"summary\"}\n");
    if (o->fail) {
        boa_err_set(err, BOA_ERR_LIMIT, "told to give up on '%s'", o->text ? o->text : "");
        return BOA_EXIT_FAILURE;
    }
    return BOA_EXIT_OK;
}

static const struct boa_example examples[] = {
    { "boa-frame --show -- -x", "Shows what the options hold" },
    { "boa-frame --lines=2", "Prints two lines" },
};

static const struct boa_tool_section sections[] = {
    { "FILES", ".config\tIt's a row that begins with a stop; back\\slash and \"quotes\" stay.\n"
               "other\tAnother row.\n"
               "\n"
               "'A paragraph that begins with an apostrophe and holds café… ^ ~ `.\n"
               "\n"
               "    - verbatim: yes\n"
               "    .dot: line\n"
               "\n"
               "The end." },
};

static const struct boa_tool tool = {
    .name = "boa-frame",
    .summary = "show what the frame of every tool does",
    .usage = "[OPTIONS] [FILE|DIR...]\n--show [TEXT...]",
    .description = "boa-frame does nothing useful.\n"
                   "\n"
                   "It serves the tests.",
    .opts = opts,
    .opt_count = sizeof(opts) / sizeof(opts[0]),
    .defaults = &defaults,
    .options_size = sizeof(struct options),
    .run = run_frame,
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
    .sections = sections,
    .section_count = sizeof(sections) / sizeof(sections[0]),
    .see_also = "cc2boamps(1)",
};

int main(int argc, char **argv)
{
    return boa_tool_main(&tool, argc, argv);
}
