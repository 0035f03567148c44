/* The command-line side of a conversion. */
#include "converters/convert_tool.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/findings.h"
#include "cli/inputs.h"
#include "cli/progress.h"
#include "core/base/alloc.h"
#include "core/base/input.h"
#include "core/json/json_write.h"

const char *const convert_target_choices[] = { "current", "v1.1.0", NULL };

enum { INDENT = 2, SUMMARY_MAX = 64 << 10, MEMORY_LEAST = 1 << 20 };

const char *convert_spool_folder(void)
{
    const char *folder = getenv("TMPDIR");

    return folder != NULL && folder[0] != '\0' ? folder : "/tmp";
}

int convert_inputs(const struct boa_tool_run *frame,
                   int (*add)(void *user, const char *name, size_t *added, struct boa_err *err),
                   void *user, struct boa_err *err)
{
    struct boa_inputs inputs;
    const char *name;
    int got, count = 0;

    if (boa_inputs_open(&inputs, frame->operands, frame->operand_count, frame->common->files0_from,
                        err) != 0)
        return -1;
    while ((got = boa_inputs_next(&inputs, &name, err)) > 0) {
        size_t added;

        count++;
        if (add(user, name, &added, err) != 0) {
            got = -1;
            break;
        }
        if (added == 0 && !frame->common->allow_empty) {
            got = boa_err_set(err, BOA_ERR_USAGE,
                              "%s holds nothing to convert; --allow-empty makes that no error",
                              name);
            break;
        }
    }
    boa_inputs_close(&inputs);
    if (got != 0 || count != 0 || frame->common->files0_from != NULL)
        return got;
    if (isatty(STDIN_FILENO))
        return boa_err_set(err, BOA_ERR_USAGE,
                           "no input: name a file, or - to type one on standard input");
    return add(user, "-", &(size_t){ 0 }, err);
}

/* Reads the -c files and --set values. 0, 1: errors were found, -1. */
static int load_context(struct boa_context *context, const struct convert_run *run,
                        struct boa_err *err)
{
    const struct convert_options *options = run->options;
    bool all_valid = true, valid;

    for (size_t i = 0; i < options->contexts.count; i++) {
        const char *name = options->contexts.values[i];
        struct boa_str text;
        int rc;

        if (boa_input_read_all(&text, name, options->common.max_size, err) != 0)
            return -1;
        rc = boa_context_merge(context, name, text, &valid, run->tool->diags, err);
        boa_free((void *)(uintptr_t)text.ptr);
        if (rc != 0)
            return -1;
        all_valid = all_valid && valid;
    }
    for (size_t i = 0; i < options->sets.count; i++) {
        if (boa_context_set(context, boa_str_from(options->sets.values[i]), &valid,
                            run->tool->diags, err) != 0)
            return -1;
        all_valid = all_valid && valid;
    }
    return all_valid ? 0 : 1;
}

enum output { OUTPUT_FOLDER, OUTPUT_FILE, OUTPUT_STREAM };

static enum output output_kind(const char *path)
{
    const char *point = strrchr(path, '.');

    if (strcmp(path, "-") == 0)
        return OUTPUT_STREAM;
    if (point != NULL && (strcmp(point, ".ndjson") == 0 || strcmp(point, ".jsonl") == 0))
        return OUTPUT_FILE;
    return OUTPUT_FOLDER;
}

static struct boa_sink *open_sink(const struct convert_run *run, struct boa_err *err)
{
    const struct boa_opts_common *common = run->tool->common;

    switch (output_kind(common->output)) {
    case OUTPUT_STREAM:
        return boa_sink_stream_new(fileno(run->tool->out), common->dry_run, err);
    case OUTPUT_FILE:
        return boa_sink_file_new(common->output, common->force, common->dry_run, err);
    default:
        return boa_sink_folder_new(common->output, common->force, common->dry_run, err);
    }
}

static unsigned indent_of(const struct convert_run *run)
{
    if (run->options->pretty)
        return INDENT;
    if (run->options->compact || output_kind(run->tool->common->output) != OUTPUT_FOLDER)
        return 0;
    return INDENT;
}

/* --fail-fast, and a sign of life. */
static bool go_on(void *user, uint64_t reports)
{
    const struct convert_run *run = user;

    boa_progress_update(run->tool->progress, reports, 0, BOA_STR_LIT("reports"));
    return !run->tool->common->fail_fast ||
           boa_findings_count(run->tool->findings, BOA_SEVERITY_ERROR) == 0;
}

