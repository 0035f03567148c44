/* Any bytes as CodeCarbon's JSON: the same rows in pieces of any size, with little memory too. */
#include "converters/read_codecarbon_json.h"

#include "tests/fuzz/fuzz_rows.h"

static void read_in_pieces(struct fuzz_rows *found, struct boa_str text, size_t chunk, size_t max)
{
    struct boa_input in;
    struct cc_json reader;
    struct boa_err err = { 0 };

    FUZZ_CHECK(boa_input_open_text(&in, "fuzz", text, &err) == 0);
    in.chunk = chunk;
    in.max = max;
    FUZZ_CHECK(cc_json_open(&reader, &in, NULL, &err) == 0);
    fuzz_rows_read(found, &reader.rows, text.len);
    FUZZ_CHECK(in.cap <= max + 1);
    boa_input_close(&in);
}

int boa_fuzz_codecarbon_json(const uint8_t *data, size_t size)
{
    static struct fuzz_rows whole, pieces;
    struct boa_str text = boa_str_make((const char *)data, size);

    read_in_pieces(&whole, text, 1 << 20, 1 << 20);
    read_in_pieces(&pieces, text, 3, 1 << 20);
    fuzz_rows_compare(&whole, &pieces);
    read_in_pieces(&whole, text, 1 << 20, FUZZ_KEPT_MAX / 4);
    read_in_pieces(&pieces, text, 1, FUZZ_KEPT_MAX / 4);
    fuzz_rows_compare(&whole, &pieces);
    return 0;
}
