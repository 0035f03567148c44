/* What the command lines of all converters share: options, inputs, context, output, the closing
 * lines. */
#ifndef BOA_CONVERTERS_CONVERT_TOOL_H
#define BOA_CONVERTERS_CONVERT_TOOL_H

#include "cli/tool.h"
#include "converters/convert.h"

/* The FIRST member of a converter's option struct. */
struct convert_options {
    struct boa_opts_common common;
    struct boa_opt_list contexts, sets;
    bool pretty, compact;
    int target; /* enum convert_target */
};

enum convert_target { CONVERT_TARGET_CURRENT, CONVERT_TARGET_1_1_0 };

extern const char *const convert_target_choices[];

#define CONVERT_OUTPUT "boamps-reports" /* where reports go unless -o says otherwise */

#define CONVERT_DEFAULTS                                                                           \
    {                                                                                              \
        .common = {                                                                                \
            .output = CONVERT_OUTPUT,                                                              \
            .progress = -1,                                                                        \
            .max_errors = 100,                                                                     \
            .max_size = 16 << 20                                                                   \
        }                                                                                          \
    }

#define CONVERT_OPT_FLAG(long_name, member, text)                                                  \
    {                                                                                              \
        .kind = BOA_OPT_FLAG, .name = (long_name), .help = (text),                                 \
        .offset = offsetof(struct convert_options, member)                                         \
    }

/* Rows that every converter's option table begins with. */
#define CONVERT_OPT_ROWS                                                                           \
    { .kind = BOA_OPT_HEADING, .help = "Context" },                                                \
        { .kind = BOA_OPT_LIST,                                                                    \
          .letter = 'c',                                                                           \
          .name = "context",                                                                       \
          .value = "FILE",                                                                         \
          .help = "what no meter knows, as YAML or JSON shaped like a report; repeatable, later "  \
                  "files win",                                                                     \
          .offset = offsetof(struct convert_options, contexts) },                                  \
        { .kind = BOA_OPT_LIST,                                                                    \
          .name = "set",                                                                           \
          .value = "PATH=VALUE",                                                                   \
          .help = "one value of the context, such as task/taskStage=training; repeatable",         \
          .offset = offsetof(struct convert_options, sets) },                                      \
        { .kind = BOA_OPT_HEADING, .help = "Output" },                                             \
        BOA_OPT_ROW_OUTPUT("where reports go: a folder, with a file each; a file that ends in "    \
                           ".ndjson or .jsonl, with a line each; - for lines on standard output",  \
                           CONVERT_OUTPUT),                                                        \
        CONVERT_OPT_FLAG("pretty", pretty, "indent reports; the default for files"),               \
        CONVERT_OPT_FLAG("compact", compact, "a report on one line; the default for lines"),       \
        { .kind = BOA_OPT_CHOICE,                                                                  \
          .name = "target",                                                                        \
          .value = "REVISION",                                                                     \
          .choices = convert_target_choices,                                                       \
          .preset = "current",                                                                     \
          .help = "current: BoAmps as it is today; v1.1.0: with memory in whole GB, as that "      \
                  "release wants",                                                                 \
          .offset = offsetof(struct convert_options, target) },                                    \
        BOA_OPT_ROW_DRY_RUN, BOA_OPT_ROW_FORCE

#define CONVERT_SECTIONS                                                                           \
    { "A CONTEXT",                                                                                 \
      "A context is a YAML or JSON file with the shape of a report, holding what is true of all "  \
      "its runs: the task, the publisher, the licence, the infrastructure:\n\n"                    \
      "    header:\n"                                                                              \
      "      licensing: Creative Commons 4.0\n"                                                    \
      "      publisher:\n"                                                                         \
      "        name: Example Cooperative\n"                                                        \
      "        confidentialityLevel: public\n"                                                     \
      "    task:\n"                                                                                \
      "      taskStage: inference\n"                                                               \
      "      taskFamily: chatbot\n"                                                                \
      "      nbRequest: 1000\n"                                                                    \
      "      algorithms:\n"                                                                        \
      "        - algorithmType: llm\n"                                                             \
      "          foundationModelName: mistral-7b-instruct\n"                                       \
      "          parametersNumber: 7           # billions\n"                                       \
      "      dataset:\n"                                                                           \
      "        - dataUsage: input\n"                                                               \
      "          dataType: token\n"                                                                \
      "          dataQuantity: 412\n"                                                              \
      "    infrastructure:\n"                                                                      \
      "      infraType: onPremise\n"                                                               \
      "    quality: medium                     # within 25 %\n\n"                                  \
      "What it says wins over what the measurement says, but the energy comes from the "           \
      "measurement "                                                                               \
      "alone. One cpu, gpu or ram in it adds to the one measured; several replace it. One "        \
      "element "                                                                                   \
      "in measures goes for every measure. Values left empty count as not given. docs/fields.md "  \
      "lists every field." },                                                                      \
        { "FILES",                                                                                 \
          "report_PUBLISHER_STAGE_FAMILY_INFRA_ID.json\ta complete report\n"                       \
          "draft_ID.json\ta report that lacks something\n\n"                                       \
          "A file that holds the same bytes already is left alone; one that differs is not "       \
          "replaced without -f. Files appear whole or not at all." },                              \
        { "FINDINGS",                                                                              \
          "What is wrong, odd or assumed in the data is told on standard error:\n\n"               \
          "    tool: file:line:column: severity[ID]: /pointer: message (hint)\n\n"                 \
          "The pointer names the field of the report. Ids are stable; docs/findings.md lists "     \
          "them. "                                                                                 \
          "With --json a finding is a JSON object on a line of standard output, or of standard "   \
          "error where the reports take standard output." },                                       \
    {                                                                                              \
        "ENVIRONMENT", "TMPDIR\twhere standard input is kept while it is read twice\n"             \
                       "NO_COLOR\tno colours, when it is not empty"                                \
    }

/* $TMPDIR, or /tmp. */
const char *convert_spool_folder(void);

/* Calls `add` with every input: operands, --files0-from, else "-". `add` tells how many files an
 * input came to; a folder without any is an error unless --allow-empty. */
int convert_inputs(const struct boa_tool_run *frame,
                   int (*add)(void *user, const char *name, size_t *added, struct boa_err *err),
                   void *user, struct boa_err *err);

struct convert_run {
    const struct boa_tool_run *tool;
    const struct convert_options *options;
    struct boa_source *source;
    struct boa_map map;
    const char *example; /* an input's name for the closing lines */
};

/* Loads the context, opens the output, converts and sums up. Returns an enum boa_exit. */
int convert_run(struct convert_run *run, struct boa_err *err);

#endif
