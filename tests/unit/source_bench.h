/* Runs of CodeCarbon's files as lines of text: for the tests of the source. */
#ifndef BOA_UNIT_SOURCE_BENCH_H
#define BOA_UNIT_SOURCE_BENCH_H

#include "converters/source_codecarbon.h"

#include "tests/unit/unit.h"
/* These need cmocka in front of them. */
#include "tests/unit/finding_log.h"
#include "tests/unit/scratch_folder.h"

#define HEADER "timestamp,run_id,duration,emissions,energy_consumed,cpu_power\n"
#define ROW(second, id, energy, power)                                                             \
    "2026-03-10T09:31:" second "," id ",36000,2," energy "," power "\n"

enum { BENCH_FILES = 8, BENCH_PATH = 1024 };

struct bench {
    const char *folder;
    char paths[BENCH_FILES][BENCH_PATH];
    size_t count;
    struct cc_source_options options;
    struct finding_log log;
    struct boa_source *source;
    struct boa_arena arena;
    struct boa_err err;
};

static inline void begin(struct bench *bench, const char *folder)
{
    memset(bench, 0, sizeof *bench);
    bench->folder = folder;
    bench->options.max_row = 1 << 20;
    bench->options.cells.on_premise = true;
    bench->options.spool_folder = folder;
    finding_log_clear(&bench->log);
    boa_arena_init(&bench->arena, 1 << 20);
}

static inline void open_source(struct bench *bench)
{
    bench->source = cc_source_new(&bench->options, &bench->log.diags, &bench->err);
    assert_non_null(bench->source);
}

static inline const char *add_name(struct bench *bench, const char *name)
{
    char *path = bench->paths[bench->count++];
    size_t added;

    assert_true(bench->count <= BENCH_FILES);
    (void)snprintf(path, sizeof bench->paths[0], "%s/%s", bench->folder, name);
    assert_int_equal(cc_source_add(bench->source, path, &added, &bench->err), 0);
    assert_int_equal(added, 1);
    return path;
}

static inline void add_file(struct bench *bench, const char *text)
{
    char name[16];

    (void)snprintf(name, sizeof name, "%d.csv", (int)bench->count);
    scratch_write(add_name(bench, name), text);
}

/* The next run as "FILE:LINE ID ENERGY TRACKING". */
static inline int next(struct bench *bench, char *text, size_t size)
{
    struct boa_record record;
    int got = bench->source->next(bench->source, &record, &bench->arena, &bench->err);

    if (got > 0) {
        const struct boa_layout *layout = &bench->source->layout;
        const struct boa_str *derived = record.cells + layout->count - CC_DERIVED_COUNT;
        const char *slash = strrchr(record.place.file.ptr, '/');

        for (int i = 0; i < CC_DERIVED_COUNT; i++)
            assert_true(boa_str_equal(layout->names[layout->count - CC_DERIVED_COUNT + (size_t)i],
                                      cc_derived_names[i]));
        (void)snprintf(text, size, "%s:%d %.*s %.*s%s%.*s", slash != NULL ? slash + 1 : "-",
                       (int)record.place.line, BOA_STR_FMT(derived[CC_ID]),
                       BOA_STR_FMT(derived[CC_ENERGY_USED]),
                       derived[CC_CPU_TRACKING].len != 0 ? " " : "",
                       BOA_STR_FMT(derived[CC_CPU_TRACKING]));
        boa_arena_reset(&bench->arena);
    }
    return got;
}

static inline void expect(struct bench *bench, const char *const *runs)
{
    char text[256];

    for (; *runs != NULL; runs++) {
        assert_int_equal(next(bench, text, sizeof text), 1);
        assert_string_equal(text, *runs);
    }
    assert_int_equal(next(bench, text, sizeof text), 0);
}

#define EXPECT(bench, ...) expect((bench), (const char *const[]){ __VA_ARGS__, NULL })

static inline void end(struct bench *bench)
{
    bench->source->free(bench->source);
    boa_arena_release(&bench->arena);
}

#endif
