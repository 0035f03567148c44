/* Lists what reports lack, and decides which of them are final. */
#include "core/report/report.h"

/* Keeps the list in schema order and free of repetitions. */
static void add_missing(struct boa_report *report, enum boa_field_id field)
{
    size_t at = 0;

    while (at < report->missing_count && report->missing[at] < field)
        at++;
    if (at == BOA_REPORT_MISSING_MAX ||
        (at < report->missing_count && report->missing[at] == field))
        return;
    if (report->missing_count < BOA_REPORT_MISSING_MAX)
        report->missing_count++;
    memmove(&report->missing[at + 1], &report->missing[at],
            (report->missing_count - at - 1) * sizeof report->missing[0]);
    report->missing[at] = field;
}

void boa_report_lacks(struct boa_report *report, enum boa_field_id field)
{
    enum boa_field_id end = boa_field_end(field);

    if (boa_field_get(field)->type != BOA_FIELD_OBJECT) {
        add_missing(report, field);
        return;
    }
    for (enum boa_field_id id = field + 1; id < end; id++) {
        if (boa_field_get(id)->parent == field && boa_field_get(id)->required)
            add_missing(report, id);
    }
}

struct boa_str boa_report_settle(struct boa_report *report, struct boa_str asked, bool doubtful)
{
    bool complete = report->missing_count == 0 && !report->invalid;
    struct boa_str status = BOA_STR_LIT("draft");

    if (asked.len != 0 && complete)
        status = asked;
    else if (asked.len == 0 && complete && !report->assumed && !doubtful)
        status = BOA_STR_LIT("final");
    report->final = !boa_str_equal_lit(status, "draft");
    return status;
}
