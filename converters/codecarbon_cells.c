/* Thinks about one row: begin, intensity, system, place, GPUs, and what is only assumed. */
#include "converters/codecarbon_cells.h"

#include "converters/codecarbon_cpu.h"
#include "converters/codecarbon_figures.h"
#include "converters/codecarbon_gpu.h"
#include "core/report/datetime.h"
#include "core/report/transform.h"

enum { INTENSITY_DIGITS = 6, QUOTIENT_DIGITS = 17 };

struct row {
    const struct cc_figures *figures;
    struct boa_str *derived;
    struct boa_record *record;
    const int *column;
    const struct cc_cells_options *options;
    const struct boa_diags *diags;
    struct boa_arena *arena;
    struct boa_err *err;
};

/* The cell of a column; empty when the column is missing or the cell says that nothing is known. */
static struct boa_str cell(const struct row *row, enum cc_column column)
{
    int at = row->column[column];

    if (at < 0 || boa_text_is_missing(row->record->cells[at]))
        return (struct boa_str){ 0 };
    return row->record->cells[at];
}

static bool read_number(struct boa_decimal *out, const struct row *row, enum cc_column column)
{
    return boa_decimal_parse(out, cell(row, column));
}

/* A finding that quotes a cell between two texts. */
static void find(const struct row *row, enum boa_diag id, enum cc_column column, const char *before,
                 const char *after)
{
    struct boa_str value = cell(row, column);

    boa_diags_add(row->diags, id, row->record->place, (struct boa_str){ 0 }, "%s%.*s%s", before,
                  BOA_STR_FMT(value), after);
}

static int put_decimal(struct boa_str *out, const struct row *row, const struct boa_decimal *value)
{
    char text[BOA_DECIMAL_TEXT_MAX];

    return boa_arena_copy(out, row->arena, boa_str_make(text, boa_decimal_format(text, value)),
                          row->err);
}

/* The energy without the data centre's share. */
static int remove_pue(const struct row *row, const struct boa_decimal *pue)
{
    struct boa_decimal energy;

    if (pue->negative ||
        boa_decimal_divide(&energy, &row->figures->energy_kwh, pue, QUOTIENT_DIGITS) != 0) {
        find(row, BOA_DIAG_VALUE_UNUSABLE, CC_PUE, "column pue: want a ratio, have \"", "\"");
        return 0;
    }
    return put_decimal(&row->derived[CC_ENERGY_USED], row, &energy);
}

static int derive_energy(const struct row *row)
{
    const struct boa_decimal *pue = &row->figures->pue;
    struct boa_str energy = cell(row, CC_ENERGY), pue_text = cell(row, CC_PUE);
    struct boa_decimal one;

    row->derived[CC_ENERGY_USED] = energy;
    boa_decimal_from_int(&one, 1);
    if (boa_decimal_compare(pue, &one) == 0)
        return 0;
    if (row->options->remove_pue)
        return remove_pue(row, pue);
    boa_diags_add(row->diags, BOA_DIAG_PUE_INCLUDED, row->record->place,
                  boa_field_get(BOA_FIELD_MEASURE_POWER_CONSUMPTION)->path,
                  "energy_consumed of %.*s kWh was multiplied by a pue of %.*s",
                  BOA_STR_FMT(energy), BOA_STR_FMT(pue_text));
    return 0;
}

static int derive_times(const struct row *row, const struct cc_run_facts *facts)
{
    struct boa_datetime end;
    int64_t start;
    char *text;

    if (facts->has_tasks ||
        !cc_figures_judge_duration(row->figures, row->record, row->column, row->diags))
        return 0;
    row->derived[CC_DURATION_USED] = cell(row, CC_DURATION);
    if (!row->figures->has_duration || !boa_datetime_parse(&end, cell(row, CC_TIMESTAMP)) ||
        !boa_datetime_begin(&start, &end, &row->figures->duration_s))
        return 0;
    text = boa_arena_alloc(row->arena, BOA_DATETIME_LEN, row->err);
    if (text == NULL)
        return -1;
    if (boa_datetime_format(text, start))
        row->derived[CC_START] = boa_str_make(text, BOA_DATETIME_LEN);
    return 0;
}

