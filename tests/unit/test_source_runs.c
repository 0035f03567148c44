/* What a run is, case by case: totals, second stops, tasks, rows in any order, falling energies,
 * the API's parts, and one run in many files. */
#include <pthread.h>
#include <signal.h>

#include "tests/unit/source_bench.h"

#define TASK_HEADER                                                                                \
    "task_name,timestamp,run_id,duration,emissions,energy_consumed,cpu_power,cpu_model\n"
#define TASK(second, name, duration, energy)                                                       \
    name ",2026-03-10T09:31:" second ",a," duration ",2," energy ",85,cpu\n"

/* The cell of a column in the record's layout. */
static struct boa_str cell_of(const struct bench *bench, const struct boa_record *record,
                              const char *name)
{
    const struct boa_layout *layout = &bench->source->layout;

    for (size_t i = 0; i < layout->count; i++) {
        if (boa_str_equal_lit(layout->names[i], name))
            return record->cells[i];
    }
    return (struct boa_str){ 0 };
}

/* The measures of a record's tasks as " name=ENERGY/DURATION". */
static size_t show_tasks(char *text, size_t size, const struct bench *bench,
                         const struct boa_record *record)
{
    const struct boa_layout *layout = &bench->source->layout;
    const struct boa_str *names = layout->group[BOA_GROUP_MEASURE].names;
    size_t width = record->group[BOA_GROUP_MEASURE].width, len = 0;

    assert_int_equal(layout->group[BOA_GROUP_MEASURE].count, width);
    if (width == 0)
        return 0;
    for (size_t i = 0; i < record->group[BOA_GROUP_MEASURE].elements; i++) {
        const struct boa_str *cells = record->group[BOA_GROUP_MEASURE].cells + i * width;
        struct boa_str name = { 0 }, energy = { 0 }, duration = { 0 };

        for (size_t c = 0; c < width; c++) {
            if (boa_str_equal_lit(names[c], "task_name"))
                name = cells[c];
            if (boa_str_equal_lit(names[c], "@energy"))
                energy = cells[c];
            if (boa_str_equal_lit(names[c], "duration"))
                duration = cells[c];
        }
        len += (size_t)snprintf(text + len, size - len, " %.*s=%.*s/%.*s", BOA_STR_FMT(name),
                                BOA_STR_FMT(energy), BOA_STR_FMT(duration));
        assert_true(len < size);
    }
    return len;
}

/* The next run as "FILE:LINE ENERGY/DURATION TASKS"; without an id of its own "FILE:LINE - …". */
static int next_run(struct bench *bench, char *text, size_t size)
{
    struct boa_record record;
    int got = bench->source->next(bench->source, &record, &bench->arena, &bench->err);
    const char *slash;
    size_t len;

    if (got <= 0)
        return got;
    slash = strrchr(record.place.file.ptr, '/');
    bool own = boa_str_equal(cell_of(bench, &record, "@id"), cell_of(bench, &record, "run_id"));
    len = (size_t)snprintf(text, size, "%s:%d %s%.*s/%.*s", slash + 1, (int)record.place.line,
                           own ? "" : "- ", BOA_STR_FMT(cell_of(bench, &record, "@energy")),
                           BOA_STR_FMT(cell_of(bench, &record, "duration")));
    (void)show_tasks(text + len, size - len, bench, &record);
    boa_arena_reset(&bench->arena);
    return got;
}

static void expect_runs(struct bench *bench, const char *const *runs)
{
    char text[512];

    for (; *runs != NULL; runs++) {
        assert_int_equal(next_run(bench, text, sizeof text), 1);
        assert_string_equal(text, *runs);
    }
    assert_int_equal(next_run(bench, text, sizeof text), 0);
}

#define EXPECT_RUNS(bench, ...) expect_runs((bench), (const char *const[]){ __VA_ARGS__, NULL })

static size_t count_of(const struct bench *bench, const char *id)
{
    size_t count = 0;

    for (const char *at = bench->log.text; (at = strstr(at, id)) != NULL; at++)
        count++;
    return count;
}

static void start(struct bench *bench, void **state)
{
    begin(bench, *state);
    open_source(bench);
}

