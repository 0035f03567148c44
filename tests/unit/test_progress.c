/* The progress line under a clock of our own: how often it shows, what it wipes. */
#include "tests/unit/unit.h"

#include "cli/progress.h"

static uint64_t now_ms;

static uint64_t clock_ms(void)
{
    return now_ms;
}

/* What has been written since the last call. */
static struct boa_str written(FILE *file)
{
    static char text[4096];
    static long seen;

    if (ftell(file) < seen || fflush(file) != 0)
        seen = 0;
    long end = ftell(file);
    assert_int_equal(fseek(file, seen, SEEK_SET), 0);
    size_t len = fread(text, 1, (size_t)(end - seen), file);
    assert_int_equal(fseek(file, end, SEEK_SET), 0);
    seen = end;
    return boa_str_make(text, len);
}

static struct boa_progress begin(FILE **file, int mode)
{
    struct boa_progress progress;

    *file = tmpfile();
    assert_non_null(*file);
    assert_text_equal(written(*file), "");
    boa_progress_init(&progress, *file, mode);
    progress.clock_ms = clock_ms;
    now_ms = 5000;
    return progress;
}

static void shows_at_most_ten_times_a_second(void **state)
{
    FILE *file;
    struct boa_progress progress = begin(&file, 1);
    (void)state;

    boa_progress_update(&progress, 1, 200, BOA_STR_LIT("a.csv"));
    assert_text_equal(written(file), "\r1 of 200 (0 %) a.csv");
    now_ms += 99;
    boa_progress_update(&progress, 50, 200, BOA_STR_LIT("a.csv"));
    assert_text_equal(written(file), "");
    now_ms += 1;
    boa_progress_update(&progress, 100, 200, BOA_STR_LIT("b"));
    assert_text_equal(written(file), "\r100 of 200 (50 %) b ");
    now_ms += 100;
    boa_progress_update(&progress, 7, 0, BOA_STR_LIT("b"));
    assert_text_equal(written(file), "\r7 b                ");
    now_ms += 100;
    boa_progress_update(&progress, UINT64_MAX, UINT64_MAX, BOA_STR_LIT(""));
    assert_text_equal(written(file), "\r18446744073709551615 of 18446744073709551615 (100 %) ");
    fclose(file);
}

static void wipes_its_line(void **state)
{
    FILE *file;
    struct boa_progress progress = begin(&file, 1);
    (void)state;

    boa_progress_hide(&progress);
    boa_progress_hide(NULL);
    assert_text_equal(written(file), "");
    boa_progress_update(&progress, 1, 0, BOA_STR_LIT("x"));
    assert_text_equal(written(file), "\r1 x");
    boa_progress_hide(&progress);
    assert_text_equal(written(file), "\r   \r");
    /* What was wiped comes back without waiting. */
    boa_progress_update(&progress, 2, 0, BOA_STR_LIT("x"));
    assert_text_equal(written(file), "\r2 x");
    boa_progress_end(&progress);
    assert_text_equal(written(file), "\r   \r");
    boa_progress_update(&progress, 3, 0, BOA_STR_LIT("x"));
    boa_progress_end(&progress);
    assert_text_equal(written(file), "");
    fclose(file);
}

static void stays_silent_without_a_terminal(void **state)
{
    FILE *file;
    (void)state;

    for (int mode = -1; mode <= 0; mode++) {
        struct boa_progress progress = begin(&file, mode);
        boa_progress_update(&progress, 1, 2, BOA_STR_LIT("x"));
        boa_progress_end(&progress);
        assert_text_equal(written(file), "");
        fclose(file);
    }
}

static void fits_one_line_and_is_safe(void **state)
{
    FILE *file;
    struct boa_progress progress = begin(&file, 1);
    char controls[100], wide[90];
    (void)state;

    memset(controls, '\n', sizeof(controls));
    boa_progress_update(&progress, 1, 0, boa_str_make(controls, sizeof(controls)));
    struct boa_str line = written(file);
    assert_int_equal(line.len, 1 + 79);
    assert_true(boa_str_starts_with(line, BOA_STR_LIT("\r1 \\x0a\\x0a")));
    assert_int_equal(boa_str_find_byte(line, '\n'), line.len);

    /* Columns are characters, not bytes: 20 of two bytes, the ellipsis, and what is left to wipe.
     */
    for (size_t i = 0; i < sizeof(wide); i += 2)
        memcpy(wide + i, "\xC3\xA9", 2);
    now_ms += 100;
    boa_progress_update(&progress, 1, 0, boa_str_make(wide, sizeof(wide)));
    assert_int_equal(boa_utf8_count(written(file)), 1 + 79);
    boa_progress_hide(&progress);
    assert_int_equal(written(file).len, 2 + 2 + 20 + 1);
    fclose(file);
}

static void gives_a_line_up_without_memory(void **state)
{
    FILE *file;
    struct boa_progress progress = begin(&file, 1);
    (void)state;

    boa_alloc_fail_at(1);
    boa_progress_update(&progress, 1, 0, BOA_STR_LIT("x"));
    boa_alloc_fail_at(0);
    assert_text_equal(written(file), "");
    boa_progress_update(&progress, 1, 0, BOA_STR_LIT("x"));
    assert_text_equal(written(file), "\r1 x");
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_at_most_ten_times_a_second),
        cmocka_unit_test(wipes_its_line),
        cmocka_unit_test(stays_silent_without_a_terminal),
        cmocka_unit_test(fits_one_line_and_is_safe),
        cmocka_unit_test(gives_a_line_up_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
