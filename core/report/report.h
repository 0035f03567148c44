/* What is known of one report as a whole, however it was made: what it lacks, and so its status. */
#ifndef BOA_REPORT_REPORT_H
#define BOA_REPORT_REPORT_H

#include "core/report/field.h"

enum { BOA_REPORT_MISSING_MAX = 32 };

struct boa_report {
    bool final;   /* every required field is there, nothing was assumed or doubtful */
    bool assumed; /* a value rests on an assumption that was raised as a warning */
    bool invalid; /* a value stands in it that its field does not allow: nothing but a draft */
    enum boa_field_id
        missing[BOA_REPORT_MISSING_MAX]; /* required fields without a value, schema order */
    size_t missing_count;
};

/* Takes note of a required field without a value. A missing object is named by what it must hold:
 * that is what the user has to give. Beyond the list's end its last one gives way. */
void boa_report_lacks(struct boa_report *report, enum boa_field_id field);

/* Settles and returns the status. Any may be `asked` for, but nothing makes an incomplete report
 * more than a draft; empty: final, unless something is assumed or `doubtful`. */
struct boa_str boa_report_settle(struct boa_report *report, struct boa_str asked, bool doubtful);

#endif
