/* Figures of one row against each other. All expectations are worked out by hand: 1 kWh in 1 h is a
 * mean of 1 kW. */
#include "converters/codecarbon_figures.h"

#include "tests/unit/unit.h"

#include "tests/unit/finding_log.h"

enum { CELLS = 9 };

static const enum cc_column columns[CELLS] = {
    CC_ENERGY,    CC_DURATION,   CC_PUE,        CC_CPU_POWER,  CC_GPU_POWER,
    CC_RAM_POWER, CC_CPU_ENERGY, CC_GPU_ENERGY, CC_RAM_ENERGY,
};

/* NULL: the table has no such column. */
struct cells {
    const char *energy, *duration, *pue, *cpu_w, *gpu_w, *ram_w, *cpu, *gpu, *ram;
};

/* Energy, duration, PUE, then W and kWh of CPU, GPU and RAM. The row that others depart from is an
 * hour at 100 W. */
static const struct cells honest = {
    "0.1", "3600", "1.0", "70", "20", "10", "0.07", "0.02", "0.01"
};

static struct finding_log found;

/* Judges a row; the findings are in `found`. Returns whether the duration is the run's. */
static bool judge(const struct cells *cells, bool *doubtful)
{
    const char *const texts[CELLS] = { cells->energy, cells->duration, cells->pue,
                                       cells->cpu_w,  cells->gpu_w,    cells->ram_w,
                                       cells->cpu,    cells->gpu,      cells->ram };
    struct boa_str row[CELLS];
    struct boa_record record = { .place = { BOA_STR("e.csv"), 7, 0 }, .cells = row };
    struct cc_figures figures;
    int column[CC_COLUMN_COUNT];
    bool usable;

    for (int c = 0; c < CC_COLUMN_COUNT; c++)
        column[c] = -1;
    for (int i = 0; i < CELLS; i++) {
        row[i] = boa_str_from(texts[i]);
        if (texts[i] != NULL)
            column[columns[i]] = i;
    }
    finding_log_clear(&found);
    cc_figures_read(&figures, &record, column);
    cc_figures_judge(&figures, &record, column, &found.diags);
    usable = cc_figures_judge_duration(&figures, &record, column, &found.diags);
    *doubtful = record.doubtful;
    return usable;
}

/* A row of which nothing is found. */
static void check_honest(const struct cells *cells)
{
    bool doubtful;

    assert_true(judge(cells, &doubtful));
    assert_string_equal(found.text, "");
    assert_false(doubtful);
}

static void check_found(const struct cells *cells, bool usable, const char *want)
{
    bool doubtful, have = judge(cells, &doubtful);

    assert_string_equal(found.text, want);
    assert_true(have == usable);
    assert_true(doubtful);
}

static void test_honest_rows(void **state)
{
    (void)state;
    check_honest(&honest);
    /* Counters of energy step back: seen with real GPUs. */
    check_honest(&(struct cells){ "0.1", "3600", "1.0", "70", "-0.00005", "10", "0.07", "-2.8e-10",
                                  "0.01" });
    /* A last sample of a tenth of the mean, and of fifty times as much: the bounds. */
    check_honest(&(struct cells){ "1", "3600", "1.0", "70", "20", "10", "", "", "0.01" });
    check_honest(&(struct cells){ "0.002", "3600", "1.0", "70", "20", "10", "", "", "0.01" });
    /* A few seconds, of which next to nothing was measured. */
    check_honest(&(struct cells){ "1e-9", "29.9", "1.0", "70", "20", "10", "1e-9", "0", "0" });
    /* The PUE is in the energies, not in the powers: 1.1 kWh / 1.2 in an hour is below 1 kW. */
    check_honest(&(struct cells){ "1.1", "3600", "1.2", "70", "20", "10", "", "0.02", "0.01" });
}

