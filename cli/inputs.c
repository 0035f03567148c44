/* The names a tool is to read: its operands, then those listed in --files0-from. */
#include "cli/inputs.h"

#include <assert.h>
#include <inttypes.h>

int boa_inputs_open(struct boa_inputs *inputs, char **operands, int count, const char *files0_from,
                    struct boa_err *err)
{
    struct boa_inputs opened = { .operands = operands, .count = count };

    if (files0_from) {
        /* Room for what is read ahead, so that it is keep_name that says which name is too long. */
        if (boa_input_open(&opened.list, files0_from, (size_t)4 * BOA_INPUTS_NAME_MAX, err) != 0)
            return boa_err_context(err, "--files0-from");
        opened.listed = true;
        opened.list_stdin = strcmp(files0_from, "-") == 0;
    }
    boa_buf_init(&opened.last, BOA_INPUTS_NAME_MAX + 1);
    *inputs = opened;
    return 0;
}

/* Standard input cannot be a list and an input at once. */
static int check(const struct boa_inputs *inputs, const char *name, struct boa_err *err)
{
    if (inputs->list_stdin && strcmp(name, "-") == 0)
        return boa_err_set(err, BOA_ERR_USAGE,
                           "'-' cannot be an input while --files0-from reads standard input");
    return 0;
}

/* Keeps bytes until the first `*len` of them are a name; `*ended`: a NUL stands behind it. 1, 0 at
 * the end of the list, or -1. */
static int keep_name(struct boa_inputs *inputs, size_t *len, bool *ended, struct boa_err *err)
{
    size_t seen = 0; /* bytes known to hold no NUL */

    for (;;) {
        struct boa_str kept = boa_input_kept(&inputs->list);
        *len = seen + boa_str_find_byte(boa_str_from_byte(kept, seen), '\0');
        if (*len > BOA_INPUTS_NAME_MAX)
            return boa_err_set(err, BOA_ERR_LIMIT, "name %" PRIu64 " is longer than %d bytes",
                               inputs->ordinal, BOA_INPUTS_NAME_MAX);
        *ended = *len < kept.len;
        if (*ended)
            return 1;
        seen = kept.len;
        int rc = boa_input_more(&inputs->list, err);
        if (rc < 0)
            return -1;
        if (rc == 0)
            return seen == 0 ? 0 : 1;
    }
}

static int next_listed(struct boa_inputs *inputs, const char **name, struct boa_err *err)
{
    size_t len = 0;
    bool ended = false;

    inputs->ordinal++;
    int rc = keep_name(inputs, &len, &ended, err);
    if (rc <= 0) {
        inputs->listed = false;
        return rc;
    }
    if (len == 0) {
        boa_err_set(err, BOA_ERR_USAGE, "name %" PRIu64 " is empty", inputs->ordinal);
        return -1;
    }
    const char *begin = boa_input_kept(&inputs->list).ptr;
    assert(begin); /* at least one byte is kept */
    if (!ended) {
        if (boa_buf_put(&inputs->last, boa_str_make(begin, len), err) != 0 ||
            boa_buf_put_byte(&inputs->last, '\0', err) != 0)
            return -1;
        begin = inputs->last.ptr;
    }
    boa_input_take(&inputs->list, len + (ended ? 1 : 0));
    *name = begin;
    return 1;
}

int boa_inputs_next(struct boa_inputs *inputs, const char **name, struct boa_err *err)
{
    const char *found = NULL;

    if (inputs->at < inputs->count) {
        found = inputs->operands[inputs->at++];
    } else {
        int rc = inputs->listed ? next_listed(inputs, &found, err) : 0;
        if (rc < 0)
            boa_err_context(err, "--files0-from");
        if (rc <= 0)
            return rc;
    }
    if (check(inputs, found, err) != 0)
        return -1;
    *name = found;
    return 1;
}

void boa_inputs_close(struct boa_inputs *inputs)
{
    boa_input_close(&inputs->list);
    boa_buf_release(&inputs->last);
    inputs->listed = false;
    inputs->count = inputs->at = 0;
}
