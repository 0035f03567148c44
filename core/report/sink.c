/* What callers see of a sink, whatever its kind. */
#include "core/report/sink.h"

#include <errno.h>
#include <unistd.h>

#include "core/base/err.h"
#include "core/report/sink_parts.h"

bool boa_sink_is_named(const struct boa_sink *sink)
{
    return sink->named;
}

int boa_sink_put(struct boa_sink *sink, const char *name, struct boa_str report,
                 enum boa_sink_outcome *outcome, struct boa_err *err)
{
    return sink->put(sink, name, report, outcome, err);
}

int boa_sink_flush(struct boa_sink *sink, struct boa_err *err)
{
    return sink->flush(sink, err);
}

int boa_sink_finish(struct boa_sink *sink, struct boa_err *err)
{
    return sink->finish(sink, err);
}

void boa_sink_free(struct boa_sink *sink)
{
    if (sink != NULL)
        sink->free(sink);
}

int boa_write_all(int fd, struct boa_str bytes, struct boa_err *err)
{
    while (bytes.len != 0) {
        ssize_t written = write(fd, bytes.ptr, bytes.len);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return boa_err_sys(err, errno, "writing");
        bytes = boa_str_from_byte(bytes, (size_t)written);
    }
    return 0;
}
