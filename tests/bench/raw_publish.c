/* The floor under "one file per report": publishes files of given sizes into a folder, each whole
 * or not at all (O_TMPFILE, one write, linkat), and does nothing else. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MAX_LEN = 64, SIZE_MAX_BYTES = 1 << 20 };

static int publish(int folder, const char *name, const char *data, size_t size)
{
    int fd = openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644);
    if (fd < 0) {
        return -1;
    }
    char self[NAME_MAX_LEN];
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    int done = -1;
    if (write(fd, data, size) == (ssize_t)size) {
        done = linkat(AT_FDCWD, self, folder, name, AT_SYMLINK_FOLLOW);
    }
    if (close(fd) != 0) {
        done = -1;
    }
    return done;
}

/* usage: raw_publish FOLDER < SIZES; SIZES holds one size in bytes a line. */
int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: raw_publish FOLDER < SIZES\n", stderr);
        return 2;
    }
    if (mkdir(argv[1], 0755) != 0 && errno != EEXIST) {
        perror(argv[1]);
        return 2;
    }
    int folder = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    char *data = malloc(SIZE_MAX_BYTES);
    if (folder < 0 || data == NULL) {
        perror(argv[1]);
        return 2;
    }
    memset(data, '{', SIZE_MAX_BYTES);
    char line[NAME_MAX_LEN];
    for (unsigned ordinal = 0; fgets(line, sizeof line, stdin) != NULL; ordinal++) {
        size_t size = (size_t)strtoul(line, NULL, 10);
        char name[NAME_MAX_LEN];
        /* As long as a report's name, for directory entries cost by their length. */
        snprintf(name, sizeof name, "boamps_report_%08x-0000-4000-8000-%012x.json", ordinal,
                 ordinal);
        if (size > SIZE_MAX_BYTES || publish(folder, name, data, size) != 0) {
            perror(name);
            return 2;
        }
    }
    free(data);
    return close(folder) == 0 ? 0 : 2;
}
