/* The frame every tool runs in: options, findings, exit status, and a standard output that is
 * checked. */
#include "cli/tool.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/findings.h"
#include "cli/opt_text.h"
#include "cli/progress.h"
#include "core/base/alloc.h"

enum { ANSWER_MAX_BYTES = 1 << 20 };

/* Says why the tool could not go on. What the text quotes may hold anything. */
static void print_err(const struct boa_tool *tool, FILE *talk, const struct boa_err *err)
{
    struct boa_buf line;

    if (err->kind == BOA_ERR_NONE)
        return;
    boa_buf_init(&line, (size_t)4 * BOA_ERR_TEXT_MAX);
    if (boa_style_put_safe(&line, boa_str_from(err->text), BOA_ERR_TEXT_MAX, NULL) == 0)
        fprintf(talk, "%s: %.*s\n", tool->name, BOA_STR_FMT(boa_buf_str(&line)));
    else
        fprintf(talk, "%s: out of memory\n", tool->name);
    boa_buf_release(&line);
}

/* The date of the man page: that of the release, or SOURCE_DATE_EPOCH, never that of the build. */
static void man_date(char out[static 32])
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    struct tm tm;

    snprintf(out, 32, "%s", BOA_RELEASED);
    if (!epoch || epoch[0] < '0' || epoch[0] > '9')
        return;
    errno = 0;
    time_t seconds = (time_t)strtoll(epoch, &end, 10);
    /* Years of four digits are all that a man page can say. */
    if (errno == 0 && *end == '\0' && gmtime_r(&seconds, &tm) && tm.tm_year < 10000 - 1900)
        strftime(out, 32, "%Y-%m-%d", &tm);
}

static int put_answer(struct boa_buf *buf, const struct boa_tool *tool, enum boa_help help,
                      struct boa_err *err)
{
    char date[32];

    switch (help) {
    case BOA_HELP_MAN:
        man_date(date);
        return boa_opt_put_man(buf, tool, date, err);
    case BOA_HELP_BASH:
        return boa_opt_put_bash(buf, tool, err);
    case BOA_HELP_ZSH:
        return boa_opt_put_zsh(buf, tool, err);
    case BOA_HELP_FISH:
        return boa_opt_put_fish(buf, tool, err);
    case BOA_HELP_TEXT:
        return boa_opt_put_help(buf, tool, err);
    case BOA_HELP_NONE:
        break;
    }
    return boa_buf_printf(buf, err, "%s (boamps-tools) %s\n", tool->name, BOA_VERSION);
}

/* Prints what --help or --version asks for. */
static int answer(const struct boa_tool *tool, enum boa_help help, FILE *out, struct boa_err *err)
{
    struct boa_buf text;

    boa_buf_init(&text, ANSWER_MAX_BYTES);
    int rc = put_answer(&text, tool, help, err);
    if (rc == 0)
        fwrite(text.ptr, 1, text.len, out); /* checked by check_out */
    boa_buf_release(&text);
    return rc == 0 ? BOA_EXIT_OK : BOA_EXIT_FAILURE;
}

static int worse(int a, int b)
{
    return a > b ? a : b;
}

static int run_tool(const struct boa_tool *tool, struct boa_tool_run *run, struct boa_err *err)
{
    const struct boa_opts_common *common = run->common;
    bool results_on_out = common->output && strcmp(common->output, "-") == 0;

    run->machine = results_on_out ? run->talk : run->out;
    boa_progress_init(run->progress, run->talk, common->progress);

    struct boa_findings_config config = {
        .tool = tool->name,
        .to = common->json ? run->machine : run->talk,
        .style = boa_style_choose((enum boa_color)common->color, run->talk),
        .progress = run->progress,
        .json = common->json,
        .quiet = common->quiet,
        .verbose = common->verbose,
        .strict = common->strict,
        .max_errors = common->max_errors,
    };
    run->findings = boa_findings_new(&config, err);
    if (!run->findings)
        return BOA_EXIT_FAILURE;
    run->diags = boa_findings_diags(run->findings);

    int status = tool->run(run, err);
    boa_progress_end(run->progress);
    /* The tool's own reason to stop is the better one to tell. */
    if (boa_findings_finish(run->findings, err->kind == BOA_ERR_NONE ? err : NULL) != 0)
        status = BOA_EXIT_FAILURE;
    if (boa_findings_count(run->findings, BOA_SEVERITY_ERROR) != 0)
        status = worse(status, BOA_EXIT_DATA);
    boa_findings_free(run->findings);
    return status;
}

/* Parses and does what is asked; `err` is filled for BOA_EXIT_FAILURE. */
static int run_options(const struct boa_tool *tool, void *options, int argc, char **argv,
                       struct boa_tool_run *run, struct boa_err *err)
{
    const struct boa_opts_common *common = options;

    memcpy(options, tool->defaults, tool->options_size);
    if (boa_opt_parse(tool->opts, tool->opt_count, options, argc, argv, &run->operand_count, err) !=
        0)
        return BOA_EXIT_FAILURE;
    run->options = options;
    run->common = common;
    run->operands = argv + 1;
    int status = common->help != BOA_HELP_NONE || common->version
                     ? answer(tool, (enum boa_help)common->help, run->out, err)
                     : run_tool(tool, run, err);
    boa_opt_release(tool->opts, tool->opt_count, options);
    return status;
}

/* What is still buffered may not fit any more: a full disk shows here at the latest. */
static int check_out(FILE *out, struct boa_err *err)
{
    bool failed_before = ferror(out) != 0;

    errno = 0;
    if (fflush(out) == 0 && !failed_before)
        return 0;
    if (errno == 0)
        return boa_err_set(err, BOA_ERR_IO, "standard output could not be written");
    return boa_err_sys(err, errno, "standard output");
}

int boa_tool_main_to(const struct boa_tool *tool, int argc, char **argv, FILE *out, FILE *talk)
{
    struct boa_progress progress = { 0 };
    struct boa_tool_run run = { .tool = tool, .progress = &progress, .out = out, .talk = talk };
    struct boa_err err = { 0 }, out_err = { 0 };
    int status = BOA_EXIT_FAILURE;

    assert(boa_opt_check(tool->opts, tool->opt_count, &err) == 0);
    void *options = boa_alloc_zero(1, tool->options_size, &err);
    if (options)
        status = run_options(tool, options, argc, argv, &run, &err);
    boa_free(options);
    print_err(tool, talk, &err);
    /* Only the parser's complaints leave the user without a remedy: it fills in no options then. */
    if (err.kind == BOA_ERR_USAGE && run.options == NULL)
        fprintf(talk, "Try '%s --help'.\n", tool->name);
    if (check_out(out, &out_err) != 0) {
        print_err(tool, talk, &out_err);
        status = BOA_EXIT_FAILURE;
    }
    return status;
}

/* A closed standard descriptor would be given to the next file opened, and results or messages
 * would be written into it. One that cannot be used that way takes its place. */
static void hold_closed_descriptors(void)
{
    static const int modes[] = { O_WRONLY, O_RDONLY, O_RDWR };

    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
            continue;
        int opened = open("/dev/null", modes[fd]);
        assert(opened == -1 || opened == fd); /* the lowest free one, and all below are open */
        (void)opened;
    }
}

int boa_tool_main(const struct boa_tool *tool, int argc, char **argv)
{
    /* A reader that has seen enough ends us quietly, even where the caller ignores the signal. */
    signal(SIGPIPE, SIG_DFL);
    hold_closed_descriptors();
    return boa_tool_main_to(tool, argc, argv, stdout, stderr);
}
