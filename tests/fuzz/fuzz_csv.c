/* Any bytes as a table: the same rows in pieces of any size, places that only grow, and without
 * quotes what splitting at commas and line ends gives. */
#include "converters/csv.h"
#include "tests/fuzz/fuzz.h"

enum { WHOLE = 1 << 20 };

struct rows {
    struct boa_buf text; /* place, fault and cells of every row */
    bool faults;
};

static void put(struct boa_buf *text, const void *bytes, size_t len)
{
    struct boa_err err = { 0 };

    FUZZ_CHECK(boa_buf_put(text, boa_str_make(bytes, len), &err) == 0);
}

static void put_number(struct boa_buf *text, uint64_t number)
{
    put(text, &number, sizeof number);
}

static void check_row(const struct boa_csv_row *row, const struct boa_csv_row *before, size_t size)
{
    size_t bytes = 0;

    FUZZ_CHECK(row->offset < size && row->line >= 1);
    FUZZ_CHECK(before->line == 0 || (row->offset > before->offset && row->line > before->line));
    FUZZ_CHECK(row->count != 0 || row->fault != BOA_CSV_FAULT_NONE);
    FUZZ_CHECK(row->count <= BOA_CSV_CELLS_MAX && row->recoded <= row->count);
    for (size_t i = 0; i < row->count; i++) {
        FUZZ_CHECK(boa_utf8_valid_prefix(row->cells[i]) == row->cells[i].len);
        FUZZ_CHECK(boa_str_trim(row->cells[i]).len == row->cells[i].len);
        bytes += row->cells[i].len;
    }
    FUZZ_CHECK(bytes <= (size - row->offset) * (row->recoded != 0 ? 3 : 1));
}

static void read_rows(struct rows *out, struct boa_str bytes, size_t chunk, size_t max)
{
    struct boa_input in;
    struct boa_csv csv;
    struct boa_csv_row row, before = { 0 };
    struct boa_err err = { 0 };
    int got;

    boa_buf_init(&out->text, SIZE_MAX / 2);
    out->faults = false;
    FUZZ_CHECK(boa_input_open_text(&in, "t.csv", bytes, &err) == 0);
    in.chunk = chunk;
    in.max = max;
    boa_csv_init(&csv, &in, ',', 1);
    while ((got = boa_csv_next(&csv, &row, &err)) > 0) {
        check_row(&row, &before, bytes.len);
        before = row;
        out->faults = out->faults || row.fault != BOA_CSV_FAULT_NONE;
        put_number(&out->text, row.line);
        put_number(&out->text, row.offset);
        put_number(&out->text, row.fault);
        put_number(&out->text, row.count);
        for (size_t i = 0; i < row.count; i++) {
            put_number(&out->text, row.cells[i].len);
            put(&out->text, row.cells[i].ptr, row.cells[i].len);
        }
    }
    FUZZ_CHECK(got == 0);
    boa_csv_release(&csv);
    boa_input_close(&in);
}

/* A row without quotes, by looking for commas. */
static void put_naive_row(struct boa_buf *text, struct boa_str row, uint64_t line, uint64_t offset)
{
    uint64_t cells = 1;

    for (size_t i = 0; i < row.len; i++)
        cells += row.ptr[i] == ',';
    if (cells == 1 && boa_str_trim(row).len == 0)
        return;
    put_number(text, line);
    put_number(text, offset);
    put_number(text, cells > BOA_CSV_CELLS_MAX ? BOA_CSV_FAULT_TOO_WIDE : BOA_CSV_FAULT_NONE);
    put_number(text, cells > BOA_CSV_CELLS_MAX ? 0 : cells);
    for (; cells <= BOA_CSV_CELLS_MAX;
         row = boa_str_from_byte(row, boa_str_find_byte(row, ',') + 1)) {
        size_t end = boa_str_find_byte(row, ',');
        struct boa_str cell = boa_str_trim(boa_str_make(row.ptr, end));

        put_number(text, cell.len);
        put(text, cell.ptr, cell.len);
        if (end == row.len)
            break;
    }
}

static void put_naive_rows(struct boa_buf *text, struct boa_str bytes)
{
    uint64_t line = 1;

    for (size_t start = 0; start < bytes.len; line++) {
        size_t end = start;

        while (end < bytes.len && bytes.ptr[end] != '\n' && bytes.ptr[end] != '\r')
            end++;
        put_naive_row(text, boa_str_make(bytes.ptr + start, end - start), line, start);
        start = end + 1 +
                (end + 1 < bytes.len && bytes.ptr[end] == '\r' && bytes.ptr[end + 1] == '\n');
    }
}

/* The first byte chooses the size of the pieces and the limit. */
int boa_fuzz_csv(const uint8_t *data, size_t size)
{
    struct rows whole, pieces, limited;
    struct boa_buf naive;

    if (size == 0)
        return 0;
    struct boa_str bytes = boa_str_make((const char *)data + 1, size - 1);
    size_t chunk = 1 + (data[0] & 15u), max = 8 + (data[0] >> 4u) * 16u;

    read_rows(&whole, bytes, WHOLE, SIZE_MAX);
    read_rows(&pieces, bytes, chunk, SIZE_MAX);
    FUZZ_CHECK(boa_str_equal(boa_buf_str(&whole.text), boa_buf_str(&pieces.text)));
    read_rows(&limited, bytes, chunk, max);
    boa_buf_init(&naive, SIZE_MAX / 2);
    if (boa_str_find_byte(bytes, '"') == bytes.len && boa_utf8_valid_prefix(bytes) == bytes.len) {
        put_naive_rows(&naive, bytes);
        FUZZ_CHECK(boa_str_equal(boa_buf_str(&whole.text), boa_buf_str(&naive)));
    }
    boa_buf_release(&naive);
    boa_buf_release(&whole.text);
    boa_buf_release(&pieces.text);
    boa_buf_release(&limited.text);
    return 0;
}
