/* The names a tool is to read: its operands, then those listed in --files0-from. */
#ifndef BOA_CLI_INPUTS_H
#define BOA_CLI_INPUTS_H

#include "core/base/buf.h"
#include "core/base/input.h"

enum { BOA_INPUTS_NAME_MAX = 65536 }; /* bytes of one name in a list */

struct boa_inputs {
    char **operands; /* borrowed */
    int count, at;
    struct boa_input list;
    bool listed;         /* --files0-from was given and is not read to its end */
    bool list_stdin;     /* … and it is standard input */
    uint64_t ordinal;    /* of the last name from the list, from 1 */
    struct boa_buf last; /* a last name that no NUL ends, terminated */
};

/* `files0_from` NULL: no list. On failure nothing is open. The list is read while names are taken:
 * only one name is in memory at a time. */
int boa_inputs_open(struct boa_inputs *inputs, char **operands, int count, const char *files0_from,
                    struct boa_err *err);

/* The next name, as the user wrote it, valid until the next call. 1: there is one, 0: that was all,
 * -1: the list cannot be read, holds an empty name, or names standard input that it comes from
 * itself. Folders are not looked into: what to take from one is the reader's business. */
int boa_inputs_next(struct boa_inputs *inputs, const char **name, struct boa_err *err);

/* Takes a zeroed one. */
void boa_inputs_close(struct boa_inputs *inputs);

#endif
