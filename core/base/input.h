/* Bytes of a file or pipe through a sliding buffer: what is kept is contiguous, what is taken is
 * forgotten. Never mapped. */
#ifndef BOA_BASE_INPUT_H
#define BOA_BASE_INPUT_H

#include "core/base/str.h"

struct boa_err;

struct boa_input {
    struct boa_str name; /* as the user wrote it, "-" for standard input; borrowed */
    int fd;              /* -1 when closed */
    bool owns_fd;
    bool at_end;         /* read has returned 0 */
    bool seekable;       /* a regular file read from its start, or text: boa_input_seek works */
    struct boa_str text; /* what boa_input_open_text reads from; borrowed */
    char *buf;           /* NULL before the first read */
    size_t begin, end;   /* the kept bytes are buf[begin … end) */
    size_t cap, max;     /* max: most bytes that may be kept at once */
    size_t chunk;        /* most bytes that one read asks for; tests make it small */
    uint64_t offset;     /* offset in the input of buf[begin] */
};

/* `path` "-" is standard input; the text must stay valid while the input is open. A folder is an
 * error that says so. */
int boa_input_open(struct boa_input *in, const char *path, size_t max_kept, struct boa_err *err);

/* Reads from memory, as if from a file of that name: for tests and fuzzing. The text is borrowed.
 */
int boa_input_open_text(struct boa_input *in, const char *name, struct boa_str text,
                        struct boa_err *err);

/* Takes a zeroed or closed input. */
void boa_input_close(struct boa_input *in);

/* Copies an unseekable input to an unlinked temporary file in `folder` (the caller's choice of
 * $TMPDIR or /tmp) and goes on from its start, so that it can be read twice. Nothing happens to a
 * seekable one. It may have been looked at, but nothing may have been taken: kept bytes are
 * forgotten and read again. After a failure the input can only be closed. */
int boa_input_spool(struct boa_input *in, const char *folder, struct boa_err *err);

/* Reads at least one more byte behind the kept ones. 1: done, 0: the input has ended, -1: error
 * (io, memory, or a limit: more than max bytes would be kept). Whatever it returns, nothing kept is
 * lost, and after taking some of it the caller may go on. */
int boa_input_more(struct boa_input *in, struct boa_err *err);

/* Continues at byte `offset` of a seekable input; kept bytes are forgotten. */
int boa_input_seek(struct boa_input *in, uint64_t offset, struct boa_err *err);

/* The kept bytes; valid until the next call that is not boa_input_take. */
static inline struct boa_str boa_input_kept(const struct boa_input *in)
{
    return in->buf ? boa_str_make(in->buf + in->begin, in->end - in->begin) : (struct boa_str){ 0 };
}

/* Forgets the first `bytes` kept ones; their memory stays readable until boa_input_more, _seek or
 * _close. */
static inline void boa_input_take(struct boa_input *in, size_t bytes)
{
    in->begin += bytes;
    in->offset += bytes;
}

/* Reads all of `path` ("-" too) into a new heap text that the caller frees with boa_free((void
 * *)out->ptr); a terminating NUL that is not counted stands behind it. More than `max_bytes` is an
 * error. */
int boa_input_read_all(struct boa_str *out, const char *path, size_t max_bytes,
                       struct boa_err *err);

#endif
