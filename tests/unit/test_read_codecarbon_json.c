/* Reading CodeCarbon's JSON in every form it comes in, and in forms it should not. */
#include "converters/read_codecarbon_json.h"

#include <stdlib.h>

#include "tests/unit/reading.h"

#define T "\"timestamp\":\"2026-03-10T09:31:12\""
#define FIGURES "\"duration\":2.25,\"emissions\":1,\"energy_consumed\":0.5"
#define ROW(run) "{" T ",\"run_id\":\"" run "\"," FIGURES "}"
#define ROW_LEN 100 /* with a run of one letter */

static struct cc_json reader;

static int open_json(struct cc_rows **rows, struct boa_input *in, const struct boa_diags *diags,
                     struct boa_err *err)
{
    *rows = &reader.rows;
    return cc_json_open(&reader, in, diags, err);
}

static void check(const char *text, const char *rows, const char *findings)
{
    reading_check(open_json, text, 0, rows, findings);
}

static void test_objects_stand_anywhere(void **state)
{
    (void)state;
    assert_int_equal(strlen(ROW("a")), ROW_LEN);
    check(ROW("a"), "1@0 total a 0.5 1\n", "");
    check(ROW("a") "\n" ROW("b") "\r\n", "1@0 total a 0.5 1\n2@101 total b 0.5 1\n", "");
    check("\r\n" ROW("a") "\r\n\r\n" ROW("b") "\r\r\n" ROW("c"),
          "2@2 total a 0.5 1\n4@106 total b 0.5 1\n6@209 total c 0.5 1\n", "");
    check("\n\n {\n  " T ",\n  \"run_id\": \"a\",\n  " FIGURES "\n}\n", "3@3 total a 0.5 1\n", "");
    check("[" ROW("a") ",\n" ROW("b") "]", "1@1 total a 0.5 1\n2@103 total b 0.5 1\n", "");
    check("\xEF\xBB\xBF [ \n" ROW("a") " ] \n", "2@7 total a 0.5 1\n", "");
    check("[codecarbon INFO @ 09:31:12] started\n"
          "INFO:codecarbon:" ROW("a") "\n"
                                      "[codecarbon INFO @ 09:31:13] " ROW("b") " (end)\n"
                                                                               "bye\n",
          "2@53 total a 0.5 1\n3@183 total b 0.5 1\n", "");
    check("x " ROW("a") " y " ROW("b"), "1@2 total a 0.5 1\n1@105 total b 0.5 1\n", "");
    check("", "", "");
    check("[]", "", "");
    check("nothing at all\n", "", "");
}

static void test_google_exports(void **state)
{
    (void)state;
    check("{\"insertId\":\"x\",\"timestamp\":\"2026-03-10T09:31:12.5Z\",\"jsonPayload\":" ROW(
              "a") ",\"resource\":{\"labels\":{\"run_id\":\"z\"}},\"run_id\":\"z\"}\n",
          "1@0 total a 0.5 1\n", "");
    check("[{\"jsonPayload\":" ROW("a") "},\n{\"jsonPayload\":" ROW("b") "}]",
          "1@1 total a 0.5 1\n2@119 total b 0.5 1\n", "");
    check("{\n \"entries\": [\n  {\"jsonPayload\": " ROW("a") "},\n  {\"jsonPayload\": " ROW(
              "b") "}\n ],\n \"nextPageToken\": \"{x\"\n}\n",
          "3@18 total a 0.5 1\n4@139 total b 0.5 1\n", "");
    check("{\"textPayload\":\"INFO:x:{} {\\\"timestamp\\\":\\\"2026-03-10T09:31:12\\\",\\\"run_"
          "id\\\":\\\"caf\\\\u00e9\\\",\\\"duration\\\":2,\\\"emissions\\\":1,"
          "\\\"energy_consumed\\\":0.25}\"}\n{\"textPayload\":\"no object { here\",\"a\":1}\n",
          "1@0 total caf\xC3\xA9 0.25 1\n", "");
    check("{\"textPayload\":\"{\\\"timestamp\\\":01}\"}\n", "",
          "RECORD_SYNTAX t:1:1 : record refused: a number that is not written as JSON wants it\n");
    check("{\"jsonPayload\":{\"message\":\"hi\"}}\n", "",
          "RECORD_UNKNOWN t:1:0 : record refused: not one of CodeCarbon's: no key timestamp, "
          "duration, emissions, energy_consumed\n");
}

