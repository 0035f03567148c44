/* Files of a conversion: what a folder gives, what their content says, and opening them twice. */
#include "converters/codecarbon_files.h"

#include <unistd.h>

#include "tests/unit/unit.h"
/* These need cmocka in front of them. */
#include "tests/unit/finding_log.h"
#include "tests/unit/scratch_folder.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#define HEADER "timestamp,run_id,duration,emissions,energy_consumed\n"
#define OBJECT                                                                                     \
    "{\"timestamp\": \"2026-03-10T09:31:12\", \"run_id\": \"a\", \"duration\": 1, "                \
    "\"emissions\": 1, \"energy_consumed\": 0.5}"

enum { ROW_MAX = 1 << 16 };

static const struct cc_files_options usual = { .max_row = ROW_MAX };

/* Writes files below the folder `name`, making folders on the way. */
static void make_tree(void **state, const char *name, const char *const *paths, size_t count)
{
    char path[4096];

    assert_int_equal(mkdir(scratch_path(state, name), 0700), 0);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", scratch_path(state, name), paths[i]);
        if (path[strlen(path) - 1] == '/')
            assert_int_equal(mkdir(path, 0700), 0);
        else
            scratch_write(path, HEADER);
    }
}

static void test_what_a_folder_gives(void **state)
{
    static const char *const paths[] = {
        "b/",           "b/deep/",        "a/",
        ".hidden/",     "notes.csv",      "emissions.csv",
        "readme.txt",   "b/log.jsonl",    "b/deep/emissions_base_1.csv",
        "a/run.ndjson", "a/my.csv",       "a/emissions.csv_0.bak",
        "x.json",       ".emissions.csv", ".hidden/emissions.csv",
    };
    static const char *const want[] = {
        "a/emissions.csv_0.bak", "a/run.ndjson",  "b/deep/emissions_base_1.csv",
        "b/log.jsonl",           "emissions.csv", "x.json",
    };
    struct cc_files files;
    struct boa_err err = { 0 };
    size_t added;

    make_tree(state, "tree", paths, COUNT(paths));
    cc_files_init(&files, &usual);
    assert_int_equal(cc_files_add(&files, scratch_path(state, "tree"), &added, &err), 0);
    assert_int_equal(added, COUNT(want));
    assert_int_equal(files.count, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        const char *folder = scratch_path(state, "tree");
        assert_memory_equal(files.items[i].path, folder, strlen(folder));
        assert_string_equal(files.items[i].path + strlen(folder) + 1, want[i]);
        assert_true(files.items[i].found);
    }
    cc_files_release(&files);
}

/* A link to a folder may lead round in a circle; the folder of the reports is no input. */
static void test_what_is_passed_over_in_a_folder(void **state)
{
    static const char *const paths[] = { "emissions.csv", "out/", "out/report.json" };
    struct cc_files_options options = usual;
    struct cc_files files;
    struct boa_err err = { 0 };
    char path[4096], out[4096];
    size_t added;

    make_tree(state, "round", paths, COUNT(paths));
    (void)snprintf(path, sizeof path, "%s/loop", scratch_path(state, "round"));
    assert_int_equal(symlink(".", path), 0);
    (void)snprintf(out, sizeof out, "%s/out", scratch_path(state, "round"));
    options.output = out;
    cc_files_init(&files, &options);
    assert_int_equal(cc_files_add(&files, scratch_path(state, "round"), &added, &err), 0);
    assert_int_equal(added, 1);
    cc_files_release(&files);
}

/* A name that is given is taken as it is. */
static void test_names_that_are_given(void **state)
{
    struct cc_files files;
    struct boa_err err = { 0 };
    size_t added;

    (void)state;
    cc_files_init(&files, &usual);
    assert_int_equal(cc_files_add(&files, "anything", &added, &err), 0);
    assert_int_equal(added, 1);
    assert_int_equal(cc_files_add(&files, "-", &added, &err), 0);
    assert_string_equal(files.items[1].path, "-");
    assert_false(files.items[0].found);
    cc_files_release(&files);
    cc_files_release(&files);
}

/* A table has the columns of its header; forms without one have all. */
static const char *form_of(const struct cc_files *files)
{
    return files->rows->columns == 5 ? "csv" : "keyed";
}

