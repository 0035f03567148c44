/* The man page, written from the option table and the tool's own sections in man(7) form. */
#include "cli/opt_text.h"

/* One character of `*rest`, in a form that troff prints as it stands and readers can copy. */
static void put_char(struct boa_text *t, struct boa_str *rest)
{
    static const char *const escapes[128] = {
        ['\\'] = "\\e",  ['-'] = "\\-",   ['\''] = "\\(aq", ['"'] = "\\(dq",
        ['`'] = "\\(ga", ['^'] = "\\(ha", ['~'] = "\\(ti",
    };
    unsigned char lead = (unsigned char)rest->ptr[0];

    if (lead < 128) {
        if (escapes[lead])
            boa_text_put(t, escapes[lead]);
        else
            boa_text_put_str(t, boa_str_make(rest->ptr, 1));
        *rest = boa_str_from_byte(*rest, 1);
        return;
    }
    size_t len = 0; /* the texts are our own, so they are UTF-8 */
    boa_text_printf(t, "\\[u%04X]", (unsigned)boa_text_decode(rest->ptr, &len));
    *rest = boa_str_from_byte(*rest, len);
}

/* A stop at the start of a line would be a request. */
static void put_words(struct boa_text *t, struct boa_str words)
{
    if (words.len != 0 && words.ptr[0] == '.')
        boa_text_put(t, "\\&");
    while (words.len != 0)
        put_char(t, &words);
}

static void put_capital(struct boa_text *t, char letter)
{
    char upper = letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
    put_words(t, boa_str_make(&upper, 1));
}

static void put_terminated(struct boa_text *t, const char *words)
{
    put_words(t, boa_str_from(words));
}

/* Capital words of a usage line are placeholders: slanted. */
static void put_usage_line(struct boa_text *t, struct boa_str line)
{
    while (line.len != 0) {
        size_t capitals = 0;
        while (capitals < line.len && line.ptr[capitals] >= 'A' && line.ptr[capitals] <= 'Z')
            capitals++;
        if (capitals < 2) {
            put_char(t, &line);
            continue;
        }
        boa_text_put(t, "\\fI");
        boa_text_put_str(t, boa_str_make(line.ptr, capitals));
        boa_text_put(t, "\\fR");
        line = boa_str_from_byte(line, capitals);
    }
}

static void put_synopsis(struct boa_text *t, const struct boa_tool *tool)
{
    struct boa_str rest = boa_str_from(tool->usage), line;
    const char *lead = ".SH SYNOPSIS\n";

    while (boa_text_next_line(&line, &rest)) {
        boa_text_printf(t, "%s\\fB", lead);
        put_terminated(t, tool->name);
        boa_text_put(t, "\\fR ");
        put_usage_line(t, line);
        boa_text_put(t, "\n");
        lead = ".br\n";
    }
}

/* What the lines of a section are; a change of kind opens and closes requests. */
enum line_kind {
    LINE_BLANK,
    LINE_PROSE,
    LINE_TAGGED,   /* "term\tdescription" */
    LINE_VERBATIM, /* begins with four blanks */
};

static enum line_kind kind_of(struct boa_str line)
{
    if (boa_str_trim(line).len == 0)
        return LINE_BLANK;
    if (boa_str_starts_with(line, BOA_STR_LIT("    ")))
        return LINE_VERBATIM;
    return boa_str_find_byte(line, '\t') < line.len ? LINE_TAGGED : LINE_PROSE;
}

static void put_tagged(struct boa_text *t, struct boa_str line)
{
    size_t tab = boa_str_find_byte(line, '\t');

    boa_text_put(t, ".TP\n\\fB");
    put_words(t, boa_str_make(line.ptr, tab));
    boa_text_put(t, "\\fR\n");
    put_words(t, boa_str_trim(boa_str_from_byte(line, tab)));
    boa_text_put(t, "\n");
}

/* Paragraphs, tagged rows and verbatim lines; see boa_tool_section. */
static void put_paragraphs(struct boa_text *t, const char *text)
{
    struct boa_str rest = boa_str_from(text), line;
    enum line_kind before = LINE_BLANK;
    bool first = true; /* right behind .SH no paragraph needs opening */

    while (boa_text_next_line(&line, &rest)) {
        enum line_kind kind = kind_of(line);
        if (before == LINE_VERBATIM && kind != LINE_VERBATIM)
            boa_text_put(t, ".EE\n");
        if (kind == LINE_TAGGED) {
            put_tagged(t, line);
        } else if (kind == LINE_PROSE) {
            if (!first && before != LINE_PROSE)
                boa_text_put(t, ".PP\n");
            put_words(t, boa_str_trim(line));
            boa_text_put(t, "\n");
        } else if (kind == LINE_VERBATIM) {
            if (before != LINE_VERBATIM)
                boa_text_put(t, first ? ".EX\n" : ".PP\n.EX\n");
            put_words(t, line);
            boa_text_put(t, "\n");
        }
        first = first && kind == LINE_BLANK;
        before = kind;
    }
    if (before == LINE_VERBATIM)
        boa_text_put(t, ".EE\n");
}

static void put_value(struct boa_text *t, const struct boa_opt *row)
{
    if (!row->value)
        return;
    boa_text_put(t, row->optional_value ? "[=\\fI" : "=\\fI");
    put_terminated(t, row->value);
    boa_text_put(t, row->optional_value ? "\\fR]" : "\\fR");
}

