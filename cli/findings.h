/* Findings for people (text, folded by kind) or programs (JSON lines), and the counts that decide
 * the exit status. */
#ifndef BOA_CLI_FINDINGS_H
#define BOA_CLI_FINDINGS_H

#include <stdio.h>

#include "cli/progress.h"
#include "cli/style.h"
#include "core/base/diag.h"

struct boa_findings;

struct boa_findings_config {
    const char *tool; /* name in front of each line */
    FILE *to;         /* where they are printed */
    struct boa_style style;
    struct boa_progress *progress; /* its line is wiped before printing; may be NULL */
    bool json; /* one object a line, {"v":1,"kind":"finding",…}; nothing is folded or left out for
                  max_errors */
    bool quiet;   /* print errors only; everything is still counted */
    bool verbose; /* print every one; else notes and warnings of one kind fold to the first of each
                     file and a count */
    bool strict;  /* warnings count and print as errors */
    uint64_t max_errors; /* errors printed in full, then only their number; 0: no limit */
};

/* A file, pointer or message longer than this is cut and ends in "…". */
enum { BOA_FINDINGS_TEXT_MAX = 8192 };

struct boa_findings *boa_findings_new(const struct boa_findings_config *config,
                                      struct boa_err *err);

/* Prints what is still held back (folded counts) and frees. Takes NULL. */
void boa_findings_free(struct boa_findings *findings);

/* The sink to hand to the core; valid as long as `findings`. */
const struct boa_diags *boa_findings_diags(const struct boa_findings *findings);

/* Prints the counts of folded findings of the input that ends here. The first finding of another
 * file does the same; one without a file belongs to the file before it. */
void boa_findings_end_file(struct boa_findings *findings);

/* Prints what is still held back. -1: a finding could not be kept or printed, now or before. */
int boa_findings_finish(struct boa_findings *findings, struct boa_err *err);

/* Under --strict warnings are counted as errors. */
uint64_t boa_findings_count(const struct boa_findings *findings, enum boa_severity severity);

#endif
