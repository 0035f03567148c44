/* What is derived from a row: each rule with the values that just keep and just break it. */
#include "converters/codecarbon_cells.h"

#include "tests/unit/unit.h"
/* The log needs cmocka in front of it. */
#include "tests/unit/finding_log.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* A row in which every column stands, in the order of the enum. */
struct bench {
    struct boa_str cells[CC_COLUMN_COUNT], derived[CC_DERIVED_COUNT];
    int column[CC_COLUMN_COUNT];
    struct boa_record record;
    struct cc_run_facts facts;
    struct cc_cells_options options;
    struct finding_log log;
    struct boa_arena arena;
};

static void set(struct bench *bench, enum cc_column column, const char *text)
{
    bench->cells[column] = boa_str_from(text);
}

static void begin(struct bench *bench)
{
    memset(bench, 0, sizeof *bench);
    for (int i = 0; i < CC_COLUMN_COUNT; i++) {
        bench->column[i] = i;
        bench->cells[i] = BOA_STR_LIT("");
    }
    finding_log_clear(&bench->log);
    boa_arena_init(&bench->arena, 1 << 16);
    bench->record.cells = bench->cells;
    bench->record.place = (struct boa_place){ .file = BOA_STR("t.csv"), .line = 2 };
    bench->derived[CC_ID] = BOA_STR_LIT("the id");
    bench->options.on_premise = true;
    set(bench, CC_TIMESTAMP, "2026-03-10T09:31:12");
    set(bench, CC_DURATION, "612.408317");
    set(bench, CC_ENERGY, "0.5");
    set(bench, CC_EMISSIONS, "0.1");
}

static int derive(struct bench *bench, struct boa_err *err)
{
    return cc_cells_derive(bench->derived, &bench->record, bench->column, &bench->facts,
                           &bench->options, &bench->log.diags, &bench->arena, err);
}

static void run(struct bench *bench)
{
    struct boa_err err = { 0 };

    assert_int_equal(derive(bench, &err), 0);
    assert_text_equal(bench->derived[CC_ID], "the id");
}

/* One cell changed, one derived cell looked at, all findings. */
struct change {
    enum cc_column column;
    const char *text, *want, *findings;
};

static void check_changes(const struct change *changes, size_t count, enum cc_derived derived)
{
    for (size_t i = 0; i < count; i++) {
        struct bench bench;

        begin(&bench);
        set(&bench, changes[i].column, changes[i].text);
        run(&bench);
        assert_text_equal(bench.derived[derived], changes[i].want);
        assert_string_equal(bench.log.text, changes[i].findings);
        boa_arena_release(&bench.arena);
    }
}

static void test_begin_of_the_run(void **state)
{
    static const struct change changes[] = {
        { CC_DURATION, "612.408317", "2026-03-10 09:20:59", "" },
        { CC_DURATION, "0", "",
          "DURATION_UNUSABLE t.csv:2:0 /measures/*/measurementDuration: the duration is 0 s; it "
          "and the begin are left out\n" },
        { CC_DURATION, "18.01", "2026-03-10 09:30:53", "" },
        { CC_DURATION, "72", "2026-03-10 09:30:00", "" },
        { CC_DURATION, "86400", "2026-03-09 09:31:12", "" },
        { CC_DURATION, "-1", "",
          "DURATION_UNUSABLE t.csv:2:0 /measures/*/measurementDuration: the duration is -1 s; it "
          "and the begin are left out\n" },
        { CC_DURATION, "", "", "" },
        { CC_DURATION, "nan", "", "" },
        { CC_DURATION, "1e400", "", "" },
        { CC_TIMESTAMP, "2026-03-01T00:10:12.75+02:00", "2026-03-01 00:00:00", "" },
        { CC_TIMESTAMP, "2024-03-01 00:10:12", "2024-02-29 23:59:59", "" },
        { CC_TIMESTAMP, "yesterday", "", "" },
    };

    (void)state;
    check_changes(changes, COUNT(changes), CC_START);
}

