/* Compares what a row says of its energy in several ways: as a whole, as the sum of its parts, as
 * power times duration. Doubles decide; texts of findings are exact. */
#include "converters/codecarbon_figures.h"

/* No machine on its own draws as much: the largest GPU servers take some 15 kW, and a whole rack of
 * them just over this. A mean above it is a slip of units or a wrong duration. */
#define MACHINE_MAX_W 1e5

/* Counters of energy step back a little, so that a power can come out just below zero. */
#define POWER_MIN_W (-1.0)

/* Up to CodeCarbon 3.1.1 the powers are those of the last sample, and honest runs were seen with
 * means from a sixth of them to five times as much. */
#define POWER_RATIO_MAX 10.0
#define POWER_RATIO_MIN 0.02

/* Where a mean below the powers begins to tell something: CodeCarbon samples every 15 s, and of a
 * shorter run it may have measured next to nothing. */
#define SAMPLED_MIN_S 30.0

enum { RATIO_DIGITS = 3 };

static const enum cc_column power_columns[CC_PARTS] = { CC_CPU_POWER, CC_GPU_POWER, CC_RAM_POWER };
static const enum cc_column energy_columns[CC_PARTS] = { CC_CPU_ENERGY, CC_GPU_ENERGY,
                                                         CC_RAM_ENERGY };

/* Where findings of one row come from and go to. */
struct judge {
    const struct cc_figures *figures;
    struct boa_record *record;
    const int *column;
    const struct boa_diags *diags;
};

static struct boa_str cell(const struct boa_record *record, const int *column, enum cc_column at)
{
    return column[at] < 0 ? (struct boa_str){ 0 } : record->cells[column[at]];
}

static void read_parts(struct cc_parts *parts, const struct boa_record *record, const int *column,
                       const enum cc_column *columns)
{
    parts->sum = 0;
    parts->complete = true;
    for (size_t i = 0; i < CC_PARTS; i++) {
        bool known;

        parts->value[i] = 0;
        known = boa_decimal_approximate_text(&parts->value[i], cell(record, column, columns[i]));
        parts->sum += parts->value[i];
        parts->complete = parts->complete && known;
    }
}

void cc_figures_read(struct cc_figures *figures, const struct boa_record *record, const int *column)
{
    if (!boa_decimal_parse(&figures->energy_kwh, cell(record, column, CC_ENERGY)))
        boa_decimal_from_int(&figures->energy_kwh, 0);
    /* Nearly every file says 1.0, which needs no reading. */
    if (boa_str_equal_lit(cell(record, column, CC_PUE), "1.0") ||
        !boa_decimal_parse(&figures->pue, cell(record, column, CC_PUE)))
        boa_decimal_from_int(&figures->pue, 1);
    figures->has_duration = boa_decimal_parse(&figures->duration_s,
                                              cell(record, column, CC_DURATION));
    read_parts(&figures->powers_w, record, column, power_columns);
    read_parts(&figures->energies_kwh, record, column, energy_columns);
}

/* ---- Numbers for people ---- */

struct number {
    char text[BOA_DECIMAL_TEXT_MAX];
    int len;
};

#define NUMBER_FMT(number) (number).len, (number).text

static void write_number(struct number *out, const struct boa_decimal *value)
{
    out->len = (int)boa_decimal_format(out->text, value);
}

/* a / b to three digits; 0 where that is no number. */
static void divide(struct boa_decimal *out, const struct boa_decimal *a,
                   const struct boa_decimal *b)
{
    if (boa_decimal_divide(out, a, b, RATIO_DIGITS) != 0)
        boa_decimal_from_int(out, 0);
}

/* The exact sum of three cells that are numbers. */
static void add_parts(struct boa_decimal *sum, const struct judge *judge,
                      const enum cc_column *columns)
{
    struct boa_decimal value;

    boa_decimal_from_int(sum, 0);
    for (size_t i = 0; i < CC_PARTS; i++) {
        /* A sum with too many digits is left as far as it came: only a text is made of it. */
        if (boa_decimal_parse(&value, cell(judge->record, judge->column, columns[i])))
            (void)boa_decimal_add(sum, sum, &value);
    }
}

