/* The sliding buffer over files, pipes and text: short reads, limits, seeking, spooling. */
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/input.h"

enum { BYTES = 1000000 };

/* What every file and pipe here holds: a byte tells its place, so that none can be swapped. */
static char pattern[BYTES];

static char folder[] = "unit_input_XXXXXX";
static char file[sizeof(folder) + 16];

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < BYTES; i++)
        pattern[i] = (char)((i * 2654435761u) >> 13);
    if (!mkdtemp(folder))
        return -1;
    snprintf(file, sizeof(file), "%s/pattern", folder);
    FILE *out = fopen(file, "wb");
    return out && fwrite(pattern, 1, BYTES, out) == BYTES && fclose(out) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(file) == 0 && rmdir(folder) == 0 ? 0 : -1;
}

/* Reads to the end, taking and keeping odd amounts; checks every kept byte. Returns the bytes
 * seen. */
static uint64_t read_pattern(struct boa_input *in, size_t keep)
{
    struct boa_err err = { 0 };
    int more;
    while ((more = boa_input_more(in, &err)) > 0) {
        struct boa_str kept = boa_input_kept(in);
        assert_true(in->offset + kept.len <= BYTES);
        assert_memory_equal(kept.ptr, pattern + in->offset, kept.len);
        if (kept.len > keep)
            boa_input_take(in, kept.len - keep);
    }
    if (more < 0)
        fail_msg("%s", err.text);
    assert_int_equal(boa_input_more(in, &err), 0);
    struct boa_str kept = boa_input_kept(in);
    assert_memory_equal(kept.ptr, pattern + in->offset, kept.len);
    return in->offset + kept.len;
}

static void test_a_file_is_read_whole(void **state)
{
    (void)state;
    static const size_t chunks[] = { 1000, 4096, 262144, 999983 };
    for (size_t i = 0; i < 4; i++) {
        for (size_t keep = 0; keep < 10000; keep = keep * 3 + 1) {
            struct boa_input in;
            assert_int_equal(boa_input_open(&in, file, 20000000, NULL), 0);
            assert_true(in.seekable);
            in.chunk = chunks[i];
            assert_int_equal(read_pattern(&in, keep), BYTES);
            assert_true(in.cap <= 2 * (chunks[i] + keep) + 2);
            boa_input_close(&in);
        }
    }
}

static void test_single_bytes_and_nothing_taken(void **state)
{
    (void)state;
    struct boa_input in;
    struct boa_err err = { 0 };
    assert_int_equal(boa_input_open_text(&in, "t", boa_str_make(pattern, 3000), NULL), 0);
    in.chunk = 1;
    assert_int_equal(boa_input_kept(&in).len, 0);
    for (size_t i = 1; i <= 3000; i++) {
        assert_int_equal(boa_input_more(&in, &err), 1);
        assert_int_equal(boa_input_kept(&in).len, i);
    }
    assert_int_equal(boa_input_more(&in, &err), 0);
    assert_memory_equal(boa_input_kept(&in).ptr, pattern, 3000);
    boa_input_close(&in);
    boa_input_close(&in);
}

static void test_seeking(void **state)
{
    (void)state;
    for (int text = 0; text < 2; text++) {
        struct boa_input in;
        struct boa_err err = { 0 };
        if (text)
            boa_input_open_text(&in, "t", boa_str_make(pattern, BYTES), &err);
        else
            assert_int_equal(boa_input_open(&in, file, BYTES, &err), 0);
        in.chunk = 5000;
        static const uint64_t offsets[] = { 0, 999999, 7, 500000, 1000000, 0 };
        for (size_t i = 0; i < 6; i++) {
            assert_int_equal(boa_input_seek(&in, offsets[i], &err), 0);
            assert_int_equal(boa_input_kept(&in).len, 0);
            assert_int_equal(read_pattern(&in, 100), BYTES);
        }
        assert_int_equal(boa_input_seek(&in, 2000000, &err), 0);
        assert_int_equal(boa_input_more(&in, &err), 0);
        assert_int_equal(boa_input_seek(&in, UINT64_MAX, &err), -1);
        assert_int_equal(err.sys, EINVAL);
        boa_input_close(&in);
    }
}

