/* Reading CodeCarbon's tables: which are taken, which rows are refused, and where it says so. */
#include "converters/read_codecarbon_csv.h"

#include <stdlib.h>

#include "tests/unit/unit.h"
/* The log needs cmocka in front of it. */
#include "tests/unit/finding_log.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#define HEADER "timestamp,run_id,duration,emissions,energy_consumed,tracking_mode,on_cloud\n"

/* One way through a table: "LINE@OFFSET RUN ENERGY" for each row that is taken, with "task" behind
 * it where it is one. */
struct reading {
    bool usable;
    uint64_t rows, refused;
    char text[4096];
    struct finding_log log;
};

static size_t show(char *text, size_t size, const struct cc_rows *rows, const struct cc_row *row)
{
    struct boa_str name = rows->cells[rows->columns + CC_ID];

    assert_text_equal(row->place.file, "t.csv");
    assert_int_equal(row->has_key, name.len != 0);
    return (size_t)snprintf(text, size, "%d@%d %.*s %.*s%s\n", (int)row->place.line,
                            (int)row->offset, BOA_STR_FMT(name),
                            BOA_STR_FMT(cc_rows_cell(rows, CC_ENERGY)),
                            row->kind == CC_ROW_TASK ? " task" : "");
}

/* Under the columns of a list, if one is given. */
static void read_under(struct reading *reading, const char *list, struct boa_str bytes,
                       size_t chunk)
{
    struct boa_input in;
    struct columns columns = { 0 };
    struct cc_csv reader;
    struct cc_rows *rows = &reader.rows;
    struct cc_row row;
    struct boa_err err = { 0 };
    size_t len = 0;
    int got = 0;

    finding_log_clear(&reading->log);
    reading->text[0] = '\0';
    if (list != NULL)
        assert_int_equal(columns_from_list(&columns, list, &err), 0);
    boa_input_open_text(&in, "t.csv", bytes, &err);
    in.chunk = chunk;
    assert_int_equal(
        cc_csv_open(&reader, &in, &columns, &reading->log.diags, &reading->usable, &err), 0);
    while (reading->usable && (got = rows->ops->next(rows, &row, &err)) > 0) {
        len += show(reading->text + len, sizeof reading->text - len, rows, &row);
        assert_true(len < sizeof reading->text);
    }
    assert_int_equal(got, 0);
    reading->rows = rows->seen;
    reading->refused = rows->refused;
    rows->ops->close(rows);
    boa_input_close(&in);
    columns_release(&columns);
}

static void read_bytes(struct reading *reading, struct boa_str bytes, size_t chunk)
{
    read_under(reading, NULL, bytes, chunk);
}

static void check(const char *text, const char *rows, const char *findings)
{
    static const size_t chunks[] = { 1, 2, 7, 1 << 16 };
    static struct reading reading;

    for (size_t i = 0; i < COUNT(chunks); i++) {
        read_bytes(&reading, boa_str_from(text), chunks[i]);
        assert_string_equal(reading.text, rows);
        assert_string_equal(reading.log.text, findings);
    }
}

static void test_columns_stand_anywhere(void **state)
{
    (void)state;
    check(HEADER "2026-03-10T09:31:12,r1,1,2,0.5,machine,N\n", "2@75 r1 0.5\n", "");
    check("extra, energy_consumed ,\"emissions\",,duration,timestamp\n"
          "x,0.5,1,,2,2026-03-10 09:31:12\n",
          "2@56  0.5\n", "");
    check("\xEF\xBB\xBFtimestamp,duration,emissions,energy_consumed\r\n"
          "2026-03-10T09:31:12,1,1,0.5\r\n",
          "2@49  0.5\n", "");
    /* Of columns of one name the first counts. */
    check("timestamp,duration,emissions,energy_consumed,energy_consumed\n"
          "2026-03-10T09:31:12,1,1,0.5,0.7\n",
          "2@61  0.5\n", "");
    check("timestamp,duration,emissions,energy_consumed\r\r\n2026-03-10T09:31:12,1,1,0.5\r\r\n",
          "3@47  0.5\n", "");
}

