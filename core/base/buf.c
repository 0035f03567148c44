/* Growth and printing of the byte buffer; what is hot is inline in the header. */
#include "core/base/buf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "core/base/alloc.h"

enum { FIRST_CAP = 256 };

void boa_buf_init(struct boa_buf *buf, size_t max_bytes)
{
    *buf = (struct boa_buf){ .max = max_bytes };
}

void boa_buf_release(struct boa_buf *buf)
{
    boa_free(buf->ptr);
    *buf = (struct boa_buf){ 0 };
}

int boa_buf_grow(struct boa_buf *buf, size_t extra, struct boa_err *err)
{
    if (extra > buf->max - buf->len)
        return boa_err_set(err, BOA_ERR_LIMIT, "more than %zu bytes in one piece", buf->max);
    size_t need = buf->len + extra;
    if (need <= buf->cap)
        return 0;
    /* Doubling keeps appending linear, but never beyond the limit. */
    size_t cap = buf->cap > buf->max / 2 ? buf->max : buf->cap * 2;
    if (cap < FIRST_CAP)
        cap = buf->max < FIRST_CAP ? buf->max : FIRST_CAP;
    if (cap < need)
        cap = need;
    /* One byte that `cap` does not count: vsnprintf insists on writing a NUL. */
    char *ptr = boa_realloc(buf->ptr, cap < SIZE_MAX ? cap + 1 : SIZE_MAX, err);
    if (!ptr)
        return -1;
    buf->ptr = ptr;
    buf->cap = cap;
    return 0;
}

int boa_buf_printf(struct boa_buf *buf, struct boa_err *err, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int status = -1;
    size_t room = buf->cap - buf->len;
    int len = vsnprintf(buf->cap != 0 ? buf->ptr + buf->len : NULL, buf->cap != 0 ? room + 1 : 0,
                        fmt, args);
    if (len < 0) {
        boa_err_sys(err, errno, "formatting a text");
        goto out;
    }
    if ((size_t)len > room) {
        if (boa_buf_grow(buf, (size_t)len, err) != 0)
            goto out;
        vsnprintf(buf->ptr + buf->len, (size_t)len + 1, fmt, again);
    }
    buf->len += (size_t)len;
    status = 0;
out:
    va_end(again);
    va_end(args);
    return status;
}
