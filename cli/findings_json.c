/* Findings as JSON lines for programs. */
#include "cli/findings_format.h"
#include "cli/style.h"
#include "cli/text.h"
#include "core/json/json_write.h"

/* A text that is not empty, cut where it is too long. */
static void put_member(struct boa_json_writer *w, const char *key, struct boa_str text)
{
    char cut[BOA_FINDINGS_TEXT_MAX + sizeof("…")];

    if (text.len == 0)
        return;
    boa_json_key(w, key);
    if (text.len > BOA_FINDINGS_TEXT_MAX) {
        struct boa_str kept = boa_text_cut(text, BOA_FINDINGS_TEXT_MAX);
        memcpy(cut, kept.ptr, kept.len);
        memcpy(cut + kept.len, "…", sizeof("…") - 1);
        text = boa_str_make(cut, kept.len + sizeof("…") - 1);
    }
    boa_json_string(w, text);
}

static void put_count(struct boa_json_writer *w, const char *key, uint64_t value)
{
    if (value == 0)
        return;
    boa_json_key(w, key);
    boa_json_uint(w, value);
}

static int put_object(struct boa_buf *buf, const struct boa_finding *finding, struct boa_err *err)
{
    const struct boa_diag_info *info = boa_diag_info(finding->id);
    struct boa_json_writer w;

    boa_json_writer_init(&w, buf, 0);
    boa_json_begin_object(&w);
    put_count(&w, "v", 1);
    put_member(&w, "kind", BOA_STR_LIT("finding"));
    put_member(&w, "severity", boa_str_from(boa_severity_name(finding->severity)));
    put_member(&w, "id", boa_str_from(info->id));
    put_member(&w, "file", finding->place.file);
    put_count(&w, "line", finding->place.line);
    put_count(&w, "column", finding->place.column);
    put_member(&w, "pointer", finding->pointer);
    put_member(&w, "message", finding->message);
    put_member(&w, "hint", boa_str_from(info->hint));
    boa_json_end(&w);
    return boa_json_writer_finish(&w, err);
}

int boa_findings_put_json(struct boa_buf *buf, const struct boa_finding *finding,
                          struct boa_err *err)
{
    struct boa_buf object;
    int rc = -1;

    boa_buf_init(&object, buf->max);
    if (put_object(&object, finding, err) == 0 &&
        boa_style_put_json(buf, boa_buf_str(&object), err) == 0)
        rc = boa_buf_put_byte(buf, '\n', err);
    boa_buf_release(&object);
    return rc;
}
