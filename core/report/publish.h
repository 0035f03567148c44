/* A file that appears under its name whole or not at all. */
#ifndef BOA_REPORT_PUBLISH_H
#define BOA_REPORT_PUBLISH_H

#include <stdbool.h>

struct boa_err;

struct boa_pending {
    int folder;    /* borrowed descriptor of the folder it will appear in */
    int fd;        /* write here; -1 when there is nothing pending */
    bool nameless; /* made with O_TMPFILE: nothing to remove when it is given up */
    char name[40]; /* temporary name otherwise */
};

/* True where files can be made without a name: their names come through /proc, which need not be
 * mounted. Ask once, not for every file. */
bool boa_pending_nameless(void);

/* Makes an invisible file in `folder`, with the permissions that umask leaves of 0666: without a
 * name when `nameless` and the file system can, else under a temporary one. */
int boa_pending_open(struct boa_pending *pending, int folder, bool nameless, struct boa_err *err);

enum boa_publish { BOA_PUBLISH_DONE, BOA_PUBLISH_EXISTS };

/* Gives the file its name, and closes it unless the name exists. With `replace` an existing file
 * gives way in one step; without, it is left alone and BOA_PUBLISH_EXISTS is returned. -1: error.
 */
int boa_pending_publish(struct boa_pending *pending, const char *name, bool replace,
                        struct boa_err *err);

/* Gives the file up. Takes a closed one. */
void boa_pending_drop(struct boa_pending *pending);

#endif