static void test_tables_that_are_not_codecarbons(void **state)
{
    static const struct {
        const char *text, *finding;
    } cases[] = {
        { "", "INPUT_EMPTY t.csv:0:0 : the file is empty\n" },
        { "\xEF\xBB\xBF", "INPUT_EMPTY t.csv:0:0 : the file is empty\n" },
        { "\n \n\r\n", "INPUT_EMPTY t.csv:0:0 : the file is empty\n" },
        { "a,b\n1,2\n", "TABLE_UNKNOWN t.csv:1:0 : not a table of CodeCarbon's: no column "
                        "timestamp, duration, emissions, energy_consumed\n" },
        { "{\"run_id\": 1}", "TABLE_UNKNOWN t.csv:1:0 : not a table of CodeCarbon's: no column "
                             "timestamp, duration, emissions, energy_consumed\n" },
        { "\n\"timestamp,duration\n", "TABLE_UNKNOWN t.csv:2:0 : not a table of CodeCarbon's: no "
                                      "column timestamp, duration, emissions, energy_consumed\n" },
        { "timestamp,emissions,energy_consumed\n", "TABLE_UNKNOWN t.csv:1:0 : not a table of "
                                                   "CodeCarbon's: no column duration\n" },
        { "timestamp,duration,emissions\n1,2,3\n",
          "TABLE_WITHOUT_ENERGY t.csv:1:0 : no column energy_consumed\n" },
        { "timestamp;duration;emissions\n1;2;3\n",
          "TABLE_WITHOUT_ENERGY t.csv:1:0 : no column energy_consumed\n" },
        { "<<<<<<< HEAD\n", "CONFLICT_MARKER t.csv:1:0 : conflict markers of a merge; the rows of "
                            "both sides are read\n"
                            "INPUT_EMPTY t.csv:0:0 : the file is empty\n" },
        { "\xFF\xFEt", "TABLE_UNKNOWN t.csv:1:0 : the text is UTF-16; save it as UTF-8\n" },
        { "\xFE\xFF", "TABLE_UNKNOWN t.csv:1:0 : the text is UTF-16; save it as UTF-8\n" },
        { "PK\x03\x04\x14", "TABLE_UNKNOWN t.csv:1:0 : an Excel workbook or another archive; save "
                            "it as CSV (UTF-8)\n" },
        { "\x1F\x8B\x08", "TABLE_UNKNOWN t.csv:1:0 : compressed by gzip; unpack it first\n" },
        { "Timestamp,duration,emissions,Energy consumed\n",
          "TABLE_UNKNOWN t.csv:1:0 : not a table of CodeCarbon's: no column timestamp, "
          "energy_consumed; \"Timestamp\" looks like timestamp\n" },
        { "timestamp,duration,emissions,Energy consumed\n",
          "TABLE_UNKNOWN t.csv:1:0 : not a table of CodeCarbon's: no column energy_consumed; "
          "\"Energy consumed\" looks like energy_consumed\n" },
    };
    static struct reading reading;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t chunk = 1; chunk < 5; chunk++) {
            read_bytes(&reading, boa_str_from(cases[i].text), chunk);
            assert_false(reading.usable);
            assert_string_equal(reading.log.text, cases[i].finding);
        }
    }
}

/* A megabyte without a comma or line end, as in a file of another kind. */
static void test_a_header_without_end(void **state)
{
    static struct reading reading;
    enum { LONG = 3 << 20 };
    char *text = malloc(LONG);

    (void)state;
    assert_non_null(text);
    memset(text, 'x', LONG);
    read_bytes(&reading, boa_str_make(text, LONG), 1 << 16);
    assert_false(reading.usable);
    assert_non_null(strstr(reading.log.text, "TABLE_UNKNOWN t.csv:1:0"));
    free(text);
}