static int derive_intensity(const struct row *row)
{
    struct boa_decimal emissions, assumed;

    if (row->figures->energy_kwh.negative || row->figures->energy_kwh.count == 0 ||
        !read_number(&emissions, row, CC_EMISSIONS) || emissions.negative || emissions.count == 0)
        return 0;
    /* kg/kWh becomes g/kWh before the division, so that it rounds once. */
    if (boa_decimal_shift10(&emissions, 3) != 0 ||
        boa_decimal_divide(&emissions, &emissions, &row->figures->energy_kwh, INTENSITY_DIGITS) !=
            0)
        return 0;
    boa_decimal_from_int(&assumed, 475);
    if (boa_decimal_compare(&emissions, &assumed) == 0) {
        boa_diags_add(row->diags, BOA_DIAG_INTENSITY_ASSUMED, row->record->place,
                      boa_field_get(BOA_FIELD_ENVIRONMENT_CARBON_INTENSITY)->path,
                      "475 g/kWh is CodeCarbon's average of the world; left out");
        return 0;
    }
    return put_decimal(&row->derived[CC_INTENSITY], row, &emissions);
}

static int derive_cpu(const struct row *row, const struct cc_run_facts *facts)
{
    if (!facts->constant_cpu)
        return 0;
    row->derived[CC_CPU_TRACKING] = BOA_STR_LIT("constant");
    return cc_power_explain(&row->derived[CC_CPU_DOUBT], cell(row, CC_CPU_POWER),
                            cell(row, CC_CPU_MODEL), row->arena, row->err);
}

/* The text up to the byte `end`, and what stands behind it. */
static struct boa_str split_at(struct boa_str *rest, struct boa_str text, char end)
{
    size_t at = boa_str_find_byte(text, end);

    *rest = boa_str_from_byte(text, at + 1);
    return boa_str_make(text.ptr, at);
}

/* "10.0.22631" and later are Windows 11, whatever the release in front says. */
static bool is_windows_11(struct boa_str version)
{
    struct boa_str rest, build;
    uint64_t number = 0;

    (void)split_at(&rest, version, '.');
    (void)split_at(&rest, rest, '.');
    build = split_at(&rest, rest, '.');
    if (build.len == 0 || build.len > 9)
        return false;
    for (size_t i = 0; i < build.len; i++) {
        if (build.ptr[i] < '0' || build.ptr[i] > '9')
            return false;
        number = number * 10 + (uint64_t)(build.ptr[i] - '0');
    }
    return number >= 22000;
}

/* From Python's platform string: "Linux-5.15.0-…", "macOS-14.0-arm64-…",
 * "Windows-10-10.0.19044-SP0". */
static void derive_system(const struct row *row)
{
    struct boa_str rest, os = cell(row, CC_OS);
    struct boa_str name = split_at(&rest, os, '-');

    row->derived[CC_OS_NAME] = name;
    if (boa_str_equal_lit(name, "macOS")) {
        row->derived[CC_OS_VERSION] = split_at(&rest, rest, '-');
    } else if (boa_str_equal_lit(name, "Darwin")) {
        row->derived[CC_OS_NAME] = BOA_STR_LIT("macOS"); /* the number behind it is the kernel's */
    } else if (boa_str_equal_lit(name, "Windows")) {
        struct boa_str release = split_at(&rest, rest, '-');
        struct boa_str version = split_at(&rest, rest, '-');
        row->derived[CC_OS_VERSION] = is_windows_11(version) ? BOA_STR_LIT("11") : release;
    }
}

static bool says_yes(struct boa_str text)
{
    static const char *const words[] = { "Y", "yes", "true", "1", "1.0" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (boa_str_equal_nocase(text, boa_str_from(words[i])))
            return true;
    }
    return false;
}

/* Kernels that cloud providers build name them: "5.15.0-1045-aws". */
static bool has_cloud_kernel(struct boa_str os)
{
    static const struct boa_str tags[] = { BOA_STR("aws"), BOA_STR("azure"), BOA_STR("gcp") };
    size_t at;

    while ((at = boa_str_find_byte(os, '-')) != os.len) {
        os = boa_str_from_byte(os, at + 1);
        for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
            if (boa_str_starts_with(os, tags[i]) &&
                (os.len == tags[i].len || os.ptr[tags[i].len] == '-'))
                return true;
        }
    }
    return false;
}