static void test_totals_are_never_added(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench, HEADER ROW("01", "a", "0.1", "85") ROW("02", "a", "0.2", "85")
                         ROW("03", "a", "0.3", "85"));
    EXPECT_RUNS(&bench, "0.csv:4 0.3/36000");
    assert_int_equal(bench.source->counts.rows, 3);
    assert_int_equal(count_of(&bench, "RUN_ENERGY_FELL"), 0);
    end(&bench);
}

/* stop() again: the same energy, and a duration that has gone on. */
static void test_a_second_stop(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench, "timestamp,run_id,duration,emissions,energy_consumed\n"
                     "2026-03-10T09:31:01,a,0.15,1,1.855e-06\n"
                     "2026-03-10T09:31:05,a,4.5,1,1.8550000000000001e-06\n"
                     "2026-03-10T09:31:06,a,5.8,1,1.855e-06\n");
    EXPECT_RUNS(&bench, "0.csv:2 1.855e-06/0.15");
    end(&bench);
}

/* Update mode rewrites a row in place: the order of the file is not that of time. */
static void test_the_order_of_the_file_is_not_that_of_time(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench, HEADER ROW("09", "a", "0.3", "85") ROW("01", "a", "0.1", "85")
                         ROW("05", "a", "0.2", "85"));
    EXPECT_RUNS(&bench, "0.csv:2 0.3/36000");
    assert_int_equal(count_of(&bench, "RUN_ENERGY_FELL"), 0);
    end(&bench);
}

/* What CodeCarbon never writes: each row is kept, under an id of its own, and one warning says so.
 */
static void test_energies_that_fall(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench, HEADER ROW("01", "a", "0.3", "85") ROW("02", "b", "0.2", "85")
                         ROW("03", "a", "0.1", "85") ROW("04", "a", "0.4", "85"));
    EXPECT_RUNS(&bench, "0.csv:2 - 0.3/36000", "0.csv:3 0.2/36000", "0.csv:4 - 0.1/36000",
                "0.csv:5 - 0.4/36000");
    assert_int_equal(count_of(&bench, "RUN_ENERGY_FELL"), 1);
    assert_int_equal(bench.source->counts.runs, 4);
    end(&bench);
}

/* ---- Tasks ---- */

static void test_tasks_are_measures_of_their_run(void **state)
{
    struct bench bench;

    start(&bench, state);
    /* In order of time, whatever the file's; one report, of which they are parts. */
    add_file(&bench,
             TASK_HEADER TASK("08", "fit", "7200", "0.2") TASK("02", "load", "3600", "0.1"));
    EXPECT_RUNS(&bench, "0.csv:2 0.2/7200 load=0.1/3600 fit=0.2/7200");
    assert_int_equal(bench.source->counts.rows, 2);
    assert_int_equal(bench.source->counts.runs, 1);
    assert_int_equal(count_of(&bench, "TASKS_OF_RUN"), 0);
    end(&bench);
}

/* The run's row has the whole energy; its duration counts from the last task's start. */
static void test_tasks_with_the_row_of_their_run(void **state)
{
    for (int tasks_first = 0; tasks_first < 2; tasks_first++) {
        static const char *const texts[] = {
            HEADER "2026-03-10T09:31:09,a,33.2,2,0.5,85\n",
            TASK_HEADER TASK("02", "load", "3600", "0.1") TASK("08", "fit", "7200", "0.2"),
        };
        struct bench bench;
        char want[128];

        start(&bench, state);
        add_file(&bench, texts[tasks_first]);
        add_file(&bench, texts[1 - tasks_first]);
        (void)snprintf(want, sizeof want, "%d.csv:2 0.5/33.2 load=0.1/3600 fit=0.2/7200",
                       tasks_first);
        EXPECT_RUNS(&bench, want);
        assert_int_equal(count_of(&bench, "TASKS_OF_RUN"), 1);
        assert_non_null(strstr(bench.log.text, "2 tasks with 0.3 kWh are the measures; the run as "
                                               "a whole used 0.5 kWh"));
        end(&bench);
    }
}