static void test_carbon_intensity(void **state)
{
    static const char assumed[] =
        "INTENSITY_ASSUMED t.csv:2:0 /environment/powerSourceCarbonIntensity: 475 g/kWh is "
        "CodeCarbon's average of the world; left out\n";
    static const struct change changes[] = {
        { CC_EMISSIONS, "0.1", "200", "" },
        { CC_EMISSIONS, "0.0281234565", "56.2469", "" },
        { CC_EMISSIONS, "1e-9", "2e-06", "" },
        { CC_EMISSIONS, "0.2375", "", assumed },
        { CC_EMISSIONS, "0.23750000001", "", assumed }, /* 475.000 to six digits */
        { CC_EMISSIONS, "0.237501", "475.002", "" },
        { CC_EMISSIONS, "0", "", "" },
        { CC_EMISSIONS, "-0.1", "", "" },
        { CC_EMISSIONS, "", "", "" },
        { CC_ENERGY, "-0.5", "", "ENERGY_NEGATIVE t.csv:2:0 : energy_consumed is -0.5 kWh\n" },
        { CC_ENERGY, "0.0", "", "ENERGY_ZERO t.csv:2:0 : energy_consumed is 0.0 kWh\n" },
    };

    (void)state;
    check_changes(changes, COUNT(changes), CC_INTENSITY);
}

static void test_energy_as_stored(void **state)
{
    static const struct change changes[] = {
        { CC_PUE, "1", "0.5", "" },
        { CC_PUE, "1.00", "0.5", "" },
        { CC_PUE, "", "0.5", "" },
        { CC_PUE, "1.3", "0.5",
          "PUE_INCLUDED t.csv:2:0 /measures/*/powerConsumption: energy_consumed of 0.5 kWh was "
          "multiplied by a pue of 1.3\n" },
    };

    (void)state;
    check_changes(changes, COUNT(changes), CC_ENERGY_USED);
}

static void test_energy_without_pue(void **state)
{
    static const char odd[] = "VALUE_UNUSABLE t.csv:2:0 : column pue: want a ratio, have \"%s\"\n";
    static const struct {
        const char *pue, *want;
        bool found;
    } cases[] = {
        { "1", "0.5", false },
        { "1.0", "0.5", false },
        { "", "0.5", false },
        { "1.25", "0.4", false },
        { "3", "0.16666666666666667", false },
        { "0", "0.5", true },
        { "-2", "0.5", true },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bench bench;
        char want[128] = "";

        begin(&bench);
        bench.options.remove_pue = true;
        set(&bench, CC_PUE, cases[i].pue);
        run(&bench);
        assert_text_equal(bench.derived[CC_ENERGY_USED], cases[i].want);
        if (cases[i].found)
            (void)snprintf(want, sizeof want, odd, cases[i].pue);
        assert_string_equal(bench.log.text, want);
        boa_arena_release(&bench.arena);
    }
}

static void test_doubtful_energies(void **state)
{
    static const struct {
        const char *energy;
        bool doubtful;
    } cases[] = {
        { "0.5", false }, { "1e-300", false }, { "0", true }, { "-0.0", true }, { "-2.8e-10", true }
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bench bench;

        begin(&bench);
        set(&bench, CC_ENERGY, cases[i].energy);
        bench.record.doubtful = !cases[i].doubtful;
        run(&bench);
        assert_int_equal(bench.record.doubtful, cases[i].doubtful);
        boa_arena_release(&bench.arena);
    }
}

