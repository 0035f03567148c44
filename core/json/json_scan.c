/* Strict pull scanner for JSON: a table for string bytes, one bit a level for nesting, nothing
 * else. */
#include "core/json/json_scan.h"

/* What may stand at `pos`. A comma is read together with what must follow it, and a key together
 * with its colon, so neither needs a state of its own. */
enum state {
    STATE_START,         /* the document's value */
    STATE_VALUE,         /* a member's value */
    STATE_FIRST_KEY,     /* a key or } */
    STATE_FIRST_ELEMENT, /* a value or ] */
    STATE_NEXT,          /* a comma or the closing bracket */
    STATE_DONE,          /* blanks */
    STATE_FAULT,
};

enum string_class { PLAIN, QUOTE, BACKSLASH, CONTROL, LEAD, BAD };

/* 0 PLAIN, 1 QUOTE, 2 BACKSLASH, 3 CONTROL, 4 LEAD, 5 BAD: 80..C1 and F5..FF never begin a
 * character (RFC 3629). DEL is plain (RFC 8259). */
/* clang-format off */
static const unsigned char string_classes[256] = {
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
    5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
    5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
    4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
};
/* clang-format on */

static enum boa_json_kind fail(struct boa_json_scan *scan, enum boa_json_fault fault,
                               const char *where)
{
    scan->fault = fault;
    scan->state = STATE_FAULT;
    scan->offset = (size_t)(where - scan->begin);
    scan->raw = boa_str_make(where, 0);
    scan->pos = where;
    return BOA_JSON_ERROR;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static inline const char *skip_blanks(const char *pos, const char *end)
{
    while (pos < end && (*pos == ' ' || *pos == '\n' || *pos == '\r' || *pos == '\t'))
        pos++;
    return pos;
}

static inline bool at(const char *pos, const char *end, char c)
{
    return pos < end && *pos == c;
}

static inline bool in_object(const struct boa_json_scan *scan)
{
    unsigned level = scan->depth - 1;
    return (scan->in_object[level / 64] >> (level % 64) & 1) != 0;
}

/* The token is pos … token_end; a value ends there. */
static inline enum boa_json_kind accept_value(struct boa_json_scan *scan, const char *pos,
                                              const char *token_end, enum boa_json_kind kind)
{
    scan->raw = boa_str_make(pos, (size_t)(token_end - pos));
    scan->offset = (size_t)(pos - scan->begin);
    scan->pos = token_end;
    scan->state = scan->depth != 0 ? STATE_NEXT : STATE_DONE;
    return kind;
}

static enum boa_json_kind open_container(struct boa_json_scan *scan, const char *pos, bool object)
{
    if (scan->depth == BOA_JSON_DEPTH_MAX)
        return fail(scan, BOA_JSON_FAULT_DEPTH, pos);
    unsigned level = scan->depth++;
    uint64_t bit = (uint64_t)1 << (level % 64);
    if (object)
        scan->in_object[level / 64] |= bit;
    else
        scan->in_object[level / 64] &= ~bit;
    accept_value(scan, pos, pos + 1, BOA_JSON_END);
    scan->state = object ? STATE_FIRST_KEY : STATE_FIRST_ELEMENT;
    return object ? BOA_JSON_OBJECT_BEGIN : BOA_JSON_ARRAY_BEGIN;
}

static inline enum boa_json_kind close_container(struct boa_json_scan *scan, const char *pos)
{
    scan->depth--;
    return accept_value(scan, pos, pos + 1, *pos == '}' ? BOA_JSON_OBJECT_END : BOA_JSON_ARRAY_END);
}

/* Bytes of the escape at `pos`, 0 when it is none. More than `left`: the text ends inside it. */
static size_t escape_length(const char *pos, size_t left)
{
    if (left < 2)
        return 2;
    if (pos[1] != 'u')
        return memchr("\"\\/bfnrt", pos[1], 8) != NULL ? 2 : 0;
    for (size_t i = 2; i < 6 && i < left; i++) {
        if (!is_hex(pos[i]))
            return 0;
    }
    return 6;
}

/* The same for a character beyond ASCII whose first byte is of class LEAD. Overlong forms,
 * surrogates and what lies above U+10FFFF show in the second byte. */
static size_t character_length(const char *pos, size_t left)
{
    unsigned char lead = (unsigned char)pos[0];
    size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;

    if (left > 1 && ((unsigned char)pos[1] < low || (unsigned char)pos[1] > high))
        return 0;
    for (size_t i = 2; i < length && i < left; i++) {
        if (((unsigned char)pos[i] & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

/* The closing quote of the string that opens at `quote`, or NULL after a fault. */
static inline const char *string_end(struct boa_json_scan *scan, const char *quote)
{
    const char *end = scan->end;
    const char *pos = quote + 1;
    scan->escaped = false;
    for (;;) {
        while (pos < end && string_classes[(unsigned char)*pos] == PLAIN)
            pos++;
        if (pos == end)
            break;
        size_t left = (size_t)(end - pos), length = 0;
        enum boa_json_fault fault = BOA_JSON_FAULT_UTF8;
        switch (string_classes[(unsigned char)*pos]) {
        case QUOTE:
            return pos;
        case BACKSLASH:
            scan->escaped = true;
            fault = BOA_JSON_FAULT_ESCAPE;
            length = escape_length(pos, left);
            break;
        case CONTROL:
            fault = BOA_JSON_FAULT_STRING;
            break;
        case LEAD:
            length = character_length(pos, left);
            break;
        }
        if (length == 0) {
            fail(scan, fault, pos);
            return NULL;
        }
        if (length > left)
            break;
        pos += length;
    }
    fail(scan, BOA_JSON_FAULT_UNFINISHED, end);
    return NULL;
}

static inline enum boa_json_kind scan_string(struct boa_json_scan *scan, const char *quote)
{
    const char *closing = string_end(scan, quote);
    if (closing == NULL)
        return BOA_JSON_ERROR;
    scan->raw = boa_str_make(quote + 1, (size_t)(closing - quote - 1));
    scan->offset = (size_t)(quote - scan->begin);
    scan->pos = closing + 1;
    scan->state = scan->depth != 0 ? STATE_NEXT : STATE_DONE;
    return BOA_JSON_STRING;
}

/* A key and the colon behind it. */
static inline enum boa_json_kind scan_key(struct boa_json_scan *scan, const char *pos)
{
    if (!at(pos, scan->end, '"'))
        return fail(scan, pos < scan->end ? BOA_JSON_FAULT_UNEXPECTED : BOA_JSON_FAULT_UNFINISHED,
                    pos);
    if (scan_string(scan, pos) == BOA_JSON_ERROR)
        return BOA_JSON_ERROR;
    pos = skip_blanks(scan->pos, scan->end);
    if (!at(pos, scan->end, ':'))
        return fail(scan, pos < scan->end ? BOA_JSON_FAULT_UNEXPECTED : BOA_JSON_FAULT_UNFINISHED,
                    pos);
    scan->pos = pos + 1;
    scan->state = STATE_VALUE;
    return BOA_JSON_KEY;
}

static inline const char *skip_digits(const char *pos, const char *end)
{
    while (pos < end && is_digit(*pos))
        pos++;
    return pos;
}

/* The end of the number at `pos`, or NULL when it is none: also when a letter, digit, point or sign
 * follows, so that "01" and "1.2.3" are bad numbers and not a number with something behind it. */
static inline const char *number_end(const char *pos, const char *end)
{
    const char *digits;

    if (*pos == '-')
        pos++;
    digits = pos;
    pos = at(pos, end, '0') ? pos + 1 : skip_digits(pos, end);
    if (pos == digits)
        return NULL;
    if (at(pos, end, '.')) {
        digits = pos + 1;
        pos = skip_digits(digits, end);
        if (pos == digits)
            return NULL;
    }
    if (at(pos, end, 'e') || at(pos, end, 'E')) {
        digits = pos + 1;
        if (at(digits, end, '+') || at(digits, end, '-'))
            digits++;
        pos = skip_digits(digits, end);
        if (pos == digits)
            return NULL;
    }
    if (pos < end && (is_digit(*pos) || is_letter(*pos) || *pos == '.' || *pos == '+' ||
                      *pos == '-' || *pos == '_'))
        return NULL;
    return pos;
}

static enum boa_json_kind scan_word(struct boa_json_scan *scan, const char *pos,
                                    struct boa_str word, enum boa_json_kind kind)
{
    size_t left = (size_t)(scan->end - pos);
    if (left < word.len && memcmp(pos, word.ptr, left) == 0)
        return fail(scan, BOA_JSON_FAULT_UNFINISHED, scan->end);
    if (left < word.len || memcmp(pos, word.ptr, word.len) != 0)
        return fail(scan, BOA_JSON_FAULT_LITERAL, pos);
    pos += word.len;
    if (pos < scan->end && (is_letter(*pos) || is_digit(*pos) || *pos == '_'))
        return fail(scan, BOA_JSON_FAULT_LITERAL, pos - word.len);
    return accept_value(scan, pos - word.len, pos, kind);
}

static enum boa_json_kind scan_python_literal(struct boa_json_scan *scan, const char *pos)
{
    static const struct boa_str words[] = { BOA_STR("NaN"), BOA_STR("Infinity"),
                                            BOA_STR("-Infinity") };
    size_t at = *pos == 'N' ? 0 : *pos == 'I' ? 1 : 2;
    return scan_word(scan, pos, words[at], BOA_JSON_NUMBER);
}

/* No number of JSON's: -Infinity, or none at all. */
static enum boa_json_kind refuse_number(struct boa_json_scan *scan, const char *pos)
{
    bool word = *pos == '-' && pos + 1 < scan->end && is_letter(pos[1]);
    if (word && scan->python_literals)
        return scan_python_literal(scan, pos);
    return fail(scan, word ? BOA_JSON_FAULT_LITERAL : BOA_JSON_FAULT_NUMBER, pos);
}

static inline enum boa_json_kind scan_number(struct boa_json_scan *scan, const char *pos)
{
    const char *token_end = number_end(pos, scan->end);
    if (token_end == NULL)
        return refuse_number(scan, pos);
    return accept_value(scan, pos, token_end, BOA_JSON_NUMBER);
}

static enum boa_json_kind fail_value(struct boa_json_scan *scan, const char *pos)
{
    if (pos == scan->end)
        return fail(scan, BOA_JSON_FAULT_UNFINISHED, pos);
    if (scan->python_literals && (*pos == 'N' || *pos == 'I'))
        return scan_python_literal(scan, pos);
    if (is_letter(*pos))
        return fail(scan, BOA_JSON_FAULT_LITERAL, pos);
    if (*pos == '+' || *pos == '.')
        return fail(scan, BOA_JSON_FAULT_NUMBER, pos);
    return fail(scan, BOA_JSON_FAULT_UNEXPECTED, pos);
}

static inline enum boa_json_kind scan_value(struct boa_json_scan *scan, const char *pos)
{
    if (pos == scan->end)
        return fail_value(scan, pos);
    switch (*pos) {
    case '"':
        return scan_string(scan, pos);
    case '{':
        return open_container(scan, pos, true);
    case '[':
        return open_container(scan, pos, false);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return scan_number(scan, pos);
    case 't':
        return scan_word(scan, pos, BOA_STR_LIT("true"), BOA_JSON_TRUE);
    case 'f':
        return scan_word(scan, pos, BOA_STR_LIT("false"), BOA_JSON_FALSE);
    case 'n':
        return scan_word(scan, pos, BOA_STR_LIT("null"), BOA_JSON_NULL);
    default:
        return fail_value(scan, pos);
    }
}

static inline enum boa_json_kind scan_next_member(struct boa_json_scan *scan, const char *pos)
{
    if (pos == scan->end)
        return fail(scan, BOA_JSON_FAULT_UNFINISHED, pos);
    bool object = in_object(scan);
    char closing = object ? '}' : ']';
    if (*pos == closing)
        return close_container(scan, pos);
    if (*pos != ',')
        return fail(scan, BOA_JSON_FAULT_UNEXPECTED, pos);
    const char *comma = pos;
    pos = skip_blanks(pos + 1, scan->end);
    if (at(pos, scan->end, closing))
        return fail(scan, BOA_JSON_FAULT_COMMA, comma);
    return object ? scan_key(scan, pos) : scan_value(scan, pos);
}

static enum boa_json_kind scan_start(struct boa_json_scan *scan, const char *pos)
{
    static const struct boa_str marks[] = { BOA_STR("\xEF\xBB\xBF"), BOA_STR("\xFE\xFF"),
                                            BOA_STR("\xFF\xFE") };
    struct boa_str text = boa_str_make(scan->begin, (size_t)(scan->end - scan->begin));
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (boa_str_starts_with(text, marks[i]))
            return fail(scan, BOA_JSON_FAULT_BOM, scan->begin);
    }
    if (pos == scan->end)
        return fail(scan, BOA_JSON_FAULT_EMPTY, pos);
    return scan_value(scan, pos);
}

void boa_json_scan_init(struct boa_json_scan *scan, struct boa_str text)
{
    if (text.ptr == NULL)
        text = BOA_STR_LIT("");
    scan->raw = boa_str_make(text.ptr, 0);
    scan->offset = 0;
    scan->escaped = false;
    scan->fault = BOA_JSON_FAULT_NONE;
    scan->python_literals = false;
    scan->begin = scan->pos = text.ptr;
    scan->end = text.ptr + text.len;
    scan->depth = 0;
    scan->state = STATE_START;
    memset(scan->in_object, 0, sizeof(scan->in_object));
}

enum boa_json_kind boa_json_scan_next(struct boa_json_scan *scan)
{
    const char *pos = skip_blanks(scan->pos, scan->end);
    switch ((enum state)scan->state) {
    case STATE_NEXT:
        return scan_next_member(scan, pos);
    case STATE_VALUE:
        return scan_value(scan, pos);
    case STATE_FIRST_KEY:
        return at(pos, scan->end, '}') ? close_container(scan, pos) : scan_key(scan, pos);
    case STATE_FIRST_ELEMENT:
        return at(pos, scan->end, ']') ? close_container(scan, pos) : scan_value(scan, pos);
    case STATE_START:
        return scan_start(scan, pos);
    case STATE_DONE:
        if (pos != scan->end)
            return fail(scan, BOA_JSON_FAULT_TRAILING, pos);
        accept_value(scan, pos, pos, BOA_JSON_END);
        return BOA_JSON_END;
    case STATE_FAULT:
        break;
    }
    return BOA_JSON_ERROR;
}

bool boa_json_scan_skip(struct boa_json_scan *scan, enum boa_json_kind kind)
{
    if (kind == BOA_JSON_KEY)
        kind = boa_json_scan_next(scan);
    if (kind == BOA_JSON_OBJECT_BEGIN || kind == BOA_JSON_ARRAY_BEGIN) {
        unsigned outside = scan->depth - 1;
        while (kind != BOA_JSON_ERROR && scan->depth > outside)
            kind = boa_json_scan_next(scan);
    }
    return kind != BOA_JSON_ERROR;
}

const char *boa_json_fault_text(enum boa_json_fault fault)
{
    switch (fault) {
    case BOA_JSON_FAULT_NONE:
        break;
    case BOA_JSON_FAULT_EMPTY:
        return "nothing but blanks";
    case BOA_JSON_FAULT_BOM:
        return "a byte order mark at the start, where JSON must be plain UTF-8";
    case BOA_JSON_FAULT_UNEXPECTED:
        return "a character that cannot stand here";
    case BOA_JSON_FAULT_UNFINISHED:
        return "the text ends too early";
    case BOA_JSON_FAULT_TRAILING:
        return "something follows the document";
    case BOA_JSON_FAULT_COMMA:
        return "a comma before the closing bracket";
    case BOA_JSON_FAULT_LITERAL:
        return "a word that is not true, false or null";
    case BOA_JSON_FAULT_NUMBER:
        return "a number that is not written as JSON wants it";
    case BOA_JSON_FAULT_STRING:
        return "a control character inside a string";
    case BOA_JSON_FAULT_ESCAPE:
        return "an unknown escape in a string";
    case BOA_JSON_FAULT_UTF8:
        return "bytes that are not UTF-8";
    case BOA_JSON_FAULT_DEPTH:
        return "more than 1000 levels of nesting";
    }
    return "no fault";
}
