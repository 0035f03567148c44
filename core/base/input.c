/* The sliding buffer: reads land where they are used, and bytes move only to make room. */
#include "core/base/input.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/alloc.h"
#include "core/base/err.h"

enum { CHUNK = 256 * 1024 };

/* What messages call an input. */
static const char *label(struct boa_str name)
{
    return boa_str_equal_lit(name, "-") ? "standard input" : name.ptr;
}

static int open_retrying(const char *path)
{
    int fd;
    do {
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

int boa_input_open(struct boa_input *in, const char *path, size_t max_kept, struct boa_err *err)
{
    struct boa_input opened = { .name = boa_str_from(path), .max = max_kept, .chunk = CHUNK };
    opened.owns_fd = !boa_str_equal_lit(opened.name, "-");
    opened.fd = opened.owns_fd ? open_retrying(path) : STDIN_FILENO;
    struct stat info;
    if (opened.fd < 0 || fstat(opened.fd, &info) != 0) {
        boa_err_sys(err, errno, "cannot open %s", label(opened.name));
        goto out;
    }
    if (S_ISDIR(info.st_mode)) {
        boa_err_sys(err, EISDIR, "cannot read %s", label(opened.name));
        goto out;
    }
    /* A redirected file that somebody has read from already goes on where it is, as a pipe does. */
    opened.seekable = S_ISREG(info.st_mode) && lseek(opened.fd, 0, SEEK_CUR) == 0;
    *in = opened;
    return 0;
out:
    boa_input_close(&opened);
    return -1;
}

int boa_input_open_text(struct boa_input *in, const char *name, struct boa_str text,
                        struct boa_err *err)
{
    (void)err; /* opening memory cannot fail; the signature is that of the other open */
    *in = (struct boa_input){
        .name = boa_str_from(name),
        .fd = -1,
        .seekable = true,
        .text = text,
        .max = SIZE_MAX,
        .chunk = CHUNK,
    };
    return 0;
}

void boa_input_close(struct boa_input *in)
{
    if (in->owns_fd && in->fd >= 0)
        close(in->fd);
    boa_free(in->buf);
    *in = (struct boa_input){ .fd = -1 };
}

/* read() that waits: for a signal to pass, and for data if somebody made the pipe non-blocking. */
static ssize_t read_retrying(int fd, char *to, size_t size)
{
    for (;;) {
        ssize_t got = read(fd, to, size);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN))
            return got;
        struct pollfd ready = { .fd = fd, .events = POLLIN };
        if (errno == EAGAIN && poll(&ready, 1, -1) < 0 && errno != EINTR)
            return -1;
    }
}

static ssize_t read_text(const struct boa_input *in, char *to, size_t size)
{
    uint64_t at = in->offset + (in->end - in->begin);
    if (at >= in->text.len)
        return 0;
    struct boa_str rest = boa_str_from_byte(in->text, (size_t)at);
    size_t got = rest.len < size ? rest.len : size;
    memcpy(to, rest.ptr, got);
    return (ssize_t)got;
}

/* Makes room for a whole chunk behind the kept bytes, or for what the limit leaves. */
static int make_room(struct boa_input *in, struct boa_err *err)
{
    /* One byte above the limit tells a piece of exactly max bytes from a longer one. */
    size_t ceiling = in->max < SIZE_MAX ? in->max + 1 : SIZE_MAX;
    size_t kept = in->end - in->begin;
    size_t want = ceiling - kept > in->chunk ? kept + in->chunk : ceiling;
    if (in->cap - in->begin >= want)
        return 0;
    if (in->cap >= want) {
        memmove(in->buf, in->buf + in->begin, kept);
    } else {
        size_t cap = in->cap > ceiling / 2 ? ceiling : in->cap * 2;
        if (cap < want)
            cap = want;
        char *buf = boa_alloc(cap, err);
        if (!buf)
            return -1;
        if (kept != 0)
            memcpy(buf, in->buf + in->begin, kept);
        boa_free(in->buf);
        in->buf = buf;
        in->cap = cap;
    }
    in->begin = 0;
    in->end = kept;
    return 0;
}

static int too_long(const struct boa_input *in, struct boa_err *err)
{
    return boa_err_set(err, BOA_ERR_LIMIT, "%s: more than %zu bytes in one piece", label(in->name),
                       in->max);
}

