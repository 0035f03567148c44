/* CodeCarbon's files as runs: several files, pipes, repeated ids, files that go wrong or change. */
#include <pthread.h>
#include <signal.h>

#include "core/report/key_table.h"
#include "tests/unit/source_bench.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void test_a_run_in_several_rows(void **state)
{
    struct bench bench;

    begin(&bench, *state);
    open_source(&bench);
    add_file(&bench, HEADER ROW("01", "a", "0.1", "42.5") ROW("02", "b", "0.9", "60")
                         ROW("03", "a", "0.3", "42.5") ROW("04", "a", "0.3", "42.5")
                             ROW("01", "b", "0.8", "42.5"));
    /* In the order of the file; the constant must stand in all rows of a run. */
    EXPECT(&bench, "0.csv:3 b 0.9", "0.csv:4 a 0.3 constant");
    assert_int_equal(bench.source->counts.rows, 5);
    assert_int_equal(bench.source->counts.runs, 2);
    assert_int_equal(bench.source->counts.files, 1);
    end(&bench);
}

static void test_a_run_in_several_files(void **state)
{
    struct bench bench;

    begin(&bench, *state);
    open_source(&bench);
    add_file(&bench, HEADER ROW("01", "a", "0.1", "42.5") ROW("02", "b", "0.2", "85"));
    add_file(&bench, "run_id,energy_consumed,timestamp,duration,emissions\n"
                     "a,0.5,2026-03-10T09:31:03,36000,2\nb,0.2,2026-03-10T09:31:03,36000,2\n");
    EXPECT(&bench, "0.csv:3 b 0.2", "1.csv:2 a 0.5");
    assert_int_equal(bench.source->layout_serial, 2);
    assert_int_equal(bench.source->counts.files, 2);
    assert_string_equal(bench.log.text, "");
    end(&bench);
}

static void test_a_file_given_twice(void **state)
{
    struct bench bench;
    size_t added;

    begin(&bench, *state);
    open_source(&bench);
    add_file(&bench, HEADER ROW("01", "a", "0.1", "1"));
    assert_int_equal(cc_source_add(bench.source, bench.paths[0], &added, &bench.err), 0);
    EXPECT(&bench, "0.csv:2 a 0.1");
    end(&bench);
}

/* Ids of runs without one: stable, and one for each row even of equal rows. */
static void collect_ids(struct bench *bench, char ids[][256], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(next(bench, ids[i], 256), 1);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(strchr(ids[i], ' '), strchr(ids[k], ' '));
    }
    assert_int_equal(next(bench, (char[256]){ "" }, 256), 0);
}

static void test_rows_without_an_id(void **state)
{
    static char first[5][256], second[5][256];

    for (int pass = 0; pass < 2; pass++) {
        struct bench bench;

        begin(&bench, *state);
        open_source(&bench);
        add_file(&bench, HEADER ROW("01", "", "0.1", "1") ROW("01", "", "0.1", "1")
                             ROW("01", "None", "0.1", "1") ROW("01", "", "0.1", "1")
                                 ROW("02", "", "0.1", "1"));
        collect_ids(&bench, pass == 0 ? first : second, 5);
        end(&bench);
    }
    assert_memory_equal(first, second, sizeof first);
}

static void test_all_rows(void **state)
{
    static char ids[4][256];
    struct bench bench;

    begin(&bench, *state);
    bench.options.all_rows = true;
    open_source(&bench);
    add_file(&bench, HEADER ROW("01", "a", "0.1", "42.5") ROW("02", "a", "0.2", "50")
                         ROW("02", "a", "0.2", "50") ROW("03", "b", "0.2", "85"));
    collect_ids(&bench, ids, 4);
    assert_string_equal(ids[0], "0.csv:2 a 0.1 constant");
    assert_string_equal(ids[3], "0.csv:5 b 0.2 constant");
    assert_int_equal(bench.source->counts.rows, 4);
    assert_int_equal(bench.source->counts.runs, 4);
    end(&bench);
}

/* Equal rows by the thousand must not be counted anew for each: that would take minutes. */
static void test_many_equal_rows(void **state)
{
    enum { ROWS = 20000 };
    struct bench bench;
    struct boa_key_table seen;
    char text[256];
    FILE *file;

    begin(&bench, *state);
    open_source(&bench);
    file = fopen(add_name(&bench, "many.csv"), "w");
    assert_non_null(file);
    (void)fputs(HEADER, file);
    for (int i = 0; i < ROWS; i++)
        (void)fputs(ROW("01", "", "0.1", "1"), file);
    assert_int_equal(fclose(file), 0);
    boa_key_table_init(&seen, ROWS);
    for (int i = 0; i < ROWS; i++) {
        uint32_t number;
        bool added;

        assert_int_equal(next(&bench, text, sizeof text), 1);
        assert_int_equal(boa_key_table_add(&seen, boa_key128_make(boa_str_from(strchr(text, ' '))),
                                           &number, &added, &bench.err),
                         0);
        assert_true(added);
    }
    assert_int_equal(next(&bench, text, sizeof text), 0);
    boa_key_table_release(&seen);
    end(&bench);
}

