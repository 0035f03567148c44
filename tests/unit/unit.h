/* What every unit test includes: cmocka with the headers it needs, and the failing-allocation loop.
 */
#ifndef BOA_UNIT_H
#define BOA_UNIT_H

/* cmocka.h wants these four in front of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/alloc.h"
#include "core/base/err.h"
#include "core/base/str.h"

/* One thing to try: 0, or -1 with `err` filled and nothing left allocated. On success it frees what
 * it made, too. */
typedef int unit_job(void *user, struct boa_err *err);

/* Runs `job` with its first allocation failing, then its second, and so on until it succeeds
 * because it asks for fewer. Each failure must be reported as lack of memory; leaks are
 * AddressSanitizer's to find. Returns how many allocations failed, so that a test can insist that
 * some did. */
static inline unsigned long unit_each_allocation_fails(unit_job *job, void *user)
{
    for (unsigned long nth = 1;; nth++) {
        struct boa_err err = { 0 };
        boa_alloc_fail_at(nth);
        int status = job(user, &err);
        unsigned long asked = boa_alloc_count();
        boa_alloc_fail_at(0);
        if (status == 0) {
            assert_true(asked < nth); /* a swallowed failure is a failure */
            return nth - 1;
        }
        assert_int_equal(status, -1);
        assert_int_equal(err.kind, BOA_ERR_MEMORY);
        assert_true(err.text[0] != '\0');
    }
}

/* For jobs that have no `user` to pass. */
#define UNIT_EACH_ALLOCATION_FAILS(job) unit_each_allocation_fails((job), NULL)

/* Compares a piece of text with a literal and shows both when they differ. */
static inline void unit_check_text(struct boa_str have, const char *want, const char *file,
                                   int line)
{
    struct boa_str expected = boa_str_from(want);
    if (boa_str_equal(have, expected))
        return;
    print_error("want \"%s\", have \"%.*s\"\n", want, BOA_STR_FMT(have));
    _fail(file, line);
}

#define assert_text_equal(have, want) unit_check_text((have), (want), __FILE__, __LINE__)

#endif
