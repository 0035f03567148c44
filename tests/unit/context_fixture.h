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

static inline void dump_given(struct context_fixture *f, const struct boa_given *given,
                              const char *path)
{
    size_t index = 0;

    if (given->text.len != 0) {
        size_t used = strlen(f->dump);
        (void)snprintf(f->dump + used, sizeof f->dump - used, "%s=%.*s\n", path,
                       BOA_STR_FMT(given->text));
    }
    for (const struct boa_given *g = given->first; g != NULL; g = g->next, index++) {
        char below[512];
        if (boa_field_get(given->field)->type == BOA_FIELD_ARRAY)
            (void)snprintf(below, sizeof below, "%s/%zu", path, index);
        else
            (void)snprintf(below, sizeof below, "%s/%.*s", path,
                           BOA_STR_FMT(boa_field_key(g->field)));
        dump_given(f, g, below);
    }
}

/* All given values, "path=text" a line. */
static inline void check_given(struct context_fixture *f, const char *want)
{
    f->dump[0] = '\0';
    dump_given(f, f->context.root, "");
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
    dump_given(f, f->context.root, "");
    strcpy(out, f->dump);
}

#define CONTEXT_TEST(name) cmocka_unit_test_setup_teardown(name, context_begin, context_end)

#endif
