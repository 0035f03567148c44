/* Any bytes as a file of CodeCarbon's, a table, JSON, a log or text: whatever it holds, every
 * report is strict JSON without a null, and findings are clean text. */
#include "converters/convert.h"
#include "converters/source_codecarbon.h"
#include "core/json/json_scan.h"
#include "tests/fuzz/fuzz.h"

enum { ROW_MAX = 1 << 16, REPORT_MAX = 1 << 20, PATH_BYTES = 32 };

/* Put in front where the first byte says so, so that changes reach the rows. */
static const char header[] =
    "timestamp,project_name,run_id,experiment_id,duration,emissions,emissions_rate,cpu_power,"
    "energy_consumed,country_name,country_iso_code,region,cloud_provider,cloud_region,os,"
    "python_version,codecarbon_version,cpu_count,cpu_model,gpu_count,gpu_model,longitude,latitude,"
    "ram_total_size,tracking_mode,cpu_utilization_percent,gpu_utilization_percent,on_cloud,pue\n";

/* A nameless file under a name that opens it anew. */
static FILE *make_file(char *path)
{
    FILE *file = tmpfile();

    FUZZ_CHECK(file != NULL);
    (void)snprintf(path, PATH_BYTES, "/dev/fd/%d", fileno(file));
    return file;
}

static void check_finding(void *user, const struct boa_finding *finding)
{
    (void)user;
    FUZZ_CHECK(finding->id < BOA_DIAG_COUNT && finding->message.len != 0);
    FUZZ_CHECK(boa_utf8_valid_prefix(finding->message) == finding->message.len);
}

static bool go_on(void *user, uint64_t reports)
{
    (void)user;
    (void)reports;
    return true;
}

static void check_report(struct boa_str line)
{
    struct boa_json_scan scan;
    enum boa_json_kind kind;

    boa_json_scan_init(&scan, line);
    do {
        kind = boa_json_scan_next(&scan);
        FUZZ_CHECK(kind != BOA_JSON_ERROR && kind != BOA_JSON_NULL);
        FUZZ_CHECK(kind != BOA_JSON_STRING || scan.raw.len != 0);
    } while (kind != BOA_JSON_END);
}

static void check_reports(FILE *out, uint64_t reports)
{
    static char line[REPORT_MAX];
    uint64_t seen = 0;

    rewind(out);
    for (; fgets(line, sizeof line, out) != NULL; seen++)
        check_report(boa_str_from(line));
    FUZZ_CHECK(seen == reports);
}

static void convert(const char *path, unsigned how, FILE *out)
{
    static const struct boa_diags diags = { .add = check_finding };
    const struct cc_source_options options = {
        .all_rows = (how & 1) != 0,
        .tasks_apart = (how & 16) != 0,
        .form = (enum cc_form)(how >> 5 & 3),
        .cells = { .remove_pue = (how & 4) != 0, .on_premise = (how & 8) != 0 },
        .max_row = ROW_MAX,
        .spool_folder = ".",
    };
    struct boa_map map;
    struct boa_context context;
    struct boa_convert_counts counts;
    struct boa_err err = { 0 };
    size_t added;
    struct boa_convert job = {
        .map = &map, .context = &context, .max_report = REPORT_MAX, .diags = &diags, .go_on = go_on
    };

    boa_map_init(&map, cc_map, cc_map_count);
    FUZZ_CHECK(boa_context_init(&context, 1 << 16, &err) == 0);
    job.source = cc_source_new(&options, &diags, &err);
    job.sink = boa_sink_stream_new(fileno(out), false, &err);
    FUZZ_CHECK(job.source != NULL && job.sink != NULL);
    FUZZ_CHECK(cc_source_add(job.source, path, &added, &err) == 0 && added == 1);
    FUZZ_CHECK(boa_convert_run(&job, &counts, &err) == 0);
    FUZZ_CHECK(counts.reports == job.source->counts.runs && counts.drafts <= counts.reports);
    FUZZ_CHECK(counts.reports + job.source->counts.refused <= job.source->counts.rows);
    job.source->free(job.source);
    boa_sink_free(job.sink);
    boa_context_release(&context);
    check_reports(out, counts.reports);
}

int boa_fuzz_codecarbon(const uint8_t *data, size_t size)
{
    char path[PATH_BYTES], out_path[PATH_BYTES];

    if (size == 0)
        return 0;
    FILE *in = make_file(path), *out = make_file(out_path);
    if ((data[0] & 2) != 0)
        FUZZ_CHECK(fwrite(header, 1, sizeof header - 1, in) == sizeof header - 1);
    FUZZ_CHECK(fwrite(data + 1, 1, size - 1, in) == size - 1);
    FUZZ_CHECK(fflush(in) == 0);
    rewind(in);
    convert(path, data[0], out);
    (void)fclose(in);
    (void)fclose(out);
    return 0;
}
