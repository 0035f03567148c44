/* Column names from the command line or from another file. */
#include "converters/columns.h"

#include "converters/csv.h"
#include "converters/csv_head.h"
#include "core/base/alloc.h"

void columns_release(struct columns *columns)
{
    boa_free(columns->names);
    boa_free(columns->text);
    *columns = (struct columns){ 0 };
}

/* Copies the names of a row. */
static int copy_names(struct columns *out, const struct boa_str *names, size_t count,
                      struct boa_err *err)
{
    struct columns made = { .count = count };
    size_t bytes = 0;
    char *text;

    for (size_t i = 0; i < count; i++)
        bytes += names[i].len;
    made.names = boa_alloc_zero(count, sizeof *made.names, err);
    made.text = boa_alloc(bytes, err);
    if (made.names == NULL || made.text == NULL) {
        columns_release(&made);
        return -1;
    }
    text = made.text;
    for (size_t i = 0; i < count; i++) {
        if (names[i].len != 0)
            memcpy(text, names[i].ptr, names[i].len);
        made.names[i] = boa_str_make(text, names[i].len);
        text += names[i].len;
    }
    *out = made;
    return 0;
}

static int from_input(struct columns *out, struct boa_input *in, struct boa_err *err)
{
    struct boa_csv csv;
    struct boa_csv_row row;
    const char *stranger;
    char separator;
    int got, rc = -1;

    if (boa_csv_skip_mark(in, &stranger, err) != 0 ||
        boa_csv_find_separator(&separator, in, err) != 0)
        return -1;
    if (stranger != NULL)
        return boa_err_set(err, BOA_ERR_USAGE, "%.*s: %s", BOA_STR_FMT(in->name), stranger);
    boa_csv_init(&csv, in, separator, 1);
    got = boa_csv_next(&csv, &row, err);
    if (got > 0 && row.fault == BOA_CSV_FAULT_NONE)
        rc = copy_names(out, row.cells, row.count, err);
    else if (got >= 0)
        boa_err_set(err, BOA_ERR_USAGE, "%.*s: no row of column names", BOA_STR_FMT(in->name));
    boa_csv_release(&csv);
    return rc;
}

int columns_from_list(struct columns *out, const char *list, struct boa_err *err)
{
    struct boa_input in;
    int rc;

    if (boa_input_open_text(&in, "--columns", boa_str_from(list), err) != 0)
        return -1;
    rc = from_input(out, &in, err);
    boa_input_close(&in);
    return rc;
}

int columns_from_file(struct columns *out, const char *path, size_t max_bytes, struct boa_err *err)
{
    struct boa_input in;
    int rc;

    if (boa_input_open(&in, path, max_bytes, err) != 0)
        return -1;
    rc = from_input(out, &in, err);
    boa_input_close(&in);
    return rc;
}
