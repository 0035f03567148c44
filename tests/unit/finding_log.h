/* Findings as lines of text, "ID file:line:column pointer: message", for tests to compare. */
#ifndef BOA_UNIT_FINDING_LOG_H
#define BOA_UNIT_FINDING_LOG_H

#include <stdio.h>

#include "core/base/diag.h"

struct finding_log {
    struct boa_diags diags; /* hand this on */
    size_t count, len;
    char text[16384];
};

static inline void finding_log_add(void *user, const struct boa_finding *finding)
{
    struct finding_log *log = user;
    int len = snprintf(
        log->text + log->len, sizeof log->text - log->len, "%s %.*s:%d:%d %.*s: %.*s\n",
        boa_diag_info(finding->id)->id, BOA_STR_FMT(finding->place.file), (int)finding->place.line,
        (int)finding->place.column, BOA_STR_FMT(finding->pointer), BOA_STR_FMT(finding->message));

    log->count++;
    assert_true(boa_utf8_valid_prefix(finding->message) == finding->message.len);
    assert_true(len > 0 && (size_t)len < sizeof log->text - log->len);
    log->len += (size_t)len;
}

static inline void finding_log_clear(struct finding_log *log)
{
    log->diags = (struct boa_diags){ .add = finding_log_add, .user = log };
    log->count = log->len = 0;
    log->text[0] = '\0';
}

#endif