/* Opens a text as a file, as given or as found, and tells what came of it. */
static void check_form(void **state, bool found, const char *text, int want, const char *form)
{
    const char *path = scratch_path(state, "form");
    struct finding_log log;
    struct cc_files files;
    struct boa_err err = { 0 };
    size_t added;

    scratch_write(path, text);
    finding_log_clear(&log);
    cc_files_init(&files, &usual);
    assert_int_equal(cc_files_add(&files, path, &added, &err), 0);
    files.items[0].found = found;
    assert_int_equal(cc_files_open(&files, 0, &log.diags, &err), want);
    assert_int_equal(files.rows != NULL, want == CC_OPENED);
    if (want == CC_OPENED)
        assert_string_equal(form_of(&files), form);
    else
        assert_int_equal(cc_files_open(&files, 0, &log.diags, &err), CC_SKIPPED);
    assert_int_equal(cc_files_close(&files, 0, false, &err), 0);
    assert_int_equal(cc_files_close(&files, 0, false, &err), 0);
    cc_files_release(&files);
}

static void test_forms_by_content(void **state)
{
    check_form(state, false, HEADER, CC_OPENED, "csv");
    check_form(state, false, "\xEF\xBB\xBF\r\n" HEADER, CC_OPENED, "csv");
    check_form(state, false, "prompt,timestamp,duration,emissions,energy_consumed\n", CC_OPENED,
               "csv");
    /* A table whose cells hold objects is a table. */
    check_form(state, false, HEADER "2026-03-10T09:31:12,\"{\"\"energy_consumed\"\": 1}\",1,1,1\n",
               CC_OPENED, "csv");
    check_form(state, false, OBJECT, CC_OPENED, "keyed");
    check_form(state, false, "\n [" OBJECT "]", CC_OPENED, "keyed");
    check_form(state, false, "INFO:codecarbon:" OBJECT "\n", CC_OPENED, "keyed");
    check_form(state, false, "a line of the log\nanother\n2026 INFO " OBJECT "\n", CC_OPENED,
               "keyed");
    check_form(state, false, "timestamp: 2026-03-10 09:31:12\nrun_id: a\n", CC_OPENED, "keyed");
    check_form(state, false, "", CC_EMPTY, NULL);
    check_form(state, false, "a,b\n", CC_REFUSED, NULL);
}

static void test_what_is_found_and_is_somebody_elses(void **state)
{
    check_form(state, true, "{\"name\": \"package\", \"version\": 1}", CC_NOT_OURS, NULL);
    check_form(state, true, "[1, 2, 3]", CC_NOT_OURS, NULL);
    check_form(state, true, OBJECT, CC_OPENED, "keyed");
    check_form(state, true, HEADER, CC_OPENED, "csv");
    check_form(state, true, "a,b\n", CC_REFUSED, NULL); /* its name says emissions*.csv */
}

static void test_a_file_that_cannot_be_opened(void **state)
{
    struct cc_files files;
    struct boa_err err = { 0 };
    size_t added;

    cc_files_init(&files, &usual);
    assert_int_equal(cc_files_add(&files, scratch_path(state, "none"), &added, &err), 0);
    assert_int_equal(cc_files_open(&files, 0, NULL, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
    assert_null(files.rows);
    cc_files_release(&files);
}

static int list_tree(void *user, struct boa_err *err)
{
    struct cc_files files;
    size_t added;
    int rc;

    cc_files_init(&files, &usual);
    rc = cc_files_add(&files, user, &added, err);
    for (size_t i = 0; rc == 0 && i < files.count; i++) {
        rc = cc_files_open(&files, i, NULL, err) >= 0 ? 0 : -1;
        if (rc == 0)
            rc = cc_files_close(&files, i, false, err);
    }
    cc_files_release(&files);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    static const char *const paths[] = { "emissions.csv", "b/", "b/emissions.csv" };
    char path[4096];

    make_tree(state, "scant", paths, COUNT(paths));
    (void)snprintf(path, sizeof path, "%s", scratch_path(state, "scant"));
    assert_true(unit_each_allocation_fails(list_tree, path) >= 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_folder_gives),
        cmocka_unit_test(test_what_is_passed_over_in_a_folder),
        cmocka_unit_test(test_names_that_are_given),
        cmocka_unit_test(test_forms_by_content),
        cmocka_unit_test(test_what_is_found_and_is_somebody_elses),
        cmocka_unit_test(test_a_file_that_cannot_be_opened),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
