/* Prints the registry of findings for docs/gen_findings.py: one a line, members separated by tabs.
 */
#include <stdio.h>

#include "core/base/diag.h"

int main(void)
{
    for (int id = 0; id < BOA_DIAG_COUNT; id++) {
        const struct boa_diag_info *info = boa_diag_info((enum boa_diag)id);
        printf("%s\t%s\t%s\t%s\t%s\n", info->id, boa_severity_name(info->severity), info->since,
               info->meaning, info->hint);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
