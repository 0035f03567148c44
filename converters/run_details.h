/* What some runs have besides a total: tasks, parts that must be added up, a description of their
 * machine. Kept whole in memory: a run with tasks has tens of them, not millions. */
#ifndef BOA_CONVERTERS_RUN_DETAILS_H
#define BOA_CONVERTERS_RUN_DETAILS_H

#include "converters/rows.h"
#include "core/base/decimal.h"

/* Columns whose cells are kept of every task, NULL-terminated: a measure is made of them. */
extern const char *const cc_task_columns[];

enum { CC_TASK_COLUMNS = 17 };

/* Exact sums of a run's parts. */
struct run_sums {
    struct boa_decimal energy_kwh, emissions_kg, duration_s;
    bool endless; /* one has more digits than a decimal holds: none is known */
};

struct run_details;

/* At most `max_bytes` are kept of cells; more is an error. */
struct run_details *run_details_new(size_t max_bytes, struct boa_err *err);

/* Takes NULL. */
void run_details_free(struct run_details *details);

/* Keeps a task. One whose cells are all equal to an earlier one's of the run (a file read twice) is
 * kept once. */
int run_details_add_task(struct run_details *details, uint32_t run, const struct cc_rows *rows,
                         struct boa_err *err);

/* Adds a part's energy, emissions and duration. One with the same figures and time counts once. */
int run_details_add_part(struct run_details *details, uint32_t run, const struct cc_rows *rows,
                         struct boa_err *err);

/* Keeps the cells that say on what and where the run ran: the columns of cc_all_columns. */
int run_details_set_about(struct run_details *details, uint32_t run, const struct cc_rows *rows,
                          struct boa_err *err);

/* After the last row: puts the tasks in order. */
void run_details_settle(struct run_details *details);

/* The run's tasks in order of time, CC_TASK_COLUMNS cells each: cells[0], cells[1] … are those of
 * the first. Their number is returned. Owned by the details. */
size_t run_details_tasks(const struct run_details *details, uint32_t run,
                         const struct boa_str *const **tasks);

/* The sums of the run's parts; NULL: it has none. */
const struct run_sums *run_details_sums(const struct run_details *details, uint32_t run);

/* The cells of run_details_set_about, in the order of cc_all_columns; NULL: there are none. */
const struct boa_str *run_details_about(const struct run_details *details, uint32_t run);

#endif
