/* For each line of standard input, a CPU's name: its key, a tab, and its TDP in watts or nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/report/cpu_tdp.h"

int main(void)
{
    char key[BOA_CPU_KEY_MAX], text[BOA_DECIMAL_TEXT_MAX];
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    while ((len = getline(&line, &room, stdin)) > 0) {
        struct boa_str model = boa_str_make(line, (size_t)len - (line[len - 1] == '\n'));
        struct boa_decimal tdp_w;
        size_t key_len = boa_cpu_tdp_key(key, model);
        size_t text_len = boa_cpu_tdp_find(&tdp_w, model) ? boa_decimal_format(text, &tdp_w) : 0;

        printf("%.*s\t%.*s\n", (int)key_len, key, (int)text_len, text);
    }
    free(line);
    return ferror(stdin) || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
