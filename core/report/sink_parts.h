/* Private to the sinks: what the kinds share. */
#ifndef BOA_REPORT_SINK_PARTS_H
#define BOA_REPORT_SINK_PARTS_H

#include "core/report/sink.h"

struct boa_sink {
    int (*put)(struct boa_sink *sink, const char *name, struct boa_str report,
               enum boa_sink_outcome *outcome, struct boa_err *err);
    int (*flush)(struct boa_sink *sink, struct boa_err *err);
    int (*finish)(struct boa_sink *sink, struct boa_err *err);
    void (*free)(struct boa_sink *sink);
    bool force, dry, named;
};

#endif
