/* One option table per tool: the parser, --help, the man page and the shell completions all read
 * it. */
#ifndef BOA_CLI_OPT_H
#define BOA_CLI_OPT_H

#include <stddef.h>

#include "core/base/err.h"
#include "core/base/str.h"

enum boa_opt_kind {
    BOA_OPT_HEADING, /* no option: `help` opens a section of the help text */
    BOA_OPT_FLAG,  /* bool at offset becomes true; `--no-NAME` too when `negatable` (then an int: -1
                      unset, 0, 1) */
    BOA_OPT_TEXT,  /* const char * at offset, last one wins */
    BOA_OPT_LIST,  /* struct boa_opt_list at offset, every one is kept */
    BOA_OPT_COUNT, /* uint64_t at offset, decimal digits */
    BOA_OPT_SIZE,  /* uint64_t bytes at offset; digits with an optional K, M, G (1024-based) */
    BOA_OPT_CHOICE, /* int at offset: index into `choices`; with `optional_value` index + 1, so that
                       0 says that the option was not given */
};

struct boa_opt {
    enum boa_opt_kind kind;
    char letter;                /* 0: none */
    const char *name;           /* long name without dashes */
    const char *value;          /* name of the value in texts, "FILE"; NULL for flags */
    const char *const *choices; /* NULL-terminated; BOA_OPT_CHOICE only */
    const char *preset;         /* the default as the help text says it; NULL: none worth saying */
    const char *help;           /* one sentence without a final stop */
    bool negatable;             /* BOA_OPT_FLAG only */
    bool optional_value;        /* `--name` alone is allowed: TEXT becomes "", CHOICE its first;
                                   a letter then never takes a value */
    size_t offset;              /* into the tool's option struct */
};

struct boa_opt_list {
    const char **values; /* borrowed from argv */
    size_t count;
};

/* What every tool has; embed as the FIRST member of the tool's option struct. */
struct boa_opts_common {
    bool version, quiet, verbose, json, strict, fail_fast, dry_run, force, allow_empty;
    int help;                /* enum boa_help */
    const char *output;      /* -o; NULL: the tool's default */
    const char *files0_from; /* list of inputs, NUL-separated; "-" is standard input */
    int color;               /* enum boa_color */
    int progress;            /* -1 by terminal, 0 never, 1 always */
    uint64_t max_errors;     /* errors shown before only counting; 0: all */
    uint64_t max_size;       /* bytes of one record, report or context */
};

enum boa_color { BOA_COLOR_AUTO, BOA_COLOR_ALWAYS, BOA_COLOR_NEVER };

extern const char *const boa_color_choices[]; /* auto, always, never */

enum boa_help {
    BOA_HELP_NONE, /* not asked for */
    BOA_HELP_TEXT,
    BOA_HELP_MAN, /* the man page; bash, zsh, fish: the completion of that shell */
    BOA_HELP_BASH,
    BOA_HELP_ZSH,
    BOA_HELP_FISH,
};

extern const char *const boa_help_choices[]; /* text, man, bash, zsh, fish */

/* Shared rows, defined once, for a struct whose first member is a struct boa_opts_common. */
#define BOA_OPT_ROW_OUTPUT(text, presetting)                                                       \
    {                                                                                              \
        .kind = BOA_OPT_TEXT, .letter = 'o', .name = "output", .value = "PATH", .help = (text),    \
        .preset = (presetting), .offset = offsetof(struct boa_opts_common, output)                 \
    }
#define BOA_OPT_COMMON_FLAG(ch, long_name, member, text)                                           \
    {                                                                                              \
        .kind = BOA_OPT_FLAG, .letter = (ch), .name = (long_name), .help = (text),                 \
        .offset = offsetof(struct boa_opts_common, member)                                         \
    }
#define BOA_OPT_ROW_DRY_RUN BOA_OPT_COMMON_FLAG('n', "dry-run", dry_run, "do everything but write")
#define BOA_OPT_ROW_FORCE BOA_OPT_COMMON_FLAG('f', "force", force, "replace files that differ")