static void test_rows_that_do_not_fit(void **state)
{
    static const struct {
        const char *row, *finding;
    } cases[] = {
        { "2026-03-10T09:31:12,r,1,2,0.5,machine", "ROW_LENGTH t.csv:2:0 : row refused: want 7 "
                                                   "cells, have 6\n" },
        { "2026-03-10T09:31:12,r,1,2,0.5,machine,N,", "ROW_LENGTH t.csv:2:0 : row refused: want 7 "
                                                      "cells, have 8\n" },
        { "r,2026-03-10T09:31:12,1,2,0.5,machine,N",
          "ROW_SHIFTED t.csv:2:0 : row refused: column timestamp: want YYYY-MM-DDTHH:MM:SS, have "
          "\"r\"\n" },
        { "2026-02-30T09:31:12,r,1,2,0.5,machine,N",
          "ROW_SHIFTED t.csv:2:0 : row refused: column timestamp: want YYYY-MM-DDTHH:MM:SS, have "
          "\"2026-02-30T09:31:12\"\n" },
        { "2026-03-10T09:31:12,r,1,2,0.5,N,N",
          "ROW_SHIFTED t.csv:2:0 : row refused: column tracking_mode: want machine or process, "
          "have \"N\"\n" },
        { "2026-03-10T09:31:12,r,1,2,0.5,machine,machine",
          "ROW_SHIFTED t.csv:2:0 : row refused: column on_cloud: want Y or N, have \"machine\"\n" },
        { "2026-03-10T09:31:12,r,long,2,0.5,machine,N",
          "ROW_SHIFTED t.csv:2:0 : row refused: column duration: want a number, have \"long\"\n" },
        { "2026-03-10T09:31:12,r,1,France,0.5,machine,N",
          "ROW_SHIFTED t.csv:2:0 : row refused: column emissions: want a number, have "
          "\"France\"\n" },
        { "2026-03-10T09:31:12,r,1,2,\"0,5\",machine,N",
          "ROW_SHIFTED t.csv:2:0 : row refused: column energy_consumed: want a number with a "
          "decimal point, have \"0,5\"\n" },
        { "2026-03-10T09:31:12,r,1,2,inf,machine,N",
          "ROW_SHIFTED t.csv:2:0 : row refused: column energy_consumed: want a number, have "
          "\"inf\"\n" },
        { "2026-03-10T09:31:12,r,1,2,,machine,N",
          "ENERGY_MISSING t.csv:2:0 : row refused: column energy_consumed is empty\n" },
        { "2026-03-10T09:31:12,r,1,2,nan,machine,N",
          "ENERGY_MISSING t.csv:2:0 : row refused: column energy_consumed is nan, not a number\n" },
        { "3/10/2026 9:31,r,1,2,0.5,machine,N",
          "ROW_SHIFTED t.csv:2:0 : row refused: column timestamp: want YYYY-MM-DDTHH:MM:SS (a "
          "spreadsheet may have rewritten it), have \"3/10/2026 9:31\"\n" },
        { "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29",
          "ROW_LENGTH t.csv:2:0 : row refused: want 7 cells, have 29, as another version of "
          "CodeCarbon writes\n" },
        { "2026-03-10T09:31:12,\"r\"s,1,2,0.5,machine,N",
          "QUOTE_OPEN t.csv:2:0 : row refused: text follows a closing quote\n" },
        { "2026-03-10T09:31:12,\"r,1,2,0.5,machine,N",
          "QUOTE_OPEN t.csv:2:0 : row refused: a quote is opened and never closed\n" },
        { "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31",
          "ROW_LENGTH t.csv:2:0 : row refused: want 7 cells, have more than 30\n" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[512], rows[64];

        (void)snprintf(text, sizeof text, HEADER "%s\n2026-03-10T09:31:13,s,1,2,0.6,machine,N\n",
                       cases[i].row);
        (void)snprintf(rows, sizeof rows, "3@%d s 0.6\n",
                       (int)(strlen(HEADER) + strlen(cases[i].row)) + 1);
        check(text, rows, cases[i].finding);
    }
}

static void test_cells_of_odd_but_good_form(void **state)
{
    static const char *const rows[] = {
        "2026-03-10T09:31:12Z,r,,,1,,",
        "2026-03-10 09:31:12.125,r,nan,NaN,+1.,PROCESS,n",
        "\" 2026-03-10T09:31:12 \",\"r\", 1 ,-2e-3,1e-30,machine,True",
        "2026-03-10T09:31:12,r,1.0,1,007,None,0.0",
    };
    static struct reading reading;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[512];

        (void)snprintf(text, sizeof text, HEADER "%s", rows[i]);
        read_bytes(&reading, boa_str_from(text), 16);
        assert_string_equal(reading.log.text, "");
        assert_int_equal(reading.rows, 1);
        assert_int_equal(reading.refused, 0);
    }
}

