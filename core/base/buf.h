/* A growing byte buffer with a limit. */
#ifndef BOA_BASE_BUF_H
#define BOA_BASE_BUF_H

#include "core/base/err.h"
#include "core/base/str.h"

/* Invariant: len <= cap <= max; ptr is NULL while cap is 0. Not terminated. */
struct boa_buf {
    char *ptr;
    size_t len, cap, max;
};

/* Allocates nothing; `max_bytes` is what the buffer may ever hold. */
void boa_buf_init(struct boa_buf *buf, size_t max_bytes);

/* Frees; the buffer may be initialised again. Takes a zeroed buffer. */
void boa_buf_release(struct boa_buf *buf);

/* Makes room for `extra` more bytes: boa_buf_room calls it only when there is not enough. */
int boa_buf_grow(struct boa_buf *buf, size_t extra, struct boa_err *err);

/* After success at least `extra` bytes may be written at ptr + len by hand. */
static inline int boa_buf_room(struct boa_buf *buf, size_t extra, struct boa_err *err)
{
    return buf->cap - buf->len >= extra ? 0 : boa_buf_grow(buf, extra, err);
}

static inline int boa_buf_put(struct boa_buf *buf, struct boa_str text, struct boa_err *err)
{
    if (boa_buf_room(buf, text.len, err) != 0)
        return -1;
    if (text.len != 0)
        memcpy(buf->ptr + buf->len, text.ptr, text.len);
    buf->len += text.len;
    return 0;
}

static inline int boa_buf_put_byte(struct boa_buf *buf, char byte, struct boa_err *err)
{
    if (boa_buf_room(buf, 1, err) != 0)
        return -1;
    buf->ptr[buf->len++] = byte;
    return 0;
}

/* printf for talk, never for reported numbers (locale). */
int boa_buf_printf(struct boa_buf *buf, struct boa_err *err, const char *fmt, ...) BOA_PRINTF(3, 4);

static inline void boa_buf_clear(struct boa_buf *buf)
{
    buf->len = 0;
}

static inline struct boa_str boa_buf_str(const struct boa_buf *buf)
{
    return boa_str_make(buf->ptr, buf->len);
}

#endif
