/* One run as a reader hands it on: named cells of text, and groups of cells for what occurs several
 * times. */
#ifndef BOA_REPORT_RECORD_H
#define BOA_REPORT_RECORD_H

#include "core/base/diag.h"
#include "core/base/str.h"

/* What a record may hold several of; each becomes elements of an array of the report. */
enum boa_group {
    BOA_GROUP_MEASURE, /* → /measures: at least one */
    BOA_GROUP_GPU,     /* → /infrastructure/components: kinds of GPU, none or more */
    BOA_GROUP_COUNT,
};

/* The names of the cells, the same for all records of one header. Cells that a reader derives begin
 * with "@". */
struct boa_layout {
    const struct boa_str *names; /* of boa_record.cells */
    size_t count;
    struct {
        const struct boa_str *names; /* of one element's cells; looked up before the record's own */
        size_t count;
    } group[BOA_GROUP_COUNT];
};

struct boa_record {
    struct boa_place place;      /* the first line of the run's row */
    const struct boa_str *cells; /* as many as layout.count; trimmed, UTF-8; empty means unknown */
    struct {
        const struct boa_str *cells; /* elements × width */
        size_t elements, width;      /* width: layout.group[].count, or more */
    } group[BOA_GROUP_COUNT];
    struct boa_str report; /* a report to complete, and no cells; else empty */
    bool in_cloud; /* the source shows a public cloud: a context that says onPremise is doubted */
    bool doubtful; /* the reader found a figure that cannot be right: the report stays a draft */
};

#endif