static void test_the_api(void **state)
{
    (void)state;
    check("{\"timestamp\":\"2026-04-19T17:37:31+01:00\",\"experiment_id\":\"e\",\"os\":\"Linux\","
          "\"codecarbon_version\":\"3.2.6\",\"provider\":\"gcp\",\"id\":\"r\"}\n"
          "{\"timestamp\":\"2026-04-19T17:37:31+01:00\",\"experiment_id\":\"e\",\"os\":\"Linux\","
          "\"codecarbon_version\":\"3.2.6\",\"provider\":null}\n",
          "1@0 about r - -\n2@130 about - - -\n", "");
    check("[{\"timestamp\":\"2026-04-19T17:37:31+01:00\",\"run_id\":\"r\",\"duration\":24,"
          "\"emissions_sum\":1.9e-05,\"energy_consumed\":0.1}]",
          "1@1 part r 0.1 1.9e-05\n", "");
    check("{" T ",\"duration\":24,\"emissions_sum\":1.9e-05,\"energy_consumed\":0.1}", "",
          "RECORD_UNKNOWN t:1:0 : record refused: not one of CodeCarbon's: no key run_id\n");
    /* Both: a report of the API's about a whole run is none of its calls. */
    check("{" T "," FIGURES ",\"emissions_sum\":7}", "1@0 total - 0.5 1\n", "");
}

static void test_other_keys_say_more(void **state)
{
    (void)state;
    check("{" T "," FIGURES ",\"task_name\":\"x\",\"run_id\":\"a\"}", "1@0 task a 0.5 1\n", "");
    /* Before 2.0 the experiment was the run. */
    check("{" T "," FIGURES ",\"experiment_id\":\"e\",\"user\":\"u\"}", "1@0 total e 0.5 1\n", "");
    check("{" T "," FIGURES ",\"experiment_id\":\"e\",\"run_id\":\"\"}", "1@0 total - 0.5 1\n", "");
    check("{" T "," FIGURES ",\"experiment_id\":\"5b0fa12a-3dd7-45bb-9766-cc326314d9f1\"}",
          "1@0 total - 0.5 1\n", "");
}

static void test_values_become_cells(void **state)
{
    static const char text[] =
        "{" T ",\"duration\":1.50e+00,\"emissions\":NaN,\"energy_consumed\":-2.8e-10,"
        "\"run_id\":\" caf\\u00e9\\n\",\"cpu_model\":\"a\\\"b\\ud83d\\ude00\",\"gpu_count\":null,"
        "\"pue\":-Infinity,\"region\":[1,{\"os\":\"no\"}],\"latitude\":Infinity,"
        "\"cloud_provider\":true,\"cpu_\\u0070ower\":42.5,\"os\":\"first\",\"os\":\"last\"}";
    struct boa_input in;
    struct cc_rows *rows;
    struct cc_row row;
    struct boa_err err = { 0 };

    (void)state;
    boa_input_open_text(&in, "t", boa_str_from(text), &err);
    assert_int_equal(open_json(&rows, &in, NULL, &err), 0);
    assert_int_equal(rows->ops->next(rows, &row, &err), 1);
    assert_text_equal(cc_rows_cell(rows, CC_DURATION), "1.50e+00");
    assert_text_equal(cc_rows_cell(rows, CC_EMISSIONS), "");
    assert_text_equal(cc_rows_cell(rows, CC_ENERGY), "-2.8e-10");
    assert_text_equal(cc_rows_cell(rows, CC_RUN_ID), "caf\xC3\xA9");
    assert_text_equal(cc_rows_cell(rows, CC_CPU_MODEL), "a\"b\xF0\x9F\x98\x80");
    assert_text_equal(cc_rows_cell(rows, CC_GPU_COUNT), "");
    assert_text_equal(cc_rows_cell(rows, CC_PUE), "");
    assert_text_equal(cc_rows_cell(rows, CC_LATITUDE), "");
    assert_text_equal(cc_rows_cell(rows, CC_CLOUD_PROVIDER), "true");
    assert_text_equal(cc_rows_cell(rows, CC_CPU_POWER), "42.5");
    assert_text_equal(cc_rows_cell(rows, CC_OS), "last");
    assert_int_equal(row.time_s, 1773135072); /* date -u -d 2026-03-10T09:31:12 +%s */
    rows->ops->close(rows);
    boa_input_close(&in);
}