/* A child that writes the pattern in pieces of `piece` bytes; the end to read from. */
static int start_writer(pid_t *child, size_t len, size_t piece, unsigned pause_us)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    *child = fork();
    assert_true(*child >= 0);
    if (*child != 0) {
        close(ends[1]);
        return ends[0];
    }
    close(ends[0]);
    for (size_t at = 0; at < len;) {
        if (pause_us != 0)
            usleep(pause_us);
        ssize_t put = write(ends[1], pattern + at, piece < len - at ? piece : len - at);
        if (put < 0)
            _exit(1);
        at += (size_t)put;
    }
    _exit(0);
}

/* Puts `fd` where standard input was; returns the old one. */
static int replace_stdin(int fd)
{
    int old = dup(STDIN_FILENO);
    assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    close(fd);
    return old;
}

static void restore_stdin(int old)
{
    if (old >= 0) {
        dup2(old, STDIN_FILENO);
        close(old);
    } else {
        close(STDIN_FILENO);
    }
}

static void wait_for(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_standard_input_is_a_pipe(void **state)
{
    (void)state;
    pid_t child;
    int old = replace_stdin(start_writer(&child, BYTES, 777, 0));
    struct boa_input in;
    struct boa_err err = { 0 };
    assert_int_equal(boa_input_open(&in, "-", 1 << 20, &err), 0);
    assert_false(in.seekable);
    assert_int_equal(boa_input_seek(&in, 0, &err), -1);
    assert_int_equal(err.sys, ESPIPE);
    assert_non_null(strstr(err.text, "standard input"));
    assert_int_equal(read_pattern(&in, 50), BYTES);
    boa_input_close(&in);
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0); /* it is not ours to close */
    restore_stdin(old);
    wait_for(child);
}

static void test_spooling_makes_a_pipe_seekable(void **state)
{
    (void)state;
    pid_t child;
    int old = replace_stdin(start_writer(&child, BYTES, 60000, 0));
    struct boa_input in;
    struct boa_err err = { 0 };
    assert_int_equal(boa_input_open(&in, "-", 1 << 20, &err), 0);
    assert_int_equal(boa_input_spool(&in, folder, &err), 0);
    assert_true(in.seekable);
    assert_int_equal(read_pattern(&in, 50), BYTES);
    assert_int_equal(boa_input_seek(&in, 3, &err), 0);
    assert_int_equal(read_pattern(&in, 50), BYTES);
    /* Once more does nothing, even in the middle. */
    assert_int_equal(boa_input_spool(&in, "no/such/folder", &err), 0);
    boa_input_close(&in);
    restore_stdin(old);
    wait_for(child);
}

/* What was looked at is copied with the rest, however much it was. */
static void test_spooling_what_was_looked_at(void **state)
{
    static const size_t lengths[] = { 1, 5000, 70000, BYTES };

    (void)state;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        pid_t child;
        int old = replace_stdin(start_writer(&child, BYTES, 60000, 0));
        struct boa_input in;
        struct boa_err err = { 0 };
        assert_int_equal(boa_input_open(&in, "-", BYTES, &err), 0);
        while (boa_input_kept(&in).len < lengths[i])
            assert_int_equal(boa_input_more(&in, &err), 1);
        if (lengths[i] == BYTES)
            assert_int_equal(boa_input_more(&in, &err), 0);
        assert_int_equal(boa_input_spool(&in, folder, &err), 0);
        for (int round = 0; round < 2; round++) {
            assert_int_equal(in.offset, 0);
            assert_int_equal(boa_input_kept(&in).len, 0);
            assert_int_equal(read_pattern(&in, 50), BYTES);
            assert_int_equal(boa_input_seek(&in, 0, &err), 0);
        }
        boa_input_close(&in);
        restore_stdin(old);
        wait_for(child);
    }
}

static void test_spooling_into_nowhere_fails(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[1]);
    int old = replace_stdin(ends[0]);
    struct boa_input in;
    struct boa_err err = { 0 };
    assert_int_equal(boa_input_open(&in, "-", 100, &err), 0);
    assert_int_equal(boa_input_spool(&in, "no/such/folder", &err), -1);
    assert_int_equal(err.sys, ENOENT);
    assert_non_null(strstr(err.text, "no/such/folder"));
    boa_input_close(&in);
    restore_stdin(old);
}

