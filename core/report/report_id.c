/* UUIDs: recognised, made from a digest, packed into 128 bits. */
#include "core/report/report_id.h"

#include <nettle/sha2.h>

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool is_dash_position(size_t i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

/* The 32 digits of a UUID packed; false for any other text. */
static bool uuid_pack(struct boa_key128 *out, struct boa_str text)
{
    uint64_t word[2] = { 0, 0 };
    size_t digits = 0;

    if (text.len != BOA_UUID_LEN)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (is_dash_position(i)) {
            if (text.ptr[i] != '-')
                return false;
            continue;
        }
        int value = hex_value(text.ptr[i]);
        if (value < 0)
            return false;
        word[digits / 16] = word[digits / 16] << 4 | (uint64_t)value;
        digits++;
    }
    *out = (struct boa_key128){ word[0], word[1] };
    return true;
}

bool boa_uuid_is(struct boa_str text)
{
    struct boa_key128 ignored;

    return uuid_pack(&ignored, text);
}

static void hash_part(struct sha256_ctx *hash, struct boa_str part)
{
    uint8_t length[8];

    for (size_t i = 0; i < sizeof length; i++)
        length[i] = (uint8_t)((uint64_t)part.len >> (56 - 8 * i));
    sha256_update(hash, sizeof length, length);
    if (part.len != 0)
        sha256_update(hash, part.len, (const uint8_t *)part.ptr);
}

void boa_report_id_make(char *text, const struct boa_str *parts, size_t count, uint64_t ordinal)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE], number[8];
    struct sha256_ctx hash;
    char *out = text;

    sha256_init(&hash);
    for (size_t i = 0; i < count; i++)
        hash_part(&hash, parts[i]);
    for (size_t i = 0; i < sizeof number; i++)
        number[i] = (uint8_t)(ordinal >> (56 - 8 * i));
    sha256_update(&hash, sizeof number, number);
    sha256_digest(&hash, sizeof digest, digest);

    digest[6] = (uint8_t)((digest[6] & 0x0f) | 0x80); /* version 8: the maker's own layout */
    digest[8] = (uint8_t)((digest[8] & 0x3f) | 0x80); /* variant of RFC 9562 */
    for (size_t i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = '-';
        *out++ = digits[digest[i] >> 4];
        *out++ = digits[digest[i] & 15];
    }
}

struct boa_key128 boa_key128_make(struct boa_str text)
{
    struct boa_key128 key;

    if (!uuid_pack(&key, text)) {
        uint8_t digest[SHA256_DIGEST_SIZE];
        struct sha256_ctx hash;

        sha256_init(&hash);
        hash_part(&hash, text);
        sha256_digest(&hash, sizeof digest, digest);
        memcpy(&key.high, digest, 8);
        memcpy(&key.low, digest + 8, 8);
    }
    if (key.high == 0 && key.low == 0)
        key.low = 1;
    return key;
}