/* The length of the choice that the text begins with as "choice: …", or 0. */
static size_t choice_len(const struct boa_opt *row, struct boa_str text)
{
    size_t colon = boa_str_find(text, BOA_STR_LIT(": "));

    if (row->kind != BOA_OPT_CHOICE || colon >= text.len)
        return 0;
    for (const char *const *choice = row->choices; *choice != NULL; choice++) {
        if (boa_str_equal_lit(boa_str_make(text.ptr, colon), *choice))
            return colon;
    }
    return 0;
}

/* Where "; choice: " comes next, or the text's length. */
static size_t find_choice(const struct boa_opt *row, struct boa_str text)
{
    const struct boa_str stop = BOA_STR("; ");
    size_t at = 0;

    while ((at += boa_str_find(boa_str_from_byte(text, at), stop)) < text.len) {
        if (choice_len(row, boa_str_from_byte(text, at + stop.len)) != 0)
            return at;
        at += stop.len;
    }
    return text.len;
}

/* The help text as a sentence. "run: …; all: …" gets a line for each value instead, and the values
 * stay as they are given. */
static void put_help(struct boa_text *t, const struct boa_opt *row)
{
    struct boa_str rest = boa_str_from(row->help);
    size_t name, end;

    if (choice_len(row, rest) == 0) {
        put_capital(t, rest.ptr[0]);
        put_words(t, boa_str_from_byte(rest, 1));
        return;
    }
    while ((name = choice_len(row, rest)) != 0) {
        end = find_choice(row, rest);
        boa_text_put(t, "\\fB");
        put_words(t, boa_str_make(rest.ptr, name));
        boa_text_put(t, "\\fR");
        put_words(t, boa_str_make(rest.ptr + name, end - name));
        rest = boa_str_from_byte(rest, end + strlen("; "));
        if (rest.len != 0)
            boa_text_put(t, ".\n.br\n");
    }
}

static void put_option(struct boa_text *t, const struct boa_opt *row)
{
    boa_text_put(t, ".TP\n");
    if (row->letter)
        boa_text_printf(t, "\\fB\\-%c\\fR, ", row->letter);
    boa_text_put(t, "\\fB\\-\\-");
    put_terminated(t, row->name);
    boa_text_put(t, "\\fR");
    put_value(t, row);
    if (row->negatable) {
        boa_text_put(t, ", \\fB\\-\\-no\\-");
        put_terminated(t, row->name);
        boa_text_put(t, "\\fR");
    }
    boa_text_put(t, "\n");
    put_help(t, row);
    if (row->preset) {
        boa_text_put(t, " (default: ");
        put_terminated(t, row->preset);
        boa_text_put(t, ")");
    }
    boa_text_put(t, ".\n");
}

static void put_options(struct boa_text *t, const struct boa_tool *tool)
{
    boa_text_put(t, ".SH OPTIONS\n");
    for (size_t i = 0; i < tool->opt_count; i++) {
        if (tool->opts[i].kind != BOA_OPT_HEADING) {
            put_option(t, &tool->opts[i]);
            continue;
        }
        boa_text_put(t, ".SS \"");
        put_terminated(t, tool->opts[i].help);
        boa_text_put(t, "\"\n");
    }
}

static void put_sections(struct boa_text *t, const struct boa_tool *tool)
{
    bool exit_told = false; /* a tool may have statuses of its own */

    for (size_t i = 0; i < tool->section_count; i++) {
        exit_told = exit_told || strcmp(tool->sections[i].title, "EXIT STATUS") == 0;
        boa_text_put(t, ".SH \"");
        put_terminated(t, tool->sections[i].title);
        boa_text_put(t, "\"\n");
        put_paragraphs(t, tool->sections[i].text);
    }
    if (exit_told)
        return;
    boa_text_put(t, ".SH \"EXIT STATUS\"\n");
    put_paragraphs(t, "0\tThere were no errors.\n"
                      "1\tThe data holds an error, or something was refused.\n"
                      "2\tThe tool could not run: wrong usage, input or output failed, or memory "
                      "ran out.");
}

static void put_examples(struct boa_text *t, const struct boa_tool *tool)
{
    if (tool->example_count != 0)
        boa_text_put(t, ".SH EXAMPLES\n");
    for (size_t i = 0; i < tool->example_count; i++) {
        boa_text_put(t, i == 0 ? "" : ".PP\n");
        struct boa_str text = boa_str_from(tool->examples[i].text);
        if (text.len != 0 && text.ptr[text.len - 1] == '.')
            text.len--; /* the colon ends the sentence */
        put_words(t, text);
        boa_text_put(t, ":\n.PP\n.EX\n    ");
        put_terminated(t, tool->examples[i].command);
        boa_text_put(t, "\n.EE\n");
    }
}

int boa_opt_put_man(struct boa_buf *buf, const struct boa_tool *tool, const char *date,
                    struct boa_err *err)
{
    struct boa_text t;

    boa_text_init(&t, buf, err);
    boa_text_put(&t, ".TH \"");
    for (const char *c = tool->name; *c != '\0'; c++)
        put_capital(&t, *c);
    boa_text_printf(&t, "\" 1 \"%s\" \"boamps-tools " BOA_VERSION "\"\n.SH NAME\n", date);
    put_terminated(&t, tool->name);
    boa_text_put(&t, " \\- ");
    put_terminated(&t, tool->summary);
    boa_text_put(&t, "\n");
    put_synopsis(&t, tool);
    boa_text_put(&t, ".SH DESCRIPTION\n");
    put_paragraphs(&t, tool->description);
    put_options(&t, tool);
    put_sections(&t, tool);
    put_examples(&t, tool);
    if (tool->see_also) {
        boa_text_put(&t, ".SH \"SEE ALSO\"\n");
        put_terminated(&t, tool->see_also);
        boa_text_put(&t, "\n");
    }
    return boa_text_finish(&t);
}
