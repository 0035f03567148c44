/* Sums up a conversion and names the next command. */
#include "converters/closing.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/findings.h"
#include "cli/progress.h"
#include "core/base/alloc.h"
#include "core/json/json_write.h"

enum { TEXT_MAX = 64 << 10, WORD_MAX = 200, OPERANDS_SHOWN = 3 };

struct closing {
    const struct convert_run *run;
    const struct boa_convert_counts *counts;
    struct boa_buf text;
    struct boa_err *err;
};

/* ---- For programs ---- */

static void put_count(struct boa_json_writer *w, const char *key, uint64_t value)
{
    boa_json_key(w, key);
    boa_json_uint(w, value);
}

static int put_object(const struct closing *c, struct boa_buf *object)
{
    const struct boa_source_counts *source = &c->run->source->counts;
    struct boa_json_writer w;

    boa_json_writer_init(&w, object, 0);
    boa_json_begin_object(&w);
    put_count(&w, "v", 1);
    boa_json_key(&w, "kind");
    boa_json_string(&w, BOA_STR_LIT("summary"));
    put_count(&w, "files", source->files);
    put_count(&w, "rows", source->rows);
    put_count(&w, "runs", source->runs);
    put_count(&w, "reports", c->counts->reports);
    put_count(&w, "drafts", c->counts->drafts);
    put_count(&w, "refused", source->refused + c->counts->refused);
    put_count(&w, "refusedFiles", source->refused_files + source->unreadable);
    put_count(&w, "unchanged", c->counts->unchanged);
    put_count(&w, "replaced", c->counts->replaced);
    put_count(&w, "conflicts", c->counts->conflicts);
    boa_json_key(&w, "output");
    boa_json_string(&w, boa_str_from(c->run->tool->common->output));
    boa_json_end(&w);
    return boa_json_writer_finish(&w, c->err);
}

static int put_json(struct closing *c)
{
    struct boa_buf object;
    int rc = -1;

    boa_buf_init(&object, TEXT_MAX);
    if (put_object(c, &object) == 0 &&
        boa_style_put_json(&c->text, boa_buf_str(&object), c->err) == 0)
        rc = boa_buf_put_byte(&c->text, '\n', c->err);
    boa_buf_release(&object);
    return rc;
}

/* ---- For people ---- */

static int put(struct closing *c, const char *text)
{
    return boa_buf_put(&c->text, boa_str_from(text), c->err);
}

/* "1 file", "2 files". */
static int put_number(struct closing *c, const char *before, uint64_t number, const char *noun)
{
    return boa_buf_printf(&c->text, c->err, "%s%" PRIu64 " %s%s", before, number, noun,
                          number == 1 ? "" : "s");
}

static int put_extra(struct closing *c, uint64_t number, const char *what)
{
    return number == 0 ? 0 : boa_buf_printf(&c->text, c->err, ", %" PRIu64 " %s", number, what);
}

static int begin_line(struct closing *c)
{
    return put(c, c->run->tool->tool->name) != 0 ? -1 : put(c, ": ");
}

static int put_counts(struct closing *c)
{
    const struct boa_source_counts *source = &c->run->source->counts;
    uint64_t refused = source->refused + c->counts->refused + source->refused_files +
                       source->unreadable;

    if (begin_line(c) != 0 || put_number(c, "", source->files, "file") != 0 ||
        put_number(c, ", ", source->rows, "row") != 0 ||
        put_number(c, ", ", source->runs, "run") != 0 ||
        put_number(c, ", ", c->counts->reports, "report") != 0 ||
        put_number(c, " (", c->counts->drafts, "draft") != 0 ||
        boa_buf_printf(&c->text, c->err, "), %" PRIu64 " refused", refused) != 0 ||
        put_extra(c, c->counts->unchanged, "unchanged") != 0 ||
        put_extra(c, c->counts->replaced, "replaced") != 0 ||
        put_extra(c, c->counts->conflicts, "in conflict") != 0)
        return -1;
    return put(c, c->run->tool->common->dry_run ? "; nothing written\n" : "\n");
}

/* What all drafts together lack, in schema order. */
static int put_missing(struct closing *c)
{
    const char *between = "to complete the drafts, say in a context: ";

    if (begin_line(c) != 0)
        return -1;
    for (unsigned id = 0; id < BOA_FIELD_COUNT; id++) {
        if (!c->counts->missing[id])
            continue;
        struct boa_str path = boa_str_from_byte(boa_field_get((enum boa_field_id)id)->path, 1);
        if (put(c, between) != 0 || boa_buf_put(&c->text, path, c->err) != 0)
            return -1;
        between = ", ";
    }
    return put(c, "\n");
}

