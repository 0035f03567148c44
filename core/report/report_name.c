/* Builds file names that every file system and shell takes. */
#include "core/report/report_name.h"

#include "core/report/report_id.h"

enum { PART_MAX = 40, DIGEST_DIGITS = 16 };

static bool is_safe(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
}

/* Appends the safe form of a part; false when it is not the part itself. */
static bool put_part(char **out, struct boa_str part)
{
    char *start = *out, *end = start;
    bool same = true;

    for (size_t i = 0; i < part.len; i++) {
        char c = part.ptr[i];

        /* A leading point would hide the rest on systems that cut names into parts. */
        bool safe = is_safe(c) && (c != '.' || end != start);
        if (end - start == PART_MAX) {
            same = false;
            break;
        }
        same = same && safe;
        if (!safe && (end == start || end[-1] == '-'))
            continue;
        *end++ = safe ? c : '-';
    }
    if (end != start && end[-1] == '-' && !same)
        end--;
    *out = end;
    return same && part.len != 0;
}

static void put_digest(char **out, struct boa_str text)
{
    struct boa_key128 key = boa_key128_make(text);

    *(*out)++ = '-';
    for (int i = 0; i < DIGEST_DIGITS; i++)
        *(*out)++ = "0123456789abcdef"[key.high >> (60 - 4 * i) & 15];
}

void boa_report_name_make(char *out, const struct boa_report_name *name)
{
    const struct boa_str parts[] = { name->publisher, name->stage, name->family, name->infra };
    const char *prefix = name->draft ? "draft_" : "report_";

    memcpy(out, prefix, strlen(prefix));
    out += strlen(prefix);
    for (size_t i = 0; !name->draft && i < sizeof parts / sizeof parts[0]; i++) {
        char *before = out;
        (void)put_part(&out, parts[i]);
        if (out != before)
            *out++ = '_';
    }
    if (!put_part(&out, name->id))
        put_digest(&out, name->id);
    memcpy(out, ".json", sizeof ".json");
}