static void test_what_is_none_of_codecarbons(void **state)
{
    (void)state;
    check("{} {'loss': 0.3} {{\"x\"}} ${HOME} { }\n{", "",
          "RECORD_SYNTAX t:1:23 : record refused: a character that cannot stand here\n");
    check("{\"level\":\"info\"}\n" ROW("a"), "2@17 total a 0.5 1\n",
          "RECORD_UNKNOWN t:1:0 : record refused: not one of CodeCarbon's: no key timestamp, "
          "duration, emissions, energy_consumed\n");
    check("{" T ",\"duration\":1,\"emissions\":1}", "",
          "RECORD_UNKNOWN t:1:0 : record refused: not one of CodeCarbon's: no key "
          "energy_consumed\n");
    check("{" T ",\"duration\":1,\"emissions\":1,\"energy_consumed\":\"\"}", "",
          "ENERGY_MISSING t:1:0 : row refused: column energy_consumed is empty\n");
    check("[[1], \"x\", 3, " ROW("a") "]", "1@14 total a 0.5 1\n", "");
}

static void test_broken_objects_lose_nothing_else(void **state)
{
    (void)state;
    check("INFO:{" T ",\"duration\": nul}\n" ROW("a"), "2@57 total a 0.5 1\n",
          "RECORD_SYNTAX t:1:53 : record refused: a word that is not true, false or null\n");
    /* Cut in a string, between members, behind a colon; the next line is read in each case. */
    check("caf\xC3\xA9 {" T ",\"run\n" ROW("a"), "2@46 total a 0.5 1\n",
          "RECORD_SYNTAX t:1:45 : record refused: a control character inside a string\n");
    check("{" T ",\n" ROW("a"), "2@36 total a 0.5 1\n",
          "RECORD_SYNTAX t:2:1 : record refused: a character that cannot stand here; it begins in "
          "line 1\n");
    check("{" T ",\"x\":\n" ROW("a") "\n" ROW("b"), "2@40 total a 0.5 1\n3@141 total b 0.5 1\n",
          "RECORD_SYNTAX t:3:1 : record refused: a character that cannot stand here; it begins in "
          "line 1\n");
    /* Cut, and written on without a line end. */
    check("{\"timestamp\":\"2026-0" ROW("a") "\n", "1@20 total a 0.5 1\n",
          "RECORD_SYNTAX t:1:23 : record refused: a character that cannot stand here\n");
    check(ROW("a") "\n{\"timestamp\":\"2026", "1@0 total a 0.5 1\n",
          "RECORD_SYNTAX t:2:19 : record refused: the text ends too early\n");
    /* One finding, though an object inside is looked at again. */
    check("{\"jsonPayload\":{\"timestamp\":\"2026\",", "",
          "RECORD_SYNTAX t:1:36 : record refused: the text ends too early\n");
    check("{\"x\":{\"y\":1},}\n" ROW("a"), "2@15 total a 0.5 1\n",
          "RECORD_SYNTAX t:1:13 : record refused: a comma before the closing bracket\n");
}

static void test_arrays_end(void **state)
{
    (void)state;
    check("[" ROW("a") ",", "1@1 total a 0.5 1\n",
          "RECORD_SYNTAX t:1:103 : the array is not closed: the text ends too early\n");
    check("{\"entries\":[" ROW("a") "\n", "1@12 total a 0.5 1\n",
          "RECORD_SYNTAX t:2:1 : the array is not closed: the text ends too early\n");
    check("[" ROW("a") ",\n{\"timestamp\"", "1@1 total a 0.5 1\n",
          "RECORD_SYNTAX t:2:13 : record refused: the text ends too early\n");
}

