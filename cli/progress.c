/* One line on a terminal that says how far the work is. */
#include "cli/progress.h"

#include <inttypes.h>
#include <time.h>
#include <unistd.h>

#include "cli/style.h"

enum { INTERVAL_MS = 100, WIDTH_MAX = 79, TEXT_BYTES_MAX = 40 };

static uint64_t monotonic_ms(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void boa_progress_init(struct boa_progress *progress, FILE *to, int mode)
{
    *progress = (struct boa_progress){
        .to = to,
        .on = mode == 1 || (mode != 0 && isatty(fileno(to)) == 1),
        .clock_ms = monotonic_ms,
    };
}

/* The longest start of the line that fits the screen, in bytes; its columns in `*width`. */
static size_t fit(struct boa_str line, size_t *width)
{
    size_t len = 0;

    *width = 0;
    while (len < line.len && *width < WIDTH_MAX) {
        do
            len++;
        while (len < line.len && ((unsigned char)line.ptr[len] & 0xC0) == 0x80);
        ++*width;
    }
    return len;
}

void boa_progress_update(struct boa_progress *progress, uint64_t done, uint64_t total,
                         struct boa_str text)
{
    if (!progress->on)
        return;
    uint64_t now = progress->clock_ms();
    if (now < progress->next_ms)
        return;

    struct boa_buf line;
    boa_buf_init(&line, 1024);
    int rc = total == 0 ? boa_buf_printf(&line, NULL, "%" PRIu64 " ", done)
                        : boa_buf_printf(&line, NULL, "%" PRIu64 " of %" PRIu64 " (%u %%) ", done,
                                         total, (unsigned)(100.0 * (double)done / (double)total));
    if (rc == 0 && boa_style_put_safe(&line, text, TEXT_BYTES_MAX, NULL) == 0) {
        size_t before = progress->width;
        size_t len = fit(boa_buf_str(&line), &progress->width);
        int rest = before > progress->width ? (int)(before - progress->width) : 0;
        fprintf(progress->to, "\r%.*s%*s", (int)len, line.ptr, rest, "");
        fflush(progress->to);
        progress->next_ms = now + INTERVAL_MS;
    }
    boa_buf_release(&line);
}

void boa_progress_hide(struct boa_progress *progress)
{
    if (!progress || progress->width == 0)
        return;
    fprintf(progress->to, "\r%*s\r", (int)progress->width, "");
    fflush(progress->to);
    progress->width = 0;
    progress->next_ms = 0;
}

void boa_progress_end(struct boa_progress *progress)
{
    boa_progress_hide(progress);
    progress->on = false;
}
