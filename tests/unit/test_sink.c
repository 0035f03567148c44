/* Sinks: folders with a file each, files of lines, streams, and runs that only pretend. */
#include "tests/unit/unit.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "core/report/sink.h"
#include "tests/unit/scratch_folder.h"

static enum boa_sink_outcome put(struct boa_sink *sink, const char *name, const char *text)
{
    struct boa_err err = { 0 };
    enum boa_sink_outcome outcome = (enum boa_sink_outcome) - 1;
    if (boa_sink_put(sink, name, boa_str_from(text), &outcome, &err) != 0)
        fail_msg("%s", err.text);
    return outcome;
}

static struct boa_sink *folder_sink(const char *path, bool force, bool dry)
{
    struct boa_err err = { 0 };
    struct boa_sink *sink = boa_sink_folder_new(path, force, dry, &err);
    if (sink == NULL)
        fail_msg("%s", err.text);
    return sink;
}

static void finish(struct boa_sink *sink)
{
    struct boa_err err = { 0 };
    assert_int_equal(boa_sink_finish(sink, &err), 0);
    boa_sink_free(sink);
}

static void test_a_folder_is_made_with_its_parents(void **state)
{
    static const char *const paths[] = { "a/b/c", "d//e/", "./f", "a/../g", "a/b" };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct boa_sink *sink = folder_sink(scratch_path(state, paths[i]), false, false);
        assert_int_equal(put(sink, "r.json", "{}\n"), BOA_SINK_WRITTEN);
        finish(sink);
    }
    scratch_check(scratch_path(state, "a/b/c/r.json"), "{}\n");
    scratch_check(scratch_path(state, "d/e/r.json"), "{}\n");
    scratch_check(scratch_path(state, "g/r.json"), "{}\n");
    finish(folder_sink("/", false, false)); /* the root is there already */
}

static void check_folder_refused(const char *path, bool dry)
{
    struct boa_err err = { 0 };
    assert_null(boa_sink_folder_new(path, false, dry, &err));
    assert_int_equal(err.kind, BOA_ERR_IO);
    assert_true(path[0] == '\0' || strstr(err.text, path) != NULL);
}

static void test_a_file_is_no_folder(void **state)
{
    scratch_write(scratch_path(state, "file"), "x");
    check_folder_refused(scratch_path(state, "file"), false);
    check_folder_refused(scratch_path(state, "file/below"), false);
    check_folder_refused(scratch_path(state, "file"), true);
    check_folder_refused(scratch_path(state, "file/below"), true);
    check_folder_refused("", false);
}

static void test_what_differs_is_refused_or_replaced(void **state)
{
    for (int dry = 1; dry >= 0; dry--) { /* first the pretence, which must change nothing */
        struct boa_sink *sink = folder_sink(*state, false, dry);
        if (dry == 1) {
            scratch_write(scratch_path(state, "same"), "one\n");
            scratch_write(scratch_path(state, "other"), "two\n");
            scratch_write(scratch_path(state, "short"), "on");
            scratch_write(scratch_path(state, "long"), "one\nmore");
            assert_int_equal(mkdir(scratch_path(state, "folder"), 0777), 0);
            assert_int_equal(symlink("nowhere", scratch_path(state, "link")), 0);
        }
        assert_int_equal(put(sink, "new", "one\n"), BOA_SINK_WRITTEN);
        assert_int_equal(put(sink, "same", "one\n"), BOA_SINK_UNCHANGED);
        assert_int_equal(put(sink, "other", "one\n"), BOA_SINK_REFUSED);
        assert_int_equal(put(sink, "short", "one\n"), BOA_SINK_REFUSED);
        assert_int_equal(put(sink, "long", "one\n"), BOA_SINK_REFUSED);
        assert_int_equal(put(sink, "folder", "one\n"), BOA_SINK_REFUSED);
        assert_int_equal(put(sink, "link", "one\n"), BOA_SINK_REFUSED);
        finish(sink);
        assert_int_equal(scratch_count(*state), dry == 1 ? 6 : 7);
    }
    scratch_check(scratch_path(state, "other"), "two\n");
    for (int dry = 1; dry >= 0; dry--) {
        struct boa_sink *sink = folder_sink(*state, true, dry);
        assert_int_equal(put(sink, "same", "one\n"), BOA_SINK_UNCHANGED);
        assert_int_equal(put(sink, "other", "one\n"), BOA_SINK_REPLACED);
        assert_int_equal(put(sink, "link", "one\n"), BOA_SINK_REPLACED);
        finish(sink);
        scratch_check(scratch_path(state, "other"), dry == 1 ? "two\n" : "one\n");
    }
    assert_int_equal(scratch_count(*state), 7);
    assert_false(scratch_exists(scratch_path(state, "nowhere")));
}

