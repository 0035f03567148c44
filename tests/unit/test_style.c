/* Colours are chosen by what the user and the environment say; unsafe characters are written out.
 */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/style.h"

static void safe(const char *bytes, size_t len, size_t max_bytes, const char *want)
{
    struct boa_buf buf;
    struct boa_err err = { 0 };

    boa_buf_init(&buf, 1024);
    assert_int_equal(boa_style_put_safe(&buf, boa_str_make(bytes, len), max_bytes, &err), 0);
    assert_text_equal(boa_buf_str(&buf), want);
    boa_buf_release(&buf);
}

#define SAFE(lit, want) safe(lit, sizeof(lit) - 1, 1000, want)

static void writes_unsafe_characters_out(void **state)
{
    (void)state;
    SAFE("", "");
    SAFE("plain text, caf\xC3\xA9 \xE6\xBC\xA2 \xF0\x9F\x98\x80",
         "plain text, caf\xC3\xA9 \xE6\xBC\xA2 \xF0\x9F\x98\x80");
    SAFE("\0\t\n\r\033[0m\037 ~\177", "\\x00\\x09\\x0a\\x0d\\x1b[0m\\x1f ~\\x7f");
    /* C1 controls end where the no-break space begins. */
    SAFE("\xC2\x80|\xC2\x9F|\xC2\xA0", "\\u0080|\\u009f|\xC2\xA0");
    SAFE("\xD8\x9C|\xE2\x80\x8A|\xE2\x80\x8B|\xE2\x80\x8F", "\\u061c|\xE2\x80\x8A|\\u200b|\\u200f");
    /* NOLINTNEXTLINE(misc-misleading-bidirectional): that is what it is about */
    SAFE("\xE2\x80\xA7|\xE2\x80\xA8|\xE2\x80\xAE|\xE2\x80\xAF",
         "\xE2\x80\xA7|\\u2028|\\u202e|\xE2\x80\xAF");
    /* Characters that cannot be seen hide what stands in a name. */
    SAFE("\xC2\xAC|\xC2\xAD|\xC2\xAE", "\xC2\xAC|\\u00ad|\xC2\xAE");
    SAFE("\xE2\x81\x9F|\xE2\x81\xA0|\xE2\x81\xA4", "\xE2\x81\x9F|\\u2060|\\u2064");
    SAFE("\xEF\xBB\xBE|\xEF\xBB\xBF", "\xEF\xBB\xBE|\\ufeff");
    SAFE("\xF3\x9F\xBF\xBF|\xF3\xA0\x80\x80|\xF3\xA0\x81\xBF|\xF3\xA0\x82\x80",
         "\xF3\x9F\xBF\xBF|\\U000e0000|\\U000e007f|\xF3\xA0\x82\x80");
    SAFE("\xE2\x81\xA5|\xE2\x81\xA6|\xE2\x81\xA9|\xE2\x81\xAA",
         "\xE2\x81\xA5|\\u2066|\\u2069|\xE2\x81\xAA");
    /* No UTF-8: a lone continuation, a cut character, an overlong form, a surrogate. */
    SAFE("\x80", "\\x80");
    SAFE("a\xE2\x82", "a\\xe2\\x82");
    SAFE("\xC0\x9B[", "\\xc0\\x9b[");
    SAFE("\xED\xA0\x80", "\\xed\\xa0\\x80");
}

