/* The table of findings and how one is handed on. */
#include "core/base/diag.h"

#include <assert.h>

enum { MESSAGE_MAX = 1024 };

static const struct boa_diag_info infos[BOA_DIAG_COUNT] = {
#define BOA_DIAG(id, severity, since, meaning, hint)                                               \
    [BOA_DIAG_##id] = { #id, BOA_SEVERITY_##severity, since, meaning, hint },
#include "core/base/diag.def"
#undef BOA_DIAG
};

const struct boa_diag_info *boa_diag_info(enum boa_diag id)
{
    assert((unsigned)id < BOA_DIAG_COUNT);
    return &infos[id];
}

const char *boa_severity_name(enum boa_severity severity)
{
    switch (severity) {
    case BOA_SEVERITY_NOTE:
        return "note";
    case BOA_SEVERITY_WARNING:
        return "warning";
    case BOA_SEVERITY_ERROR:
        break;
    }
    return "error";
}

void boa_diags_add(const struct boa_diags *diags, enum boa_diag id, struct boa_place place,
                   struct boa_str pointer, const char *fmt, ...)
{
    if (!diags || (diags->wants && !diags->wants(diags->user, id, place.file)))
        return;
    char message[MESSAGE_MAX + 1];
    va_list args;
    va_start(args, fmt);
    size_t len = boa_talk_format(message, sizeof(message), fmt, args);
    va_end(args);
    struct boa_finding finding = {
        .id = id,
        .severity = boa_diag_info(id)->severity,
        .place = place,
        .pointer = pointer,
        .message = boa_str_make(message, len),
    };
    diags->add(diags->user, &finding);
}