static void test_a_large_file_is_compared_to_its_end(void **state)
{
    char *text = malloc(100001);
    assert_non_null(text);
    memset(text, 'a', 100000);
    text[100000] = '\0';
    struct boa_sink *sink = folder_sink(*state, false, false);
    assert_int_equal(put(sink, "r", text), BOA_SINK_WRITTEN);
    assert_int_equal(put(sink, "r", text), BOA_SINK_UNCHANGED);
    text[99999] = 'b';
    assert_int_equal(put(sink, "r", text), BOA_SINK_REFUSED);
    finish(sink);
    free(text);
}

static void test_a_dry_run_makes_no_folder(void **state)
{
    struct boa_sink *sink = folder_sink(scratch_path(state, "a/b"), false, true);
    assert_int_equal(put(sink, "r.json", "{}\n"), BOA_SINK_WRITTEN);
    finish(sink);
    assert_int_equal(scratch_count(*state), 0);
}

static void test_a_file_of_lines_appears_at_the_end(void **state)
{
    struct boa_err err = { 0 };
    const char *path = scratch_path(state, "out.ndjson");
    struct boa_sink *sink = boa_sink_file_new(path, false, false, &err);
    assert_non_null(sink);
    assert_int_equal(put(sink, "ignored", "1\n"), BOA_SINK_WRITTEN);
    assert_int_equal(put(sink, "ignored", "2\n"), BOA_SINK_WRITTEN);
    assert_false(scratch_exists(path));
    finish(sink);
    scratch_check(path, "1\n2\n");
    assert_int_equal(scratch_count(*state), 1);

    assert_null(boa_sink_file_new(path, false, false, &err));
    assert_int_equal(err.kind, BOA_ERR_USAGE);
    assert_null(boa_sink_file_new(path, false, true, &err));
    sink = boa_sink_file_new(path, true, false, &err);
    assert_non_null(sink);
    assert_int_equal(put(sink, "ignored", "3\n"), BOA_SINK_WRITTEN);
    scratch_check(path, "1\n2\n");
    finish(sink);
    scratch_check(path, "3\n");
}

static void test_a_file_given_up_leaves_nothing(void **state)
{
    struct boa_err err = { 0 };
    struct boa_sink *sink = boa_sink_file_new(scratch_path(state, "out"), false, false, &err);
    assert_non_null(sink);
    assert_int_equal(put(sink, "ignored", "1\n"), BOA_SINK_WRITTEN);
    boa_sink_free(sink);
    sink = boa_sink_file_new(scratch_path(state, "out"), false, true, &err);
    assert_non_null(sink);
    assert_int_equal(put(sink, "ignored", "1\n"), BOA_SINK_WRITTEN);
    finish(sink);
    assert_int_equal(scratch_count(*state), 0);
}