static void writes_json_that_says_the_same(void **state)
{
    static const struct {
        const char *json, *want;
    } cases[] = {
        { "{\"a\":\"caf\xC3\xA9 \\n\"}", "{\"a\":\"caf\xC3\xA9 \\n\"}" },
        { "\"\xC2\x9B"
          "31m\"",
          "\"\\u009b31m\"" },
        { "\"\xE2\x80\xAE|\xE2\x80\xA8\"", "\"\\u202e|\\u2028\"" },
        { "\"\xF3\xA0\x80\xA1|\xF0\x9F\x98\x80\"", "\"\\udb40\\udc21|\xF0\x9F\x98\x80\"" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct boa_err err = { 0 };
        struct boa_buf buf;
        json_object *before, *after;

        boa_buf_init(&buf, 1024);
        assert_int_equal(boa_style_put_json(&buf, boa_str_from(cases[i].json), &err), 0);
        assert_text_equal(boa_buf_str(&buf), cases[i].want);
        assert_int_equal(boa_buf_put_byte(&buf, '\0', &err), 0);
        before = json_tokener_parse(cases[i].json);
        after = json_tokener_parse(buf.ptr);
        assert_non_null(before);
        assert_true(json_object_equal(before, after));
        json_object_put(before);
        json_object_put(after);
        boa_buf_release(&buf);
    }
}

static void cuts_at_a_character(void **state)
{
    (void)state;
    safe("abc", 3, 3, "abc");
    safe("abcd", 4, 3, "abc…");
    safe("abcd", 4, 0, "…");
    safe("a\xE6\xBC\xA2z", 5, 4, "a\xE6\xBC\xA2…");
    safe("a\xE6\xBC\xA2z", 5, 3, "a…");
    safe("a\xE6\xBC\xA2z", 5, 2, "a…");
    safe("\x80\x80\x80\x80\x80\x80", 6, 5, "\\x80\\x80…");
}

static int put_something(void *user, struct boa_err *err)
{
    struct boa_buf buf;
    (void)user;

    boa_buf_init(&buf, 100000);
    int rc = 0;
    for (int i = 0; i < 500 && rc == 0; i++)
        rc = boa_style_put_safe(&buf, BOA_STR_LIT("text\n\xFFtext…"), 10, err);
    boa_buf_release(&buf);
    return rc;
}

static void reports_lack_of_memory_and_room(void **state)
{
    struct boa_buf small;
    struct boa_err err = { 0 };
    (void)state;

    assert_true(UNIT_EACH_ALLOCATION_FAILS(put_something) > 0);
    for (size_t room = 0; room < 12; room++) {
        boa_buf_init(&small, room);
        assert_int_equal(boa_style_put_safe(&small, BOA_STR_LIT("ab\n\xFFyz.."), 6, &err), -1);
        boa_buf_release(&small);
    }
}

static bool coloured(enum boa_color when, FILE *to)
{
    struct boa_style style = boa_style_choose(when, to);
    bool on = style.red[0] != '\0';

    /* All or nothing, so that a colour never stays switched on. */
    assert_int_equal(style.reset[0] != '\0', on);
    assert_int_equal(style.bold[0] != '\0' && style.yellow[0] != '\0' && style.blue[0] != '\0' &&
                         style.green[0] != '\0',
                     on);
    return on;
}

/* A pseudo terminal stands in for the user's. */
static void chooses_by_terminal_and_environment(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    assert_non_null(file);
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    assert_false(coloured(BOA_COLOR_AUTO, file));
    assert_true(coloured(BOA_COLOR_ALWAYS, file));
    fclose(file);

    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master == -1 || grantpt(master) != 0 || unlockpt(master) != 0)
        skip(); /* no pseudo terminals here */
    FILE *terminal = fopen(ptsname(master), "w");
    assert_non_null(terminal);
    assert_true(coloured(BOA_COLOR_AUTO, terminal));
    assert_false(coloured(BOA_COLOR_NEVER, terminal));
    setenv("NO_COLOR", "1", 1);
    assert_false(coloured(BOA_COLOR_AUTO, terminal));
    assert_true(coloured(BOA_COLOR_ALWAYS, terminal));
    setenv("NO_COLOR", "", 1);
    assert_true(coloured(BOA_COLOR_AUTO, terminal));
    setenv("TERM", "dumb", 1);
    assert_false(coloured(BOA_COLOR_AUTO, terminal));
    unsetenv("TERM");
    assert_false(coloured(BOA_COLOR_AUTO, terminal));
    fclose(terminal);
    close(master);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_unsafe_characters_out),
        cmocka_unit_test(writes_json_that_says_the_same),
        cmocka_unit_test(cuts_at_a_character),
        cmocka_unit_test(reports_lack_of_memory_and_room),
        cmocka_unit_test(chooses_by_terminal_and_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
