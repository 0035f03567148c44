/* UUIDs: recognised, made from a digest, packed into 128 bits. */
#include "core/report/report_id.h"

#include <nettle/sha2.h>

/* Values of hexadecimal digits plus one; 0: none. */
static const uint8_t hex_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* `count` digits shifted into `*word`. */
static bool pack_digits(uint64_t *word, const char *text, size_t count)
{
    uint64_t value = *word;

    for (size_t i = 0; i < count; i++) {
        uint8_t digit = hex_values[(unsigned char)text[i]];
        if (digit == 0)
            return false;
        value = value << 4 | (uint64_t)(digit - 1);
    }
    *word = value;
    return true;
}

/* The 32 digits of a UUID packed; false for any other text. */
static bool uuid_pack(struct boa_key128 *out, struct boa_str text)
{
    uint64_t high = 0, low = 0;

    if (text.len != BOA_UUID_LEN || text.ptr[8] != '-' || text.ptr[13] != '-' ||
        text.ptr[18] != '-' || text.ptr[23] != '-' || !pack_digits(&high, text.ptr, 8) ||
        !pack_digits(&high, text.ptr + 9, 4) || !pack_digits(&high, text.ptr + 14, 4) ||
        !pack_digits(&low, text.ptr + 19, 4) || !pack_digits(&low, text.ptr + 24, 12))
        return false;
    *out = (struct boa_key128){ high, low };
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
        key = (struct boa_key128){ 0, 0 };
        for (size_t i = 0; i < 8; i++) { /* in this order on every machine: names are made of it */
            key.high = key.high << 8 | digest[i];
            key.low = key.low << 8 | digest[8 + i];
        }
    }
    return key;
}
