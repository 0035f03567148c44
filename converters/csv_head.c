/* Looks at the first bytes of a table. */
#include "converters/csv_head.h"

enum { STRANGER_BYTES = 4, LINE_MAX_BYTES = 1 << 20 };

/* What begins so is no text that can be read. */
static const struct {
    struct boa_str bytes;
    const char *says;
} strangers[] = {
    { BOA_STR("\xFF\xFE"), "the text is UTF-16; save it as UTF-8" },
    { BOA_STR("\xFE\xFF"), "the text is UTF-16; save it as UTF-8" },
    { BOA_STR("PK\x03\x04"), "an Excel workbook or another archive; save it as CSV (UTF-8)" },
    { BOA_STR("\xD0\xCF\x11\xE0"), "an Excel workbook; save it as CSV (UTF-8)" },
    { BOA_STR("\x1F\x8B"), "compressed by gzip; unpack it first" },
};

int boa_csv_skip_mark(struct boa_input *in, const char **stranger, struct boa_err *err)
{
    static const struct boa_str mark = BOA_STR("\xEF\xBB\xBF");
    struct boa_str kept;
    int got = 1;

    while (boa_input_kept(in).len < STRANGER_BYTES && got > 0) {
        got = boa_input_more(in, err);
        if (got < 0)
            return -1;
    }
    kept = boa_input_kept(in);
    *stranger = NULL;
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        if (boa_str_starts_with(kept, strangers[i].bytes))
            *stranger = strangers[i].says;
    }
    if (boa_str_starts_with(kept, mark))
        boa_input_take(in, mark.len);
    return 0;
}

/* What was counted of a text's first line with any separator, quotes left out. */
struct separators {
    size_t at, commas, semicolons, tabs;
    bool quoted, done;
};

static void count_separators(struct separators *seen, struct boa_str text)
{
    for (; seen->at < text.len && !seen->done; seen->at++) {
        char c = text.ptr[seen->at];

        if (c == '"')
            seen->quoted = !seen->quoted;
        if (seen->quoted)
            continue;
        seen->commas += c == ',';
        seen->semicolons += c == ';';
        seen->tabs += c == '\t';
        seen->done = (c == '\n' || c == '\r') && seen->commas + seen->semicolons + seen->tabs != 0;
    }
}

int boa_csv_find_separator(char *separator, struct boa_input *in, struct boa_err *err)
{
    struct separators seen = { 0 };
    int got = 1;

    count_separators(&seen, boa_input_kept(in));
    while (!seen.done && got > 0 && seen.at < LINE_MAX_BYTES && seen.at < in->max) {
        got = boa_input_more(in, err);
        if (got < 0)
            return -1;
        count_separators(&seen, boa_input_kept(in));
    }
    *separator = seen.tabs > seen.commas ? '\t' : ',';
    if (seen.semicolons > seen.commas && seen.semicolons >= seen.tabs)
        *separator = ';';
    return 0;
}
