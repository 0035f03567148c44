/* The list of inputs: operands first, then the names of --files0-from, one at a time. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/inputs.h"

/* A list in a file of its own in the working folder; the caller removes it. */
static char *write_list(const char *bytes, size_t len)
{
    static char name[] = "boa-inputs-XXXXXX";

    memcpy(name + strlen(name) - 6, "XXXXXX", 6);
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), (ssize_t)len);
    close(fd);
    return name;
}

/* All names, each followed by "|", or the reason that ended them. */
static void check(char **operands, int count, const char *list, size_t len, const char *want)
{
    struct boa_inputs inputs;
    struct boa_err err = { 0 };
    char have[512] = "";
    const char *name = NULL;
    char *path = list ? write_list(list, len) : NULL;
    int rc;

    assert_int_equal(boa_inputs_open(&inputs, operands, count, path, &err), 0);
    while ((rc = boa_inputs_next(&inputs, &name, &err)) == 1) {
        assert_true(strlen(have) + strlen(name) + 2 < sizeof(have));
        snprintf(have + strlen(have), sizeof(have) - strlen(have), "%s|", name);
    }
    if (rc < 0)
        snprintf(have + strlen(have), sizeof(have) - strlen(have), "%s", err.text);
    else
        assert_int_equal(boa_inputs_next(&inputs, &name, &err), 0); /* the end stays the end */
    boa_inputs_close(&inputs);
    boa_inputs_close(&inputs);
    if (path)
        unlink(path);
    assert_string_equal(have, want);
}

#define LIST(lit) (lit), sizeof(lit) - 1

static void gives_operands_then_names(void **state)
{
    char a[] = "a", dash[] = "-";
    char *operands[] = { a, dash, NULL };
    (void)state;

    check(NULL, 0, NULL, 0, "");
    check(operands, 2, NULL, 0, "a|-|");
    check(operands, 2, LIST("b\0c d\0\ne\0"), "a|-|b|c d|\ne|");
    check(operands, 1, LIST("b\0no NUL"), "a|b|no NUL|");
    check(NULL, 0, LIST(""), "");
    check(NULL, 0, LIST("-\0"), "-|"); /* the list is no standard input */
}

static void refuses_empty_names(void **state)
{
    (void)state;
    check(NULL, 0, LIST("\0"), "--files0-from: name 1 is empty");
    check(NULL, 0, LIST("a\0b\0\0c\0"), "a|b|--files0-from: name 3 is empty");
}

static void limits_names(void **state)
{
    static char list[2 * BOA_INPUTS_NAME_MAX + 10];
    struct boa_inputs inputs;
    const char *name = NULL;
    (void)state;

    /* Two names of the greatest length, then one that is a byte longer, with and without its NUL.
     */
    for (size_t over = 0; over <= 1; over++) {
        for (size_t ended = 0; ended <= 1; ended++) {
            struct boa_err err = { 0 };
            memset(list, 'x', sizeof(list));
            list[BOA_INPUTS_NAME_MAX] = '\0';
            list[2 * BOA_INPUTS_NAME_MAX + 1 + over] = '\0';
            char *path = write_list(list, 2 * BOA_INPUTS_NAME_MAX + 1 + over + ended);
            assert_int_equal(boa_inputs_open(&inputs, NULL, 0, path, &err), 0);
            assert_int_equal(boa_inputs_next(&inputs, &name, &err), 1);
            assert_int_equal(strlen(name), BOA_INPUTS_NAME_MAX);
            assert_int_equal(boa_inputs_next(&inputs, &name, &err), over ? -1 : 1);
            assert_int_equal(strlen(name), BOA_INPUTS_NAME_MAX);
            if (over)
                assert_string_equal(err.text, "--files0-from: name 2 is longer than 65536 bytes");
            boa_inputs_close(&inputs);
            unlink(path);
        }
    }
}

static void says_what_cannot_be_read(void **state)
{
    struct boa_inputs inputs;
    struct boa_err err = { 0 };
    (void)state;

    assert_int_equal(boa_inputs_open(&inputs, NULL, 0, "/nonexistent/list", &err), -1);
    assert_int_equal(err.kind, BOA_ERR_IO);
    assert_non_null(strstr(err.text, "--files0-from: "));
    assert_non_null(strstr(err.text, "/nonexistent/list"));
    inputs = (struct boa_inputs){ .list = { .fd = -1 } };
    boa_inputs_close(&inputs);
}

static void standard_input_is_list_or_input(void **state)
{
    char dash[] = "-";
    char *operands[] = { dash, NULL };
    struct boa_inputs inputs;
    struct boa_err err = { 0 };
    const char *name = "untouched";
    (void)state;

    assert_int_equal(boa_inputs_open(&inputs, operands, 1, "-", &err), 0);
    assert_int_equal(boa_inputs_next(&inputs, &name, &err), -1);
    assert_int_equal(err.kind, BOA_ERR_USAGE);
    assert_string_equal(name, "untouched");
    boa_inputs_close(&inputs);
}

static int read_list(void *user, struct boa_err *err)
{
    struct boa_inputs inputs;
    const char *name = NULL;
    int rc;

    if (boa_inputs_open(&inputs, NULL, 0, user, err) != 0)
        return -1;
    while ((rc = boa_inputs_next(&inputs, &name, err)) == 1)
        ;
    boa_inputs_close(&inputs);
    return rc;
}

static void survives_lack_of_memory(void **state)
{
    char *path = write_list(LIST("one\0two\0three"));
    (void)state;

    assert_true(unit_each_allocation_fails(read_list, path) > 0);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_operands_then_names),
        cmocka_unit_test(refuses_empty_names),
        cmocka_unit_test(limits_names),
        cmocka_unit_test(says_what_cannot_be_read),
        cmocka_unit_test(standard_input_is_list_or_input),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