/* v1.1.0 wanted memory in whole gigabytes. */
static void set_target(struct boa_map *map, int target)
{
    for (size_t i = 0; target == CONVERT_TARGET_1_1_0 && i < map->count; i++) {
        if (map->rows[i].field == BOA_FIELD_COMPONENT_MEMORY_SIZE)
            map->rows[i].transform = BOA_TRANSFORM_WHOLE;
    }
}

static void put_count(struct boa_json_writer *w, const char *key, uint64_t value)
{
    boa_json_key(w, key);
    boa_json_uint(w, value);
}

static int sum_up_json(const struct convert_run *run, const struct boa_convert_counts *counts,
                       struct boa_buf *text, struct boa_err *err)
{
    const struct boa_source_counts *source = &run->source->counts;
    struct boa_json_writer w;

    boa_json_writer_init(&w, text, 0);
    boa_json_begin_object(&w);
    put_count(&w, "v", 1);
    boa_json_key(&w, "kind");
    boa_json_string(&w, BOA_STR_LIT("summary"));
    put_count(&w, "files", source->files);
    put_count(&w, "rows", source->rows);
    put_count(&w, "runs", source->runs);
    put_count(&w, "reports", counts->reports);
    put_count(&w, "drafts", counts->drafts);
    put_count(&w, "refused", source->refused + counts->refused);
    put_count(&w, "refusedFiles", source->refused_files + source->unreadable);
    put_count(&w, "unchanged", counts->unchanged);
    put_count(&w, "replaced", counts->replaced);
    put_count(&w, "conflicts", counts->conflicts);
    boa_json_key(&w, "output");
    boa_json_string(&w, boa_str_from(run->tool->common->output));
    boa_json_end(&w);
    if (boa_json_writer_finish(&w, err) != 0)
        return -1;
    return boa_buf_put_byte(text, '\n', err);
}

/* "1 file", "2 files". */
static int put_number(struct boa_buf *text, uint64_t number, const char *noun, struct boa_err *err)
{
    return boa_buf_printf(text, err, "%" PRIu64 " %s%s", number, noun, number == 1 ? "" : "s");
}

static int put_extra(struct boa_buf *text, uint64_t number, const char *what, struct boa_err *err)
{
    return number == 0 ? 0 : boa_buf_printf(text, err, ", %" PRIu64 " %s", number, what);
}

static int put_counts(const struct convert_run *run, const struct boa_convert_counts *counts,
                      struct boa_buf *text, struct boa_err *err)
{
    const struct boa_source_counts *source = &run->source->counts;
    const char *name = run->tool->tool->name;
    bool dry = run->tool->common->dry_run;

    if (boa_buf_printf(text, err, "%s: ", name) != 0 ||
        put_number(text, source->files, "file", err) != 0 || boa_buf_printf(text, err, ", ") != 0 ||
        put_number(text, source->rows, "row", err) != 0 || boa_buf_printf(text, err, ", ") != 0 ||
        put_number(text, source->runs, "run", err) != 0 || boa_buf_printf(text, err, ", ") != 0 ||
        put_number(text, counts->reports, "report", err) != 0 ||
        boa_buf_printf(text, err, " (") != 0 ||
        put_number(text, counts->drafts, "draft", err) != 0 ||
        boa_buf_printf(text, err, "), %" PRIu64 " refused",
                       source->refused + counts->refused + source->refused_files +
                           source->unreadable) != 0)
        return -1;
    if (put_extra(text, counts->unchanged, "unchanged", err) != 0 ||
        put_extra(text, counts->replaced, "replaced", err) != 0 ||
        put_extra(text, counts->conflicts, "in conflict", err) != 0)
        return -1;
    return boa_buf_printf(text, err, "%s\n", dry ? "; nothing written" : "");
}

/* What all drafts together lack, in schema order. */
static int put_missing(const struct boa_convert_counts *counts, struct boa_buf *text,
                       struct boa_err *err)
{
    const char *between = "";

    for (unsigned id = 0; id < BOA_FIELD_COUNT; id++) {
        if (!counts->missing[id])
            continue;
        struct boa_str path = boa_str_from_byte(boa_field_get((enum boa_field_id)id)->path, 1);
        if (boa_buf_printf(text, err, "%s%.*s", between, BOA_STR_FMT(path)) != 0)
            return -1;
        between = ", ";
    }
    return 0;
}

