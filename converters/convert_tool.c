/* The command-line side of a conversion. */
#include "converters/convert_tool.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/findings.h"
#include "cli/inputs.h"
#include "cli/progress.h"
#include "converters/closing.h"
#include "core/base/alloc.h"
#include "core/base/input.h"

const char *const convert_target_choices[] = { "current", "v1.1.0", NULL };

enum { INDENT = 2, MEMORY_LEAST = 1 << 20 };

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
            return boa_err_context(err, "the context, a file you write (see man %s)",
                                   run->tool->tool->name);
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
        .max_report = memory_for(run->options->common.max_size, 8),
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
        closing_say(run, &counts, err) != 0)
        goto out;
    status = run->source->counts.unreadable != 0 ? BOA_EXIT_FAILURE : BOA_EXIT_OK;
out:
    boa_sink_free(job.sink);
    boa_context_release(&context);
    return status;
}
