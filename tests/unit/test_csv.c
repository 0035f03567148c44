/* The splitter: rows, places, faults and limits written down by hand, in pieces of any size. */
#include "converters/csv.h"

#include <stdlib.h>

#include "tests/unit/unit.h"
/* It needs cmocka in front of it. */
#include "tests/unit/csv_rows.h"

#define CHECK(literal, want) check((literal), sizeof(literal) - 1, SIZE_MAX, (want))

static void test_rows_and_places(void **state)
{
    (void)state;
    CHECK("", "");
    CHECK("a", "1@0[a]\n");
    CHECK("a,b\nc,d", "1@0[a][b]\n2@4[c][d]\n");
    CHECK("a,b\r\nc,d\r\n", "1@0[a][b]\n2@5[c][d]\n");
    CHECK("a,b\rc,d\r", "1@0[a][b]\n2@4[c][d]\n");
    /* CR CR LF, as Python's csv writes on Windows: a blank line behind each row. */
    CHECK("a,b\r\r\nc,d\r\r\n", "1@0[a][b]\n3@6[c][d]\n");
    CHECK(",\n,,\n", "1@0[][]\n2@2[][][]\n");
    CHECK("a,\n", "1@0[a][]\n");
    CHECK("a,", "1@0[a][]\n");
    CHECK("\n\n  \n \t\nx\n\n\ny", "5@8[x]\n8@12[y]\n");
    CHECK("\"\"\nx\n", "2@3[x]\n");
    CHECK("\"\",\nx\n", "1@0[][]\n2@4[x]\n");
}

static void test_blanks_and_quotes(void **state)
{
    (void)state;
    CHECK("  a , b\t,\tc d \n", "1@0[a][b][c d]\n");
    CHECK(" \"a,b\" ,\t\"c\"\t\n", "1@0[a,b][c]\n");
    CHECK("\" a \",\"\"\"b\"\"\",\"\"\"\"\n", "1@0[a][\"b\"][\"]\n");
    CHECK("a\"b,c\"\"d\",e\n", "1@0[a\"b][c\"\"d\"][e]\n"); /* no quote at a cell's begin quotes */
    CHECK("\"a\nb\",c\nd,e\n", "1@0[a\nb][c]\n3@8[d][e]\n");
    CHECK("\"a\r\nb\r\n\",c\r\nd\r\n", "1@0[a\r\nb][c]\n4@12[d]\n");
    /* Without quotes a CR ends a line, and within them it does no less. */
    CHECK("\"a\rb\",c\rd,e\r", "1@0[a\rb][c]\n3@8[d][e]\n");
    CHECK("\"a\r\r\n\n\rb\",c\nd\n", "1@0[a\r\r\n\n\rb][c]\n6@12[d]\n");
    CHECK("\"\"\"\r\n\"\"\rb\",c\nd\n", "1@0[\"\r\n\"\rb][c]\n4@13[d]\n");
    CHECK("\"\",\"\"\n", "1@0[][]\n");
    CHECK("\"a\"", "1@0[a]\n");
    CHECK("\"a\"\"\"", "1@0[a\"]\n");
}

/* A fault costs its first line and nothing else. */
static void test_faults_swallow_nothing(void **state)
{
    (void)state;
    CHECK("a,\"b\nc,d\ne,f\n", "1@0!open\n2@5[c][d]\n3@9[e][f]\n");
    CHECK("a,\"b\rc,d\re,f\r", "1@0!open\n2@5[c][d]\n3@9[e][f]\n");
    CHECK("a,\"b\r\nc,d\r\ne,f\r\n", "1@0!open\n2@6[c][d]\n3@11[e][f]\n");
    CHECK("x\na,\"b\"c,d\ny\n", "1@0[x]\n2@2!stray\n3@11[y]\n");
    CHECK("x\ra,\"b\"c,d\ry\r", "1@0[x]\n2@2!stray\n3@11[y]\n");
    CHECK("x\r\na,\"b\"c,d\r\ny\r\n", "1@0[x]\n2@3!stray\n3@13[y]\n");
    CHECK("\"a\rb\"c\r\"d\",e\r", "1@0!stray\n2@3[b\"c]\n3@7[d][e]\n");
    CHECK("\"a\nb\"c\n\"d\",e\n", "1@0!stray\n2@3[b\"c]\n3@7[d][e]\n");
    CHECK("\"", "1@0!open\n");
    CHECK("\"a\"b", "1@0!stray\n");
    CHECK("\"a\n\"b\n\"c\n", "1@0!stray\n2@3!stray\n3@6!open\n");
}

