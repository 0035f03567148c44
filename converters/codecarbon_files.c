/* Finds, recognises and opens CodeCarbon's files. */
#include "converters/codecarbon_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "converters/csv_head.h"
#include "core/base/alloc.h"
#include "core/base/err.h"

enum { FOLDERS_DEEP = 64, PEEK_MAX = 64 << 10, FIRST_LINE_MAX = 1 << 20 };

void cc_files_init(struct cc_files *files, const struct cc_files_options *options)
{
    *files = (struct cc_files){ .options = *options };
    files->has_output = options->output != NULL && stat(options->output, &files->output) == 0;
}

void cc_files_release(struct cc_files *files)
{
    struct boa_err ignored = { 0 };

    (void)cc_files_close(files, 0, false, &ignored);
    for (size_t i = 0; i < files->count; i++) {
        if (files->items[i].held != NULL)
            boa_input_close(files->items[i].held);
        boa_free(files->items[i].held);
        boa_free(files->items[i].path);
    }
    boa_free(files->items);
    *files = (struct cc_files){ 0 };
}

/* ---- Finding ---- */

static int add_file(struct cc_files *files, const char *path, bool found, struct boa_err *err)
{
    char *copy;

    if (files->count == files->cap) {
        size_t cap = files->cap != 0 ? 2 * files->cap : 16;
        struct cc_file *items = boa_realloc(files->items, cap * sizeof *items, err);
        if (items == NULL)
            return -1;
        files->items = items;
        files->cap = cap;
    }
    copy = boa_alloc_text(path, strlen(path), err);
    if (copy == NULL)
        return -1;
    files->items[files->count++] = (struct cc_file){ .path = copy, .found = found };
    return 0;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);

    return len >= end && strcmp(name + len - end, ending) == 0;
}

/* CodeCarbon's tables and their backups, and whatever is JSON. */
static bool is_wanted(const char *name)
{
    if (strncmp(name, "emissions", strlen("emissions")) == 0 && strstr(name, ".csv") != NULL)
        return true;
    return ends_with(name, ".json") || ends_with(name, ".jsonl") || ends_with(name, ".ndjson");
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

struct names {
    char **items;
    size_t count, cap;
};

static void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        boa_free(names->items[i]);
    boa_free(names->items);
}

/* The entries of a folder in the order of their bytes; hidden ones are left out. */
static int list_folder(struct names *names, const char *path, struct boa_err *err)
{
    const struct dirent *entry;
    DIR *folder = opendir(path);
    int rc = -1;

    if (folder == NULL)
        return boa_err_sys(err, errno, "opening the folder %s", path);
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        if (names->count == names->cap) {
            size_t cap = names->cap != 0 ? 2 * names->cap : 16;
            char **items = boa_realloc(names->items, cap * sizeof *items, err);
            if (items == NULL)
                goto out;
            names->items = items;
            names->cap = cap;
        }
        names->items[names->count] = boa_alloc_text(entry->d_name, strlen(entry->d_name), err);
        if (names->items[names->count] == NULL)
            goto out;
        names->count++;
    }
    if (names->count != 0)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    rc = 0;
out:
    closedir(folder);
    return rc;
}

static char *join(const char *folder, const char *name, struct boa_err *err)
{
    size_t len = strlen(folder), more = strlen(name);
    bool slash = len != 0 && folder[len - 1] != '/';
    char *path = boa_alloc(len + more + 2, err);

    if (path == NULL)
        return NULL;
    memcpy(path, folder, len);
    if (slash)
        path[len++] = '/';
    memcpy(path + len, name, more + 1);
    return path;
}

static bool is_output(const struct cc_files *files, const struct stat *info)
{
    return files->has_output && info->st_dev == files->output.st_dev &&
           info->st_ino == files->output.st_ino;
}

/* Depth is bounded by FOLDERS_DEEP; links to folders are not followed, so there is no way round. */
static int add_folder(struct cc_files *files, const char *path, unsigned depth, struct boa_err *err)
{
    struct names names = { 0 };
    struct stat info;
    int rc = list_folder(&names, path, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        char *below = join(path, names.items[i], err);

        if (below == NULL) {
            rc = -1;
        } else if (lstat(below, &info) == 0 && !is_output(files, &info)) {
            if (S_ISDIR(info.st_mode))
                rc = depth < FOLDERS_DEEP ? add_folder(files, below, depth + 1, err) : 0;
            else if (is_wanted(names.items[i]))
                rc = add_file(files, below, true, err);
        }
        boa_free(below);
    }
    names_release(&names);
    return rc;
}

