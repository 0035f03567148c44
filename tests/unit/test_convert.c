/* Runs to reports: what is counted, what is named, and how work ends early. */
#include "converters/convert.h"

#include "converters/codecarbon.h"
#include "core/report/field.h"
#include "tests/unit/unit.h"
/* These need cmocka in front of them. */
#include "tests/unit/finding_log.h"
#include "tests/unit/scratch_folder.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* A source of `runs` records of two columns, which fails behind them if it is told to. */
struct fake {
    struct boa_source base;
    int runs, given;
    int relayout_at; /* this record comes with another layout */
    bool fails;
    const char *const *reports; /* one a record, NULL: a row; or none at all */
    struct boa_str cells[3];
};

static const struct boa_str names[] = { BOA_STR("@id"), BOA_STR("@energy"), BOA_STR("timestamp") };
static const struct boa_str swapped_names[] = { BOA_STR("@energy"), BOA_STR("timestamp"),
                                                BOA_STR("@id") };
static const char *const ids[] = { "first", "second", "third", "fourth" };

static int fake_next(struct boa_source *base, struct boa_record *record, struct boa_arena *arena,
                     struct boa_err *err)
{
    struct fake *fake = (struct fake *)base;
    static const struct boa_str no_cells;
    bool swapped = fake->relayout_at != 0 && fake->given >= fake->relayout_at;
    void *touched = boa_arena_alloc(arena, 100, err);

    if (touched == NULL)
        return -1;
    if (fake->given == fake->runs)
        return fake->fails ? boa_err_set(err, BOA_ERR_IO, "the source broke") : 0;
    struct boa_str id = boa_str_from(ids[fake->given++]);
    struct boa_str energy = BOA_STR("0.5"), time = BOA_STR("2026-03-10T09:31:12");
    if (fake->given == 1 || (fake->given == fake->relayout_at + 1 && swapped))
        base->layout_serial++;
    base->layout = (struct boa_layout){ .names = swapped ? swapped_names : names, .count = 3 };
    memcpy(fake->cells,
           swapped ? (struct boa_str[]){ energy, time, id }
                   : (struct boa_str[]){ id, energy, time },
           sizeof fake->cells);
    *record = (struct boa_record){ .place = { .file = BOA_STR("t.csv"),
                                              .line = (uint64_t)fake->given + 1 },
                                   .cells = fake->cells };
    if (fake->reports != NULL && fake->reports[fake->given - 1] != NULL)
        *record = (struct boa_record){ .place = record->place,
                                       .report = boa_str_from(fake->reports[fake->given - 1]) };
    record->group[BOA_GROUP_MEASURE].cells = &no_cells;
    record->group[BOA_GROUP_MEASURE].elements = 1;
    return 1;
}

struct bench {
    struct fake fake;
    struct boa_map map;
    struct boa_context context;
    struct finding_log log;
    struct boa_convert job;
    struct boa_convert_counts counts;
    int stop_at; /* go_on says no before this report; -1: never */
    struct boa_err err;
    char path[4096];
};

static bool go_on(void *user, uint64_t reports)
{
    const struct bench *bench = user;

    return bench->stop_at < 0 || (int)reports < bench->stop_at;
}

static void begin(struct bench *bench, int runs)
{
    memset(bench, 0, sizeof *bench);
    bench->fake = (struct fake){ .base.next = fake_next, .runs = runs };
    bench->stop_at = -1;
    boa_map_init(&bench->map, cc_map, cc_map_count);
    assert_int_equal(boa_context_init(&bench->context, 1 << 16, &bench->err), 0);
    finding_log_clear(&bench->log);
    bench->job = (struct boa_convert){ .source = &bench->fake.base,
                                       .map = &bench->map,
                                       .context = &bench->context,
                                       .max_report = 1 << 20,
                                       .diags = &bench->log.diags,
                                       .go_on = go_on,
                                       .user = bench };
}

static void end(struct bench *bench)
{
    boa_sink_free(bench->job.sink);
    boa_context_release(&bench->context);
}

static void to_lines(struct bench *bench, const char *folder, const char *name)
{
    (void)snprintf(bench->path, sizeof bench->path, "%s/%s", folder, name);
    bench->job.sink = boa_sink_file_new(bench->path, false, false, &bench->err);
    assert_non_null(bench->job.sink);
}

static void to_folder(struct bench *bench, const char *folder, const char *name, bool force)
{
    (void)snprintf(bench->path, sizeof bench->path, "%s/%s", folder, name);
    bench->job.sink = boa_sink_folder_new(bench->path, force, false, &bench->err);
    assert_non_null(bench->job.sink);
}

static size_t count_lines(const char *path, const char *needle)
{
    static char line[16384];
    FILE *file = fopen(path, "r");
    size_t lines = 0;

    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        lines += strstr(line, needle) != NULL;
    (void)fclose(file);
    return lines;
}

