/* The skeleton of JSON's grammar as a machine of bytes that can stop anywhere. */
#include "core/json/json_split.h"

enum state {
    STATE_VALUE,         /* a value */
    STATE_FIRST_ELEMENT, /* a value or ] */
    STATE_FIRST_KEY,     /* a key or } */
    STATE_KEY,           /* a key */
    STATE_COLON,
    STATE_NEXT,   /* a comma or the closing bracket */
    STATE_STRING, /* inside quotes */
    STATE_ESCAPE, /* behind a backslash */
    STATE_SCALAR, /* inside a number or word */
    STATE_DONE,
    STATE_BROKEN,
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool is_scalar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '+' || c == '.' || c == '_';
}

void boa_json_split_init(struct boa_json_split *split)
{
    *split = (struct boa_json_split){ .bare = true, .state = STATE_VALUE };
}

static bool in_object(const struct boa_json_split *split)
{
    unsigned level = split->depth - 1;
    return (split->in_object[level / 64] >> (level % 64) & 1) != 0;
}

static enum state behind_value(const struct boa_json_split *split)
{
    return split->depth != 0 ? STATE_NEXT : STATE_DONE;
}

static enum state open_container(struct boa_json_split *split, bool object)
{
    if (split->depth == BOA_JSON_DEPTH_MAX)
        return STATE_BROKEN;
    unsigned level = split->depth++;
    uint64_t bit = (uint64_t)1 << (level % 64);
    if (object)
        split->in_object[level / 64] |= bit;
    else
        split->in_object[level / 64] &= ~bit;
    return object ? STATE_FIRST_KEY : STATE_FIRST_ELEMENT;
}

static enum state close_container(struct boa_json_split *split, char c)
{
    if (c != (in_object(split) ? '}' : ']'))
        return STATE_BROKEN;
    split->depth--;
    return behind_value(split);
}

static enum state open_string(struct boa_json_split *split, bool is_key)
{
    split->bare = false;
    split->is_key = is_key;
    return STATE_STRING;
}

static enum state begin_value(struct boa_json_split *split, char c)
{
    if (c == '"')
        return open_string(split, false);
    if (c == '{' || c == '[')
        return open_container(split, c == '{');
    if (!is_scalar(c))
        return STATE_BROKEN;
    split->bare = false;
    return STATE_SCALAR;
}

/* The state behind a byte between strings and scalars that is no blank. */
static enum state take_byte(struct boa_json_split *split, char c)
{
    switch ((enum state)split->state) {
    case STATE_FIRST_ELEMENT:
        return c == ']' ? close_container(split, c) : begin_value(split, c);
    case STATE_VALUE:
        return begin_value(split, c);
    case STATE_FIRST_KEY:
        if (c == '}')
            return close_container(split, c);
        return c == '"' ? open_string(split, true) : STATE_BROKEN;
    case STATE_KEY:
        return c == '"' ? open_string(split, true) : STATE_BROKEN;
    case STATE_COLON:
        return c == ':' ? STATE_VALUE : STATE_BROKEN;
    case STATE_NEXT:
        if (c == ',')
            return in_object(split) ? STATE_KEY : STATE_VALUE;
        return close_container(split, c);
    default:
        return STATE_BROKEN;
    }
}

static const char *skip_string(struct boa_json_split *split, const char *pos, const char *end)
{
    while (pos < end && *pos != '"' && *pos != '\\' && (unsigned char)*pos >= ' ')
        pos++;
    if (pos == end)
        return pos;
    if (*pos == '"')
        split->state = split->is_key ? STATE_COLON : behind_value(split);
    else
        split->state = *pos == '\\' ? STATE_ESCAPE : STATE_BROKEN;
    return split->state == STATE_BROKEN ? pos : pos + 1;
}

static const char *skip_scalar(struct boa_json_split *split, const char *pos, const char *end)
{
    while (pos < end && is_scalar(*pos))
        pos++;
    if (pos < end)
        split->state = behind_value(split);
    return pos;
}

static const char *step(struct boa_json_split *split, const char *pos, const char *end)
{
    switch ((enum state)split->state) {
    case STATE_STRING:
        return skip_string(split, pos, end);
    case STATE_ESCAPE:
        split->state = (unsigned char)*pos < ' ' ? STATE_BROKEN : STATE_STRING;
        break;
    case STATE_SCALAR:
        return skip_scalar(split, pos, end);
    default:
        if (!is_blank(*pos))
            split->state = take_byte(split, *pos);
    }
    return split->state == STATE_BROKEN ? pos : pos + 1;
}

enum boa_json_split_verdict boa_json_split_feed(struct boa_json_split *split, struct boa_str kept)
{
    struct boa_str fresh = boa_str_from_byte(kept, split->offset);
    const char *pos = fresh.ptr;
    const char *end = fresh.len != 0 ? fresh.ptr + fresh.len : fresh.ptr;

    while (pos < end && split->state != STATE_DONE && split->state != STATE_BROKEN)
        pos = step(split, pos, end);
    if (fresh.len != 0)
        split->offset += (size_t)(pos - fresh.ptr);
    if (split->state == STATE_DONE)
        return BOA_JSON_SPLIT_END;
    return split->state == STATE_BROKEN ? BOA_JSON_SPLIT_BROKEN : BOA_JSON_SPLIT_MORE;
}