static void test_tasks_read_twice_count_once(void **state)
{
    struct bench bench;
    size_t added;

    start(&bench, state);
    add_file(&bench,
             TASK_HEADER TASK("02", "load", "3600", "0.1") TASK("02", "load", "3600", "0.2"));
    assert_int_equal(cc_source_add(bench.source, bench.paths[0], &added, &bench.err), 0);
    EXPECT_RUNS(&bench, "0.csv:3 0.2/3600 load=0.1/3600 load=0.2/3600");
    end(&bench);
}

static void test_tasks_as_reports(void **state)
{
    struct bench bench;
    size_t added;

    begin(&bench, *state);
    bench.options.tasks_apart = true;
    open_source(&bench);
    add_file(&bench,
             TASK_HEADER TASK("02", "load", "3600", "0.3") TASK("08", "fit", "7200", "0.2"));
    add_file(&bench, HEADER ROW("09", "a", "0.5", "85"));
    /* A file that is given twice holds no second tasks. */
    assert_int_equal(cc_source_add(bench.source, bench.paths[0], &added, &bench.err), 0);
    EXPECT_RUNS(&bench, "0.csv:2 - 0.3/3600", "0.csv:3 - 0.2/7200", "1.csv:2 0.5/36000");
    assert_int_equal(count_of(&bench, "RUN_ENERGY_FELL"), 0);
    assert_int_equal(count_of(&bench, "RUNS_OVERLAP"), 0);
    end(&bench);
}

/* Of a run whose rows are kept apart the tasks are counted once. */
static void test_tasks_of_a_falling_run(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench, TASK_HEADER TASK("02", "load", "3600", "0.1"));
    add_file(&bench, HEADER ROW("01", "a", "0.3", "85") ROW("03", "a", "0.2", "85"));
    EXPECT_RUNS(&bench, "1.csv:2 - 0.3/36000 load=0.1/3600", "1.csv:3 - 0.2/36000");
    end(&bench);
}

/* ---- The API's parts ---- */

#define PART(second, energy)                                                                       \
    "{\"timestamp\": \"2026-03-10T09:31:" second "+01:00\", \"run_id\": \"a\", \"duration\": 8, "  \
    "\"emissions_sum\": 1e-05, \"energy_consumed\": " energy "}\n"

static void test_parts_are_added_exactly(void **state)
{
    struct bench bench;
    size_t added;

    start(&bench, state);
    /* In doubles 0.1 + 0.2 is 0.30000000000000004. */
    add_file(&bench, PART("08", "0.1") PART("16", "0.2") PART("24", "1e-20"));
    /* Parts that are read twice count once. */
    assert_int_equal(cc_source_add(bench.source, bench.paths[0], &added, &bench.err), 0);
    EXPECT_RUNS(&bench, "0.csv:3 0.30000000000000000001/24");
    assert_int_equal(bench.source->counts.runs, 1);
    end(&bench);
}

static void test_equal_parts_of_different_times(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench, PART("08", "0.1") PART("16", "0.1"));
    EXPECT_RUNS(&bench, "0.csv:2 0.2/16");
    end(&bench);
}

/* A sum beyond all digits: the run has no figures, and no other run suffers. */
static void test_parts_that_cannot_be_added(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench, PART("08", "1e600") PART("16", "1e-600") PART("24", "0.1"));
    add_file(&bench, HEADER ROW("16", "b", "0.35", "85"));
    EXPECT_RUNS(&bench, "0.csv:3 /", "1.csv:2 0.35/36000");
    assert_non_null(strstr(bench.log.text, "the sum of the run's parts has more than 864 digits"));
    end(&bench);
}

/* A total says more than what the API was sent. */
static void test_a_total_stands_before_parts(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench, PART("08", "0.1") PART("16", "0.2"));
    add_file(&bench, HEADER ROW("16", "a", "0.35", "85"));
    EXPECT_RUNS(&bench, "1.csv:2 0.35/36000");
    end(&bench);
}

/* ---- Many files ---- */