static void test_reports_and_drafts_are_counted(void **state)
{
    struct bench bench;

    begin(&bench, 3);
    to_lines(&bench, *state, "counted.ndjson");
    assert_int_equal(boa_convert_run(&bench.job, &bench.counts, &bench.err), 0);
    assert_int_equal(bench.counts.reports, 3);
    assert_int_equal(bench.counts.drafts, 3);
    assert_int_equal(bench.counts.conflicts + bench.counts.replaced + bench.counts.unchanged, 0);
    assert_true(bench.counts.missing[BOA_FIELD_TASK_STAGE]);
    assert_true(bench.counts.missing[BOA_FIELD_TASK_FAMILY]);
    assert_false(bench.counts.missing[BOA_FIELD_MEASURE_POWER_CONSUMPTION]);
    assert_int_equal(count_lines(bench.path, "\"powerConsumption\":0.5"), 3);
    assert_non_null(strstr(bench.log.text, "REPORT_DRAFT t.csv:2:0 : a draft: no task/taskStage"));
    assert_non_null(strstr(bench.log.text, "REPORT_DRAFT t.csv:4:0"));
    end(&bench);
}

/* Rows and reports side by side; copies are one, and what is broken stops nothing. */
static void test_reports_are_completed(void **state)
{
    static const char *const reports[] = {
        "{\"measures\":[{\"powerConsumption\":0.5}],\"header\":{\"reportId\":\"first\"}}",
        NULL,
        "{\"header\":{\"reportId\": \"first\"}, \"measures\":[{\"powerConsumption\":0.5}]}",
        "{\"header\":{\"reportId\":\"first\"},\"measures\":[{\"powerConsumption\":NaN}]}",
    };
    struct bench bench;

    begin(&bench, 4);
    bench.fake.reports = reports;
    to_lines(&bench, *state, "completed.ndjson");
    assert_int_equal(boa_convert_run(&bench.job, &bench.counts, &bench.err), 0);
    assert_int_equal(bench.counts.reports, 3);
    assert_int_equal(bench.counts.drafts, 3);
    assert_int_equal(bench.counts.unchanged, 1);
    assert_int_equal(bench.counts.refused, 1);
    assert_int_equal(count_lines(bench.path, "\"powerConsumption\":0.5"), 2);
    assert_int_equal(count_lines(bench.path, "\"reportId\":\"first\""), 1);
    assert_non_null(strstr(bench.log.text, "REPORT_REFUSED t.csv:5:0 : report refused: "));
    assert_true(bench.counts.missing[BOA_FIELD_INFRASTRUCTURE_TYPE]);
    end(&bench);
}

static void test_reports_under_one_id(void **state)
{
    static const char *const reports[] = {
        "{\"measures\":[{\"powerConsumption\":0.5}],\"header\":{\"reportId\":\"i\"}}",
        "{\"measures\":[{\"powerConsumption\":2}],\"header\":{\"reportId\":\"i\"}}",
    };
    struct bench bench;

    begin(&bench, 2);
    bench.fake.reports = reports;
    to_lines(&bench, *state, "ids.ndjson");
    assert_int_equal(boa_convert_run(&bench.job, &bench.counts, &bench.err), 0);
    assert_int_equal(bench.counts.unchanged, 0);
    assert_int_equal(count_lines(bench.path, "\"reportId\":\"i\""), 2); /* both are kept */
    assert_non_null(strstr(bench.log.text, "REPORT_ID_REPEATED t.csv:3:0 /header/reportId: "
                                           "another report has the id i, too"));
    end(&bench);
}

/* Columns may stand elsewhere in the next file. */
static void test_layouts_may_change(void **state)
{
    struct bench bench;

    begin(&bench, 4);
    bench.fake.relayout_at = 2;
    to_lines(&bench, *state, "layouts.ndjson");
    assert_int_equal(boa_convert_run(&bench.job, &bench.counts, &bench.err), 0);
    assert_int_equal(bench.fake.base.layout_serial, 2);
    assert_int_equal(count_lines(bench.path, "\"powerConsumption\":0.5"), 4);
    for (size_t i = 0; i < COUNT(ids); i++)
        assert_int_equal(count_lines(bench.path, ids[i]), 1);
    end(&bench);
}

static void run_to_folder(struct bench *bench, const char *folder, bool force, const char *energy)
{
    bool valid = true;

    begin(bench, 2);
    if (energy != NULL)
        assert_int_equal(boa_context_set(&bench->context, boa_str_from(energy), &valid,
                                         &bench->log.diags, &bench->err),
                         0);
    assert_true(valid);
    to_folder(bench, folder, "reports", force);
    assert_int_equal(boa_convert_run(&bench->job, &bench->counts, &bench->err), 0);
    end(bench);
}

