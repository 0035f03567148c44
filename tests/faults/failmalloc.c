/* Preloaded into a tool, makes one of its allocations fail: the one that BOA_FAIL_ALLOC counts to,
 * and with "n+" every later one too.
 *
 * A test inside the tool can only fail the tool's own allocations (boa_alloc_fail_at); this also
 * reaches those of the C library, libyaml and whoever else allocates. When a failure has happened,
 * the file that BOA_FAIL_REPORT names exists. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* dlsym may allocate before it can say where the real functions are; that comes from here. */
enum { EARLY_BYTES = 16384, EARLY_HEADER = 16 };
static _Alignas(EARLY_HEADER) unsigned char early[EARLY_BYTES];
static size_t early_used;

static struct {
    void *(*malloc)(size_t size);
    void *(*calloc)(size_t count, size_t size);
    void *(*realloc)(void *old, size_t size);
    void (*free)(void *ptr);
} real;
static bool finding_real;

static unsigned long fail_at; /* 0: nothing fails */
static bool fail_on;          /* everything after it fails too */
static const char *report;
static atomic_ulong asked_for;

/* POSIX has dlsym return functions as data pointers, which ISO C cannot convert. */
static void find(void *to, const char *name)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    if (!symbol)
        _exit(99);
    memcpy(to, &symbol, sizeof symbol);
}

static bool has_real(void)
{
    if (!real.free && !finding_real) {
        finding_real = true;
        find(&real.malloc, "malloc");
        find(&real.calloc, "calloc");
        find(&real.realloc, "realloc");
        find(&real.free, "free");
        finding_real = false;
    }
    return real.free != NULL;
}

static bool is_early(const void *ptr)
{
    uintptr_t at = (uintptr_t)ptr;
    return at >= (uintptr_t)early && at < (uintptr_t)early + EARLY_BYTES;
}

/* Zeroed, as `early` is static; the size is kept in front for realloc. */
static void *early_alloc(size_t size)
{
    size_t need = EARLY_HEADER + (size + EARLY_HEADER - 1) / EARLY_HEADER * EARLY_HEADER;
    if (size > EARLY_BYTES || need > EARLY_BYTES - early_used)
        return NULL;
    unsigned char *block = early + early_used;
    memcpy(block, &size, sizeof size);
    early_used += need;
    return block + EARLY_HEADER;
}

static void *early_move(const void *old, size_t size)
{
    size_t old_size;
    memcpy(&old_size, (const unsigned char *)old - EARLY_HEADER, sizeof old_size);
    void *copy = real.malloc(size);
    if (copy)
        memcpy(copy, old, old_size < size ? old_size : size);
    return copy;
}

__attribute__((constructor)) static void read_settings(void)
{
    const char *wish = getenv("BOA_FAIL_ALLOC");
    report = getenv("BOA_FAIL_REPORT");
    if (wish) {
        char *end;
        fail_at = strtoul(wish, &end, 10);
        fail_on = *end == '+';
    }
}

static bool must_fail(void)
{
    if (fail_at == 0)
        return false;
    unsigned long nth = atomic_fetch_add(&asked_for, 1) + 1;
    if (nth < fail_at || (nth > fail_at && !fail_on))
        return false;
    if (nth == fail_at && report) {
        int fd = open(report, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (fd >= 0)
            close(fd);
    }
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    if (!has_real())
        return early_alloc(size);
    return must_fail() ? NULL : real.malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (!has_real())
        return size && count > SIZE_MAX / size ? NULL : early_alloc(count * size);
    return must_fail() ? NULL : real.calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (!has_real())
        return old ? NULL : early_alloc(size);
    if (must_fail())
        return NULL;
    return is_early(old) ? early_move(old, size) : real.realloc(old, size);
}

void free(void *ptr)
{
    if (ptr && !is_early(ptr) && has_real())
        real.free(ptr);
}