/* 3.1 without a GPU renames its file at every second run; the history lies in the backups. */
static void test_history_in_backups(void **state)
{
    static const char *const names[] = { "emissions.csv", "emissions.csv.bak",
                                         "emissions.csv_0.bak", "emissions.csv_1.bak" };
    static const char *const texts[] = {
        HEADER ROW("07", "d", "0.4", "85"),
        HEADER ROW("01", "a", "0.1", "85") ROW("02", "b", "0.2", "85"),
        "run_id,timestamp,duration,emissions,energy_consumed\n"
        "b,2026-03-10T09:31:03,36000,2,0.25\n",
        HEADER ROW("05", "c", "0.3", "85") ROW("06", "d", "0.35", "85"),
    };
    struct bench bench;
    char folder[BENCH_PATH];
    size_t added;

    start(&bench, state);
    (void)snprintf(folder, sizeof folder, "%s", scratch_path(state, "history"));
    assert_int_equal(mkdir(folder, 0700), 0);
    for (size_t i = 0; i < 4; i++) {
        char path[BENCH_PATH + 32];
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        scratch_write(path, texts[i]);
    }
    assert_int_equal(cc_source_add(bench.source, folder, &added, &bench.err), 0);
    assert_int_equal(added, 4);
    EXPECT_RUNS(&bench, "emissions.csv:2 0.4/36000", "emissions.csv.bak:2 0.1/36000",
                "emissions.csv_0.bak:2 0.25/36000", "emissions.csv_1.bak:2 0.3/36000");
    end(&bench);
}

/* Re-read copies lose last digits: they are the same run, and the first of them counts. */
static void test_copies_that_lost_digits(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench, HEADER ROW("01", "a", "0.12345678901234567", "85"));
    add_file(&bench, HEADER ROW("01", "a", "0.1234567890123457", "85"));
    EXPECT_RUNS(&bench, "0.csv:2 0.12345678901234567/36000");
    end(&bench);
}

struct pipe_text {
    char path[BENCH_PATH];
    const char *text;
};

static void *feed(void *user)
{
    const struct pipe_text *feeding = user;
    FILE *pipe = fopen(feeding->path, "w");

    if (pipe != NULL) {
        (void)fputs(feeding->text, pipe);
        (void)fclose(pipe);
    }
    return NULL;
}

/* What can be opened but once is kept for the second pass, however many there are. */
static void test_four_pipes(void **state)
{
    static const char *const texts[] = {
        HEADER ROW("01", "a", "0.1", "85") ROW("02", "b", "0.2", "85"),
        HEADER ROW("03", "a", "0.3", "85"),
        TASK_HEADER TASK("03", "fit", "3600", "0.2"),
        PART("01", "0.5"),
    };
    static struct pipe_text feeding[4];
    pthread_t feeders[4];
    struct bench bench;

    start(&bench, state);
    for (size_t i = 0; i < 4; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "pipe%d", (int)i);
        (void)snprintf(feeding[i].path, sizeof feeding[i].path, "%s", add_name(&bench, name));
        feeding[i].text = texts[i];
        assert_int_equal(mkfifo(feeding[i].path, 0600), 0);
        assert_int_equal(pthread_create(&feeders[i], NULL, feed, &feeding[i]), 0);
    }
    EXPECT_RUNS(&bench, "pipe0:3 0.2/36000", "pipe1:2 0.3/36000 fit=0.2/3600");
    assert_int_equal(bench.source->counts.files, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(feeders[i], NULL), 0);
        assert_int_equal(remove(feeding[i].path), 0);
    }
    end(&bench);
}

/* ---- Overlaps ---- */

#define MACHINE_HEADER                                                                             \
    "timestamp,run_id,duration,emissions,energy_consumed,cpu_model,ram_total_size,tracking_mode\n"