static void test_limit_is_of_one_record(void **state)
{
    (void)state;
    reading_check(open_json, ROW("a") "," ROW("b"), ROW_LEN,
                  "1@0 total a 0.5 1\n1@101 total b 0.5 1\n", "");
    reading_check(open_json, "x\n " ROW("ab") "\n" ROW("b"), ROW_LEN, "3@105 total b 0.5 1\n",
                  "ROW_TOO_LONG t:2:0 : row refused: it is longer than the limit\n");
    reading_check(open_json, ROW("a"), ROW_LEN - 1, "",
                  "ROW_TOO_LONG t:1:0 : row refused: it is longer than the limit\n");
}

/* Rows are found again from any row's offset on, with the same offsets. */
static void test_reading_begins_at_any_row(void **state)
{
    static const char text[] = "[\n" ROW("a") ",\n" ROW("b") ",\n{\"jsonPayload\":" ROW("c") "}\n]";
    static struct reading reading;

    (void)state;
    check(text, "2@2 total a 0.5 1\n3@104 total b 0.5 1\n4@206 total c 0.5 1\n", "");
    reading_from(&reading, open_json, boa_str_from(text), 104, 3, 0);
    assert_string_equal(reading.text, "1@104 total b 0.5 1\n2@206 total c 0.5 1\n");
    reading_from(&reading, open_json, boa_str_from(text), 206, 3, 0);
    assert_string_equal(reading.text, "1@206 total c 0.5 1\n");
}

/* Shapes that make simple readers look at everything again and again. */
static void test_hostile_input_takes_linear_time(void **state)
{
    static const char *const shapes[] = { "{\"a\":",    "{\"a\":[",    "{\"",         "{\"a\":\n",
                                          "{\"a\" {\n", "{",           "{\"a\":1,\n", "{\"{",
                                          "[{",         "{\"a\":[1,\n" };
    enum { BYTES = 1 << 20 };
    char *text = malloc(BYTES);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        struct boa_input in;
        struct cc_rows *rows;
        struct cc_row row;
        struct boa_err err = { 0 };
        size_t len = strlen(shapes[i]);

        for (size_t at = 0; at < BYTES; at++)
            text[at] = shapes[i][at % len];
        boa_input_open_text(&in, "t", boa_str_make(text, BYTES), &err);
        assert_int_equal(open_json(&rows, &in, NULL, &err), 0);
        assert_int_equal(rows->ops->next(rows, &row, &err), 0);
        rows->ops->close(rows);
        boa_input_close(&in);
    }
    free(text);
}

static int read_all(void *user, struct boa_err *err)
{
    struct boa_input in;
    struct cc_rows *rows;
    struct cc_row row;
    int got;

    boa_input_open_text(&in, "t", boa_str_from(user), err);
    got = open_json(&rows, &in, NULL, err);
    while (got == 0 && (got = rows->ops->next(rows, &row, err)) > 0)
        got = 0;
    rows->ops->close(rows);
    boa_input_close(&in);
    return got;
}

static void test_allocations_may_fail(void **state)
{
    static char text[] = "[{" T ",\"run_id\":\"\\u00e9\"," FIGURES "},{\"textPayload\":\"\\n\"}]";

    (void)state;
    assert_true(unit_each_allocation_fails(read_all, text) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_objects_stand_anywhere),
        cmocka_unit_test(test_google_exports),
        cmocka_unit_test(test_the_api),
        cmocka_unit_test(test_other_keys_say_more),
        cmocka_unit_test(test_values_become_cells),
        cmocka_unit_test(test_what_is_none_of_codecarbons),
        cmocka_unit_test(test_broken_objects_lose_nothing_else),
        cmocka_unit_test(test_arrays_end),
        cmocka_unit_test(test_limit_is_of_one_record),
        cmocka_unit_test(test_reading_begins_at_any_row),
        cmocka_unit_test(test_hostile_input_takes_linear_time),
        cmocka_unit_test(test_allocations_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
