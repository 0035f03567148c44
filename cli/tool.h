/* The frame every tool runs in: options, findings, exit status. A tool's main is `return
 * boa_tool_main(&tool, argc, argv)`. */
#ifndef BOA_CLI_TOOL_H
#define BOA_CLI_TOOL_H

#include <stdio.h>

#include "cli/opt.h"
#include "core/base/diag.h"

enum boa_exit {
    BOA_EXIT_OK = 0,      /* no errors */
    BOA_EXIT_DATA = 1,    /* an error in the data, or something was refused */
    BOA_EXIT_FAILURE = 2, /* it could not run: usage, input or output, memory, network */
};

struct boa_example {
    const char *command; /* runs in a test, in a copy of the inputs that tests/lint names */
    const char *text;    /* what it does, one sentence */
};

struct boa_tool_section {
    const char *title; /* "FILES", "ENVIRONMENT" … */
    const char *text;  /* paragraphs separated by a blank line; rows "term\tdescription" become a
                          tagged list; lines that begin with four blanks are shown as they are */
};

struct boa_findings;
struct boa_progress;

/* What a running tool gets. */
struct boa_tool_run {
    const struct boa_tool *tool;
    const void *options; /* the tool's option struct, filled */
    const struct boa_opts_common *common;
    char **operands; /* argv order */
    int operand_count;
    struct boa_findings *findings; /* see cli/findings.h */
    const struct boa_diags *diags; /* adds to `findings` */
    struct boa_progress *progress; /* see cli/progress.h; ended by the frame */
    FILE *out, *talk;              /* stdout and stderr, or what a test gave */
    FILE *machine; /* where JSON lines go: `out`, but `talk` when the results take `out` (-o -) */
};

struct boa_tool {
    const char *name;        /* "cc2boamps" */
    const char *summary;     /* one line, lower case, no stop: the man page's NAME */
    const char *usage;       /* "[OPTIONS] [FILE|DIR...]"; a line for each form */
    const char *description; /* paragraphs, as in boa_tool_section.text */
    const struct boa_opt *opts;
    size_t opt_count;
    const void *defaults; /* an option struct holding the defaults */
    size_t options_size;
    /* Does the work; returns an enum boa_exit. `err` is filled for BOA_EXIT_FAILURE and printed by
     * the frame. The frame makes the status worse when findings say so. */
    int (*run)(const struct boa_tool_run *run, struct boa_err *err);
    const struct boa_example *examples; /* run by a test, see tests/lint/examples.py */
    size_t example_count;
    const struct boa_tool_section *sections;
    size_t section_count;
    const char *see_also; /* "boamps-validate(1), boamps-anon(1)" */
};

/* Parses, answers -h, -V, --help=man and --help=bash|zsh|fish, runs, prints findings and errors,
 * flushes and checks stdout. */
int boa_tool_main(const struct boa_tool *tool, int argc, char **argv);

/* The same without touching the process: no signal or descriptor is prepared, and nothing goes
 * anywhere but to `out` and `talk`. */
int boa_tool_main_to(const struct boa_tool *tool, int argc, char **argv, FILE *out, FILE *talk);

#endif
