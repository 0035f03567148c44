/* The help text, written from the option table. */
#include "cli/opt_text.h"

enum { HELP_COLUMN = 26 };

/* "  -o, --output=PATH" */
static void put_term(struct boa_text *t, const struct boa_opt *row)
{
    if (row->letter)
        boa_text_printf(t, "  -%c, ", row->letter);
    else
        boa_text_put(t, "      ");
    boa_text_printf(t, "--%s%s", row->negatable ? "[no-]" : "", row->name);
    if (row->value)
        boa_text_printf(t, row->optional_value ? "[=%s]" : "=%s", row->value);
}

static void put_option(struct boa_text *t, const struct boa_opt *row)
{
    put_term(t, row);
    if (boa_text_column(t) + 2 > HELP_COLUMN)
        boa_text_put(t, "\n");
    boa_text_pad(t, HELP_COLUMN);

    /* Wrapped as one text, so that the default never stands alone too far right. */
    char words[1024];
    int len = row->preset
                  ? snprintf(words, sizeof(words), "%s (default: %s)", row->help, row->preset)
                  : snprintf(words, sizeof(words), "%s", row->help);
    size_t kept = len < (int)sizeof(words) ? (size_t)len : sizeof(words) - 1;
    boa_text_wrap(t, boa_str_make(words, kept), HELP_COLUMN);
}

static void put_usage(struct boa_text *t, const struct boa_tool *tool)
{
    struct boa_str rest = boa_str_from(tool->usage), line;
    const char *lead = "Usage: ";

    while (boa_text_next_line(&line, &rest)) {
        boa_text_printf(t, "%s%s ", lead, tool->name);
        boa_text_wrap(t, line, 11);
        lead = "       ";
    }
}

/* The summary is a man page's NAME, "do this"; here it is a sentence, "Do this." */
static void put_summary(struct boa_text *t, const char *summary)
{
    char sentence[256];
    int len = snprintf(sentence, sizeof(sentence), "%s.", summary);

    if (sentence[0] >= 'a' && sentence[0] <= 'z')
        sentence[0] = (char)(sentence[0] - 'a' + 'A');
    boa_text_wrap(
        t, boa_str_make(sentence, len < (int)sizeof(sentence) ? (size_t)len : sizeof(sentence) - 1),
        0);
}

static void put_examples(struct boa_text *t, const struct boa_tool *tool)
{
    if (tool->example_count != 0)
        boa_text_put(t, "\nExamples:\n");
    for (size_t i = 0; i < tool->example_count; i++) {
        boa_text_printf(t, "  %s\n      ", tool->examples[i].command);
        boa_text_wrap(t, boa_str_from(tool->examples[i].text), 6);
    }
}

int boa_opt_put_help(struct boa_buf *buf, const struct boa_tool *tool, struct boa_err *err)
{
    struct boa_text t;

    boa_text_init(&t, buf, err);
    put_usage(&t, tool);
    boa_text_put(&t, "\n");
    put_summary(&t, tool->summary);
    if (tool->opt_count != 0 && tool->opts[0].kind != BOA_OPT_HEADING)
        boa_text_put(&t, "\nOptions:\n");
    for (size_t i = 0; i < tool->opt_count; i++) {
        if (tool->opts[i].kind == BOA_OPT_HEADING)
            boa_text_printf(&t, "\n%s:\n", tool->opts[i].help);
        else
            put_option(&t, &tool->opts[i]);
    }
    put_examples(&t, tool);
    boa_text_printf(&t, "\n'man %s' says more.\n", tool->name);
    return boa_text_finish(&t);
}