/* The command to go on with. */
static int put_next(const struct convert_run *run, const struct boa_convert_counts *counts,
                    struct boa_buf *text, struct boa_err *err)
{
    const char *name = run->tool->tool->name, *output = run->tool->common->output;
    const char *input = run->tool->operand_count > 0 ? run->tool->operands[0] : run->example;
    bool lacking = false;

    for (unsigned id = 0; id < BOA_FIELD_COUNT; id++)
        lacking = lacking || counts->missing[id];
    if (counts->reports == 0)
        return 0;
    if (lacking) {
        if (boa_buf_printf(text, err, "%s: to complete the drafts, say in a context: ", name) !=
                0 ||
            put_missing(counts, text, err) != 0)
            return -1;
        if (run->options->contexts.count != 0)
            return boa_buf_put_byte(text, '\n', err);
        if (boa_buf_printf(text, err, "\n%s: next: %s -c context.yaml ", name, name) != 0 ||
            boa_style_put_safe(text, boa_str_from(input), 200, err) != 0)
            return -1;
        return boa_buf_put_byte(text, '\n', err);
    }
    if (strcmp(output, "-") == 0 || run->tool->common->dry_run)
        return 0;
    if (boa_buf_printf(text, err, "%s: next: boamps-validate ", name) != 0 ||
        boa_style_put_safe(text, boa_str_from(output), 200, err) != 0)
        return -1;
    return boa_buf_put_byte(text, '\n', err);
}

/* The last lines: for people on stderr, for programs where JSON lines go. */
static int sum_up(const struct convert_run *run, const struct boa_convert_counts *counts,
                  struct boa_err *err)
{
    FILE *to = run->tool->common->json ? run->tool->machine : run->tool->talk;
    struct boa_buf text;
    int rc;

    boa_buf_init(&text, SUMMARY_MAX);
    boa_progress_end(run->tool->progress);
    rc = boa_findings_finish(run->tool->findings, err);
    if (rc == 0 && run->tool->common->json)
        rc = sum_up_json(run, counts, &text, err);
    else if (rc == 0 && !run->tool->common->quiet)
        rc = put_counts(run, counts, &text, err) != 0 ? -1 : put_next(run, counts, &text, err);
    if (rc == 0 && text.len != 0)
        (void)fwrite(text.ptr, 1, text.len, to); /* the frame checks the stream */
    boa_buf_release(&text);
    return rc;
}

/* The memory for pieces of `size` bytes. Even small ones need some. */
static size_t memory_for(uint64_t size, unsigned times)
{
    return size < SIZE_MAX / times - MEMORY_LEAST ? (size_t)size * times + MEMORY_LEAST : SIZE_MAX;
}

/* What the option table cannot say. */
static int check_options(const struct convert_run *run, struct boa_err *err)
{
    if (run->options->pretty && run->options->compact)
        return boa_err_set(err, BOA_ERR_USAGE, "--pretty and --compact exclude each other");
    if (run->options->common.output[0] == '\0')
        return boa_err_set(err, BOA_ERR_USAGE, "--output wants a path");
    return 0;
}

int convert_run(struct convert_run *run, struct boa_err *err)
{
    struct boa_context context = { 0 };
    struct boa_convert_counts counts;
    struct boa_convert job = {
        .source = run->source,
        .map = &run->map,
        .context = &context,
        .indent = indent_of(run),
        .max_report = memory_for(run->options->common.max_size, 4),
        .diags = run->tool->diags,
        .go_on = go_on,
        .user = run,
    };
    int status = BOA_EXIT_FAILURE, loaded;

    if (check_options(run, err) != 0)
        return BOA_EXIT_FAILURE;
    set_target(&run->map, run->options->target);
    if (boa_context_init(&context, memory_for(run->options->common.max_size, 8), err) != 0)
        return BOA_EXIT_FAILURE;
    loaded = load_context(&context, run, err);
    if (loaded != 0) {
        status = loaded > 0 ? BOA_EXIT_DATA : BOA_EXIT_FAILURE;
        goto out;
    }
    job.sink = open_sink(run, err);
    if (job.sink == NULL || boa_convert_run(&job, &counts, err) != 0 ||
        sum_up(run, &counts, err) != 0)
        goto out;
    status = run->source->counts.unreadable != 0 ? BOA_EXIT_FAILURE : BOA_EXIT_OK;
out:
    boa_sink_free(job.sink);
    boa_context_release(&context);
    return status;
}