static void test_rows_longer_than_the_limit(void **state)
{
    (void)state;
    const char plain[] = "aaaa,bbbb,cccc\nd,e\n";
    const char quoted[] = "\"aaaa\nbbbb\ncccc\",x\nd,e\n";
    const char quote_last[] = "aaaaaa,\"bbb\"\nd,e\n";
    const char returns[] = "aaaa,bbbb,cccc\rd,e\r";

    check(plain, sizeof plain - 1, 8, "1@0!long\n2@15[d][e]\n");
    check(plain, sizeof plain - 1, 15, "1@0[aaaa][bbbb][cccc]\n2@15[d][e]\n");
    check(quoted, sizeof quoted - 1, 8, "1@0!long\n2@6[bbbb]\n3@11[cccc\"][x]\n4@19[d][e]\n");
    check(returns, sizeof returns - 1, 8, "1@0!long\n2@15[d][e]\n");
    /* Limits around the last quote: the bytes behind it may have moved, or be missing. */
    for (size_t max = 4; max < 13; max++)
        check(quote_last, sizeof quote_last - 1, max, "1@0!long\n2@13[d][e]\n");
    check(quote_last, sizeof quote_last - 1, 13, "1@0[aaaaaa][bbb]\n2@13[d][e]\n");
}

/* A buffer that is full holds many rows: none of them is too long. */
static void test_small_limits_read_many_rows(void **state)
{
    (void)state;
    static struct text in, want;

    in.len = want.len = 0;
    for (unsigned line = 1; line <= 100; line++) {
        put_place(&want, line, in.len);
        put_string(&want, "[abc][def]\n");
        put_string(&in, "abc,def\n");
    }
    for (size_t max = 8; max < 40; max++)
        check(in.bytes, in.len, max, want.bytes);
}

static void test_rows_with_many_cells(void **state)
{
    (void)state;
    static struct text in, out;

    for (unsigned cells = BOA_CSV_CELLS_MAX - 1; cells <= BOA_CSV_CELLS_MAX + 1; cells++) {
        in.len = 0;
        for (unsigned i = 1; i < cells; i++)
            put_string(&in, "x,");
        put_string(&in, "x\ny,z\n");
        split(&out, in.bytes, in.len, 4096, SIZE_MAX, false);
        if (cells > BOA_CSV_CELLS_MAX)
            assert_string_equal(out.bytes, "!wide\n[y][z]\n");
        else
            assert_int_equal(out.len, 3 * cells + strlen("\n[y][z]\n"));
    }
}

static void test_a_caller_may_want_fewer_cells(void **state)
{
    (void)state;
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row;
    struct boa_err err = { 0 };

    boa_input_open_text(&in, "t.csv", BOA_STR_LIT("1,2,3\n1,2,3,4\n\"1\",2,3\n"), &err);
    boa_csv_init(&csv, &in, ',', 1);
    csv.cells_max = 3;
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.count, 3);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.fault, BOA_CSV_FAULT_TOO_WIDE);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.line, 3);
    assert_int_equal(row.count, 3);
    boa_csv_release(&csv);
    boa_input_close(&in);
}

static void test_bytes_of_any_kind(void **state)
{
    (void)state;
    static struct text out;
    const char nul[] = "a\0b,\"\0\"\nc\n";

    split(&out, nul, sizeof nul - 1, 3, SIZE_MAX, true);
    assert_int_equal(out.len, sizeof "1@0[a\0b][\0]\n2@8[c]\n" - 1);
    assert_memory_equal(out.bytes, "1@0[a\0b][\0]\n2@8[c]\n", out.len);
    /* é in Windows-1252, alone, beside a quote that is doubled, and beside UTF-8. */
    CHECK("\xE9,\"\xE9\"\"\",\xC3\xA9\n", "1@0[\xC3\xA9][\xC3\xA9\"][\xC3\xA9]\n");
    CHECK("\x80\n", "1@0[\xE2\x82\xAC]\n");
}

static void test_the_first_recoded_cell_is_told(void **state)
{
    (void)state;
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row;
    struct boa_err err = { 0 };

    boa_input_open_text(&in, "t.csv", BOA_STR_LIT("a,\xE9,\xE8\n\xC3\xA9\n"), &err);
    boa_csv_init(&csv, &in, ',', 1);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.recoded, 2);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.recoded, 0);
    boa_csv_release(&csv);
    boa_input_close(&in);
}