static void test_outcomes_in_a_folder(void **state)
{
    struct bench bench;

    run_to_folder(&bench, *state, false, NULL);
    assert_int_equal(bench.counts.reports, 2);
    assert_int_equal(bench.counts.unchanged, 0);
    run_to_folder(&bench, *state, false, NULL);
    assert_int_equal(bench.counts.reports, 2);
    assert_int_equal(bench.counts.unchanged, 2);
    run_to_folder(&bench, *state, false, "quality=low");
    assert_int_equal(bench.counts.conflicts, 2);
    assert_non_null(strstr(bench.log.text, "REPORT_EXISTS t.csv:2:0 : draft_first.json exists and "
                                           "differs; left alone\n"));
    run_to_folder(&bench, *state, true, "quality=low");
    assert_int_equal(bench.counts.replaced, 2);
    assert_int_equal(bench.counts.conflicts, 0);
}

/* Work that is told to stop keeps its count; a file of lines that is not whole does not appear. */
static void test_stopping_early(void **state)
{
    struct bench bench;

    begin(&bench, 4);
    bench.stop_at = 2;
    to_lines(&bench, *state, "stopped.ndjson");
    assert_int_equal(boa_convert_run(&bench.job, &bench.counts, &bench.err), 0);
    assert_int_equal(bench.counts.reports, 2);
    end(&bench);
    assert_int_equal(access(bench.path, F_OK), -1);
}

static void test_a_source_that_breaks(void **state)
{
    struct bench bench;

    begin(&bench, 2);
    bench.fake.fails = true;
    to_lines(&bench, *state, "broken.ndjson");
    assert_int_equal(boa_convert_run(&bench.job, &bench.counts, &bench.err), -1);
    assert_string_equal(bench.err.text, "the source broke");
    end(&bench);
    assert_int_equal(access(bench.path, F_OK), -1);
}

static void test_a_sink_that_breaks(void **state)
{
    struct bench bench;
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

    (void)state;
    if (full < 0)
        skip();
    begin(&bench, 2);
    bench.job.sink = boa_sink_stream_new(full, false, &bench.err);
    assert_int_equal(boa_convert_run(&bench.job, &bench.counts, &bench.err), -1);
    assert_int_equal(bench.err.kind, BOA_ERR_IO);
    end(&bench);
    (void)close(full);
}

static void test_a_limit_on_reports(void **state)
{
    struct bench bench;

    begin(&bench, 1);
    bench.job.max_report = 200;
    to_lines(&bench, *state, "limited.ndjson");
    /* One report too large for its memory is refused; that is no reason to stop. */
    assert_int_equal(boa_convert_run(&bench.job, &bench.counts, &bench.err), 0);
    assert_int_equal(bench.counts.refused, 1);
    assert_int_equal(bench.counts.reports, 0);
    end(&bench);
}

static void test_nothing_to_convert(void **state)
{
    struct bench bench;

    begin(&bench, 0);
    to_lines(&bench, *state, "nothing.ndjson");
    assert_int_equal(boa_convert_run(&bench.job, &bench.counts, &bench.err), 0);
    assert_int_equal(bench.counts.reports, 0);
    end(&bench);
    assert_int_equal(access(bench.path, F_OK), 0);
}

static int convert_in_scant_memory(void *user, struct boa_err *err)
{
    struct bench *bench = user;
    int rc;

    bench->fake.given = 0;
    bench->fake.base.layout_serial = 0;
    bench->job.sink = boa_sink_stream_new(STDOUT_FILENO, true, err);
    if (bench->job.sink == NULL)
        return -1;
    rc = boa_convert_run(&bench->job, &bench->counts, err);
    boa_sink_free(bench->job.sink);
    bench->job.sink = NULL;
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    static const char *const reports[] = { NULL, "{\"measures\":[{}],\"task\":{}}" };
    struct bench bench;

    (void)state;
    begin(&bench, 2);
    bench.fake.reports = reports;
    bench.job.diags = NULL;
    assert_true(unit_each_allocation_fails(convert_in_scant_memory, &bench) >= 4);
    end(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reports_and_drafts_are_counted),
        cmocka_unit_test(test_reports_are_completed),
        cmocka_unit_test(test_reports_under_one_id),
        cmocka_unit_test(test_layouts_may_change),
        cmocka_unit_test(test_outcomes_in_a_folder),
        cmocka_unit_test(test_stopping_early),
        cmocka_unit_test(test_a_source_that_breaks),
        cmocka_unit_test(test_a_sink_that_breaks),
        cmocka_unit_test(test_a_limit_on_reports),
        cmocka_unit_test(test_nothing_to_convert),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