static void test_a_batch_with_bad_files(void **state)
{
    struct bench bench;
    char want[8192];

    begin(&bench, *state);
    open_source(&bench);
    add_file(&bench, "a,b\n1,2\n");
    (void)add_name(&bench, "missing.csv");
    add_file(&bench, HEADER);
    add_file(&bench, HEADER ROW("01", "a", "0.1", "1") "short\n");
    EXPECT(&bench, "3.csv:2 a 0.1");
    (void)snprintf(want, sizeof want,
                   "TABLE_UNKNOWN %s:1:0 : not a table of CodeCarbon's: no column timestamp, "
                   "duration, emissions, energy_consumed\n"
                   "INPUT_UNREADABLE %s:0:0 : cannot open %s: No such file or directory\n"
                   "INPUT_EMPTY %s:1:0 : no rows\n"
                   "ROW_LENGTH %s:3:0 : row refused: want 6 cells, have 1\n",
                   bench.paths[0], bench.paths[1], bench.paths[1], bench.paths[2], bench.paths[3]);
    assert_string_equal(bench.log.text, want);
    assert_int_equal(bench.source->counts.files, 3);
    assert_int_equal(bench.source->counts.refused_files, 1);
    assert_int_equal(bench.source->counts.unreadable, 1);
    assert_int_equal(bench.source->counts.rows, 2);
    assert_int_equal(bench.source->counts.refused, 1);
    assert_int_equal(bench.source->counts.runs, 1);
    end(&bench);
}

/* The other end of a named pipe. */
static void *feed(void *path)
{
    FILE *pipe = fopen(path, "w");

    if (pipe != NULL) {
        (void)fputs(HEADER ROW("01", "a", "0.1", "1") ROW("02", "a", "0.2", "1"), pipe);
        (void)fclose(pipe);
    }
    return NULL;
}

/* A pipe cannot be opened twice: it is kept in the folder for the second pass, and nothing stays
 * there. */
static void test_pipes(void **state)
{
    for (int all = 0; all < 2; all++) {
        struct bench bench;
        pthread_t feeder;

        begin(&bench, *state);
        bench.options.all_rows = all != 0;
        open_source(&bench);
        add_file(&bench, HEADER ROW("00", "z", "1", "1"));
        const char *path = add_name(&bench, "pipe");
        assert_int_equal(mkfifo(path, 0600), 0);
        assert_int_equal(pthread_create(&feeder, NULL, feed, bench.paths[1]), 0);
        if (all == 0) {
            EXPECT(&bench, "0.csv:2 z 1", "pipe:3 a 0.2");
        } else {
            char text[256];
            int got, runs = 0;
            while ((got = next(&bench, text, sizeof text)) > 0)
                runs++;
            assert_int_equal(got, 0);
            assert_int_equal(runs, 3);
        }
        assert_int_equal(pthread_join(feeder, NULL), 0);
        assert_int_equal(remove(path), 0);
        end(&bench);
    }
}