/* Every row runs on over thousands behind it. Were each of them scanned so far, that would be 50
 * times what is allowed here. */
static void test_rows_that_reach_over_one_another_cost_their_length(void **state)
{
    enum { LINES = 100000, LINE = 5, SCANS = 40 };
    static const char tail[] = "q\"\ny,z\n";
    size_t size = LINES * LINE + sizeof tail - 1;
    char *text = malloc(size);
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row;
    struct boa_err err = { 0 };
    uint64_t refused = 0, scanned = 0;

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < LINES; i++)
        memcpy(text + i * LINE, "x\",\"\n", LINE);
    memcpy(text + LINES * LINE, tail, sizeof tail - 1);
    boa_input_open_text(&in, "t.csv", boa_str_make(text, size), &err);
    boa_csv_init(&csv, &in, ',', 1);
    csv.cells_max = 2000;
    for (uint64_t before = 0; boa_csv_next(&csv, &row, &err) == 1 && row.count != 2;) {
        if (row.fault == BOA_CSV_FAULT_NONE)
            continue;
        assert_int_equal(row.offset, (row.line - 1) * LINE);
        refused++;
        scanned += csv.vain_bytes - (csv.vain_bytes > before ? before : 0);
        before = csv.vain_bytes;
    }
    assert_true(refused > 32);
    assert_in_range(scanned, LINES * LINE, SCANS * LINES * LINE);
    /* What stands behind it all is read, at its place. */
    assert_int_equal(row.line, LINES + 2);
    assert_int_equal(row.offset, size - strlen("y,z\n"));
    assert_text_equal(row.cells[1], "z");
    boa_csv_release(&csv);
    boa_input_close(&in);
    free(text);
}

/* A few open quotes swallow nothing, and many neither where each costs little. */
static void test_many_stray_quotes_swallow_nothing(void **state)
{
    static struct text in, want;

    (void)state;
    in.len = want.len = 0;
    for (unsigned line = 1; line <= 1000; line++) {
        put_place(&want, line, in.len);
        put_string(&want, line % 2 != 0 ? "!stray\n" : "[a][b]\n");
        put_string(&in, line % 2 != 0 ? "\"x\"y,b\n" : "a,b\n");
    }
    check(in.bytes, in.len, SIZE_MAX, want.bytes);
}

/* A row without an end is told before its end is looked for. */
static void test_an_endless_row_is_told_at_once(void **state)
{
    static const char zeros[4096] = { 0 };
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row;
    struct boa_err err = { 0 };

    (void)state;
    boa_input_open_text(&in, "t.csv", boa_str_make(zeros, sizeof zeros), &err);
    in.max = in.chunk = 64;
    boa_csv_init(&csv, &in, ',', 1);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.fault, BOA_CSV_FAULT_TOO_LONG);
    assert_true(in.offset + boa_input_kept(&in).len <= 128);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 0);
    assert_int_equal(in.offset, sizeof zeros);
    boa_csv_release(&csv);
    boa_input_close(&in);
}

/* Recoded cells grow; a row that would need more room than there is is refused, no more. */
static void test_a_row_may_need_too_much_room(void **state)
{
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row;
    struct boa_err err = { 0 };

    (void)state;
    boa_input_open_text(&in, "t.csv", BOA_STR_LIT("\xE9,aaaaaaaaaaaaaaaaaaaaaaaaa\nb,c\n"), &err);
    boa_csv_init(&csv, &in, ',', 1);
    csv.scratch.max = 100;
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.fault, BOA_CSV_FAULT_TOO_LONG);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.fault, BOA_CSV_FAULT_NONE);
    assert_int_equal(row.line, 2);
    assert_text_equal(row.cells[0], "b");
    boa_csv_release(&csv);
    boa_input_close(&in);
}

static void test_other_separators(void **state)
{
    (void)state;
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row;
    struct boa_err err = { 0 };

    boa_input_open_text(&in, "t.tsv", BOA_STR_LIT("a\t \"b\tc\" \td,e\n"), &err);
    boa_csv_init(&csv, &in, '\t', 41);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.line, 41);
    assert_int_equal(row.count, 3);
    assert_text_equal(row.cells[0], "a");
    assert_text_equal(row.cells[1], "b\tc");
    assert_text_equal(row.cells[2], "d,e");
    boa_csv_release(&csv);
    boa_input_close(&in);
}

