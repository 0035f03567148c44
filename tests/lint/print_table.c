/* Prints a tool's option table row by row, for help_man_table.py and examples.py: linked in place
 * of the tool's frame, so that nothing the tool writes from the table is trusted. */
#include "cli/tool.h"

/* A tool's source is compiled with boa_tool_main renamed to this. */
int boa_table_main(const struct boa_tool *tool, int argc, char **argv);

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* Kind, letter, name, value, negatable, optional value, choices: separated by tabs. */
static void print_row(const struct boa_opt *row)
{
    static const char *const kinds[] = {
        [BOA_OPT_HEADING] = "heading", [BOA_OPT_FLAG] = "flag",   [BOA_OPT_TEXT] = "text",
        [BOA_OPT_LIST] = "list",       [BOA_OPT_COUNT] = "count", [BOA_OPT_SIZE] = "size",
        [BOA_OPT_CHOICE] = "choice",
    };
    char letter[2] = { row->letter, '\0' };

    printf("option\t%s\t%s\t%s\t%s\t%d\t%d\t", kinds[row->kind], letter, or_empty(row->name),
           or_empty(row->value), row->negatable, row->optional_value);
    for (size_t i = 0; row->choices && row->choices[i]; i++)
        printf("%s%s", i == 0 ? "" : " ", row->choices[i]);
    printf("\n");
}

int boa_table_main(const struct boa_tool *tool, int argc, char **argv)
{
    struct boa_err err = { 0 };

    (void)argc;
    (void)argv;
    if (boa_opt_check(tool->opts, tool->opt_count, &err) != 0) {
        fprintf(stderr, "%s: %s\n", tool->name, err.text);
        return 1;
    }
    printf("tool\t%s\n", tool->name);
    for (size_t i = 0; i < tool->opt_count; i++) {
        if (tool->opts[i].kind != BOA_OPT_HEADING)
            print_row(&tool->opts[i]);
    }
    for (size_t i = 0; i < tool->example_count; i++)
        printf("example\t%s\n", tool->examples[i].command);
    return fflush(stdout) == 0 ? 0 : 1;
}