/* Text between single quotes, without bytes that would upset a terminal. */
static int put_quoted(struct closing *c, struct boa_str rest)
{
    if (put(c, " '") != 0)
        return -1;
    for (;;) {
        size_t quote = boa_str_find_byte(rest, '\'');

        if (boa_style_put_safe(&c->text, boa_str_make(rest.ptr, quote), WORD_MAX, c->err) != 0)
            return -1;
        if (quote == rest.len)
            return put(c, "'");
        if (put(c, "'\\''") != 0)
            return -1;
        rest = boa_str_from_byte(rest, quote + 1);
    }
}

/* A word as a shell takes it. */
static int put_word(struct closing *c, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "._/-,+=:@%";

    if (word[0] == '\0' || word[strspn(word, plain)] != '\0')
        return put_quoted(c, boa_str_from(word));
    return put(c, " ") != 0 ? -1 : put(c, word);
}

/* The same command with a context. */
static int put_again(struct closing *c)
{
    const struct boa_tool_run *tool = c->run->tool;

    if (begin_line(c) != 0 || put(c, "next: ") != 0 || put(c, tool->tool->name) != 0 ||
        put(c, " -c context.yaml") != 0)
        return -1;
    if (strcmp(tool->common->output, CONVERT_OUTPUT) != 0 &&
        (put(c, " -o") != 0 || put_word(c, tool->common->output) != 0))
        return -1;
    for (int i = 0; i < tool->operand_count && i < OPERANDS_SHOWN; i++) {
        if (put_word(c, tool->operands[i]) != 0)
            return -1;
    }
    if (tool->operand_count == 0 && put_word(c, c->run->example) != 0)
        return -1;
    return put(c, tool->operand_count > OPERANDS_SHOWN ? " …\n" : "\n");
}

/* True when the shell would find the program. */
static bool is_on_path(const char *name)
{
    const char *path = getenv("PATH");
    struct boa_str rest = boa_str_from(path);

    while (rest.len != 0) {
        char file[4096];
        size_t end = boa_str_find_byte(rest, ':'), len = strlen(name);

        if (end + len + 2 <= sizeof file) {
            memcpy(file, rest.ptr, end);
            file[end] = '/';
            memcpy(file + end + 1, name, len + 1);
            if (access(file, X_OK) == 0)
                return true;
        }
        rest = boa_str_from_byte(rest, end + 1);
    }
    return false;
}

static int put_validate(struct closing *c)
{
    const struct boa_opts_common *common = c->run->tool->common;

    if (strcmp(common->output, "-") == 0 || common->dry_run || c->counts->conflicts != 0 ||
        !is_on_path("boamps-validate"))
        return 0;
    if (begin_line(c) != 0 || put(c, "next: boamps-validate") != 0 ||
        put_word(c, common->output) != 0)
        return -1;
    return put(c, "\n");
}

/* What keeps drafts from being final besides what is missing. */
static int put_doubtful(struct closing *c)
{
    if (begin_line(c) != 0 || put_number(c, "", c->counts->doubtful, "draft") != 0)
        return -1;
    return put(
        c, c->counts->doubtful == 1
               ? " rests on something assumed or doubtful: the warnings say what, and what to do\n"
               : " rest on something assumed or doubtful: the warnings say what, and what to do\n");
}

/* The command to go on with. */
static int put_next(struct closing *c)
{
    bool lacking = false;

    for (unsigned id = 0; id < BOA_FIELD_COUNT; id++)
        lacking = lacking || c->counts->missing[id];
    if (c->counts->doubtful != 0 && put_doubtful(c) != 0)
        return -1;
    if (lacking && put_missing(c) != 0)
        return -1;
    if (lacking && c->run->options->contexts.count == 0)
        return put_again(c);
    return c->counts->reports != 0 && c->counts->drafts == 0 ? put_validate(c) : 0;
}

int closing_say(const struct convert_run *run, const struct boa_convert_counts *counts,
                struct boa_err *err)
{
    FILE *to = run->tool->common->json ? run->tool->machine : run->tool->talk;
    struct closing c = { .run = run, .counts = counts, .err = err };
    int rc;

    boa_buf_init(&c.text, TEXT_MAX);
    boa_progress_end(run->tool->progress);
    rc = boa_findings_finish(run->tool->findings, err);
    if (rc == 0 && run->tool->common->json)
        rc = put_json(&c);
    else if (rc == 0 && !run->tool->common->quiet)
        rc = put_counts(&c) != 0 ? -1 : put_next(&c);
    if (rc == 0 && c.text.len != 0)
        (void)fwrite(c.text.ptr, 1, c.text.len, to); /* the frame checks the stream */
    boa_buf_release(&c.text);
    return rc;
}