/* What energy and duration give in watts, unrounded but for the PUE. */
static void mean_power(struct boa_decimal *mean_w, const struct cc_figures *figures)
{
    struct boa_decimal j_per_kwh, energy_j;

    boa_decimal_from_int(&j_per_kwh, 3600000);
    if (boa_decimal_multiply(&energy_j, &figures->energy_kwh, &j_per_kwh) != 0)
        boa_decimal_from_int(&energy_j, 0);
    /* The powers know nothing of the PUE. */
    if (!figures->pue.negative && figures->pue.count != 0 &&
        boa_decimal_divide(&energy_j, &energy_j, &figures->pue, 17) != 0)
        boa_decimal_from_int(&energy_j, 0);
    if (boa_decimal_divide(mean_w, &energy_j, &figures->duration_s, 17) != 0)
        boa_decimal_from_int(mean_w, 0);
}

static double approximate_pue(const struct cc_figures *figures)
{
    double pue = boa_decimal_approximate(&figures->pue);

    return pue > 0 ? pue : 1;
}

/* ---- Findings ---- */

static const struct boa_str no_field = { 0 };

static bool is_thousand(double ratio)
{
    return (ratio >= 500 && ratio <= 2000) || (ratio >= 1.0 / 2000 && ratio <= 1.0 / 500);
}

static bool judge_energy(const struct judge *judge)
{
    const struct boa_decimal *energy = &judge->figures->energy_kwh;
    struct boa_str text = cell(judge->record, judge->column, CC_ENERGY);
    bool is_zero = energy->count == 0;

    if (!is_zero && !energy->negative)
        return false;
    boa_diags_add(judge->diags, is_zero ? BOA_DIAG_ENERGY_ZERO : BOA_DIAG_ENERGY_NEGATIVE,
                  judge->record->place, no_field, "energy_consumed is %.*s kWh", BOA_STR_FMT(text));
    return true;
}

/* True when energy_consumed is some thousand times its parts, or the other way round. */
static bool is_parts_slip(const struct cc_figures *figures)
{
    const struct cc_parts *parts = &figures->energies_kwh;

    return parts->complete && parts->sum > 0 &&
           is_thousand(boa_decimal_approximate(&figures->energy_kwh) / parts->sum);
}

static void tell_parts_slip(const struct judge *judge)
{
    struct boa_str energy = cell(judge->record, judge->column, CC_ENERGY);
    struct boa_decimal sum, ratio;
    struct number sum_text, ratio_text;

    add_parts(&sum, judge, energy_columns);
    divide(&ratio, &judge->figures->energy_kwh, &sum);
    write_number(&sum_text, &sum);
    write_number(&ratio_text, &ratio);
    boa_diags_add(judge->diags, BOA_DIAG_ENERGY_SCALE, judge->record->place, no_field,
                  "energy_consumed is %.*s kWh, %.*s times the sum of cpu_energy, gpu_energy and "
                  "ram_energy (%.*s kWh)",
                  BOA_STR_FMT(energy), NUMBER_FMT(ratio_text), NUMBER_FMT(sum_text));
}

static bool judge_powers(const struct judge *judge)
{
    bool found = false;

    for (size_t i = 0; i < CC_PARTS; i++) {
        double power = judge->figures->powers_w.value[i];
        struct boa_str name = cc_column_name(power_columns[i]);
        struct boa_str text = cell(judge->record, judge->column, power_columns[i]);

        if (power >= POWER_MIN_W && power <= MACHINE_MAX_W)
            continue;
        boa_diags_add(judge->diags, BOA_DIAG_POWER_IMPLAUSIBLE, judge->record->place, no_field,
                      "%.*s is %.*s W%s", BOA_STR_FMT(name), BOA_STR_FMT(text),
                      power > 0 ? ": no single machine draws over 100 kW" : "");
        found = true;
    }
    return found;
}

void cc_figures_judge(const struct cc_figures *figures, struct boa_record *record,
                      const int *column, const struct boa_diags *diags)
{
    const struct judge judge = { figures, record, column, diags };

    if (judge_energy(&judge))
        record->doubtful = true;
    if (judge_powers(&judge))
        record->doubtful = true;
    if (is_parts_slip(figures)) {
        tell_parts_slip(&judge);
        record->doubtful = true;
    }
}

