/* Fills and extends error texts without ever allocating: they must work when memory is short. */
#include "core/base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char ELLIPSIS[] = "…";

size_t boa_talk_format(char *text, size_t size, const char *fmt, va_list args)
{
    int len = vsnprintf(text, size, fmt, args);
    if (len >= 0 && (size_t)len < size)
        return (size_t)len;
    /* A negative length is a text beyond INT_MAX: nothing of it need have been written. */
    size_t end = len < 0 ? 0 : size - sizeof(ELLIPSIS);
    size_t least = end > 3 ? end - 3 : 0; /* no code point is longer: beyond, it is not UTF-8 */
    while (end > least && ((unsigned char)text[end] & 0xc0) == 0x80)
        end--;
    memcpy(text + end, ELLIPSIS, sizeof(ELLIPSIS));
    return end + sizeof(ELLIPSIS) - 1;
}

static void format_text(char *text, const char *fmt, ...) BOA_PRINTF(2, 3);

static void format_text(char *text, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    boa_talk_format(text, BOA_ERR_TEXT_MAX, fmt, args);
    va_end(args);
}

int boa_err_set(struct boa_err *err, enum boa_err_kind kind, const char *fmt, ...)
{
    if (!err)
        return -1;
    char text[BOA_ERR_TEXT_MAX]; /* the arguments may quote err->text */
    va_list args;
    va_start(args, fmt);
    boa_talk_format(text, sizeof(text), fmt, args);
    va_end(args);
    err->kind = kind;
    err->sys = 0;
    format_text(err->text, "%s", text);
    return -1;
}

/* Two strerror_r exist: XSI's returns a status and fills the buffer, GNU's returns the text and may
 * leave the buffer alone. The type of what it returns picks the reader. */
static inline const char *reason_xsi(int status, const char *buf)
{
    return status == 0 ? buf : "unknown error";
}

static inline const char *reason_gnu(const char *text, const char *buf)
{
    (void)buf;
    return text;
}

int boa_err_sys(struct boa_err *err, int sys, const char *fmt, ...)
{
    if (!err)
        return -1;
    char text[BOA_ERR_TEXT_MAX];
    va_list args;
    va_start(args, fmt);
    boa_talk_format(text, sizeof(text), fmt, args);
    va_end(args);

    char buf[128];
    const char *reason = _Generic(strerror_r(sys, buf, sizeof(buf)),
                                  int: reason_xsi,
                                  char *: reason_gnu)(strerror_r(sys, buf, sizeof(buf)), buf);
    err->kind = sys == ENOMEM ? BOA_ERR_MEMORY : BOA_ERR_IO;
    err->sys = sys == ENOMEM ? 0 : sys;
    format_text(err->text, "%s: %s", text, reason);
    return -1;
}

int boa_err_memory(struct boa_err *err)
{
    return boa_err_set(err, BOA_ERR_MEMORY, "out of memory");
}

int boa_err_context(struct boa_err *err, const char *fmt, ...)
{
    if (!err)
        return -1;
    char front[BOA_ERR_TEXT_MAX], behind[BOA_ERR_TEXT_MAX];
    va_list args;
    va_start(args, fmt);
    boa_talk_format(front, sizeof(front), fmt, args);
    va_end(args);
    format_text(behind, "%s", err->text);
    format_text(err->text, "%s: %s", front, behind);
    return -1;
}
