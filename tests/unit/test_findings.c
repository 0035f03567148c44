/* Findings: their text and JSON forms, folding, limits, counts, and failures to print. */
#include "tests/unit/unit.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/findings.h"

#define ZERO_TODO "check that the run did something, and that CodeCarbon could measure"
#define ZERO_HINT " (" ZERO_TODO ")"

static const struct boa_style plain = { "", "", "", "", "", "" };

/* What findings print, kept in memory. */
struct capture {
    char *text;
    size_t len;
    FILE *to;
};

static struct boa_findings_config config_to(struct capture *capture)
{
    *capture = (struct capture){ 0 };
    capture->to = open_memstream(&capture->text, &capture->len);
    assert_non_null(capture->to);
    return (struct boa_findings_config){ .tool = "t", .to = capture->to, .style = plain };
}

static void check_and_close(struct capture *capture, const char *want)
{
    fclose(capture->to);
    assert_string_equal(capture->text, want);
    free(capture->text);
}

static void add(struct boa_findings *findings, enum boa_diag id, const char *file, uint64_t line)
{
    boa_diags_add(boa_findings_diags(findings), id,
                  (struct boa_place){ .file = boa_str_from(file), .line = line }, BOA_STR_LIT(""),
                  "line %u", (unsigned)line);
}

static void folds_by_file_and_id(void **state)
{
    struct capture out;
    struct boa_findings_config config = config_to(&out);
    struct boa_findings *findings = boa_findings_new(&config, NULL);
    (void)state;

    assert_non_null(findings);
    for (uint64_t line = 1; line <= 3; line++) {
        add(findings, BOA_DIAG_PUE_INCLUDED, "a", line);
        add(findings, BOA_DIAG_ENERGY_ZERO, "a", line);
    }
    add(findings, BOA_DIAG_ENERGY_ZERO, "", 0); /* belongs to a */
    add(findings, BOA_DIAG_ENERGY_ZERO, "b", 9);
    add(findings, BOA_DIAG_ENERGY_ZERO, "b", 10);
    boa_findings_end_file(findings);
    add(findings, BOA_DIAG_ENERGY_ZERO, "b", 11);
    assert_int_equal(boa_findings_count(findings, BOA_SEVERITY_NOTE), 3);
    assert_int_equal(boa_findings_count(findings, BOA_SEVERITY_WARNING), 7);
    assert_int_equal(boa_findings_count(findings, BOA_SEVERITY_ERROR), 0);
    boa_findings_free(findings);
    check_and_close(&out, "t: a:1: note[PUE_INCLUDED]: line 1 (--pue=remove divides it out)\n"
                          "t: a:1: warning[ENERGY_ZERO]: line 1" ZERO_HINT "\n"
                          "t: a: warning[ENERGY_ZERO]: 3 more like it; -v shows each\n"
                          "t: a: note[PUE_INCLUDED]: 2 more like it; -v shows each\n"
                          "t: b:9: warning[ENERGY_ZERO]: line 9" ZERO_HINT "\n"
                          "t: b: warning[ENERGY_ZERO]: 1 more like it; -v shows each\n"
                          "t: b:11: warning[ENERGY_ZERO]: line 11" ZERO_HINT "\n");
}

static void strict_makes_errors_of_warnings(void **state)
{
    struct capture out;
    struct boa_findings_config config = config_to(&out);
    (void)state;

    config.strict = true;
    config.quiet = true;
    config.max_errors = 2;
    struct boa_findings *findings = boa_findings_new(&config, NULL);
    for (uint64_t line = 1; line <= 3; line++) {
        add(findings, BOA_DIAG_ENERGY_ZERO, "a", line);
        add(findings, BOA_DIAG_PUE_INCLUDED, "a", line);
    }
    assert_int_equal(boa_findings_count(findings, BOA_SEVERITY_NOTE), 3);
    assert_int_equal(boa_findings_count(findings, BOA_SEVERITY_WARNING), 0);
    assert_int_equal(boa_findings_count(findings, BOA_SEVERITY_ERROR), 3);
    assert_int_equal(boa_findings_finish(findings, NULL), 0);
    assert_int_equal(boa_findings_finish(findings, NULL), 0); /* says nothing twice */
    boa_findings_free(findings);
    check_and_close(&out, "t: a:1: error[ENERGY_ZERO]: line 1" ZERO_HINT "\n"
                          "t: a:2: error[ENERGY_ZERO]: line 2" ZERO_HINT "\n"
                          "t: 1 more error; --max-errors=0 shows all\n");
}

static struct json_object *member(struct json_object *object, const char *key)
{
    struct json_object *value = NULL;
    json_object_object_get_ex(object, key, &value);
    return value;
}

