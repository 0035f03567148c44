/* Tells totals, tasks, the API's parts and the API's runs by their keys. */
#include "converters/keyed_row.h"

#include <assert.h>
#include <stdio.h>

enum {
    LACKING_MAX = 256,
    COLUMNS_MAX = 64, /* bits of cc_keyed.has */
};

static uint64_t bit(int column)
{
    return (uint64_t)1 << column;
}

static uint64_t bit_of(const struct cc_keyed *row, enum cc_column column)
{
    return bit(row->rows->column[column]);
}

static int find_column(const struct cc_rows *rows, struct boa_str key)
{
    for (size_t i = 0; i < rows->columns; i++) {
        if (boa_str_equal(rows->names[i], key))
            return (int)i;
    }
    return -1;
}

int cc_keyed_init(struct cc_keyed *row, struct cc_rows *rows, struct boa_err *err)
{
    struct boa_str names[COLUMNS_MAX];
    size_t count = 0;

    for (; cc_all_columns[count] != NULL; count++) {
        assert(count < COLUMNS_MAX);
        names[count] = boa_str_from(cc_all_columns[count]);
    }
    if (cc_rows_set_columns(rows, names, count, err) != 0)
        return -1;
    *row = (struct cc_keyed){ .rows = rows };
    row->emissions_sum = find_column(rows, BOA_STR_LIT("emissions_sum"));
    row->version = find_column(rows, BOA_STR_LIT("codecarbon_version"));
    return 0;
}

void cc_keyed_clear(struct cc_keyed *row)
{
    memset(row->rows->cells, 0, row->rows->columns * sizeof *row->rows->cells);
    row->id = row->provider = (struct boa_str){ 0 };
    row->has = 0;
    row->keys = 0;
}

int cc_keyed_column(const struct cc_keyed *row, struct boa_str key)
{
    return find_column(row->rows, key);
}

struct boa_str *cc_keyed_cell(struct cc_keyed *row, struct boa_str key)
{
    size_t number = row->keys++ % CC_KEYED_GUESSES;
    int column = row->guess[number];

    if (column < 0 || !boa_str_equal(row->rows->names[column], key)) {
        column = find_column(row->rows, key);
        row->guess[number] = (int16_t)column;
    }
    if (column >= 0) {
        row->has |= bit(column);
        return &row->rows->cells[column];
    }
    if (boa_str_equal_lit(key, "id"))
        return &row->id;
    return boa_str_equal_lit(key, "provider") ? &row->provider : NULL;
}

/* What an object of the API's POST /runs always has, and its figures' lack. */
static bool is_about(const struct cc_keyed *row)
{
    uint64_t all = bit_of(row, CC_TIMESTAMP) | bit_of(row, CC_EXPERIMENT_ID) | bit_of(row, CC_OS) |
                   bit(row->version);
    uint64_t none = bit_of(row, CC_DURATION) | bit_of(row, CC_EMISSIONS) | bit_of(row, CC_ENERGY) |
                    bit(row->emissions_sum);

    return (row->has & all) == all && (row->has & none) == 0;
}

static enum cc_row_kind kind_of(const struct cc_keyed *row)
{
    if (is_about(row))
        return CC_ROW_ABOUT;
    if ((row->has & bit(row->emissions_sum)) != 0 && (row->has & bit_of(row, CC_EMISSIONS)) == 0)
        return CC_ROW_PART;
    return (row->has & bit_of(row, CC_TASK_NAME)) != 0 ? CC_ROW_TASK : CC_ROW_TOTAL;
}

/* Writes the names of the keys that a row of that kind needs and has not; "" when it has all. */
static void list_lacking(char *text, const struct cc_keyed *row, enum cc_row_kind kind)
{
    const uint64_t figures = bit_of(row, CC_TIMESTAMP) | bit_of(row, CC_DURATION) |
                             bit_of(row, CC_ENERGY);
    const uint64_t needed[] = {
        [CC_ROW_TOTAL] = figures | bit_of(row, CC_EMISSIONS),
        [CC_ROW_TASK] = figures | bit_of(row, CC_EMISSIONS),
        [CC_ROW_PART] = figures | bit_of(row, CC_RUN_ID),
        [CC_ROW_ABOUT] = 0,
    };
    uint64_t lacking = needed[kind] & ~row->has;
    size_t len = 0;

    text[0] = '\0';
    for (size_t i = 0; i < row->rows->columns; i++) {
        if ((lacking & bit((int)i)) != 0)
            len += (size_t)snprintf(text + len, LACKING_MAX - len, "%s%.*s", len != 0 ? ", " : "",
                                    BOA_STR_FMT(row->rows->names[i]));
    }
}

/* What is called otherwise elsewhere gets the name it has in a table. */
static void rename_cells(struct cc_keyed *row, enum cc_row_kind kind)
{
    struct boa_str *cells = row->rows->cells;
    const int *column = row->rows->column;

    if (kind == CC_ROW_PART)
        cells[column[CC_EMISSIONS]] = cells[row->emissions_sum];
    if (kind == CC_ROW_ABOUT && cells[column[CC_RUN_ID]].len == 0)
        cells[column[CC_RUN_ID]] = row->id;
    if (kind == CC_ROW_ABOUT && cells[column[CC_CLOUD_PROVIDER]].len == 0)
        cells[column[CC_CLOUD_PROVIDER]] = row->provider;
    /* Before 2.0 there was no run_id, and experiment_id was a fresh UUID for every run. */
    if (kind == CC_ROW_TOTAL && (row->has & bit_of(row, CC_RUN_ID)) == 0)
        cells[column[CC_RUN_ID]] = cells[column[CC_EXPERIMENT_ID]];
}

bool cc_keyed_end(struct cc_keyed *row, struct boa_place place, bool tell, struct cc_row *out)
{
    char lacking[LACKING_MAX];

    out->kind = kind_of(row);
    list_lacking(lacking, row, out->kind);
    if (lacking[0] != '\0') {
        if (!tell)
            return false;
        row->rows->seen++;
        row->rows->refused++;
        boa_diags_add(row->rows->diags, BOA_DIAG_RECORD_UNKNOWN, place, (struct boa_str){ 0 },
                      "record refused: not one of CodeCarbon's: no key %s", lacking);
        return false;
    }
    row->rows->seen++;
    rename_cells(row, out->kind);
    return cc_rows_check(row->rows, place, out);
}