static void test_overlaps(void **state)
{
    static const struct {
        const char *first, *second;
        size_t want;
    } cases[] = {
        { "10:00:00,a,3600,1,0.1,cpu,15.5,machine", "10:30:00,b,3600,1,0.1,cpu,15.5,machine", 1 },
        { "10:00:00,a,3600,1,0.1,cpu,15.5,machine", "11:00:00,b,3600,1,0.1,cpu,15.5,machine", 0 },
        { "10:00:00,a,3600,1,0.1,cpu,15.5,machine", "10:30:00,b,3600,1,0.1,xpu,15.5,machine", 0 },
        { "10:00:00,a,3600,1,0.1,cpu,15.5,machine", "10:30:00,b,3600,1,0.1,cpu,31.5,machine", 0 },
        { "10:00:00,a,3600,1,0.1,cpu,15.5,machine", "10:30:00,b,3600,1,0.1,cpu,15.5,process", 0 },
        { "10:00:00,a,3600,1,0.1,cpu,15.5,machine", "10:30:00,b,3600,1,0.1,cpu,15.5,Process", 0 },
        { "10:00:00,a,,1,0.1,cpu,15.5,machine", "10:30:00,b,3600,1,0.1,cpu,15.5,machine", 0 },
        { "10:00:00,a,3600,1,0.1,,,", "10:30:00,b,3600,1,0.1,,,", 0 },
        /* The same run again overlaps nothing. */
        { "10:00:00,a,3600,1,0.1,cpu,15.5,machine", "10:30:00,a,3600,1,0.2,cpu,15.5,machine", 0 },
        /* A size that was re-read is the same size. */
        { "10:00:00,a,3600,1,0.1,cpu,15.541234567,machine",
          "10:30:00,b,3600,1,0.1,cpu,15.541234568,machine", 1 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bench bench;
        char text[512], line[64];

        start(&bench, state);
        (void)snprintf(text, sizeof text, MACHINE_HEADER "2026-03-10T%s\n2026-03-10T%s\n",
                       cases[i].first, cases[i].second);
        add_file(&bench, text);
        while (next_run(&bench, line, sizeof line) > 0)
            continue;
        assert_int_equal(count_of(&bench, "RUNS_OVERLAP"), cases[i].want);
        end(&bench);
    }
}

/* ---- Want of memory ---- */

static int work_in_scant_memory(void *user, struct boa_err *err)
{
    const struct bench *made = user;
    struct boa_source *source = cc_source_new(&made->options, NULL, err);
    struct boa_record record;
    struct boa_arena arena;
    size_t added;
    int got = source != NULL ? 0 : -1;

    if (source == NULL)
        return -1;
    boa_arena_init(&arena, 1 << 20);
    for (size_t i = 0; got == 0 && i < made->count; i++)
        got = cc_source_add(source, made->paths[i], &added, err);
    if (got == 0)
        while ((got = source->next(source, &record, &arena, err)) > 0)
            boa_arena_reset(&arena);
    source->free(source);
    boa_arena_release(&arena);
    return got;
}

static void test_allocations_may_fail(void **state)
{
    struct bench bench;

    start(&bench, state);
    add_file(&bench,
             TASK_HEADER TASK("02", "load", "3600", "0.1") TASK("08", "fit", "7200", "0.2"));
    add_file(&bench, HEADER ROW("09", "a", "0.5", "85"));
    add_file(&bench, PART("08", "0.1") PART("16", "0.2"));
    for (int apart = 0; apart < 2; apart++) {
        bench.options.tasks_apart = apart != 0;
        assert_true(unit_each_allocation_fails(work_in_scant_memory, &bench) >= 30);
    }
    end(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals_are_never_added),
        cmocka_unit_test(test_a_second_stop),
        cmocka_unit_test(test_the_order_of_the_file_is_not_that_of_time),
        cmocka_unit_test(test_energies_that_fall),
        cmocka_unit_test(test_tasks_are_measures_of_their_run),
        cmocka_unit_test(test_tasks_with_the_row_of_their_run),
        cmocka_unit_test(test_tasks_read_twice_count_once),
        cmocka_unit_test(test_tasks_as_reports),
        cmocka_unit_test(test_tasks_of_a_falling_run),
        cmocka_unit_test(test_parts_are_added_exactly),
        cmocka_unit_test(test_equal_parts_of_different_times),
        cmocka_unit_test(test_parts_that_cannot_be_added),
        cmocka_unit_test(test_a_total_stands_before_parts),
        cmocka_unit_test(test_history_in_backups),
        cmocka_unit_test(test_copies_that_lost_digits),
        cmocka_unit_test(test_four_pipes),
        cmocka_unit_test(test_overlaps),
        cmocka_unit_test(test_allocations_may_fail),
    };
    /* Who feeds a pipe may find it closed. */
    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
