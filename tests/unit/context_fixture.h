/* A context with a log of findings, and its values as lines of text, for tests to compare. */
#ifndef BOA_UNIT_CONTEXT_FIXTURE_H
#define BOA_UNIT_CONTEXT_FIXTURE_H

#include "core/report/context.h"
#include "tests/unit/finding_log.h"

struct context_fixture {
    struct boa_context context;
    struct finding_log log;
    char dump[8192];
};

static inline int context_begin(void **state)
{
    static struct context_fixture fixture;
    struct boa_err err = { 0 };
    *state = &fixture;
    finding_log_clear(&fixture.log);
    return boa_context_init(&fixture.context, 1 << 20, &err);
}

static inline int context_end(void **state)
{
    struct context_fixture *f = *state;
    boa_context_release(&f->context);
    return 0;
}

/* `index` takes the place of the path's "*"; no path has two. */
static inline void dump_given(struct context_fixture *f, const struct boa_given *given,
                              size_t index)
{
    struct boa_str path = boa_field_get(given->field)->path;
    bool is_array = boa_field_get(given->field)->type == BOA_FIELD_ARRAY;
    size_t element = 0;

    if (given->text.len != 0) {
        size_t used = strlen(f->dump), star = boa_str_find_byte(path, '*');
        char number[24] = "";
        if (star < path.len)
            (void)snprintf(number, sizeof number, "%zu", index);
        (void)snprintf(f->dump + used, sizeof f->dump - used, "%.*s%s%.*s=%.*s\n", (int)star,
                       path.ptr, number, BOA_STR_FMT(boa_str_from_byte(path, star + 1)),
                       BOA_STR_FMT(given->text));
    }
    for (const struct boa_given *g = given->first; g != NULL; g = g->next)
        dump_given(f, g, is_array ? element++ : index);
}

/* All given values, "path=text" a line. */
static inline void check_given(struct context_fixture *f, const char *want)
{
    f->dump[0] = '\0';
    dump_given(f, f->context.root, 0);
    assert_string_equal(f->dump, want);
}

static inline bool merge(struct context_fixture *f, const char *text)
{
    struct boa_err err = { 0 };
    bool valid;
    finding_log_clear(&f->log);
    if (boa_context_merge(&f->context, "c", boa_str_from(text), &valid, &f->log.diags, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(valid, f->log.count == 0);
    assert_int_equal(err.kind, BOA_ERR_NONE);
    return valid;
}

/* What check_given would show now. */
static inline void remember(struct context_fixture *f, char *out)
{
    f->dump[0] = '\0';
    dump_given(f, f->context.root, 0);
    strcpy(out, f->dump);
}

#define CONTEXT_TEST(name) cmocka_unit_test_setup_teardown(name, context_begin, context_end)

#endif
