/* Runs a fuzz target without libFuzzer: replays files and folders, and mutates them a bit, the same
 * way every time. */
#include <dirent.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/fuzz/fuzz.h"

enum { INPUT_MAX = 1 << 20, INPUTS_MAX = 4096, EDITS_MAX = 4 };

struct input {
    uint8_t *bytes;
    size_t size;
};

static struct {
    struct input inputs[INPUTS_MAX];
    size_t count;
    const char *keep; /* file that holds the input being run, to be found after a crash */
    uint64_t random;
} driver = { .random = 1 };

static void die(const char *what, const char *name)
{
    fprintf(stderr, "fuzz driver: %s: %s\n", what, name);
    exit(2);
}

static void *must(void *memory)
{
    if (memory == NULL)
        die("out of memory", "");
    return memory;
}

/* xorshift64*: the sequence must not depend on the C library. */
static size_t below(size_t limit)
{
    driver.random ^= driver.random >> 12;
    driver.random ^= driver.random << 25;
    driver.random ^= driver.random >> 27;
    return (size_t)((driver.random * UINT64_C(2685821657736338717)) >> 33) % limit;
}

static void read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        die("cannot open", path);
    if (driver.count == INPUTS_MAX)
        die("too many inputs", path);
    uint8_t *bytes = must(malloc(INPUT_MAX));
    size_t size = fread(bytes, 1, INPUT_MAX, file);
    if (ferror(file) || !feof(file))
        die("cannot be read, or is larger than 1 MiB", path);
    fclose(file);
    bytes = must(realloc(bytes, size != 0 ? size : 1));
    driver.inputs[driver.count++] = (struct input){ bytes, size };
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void read_path(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        die("no such file or folder", path);
    if (!S_ISDIR(info.st_mode)) {
        read_file(path);
        return;
    }
    struct dirent **entries;
    int count = scandir(path, &entries, is_visible, alphasort);
    if (count < 0)
        die("cannot list", path);
    for (int i = 0; i < count; i++) {
        size_t room = strlen(path) + strlen(entries[i]->d_name) + 2;
        char *name = must(malloc(room));
        snprintf(name, room, "%s/%s", path, entries[i]->d_name);
        read_file(name);
        free(name);
        free(entries[i]);
    }
    free(entries);
}

static void keep_input(const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(driver.keep, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        die("cannot write", driver.keep);
}

/* Each run has a block of its own and of exactly that size, so that overruns are seen. */
static void run(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = must(malloc(size != 0 ? size : 1));
    if (size != 0)
        memcpy(copy, bytes, size);
    if (driver.keep != NULL)
        keep_input(copy, size);
    BOA_FUZZ_FUNCTION(copy, size);
    free(copy);
}

/* Replaces `cut` bytes at `at` by `len` others; `bytes` has room for it. */
static size_t splice(uint8_t *bytes, size_t size, size_t at, size_t cut, const uint8_t *with,
                     size_t len)
{
    memmove(bytes + at + len, bytes + at + cut, size - at - cut);
    if (len != 0)
        memcpy(bytes + at, with, len);
    return size - cut + len;
}

/* One change of at most 64 bytes: bytes set, taken out, put in, or copied from any input. */
static size_t edit(uint8_t *bytes, size_t size)
{
    static const uint8_t telling[] =
        "{}[]\",:\\/-+.eEu0123456789 \t\r\n\x00\x7F\x80\xBF\xC3\xED\xFF"
        "&*!|>#%@`'~<?;=";
    size_t at = below(size + 1);
    size_t rest = size - at;
    uint8_t byte = below(4) == 0 ? (uint8_t)below(256) : telling[below(sizeof(telling) - 1)];
    const struct input *other = &driver.inputs[below(driver.count)];
    size_t from = below(other->size + 1);
    size_t len = below(64) + 1;
    if (len > other->size - from)
        len = other->size - from;
    switch (below(4)) {
    case 0:
        return splice(bytes, size, at, rest != 0, &byte, 1);
    case 1:
        return splice(bytes, size, at, 0, &byte, 1);
    case 2:
        return splice(bytes, size, at, rest != 0 ? below(rest < 8 ? rest : 8) + 1 : 0, NULL, 0);
    default:
        return splice(bytes, size, at, below(rest < 8 ? rest + 1 : 8), other->bytes + from, len);
    }
}

static void mutate(const struct input *input, unsigned long mutations)
{
    uint8_t *bytes = must(malloc(input->size + 64 * EDITS_MAX));
    for (unsigned long i = 0; i < mutations; i++) {
        size_t size = input->size;
        if (size != 0)
            memcpy(bytes, input->bytes, size);
        for (size_t edits = below(EDITS_MAX) + 1; edits > 0; edits--)
            size = edit(bytes, size);
        run(bytes, size);
    }
    free(bytes);
}

int main(int argc, char **argv)
{
    unsigned long mutations = 0;
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--mutations=", 12) == 0)
            mutations = strtoul(argv[i] + 12, NULL, 10);
        else if (strncmp(argv[i], "--seed=", 7) == 0)
            driver.random = strtoull(argv[i] + 7, NULL, 10) | 1;
        else if (strncmp(argv[i], "--keep=", 7) == 0)
            driver.keep = argv[i] + 7;
        else
            read_path(argv[i]);
    }
    if (driver.count == 0)
        die("usage", "[--mutations=N] [--seed=S] [--keep=FILE] FILE|DIR…");
    for (size_t i = 0; i < driver.count; i++)
        run(driver.inputs[i].bytes, driver.inputs[i].size);
    for (size_t i = 0; i < driver.count; i++)
        mutate(&driver.inputs[i], mutations);
    printf("%zu inputs, %lu mutations of each\n", driver.count, mutations);
    for (size_t i = 0; i < driver.count; i++)
        free(driver.inputs[i].bytes);
    return 0;
}
