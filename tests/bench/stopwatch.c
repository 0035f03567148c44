/* Runs a command and writes its wall time, peak memory and exit status to a file: a launcher so
 * small that its own memory, which the kernel counts to the child until exec, does not hide the
 * child's. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* usage: stopwatch RESULT COMMAND [ARGUMENT...]; RESULT gets "seconds peak-KiB status". */
int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: stopwatch RESULT COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    double start_s = now_s();
    pid_t child = fork();
    if (child < 0) {
        perror("stopwatch: fork");
        return 2;
    }
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int status = 0;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            perror("stopwatch: wait4");
            return 2;
        }
    }
    double wall_s = now_s() - start_s;
    FILE *result = fopen(argv[1], "w");
    if (result == NULL) {
        perror(argv[1]);
        return 2;
    }
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    fprintf(result, "%.6f %ld %d\n", wall_s, usage.ru_maxrss, code);
    return fclose(result) == 0 ? 0 : 2;
}
