/* File names of reports: upstream's pattern, made of letters, digits, '.', '-' and '_' only. */
#ifndef BOA_REPORT_REPORT_NAME_H
#define BOA_REPORT_REPORT_NAME_H

#include "core/base/str.h"

enum { BOA_REPORT_NAME_MAX = 256 };

struct boa_report_name {
    bool draft;
    struct boa_str publisher, stage, family, infra,
        id; /* empty ones are left out, but for the id */
};

/* report_<publisher>_<taskStage>_<taskFamily>_<infraType>_<reportId>.json, or
 * draft_<reportId>.json. Other bytes become '-', runs of them one; parts are cut at 40 bytes. An id
 * that had to be changed gets a digest of itself at its end, so that names stay unique. `out` has
 * BOA_REPORT_NAME_MAX bytes and is terminated. */
void boa_report_name_make(char *out, const struct boa_report_name *name);

#endif
