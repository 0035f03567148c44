/* Files appear whole or not at all, whether the file system can make nameless ones or not. */
#include "tests/unit/unit.h"

#include <errno.h>
#include <sys/syscall.h>

#include "core/report/publish.h"
#include "tests/unit/scratch_folder.h"

static bool proc_is_hidden;

/* Stands in front of the C library's: a system without /proc. */
int faccessat(int folder, const char *path, int mode, int flags)
{
    if (proc_is_hidden && strncmp(path, "/proc", strlen("/proc")) == 0) {
        errno = ENOENT;
        return -1;
    }
    return (int)syscall(SYS_faccessat, folder, path, mode, flags);
}

static int open_folder(void **state)
{
    int folder = open(*state, O_RDONLY | O_DIRECTORY);
    assert_true(folder >= 0);
    return folder;
}

/* What boa_pending_open leaves where there is no O_TMPFILE. */
static void make_named(struct boa_pending *pending, int folder)
{
    *pending = (struct boa_pending){ .folder = folder };
    strcpy(pending->name, ".boamps-test.tmp");
    pending->fd = openat(folder, pending->name, O_WRONLY | O_CREAT | O_EXCL, 0666);
    assert_true(pending->fd >= 0);
}

static void make(struct boa_pending *pending, int folder, bool named, const char *text)
{
    struct boa_err err = { 0 };
    if (named)
        make_named(pending, folder);
    else
        assert_int_equal(boa_pending_open(pending, folder, boa_pending_nameless(), &err), 0);
    assert_int_equal(write(pending->fd, text, strlen(text)), (int)strlen(text));
}

static void check_life(void **state, bool named)
{
    struct boa_err err = { 0 };
    struct boa_pending pending;
    int folder = open_folder(state);

    make(&pending, folder, named, "one");
    assert_false(scratch_exists(scratch_path(state, "r.json")));
    assert_int_equal(boa_pending_publish(&pending, "r.json", false, &err), BOA_PUBLISH_DONE);
    assert_int_equal(pending.fd, -1);
    boa_pending_drop(&pending);
    scratch_check(scratch_path(state, "r.json"), "one");
    assert_int_equal(scratch_count(*state), 1);

    make(&pending, folder, named, "two");
    assert_int_equal(boa_pending_publish(&pending, "r.json", false, &err), BOA_PUBLISH_EXISTS);
    scratch_check(scratch_path(state, "r.json"), "one");
    /* Still pending: it can get another name, or replace. */
    assert_int_equal(boa_pending_publish(&pending, "r.json", true, &err), BOA_PUBLISH_DONE);
    scratch_check(scratch_path(state, "r.json"), "two");
    assert_int_equal(scratch_count(*state), 1);

    make(&pending, folder, named, "three");
    boa_pending_drop(&pending);
    boa_pending_drop(&pending);
    scratch_check(scratch_path(state, "r.json"), "two");
    assert_int_equal(scratch_count(*state), 1);
    assert_int_equal(close(folder), 0);
}

static void test_a_nameless_file(void **state)
{
    check_life(state, false);
}

static void test_a_named_file(void **state)
{
    check_life(state, true);
}

static void check_failure(void **state, bool named)
{
    struct boa_err err = { 0 };
    struct boa_pending pending;
    int folder = open_folder(state);

    make(&pending, folder, named, "x");
    assert_int_equal(boa_pending_publish(&pending, "no/such/folder.json", false, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
    assert_non_null(strstr(err.text, "no/such/folder.json"));
    assert_int_equal(mkdir(scratch_path(state, "folder"), 0777), 0);
    assert_int_equal(boa_pending_publish(&pending, "folder", false, &err), BOA_PUBLISH_EXISTS);
    assert_int_equal(boa_pending_publish(&pending, "folder", true, &err), -1);
    boa_pending_drop(&pending);
    assert_int_equal(scratch_count(*state), 1); /* no temporary name is left behind */
    assert_int_equal(close(folder), 0);
}

static void test_a_nameless_file_that_cannot_be_named(void **state)
{
    check_failure(state, false);
}

static void test_a_named_file_that_cannot_be_renamed(void **state)
{
    check_failure(state, true);
}

static void test_a_taken_temporary_name_is_not_touched(void **state)
{
    struct boa_err err = { 0 };
    struct boa_pending pending;
    char name[64];
    int folder = open_folder(state);

    (void)snprintf(name, sizeof name, ".boamps-%ld-0.tmp", (long)getpid());
    scratch_write(scratch_path(state, name), "someone's");
    scratch_write(scratch_path(state, "r.json"), "old");
    make(&pending, folder, false, "new");
    assert_int_equal(boa_pending_publish(&pending, "r.json", true, &err), BOA_PUBLISH_DONE);
    scratch_check(scratch_path(state, "r.json"), "new");
    scratch_check(scratch_path(state, name), "someone's");
    assert_int_equal(close(folder), 0);
}

static void test_a_link_is_not_followed(void **state)
{
    struct boa_err err = { 0 };
    struct boa_pending pending;
    int folder = open_folder(state);

    scratch_write(scratch_path(state, "target"), "precious");
    assert_int_equal(symlink("target", scratch_path(state, "r.json")), 0);
    make(&pending, folder, false, "new");
    assert_int_equal(boa_pending_publish(&pending, "r.json", false, &err), BOA_PUBLISH_EXISTS);
    assert_int_equal(boa_pending_publish(&pending, "r.json", true, &err), BOA_PUBLISH_DONE);
    scratch_check(scratch_path(state, "target"), "precious");
    scratch_check(scratch_path(state, "r.json"), "new");
    assert_int_equal(close(folder), 0);
}

static void test_permissions_are_those_of_any_new_file(void **state)
{
    struct boa_err err = { 0 };
    struct boa_pending pending;
    struct stat info;
    int folder = open_folder(state);
    mode_t mask = umask(027);

    make(&pending, folder, false, "x");
    assert_int_equal(boa_pending_publish(&pending, "r.json", false, &err), BOA_PUBLISH_DONE);
    umask(mask);
    assert_int_equal(stat(scratch_path(state, "r.json"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    assert_int_equal(close(folder), 0);
}

static void test_without_proc_files_have_names(void **state)
{
    struct boa_err err = { 0 };
    struct boa_pending pending;
    int folder = open_folder(state);

    proc_is_hidden = true;
    make(&pending, folder, false, "x");
    proc_is_hidden = false;
    assert_false(pending.nameless);
    assert_int_equal(scratch_count(*state), 1);
    assert_int_equal(boa_pending_publish(&pending, "r.json", false, &err), BOA_PUBLISH_DONE);
    scratch_check(scratch_path(state, "r.json"), "x");
    assert_int_equal(scratch_count(*state), 1);
    assert_int_equal(close(folder), 0);
}

static void test_no_folder_is_an_error(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    struct boa_pending pending;
    assert_int_equal(boa_pending_open(&pending, -1, true, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
    boa_pending_drop(&pending);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_nameless_file),
        TEST(test_a_named_file),
        TEST(test_a_nameless_file_that_cannot_be_named),
        TEST(test_a_named_file_that_cannot_be_renamed),
        TEST(test_a_taken_temporary_name_is_not_touched),
        TEST(test_a_link_is_not_followed),
        TEST(test_permissions_are_those_of_any_new_file),
        TEST(test_without_proc_files_have_names),
        TEST(test_no_folder_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
