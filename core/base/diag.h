/* Findings: what is wrong, odd or assumed in the data. Registered once in diag.def; collected by
 * whoever runs the tool. */
#ifndef BOA_BASE_DIAG_H
#define BOA_BASE_DIAG_H

#include "core/base/err.h"
#include "core/base/str.h"

enum boa_severity {
    BOA_SEVERITY_NOTE,    /* worth knowing; never changes the exit status */
    BOA_SEVERITY_WARNING, /* likely wrong; an error under --strict */
    BOA_SEVERITY_ERROR,   /* wrong; exit status 1 */
};

enum boa_diag {
#define BOA_DIAG(id, severity, since, meaning, hint) BOA_DIAG_##id,
#include "core/base/diag.def"
#undef BOA_DIAG
    BOA_DIAG_COUNT
};

struct boa_diag_info {
    const char *id;             /* "COUNTRY_FALLBACK": never renamed, never reused */
    enum boa_severity severity; /* as registered; --strict is the reader's business */
    const char *since;          /* version that brought it */
    const char *meaning;        /* one sentence for docs/findings.md */
    const char *hint;           /* what to do, one clause; "" when there is nothing */
};

/* Of any value below BOA_DIAG_COUNT; static. */
const struct boa_diag_info *boa_diag_info(enum boa_diag id);

/* "note", "warning", "error". */
const char *boa_severity_name(enum boa_severity severity);

/* A place in an input. 0 means unknown; lines and columns count from 1, columns in code points. */
struct boa_place {
    struct boa_str file;
    uint64_t line;
    uint64_t column;
};

struct boa_finding {
    enum boa_diag id;
    enum boa_severity severity;
    struct boa_place place;
    struct boa_str pointer; /* JSON Pointer of the field it is about, or empty */
    struct boa_str message; /* "want X, have Y", without the hint */
};

/* Where findings go. `add` must copy what it keeps: everything is borrowed for the call. */
struct boa_diags {
    void (*add)(void *user, const struct boa_finding *finding);
    void *user;
    /* May be NULL. False: it is known and counted, and nobody will read its text. Asked first, so
     * that the thousandth finding of a kind costs next to nothing. */
    bool (*wants)(void *user, enum boa_diag id, struct boa_str file);
};

/* Formats the message (cut at 1024 bytes at a code point, with "…") and hands the finding on;
 * `diags` NULL drops it. */
void boa_diags_add(const struct boa_diags *diags, enum boa_diag id, struct boa_place place,
                   struct boa_str pointer, const char *fmt, ...) BOA_PRINTF(5, 6);

#endif