/* Without the columns, or with powers of nothing, there is nothing to compare with. */
static void test_rows_without_powers(void **state)
{
    (void)state;
    check_honest(&(struct cells){ "8", "3600", NULL, NULL, NULL, NULL, NULL, NULL, NULL });
    check_honest(&(struct cells){ "8", "3600", "1.0", "70", "20", NULL, "0.07", "0.02", NULL });
    check_honest(&(struct cells){ "8", "3600", "1.0", "70", "", "10", "0.07", "nan", "0.01" });
    check_honest(&(struct cells){ "8", "3600", "1.0", "0", "0.0", "0", "0.07", "0.02", "0.01" });
    check_honest(&(struct cells){ "0.1", "", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" });
    check_honest(&(struct cells){ "0.1", "soon", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" });
}

static void test_energies_that_are_none(void **state)
{
    (void)state;
    check_found(&(struct cells){ "0.0", "3600", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" },
                true, "ENERGY_ZERO e.csv:7:0 : energy_consumed is 0.0 kWh\n");
    check_found(&(struct cells){ "-1e-9", "3600", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" },
                true, "ENERGY_NEGATIVE e.csv:7:0 : energy_consumed is -1e-9 kWh\n");
}

static void test_energy_against_its_parts(void **state)
{
    (void)state;
    /* Wh for kWh in the parts alone: the powers still agree with the whole. */
    check_found(&(struct cells){ "0.1", "3600", "1.0", "70", "20", "10", "70", "20", "10" }, true,
                "ENERGY_SCALE e.csv:7:0 : energy_consumed is 0.1 kWh, 0.001 times the sum of "
                "cpu_energy, gpu_energy and ram_energy (100 kWh)\n");
    /* The whole alone: its mean of 100 kW is a thousand times the powers too, and told once. */
    check_found(&(struct cells){ "99", "3600", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" },
                false,
                "ENERGY_SCALE e.csv:7:0 : energy_consumed is 99 kWh, 990 times the sum of "
                "cpu_energy, gpu_energy and ram_energy (0.1 kWh)\n"
                "DURATION_UNUSABLE e.csv:7:0 /measures/*/measurementDuration: the energy over a "
                "duration of 3600 s is a mean of 99000 W, 990 times the row's cpu_power, gpu_power "
                "and ram_power (100 W); duration and begin are left out\n");
    /* Twice its parts is odd, but no slip of units. */
    check_honest(&(struct cells){ "0.2", "3600", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" });
}

static void test_energy_against_powers(void **state)
{
    (void)state;
    /* Energies in MWh: 0.0001 in an hour is a mean of 0.1 W. */
    check_found(&(struct cells){ "0.0001", "3600", "1.0", "70", "20", "10", "0.00007", "0.00002",
                                 "0.00001" },
                true,
                "ENERGY_SCALE e.csv:7:0 : the energy over a duration of 3600 s is a mean of 0.1 W, "
                "0.001 times the row's cpu_power, gpu_power and ram_power (100 W)\n");
    /* Powers in kW. */
    check_found(
        &(struct cells){ "0.1", "3600", "1.0", "0.07", "0.02", "0.01", "0.07", "0.02", "0.01" },
        false,
        "ENERGY_SCALE e.csv:7:0 : the energy over a duration of 3600 s is a mean of 100 W, "
        "1000 times the row's cpu_power, gpu_power and ram_power (0.1 W)\n"
        "DURATION_UNUSABLE e.csv:7:0 /measures/*/measurementDuration: the energy over a "
        "duration of 3600 s is a mean of 100 W, 1000 times the row's cpu_power, gpu_power "
        "and ram_power (0.1 W); duration and begin are left out\n");
}

static void test_durations(void **state)
{
    (void)state;
    check_found(&(struct cells){ "0.1", "-1", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" },
                false,
                "DURATION_UNUSABLE e.csv:7:0 /measures/*/measurementDuration: the duration is -1 "
                "s; it and the begin are left out\n");
    check_found(&(struct cells){ "0.1", "0.0", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" },
                false,
                "DURATION_UNUSABLE e.csv:7:0 /measures/*/measurementDuration: the duration is 0.0 "
                "s; it and the begin are left out\n");
    /* The clock began anew with the last task: 0.1 kWh in 36 s is a mean of 10 kW. */
    check_found(&(struct cells){ "0.1", "36", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" },
                false,
                "DURATION_UNUSABLE e.csv:7:0 /measures/*/measurementDuration: the energy over a "
                "duration of 36 s is a mean of 10000 W, 100 times the row's cpu_power, gpu_power "
                "and ram_power (100 W); duration and begin are left out\n");
    /* The same of energies with a PUE of 2 is half of that. */
    check_found(&(struct cells){ "0.1", "36", "2", "70", "20", "10", "0.07", "0.02", "0.01" },
                false,
                "DURATION_UNUSABLE e.csv:7:0 /measures/*/measurementDuration: the energy over a "
                "duration of 36 s is a mean of 5000 W, 50 times the row's cpu_power, gpu_power and "
                "ram_power (100 W); duration and begin are left out\n");
    /* The clock ran on for a hundred hours. */
    check_found(&(struct cells){ "0.1", "360000", "1.0", "70", "20", "10", "0.07", "0.02", "0.01" },
                true,
                "DURATION_LONG e.csv:7:0 /measures/*/measurementDuration: the energy over a "
                "duration of 360000 s is a mean of 1 W, 0.01 times the row's cpu_power, gpu_power "
                "and ram_power (100 W)\n");
}

static void test_powers(void **state)
{
    (void)state;
    check_found(&(struct cells){ "0.1", "3600", "1.0", "-70", "20", "100", "0.07", "0.02", "0.01" },
                true, "POWER_IMPLAUSIBLE e.csv:7:0 : cpu_power is -70 W\n");
    check_found(&(struct cells){ "0.1", "3600", NULL, NULL, "200000", NULL, NULL, NULL, NULL },
                true,
                "POWER_IMPLAUSIBLE e.csv:7:0 : gpu_power is 200000 W: no single machine draws over "
                "100 kW\n");
    /* 8 kWh in 34 s, from a table without powers. */
    check_found(&(struct cells){ "8", "34", NULL, NULL, NULL, NULL, NULL, NULL, NULL }, true,
                "POWER_IMPLAUSIBLE e.csv:7:0 : energy_consumed of 8 kWh over a duration of 34 s is "
                "a mean of 847000 W: no single machine draws over 100 kW\n");
}

/* Numbers at the ends of their range neither fail nor hang. */
static void test_far_numbers(void **state)
{
    static const char *const texts[] = { "1e999999", "1e-999999", "-1e999999" };
    bool doubtful;

    (void)state;
    for (size_t i = 0; i < 3 * 3 * 3; i++) {
        const char *energy = texts[i % 3], *duration = texts[i / 3 % 3], *power = texts[i / 9];

        (void)judge(
            &(struct cells){ energy, duration, duration, power, "20", "10", power, "0.02", "0.01" },
            &doubtful);
        assert_true(doubtful || found.count == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_honest_rows),
        cmocka_unit_test(test_rows_without_powers),
        cmocka_unit_test(test_energies_that_are_none),
        cmocka_unit_test(test_energy_against_its_parts),
        cmocka_unit_test(test_energy_against_powers),
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_powers),
        cmocka_unit_test(test_far_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