static void test_systems(void **state)
{
    static const struct {
        const char *os, *name, *version;
    } cases[] = {
        { "Linux-5.15.0-116-generic-x86_64-with-glibc2.35", "Linux", "" },
        { "Linux", "Linux", "" },
        { "macOS-14.5-arm64-arm-64bit", "macOS", "14.5" },
        { "Darwin-20.6.0-x86_64-i386-64bit", "macOS", "" },
        { "Windows-10-10.0.19045-SP0", "Windows", "10" },
        { "Windows-10-10.0.21999-SP0", "Windows", "10" },
        { "Windows-10-10.0.22000-SP0", "Windows", "11" },
        { "Windows-11-10.0.26100-SP0", "Windows", "11" },
        { "Windows-2019Server-10.0.17763-SP0", "Windows", "2019Server" },
        { "Windows-10-10.0.x", "Windows", "10" },
        { "Windows", "Windows", "" },
        { "", "", "" },
        { "None", "", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bench bench;

        begin(&bench);
        set(&bench, CC_OS, cases[i].os);
        run(&bench);
        assert_text_equal(bench.derived[CC_OS_NAME], cases[i].name);
        assert_text_equal(bench.derived[CC_OS_VERSION], cases[i].version);
        boa_arena_release(&bench.arena);
    }
}

static void test_clouds(void **state)
{
    static const struct {
        const char *on_cloud, *provider, *os;
        bool cloud;
    } cases[] = {
        { "N", "", "Linux-6.1.0-26-amd64", false },
        { "", "", "", false },
        { "0.0", "", "", false },
        { "Y", "", "", true },
        { "y", "", "", true },
        { "True", "", "", true },
        { "1.0", "", "", true },
        { "N", "gcp", "", true },
        { "N", "None", "", false },
        { "N", "", "Linux-6.8.0-1021-aws-x86_64-with-glibc2.39", true },
        { "N", "", "Linux-5.15.0-1064-azure", true },
        { "N", "", "Linux-6.5.0-1018-gcp-x86_64", true },
        { "N", "", "Linux-6.5.0-awsome-x86_64", false },
    };

    (void)state;
    for (size_t i = 0; i < 2 * COUNT(cases); i++) {
        struct bench bench;
        bool confirmed = i % 2 != 0, cloud = cases[i / 2].cloud;

        begin(&bench);
        bench.options.on_premise = confirmed;
        set(&bench, CC_ON_CLOUD, cases[i / 2].on_cloud);
        set(&bench, CC_CLOUD_PROVIDER, cases[i / 2].provider);
        set(&bench, CC_OS, cases[i / 2].os);
        run(&bench);
        assert_text_equal(bench.derived[CC_INFRA], cloud ? "publicCloud" : "onPremise");
        assert_int_equal(bench.derived[CC_INFRA_DOUBT].len != 0, !cloud && !confirmed);
        boa_arena_release(&bench.arena);
    }
}

static void test_canada(void **state)
{
    static const struct {
        const char *country, *latitude, *longitude, *provider;
        bool doubted;
    } cases[] = {
        { "Canada", "", "", "", true },
        { "Canada", "nan", "nan", "", true },
        { "Canada", "45.5", "-73.6", "", false },
        { "Canada", "45.5", "", "", false },
        { "Canada", "", "", "gcp", false },
        { "France", "", "", "", false },
        { "", "", "", "", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bench bench;

        begin(&bench);
        set(&bench, CC_COUNTRY_NAME, cases[i].country);
        set(&bench, CC_LATITUDE, cases[i].latitude);
        set(&bench, CC_LONGITUDE, cases[i].longitude);
        set(&bench, CC_CLOUD_PROVIDER, cases[i].provider);
        run(&bench);
        assert_int_equal(bench.derived[CC_COUNTRY_DOUBT].len != 0, cases[i].doubted);
        boa_arena_release(&bench.arena);
    }
}

static void test_gpus(void **state)
{
    static const struct {
        const char *cpu, *model, *count;
        size_t kinds;
    } cases[] = {
        { "AMD EPYC", "", "", 0 },
        { "AMD EPYC", "2 x NVIDIA L4", "2", 1 },
        { "AMD EPYC", "1 x A1 x B", "2", 2 },
        { "AMD EPYC", "None", "nan", 0 },
        { "Apple M1", "Apple M1", "1", 1 },
        { "Intel(R) Core(TM) i7", "Intel(R) Core(TM) i7", "1", 0 },
        { "Intel(R) Core(TM) i7", "Intel(R) Arc(TM) A770", "1", 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bench bench;

        begin(&bench);
        bench.record.group[BOA_GROUP_GPU].elements = 7;
        set(&bench, CC_CPU_MODEL, cases[i].cpu);
        set(&bench, CC_GPU_MODEL, cases[i].model);
        set(&bench, CC_GPU_COUNT, cases[i].count);
        set(&bench, CC_GPU_UTILIZATION, "12.5");
        run(&bench);
        assert_int_equal(bench.record.group[BOA_GROUP_GPU].elements, cases[i].kinds);
        assert_text_equal(bench.derived[CC_GPU_USE], cases[i].kinds != 0 ? "12.5" : "");
        if (cases[i].kinds == 2)
            assert_text_equal(bench.record.group[BOA_GROUP_GPU].cells[CC_GPU_CELLS + CC_GPU_NAME],
                              "1 x B");
        boa_arena_release(&bench.arena);
    }
}

static void test_constant_powers(void **state)
{
    (void)state;
    for (int constant = 0; constant < 2; constant++) {
        struct bench bench;

        begin(&bench);
        bench.facts.constant_cpu = constant != 0;
        run(&bench);
        assert_text_equal(bench.derived[CC_CPU_TRACKING], constant ? "constant" : "");
        assert_int_equal(bench.derived[CC_CPU_DOUBT].len != 0, constant);
        boa_arena_release(&bench.arena);
    }
}

/* The clock of a run with tasks is that of its last task: of no account, and no reason to doubt. */
static void test_duration_of_the_run(void **state)
{
    static const struct {
        const char *duration;
        bool has_tasks;
        const char *want;
        size_t findings;
    } cases[] = {
        { "1800", false, "1800", 0 }, { "soon", false, "soon", 0 }, /* for the plan to refuse */
        { "", false, "", 0 },         { "180", false, "180", 0 }, /* 0.5 kWh in 180 s is 10 kW, ten
                                                                     times the powers */
        { "179", false, "", 1 },      { "179", true, "", 0 },       { "1800", true, "", 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bench bench;

        begin(&bench);
        set(&bench, CC_CPU_POWER, "900");
        set(&bench, CC_GPU_POWER, "0.0");
        set(&bench, CC_RAM_POWER, "100");
        set(&bench, CC_DURATION, cases[i].duration);
        bench.facts.has_tasks = cases[i].has_tasks;
        run(&bench);
        assert_text_equal(bench.derived[CC_DURATION_USED], cases[i].want);
        assert_int_equal(bench.log.count, cases[i].findings);
        assert_true(bench.record.doubtful == (cases[i].findings != 0));
        boa_arena_release(&bench.arena);
    }
}

/* A sum over many calls is no thousand times the last call's parts. */
static void test_sums_have_no_parts(void **state)
{
    (void)state;
    for (int is_sum = 0; is_sum < 2; is_sum++) {
        struct bench bench;

        begin(&bench);
        set(&bench, CC_CPU_ENERGY, "0.0004");
        set(&bench, CC_GPU_ENERGY, "0");
        set(&bench, CC_RAM_ENERGY, "0.0001");
        bench.facts.is_sum = is_sum != 0;
        run(&bench);
        assert_int_equal(bench.log.count, is_sum ? 0 : 1);
        boa_arena_release(&bench.arena);
    }
}

/* Columns may all be missing: nothing is derived but what rests on nothing. */
static void test_missing_columns(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench);
    for (int i = 0; i < CC_COLUMN_COUNT; i++)
        bench.column[i] = -1;
    run(&bench);
    for (int i = 0; i < CC_DERIVED_COUNT; i++) {
        bool known = i == CC_ID || i == CC_INFRA;
        assert_int_equal(bench.derived[i].len != 0, known);
    }
    boa_arena_release(&bench.arena);
}

static int derive_in_scant_memory(void *user, struct boa_err *err)
{
    struct bench bench;
    int rc;

    (void)user;
    begin(&bench);
    bench.options.remove_pue = true;
    set(&bench, CC_PUE, "1.3");
    set(&bench, CC_GPU_MODEL, "2 x A");
    rc = derive(&bench, err);
    boa_arena_release(&bench.arena);
    return rc;
}

static void test_allocations_may_fail(void **state)
{
    (void)state;
    assert_true(UNIT_EACH_ALLOCATION_FAILS(derive_in_scant_memory) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_begin_of_the_run),
        cmocka_unit_test(test_carbon_intensity),
        cmocka_unit_test(test_energy_as_stored),
        cmocka_unit_test(test_energy_without_pue),
        cmocka_unit_test(test_doubtful_energies),
        cmocka_unit_test(test_systems),
        cmocka_unit_test(test_clouds),
        cmocka_unit_test(test_canada),
        cmocka_unit_test(test_gpus),
        cmocka_unit_test(test_constant_powers),
        cmocka_unit_test(test_duration_of_the_run),
        cmocka_unit_test(test_sums_have_no_parts),
        cmocka_unit_test(test_missing_columns),
        cmocka_unit_test(test_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