/* json-c reads back what a finding with awkward texts became. */
static void json_lines_are_json(void **state)
{
    struct capture out;
    struct boa_findings_config config = config_to(&out);
    (void)state;

    config.json = true;
    struct boa_findings *findings = boa_findings_new(&config, NULL);
    boa_diags_add(boa_findings_diags(findings), BOA_DIAG_ROW_LENGTH,
                  (struct boa_place){ BOA_STR_LIT("a\"b\\c\n\x01.csv"), UINT64_MAX / 2, 7 },
                  BOA_STR_LIT("/x~1y"), "want 3, have %d", 4);
    boa_diags_add(boa_findings_diags(findings), BOA_DIAG_ENERGY_ZERO, (struct boa_place){ 0 },
                  BOA_STR_LIT(""), "\xFF");
    boa_findings_free(findings);
    fclose(out.to);

    char *second = strchr(out.text, '\n') + 1;
    assert_string_equal(second,
                        "{\"v\":1,\"kind\":\"finding\",\"severity\":\"warning\","
                        "\"id\":\"ENERGY_ZERO\",\"message\":\"\xEF\xBF\xBD\",\"hint\":\"" ZERO_TODO
                        "\"}\n");
    *second = '\0';
    struct json_object *object = json_tokener_parse(out.text);
    assert_non_null(object);
    assert_int_equal(json_object_get_int(member(object, "v")), 1);
    assert_string_equal(json_object_get_string(member(object, "kind")), "finding");
    assert_string_equal(json_object_get_string(member(object, "severity")), "error");
    assert_string_equal(json_object_get_string(member(object, "id")), "ROW_LENGTH");
    assert_string_equal(json_object_get_string(member(object, "file")), "a\"b\\c\n\x01.csv");
    assert_true(json_object_get_int64(member(object, "line")) == INT64_MAX);
    assert_int_equal(json_object_get_int(member(object, "column")), 7);
    assert_string_equal(json_object_get_string(member(object, "pointer")), "/x~1y");
    assert_string_equal(json_object_get_string(member(object, "message")), "want 3, have 4");
    assert_string_equal(json_object_get_string(member(object, "hint")),
                        "mend the row; its cells may have shifted");
    assert_int_equal(json_object_object_length(object), 10);
    json_object_put(object);
    free(out.text);
}

/* Hostile names and pointers are cut, in both forms, and the line still ends. */
static void bears_endless_texts(void **state)
{
    enum { LONG = 3 * 1000 * 1000 };
    char *endless = malloc(LONG);
    (void)state;

    assert_non_null(endless);
    memset(endless, 1, LONG);
    for (int json = 0; json <= 1; json++) {
        struct capture out;
        struct boa_findings_config config = config_to(&out);
        struct boa_err err = { 0 };

        config.json = json;
        struct boa_findings *findings = boa_findings_new(&config, NULL);
        for (int i = 0; i < 2; i++)
            boa_diags_add(boa_findings_diags(findings), BOA_DIAG_ENERGY_ZERO,
                          (struct boa_place){ boa_str_make(endless, LONG), 1, 1 },
                          boa_str_make(endless, LONG), "%.*s", LONG, endless);
        assert_int_equal(boa_findings_finish(findings, &err), 0);
        boa_findings_free(findings);
        fclose(out.to);
        assert_in_range(out.len, 2 * 4 * BOA_FINDINGS_TEXT_MAX,
                        2 * (2 * 6 * BOA_FINDINGS_TEXT_MAX + 6 * 1024 + 1000));
        assert_int_equal(out.text[out.len - 1], '\n');
        assert_non_null(strstr(out.text, "…"));
        free(out.text);
    }
    free(endless);
}

static void says_that_printing_failed(void **state)
{
    struct boa_findings_config config = { .tool = "t", .style = plain };
    struct boa_err err = { 0 };
    (void)state;

    config.to = fopen("/dev/full", "w");
    if (!config.to)
        skip(); /* no such device here */
    setvbuf(config.to, NULL, _IONBF, 0);
    struct boa_findings *findings = boa_findings_new(&config, NULL);
    add(findings, BOA_DIAG_ENERGY_ZERO, "a", 1);
    assert_int_equal(boa_findings_finish(findings, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
    assert_int_equal(err.sys, ENOSPC);
    assert_int_equal(boa_findings_count(findings, BOA_SEVERITY_WARNING), 1);
    boa_findings_free(findings);
    fclose(config.to);
}

static int find_something(void *user, struct boa_err *err)
{
    struct boa_findings_config config = *(const struct boa_findings_config *)user;
    struct boa_findings *findings = boa_findings_new(&config, err);

    if (!findings)
        return -1;
    for (uint64_t line = 1; line <= 3; line++)
        add(findings, BOA_DIAG_ENERGY_ZERO, "a", line);
    add(findings, BOA_DIAG_ROW_LENGTH, "a", 4);
    int rc = boa_findings_finish(findings, err);
    boa_findings_free(findings);
    return rc;
}

static void survives_lack_of_memory(void **state)
{
    struct boa_findings_config config = { .tool = "t", .style = plain };
    (void)state;

    config.to = tmpfile();
    assert_non_null(config.to);
    assert_true(unit_each_allocation_fails(find_something, &config) > 0);
    config.json = true;
    assert_true(unit_each_allocation_fails(find_something, &config) > 0);
    fclose(config.to);
    boa_findings_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_by_file_and_id),
        cmocka_unit_test(strict_makes_errors_of_warnings),
        cmocka_unit_test(json_lines_are_json),
        cmocka_unit_test(bears_endless_texts),
        cmocka_unit_test(says_that_printing_failed),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
