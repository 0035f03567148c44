/* The splitter against libcsv, and against random tables that know their own places. */
#include "converters/csv.h"

#include <csv.h>

#include "tests/unit/unit.h"
/* It needs cmocka in front of it. */
#include "tests/unit/csv_rows.h"

/* ---- libcsv ---------------------------------------------------------------------------------- */

/* libcsv keeps blanks inside quotes, which we trim, and gives a row of one pair of quotes, which is
 * blank to us. It repairs stray quotes and closes open ones, which are faults to us: the texts here
 * hold none. */
struct oracle {
    struct text *out;
    size_t row_start;
    unsigned cells;
};

static bool is_blank(char byte)
{
    return byte != '\0' && strchr(" \t\r\n\v\f", byte) != NULL;
}

static void oracle_cell(void *bytes, size_t len, void *user)
{
    struct oracle *oracle = user;
    const char *cell = bytes;

    while (len > 0 && is_blank(cell[len - 1]))
        len--;
    for (; len > 0 && is_blank(*cell); len--)
        cell++;
    put_string(oracle->out, "[");
    put(oracle->out, cell, len);
    put_string(oracle->out, "]");
    oracle->cells++;
}

static void oracle_row(int end, void *user)
{
    struct oracle *oracle = user;

    (void)end;
    if (oracle->cells == 1 && oracle->out->len == oracle->row_start + 2)
        oracle->out->len = oracle->row_start;
    else
        put_string(oracle->out, "\n");
    oracle->out->bytes[oracle->out->len] = '\0';
    oracle->row_start = oracle->out->len;
    oracle->cells = 0;
}

static void split_by_libcsv(struct text *out, const char *bytes, size_t len)
{
    struct csv_parser parser;
    struct oracle oracle = { .out = out };

    out->len = 0;
    out->bytes[0] = '\0';
    assert_int_equal(csv_init(&parser, 0), 0);
    assert_int_equal(csv_parse(&parser, bytes, len, oracle_cell, oracle_row, &oracle), len);
    assert_int_equal(csv_fini(&parser, oracle_cell, oracle_row, &oracle), 0);
    csv_free(&parser);
}

static void compare_with_libcsv(const char *bytes, size_t len)
{
    static struct text have, want;

    split_by_libcsv(&want, bytes, len);
    for (size_t i = 0; i < COUNT(chunks); i++) {
        split(&have, bytes, len, chunks[i], SIZE_MAX, false);
        assert_string_equal(have.bytes, want.bytes);
    }
}

static void test_tables_as_libcsv_reads_them(void **state)
{
    static const char *const tables[] = {
        "a,b,c\n1,2,3\n",
        "a,b,c\r\n1,2,3\r\n",
        "a\r\r\nb\r\r\n",
        "\"a\",\"b\"\n\"c,d\",\"e\"\"f\"\n",
        "\"multi\nline\",x\n\"and\r\nmore\r\n\",y\n",
        " a , \"b\" ,\tc\t\n",
        ",,\n\n,\n",
        "it's 5\" long,\"5\"\" too\"\n",
        "last row,has no end",
        "\"last row\",\"has no end\"",
        "\n\n\n",
        "\"\"\n\"\",\"\"\n",
        "\xC3\xA9t\xC3\xA9,\"\xE2\x82\xAC\"\n",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(tables); i++)
        compare_with_libcsv(tables[i], strlen(tables[i]));
}

/* ---- Random tables --------------------------------------------------------------------------- */

static uint64_t seed;

static unsigned any(unsigned below)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(seed >> 33) % below;
}

struct table {
    struct text bytes, rows; /* rows: what split() should say */
    uint64_t line;
};

/* The text of a cell, and how it stands in the file. */
static void put_any_cell(struct table *table)
{
    static const char *const words[] = { "",  "a",  "0.25", "x y", "\xC3\xA9", "\"",
                                         ",", "\n", "\r\n", "end", "\t",       "2026-03-10" };
    bool quoted = any(3) == 0;
    char text[64] = "x"; /* no blank at the ends, so that trimming changes nothing */

    for (unsigned n = any(4); n > 0; n--) {
        const char *word = words[any(COUNT(words))];
        if (!quoted && strpbrk(word, ",\"\n") != NULL)
            continue;
        strcat(text, word);
        if (strchr(word, '\n') != NULL)
            table->line++;
    }
    strcat(text, "y");
    if (any(4) == 0)
        put_string(&table->bytes, any(2) ? "  " : "\t");
    if (quoted)
        put_string(&table->bytes, "\"");
    for (const char *at = text; *at != '\0'; at++) {
        put(&table->bytes, at, 1);
        if (*at == '"')
            put_string(&table->bytes, "\"");
    }
    if (quoted)
        put_string(&table->bytes, "\"");
    if (any(4) == 0)
        put_string(&table->bytes, " ");
    put_string(&table->rows, "[");
    put_string(&table->rows, text);
    put_string(&table->rows, "]");
}

static void put_any_row(struct table *table)
{
    static const char *const ends[] = { "\n", "\r\n", "\r", "\n\n", "\r\r\n", "\r\n \n" };
    static const unsigned end_lines[] = { 1, 1, 1, 2, 2, 2 };
    unsigned end = any(COUNT(ends));

    put_place(&table->rows, table->line, table->bytes.len);
    for (unsigned cells = 1 + any(6); cells > 0; cells--) {
        put_any_cell(table);
        if (cells > 1)
            put_string(&table->bytes, ",");
    }
    put_string(&table->rows, "\n");
    put_string(&table->bytes, ends[end]);
    table->line += end_lines[end];
}

static void test_random_tables(void **state)
{
    static struct table table;

    (void)state;
    for (seed = 1; seed < 200000; seed += 997) {
        uint64_t started = seed;
        table.bytes.len = table.rows.len = 0;
        table.line = 1;
        for (unsigned rows = any(12); rows > 0; rows--)
            put_any_row(&table);
        table.bytes.bytes[table.bytes.len] = '\0';
        table.rows.bytes[table.rows.len] = '\0';
        check(table.bytes.bytes, table.bytes.len, SIZE_MAX, table.rows.bytes);
        compare_with_libcsv(table.bytes.bytes, table.bytes.len);
        seed = started;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables_as_libcsv_reads_them),
        cmocka_unit_test(test_random_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
