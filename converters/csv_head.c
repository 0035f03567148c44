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

static const char *stranger_by_mark(struct boa_str head)
{
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        if (boa_str_starts_with(head, strangers[i].bytes))
            return strangers[i].says;
    }
    return NULL;
}

const char *boa_csv_stranger(struct boa_str head)
{
    const char *says = stranger_by_mark(head);
    size_t nul = boa_str_find_byte(head, '\0'), end = 0;

    if (says != NULL || nul == head.len)
        return says;
    while (end < nul && head.ptr[end] != '\n' && head.ptr[end] != '\r')
        end++;
    if (end < nul && boa_utf8_valid_prefix(boa_str_make(head.ptr, end)) == end)
        return NULL;
    return "binary data, and no text";
}

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
    *stranger = stranger_by_mark(kept);
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
