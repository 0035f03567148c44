/* Thinks about one row: begin, intensity, system, place, GPUs, and what is only assumed. */
#include "converters/codecarbon_cells.h"

#include "converters/codecarbon_gpu.h"
#include "core/base/decimal.h"
#include "core/report/datetime.h"
#include "core/report/transform.h"

enum { INTENSITY_DIGITS = 6, QUOTIENT_DIGITS = 17 };

struct row {
    struct boa_decimal energy; /* of energy_consumed; zero when it is no number */
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

bool cc_power_is_constant(struct boa_str text)
{
    struct boa_decimal power, known;

    /* 85 W is the power CodeCarbon assumes for an unknown CPU, 42.5 W its half. */
    if (text.len < 2 || (text.ptr[0] != '4' && text.ptr[0] != '8') ||
        !boa_decimal_parse(&power, text))
        return false;
    boa_decimal_from_int(&known, 85);
    if (boa_decimal_compare(&power, &known) == 0)
        return true;
    boa_decimal_from_int(&known, 425);
    return boa_decimal_shift10(&known, -1) == 0 && boa_decimal_compare(&power, &known) == 0;
}

/* The energy without the data centre's share. */
static int remove_pue(const struct row *row, const struct boa_decimal *pue)
{
    struct boa_decimal energy;

    if (pue->negative || boa_decimal_divide(&energy, &row->energy, pue, QUOTIENT_DIGITS) != 0) {
        find(row, BOA_DIAG_VALUE_UNUSABLE, CC_PUE, "column pue: want a ratio, have \"", "\"");
        return 0;
    }
    return put_decimal(&row->derived[CC_ENERGY_USED], row, &energy);
}

static int derive_energy(struct row *row)
{
    struct boa_decimal pue, one;

    row->derived[CC_ENERGY_USED] = cell(row, CC_ENERGY);
    if (!read_number(&row->energy, row, CC_ENERGY))
        boa_decimal_from_int(&row->energy, 0);
    if (row->energy.count == 0)
        find(row, BOA_DIAG_ENERGY_ZERO, CC_ENERGY, "energy_consumed is ", " kWh");
    if (row->energy.negative)
        find(row, BOA_DIAG_ENERGY_NEGATIVE, CC_ENERGY, "energy_consumed is ", " kWh");
    row->record->doubtful = row->energy.count == 0 || row->energy.negative;

    boa_decimal_from_int(&one, 1);
    if (!read_number(&pue, row, CC_PUE) || boa_decimal_compare(&pue, &one) == 0)
        return 0;
    if (row->options->remove_pue)
        return remove_pue(row, &pue);
    find(row, BOA_DIAG_PUE_INCLUDED, CC_PUE, "the energy was multiplied by a PUE of ", "");
    return 0;
}

static int derive_start(const struct row *row)
{
    struct boa_datetime end;
    struct boa_decimal duration;
    int64_t start;
    char *text;

    if (!boa_datetime_parse(&end, cell(row, CC_TIMESTAMP)) ||
        !read_number(&duration, row, CC_DURATION) || !boa_datetime_begin(&start, &end, &duration))
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

    if (row->energy.negative || row->energy.count == 0 ||
        !read_number(&emissions, row, CC_EMISSIONS) || emissions.negative || emissions.count == 0)
        return 0;
    /* kg/kWh becomes g/kWh before the division, so that it rounds once. */
    if (boa_decimal_shift10(&emissions, 3) != 0 ||
        boa_decimal_divide(&emissions, &emissions, &row->energy, INTENSITY_DIGITS) != 0)
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

static void derive_cpu(const struct row *row, const struct cc_run_facts *facts)
{
    if (!facts->constant_cpu)
        return;
    row->derived[CC_CPU_TRACKING] = BOA_STR_LIT("constant");
    row->derived[CC_CPU_DOUBT] = BOA_STR_LIT(
        "cpu_power is 42.5 or 85 W throughout: what CodeCarbon writes when it cannot measure");
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
    static const struct boa_str tags[] = { BOA_STR("-aws"), BOA_STR("-azure"), BOA_STR("-gcp") };

    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        size_t at = boa_str_find(os, tags[i]);
        struct boa_str rest = boa_str_from_byte(os, at + tags[i].len);

        if (at < os.len && (rest.len == 0 || rest.ptr[0] == '-'))
            return true;
    }
    return false;
}

static void derive_place(const struct row *row)
{
    bool has_provider = cell(row, CC_CLOUD_PROVIDER).len != 0;

    if (says_yes(cell(row, CC_ON_CLOUD)) || has_provider || has_cloud_kernel(cell(row, CC_OS))) {
        row->derived[CC_INFRA] = BOA_STR_LIT("publicCloud");
    } else {
        row->derived[CC_INFRA] = BOA_STR_LIT("onPremise");
        if (!row->options->on_premise)
            row->derived[CC_INFRA_DOUBT] = BOA_STR_LIT("onPremise only because nothing says cloud");
    }
    if (boa_str_equal_lit(cell(row, CC_COUNTRY_NAME), "Canada") && !has_provider &&
        cell(row, CC_LATITUDE).len == 0 && cell(row, CC_LONGITUDE).len == 0)
        row->derived[CC_COUNTRY_DOUBT] = BOA_STR_LIT(
            "Canada without coordinates: what CodeCarbon writes when it finds no country");
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
    struct row row = { .derived = derived,
                       .record = record,
                       .column = column,
                       .options = options,
                       .diags = diags,
                       .arena = arena,
                       .err = err };
    struct boa_str id = derived[CC_ID];

    memset(derived, 0, CC_DERIVED_COUNT * sizeof *derived);
    derived[CC_ID] = id;
    if (derive_energy(&row) != 0 || derive_start(&row) != 0 || derive_intensity(&row) != 0 ||
        derive_gpus(&row) != 0)
        return -1;
    derive_cpu(&row, facts);
    derive_system(&row);
    derive_place(&row);
    return 0;
}
