/* Completions for bash, zsh and fish, written from the option table. */
#include "cli/opt_text.h"

/* What a value completes to. */
enum completion {
    COMPLETE_NOTHING, /* a number */
    COMPLETE_CHOICES,
    COMPLETE_FILES,
};

static enum completion completion_of(const struct boa_opt *row)
{
    if (row->kind == BOA_OPT_CHOICE)
        return COMPLETE_CHOICES;
    if (row->kind == BOA_OPT_TEXT || row->kind == BOA_OPT_LIST)
        return COMPLETE_FILES;
    return COMPLETE_NOTHING;
}

static const struct boa_opt *next_option(const struct boa_tool *tool, const struct boa_opt *row)
{
    const struct boa_opt *end = tool->opts + tool->opt_count;

    row = row ? row + 1 : tool->opts;
    while (row < end && row->kind == BOA_OPT_HEADING)
        row++;
    return row < end ? row : NULL;
}

/* Puts the text with `escape` before each of the characters in `special`. */
static void put_escaped(struct boa_text *t, const char *text, const char *special,
                        const char *escape)
{
    for (; *text != '\0'; text++) {
        if (strchr(special, *text))
            boa_text_put(t, escape);
        boa_text_put_str(t, boa_str_make(text, 1));
    }
}

/* A shell function cannot have every name that a command can. */
static void put_function_name(struct boa_text *t, const char *name)
{
    boa_text_put(t, "_");
    for (; *name != '\0'; name++)
        boa_text_put_str(t, *name == '-' ? BOA_STR_LIT("_") : boa_str_make(name, 1));
}

static void put_choices(struct boa_text *t, const struct boa_opt *row)
{
    for (size_t i = 0; row->choices[i]; i++)
        boa_text_printf(t, "%s%s", i == 0 ? "" : " ", row->choices[i]);
}

/* One branch of the case over the option whose value is being written. An optional value is only
 * ever written behind "=". */
static void put_bash_value(struct boa_text *t, const struct boa_opt *row)
{
    if (!row->value)
        return;
    boa_text_put(t, "    ");
    if (row->letter && !row->optional_value)
        boa_text_printf(t, "-%c | ", row->letter);
    if (!row->optional_value)
        boa_text_printf(t, "--%s | ", row->name);
    boa_text_printf(t, "--%s=)\n", row->name);
    switch (completion_of(row)) {
    case COMPLETE_CHOICES:
        boa_text_put(t, "        COMPREPLY=($(compgen -W '");
        put_choices(t, row);
        boa_text_put(t, "' -- \"$cur\"))\n");
        break;
    case COMPLETE_NOTHING:
        boa_text_put(t, "        compopt +o default 2>/dev/null\n");
        break;
    case COMPLETE_FILES: /* what readline does by itself */
        break;
    }
    boa_text_put(t, "        return ;;\n");
}

int boa_opt_put_bash(struct boa_buf *buf, const struct boa_tool *tool, struct boa_err *err)
{
    struct boa_text t;
    const struct boa_opt *row = NULL;

    boa_text_init(&t, buf, err);
    boa_text_printf(&t, "# bash completion for %s\n", tool->name);
    put_function_name(&t, tool->name);
    /* "=" breaks words in bash: "--color=al" arrives as three of them. */
    boa_text_put(&t, "()\n{\n"
                     "    local cur=${COMP_WORDS[COMP_CWORD]} opt=\n"
                     "    ((COMP_CWORD > 0)) && opt=${COMP_WORDS[COMP_CWORD - 1]}\n"
                     "    if [[ $cur == = ]]; then\n"
                     "        opt+== cur=\n"
                     "    elif [[ $opt == = ]]; then\n"
                     "        opt=${COMP_WORDS[COMP_CWORD - 2]}=\n"
                     "    fi\n"
                     "    COMPREPLY=()\n"
                     "    case $opt in\n");
    while ((row = next_option(tool, row)))
        put_bash_value(&t, row);
    boa_text_put(&t, "    esac\n"
                     "    [[ $cur == -* ]] || return\n"
                     "    COMPREPLY=($(compgen -W '\n");
    while ((row = next_option(tool, row))) {
        boa_text_put(&t, "        ");
        if (row->letter)
            boa_text_printf(&t, "-%c ", row->letter);
        boa_text_printf(&t, "--%s", row->name);
        if (row->negatable)
            boa_text_printf(&t, " --no-%s", row->name);
        boa_text_put(&t, "\n");
    }
    boa_text_put(&t, "        ' -- \"$cur\"))\n}\ncomplete -o default -F ");
    put_function_name(&t, tool->name);
    boa_text_printf(&t, " %s\n", tool->name);
    return boa_text_finish(&t);
}

