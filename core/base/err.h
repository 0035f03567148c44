/* Why an operation could not go on: one kind, one sentence, owned by the caller. */
#ifndef BOA_BASE_ERR_H
#define BOA_BASE_ERR_H

#include <stdarg.h>
#include <stddef.h>

enum boa_err_kind {
    BOA_ERR_NONE,   /* no error */
    BOA_ERR_MEMORY, /* an allocation failed */
    BOA_ERR_IO,     /* the system refused: open, read, write, link … */
    BOA_ERR_LIMIT,  /* a limit given at init was hit; the text names it */
    BOA_ERR_USAGE,  /* the caller of the tool asked for something impossible */
    BOA_ERR_DATA,   /* the input cannot be read as what it claims to be */
};

enum { BOA_ERR_TEXT_MAX = 512 };

/* Zero-initialise: `struct boa_err err = { 0 };`. Longer texts are cut at a code point and end in
 * "…". */
struct boa_err {
    enum boa_err_kind kind;
    int sys;                     /* errno of a BOA_ERR_IO, else 0 */
    char text[BOA_ERR_TEXT_MAX]; /* one sentence without a final stop, terminated */
};

#if defined(__GNUC__)
#define BOA_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#else
#define BOA_PRINTF(fmt, first)
#endif

/* Fills `err` and returns -1, so that callers can write `return boa_err_set(…)`. `err` may be NULL.
 */
int boa_err_set(struct boa_err *err, enum boa_err_kind kind, const char *fmt, ...) BOA_PRINTF(3, 4);

/* The same for a failed system call: kind BOA_ERR_IO (BOA_ERR_MEMORY for ENOMEM), text + ": " +
 * strerror. */
int boa_err_sys(struct boa_err *err, int sys, const char *fmt, ...) BOA_PRINTF(3, 4);

/* kind BOA_ERR_MEMORY, "out of memory". */
int boa_err_memory(struct boa_err *err);

/* Puts what the caller knows in front: "reading x.csv" + ": " + text. Returns -1. */
int boa_err_context(struct boa_err *err, const char *fmt, ...) BOA_PRINTF(2, 3);

/* vsnprintf for talk into `text` of `size` bytes (4 or more): what does not fit is cut at a code
 * point and ends in "…". Returns the length. */
size_t boa_talk_format(char *text, size_t size, const char *fmt, va_list args) BOA_PRINTF(3, 0);

#endif