/* Almost every row says one of the first two: texts of their own cost nothing. */
static struct boa_str doubt_premise(struct boa_str on_cloud)
{
    if (boa_str_equal_lit(on_cloud, "N"))
        return BOA_STR_LIT("onPremise only because on_cloud is N, cloud_provider is empty and os "
                           "names no cloud");
    if (on_cloud.len == 0)
        return BOA_STR_LIT("onPremise only because on_cloud and cloud_provider are empty and os "
                           "names no cloud");
    return BOA_STR_LIT("onPremise only because on_cloud says no, cloud_provider is empty and os "
                       "names no cloud");
}

static void derive_place(const struct row *row)
{
    bool has_provider = cell(row, CC_CLOUD_PROVIDER).len != 0;
    struct boa_str on_cloud = cell(row, CC_ON_CLOUD);

    if (says_yes(on_cloud) || has_provider || has_cloud_kernel(cell(row, CC_OS))) {
        row->derived[CC_INFRA] = BOA_STR_LIT("publicCloud");
        row->record->in_cloud = true;
    } else {
        row->derived[CC_INFRA] = BOA_STR_LIT("onPremise");
        if (!row->options->on_premise)
            row->derived[CC_INFRA_DOUBT] = doubt_premise(on_cloud);
    }
    if (boa_str_equal_lit(cell(row, CC_COUNTRY_NAME), "Canada") && !has_provider &&
        cell(row, CC_LATITUDE).len == 0 && cell(row, CC_LONGITUDE).len == 0)
        row->derived[CC_COUNTRY_DOUBT] = BOA_STR_LIT(
            "country_name is Canada, with no latitude or longitude: what CodeCarbon writes when "
            "it cannot find the country");
}

/* Kinds of GPU become the record's group. */
static int derive_gpus(const struct row *row)
{
    struct cc_gpu_kind kinds[CC_GPU_KINDS_MAX];
    struct boa_str model = cell(row, CC_GPU_MODEL), cpu = cell(row, CC_CPU_MODEL);
    size_t count = cc_gpu_split(kinds, model, cell(row, CC_GPU_COUNT));
    struct boa_str *cells;

    row->record->group[BOA_GROUP_GPU].elements = 0;
    /* On Macs with Intel's CPUs CodeCarbon gives the CPU as the GPU. */
    if (count == 0 ||
        (boa_str_equal(model, cpu) && boa_str_find(cpu, BOA_STR_LIT("Intel")) < cpu.len))
        return 0;
    cells = boa_arena_alloc_zero(row->arena, count * CC_GPU_CELLS, sizeof *cells, row->err);
    if (cells == NULL)
        return -1;
    for (size_t i = 0; i < count; i++) {
        cells[i * CC_GPU_CELLS + CC_GPU_NAME] = kinds[i].name;
        cells[i * CC_GPU_CELLS + CC_GPU_NUMBER] = kinds[i].count;
    }
    row->record->group[BOA_GROUP_GPU].cells = cells;
    row->record->group[BOA_GROUP_GPU].elements = count;
    row->record->group[BOA_GROUP_GPU].width = CC_GPU_CELLS;
    row->derived[CC_GPU_USE] = cell(row, CC_GPU_UTILIZATION);
    return 0;
}

int cc_cells_derive(struct boa_str *derived, struct boa_record *record, const int *column,
                    const struct cc_run_facts *facts, const struct cc_cells_options *options,
                    const struct boa_diags *diags, struct boa_arena *arena, struct boa_err *err)
{
    struct cc_figures figures; /* large, and filled by reading */
    struct row row = { .figures = &figures,
                       .derived = derived,
                       .record = record,
                       .column = column,
                       .options = options,
                       .diags = diags,
                       .arena = arena,
                       .err = err };
    struct boa_str id = derived[CC_ID];

    memset(derived, 0, CC_DERIVED_COUNT * sizeof *derived);
    derived[CC_ID] = id;
    record->doubtful = false;
    cc_figures_read(&figures, record, column);
    /* The sum of all parts is no match for the last one's CPU, GPU and RAM. */
    figures.energies_kwh.complete = figures.energies_kwh.complete && !facts->is_sum;
    cc_figures_judge(&figures, record, column, diags);
    if (derive_energy(&row) != 0 || derive_times(&row, facts) != 0 || derive_intensity(&row) != 0 ||
        derive_gpus(&row) != 0 || derive_cpu(&row, facts) != 0)
        return -1;
    derive_system(&row);
    derive_place(&row);
    return 0;
}
