/* One line on a terminal that says how far the work is. */
#ifndef BOA_CLI_PROGRESS_H
#define BOA_CLI_PROGRESS_H

#include <stdio.h>

#include "core/base/str.h"

struct boa_progress {
    FILE *to;
    bool on;
    size_t width;               /* columns the line on the screen takes; 0: none is shown */
    uint64_t next_ms;           /* no new line before */
    uint64_t (*clock_ms)(void); /* a test may put its own */
};

/* `mode` as in boa_opts_common: -1 shows when `to` is a terminal, 0 never, 1 always. */
void boa_progress_init(struct boa_progress *progress, FILE *to, int mode);

/* Shows "done of total (percent) text", or without total when that is 0; at most ten times a
 * second. The text is made safe and cut. */
void boa_progress_update(struct boa_progress *progress, uint64_t done, uint64_t total,
                         struct boa_str text);

/* Wipes the line, so that something else can be printed; the next update shows it again. Takes
 * NULL. */
void boa_progress_hide(struct boa_progress *progress);

/* Wipes the line for good. */
void boa_progress_end(struct boa_progress *progress);

#endif