int cc_files_add(struct cc_files *files, const char *path, size_t *added, struct boa_err *err)
{
    size_t before = files->count;
    struct stat info;
    int rc;

    if (strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        rc = add_folder(files, path, 0, err);
    else
        rc = add_file(files, path, false, err);
    *added = files->count - before;
    return rc;
}

/* ---- Recognising ---- */

/* Fills `kept` with the first bytes of the input, up to `wanted` or the end. */
static int peek(struct boa_input *in, size_t wanted, struct boa_str *kept, struct boa_err *err)
{
    int got = 1;

    *kept = boa_input_kept(in);
    while (kept->len < wanted && kept->len < in->max && got > 0) {
        got = boa_input_more(in, err);
        if (got < 0)
            return -1;
        *kept = boa_input_kept(in);
    }
    return 0;
}

/* The first line that is not blank, without a byte order mark. */
static struct boa_str first_line(struct boa_str text)
{
    if (boa_str_starts_with(text, BOA_STR_LIT("\xEF\xBB\xBF")))
        text = boa_str_from_byte(text, 3);
    while (text.len != 0 && (text.ptr[0] == ' ' || text.ptr[0] == '\t' || text.ptr[0] == '\r' ||
                             text.ptr[0] == '\n'))
        text = boa_str_from_byte(text, 1);
    return text.len == 0 ? text : boa_str_make(text.ptr, boa_str_find_byte(text, '\n'));
}

/* "timestamp: 2025-…": the name of a column, then a colon. */
static bool is_key_value(struct boa_str line)
{
    size_t colon = boa_str_find_byte(line, ':');
    struct boa_str key = boa_str_trim(boa_str_make(line.ptr, colon));

    for (size_t i = 0; colon != line.len && cc_all_columns[i] != NULL; i++) {
        if (boa_str_equal_lit(key, cc_all_columns[i]))
            return true;
    }
    return false;
}

static bool has(struct boa_str text, const char *part)
{
    return boa_str_find(text, boa_str_from(part)) != text.len;
}

static enum cc_form recognise(struct boa_str kept)
{
    struct boa_str line = first_line(kept);

    if (line.len != 0 && (line.ptr[0] == '{' || line.ptr[0] == '['))
        return CC_FORM_JSON;
    if (is_key_value(line))
        return CC_FORM_TEXT;
    /* A table's header names its columns; a log has objects further on, if not in its first line.
     */
    if (!has(line, "timestamp") && has(kept, "{\"") &&
        (has(kept, "\"energy_consumed\"") || has(kept, "\"emissions_sum\"")))
        return CC_FORM_JSON;
    return has(line, "{\"timestamp\"") ? CC_FORM_JSON : CC_FORM_CSV;
}

/* JSON in a folder is anybody's; CodeCarbon's names its figures early, as reports do. */
static bool is_ours(struct boa_str kept, enum cc_form form)
{
    return form != CC_FORM_JSON || has(kept, "\"powerConsumption\"") ||
           has(kept, "\"taskStage\"") || has(kept, "\"energy_consumed\"") ||
           has(kept, "\"emissions_sum\"") || has(kept, "\"cpu_model\"");
}

/* ---- Opening ---- */

/* Opens a file for the pass at hand: one that was held since the first starts anew. */
static int open_input(struct cc_files *files, struct cc_file *file, struct boa_err *err)
{
    if (file->held != NULL) {
        files->in = *file->held;
        boa_free(file->held);
        file->held = NULL;
        if (boa_input_seek(&files->in, 0, err) == 0)
            return 0;
    } else if (boa_input_open(&files->in, file->path, files->options.max_row, err) != 0) {
        return -1;
    } else {
        file->once = !files->in.seekable || strcmp(file->path, "-") == 0;
        return 0;
    }
    boa_input_close(&files->in);
    return -1;
}

static bool has_line_end(struct boa_str text)
{
    return boa_str_find_byte(text, '\n') != text.len || boa_str_find_byte(text, '\r') != text.len;
}

/* Copies an input that must be read twice and cannot. `stranger` says what it is if it is no table:
 * that is found out before, for it may have no end. */
static int spool(struct cc_files *files, enum cc_form form, const char **stranger,
                 struct boa_err *err)
{
    const struct columns *columns = files->options.columns;
    bool has_header = form == CC_FORM_CSV && (columns == NULL || columns->count == 0);
    struct boa_str kept = boa_input_kept(&files->in);

    if (!files->options.twice || files->in.seekable)
        return 0;
    if (has_header && !has_line_end(kept)) {
        if (peek(&files->in, FIRST_LINE_MAX, &kept, err) != 0)
            return -1;
        if ((kept.len >= FIRST_LINE_MAX || kept.len >= files->in.max) && !has_line_end(kept)) {
            *stranger = "no table: its first line is too long for a header";
            return 0;
        }
    }
    return boa_input_spool(&files->in, files->options.spool_folder, err);
}

static int refuse(struct cc_file *file, uint64_t line, const struct boa_diags *diags,
                  const char *why)
{
    boa_diags_add(diags, BOA_DIAG_TABLE_UNKNOWN,
                  (struct boa_place){ .file = boa_str_from(file->path), .line = line },
                  (struct boa_str){ 0 }, "%s", why);
    file->unusable = true;
    return CC_REFUSED;
}

static int open_reader(struct cc_files *files, enum cc_form form, const struct boa_diags *diags,
                       bool *usable, struct boa_err *err)
{
    *usable = true;
    switch (form) {
    case CC_FORM_JSON:
        files->rows = &files->reader.json.rows;
        return cc_json_open(&files->reader.json, &files->in, diags, err);
    case CC_FORM_TEXT:
        files->rows = &files->reader.text.rows;
        return cc_text_open(&files->reader.text, &files->in, diags, err);
    default:
        files->rows = &files->reader.csv.rows;
        return cc_csv_open(&files->reader.csv, &files->in, files->options.columns, diags, usable,
                           err);
    }
}

int cc_files_open(struct cc_files *files, size_t number, const struct boa_diags *diags,
                  struct boa_err *err)
{
    struct cc_file *file = &files->items[number];
    enum cc_form form = files->options.form;
    struct boa_err ignored = { 0 };
    const char *stranger;
    struct boa_str kept;
    bool usable, empty;

    if (file->unusable)
        return CC_SKIPPED;
    if (ends_with(file->path, ".yaml") || ends_with(file->path, ".yml"))
        return refuse(file, 0, diags, "this is YAML; a context is given with -c");
    if (open_input(files, file, err) != 0)
        return -1;
    if (peek(&files->in, PEEK_MAX, &kept, err) != 0)
        goto fail;
    if (form == CC_FORM_AUTO)
        form = recognise(kept);
    if (file->found && !is_ours(kept, form)) {
        file->unusable = true;
        boa_input_close(&files->in);
        return CC_NOT_OURS;
    }
    stranger = boa_csv_stranger(kept);
    if (stranger == NULL && spool(files, form, &stranger, err) != 0)
        goto fail;
    if (stranger != NULL) {
        boa_input_close(&files->in);
        return refuse(file, 1, diags, stranger);
    }
    if (open_reader(files, form, diags, &usable, err) != 0)
        goto fail;
    if (usable)
        return CC_OPENED;
    file->unusable = true;
    empty = files->reader.csv.empty; /* other forms are never refused as a whole */
    (void)cc_files_close(files, number, false, &ignored);
    return empty ? CC_EMPTY : CC_REFUSED;
fail:
    if (files->rows != NULL)
        (void)cc_files_close(files, number, false, &ignored);
    else
        boa_input_close(&files->in);
    return -1;
}

int cc_files_close(struct cc_files *files, size_t number, bool again, struct boa_err *err)
{
    struct cc_file *file;
    int rc = 0;

    if (files->rows == NULL)
        return 0;
    files->rows->ops->close(files->rows);
    files->rows = NULL;
    file = &files->items[number];
    if (again && file->once) {
        file->held = boa_alloc(sizeof *file->held, err);
        if (file->held != NULL) {
            *file->held = files->in;
            files->in = (struct boa_input){ .fd = -1 };
            return 0;
        }
        rc = -1;
    }
    boa_input_close(&files->in);
    return rc;
}