static void test_a_file_that_came_meanwhile_is_kept(void **state)
{
    struct boa_err err = { 0 };
    const char *path = scratch_path(state, "out");
    struct boa_sink *sink = boa_sink_file_new(path, false, false, &err);
    assert_non_null(sink);
    assert_int_equal(put(sink, "ignored", "mine\n"), BOA_SINK_WRITTEN);
    scratch_write(path, "theirs\n");
    assert_int_equal(boa_sink_finish(sink, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
    boa_sink_free(sink);
    scratch_check(path, "theirs\n");
    assert_int_equal(scratch_count(*state), 1);
}

static void test_a_path_without_a_file_is_refused(void **state)
{
    static const char *const names[] = { "no/such/folder", "folder/", "" };
    struct boa_err err = { 0 };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_null(boa_sink_file_new(scratch_path(state, names[i]), true, false, &err));
        assert_true(err.text[0] != '\0');
    }
    assert_null(boa_sink_file_new("", true, false, &err));
}

/* Reads a pipe to its end, slowly and in small bites, so that writes come short. */
static void read_slowly(int fd, size_t want, char first)
{
    char part[777];
    size_t total = 0;
    ssize_t got;
    while ((got = read(fd, part, sizeof part)) > 0) {
        for (ssize_t i = 0; i < got; i++) {
            if (part[i] != (char)(first + (int)((total + (size_t)i) % 23)))
                _exit(1);
        }
        total += (size_t)got;
    }
    _exit(total == want ? 0 : 1);
}

static void test_a_stream_survives_short_writes(void **state)
{
    (void)state;
    enum { PART = 90000, PARTS = 23 };
    static char text[PART];
    struct boa_err err = { 0 };
    int ends[2], status;

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(ends[1]);
        read_slowly(ends[0], (size_t)PART * PARTS + 4 * PART, 'a');
    }
    (void)close(ends[0]);
    struct boa_sink *sink = boa_sink_stream_new(ends[1], false, &err);
    size_t total = 0;
    for (int i = 0; i < PARTS; i++, total += PART) {
        enum boa_sink_outcome outcome;
        for (size_t j = 0; j < PART; j++)
            text[j] = (char)('a' + (int)((total + j) % 23));
        assert_int_equal(boa_sink_put(sink, NULL, boa_str_make(text, PART), &outcome, &err), 0);
        assert_int_equal(outcome, BOA_SINK_WRITTEN);
    }
    /* One that is larger than what is ever held back. */
    char *large = malloc(4 * PART);
    assert_non_null(large);
    for (size_t j = 0; j < 4 * PART; j++)
        large[j] = (char)('a' + (int)((total + j) % 23));
    enum boa_sink_outcome outcome;
    assert_int_equal(boa_sink_put(sink, NULL, boa_str_make(large, 4 * PART), &outcome, &err), 0);
    free(large);
    finish(sink);
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void test_a_dry_stream_writes_nothing(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    struct boa_sink *sink = boa_sink_stream_new(-1, true, &err);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    memset(text, 'x', (1 << 20) - 1);
    assert_int_equal(put(sink, NULL, text), BOA_SINK_WRITTEN);
    assert_int_equal(put(sink, NULL, "x"), BOA_SINK_WRITTEN);
    finish(sink);
    free(text);
}

static void test_a_full_disk_is_an_error(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    enum boa_sink_outcome outcome;
    int full = open("/dev/full", O_WRONLY);
    if (full < 0)
        skip();
    struct boa_sink *sink = boa_sink_stream_new(full, false, &err);
    assert_int_equal(boa_sink_put(sink, NULL, BOA_STR_LIT("{}\n"), &outcome, &err), 0);
    assert_int_equal(boa_sink_finish(sink, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
    assert_int_equal(err.sys, ENOSPC);
    boa_sink_free(sink);
    assert_int_equal(boa_write_all(full, BOA_STR_LIT("x"), &err), -1);
    assert_int_equal(boa_write_all(full, (struct boa_str){ 0 }, &err), 0);
    assert_int_equal(close(full), 0);
}

static void test_a_closed_pipe_is_an_error(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(close(ends[0]), 0);
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    assert_int_equal(boa_write_all(ends[1], BOA_STR_LIT("x"), &err), -1);
    assert_int_equal(err.sys, EPIPE);
    (void)signal(SIGPIPE, before);
    assert_int_equal(close(ends[1]), 0);
}

static int use_sinks(void *user, struct boa_err *err)
{
    void **state = user;
    enum boa_sink_outcome outcome;
    struct boa_sink *folder = NULL, *file = NULL;
    int rc = -1;

    folder = boa_sink_folder_new(scratch_path(state, "f"), true, false, err);
    if (folder == NULL || boa_sink_put(folder, "r", BOA_STR_LIT("1"), &outcome, err) != 0)
        goto out;
    file = boa_sink_file_new(scratch_path(state, "out"), true, false, err);
    if (file == NULL || boa_sink_put(file, NULL, BOA_STR_LIT("1"), &outcome, err) != 0 ||
        boa_sink_finish(file, err) != 0)
        goto out;
    rc = 0;
out:
    boa_sink_free(file);
    boa_sink_free(folder);
    assert_true(rc == 0 || !scratch_exists(scratch_path(state, "out")));
    return rc;
}

static void test_lack_of_memory_leaves_no_file(void **state)
{
    assert_true(unit_each_allocation_fails(use_sinks, state) > 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_folder_is_made_with_its_parents),
        TEST(test_a_file_is_no_folder),
        TEST(test_what_differs_is_refused_or_replaced),
        TEST(test_a_large_file_is_compared_to_its_end),
        TEST(test_a_dry_run_makes_no_folder),
        TEST(test_a_file_of_lines_appears_at_the_end),
        TEST(test_a_file_given_up_leaves_nothing),
        TEST(test_a_file_that_came_meanwhile_is_kept),
        TEST(test_a_path_without_a_file_is_refused),
        TEST(test_a_stream_survives_short_writes),
        TEST(test_a_dry_stream_writes_nothing),
        TEST(test_a_full_disk_is_an_error),
        TEST(test_a_closed_pipe_is_an_error),
        TEST(test_lack_of_memory_leaves_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
