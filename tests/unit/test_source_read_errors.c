/* Files that cannot be read to their end: their first rows count, and no other file suffers. */
#include <errno.h>
#include <sys/syscall.h>

#include "tests/unit/source_bench.h"

#define BROKEN_ROWS ROW("40", "b1", "1", "1") ROW("41", "b2", "2", "1")

/* The read() below fails behind so many bytes of the broken file: two rows behind more blank lines
 * than are looked at when a file is opened, and a piece of a third row. */
enum {
    BLANKS = 100000,
    GOOD_BYTES = sizeof HEADER - 1 + BLANKS + sizeof BROKEN_ROWS - 1 + 5,
    PIECE = 4096,
};

static ino_t broken_file;
static unsigned failed_reads;

/* Stands in front of the C library's: short reads, then an error, of the file that is broken. */
ssize_t read(int fd, void *to, size_t size)
{
    struct stat info;

    if (broken_file != 0 && fstat(fd, &info) == 0 && info.st_ino == broken_file) {
        off_t at = lseek(fd, 0, SEEK_CUR);
        if (at >= GOOD_BYTES) {
            failed_reads++;
            errno = EIO;
            return -1;
        }
        size_t left = (size_t)(GOOD_BYTES - at) < PIECE ? (size_t)(GOOD_BYTES - at) : PIECE;
        size = size < left ? size : left;
    }
    return (ssize_t)syscall(SYS_read, fd, to, size);
}

static void add_broken_file(struct bench *bench)
{
    static char text[BLANKS + 1024];
    const char *path = bench->paths[bench->count];
    struct stat info;
    size_t len = strlen(HEADER);

    memcpy(text, HEADER, len);
    memset(text + len, '\n', BLANKS);
    strcpy(text + len + BLANKS, BROKEN_ROWS ROW("42", "b3", "3", "1"));
    add_file(bench, text);
    assert_int_equal(stat(path, &info), 0);
    broken_file = info.st_ino;
    failed_reads = 0;
}

static void check_good_files_convert(void **state, bool all_rows)
{
    struct bench bench;

    begin(&bench, *state);
    bench.options.all_rows = all_rows;
    open_source(&bench);
    add_file(&bench, HEADER ROW("40", "a1", "1", "1"));
    add_broken_file(&bench);
    add_file(&bench, HEADER ROW("50", "c1", "1", "1"));
    EXPECT(&bench, "0.csv:2 a1 1", "1.csv:100002 b1 1", "1.csv:100003 b2 2", "2.csv:2 c1 1");
    assert_int_equal(failed_reads, all_rows ? 1 : 2);
    assert_int_equal(bench.source->counts.unreadable, 1);
    assert_int_equal(bench.source->counts.files, 2);
    assert_int_equal(bench.source->counts.rows, 4);
    assert_int_equal(bench.source->counts.runs, 4);
    assert_non_null(strstr(bench.log.text, "INPUT_UNREADABLE"));
    assert_null(strstr(strstr(bench.log.text, "INPUT_UNREADABLE") + 1, "INPUT_UNREADABLE"));
    end(&bench);
    broken_file = 0;
}

static void test_the_runs_of_good_files_are_kept(void **state)
{
    check_good_files_convert(state, false);
}

static void test_the_rows_of_good_files_are_kept(void **state)
{
    check_good_files_convert(state, true);
}

/* What the second pass can read and the first could not was not there before. */
static void test_a_file_that_heals_has_changed(void **state)
{
    struct bench bench;
    char text[256];

    begin(&bench, *state);
    open_source(&bench);
    add_broken_file(&bench);
    assert_int_equal(next(&bench, text, sizeof text), 1);
    broken_file = 0;
    while (next(&bench, text, sizeof text) > 0)
        continue;
    assert_int_equal(bench.err.kind, BOA_ERR_IO);
    assert_non_null(strstr(bench.err.text, "changed"));
    end(&bench);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_runs_of_good_files_are_kept),
        TEST(test_the_rows_of_good_files_are_kept),
        TEST(test_a_file_that_heals_has_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