/* Every tool ends its table with this: heading and the rows -q -v --json --color --progress
 * --strict --max-errors --fail-fast --files0-from --max-size --allow-empty -h -V. */
#define BOA_OPT_ROWS_COMMON                                                                        \
    { .kind = BOA_OPT_HEADING, .help = "General" },                                                \
        BOA_OPT_COMMON_FLAG('q', "quiet", quiet, "say only errors"),                               \
        BOA_OPT_COMMON_FLAG('v', "verbose", verbose, "say every finding, not one of a kind"),      \
        BOA_OPT_COMMON_FLAG(0, "json", json, "findings and summary as JSON lines"),                \
        { .kind = BOA_OPT_CHOICE,                                                                  \
          .name = "color",                                                                         \
          .value = "WHEN",                                                                         \
          .choices = boa_color_choices,                                                            \
          .preset = "auto",                                                                        \
          .help = "colours: auto, always or never",                                                \
          .offset = offsetof(struct boa_opts_common, color) },                                     \
        { .kind = BOA_OPT_FLAG,                                                                    \
          .name = "progress",                                                                      \
          .negatable = true,                                                                       \
          .help = "show progress; by default only on a terminal",                                  \
          .offset = offsetof(struct boa_opts_common, progress) },                                  \
        BOA_OPT_COMMON_FLAG(0, "strict", strict, "treat warnings as errors"),                      \
        { .kind = BOA_OPT_COUNT,                                                                   \
          .name = "max-errors",                                                                    \
          .value = "N",                                                                            \
          .preset = "100",                                                                         \
          .help = "errors to show before only counting; 0 shows all",                              \
          .offset = offsetof(struct boa_opts_common, max_errors) },                                \
        BOA_OPT_COMMON_FLAG(0, "fail-fast", fail_fast, "stop at the first error"),                 \
        { .kind = BOA_OPT_TEXT,                                                                    \
          .name = "files0-from",                                                                   \
          .value = "FILE",                                                                         \
          .help = "read input names, separated by NUL, from FILE",                                 \
          .offset = offsetof(struct boa_opts_common, files0_from) },                               \
        { .kind = BOA_OPT_SIZE,                                                                    \
          .name = "max-size",                                                                      \
          .value = "BYTES",                                                                        \
          .preset = "16M",                                                                         \
          .help = "largest row, report or context",                                                \
          .offset = offsetof(struct boa_opts_common, max_size) },                                  \
        BOA_OPT_COMMON_FLAG(0, "allow-empty", allow_empty,                                         \
                            "an input folder without a match is no error"),                        \
        { .kind = BOA_OPT_CHOICE,                                                                  \
          .letter = 'h',                                                                           \
          .name = "help",                                                                          \
          .value = "man|bash|zsh|fish",                                                            \
          .choices = boa_help_choices,                                                             \
          .optional_value = true,                                                                  \
          .help = "show this text, the man page or the completion of a shell",                     \
          .offset = offsetof(struct boa_opts_common, help) },                                      \
        BOA_OPT_COMMON_FLAG('V', "version", version, "show the version")

/* Fills `options` (already holding the defaults) and moves operands to the front of argv[1…];
 * `*operands` is their number. Long options may be abbreviated when unique and take `--name=value`
 * or `--name value`; letters may be joined; `--` ends options; "-" is an operand. Lists are
 * allocated: release with boa_opt_release. -1: usage error, `err` says which option and, if a name
 * is near, "did you mean". */
int boa_opt_parse(const struct boa_opt *table, size_t count, void *options, int argc, char **argv,
                  int *operands, struct boa_err *err);

/* Frees the lists and empties them; may be called twice, and after a failed parse. */
void boa_opt_release(const struct boa_opt *table, size_t count, void *options);

/* For tests and assertions: -1 when the table itself is wrong (a name or letter twice, a value
 * without a name, a choice without choices, a text that ends in a stop); `err` names the row. */
int boa_opt_check(const struct boa_opt *table, size_t count, struct boa_err *err);

#endif
