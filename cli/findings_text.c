/* Findings as lines for people. */
#include <inttypes.h>

#include "cli/findings_format.h"
#include "cli/text.h"

static const char *colour_of(const struct boa_style *style, enum boa_severity severity)
{
    switch (severity) {
    case BOA_SEVERITY_ERROR:
        return style->red;
    case BOA_SEVERITY_WARNING:
        return style->yellow;
    case BOA_SEVERITY_NOTE:
        break;
    }
    return style->blue;
}

static void put_safe(struct boa_text *t, struct boa_str str)
{
    if (!t->failed && boa_style_put_safe(t->buf, str, BOA_FINDINGS_TEXT_MAX, t->err) != 0)
        t->failed = true;
}

/* "tool: file:line:col: severity[ID]: ", each part only where it is known. */
static void put_head(struct boa_text *t, const struct boa_findings_config *config, enum boa_diag id,
                     enum boa_severity severity, struct boa_place place)
{
    boa_text_printf(t, "%s: ", config->tool);
    if (place.file.len != 0) {
        put_safe(t, place.file);
        boa_text_put(t, ":");
    }
    if (place.line != 0)
        boa_text_printf(t, place.file.len ? "%" PRIu64 ":" : "line %" PRIu64 ":", place.line);
    if (place.line != 0 && place.column != 0)
        boa_text_printf(t, "%" PRIu64 ":", place.column);
    if (place.file.len != 0 || place.line != 0)
        boa_text_put(t, " ");
    boa_text_printf(t, "%s%s%s[%s]: ", colour_of(&config->style, severity),
                    boa_severity_name(severity), config->style.reset, boa_diag_info(id)->id);
}

int boa_findings_put_text(struct boa_buf *buf, const struct boa_findings_config *config,
                          const struct boa_finding *finding, struct boa_err *err)
{
    const char *hint = boa_diag_info(finding->id)->hint;
    struct boa_text t;

    boa_text_init(&t, buf, err);
    put_head(&t, config, finding->id, finding->severity, finding->place);
    if (finding->pointer.len != 0) {
        put_safe(&t, finding->pointer);
        boa_text_put(&t, ": ");
    }
    put_safe(&t, finding->message);
    if (hint[0] != '\0')
        boa_text_printf(&t, " (%s)", hint);
    boa_text_put(&t, "\n");
    return boa_text_finish(&t);
}

int boa_findings_put_folded(struct boa_buf *buf, const struct boa_findings_config *config,
                            enum boa_diag id, struct boa_str file, uint64_t more,
                            struct boa_err *err)
{
    struct boa_text t;

    boa_text_init(&t, buf, err);
    put_head(&t, config, id, boa_diag_info(id)->severity, (struct boa_place){ .file = file });
    boa_text_printf(&t, "%" PRIu64 " more like it; -v shows each\n", more);
    return boa_text_finish(&t);
}

int boa_findings_put_unshown(struct boa_buf *buf, const struct boa_findings_config *config,
                             uint64_t more, struct boa_err *err)
{
    struct boa_text t;

    boa_text_init(&t, buf, err);
    boa_text_printf(&t, "%s: %" PRIu64 " more error%s; --max-errors=0 shows all\n", config->tool,
                    more, more == 1 ? "" : "s");
    return boa_text_finish(&t);
}