/* "[text]:VALUE:(a b c)" inside single quotes. */
static void put_zsh_rest(struct boa_text *t, const struct boa_opt *row)
{
    boa_text_put(t, "[");
    for (const char *c = row->help; *c != '\0'; c++) {
        if (*c == '\'')
            boa_text_put(t, "'\\'");
        else if (strchr("[]:\\", *c))
            boa_text_put(t, "\\");
        boa_text_put_str(t, boa_str_make(c, 1));
    }
    boa_text_put(t, "]");
    if (!row->value)
        return;
    boa_text_put(t, row->optional_value ? "::" : ":");
    put_escaped(t, row->value, ":\\", "\\");
    switch (completion_of(row)) {
    case COMPLETE_CHOICES:
        boa_text_put(t, ":(");
        put_choices(t, row);
        boa_text_put(t, ")");
        break;
    case COMPLETE_FILES:
        boa_text_put(t, ":_files");
        break;
    case COMPLETE_NOTHING:
        boa_text_put(t, ": ");
        break;
    }
}

/* What must not follow: the option's other spellings, everything after one that only answers, and
 * nothing where the option may be repeated. */
static void put_zsh_exclusion(struct boa_text *t, const struct boa_opt *row)
{
    if (strcmp(row->name, "help") == 0 || strcmp(row->name, "version") == 0)
        boa_text_put(t, "(- *)");
    else if (row->kind == BOA_OPT_LIST)
        boa_text_put(t, "*");
    else if (row->letter)
        boa_text_printf(t, "(-%c --%s)", row->letter, row->name);
    else if (row->negatable)
        boa_text_printf(t, "(--%s --no-%s)", row->name, row->name);
}

static void put_zsh_option(struct boa_text *t, const struct boa_opt *row)
{
    const char *equals = !row->value ? "" : row->optional_value ? "=-" : "=";
    struct boa_opt bare =
        *row; /* a letter never takes an optional value, so it gets its own line */

    bare.value = NULL;
    boa_text_put(t, "    '");
    put_zsh_exclusion(t, row);
    if (row->letter && row->optional_value) {
        boa_text_printf(t, "-%c", row->letter);
        put_zsh_rest(t, &bare);
        boa_text_put(t, "' \\\n    '");
        put_zsh_exclusion(t, row);
        boa_text_printf(t, "--%s%s", row->name, equals);
    } else if (row->letter) {
        boa_text_printf(t, "'{-%c,--%s%s}'", row->letter, row->name, equals);
    } else if (row->negatable) {
        boa_text_printf(t, "'{--%s,--no-%s}'", row->name, row->name);
    } else {
        boa_text_printf(t, "--%s%s", row->name, equals);
    }
    put_zsh_rest(t, row);
    boa_text_put(t, "' \\\n");
}

int boa_opt_put_zsh(struct boa_buf *buf, const struct boa_tool *tool, struct boa_err *err)
{
    struct boa_text t;
    const struct boa_opt *row = NULL;

    boa_text_init(&t, buf, err);
    boa_text_printf(&t, "#compdef %s\n_arguments -s -S \\\n", tool->name);
    while ((row = next_option(tool, row)))
        put_zsh_option(&t, row);
    boa_text_put(&t, "    '*:input:_files'\n");
    return boa_text_finish(&t);
}

int boa_opt_put_fish(struct boa_buf *buf, const struct boa_tool *tool, struct boa_err *err)
{
    struct boa_text t;
    const struct boa_opt *row = NULL;

    boa_text_init(&t, buf, err);
    boa_text_printf(&t, "# fish completion for %s\n", tool->name);
    while ((row = next_option(tool, row))) {
        for (int negated = 0; negated <= (row->negatable ? 1 : 0); negated++) {
            boa_text_printf(&t, "complete -c %s", tool->name);
            if (row->letter && !negated)
                boa_text_printf(&t, " -s %c", row->letter);
            boa_text_printf(&t, " -l %s%s -d '", negated ? "no-" : "", row->name);
            put_escaped(&t, row->help, "'\\", "\\");
            boa_text_put(&t, "'");
            if (row->value && row->optional_value)
                boa_text_put(&t, completion_of(row) == COMPLETE_FILES ? "" : " -f");
            else if (row->value)
                boa_text_put(&t, completion_of(row) == COMPLETE_FILES ? " -r -F" : " -x");
            if (row->value && completion_of(row) == COMPLETE_CHOICES) {
                boa_text_put(&t, " -a '");
                put_choices(&t, row);
                boa_text_put(&t, "'");
            }
            boa_text_put(&t, "\n");
        }
    }
    return boa_text_finish(&t);
}