/* A file that somebody has read from goes on where it was, and must be spooled to go back. */
static void test_a_half_read_standard_input_is_like_a_pipe(void **state)
{
    (void)state;
    int fd = open(file, O_RDONLY);
    assert_int_equal(lseek(fd, 999000, SEEK_SET), 999000);
    int old = replace_stdin(fd);
    struct boa_input in;
    assert_int_equal(boa_input_open(&in, "-", 10000, NULL), 0);
    assert_false(in.seekable);
    assert_int_equal(boa_input_spool(&in, folder, NULL), 0);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(boa_input_seek(&in, 0, NULL), 0);
        assert_int_equal(boa_input_more(&in, NULL), 1);
        assert_int_equal(boa_input_kept(&in).len, 1000);
        assert_memory_equal(boa_input_kept(&in).ptr, pattern + 999000, 1000);
    }
    boa_input_close(&in);
    restore_stdin(old);
}

static void on_alarm(int number)
{
    (void)number;
}

/* Signals interrupt the read, and somebody has made the pipe non-blocking. */
static void test_interrupted_and_non_blocking_reads_go_on(void **state)
{
    (void)state;
    struct sigaction action = { .sa_handler = on_alarm }, before;
    sigaction(SIGALRM, &action, &before);
    for (int non_blocking = 0; non_blocking < 2; non_blocking++) {
        pid_t child;
        int fd = start_writer(&child, 2000, 100, 3000);
        if (non_blocking)
            fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
        int old = replace_stdin(fd);
        struct itimerval often = { { 0, 1000 }, { 0, 1000 } }, never = { { 0, 0 }, { 0, 0 } };
        setitimer(ITIMER_REAL, &often, NULL);
        struct boa_input in;
        assert_int_equal(boa_input_open(&in, "-", 1 << 20, NULL), 0);
        uint64_t seen = read_pattern(&in, 0);
        setitimer(ITIMER_REAL, &never, NULL);
        assert_int_equal(seen, 2000);
        boa_input_close(&in);
        restore_stdin(old);
        wait_for(child);
    }
    sigaction(SIGALRM, &before, NULL);
}

static void test_the_limit_holds_to_the_byte(void **state)
{
    (void)state;
    for (size_t chunk = 1; chunk < 300; chunk = chunk * 2 + 1) {
        struct boa_input in;
        struct boa_err err = { 0 };
        boa_input_open_text(&in, "t.csv", boa_str_make(pattern, 200), &err);
        in.chunk = chunk;
        in.max = 200;
        while (boa_input_more(&in, &err) > 0)
            continue;
        assert_int_equal(err.kind, BOA_ERR_NONE);
        assert_int_equal(boa_input_kept(&in).len, 200);
        boa_input_close(&in);

        boa_input_open_text(&in, "t.csv", boa_str_make(pattern, 201), &err);
        in.chunk = chunk;
        in.max = 200;
        while (boa_input_more(&in, &err) > 0)
            continue;
        assert_int_equal(err.kind, BOA_ERR_LIMIT);
        assert_string_equal(err.text, "t.csv: more than 200 bytes in one piece");
        assert_int_equal(boa_input_more(&in, &err), -1);
        assert_true(in.cap <= 201);
        boa_input_close(&in);
    }
}

/* Whoever skips a piece that is too long finds what follows it whole. */
static void test_reading_goes_on_behind_a_limit(void **state)
{
    (void)state;
    for (size_t max = 1; max < 100; max++) {
        struct boa_input in;
        boa_input_open_text(&in, "t", boa_str_make(pattern, 5000), NULL);
        in.chunk = 7;
        in.max = max;
        int more;
        while ((more = boa_input_more(&in, NULL)) != 0) {
            struct boa_str kept = boa_input_kept(&in);
            assert_memory_equal(kept.ptr, pattern + in.offset, kept.len);
            if (more < 0)
                boa_input_take(&in, kept.len);
        }
        assert_int_equal(in.offset + boa_input_kept(&in).len, 5000);
        boa_input_close(&in);
    }
}

