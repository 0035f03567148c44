/* Atomic publication: O_TMPFILE and linkat where the file system has them and /proc is mounted,
 * else a temporary name and a rename that never replaces. */
#include "core/report/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/err.h"

enum { NAME_TRIES = 10000 };

/* A name that nobody else uses: the process, and a number that goes up. */
static int open_named(struct boa_pending *pending, struct boa_err *err)
{
    for (unsigned i = 0; i < NAME_TRIES; i++) {
        (void)snprintf(pending->name, sizeof pending->name, ".boamps-%ld-%u.tmp", (long)getpid(),
                       i);
        pending->fd = openat(pending->folder, pending->name,
                             O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (pending->fd >= 0)
            return 0;
        if (errno != EEXIST)
            return boa_err_sys(err, errno, "creating a file");
    }
    return boa_err_set(err, BOA_ERR_IO, "creating a file: %d temporary names are taken",
                       NAME_TRIES);
}

bool boa_pending_nameless(void)
{
#ifdef O_TMPFILE
    return faccessat(AT_FDCWD, "/proc/self/fd", X_OK, 0) == 0;
#else
    return false;
#endif
}

int boa_pending_open(struct boa_pending *pending, int folder, bool nameless, struct boa_err *err)
{
    *pending = (struct boa_pending){ .folder = folder, .fd = -1 };
#ifdef O_TMPFILE
    if (nameless)
        pending->fd = openat(folder, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    if (pending->fd >= 0) {
        pending->nameless = true;
        return 0;
    }
    /* What file systems and kernels without it answer; anything else will come again below. */
#else
    (void)nameless;
#endif
    return open_named(pending, err);
}

static int link_nameless(const struct boa_pending *pending, const char *name)
{
    char path[40];

    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", pending->fd);
    return linkat(AT_FDCWD, path, pending->folder, name, AT_SYMLINK_FOLLOW);
}

/* Names a nameless file for a rename, which alone can replace. */
static int give_temporary_name(struct boa_pending *pending)
{
    for (unsigned i = 0; i < NAME_TRIES; i++) {
        (void)snprintf(pending->name, sizeof pending->name, ".boamps-%ld-%u.tmp", (long)getpid(),
                       i);
        if (link_nameless(pending, pending->name) == 0) {
            pending->nameless = false;
            return 0;
        }
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

/* Renames unless the name exists; where the kernel or file system cannot, a hard link does the same
 * in two steps. */
static int rename_new(const struct boa_pending *pending, const char *name)
{
#ifdef RENAME_NOREPLACE
    if (renameat2(pending->folder, pending->name, pending->folder, name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
#endif
    if (linkat(pending->folder, pending->name, pending->folder, name, 0) != 0)
        return -1;
    return unlinkat(pending->folder, pending->name, 0);
}

static int publish(struct boa_pending *pending, const char *name, bool replace)
{
    if (!replace)
        return pending->nameless ? link_nameless(pending, name) : rename_new(pending, name);
    if (pending->nameless && give_temporary_name(pending) != 0)
        return -1;
    return renameat(pending->folder, pending->name, pending->folder, name);
}

int boa_pending_publish(struct boa_pending *pending, const char *name, bool replace,
                        struct boa_err *err)
{
    if (publish(pending, name, replace) != 0) {
        if (errno == EEXIST && !replace)
            return BOA_PUBLISH_EXISTS;
        return boa_err_sys(err, errno, "naming %s", name);
    }
    int fd = pending->fd;
    pending->fd = -1;
    if (close(fd) != 0)
        return boa_err_sys(err, errno, "closing %s", name);
    return BOA_PUBLISH_DONE;
}

void boa_pending_drop(struct boa_pending *pending)
{
    if (pending->fd < 0)
        return;
    (void)close(pending->fd);
    if (!pending->nameless)
        (void)unlinkat(pending->folder, pending->name, 0);
    pending->fd = -1;
}