/* A quote that a later row closes costs the row it stands in, not those between. */
static void test_an_open_quote_swallows_nothing(void **state)
{
    (void)state;
    check(HEADER "2026-03-10T09:31:12,\"a,1,2,0.5,machine,N\n"
                 "2026-03-10T09:31:13,b,1,2,0.6,machine,N\n"
                 "2026-03-10T09:31:14,c,1,2,0.7,machine,\"N\"\n",
          "3@116 b 0.6\n4@156 c 0.7\n",
          "QUOTE_OPEN t.csv:2:0 : row refused: text follows a closing quote\n");
    /* The quote closes at a cell's end, so only the number of cells gives it away. */
    check(HEADER "2026-03-10T09:31:12,\"a,1,2,0.5,machine,N\n"
                 "2026-03-10T09:31:13,b,1,2,0.6,machine,N\"\n",
          "",
          "ROW_LENGTH t.csv:2:0 : row refused: want 7 cells, have 2\n"
          "ROW_SHIFTED t.csv:3:0 : row refused: column on_cloud: want Y or N, have \"N\"\"\n");
}

static void test_repeated_headers(void **state)
{
    static struct reading reading;

    (void)state;
    read_bytes(&reading,
               BOA_STR_LIT(HEADER "2026-03-10T09:31:12,a,1,2,0.5,machine,N\n" HEADER
                                  "2026-03-10T09:31:13,b,1,2,0.6,machine,N\n"),
               5);
    assert_string_equal(reading.text, "2@75 a 0.5\n4@190 b 0.6\n");
    assert_int_equal(reading.rows, 2);
    assert_string_equal(reading.log.text, "");
    /* In one that says it in another order or with quotes, names count. */
    check(HEADER "energy_consumed,\"run_id\",emissions,duration,timestamp\n"
                 "0.5,r1,1,2,2026-03-10T09:31:12\n" HEADER
                 "2026-03-10T09:31:13,r2,1,2,0.6,machine,N\n",
          "3@129 r1 0.5\n5@235 r2 0.6\n", "");
    /* Rows under a header that lacks something are refused one by one. */
    check(HEADER "timestamp,duration,emissions\n2026-03-10T09:31:12,1,2\n" HEADER
                 "2026-03-10T09:31:13,r2,1,2,0.6,machine,N\n",
          "5@203 r2 0.6\n",
          "TABLE_WITHOUT_ENERGY t.csv:2:0 : no column energy_consumed\n"
          "ENERGY_MISSING t.csv:3:0 : row refused: column energy_consumed is empty\n");
}

#define SHORT_HEADER "timestamp,run_id,duration,emissions,energy_consumed\n"

/* What spreadsheets make of a table: other separators, and points that become commas. */
static void test_other_separators(void **state)
{
    (void)state;
    check("timestamp;duration;emissions;energy_consumed;run_id\n"
          "2026-03-10T09:31:12;1,5;1E-05;0,5;a,b\n"
          "2026-03-10T09:31:13;1,5;1,0E-05;\"0,6\";c\n"
          "2026-03-10T09:31:14;1.5;1;0.7;d\n",
          "2@52 a,b 0.5\n3@90 c 0.6\n4@130 d 0.7\n", "");
    check("timestamp\tduration\temissions\tenergy_consumed\trun_id\n"
          "2026-03-10T09:31:12\t1,5\t1\t-0,5e-3\ta\n",
          "2@52 a -0.5e-3\n", "");
    /* A point and a comma: a thousand or a fraction, nobody knows. */
    check("timestamp;duration;emissions;energy_consumed\n"
          "2026-03-10T09:31:12;1;1;1.000,5\n2026-03-10T09:31:12;1;1;1,000,5\n",
          "",
          "ROW_SHIFTED t.csv:2:0 : row refused: column energy_consumed: want a number with a "
          "decimal point, have \"1.000,5\"\n"
          "ROW_SHIFTED t.csv:3:0 : row refused: column energy_consumed: want a number with a "
          "decimal point, have \"1.000,5\"\n");
    /* The separator is that of the header, whatever its names and other rows hold. */
    check("\"a;b;c;d;e\"\"\",timestamp,duration,emissions,energy_consumed\n"
          "x;y;z;;;;,2026-03-10T09:31:12,1,1,0.5\n",
          "2@59  0.5\n", "");
}