/* What the mean power is beside the row's own powers. */
static void tell_mean(const struct judge *judge, enum boa_diag id, const char *verdict)
{
    struct boa_str field = boa_field_get(BOA_FIELD_MEASURE_DURATION)->path;
    struct boa_str duration = cell(judge->record, judge->column, CC_DURATION);
    struct boa_decimal mean_w, sum_w, ratio;
    struct number mean_text, sum_text, ratio_text;

    mean_power(&mean_w, judge->figures);
    add_parts(&sum_w, judge, power_columns);
    divide(&ratio, &mean_w, &sum_w);
    boa_decimal_round(&mean_w, RATIO_DIGITS);
    write_number(&mean_text, &mean_w);
    write_number(&sum_text, &sum_w);
    write_number(&ratio_text, &ratio);
    boa_diags_add(judge->diags, id, judge->record->place,
                  id == BOA_DIAG_ENERGY_SCALE ? no_field : field,
                  "the energy over a duration of %.*s s is a mean of %.*s W, %.*s times the row's "
                  "cpu_power, gpu_power and ram_power (%.*s W)%s",
                  BOA_STR_FMT(duration), NUMBER_FMT(mean_text), NUMBER_FMT(ratio_text),
                  NUMBER_FMT(sum_text), verdict);
}

static void tell_machine_max(const struct judge *judge)
{
    struct boa_str energy = cell(judge->record, judge->column, CC_ENERGY);
    struct boa_str duration = cell(judge->record, judge->column, CC_DURATION);
    struct boa_decimal mean_w;
    struct number mean_text;

    mean_power(&mean_w, judge->figures);
    boa_decimal_round(&mean_w, RATIO_DIGITS);
    write_number(&mean_text, &mean_w);
    boa_diags_add(judge->diags, BOA_DIAG_POWER_IMPLAUSIBLE, judge->record->place, no_field,
                  "energy_consumed of %.*s kWh over a duration of %.*s s is a mean of %.*s W: no "
                  "single machine draws over 100 kW",
                  BOA_STR_FMT(energy), BOA_STR_FMT(duration), NUMBER_FMT(mean_text));
}

/* A mean far from the powers. A slip of a thousand that its parts already showed is not told
 * twice. False: the duration is not the run's. */
static bool judge_ratio(const struct judge *judge, double ratio, double duration_s)
{
    bool is_slip = is_thousand(ratio) && (ratio > 1 || duration_s >= SAMPLED_MIN_S);

    if (is_slip && !is_parts_slip(judge->figures))
        tell_mean(judge, BOA_DIAG_ENERGY_SCALE, "");
    if (ratio > POWER_RATIO_MAX) {
        tell_mean(judge, BOA_DIAG_DURATION_UNUSABLE, "; duration and begin are left out");
        return false;
    }
    if (!is_slip)
        tell_mean(judge, BOA_DIAG_DURATION_LONG, "");
    return true;
}

bool cc_figures_judge_duration(const struct cc_figures *figures, struct boa_record *record,
                               const int *column, const struct boa_diags *diags)
{
    const struct judge judge = { figures, record, column, diags };
    const struct cc_parts *powers = &figures->powers_w;
    double duration_s, mean_w, ratio;

    if (!figures->has_duration)
        return true;
    if (figures->duration_s.negative || figures->duration_s.count == 0) {
        boa_diags_add(diags, BOA_DIAG_DURATION_UNUSABLE, record->place,
                      boa_field_get(BOA_FIELD_MEASURE_DURATION)->path,
                      "the duration is %.*s s; it and the begin are left out",
                      BOA_STR_FMT(cell(record, column, CC_DURATION)));
        record->doubtful = true;
        return false;
    }
    if (figures->energy_kwh.negative || figures->energy_kwh.count == 0)
        return true;
    duration_s = boa_decimal_approximate(&figures->duration_s);
    mean_w = boa_decimal_approximate(&figures->energy_kwh) * 3.6e6 / approximate_pue(figures) /
             duration_s;
    ratio = powers->complete && powers->sum > 0 ? mean_w / powers->sum : 1;
    if (ratio > POWER_RATIO_MAX || (ratio < POWER_RATIO_MIN && duration_s >= SAMPLED_MIN_S)) {
        record->doubtful = true;
        return judge_ratio(&judge, ratio, duration_s);
    }
    if (mean_w > MACHINE_MAX_W) {
        tell_machine_max(&judge);
        record->doubtful = true;
    }
    return true;
}
