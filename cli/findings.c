/* Collects findings: prints them at once, folds those that repeat, counts all. */
#include "cli/findings.h"

#include <errno.h>

#include "cli/findings_format.h"
#include "core/base/alloc.h"

/* Four texts of which each byte can become six, and the rest of a line. */
enum { LINE_MAX_BYTES = 4 * 6 * BOA_FINDINGS_TEXT_MAX + 4096 };

struct boa_findings {
    struct boa_findings_config config;
    struct boa_diags diags;
    uint64_t counts[BOA_SEVERITY_ERROR + 1];
    uint64_t errors_printed;

    /* Of the current file only, so that memory does not grow with the number of files. */
    uint64_t seen[BOA_DIAG_COUNT];
    char file[BOA_FINDINGS_TEXT_MAX];
    size_t file_len;

    struct boa_buf line; /* what is being printed */
    struct boa_err err;  /* of the first finding that was lost */
};

/* Prints the line that `rc` says was made, in one piece. */
static void print(struct boa_findings *findings, int rc)
{
    struct boa_err *err = &findings->err;

    if (rc == 0) {
        boa_progress_hide(findings->config.progress);
        errno = 0;
        if (fwrite(findings->line.ptr, 1, findings->line.len, findings->config.to) !=
                findings->line.len &&
            err->kind == BOA_ERR_NONE)
            boa_err_sys(err, errno, "printing findings");
    }
    boa_buf_clear(&findings->line);
}

/* A second failure must not overwrite the first. */
static struct boa_err *first_err(struct boa_findings *findings)
{
    return findings->err.kind == BOA_ERR_NONE ? &findings->err : NULL;
}

static void print_one(struct boa_findings *findings, const struct boa_finding *finding)
{
    struct boa_err *err = first_err(findings);

    print(findings, findings->config.json
                        ? boa_findings_put_json(&findings->line, finding, err)
                        : boa_findings_put_text(&findings->line, &findings->config, finding, err));
}

static bool is_current_file(const struct boa_findings *findings, struct boa_str file)
{
    if (file.len > sizeof(findings->file))
        file.len = sizeof(findings->file);
    return boa_str_equal(file, boa_str_make(findings->file, findings->file_len));
}

static void begin_file(struct boa_findings *findings, struct boa_str file)
{
    findings->file_len = file.len < sizeof(findings->file) ? file.len : sizeof(findings->file);
    memcpy(findings->file, file.ptr, findings->file_len);
}

/* Whether this one is printed by itself. */
static bool shows(struct boa_findings *findings, const struct boa_finding *finding)
{
    const struct boa_findings_config *config = &findings->config;

    if (finding->severity == BOA_SEVERITY_ERROR) {
        if (!config->json && config->max_errors != 0 &&
            findings->errors_printed == config->max_errors)
            return false;
        findings->errors_printed++;
        return true;
    }
    if (config->quiet)
        return false;
    return config->json || config->verbose || findings->seen[finding->id]++ == 0;
}

static void add(void *user, const struct boa_finding *given)
{
    struct boa_findings *findings = user;
    struct boa_finding finding = *given;

    if (findings->config.strict && finding.severity == BOA_SEVERITY_WARNING)
        finding.severity = BOA_SEVERITY_ERROR;
    findings->counts[finding.severity]++;
    if (finding.place.file.len != 0 && !is_current_file(findings, finding.place.file)) {
        boa_findings_end_file(findings);
        begin_file(findings, finding.place.file);
    }
    if (shows(findings, &finding))
        print_one(findings, &finding);
}

/* Folded findings are counted without their text. */
static bool wants(void *user, enum boa_diag id, struct boa_str file)
{
    struct boa_findings *findings = user;
    enum boa_severity severity = boa_diag_info(id)->severity;

    if (findings->seen[id] == 0 || severity == BOA_SEVERITY_ERROR || file.len == 0 ||
        !is_current_file(findings, file))
        return true;
    findings->seen[id]++;
    findings->counts[severity]++;
    return false;
}

struct boa_findings *boa_findings_new(const struct boa_findings_config *config, struct boa_err *err)
{
    struct boa_findings *findings = boa_alloc_zero(1, sizeof(*findings), err);

    if (!findings)
        return NULL;
    findings->config = *config;
    findings->diags = (struct boa_diags){ add, findings, wants };
    boa_buf_init(&findings->line, LINE_MAX_BYTES);
    return findings;
}

void boa_findings_free(struct boa_findings *findings)
{
    if (!findings)
        return;
    boa_findings_finish(findings, NULL);
    boa_buf_release(&findings->line);
    boa_free(findings);
}

const struct boa_diags *boa_findings_diags(const struct boa_findings *findings)
{
    return &findings->diags;
}

void boa_findings_end_file(struct boa_findings *findings)
{
    struct boa_str file = boa_str_make(findings->file, findings->file_len);

    for (size_t id = 0; id < BOA_DIAG_COUNT; id++) {
        if (findings->seen[id] > 1)
            print(findings,
                  boa_findings_put_folded(&findings->line, &findings->config, (enum boa_diag)id,
                                          file, findings->seen[id] - 1, first_err(findings)));
        findings->seen[id] = 0;
    }
    findings->file_len = 0;
}

int boa_findings_finish(struct boa_findings *findings, struct boa_err *err)
{
    uint64_t errors = findings->counts[BOA_SEVERITY_ERROR];

    boa_findings_end_file(findings);
    if (errors > findings->errors_printed)
        print(findings,
              boa_findings_put_unshown(&findings->line, &findings->config,
                                       errors - findings->errors_printed, first_err(findings)));
    findings->errors_printed = errors;
    if (findings->err.kind == BOA_ERR_NONE)
        return 0;
    if (err)
        *err = findings->err;
    return -1;
}

uint64_t boa_findings_count(const struct boa_findings *findings, enum boa_severity severity)
{
    return findings->counts[severity];
}
