/* The body that all converters share: runs become reports, reports go to a sink. */
#ifndef BOA_CONVERTERS_CONVERT_H
#define BOA_CONVERTERS_CONVERT_H

#include "converters/source.h"
#include "core/report/context.h"
#include "core/report/map.h"
#include "core/report/sink.h"

struct boa_convert {
    struct boa_source *source;
    const struct boa_map *map;
    const struct boa_context *context;
    struct boa_sink *sink;
    unsigned indent;   /* of the reports; 0: a line each */
    size_t max_report; /* bytes of one report, and of the memory to make it */
    const struct boa_diags *diags;
    bool (*go_on)(void *user, uint64_t reports); /* asked before each report; false ends the work */
    void *user;
};

struct boa_convert_counts {
    uint64_t reports;   /* made, whatever became of them */
    uint64_t drafts;    /* of them */
    uint64_t doubtful;  /* drafts that lack nothing: something about them is assumed or doubtful */
    uint64_t unchanged; /* were there already, byte for byte */
    uint64_t replaced;
    uint64_t refused;              /* reports given as input that cannot be completed */
    uint64_t conflicts;            /* not written: a different file of that name is there */
    bool missing[BOA_FIELD_COUNT]; /* required fields that some draft lacks */
};

/* Works until the source ends. -1: the work cannot go on; what was published stays. The sink is
 * finished in any case that allows it. */
int boa_convert_run(const struct boa_convert *job, struct boa_convert_counts *counts,
                    struct boa_err *err);

#endif