static void test_no_folder_to_keep_a_pipe_in(void **state)
{
    struct bench bench;
    pthread_t feeder;
    char text[256];

    begin(&bench, *state);
    bench.options.spool_folder = "no/such/folder";
    open_source(&bench);
    const char *path = add_name(&bench, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(pthread_create(&feeder, NULL, feed, bench.paths[0]), 0);
    assert_int_equal(next(&bench, text, sizeof text), 0);
    assert_non_null(strstr(bench.log.text, "cannot make a temporary file in no/such/folder"));
    assert_int_equal(bench.source->counts.unreadable, 1);
    assert_int_equal(pthread_join(feeder, NULL), 0);
    assert_int_equal(remove(path), 0);
    end(&bench);
}

/* Between the passes the file becomes another. */
static void test_inputs_that_change(void **state)
{
    static const char *const later[] = {
        HEADER ROW("01", "a", "0.1", "1"),                            /* a run has gone */
        HEADER ROW("01", "a", "0.1", "1") ROW("02", "b", "0.2", "1"), /* a row has gone */
        HEADER ROW("01", "a", "0.1", "1") ROW("02", "b", "0.2", "1") ROW("03", "", "0.3", "1")
            ROW("04", "", "0.4", "1"), /* one has come */
        "a,b\n",                       /* no table any more */
    };

    for (size_t i = 0; i < COUNT(later); i++) {
        struct bench bench;
        char text[256];
        int got;

        begin(&bench, *state);
        open_source(&bench);
        add_file(&bench, HEADER ROW("00", "z", "0.1", "1"));
        add_file(&bench, HEADER ROW("01", "a", "0.1", "1") ROW("02", "b", "0.2", "1")
                             ROW("03", "", "0.3", "1"));
        assert_int_equal(next(&bench, text, sizeof text), 1);
        scratch_write(bench.paths[1], later[i]);
        while ((got = next(&bench, text, sizeof text)) > 0)
            continue;
        assert_int_equal(got, -1);
        assert_int_equal(bench.err.kind, BOA_ERR_IO);
        assert_string_equal(bench.err.text, "an input changed while it was read; try again");
        end(&bench);
    }
}

static void test_the_note_about_cpus(void **state)
{
    struct bench bench;

    begin(&bench, *state);
    bench.options.cpu_count = "the number of cores";
    open_source(&bench);
    add_file(&bench, HEADER ROW("01", "a", "0.1", "1")); /* nothing of CPUs: no note */
    add_file(&bench, "cpu_count,timestamp,run_id,duration,emissions,energy_consumed\n"
                     "8,2026-03-10T09:31:12,b,36000,2,0.1\n8,2026-03-11T09:31:12,c,36000,2,0.1\n");
    EXPECT(&bench, "0.csv:2 a 0.1", "1.csv:2 b 0.1", "1.csv:3 c 0.1");
    assert_int_equal(bench.log.count, 1);
    assert_non_null(strstr(bench.log.text, "1.csv:1:0"));
    assert_non_null(strstr(bench.log.text, "CPU_COUNT_MEANING"));
    assert_non_null(strstr(bench.log.text, "the number of cores"));
    end(&bench);
}

static void test_no_files(void **state)
{
    struct bench bench;
    char text[256];

    begin(&bench, *state);
    open_source(&bench);
    assert_int_equal(next(&bench, text, sizeof text), 0);
    end(&bench);

    /* An empty file is odd, but nothing in it is refused. */
    begin(&bench, *state);
    open_source(&bench);
    add_file(&bench, "");
    assert_int_equal(next(&bench, text, sizeof text), 0);
    assert_int_equal(bench.source->counts.files, 1);
    assert_int_equal(bench.source->counts.refused_files, 0);
    assert_non_null(strstr(bench.log.text, "INPUT_EMPTY"));
    end(&bench);
}

static int work_in_scant_memory(void *user, struct boa_err *err)
{
    const struct bench *made = user;
    struct boa_source *source = cc_source_new(&made->options, NULL, err);
    struct boa_record record;
    struct boa_arena arena;
    size_t added;
    int got = -1;

    if (source == NULL)
        return -1;
    boa_arena_init(&arena, 1 << 20);
    if (cc_source_add(source, made->paths[0], &added, err) == 0)
        while ((got = source->next(source, &record, &arena, err)) > 0)
            boa_arena_reset(&arena);
    source->free(source);
    boa_arena_release(&arena);
    return got;
}

static void test_allocations_may_fail(void **state)
{
    struct bench bench;

    begin(&bench, *state);
    open_source(&bench);
    add_file(&bench,
             HEADER ROW("01", "", "0.1", "1") ROW("01", "", "0.1", "1") ROW("03", "a", "0.1", "1"));
    for (int all = 0; all < 2; all++) {
        bench.options.all_rows = all != 0;
        assert_true(unit_each_allocation_fails(work_in_scant_memory, &bench) >= 8);
    }
    end(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_in_several_rows),
        cmocka_unit_test(test_a_run_in_several_files),
        cmocka_unit_test(test_a_file_given_twice),
        cmocka_unit_test(test_rows_without_an_id),
        cmocka_unit_test(test_all_rows),
        cmocka_unit_test(test_many_equal_rows),
        cmocka_unit_test(test_a_batch_with_bad_files),
        cmocka_unit_test(test_pipes),
        cmocka_unit_test(test_no_folder_to_keep_a_pipe_in),
        cmocka_unit_test(test_inputs_that_change),
        cmocka_unit_test(test_the_note_about_cpus),
        cmocka_unit_test(test_no_files),
        cmocka_unit_test(test_allocations_may_fail),
    };
    /* Who feeds a pipe may find it closed. */
    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