static void test_what_cannot_be_opened(void **state)
{
    (void)state;
    struct boa_err err = { 0 };
    struct boa_input in = { .fd = 12345 };
    assert_int_equal(boa_input_open(&in, "no/such/file.csv", 100, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
    assert_int_equal(err.sys, ENOENT);
    assert_string_equal(err.text, "cannot open no/such/file.csv: No such file or directory");
    assert_int_equal(boa_input_open(&in, folder, 100, &err), -1);
    assert_int_equal(err.sys, EISDIR);
    assert_non_null(strstr(err.text, folder));
    assert_int_equal(in.fd, 12345);

    int fd = open(folder, O_RDONLY);
    int old = replace_stdin(fd);
    assert_int_equal(boa_input_open(&in, "-", 100, &err), -1);
    assert_string_equal(err.text, "cannot read standard input: Is a directory");
    close(STDIN_FILENO);
    assert_int_equal(boa_input_open(&in, "-", 100, &err), -1);
    assert_int_equal(err.sys, EBADF);
    restore_stdin(old);
}

static void test_a_read_that_fails_is_reported(void **state)
{
    (void)state;
    struct boa_input in;
    struct boa_err err = { 0 };
    assert_int_equal(boa_input_open(&in, file, 100, &err), 0);
    int out = open(file, O_WRONLY); /* cannot be read from */
    assert_int_equal(dup2(out, in.fd), in.fd);
    close(out);
    assert_int_equal(boa_input_more(&in, &err), -1);
    assert_int_equal(err.sys, EBADF);
    assert_non_null(strstr(err.text, file));
    in.seekable = false;
    assert_int_equal(boa_input_spool(&in, folder, &err), -1);
    assert_int_equal(err.sys, EBADF);
    boa_input_close(&in);
}

static void test_reading_all(void **state)
{
    (void)state;
    struct boa_str text = BOA_STR("untouched");
    struct boa_err err = { 0 };
    assert_int_equal(boa_input_read_all(&text, file, BYTES - 1, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_LIMIT);
    assert_int_equal(boa_input_read_all(&text, "no/such/file", BYTES, &err), -1);
    assert_text_equal(text, "untouched");
    assert_int_equal(boa_input_read_all(&text, file, BYTES, &err), 0);
    assert_int_equal(text.len, BYTES);
    assert_memory_equal(text.ptr, pattern, BYTES);
    assert_int_equal(text.ptr[BYTES], '\0');
    boa_free((void *)(uintptr_t)text.ptr);

    assert_int_equal(boa_input_read_all(&text, "/dev/null", 0, &err), 0);
    assert_int_equal(text.len, 0);
    assert_int_equal(text.ptr[0], '\0');
    boa_free((void *)(uintptr_t)text.ptr);
}

static int read_twice(void *user, struct boa_err *err)
{
    (void)user;
    struct boa_input in;
    int fd = open(file, O_RDONLY);
    lseek(fd, 990000, SEEK_SET);
    int old = replace_stdin(fd), status = -1, more;
    if (boa_input_open(&in, "-", 1 << 20, err) != 0)
        goto out;
    in.chunk = 1000;
    if (boa_input_spool(&in, folder, err) != 0)
        goto close;
    do {
        more = boa_input_more(&in, err);
    } while (more > 0);
    /* Everything read before the failure is still there. */
    struct boa_str kept = boa_input_kept(&in);
    assert_memory_equal(kept.len != 0 ? kept.ptr : pattern, pattern + 990000 * (kept.len != 0),
                        kept.len);
    status = more;
close:
    boa_input_close(&in);
out:
    restore_stdin(old);
    return status;
}

static int read_all(void *user, struct boa_err *err)
{
    (void)user;
    struct boa_str text;
    if (boa_input_read_all(&text, file, BYTES, err) != 0)
        return -1;
    boa_free((void *)(uintptr_t)text.ptr);
    return 0;
}

static void test_failing_allocations(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(read_twice) >= 4);
    assert_true(UNIT_EACH_ALLOCATION_FAILS(read_all) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_is_read_whole),
        cmocka_unit_test(test_single_bytes_and_nothing_taken),
        cmocka_unit_test(test_seeking),
        cmocka_unit_test(test_standard_input_is_a_pipe),
        cmocka_unit_test(test_spooling_makes_a_pipe_seekable),
        cmocka_unit_test(test_spooling_what_was_looked_at),
        cmocka_unit_test(test_spooling_into_nowhere_fails),
        cmocka_unit_test(test_a_half_read_standard_input_is_like_a_pipe),
        cmocka_unit_test(test_interrupted_and_non_blocking_reads_go_on),
        cmocka_unit_test(test_the_limit_holds_to_the_byte),
        cmocka_unit_test(test_reading_goes_on_behind_a_limit),
        cmocka_unit_test(test_what_cannot_be_opened),
        cmocka_unit_test(test_a_read_that_fails_is_reported),
        cmocka_unit_test(test_reading_all),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
