/* JSON text into a buffer: strings escaped, numbers as given. All local output goes through here.
 */
#ifndef BOA_JSON_WRITE_H
#define BOA_JSON_WRITE_H

#include "core/base/buf.h"

/* Most bytes that `len` bytes of text can become, quotes included. */
static inline size_t boa_json_string_bound(size_t len)
{
    return len * 6 + 2;
}

/* Writes a quoted string to `out`, which has room for boa_json_string_bound(text.len); returns the
 * end. The text must be UTF-8. Escapes what RFC 8259 demands (quote, backslash, controls: \b \t \n
 * \f \r, else \u00xx) and U+007F; everything else stays as it is. */
char *boa_json_write_string(char *out, struct boa_str text);

/* The same into a buffer. Bytes that are no UTF-8 become U+FFFD, one for each byte. */
int boa_json_put_string(struct boa_buf *buf, struct boa_str text, struct boa_err *err);

/* A writer for small documents (findings, summaries, templates), compact or indented. Members come
 * in the caller's order.
 *
 *     boa_json_writer_init(&w, buf, 0);
 *     boa_json_begin_object(&w);
 *     boa_json_key(&w, "v"); boa_json_number(&w, BOA_STR_LIT("1"));
 *     boa_json_end(&w);
 *     if (boa_json_writer_finish(&w, err) != 0) …       first failure of all calls above
 */
struct boa_json_writer {
    struct boa_buf *buf;
    unsigned indent; /* blanks a level; 0 is compact, on one line */
    unsigned depth;
    bool first, after_key;
    bool failed;
    uint64_t in_object;
    struct boa_err err;
};

enum { BOA_JSON_WRITER_DEPTH_MAX = 64 };

void boa_json_writer_init(struct boa_json_writer *w, struct boa_buf *buf, unsigned indent);
void boa_json_begin_object(struct boa_json_writer *w);
void boa_json_begin_array(struct boa_json_writer *w);
void boa_json_end(struct boa_json_writer *w); /* closes the innermost object or array */
void boa_json_key(struct boa_json_writer *w, const char *name);
void boa_json_string(struct boa_json_writer *w, struct boa_str text);
void boa_json_number(struct boa_json_writer *w,
                     struct boa_str token); /* a canonical number, copied */
void boa_json_uint(struct boa_json_writer *w, uint64_t value);
void boa_json_bool(struct boa_json_writer *w, bool value);
int boa_json_writer_finish(struct boa_json_writer *w, struct boa_err *err);

#endif
