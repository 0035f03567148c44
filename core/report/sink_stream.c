/* One stream with a line a report: to a descriptor, or to a file that appears when it is complete.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/alloc.h"
#include "core/base/buf.h"
#include "core/report/publish.h"
#include "core/report/sink_parts.h"

enum { FLUSH_AT = 256 << 10 };

struct stream {
    struct boa_sink sink;
    struct boa_buf held;
    int fd;                     /* where lines go; -1: nowhere, a dry run */
    struct boa_pending pending; /* of a file */
    char *path, *name;          /* of a file: whole, and the last part (inside `path`) */
    int folder;
};

static int stream_flush(struct boa_sink *sink, struct boa_err *err)
{
    struct stream *stream = (struct stream *)sink;
    struct boa_str held = boa_buf_str(&stream->held);

    boa_buf_clear(&stream->held);
    return stream->fd < 0 ? 0 : boa_write_all(stream->fd, held, err);
}

static int stream_put(struct boa_sink *sink, const char *name, struct boa_str report,
                      enum boa_sink_outcome *outcome, struct boa_err *err)
{
    struct stream *stream = (struct stream *)sink;

    (void)name;
    *outcome = BOA_SINK_WRITTEN;
    if (stream->held.len + report.len > FLUSH_AT && stream_flush(sink, err) != 0)
        return -1;
    if (report.len > FLUSH_AT)
        return stream->fd < 0 ? 0 : boa_write_all(stream->fd, report, err);
    return boa_buf_put(&stream->held, report, err);
}

static int stream_finish(struct boa_sink *sink, struct boa_err *err)
{
    struct stream *stream = (struct stream *)sink;

    if (stream_flush(sink, err) != 0)
        return -1;
    if (stream->path == NULL || sink->dry)
        return 0;
    switch (boa_pending_publish(&stream->pending, stream->name, sink->force, err)) {
    case BOA_PUBLISH_DONE:
        return 0;
    case BOA_PUBLISH_EXISTS:
        return boa_err_set(err, BOA_ERR_IO, "%s has come to exist meanwhile; -f replaces it",
                           stream->path);
    default:
        return boa_err_context(err, "%s", stream->path);
    }
}

static void stream_free(struct boa_sink *sink)
{
    struct stream *stream = (struct stream *)sink;

    boa_pending_drop(&stream->pending);
    if (stream->folder >= 0)
        (void)close(stream->folder);
    boa_free(stream->path);
    boa_buf_release(&stream->held);
    boa_free(stream);
}

struct boa_sink *boa_sink_stream_new(int fd, bool dry, struct boa_err *err)
{
    struct stream *stream = boa_alloc_zero(1, sizeof *stream, err);

    if (stream == NULL)
        return NULL;
    stream->sink = (struct boa_sink){ .put = stream_put,
                                      .flush = stream_flush,
                                      .finish = stream_finish,
                                      .free = stream_free,
                                      .dry = dry };
    stream->fd = dry ? -1 : fd;
    stream->pending.fd = -1;
    stream->folder = -1;
    boa_buf_init(&stream->held, FLUSH_AT);
    return &stream->sink;
}

/* Splits `path` into its folder, which is opened, and its name. */
static int open_folder_of(struct stream *stream, struct boa_err *err)
{
    char *slash = strrchr(stream->path, '/');
    const char *folder = ".";

    stream->name = slash != NULL ? slash + 1 : stream->path;
    if (slash == stream->path)
        folder = "/";
    else if (slash != NULL)
        folder = stream->path;
    if (slash != NULL && slash != stream->path)
        *slash = '\0';
    stream->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (stream->folder < 0)
        boa_err_sys(err, errno, "opening the folder %s", folder);
    if (slash != NULL)
        *slash = '/';
    return stream->folder < 0 ? -1 : 0;
}

struct boa_sink *boa_sink_file_new(const char *path, bool force, bool dry, struct boa_err *err)
{
    struct boa_sink *sink = boa_sink_stream_new(-1, dry, err);
    struct stream *stream = (struct stream *)sink;

    if (sink == NULL)
        return NULL;
    sink->force = force;
    stream->path = boa_alloc_text(path, strlen(path), err);
    if (stream->path == NULL || open_folder_of(stream, err) != 0)
        goto fail;
    if (stream->name[0] == '\0') {
        boa_err_set(err, BOA_ERR_USAGE, "\"%s\" does not end in the name of a file", path);
        goto fail;
    }
    if (!force && faccessat(stream->folder, stream->name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        boa_err_set(err, BOA_ERR_USAGE, "%s exists; -f replaces it", path);
        goto fail;
    }
    if (!dry) {
        if (boa_pending_open(&stream->pending, stream->folder, boa_pending_nameless(), err) != 0)
            goto fail;
        stream->fd = stream->pending.fd;
    }
    return sink;
fail:
    boa_sink_free(sink);
    return NULL;
}