static void test_rows_of_both_sides_of_a_conflict(void **state)
{
    (void)state;
    check("<<<<<<< HEAD\n" SHORT_HEADER "2026-03-10T09:31:12,a,1,1,0.5\n"
          "=======\n" SHORT_HEADER "2026-03-10T09:31:13,b,1,1,0.6\n>>>>>>> theirs, and more\n",
          "3@65 a 0.5\n6@155 b 0.6\n",
          "CONFLICT_MARKER t.csv:1:0 : conflict markers of a merge; the rows of both sides are "
          "read\n"
          "ROW_LENGTH t.csv:7:0 : row refused: want 5 cells, have 2\n");
    check(SHORT_HEADER "2026-03-10T09:31:12,a,1,1,0.5\n||||||| base\n=======\n>>>>>>> 1a2b\n",
          "2@52 a 0.5\n",
          "CONFLICT_MARKER t.csv:3:0 : conflict markers of a merge; the rows of both sides are "
          "read\n");
}

static void test_tasks(void **state)
{
    (void)state;
    check("task_name,timestamp,run_id,duration,emissions,energy_consumed\n"
          "load,2026-03-10T09:31:12,a,1,1,0.5\n",
          "2@62 a 0.5 task\n", "");
}

static void test_columns_from_outside(void **state)
{
    static const char *const list = "timestamp, run_id ,duration,emissions,energy_consumed";
    static struct reading reading;

    (void)state;
    read_under(&reading, list, BOA_STR_LIT("2026-03-10T09:31:12,a,1,1,0.5\n"), 3);
    assert_true(reading.usable);
    assert_string_equal(reading.text, "1@0 a 0.5\n");
    /* A piece that has its header all the same follows that. */
    read_under(&reading, list,
               BOA_STR_LIT("\xEF\xBB\xBFrun_id,timestamp,duration,emissions,energy_consumed\n"
                           "a,2026-03-10T09:31:12,1,1,0.5\n"),
               3);
    assert_string_equal(reading.text, "2@55 a 0.5\n");
    assert_int_equal(reading.rows, 1);
    assert_string_equal(reading.log.text, "");
    read_under(&reading, "timestamp,run_id", BOA_STR_LIT("2026-03-10T09:31:12,a\n"), 3);
    assert_false(reading.usable);
    assert_string_equal(reading.log.text, "TABLE_UNKNOWN t.csv:0:0 : not a table of CodeCarbon's: "
                                          "no column duration, emissions, energy_consumed\n");
}

/* Cells as a user or Boavizta's script disfigured them. */
static void test_cells_in_strange_clothes(void **state)
{
    static const struct {
        const char *column, *cell, *want;
    } cases[] = {
        { "country_iso_code", "\"\"\"DK\"\"\"", "DK" },
        { "country_name", "\"\"\"Korea, Republic of\"\"\"", "Korea, Republic of" },
        { "country_iso_code", "\"\"\"\"\"\"", "\"\"" }, /* nothing inside: as it is */
        { "country_iso_code", "DK", "DK" },
        { "cpu_power", "Power(kW=0.0425)", "42.5" },
        { "cpu_power", "Power(W=1)", "Power(W=1)" },
        { "energy_consumed", "Energy(kWh=1.5e-06)", "1.5e-06" },
        { "ram_total_size", "\"1,5\"", "1,5" }, /* between commas: no decimal comma */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[256];
        struct boa_input in;
        struct cc_csv reader;
        struct cc_row row;
        struct boa_err err = { 0 };
        bool usable;

        /* Of columns of one name the first counts. */
        (void)snprintf(text, sizeof text,
                       "%s,timestamp,duration,emissions,energy_consumed\n"
                       "%s,2026-03-10T09:31:12,1,1,0.5\n",
                       cases[i].column, cases[i].cell);
        boa_input_open_text(&in, "t.csv", boa_str_from(text), &err);
        assert_int_equal(cc_csv_open(&reader, &in, NULL, NULL, &usable, &err), 0);
        assert_int_equal(reader.rows.ops->next(&reader.rows, &row, &err), 1);
        assert_text_equal(reader.rows.cells[0], cases[i].want);
        reader.rows.ops->close(&reader.rows);
        boa_input_close(&in);
    }
}

