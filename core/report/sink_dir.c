/* A folder with one file a report. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/alloc.h"
#include "core/base/err.h"
#include "core/report/key_table.h"
#include "core/report/publish.h"
#include "core/report/sink_parts.h"

struct folder {
    struct boa_sink sink;
    struct boa_key_table own; /* names of this run's files; with force only */
    bool nameless;            /* how files are made */
    int fd;                   /* -1: a dry run into a folder that does not exist */
    char *path;
};

/* Makes a folder and its parents, as mkdir -p does. `path` is changed on the way and restored. */
static int make_folders(char *path, struct boa_err *err)
{
    for (char *p = path[0] != '\0' ? path + 1 : path;; p++) {
        char end = *p;

        if (end != '/' && end != '\0')
            continue;
        *p = '\0';
        int rc = mkdir(path, 0777);
        int why = errno;
        if (rc != 0 && why != EEXIST) {
            boa_err_sys(err, why, "making the folder %s", path);
            *p = end;
            return -1;
        }
        *p = end;
        if (end == '\0')
            return 0;
    }
}

/* True when the file holds exactly these bytes. Unreadable counts as different: it will be refused,
 * not lost. */
static bool holds(int folder, const char *name, struct boa_str wanted)
{
    char part[16384];
    struct stat info;
    bool same = false;
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return false;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && (uint64_t)info.st_size == wanted.len) {
        ssize_t got;
        same = true;
        while (same && (got = read(fd, part, sizeof part)) > 0) {
            size_t len = (size_t)got;
            same = len <= wanted.len && memcmp(part, wanted.ptr, len) == 0;
            wanted = boa_str_from_byte(wanted, len);
        }
        same = same && wanted.len == 0;
    }
    (void)close(fd);
    return same;
}

/* What a run that writes would come to. */
static enum boa_sink_outcome foresee(const struct folder *folder, const char *name,
                                     struct boa_str report)
{
    struct stat info;
    uint32_t number;

    if (folder->fd < 0 || fstatat(folder->fd, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return BOA_SINK_WRITTEN;
    if (holds(folder->fd, name, report))
        return BOA_SINK_UNCHANGED;
    if (!folder->sink.force || S_ISDIR(info.st_mode) ||
        boa_key_table_find(&folder->own, boa_key128_make(boa_str_from(name)), &number))
        return BOA_SINK_REFUSED;
    return BOA_SINK_REPLACED;
}

/* Takes note of a file that was written or found equal: a later report of that name is another. */
static int own_name(struct folder *folder, const char *name, struct boa_err *err)
{
    uint32_t number;
    bool added;

    if (!folder->sink.force)
        return 0; /* nothing is replaced anyway */
    return boa_key_table_add(&folder->own, boa_key128_make(boa_str_from(name)), &number, &added,
                             err);
}

static int folder_put(struct boa_sink *sink, const char *name, struct boa_str report,
                      enum boa_sink_outcome *outcome, struct boa_err *err)
{
    struct folder *folder = (struct folder *)sink;
    struct boa_pending pending;
    int rc = -1, published;

    if (sink->dry) {
        *outcome = foresee(folder, name, report);
        return 0;
    }
    if (boa_pending_open(&pending, folder->fd, folder->nameless, err) != 0)
        return boa_err_context(err, "%s", folder->path);
    if (boa_write_all(pending.fd, report, err) != 0)
        goto out;
    *outcome = BOA_SINK_WRITTEN;
    published = boa_pending_publish(&pending, name, false, err);
    if (published == BOA_PUBLISH_EXISTS) {
        *outcome = foresee(folder, name, report);
        /* Gone again since: what is there now is what was asked for. */
        published = *outcome == BOA_SINK_REPLACED || *outcome == BOA_SINK_WRITTEN
                        ? boa_pending_publish(&pending, name, sink->force, err)
                        : BOA_PUBLISH_DONE;
        if (published == BOA_PUBLISH_EXISTS) {
            *outcome = BOA_SINK_REFUSED;
            published = BOA_PUBLISH_DONE;
        }
    }
    rc = published == BOA_PUBLISH_DONE ? own_name(folder, name, err) : -1;
out:
    if (rc != 0)
        boa_err_context(err, "%s", folder->path);
    boa_pending_drop(&pending);
    return rc;
}

static int folder_flush(struct boa_sink *sink, struct boa_err *err)
{
    (void)sink;
    (void)err;
    return 0; /* every file is published already */
}

static void folder_free(struct boa_sink *sink)
{
    struct folder *folder = (struct folder *)sink;

    if (folder->fd >= 0)
        (void)close(folder->fd);
    boa_key_table_release(&folder->own);
    boa_free(folder->path);
    boa_free(folder);
}

struct boa_sink *boa_sink_folder_new(const char *path, bool force, bool dry, struct boa_err *err)
{
    struct folder *folder = boa_alloc_zero(1, sizeof *folder, err);

    if (folder == NULL)
        return NULL;
    folder->sink = (struct boa_sink){ .put = folder_put,
                                      .flush = folder_flush,
                                      .finish = folder_flush,
                                      .free = folder_free,
                                      .force = force,
                                      .dry = dry,
                                      .named = true };
    folder->fd = -1;
    folder->nameless = boa_pending_nameless();
    boa_key_table_init(&folder->own, UINT32_MAX - 1);
    folder->path = boa_alloc_text(path, strlen(path), err);
    if (folder->path == NULL || (!dry && make_folders(folder->path, err) != 0))
        goto fail;
    folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->fd < 0 && !(dry && errno == ENOENT)) {
        boa_err_sys(err, errno, "opening the folder %s", path);
        goto fail;
    }
    return &folder->sink;
fail:
    folder_free(&folder->sink);
    return NULL;
}
