/* A folder of its own for a test that writes files, emptied and removed behind it. */
#ifndef BOA_UNIT_SCRATCH_FOLDER_H
#define BOA_UNIT_SCRATCH_FOLDER_H

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static inline int scratch_make(void **state)
{
    const char *base = getenv("TMPDIR");
    char *path = malloc(4096);

    if (path == NULL)
        return -1;
    (void)snprintf(path, 4096, "%s/boa-unit-XXXXXX", base != NULL ? base : "/tmp");
    *state = path;
    return mkdtemp(path) != NULL ? 0 : -1;
}

static inline int scratch_remove_one(const char *path, const struct stat *info, int kind,
                                     struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

static inline int scratch_remove(void **state)
{
    int rc = nftw(*state, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return rc;
}

/* The path of something in the folder; valid until the fourth next call. */
static inline const char *scratch_path(void **state, const char *name)
{
    static char paths[4][4096 + 300];
    static unsigned turn;
    char *path = paths[turn++ % 4];

    (void)snprintf(path, sizeof paths[0], "%s/%s", (const char *)*state, name);
    return path;
}

static inline void scratch_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static inline void scratch_check(const char *path, const char *want)
{
    char have[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(have, 1, sizeof have - 1, file);
    have[len] = '\0';
    assert_int_equal(fclose(file), 0);
    assert_string_equal(have, want);
}

/* Entries but "." and "..", hidden ones too. */
static inline size_t scratch_count(const char *path)
{
    DIR *folder = opendir(path);
    size_t count = 0;
    struct dirent *entry;

    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    assert_int_equal(closedir(folder), 0);
    return count;
}

static inline bool scratch_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

#endif