int boa_input_more(struct boa_input *in, struct boa_err *err)
{
    if (in->end - in->begin > in->max)
        return too_long(in, err);
    if (in->at_end)
        return 0;
    if (make_room(in, err) != 0)
        return -1;
    /* Full to the limit: one byte more tells whether the piece is longer. Never that byte before,
     * for what is kept may be many pieces. */
    size_t kept = in->end - in->begin;
    size_t size = kept < in->max ? in->max - kept : 1;
    if (size > in->chunk)
        size = in->chunk;
    ssize_t got = in->fd < 0 ? read_text(in, in->buf + in->end, size)
                             : read_retrying(in->fd, in->buf + in->end, size);
    if (got < 0)
        return boa_err_sys(err, errno, "cannot read %s", label(in->name));
    if (got == 0) {
        in->at_end = true;
        return 0;
    }
    in->end += (size_t)got;
    return in->end - in->begin > in->max ? too_long(in, err) : 1;
}

int boa_input_seek(struct boa_input *in, uint64_t offset, struct boa_err *err)
{
    bool fits = offset <= INT64_MAX;
    if (!in->seekable || !fits)
        return boa_err_sys(err, fits ? ESPIPE : EINVAL, "cannot go back in %s", label(in->name));
    if (in->fd >= 0 && lseek(in->fd, (off_t)offset, SEEK_SET) < 0)
        return boa_err_sys(err, errno, "cannot go back in %s", label(in->name));
    in->begin = in->end = 0;
    in->offset = offset;
    in->at_end = false;
    return 0;
}

/* A file without a name; its descriptor, or -1. */
static int open_nameless(const char *folder, struct boa_err *err)
{
    static const char TAIL[] = "/boamps-XXXXXX";
    size_t len = strlen(folder);
    char *path = boa_alloc(len + sizeof(TAIL), err);
    if (!path)
        return -1;
    memcpy(path, folder, len);
    memcpy(path + len, TAIL, sizeof(TAIL));
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0)
        boa_err_sys(err, errno, "cannot make a temporary file in %s", folder);
    else
        unlink(path);
    boa_free(path);
    return fd;
}

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t put = write(fd, bytes, len);
        if (put < 0 && errno != EINTR)
            return -1;
        if (put > 0) {
            bytes += put;
            len -= (size_t)put;
        }
    }
    return 0;
}

/* What is kept, and what is still to be read. */
static int copy_all(int to, const char *folder, struct boa_input *in, struct boa_err *err)
{
    char *buf = boa_alloc(in->chunk, err);
    if (!buf)
        return -1;
    ssize_t got;
    int status = 0;
    struct boa_str kept = boa_input_kept(in);
    if (write_all(to, kept.ptr, kept.len) != 0)
        status = boa_err_sys(err, errno, "cannot write a temporary file in %s", folder);
    while (status == 0 && !in->at_end && (got = read_retrying(in->fd, buf, in->chunk)) != 0) {
        if (got < 0)
            status = boa_err_sys(err, errno, "cannot read %s", label(in->name));
        else if (write_all(to, buf, (size_t)got) != 0)
            status = boa_err_sys(err, errno, "cannot write a temporary file in %s", folder);
    }
    boa_free(buf);
    return status;
}

int boa_input_spool(struct boa_input *in, const char *folder, struct boa_err *err)
{
    if (in->seekable)
        return 0;
    assert(in->offset == 0); /* nothing is taken */
    int fd = open_nameless(folder, err);
    if (fd < 0)
        return -1;
    if (copy_all(fd, folder, in, err) != 0)
        goto out;
    if (lseek(fd, 0, SEEK_SET) < 0) {
        boa_err_sys(err, errno, "cannot read a temporary file in %s", folder);
        goto out;
    }
    if (in->owns_fd)
        close(in->fd);
    in->fd = fd;
    in->owns_fd = true;
    in->seekable = true;
    in->begin = in->end = 0;
    in->at_end = false;
    return 0;
out:
    close(fd);
    return -1;
}

int boa_input_read_all(struct boa_str *out, const char *path, size_t max_bytes, struct boa_err *err)
{
    struct boa_input in;
    if (boa_input_open(&in, path, max_bytes, err) != 0)
        return -1;
    int status;
    do {
        status = boa_input_more(&in, err);
    } while (status > 0);
    char *text = status == 0 ? boa_realloc(in.buf, in.end + 1, err) : NULL;
    if (text) {
        in.buf = NULL;
        text[in.end] = '\0';
        *out = boa_str_make(text, in.end);
    }
    boa_input_close(&in);
    return text ? 0 : -1;
}