static void test_resuming_behind_the_first_line(void **state)
{
    (void)state;
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row;
    struct boa_err err = { 0 };

    boa_input_open_text(&in, "t.csv", BOA_STR_LIT("\"a\nb\nc\",d\ne\n"), &err);
    boa_csv_init(&csv, &in, ',', 1);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.lines, 3);
    boa_csv_resume_at_next_line(&csv);
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.line, 2);
    assert_int_equal(row.offset, 3);
    assert_text_equal(row.cells[0], "b");
    boa_csv_resume_at_next_line(&csv); /* a row of one line: nothing changes */
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_int_equal(row.line, 3);
    assert_text_equal(row.cells[0], "c\"");
    assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
    assert_text_equal(row.cells[0], "e");
    assert_int_equal(boa_csv_next(&csv, &row, &err), 0);
    boa_csv_release(&csv);
    boa_input_close(&in);
}

/* A cell of 16 MiB in a million pieces: looking at what was seen before would take hours, so the
 * test's time limit fails it. The buffer may grow a few times only. */
static void test_long_cells_cost_their_length(void **state)
{
    enum { LONG = 16 << 20 };
    static const struct {
        const char *open, *fill, *close;
    } cells[] = {
        { "\"", "abcdefgh", "\"" }, { "\"", "\"\"a\"\"bc\n", "\"" }, { "", "abcdefgh", "" },
        { "x", "        ", "y" },   { "", "\t       ", "\"z\"" },
    };
    char *text = malloc(LONG + 64);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < COUNT(cells); i++) {
        struct boa_input in;
        struct boa_csv csv;
        struct boa_csv_row row;
        struct boa_err err = { 0 };
        size_t len = 0;

        for (const char *at = cells[i].open; *at != '\0'; at++)
            text[len++] = *at;
        for (; len + 8 < LONG; len += 8)
            memcpy(text + len, cells[i].fill, 8);
        for (const char *at = cells[i].close; *at != '\0'; at++)
            text[len++] = *at;
        boa_input_open_text(&in, "t.csv", boa_str_make(text, len), &err);
        in.chunk = 16;
        boa_csv_init(&csv, &in, ',', 1);
        boa_alloc_fail_at(0);
        assert_int_equal(boa_csv_next(&csv, &row, &err), 1);
        assert_int_equal(row.fault, BOA_CSV_FAULT_NONE);
        assert_int_equal(row.count, 1);
        assert_true(boa_alloc_count() < 64);
        assert_int_equal(boa_csv_next(&csv, &row, &err), 0);
        boa_csv_release(&csv);
        boa_input_close(&in);
    }
    free(text);
}

static int split_in_scant_memory(void *user, struct boa_err *err)
{
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row;
    int got;

    boa_input_open_text(&in, "t.csv", boa_str_from(user), err);
    in.chunk = 16;
    boa_csv_init(&csv, &in, ',', 1);
    while ((got = boa_csv_next(&csv, &row, err)) > 0)
        continue;
    boa_csv_release(&csv);
    boa_input_close(&in);
    return got;
}

static void test_allocations_may_fail(void **state)
{
    static struct text in;

    (void)state;
    in.len = 0;
    put_string(&in, "\"a \"\"quoted\"\" cell\",\xE9,c\n");
    for (int i = 0; i < 200; i++)
        put_string(&in, "x,");
    assert_true(unit_each_allocation_fails(split_in_scant_memory, in.bytes) >= 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_and_places),
        cmocka_unit_test(test_blanks_and_quotes),
        cmocka_unit_test(test_faults_swallow_nothing),
        cmocka_unit_test(test_rows_longer_than_the_limit),
        cmocka_unit_test(test_small_limits_read_many_rows),
        cmocka_unit_test(test_rows_with_many_cells),
        cmocka_unit_test(test_a_caller_may_want_fewer_cells),
        cmocka_unit_test(test_bytes_of_any_kind),
        cmocka_unit_test(test_the_first_recoded_cell_is_told),
        cmocka_unit_test(test_rows_that_reach_over_one_another_cost_their_length),
        cmocka_unit_test(test_many_stray_quotes_swallow_nothing),
        cmocka_unit_test(test_an_endless_row_is_told_at_once),
        cmocka_unit_test(test_a_row_may_need_too_much_room),
        cmocka_unit_test(test_other_separators),
        cmocka_unit_test(test_resuming_behind_the_first_line),
        cmocka_unit_test(test_long_cells_cost_their_length),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
