/* Where finished reports go: a folder with a file each, or one stream with a line each. */
#ifndef BOA_REPORT_SINK_H
#define BOA_REPORT_SINK_H

#include "core/base/str.h"

struct boa_err;
struct boa_sink;

enum boa_sink_outcome {
    BOA_SINK_WRITTEN,
    BOA_SINK_UNCHANGED, /* a file of that name holds the same bytes */
    BOA_SINK_REPLACED,  /* a different file was replaced */
    BOA_SINK_REFUSED,   /* a different file of that name was left alone */
};

/* A folder, made when missing (with its parents). Files that differ are refused unless `force`.
 * With `dry` nothing is made or written, but the outcomes are those of a real run. NULL on failure.
 */
struct boa_sink *boa_sink_folder_new(const char *path, bool force, bool dry, struct boa_err *err);

/* A file of lines that appears whole at boa_sink_finish; an existing one is an error at once unless
 * `force`. */
struct boa_sink *boa_sink_file_new(const char *path, bool force, bool dry, struct boa_err *err);

/* A stream of lines to an open descriptor, which is borrowed. */
struct boa_sink *boa_sink_stream_new(int fd, bool dry, struct boa_err *err);

/* True when the sink files reports under names. */
bool boa_sink_is_named(const struct boa_sink *sink);

/* Hands on one report. `name` is the file's name; only a sink that files by name looks at it. -1:
 * the system refused; the sink should not be used further. */
int boa_sink_put(struct boa_sink *sink, const char *name, struct boa_str report,
                 enum boa_sink_outcome *outcome, struct boa_err *err);

/* Writes out what is held back, without publishing anything: for work that ends early. */
int boa_sink_flush(struct boa_sink *sink, struct boa_err *err);

/* Writes what is held back and publishes a file of lines. Call once, before the free. */
int boa_sink_finish(struct boa_sink *sink, struct boa_err *err);

/* Gives up what was not finished. Takes NULL. */
void boa_sink_free(struct boa_sink *sink);

/* Writes all bytes to a descriptor, through short writes and interruptions. */
int boa_write_all(int fd, struct boa_str bytes, struct boa_err *err);

#endif
