/* Any bytes as CodeCarbon's lines of text. */
#include "converters/read_codecarbon_text.h"

#include "tests/fuzz/fuzz_rows.h"

static struct cc_rows *open_reader(struct boa_input *in)
{
    static struct cc_text reader;
    struct boa_err err = { 0 };

    FUZZ_CHECK(cc_text_open(&reader, in, NULL, &err) == 0);
    return &reader.rows;
}

int boa_fuzz_codecarbon_text(const uint8_t *data, size_t size)
{
    fuzz_rows_check(open_reader, boa_str_make((const char *)data, size));
    return 0;
}
