/* What the option table says in words: the help text, the man page, the completions. */
#ifndef BOA_CLI_OPT_TEXT_H
#define BOA_CLI_OPT_TEXT_H

#include "cli/text.h"
#include "cli/tool.h"

/* The answer to --help: usage, summary, options by section, examples. */
int boa_opt_put_help(struct boa_buf *buf, const struct boa_tool *tool, struct boa_err *err);

/* The man page in man(7) form. `date` is YYYY-MM-DD and never that of the build, so that building
 * twice gives the same bytes. */
int boa_opt_put_man(struct boa_buf *buf, const struct boa_tool *tool, const char *date,
                    struct boa_err *err);

/* Completions, complete files to be read by the shells. */
int boa_opt_put_bash(struct boa_buf *buf, const struct boa_tool *tool, struct boa_err *err);
int boa_opt_put_zsh(struct boa_buf *buf, const struct boa_tool *tool, struct boa_err *err);
int boa_opt_put_fish(struct boa_buf *buf, const struct boa_tool *tool, struct boa_err *err);

#endif
