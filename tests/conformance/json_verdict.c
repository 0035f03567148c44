/* Says of many texts whether the scanner takes them: reads pairs of a length line and that many
 * bytes from standard input, writes a line for each, "ok" or what is wrong where. */
#include <stdio.h>
#include <stdlib.h>

#include "core/json/json_scan.h"

static void judge(struct boa_str text)
{
    struct boa_json_scan scan;
    enum boa_json_kind kind;
    boa_json_scan_init(&scan, text);
    do
        kind = boa_json_scan_next(&scan);
    while (kind != BOA_JSON_ERROR && kind != BOA_JSON_END);
    if (kind == BOA_JSON_END)
        puts("ok");
    else
        printf("fault at %zu: %s\n", scan.offset, boa_json_fault_text(scan.fault));
}

int main(void)
{
    unsigned long long size;
    char newline;
    while (scanf("%llu%c", &size, &newline) == 2) {
        char *text = malloc(size != 0 ? (size_t)size : 1);
        if (text == NULL || fread(text, 1, (size_t)size, stdin) != size) {
            fputs("json_verdict: a text is shorter than its length line says\n", stderr);
            free(text);
            return 2;
        }
        judge(boa_str_make(text, (size_t)size));
        free(text);
    }
    return fflush(stdout) == 0 ? 0 : 2;
}