static void test_what_names_a_run(void **state)
{
    static const struct {
        const char *run_id, *name;
    } cases[] = {
        { "r1", "r1" },
        { "", "" },
        { "None", "" },
        { "nan", "" },
        { "5b0fa12a-3dd7-45bb-9766-cc326314d9f1", "" }, /* CodeCarbon's default experiment */
        { "5b0fa12a-3dd7-45bb-9766-cc326314d9f2", "5b0fa12a-3dd7-45bb-9766-cc326314d9f2" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int old = 0; old < 2; old++) {
            const char *header = old ? "experiment_id,timestamp,duration,emissions,energy_consumed"
                                     : "run_id,timestamp,duration,emissions,energy_consumed";
            char text[256], want[128];

            (void)snprintf(text, sizeof text, "%s\n%s,2026-03-10T09:31:12,1,1,0.5\n", header,
                           cases[i].run_id);
            (void)snprintf(want, sizeof want, "2@%d %s 0.5\n", (int)strlen(header) + 1,
                           cases[i].name);
            check(text, want, "");
        }
    }
    /* Beside a run_id an experiment_id names nothing. */
    check("experiment_id,run_id,timestamp,duration,emissions,energy_consumed\n"
          "e,,2026-03-10T09:31:12,1,1,0.5\n",
          "2@66  0.5\n", "");
}

static void test_cells_that_are_no_utf8(void **state)
{
    (void)state;
    check("timestamp,duration,emissions,energy_consumed,project_name\n"
          "2026-03-10T09:31:12,1,1,0.5,r\xE9sum\xE9\n",
          "2@58  0.5\n",
          "CELL_ENCODING t.csv:2:0 : column project_name is not UTF-8; read as Windows-1252\n");
}

static int read_in_scant_memory(void *user, struct boa_err *err)
{
    const char *text = user;
    struct boa_input in;
    struct cc_csv reader;
    struct cc_row row;
    bool usable;
    int got;

    if (boa_input_open_text(&in, "t.csv", boa_str_from(text), err) != 0)
        return -1;
    got = cc_csv_open(&reader, &in, NULL, NULL, &usable, err);
    if (got == 0)
        while ((got = reader.rows.ops->next(&reader.rows, &row, err)) > 0)
            continue;
    reader.rows.ops->close(&reader.rows);
    boa_input_close(&in);
    return got;
}

static void test_allocations_may_fail(void **state)
{
    (void)state;
    static char plain[] = HEADER "2026-03-10T09:31:12,\xE9,1,2,0.5,machine,N\n";
    static char changing[] = "timestamp;duration;emissions;energy_consumed\n"
                             "2026-03-10T09:31:12;1;2;0,5\n"
                             "duration;timestamp;emissions;energy_consumed;cpu_power\n"
                             "1;2026-03-10T09:31:12;2;0,5;Power(kW=1)\n";

    assert_true(unit_each_allocation_fails(read_in_scant_memory, plain) >= 6);
    assert_true(unit_each_allocation_fails(read_in_scant_memory, changing) >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_stand_anywhere),
        cmocka_unit_test(test_tables_that_are_not_codecarbons),
        cmocka_unit_test(test_a_header_without_end),
        cmocka_unit_test(test_rows_that_do_not_fit),
        cmocka_unit_test(test_cells_of_odd_but_good_form),
        cmocka_unit_test(test_an_open_quote_swallows_nothing),
        cmocka_unit_test(test_repeated_headers),
        cmocka_unit_test(test_other_separators),
        cmocka_unit_test(test_rows_of_both_sides_of_a_conflict),
        cmocka_unit_test(test_tasks),
        cmocka_unit_test(test_columns_from_outside),
        cmocka_unit_test(test_cells_in_strange_clothes),
        cmocka_unit_test(test_what_names_a_run),
        cmocka_unit_test(test_cells_that_are_no_utf8),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
