/* The two forms of a finding: a line for people, a JSON object for programs. */
#ifndef BOA_CLI_FINDINGS_FORMAT_H
#define BOA_CLI_FINDINGS_FORMAT_H

#include "cli/findings.h"

/* "tool: file:line:col: severity[ID]: /pointer: message (hint)" and a line end. */
int boa_findings_put_text(struct boa_buf *buf, const struct boa_findings_config *config,
                          const struct boa_finding *finding, struct boa_err *err);

/* "tool: file: severity[ID]: N more like it; -v shows each" and a line end. */
int boa_findings_put_folded(struct boa_buf *buf, const struct boa_findings_config *config,
                            enum boa_diag id, struct boa_str file, uint64_t more,
                            struct boa_err *err);

/* "tool: N more errors; --max-errors=0 shows all" and a line end. */
int boa_findings_put_unshown(struct boa_buf *buf, const struct boa_findings_config *config,
                             uint64_t more, struct boa_err *err);

/* {"v":1,"kind":"finding",…} and a line end; members that are unknown or empty are left out. */
int boa_findings_put_json(struct boa_buf *buf, const struct boa_finding *finding,
                          struct boa_err *err);

#endif
