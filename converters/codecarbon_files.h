/* The files of a conversion: found, recognised by their content, opened for one pass or two. */
#ifndef BOA_CONVERTERS_CODECARBON_FILES_H
#define BOA_CONVERTERS_CODECARBON_FILES_H

#include <sys/stat.h>

#include "converters/read_codecarbon_csv.h"
#include "converters/read_codecarbon_json.h"
#include "converters/read_codecarbon_text.h"

enum cc_form {
    CC_FORM_AUTO, /* by content */
    CC_FORM_CSV,
    CC_FORM_JSON, /* objects, arrays, lines, behind any prefix */
    CC_FORM_TEXT, /* key: value */
};

struct cc_files_options {
    enum cc_form form;
    const struct columns *columns; /* of tables without a header; NULL: they have one */
    size_t max_row;                /* bytes of one row */
    bool twice;                    /* there will be a second pass */
    const char *spool_folder;      /* for what cannot be read twice */
    const char *output; /* where the reports go: found in a folder it is passed over, lest they
                           become input of the next conversion; NULL: nowhere */
};

struct cc_file {
    char *path;
    bool found;             /* in a folder: it may be something else */
    bool unusable;          /* known since the first pass */
    bool broken;            /* it cannot be read to its end, and a finding has said so */
    bool once;              /* standard input or a pipe: it cannot be opened a second time */
    struct boa_input *held; /* an input of that kind, open since the first pass */
};

struct cc_files {
    struct cc_files_options options;
    struct cc_file *items;
    size_t count, cap;
    struct stat output; /* of what the options name, if it is there */
    bool has_output;
    struct cc_rows *rows; /* of the file that is open, else NULL */
    struct boa_input in;
    union {
        struct cc_csv csv;
        struct cc_json json;
        struct cc_text text;
    } reader;
};

void cc_files_init(struct cc_files *files, const struct cc_files_options *options);

/* Closes and frees everything. Takes a zeroed one. */
void cc_files_release(struct cc_files *files);

/* Adds a file, "-" for standard input, or what a folder holds: emissions*.csv* and JSON files, in
 * all its folders, in the order of their names. `added` is how many that were. */
int cc_files_add(struct cc_files *files, const char *path, size_t *added, struct boa_err *err);

enum cc_opened {
    CC_OPENED,   /* files->rows is ready */
    CC_NOT_OURS, /* found in a folder, and nothing of CodeCarbon's */
    CC_REFUSED,  /* a finding says why */
    CC_EMPTY,    /* not even a header; a finding says so */
    CC_SKIPPED,  /* unusable, as the first pass said */
};

/* Opens the file of that number. -1: it cannot be read (or memory), `err` says why. */
int cc_files_open(struct cc_files *files, size_t number, const struct boa_diags *diags,
                  struct boa_err *err);

/* Closes the file that is open, if one is. With `again` an input that cannot be opened a second
 * time is held. */
int cc_files_close(struct cc_files *files, size_t number, bool again, struct boa_err *err);

#endif
