/* The default field map of CodeCarbon's runs, each row with its reason. */
#include "converters/codecarbon.h"

/* Upstream's model folder at the commit of the built-in schema (schemas/SOURCES). */
#define SPECIFICATION_URI                                                                          \
    "https://github.com/Boavizta/BoAmps/tree/3bfefec8446ee196d1723c0e35859eb7762da3c9/model"

/* clang-format off */
const struct boa_map_row cc_map[] = {
    { .field = BOA_FIELD_HEADER_FORMAT_VERSION, .constant = "1.1.0",
      .why = "the release that the built-in schema follows" },
    { .field = BOA_FIELD_HEADER_FORMAT_VERSION_SPECIFICATION_URI, .constant = SPECIFICATION_URI,
      .why = "upstream's model folder, pinned so that it keeps meaning the same" },
    { .field = BOA_FIELD_HEADER_REPORT_ID, .cell = "@id",
      .why = "run_id where it names one run, else a UUID made from the measurement" },
    { .field = BOA_FIELD_HEADER_REPORT_DATETIME, .cell = "timestamp",
      .why = "CodeCarbon's timestamp is the moment the row was written: the end of the run" },
    { .field = BOA_FIELD_HEADER_PUBLISHER_PROJECT_NAME, .cell = "project_name",
      .why = "the one thing CodeCarbon knows of the publisher" },
    { .field = BOA_FIELD_HEADER_PUBLISHER_CONFIDENTIALITY_LEVEL, .constant = "internal",
      .why = "required beside a publisher; never public without being told" },

    { .field = BOA_FIELD_MEASURE_METHOD, .slot = BOA_SLOT_MEASURE, .constant = "codecarbon",
      .why = "the tool that measured" },
    { .field = BOA_FIELD_MEASURE_VERSION, .slot = BOA_SLOT_MEASURE, .cell = "codecarbon_version",
      .why = "its version" },
    { .field = BOA_FIELD_MEASURE_CPU_TRACKING_MODE, .slot = BOA_SLOT_MEASURE, .cell = "@cpu.tracking",
      .doubt = "@cpu.doubt", .doubt_id = BOA_DIAG_CPU_ESTIMATED,
      .why = "only where the row's own powers prove it; tracking_mode is a scope, not a way of measuring" },
    { .field = BOA_FIELD_MEASURE_AVERAGE_UTILIZATION_CPU, .slot = BOA_SLOT_MEASURE,
      .cell = "cpu_utilization_percent", .unit = BOA_UNIT_PERCENT, .transform = BOA_TRANSFORM_POSITIVE,
      .why = "a share of 1; CodeCarbon writes 0 where it did not look" },
    { .field = BOA_FIELD_MEASURE_AVERAGE_UTILIZATION_GPU, .slot = BOA_SLOT_MEASURE,
      .cell = "@gpu.use", .unit = BOA_UNIT_PERCENT, .transform = BOA_TRANSFORM_POSITIVE,
      .why = "the same, for runs with a GPU" },
    { .field = BOA_FIELD_MEASURE_POWER_CONSUMPTION, .slot = BOA_SLOT_MEASURE, .cell = "@energy",
      .why = "energy_consumed: CPU, GPU and RAM together, in kWh" },
    { .field = BOA_FIELD_MEASURE_DURATION, .slot = BOA_SLOT_MEASURE, .cell = "@duration",
      .why = "seconds in both; left out where the row's own figures show that it is not the run's" },
    { .field = BOA_FIELD_MEASURE_DATE_TIME, .slot = BOA_SLOT_MEASURE, .cell = "@start",
      .why = "the begin of the measure: timestamp minus duration, in whole seconds" },

    { .field = BOA_FIELD_SYSTEM_OS, .cell = "@os.name",
      .why = "the system's name; the platform string behind it can hold a host's build tag" },
    { .field = BOA_FIELD_SYSTEM_DISTRIBUTION_VERSION, .cell = "@os.version",
      .why = "of macOS and Windows; a Linux kernel's version is not its distribution's" },

    { .field = BOA_FIELD_SOFTWARE_LANGUAGE, .constant = "python",
      .why = "CodeCarbon runs in Python only" },
    { .field = BOA_FIELD_SOFTWARE_VERSION, .cell = "python_version",
      .why = "as it is" },

    { .field = BOA_FIELD_INFRASTRUCTURE_TYPE, .cell = "@infra",
      .doubt = "@infra.doubt", .doubt_id = BOA_DIAG_INFRA_ASSUMED,
      .why = "publicCloud on evidence; CodeCarbon forgets AWS and Azure, so on_cloud N proves nothing" },
    { .field = BOA_FIELD_INFRASTRUCTURE_CLOUD_PROVIDER, .cell = "cloud_provider",
      .why = "as it is" },

    { .field = BOA_FIELD_COMPONENT_NAME, .slot = BOA_SLOT_CPU, .cell = "cpu_model",
      .why = "one socket's brand string" },
    { .field = BOA_FIELD_COMPONENT_TYPE, .slot = BOA_SLOT_CPU, .constant = "cpu",
      .why = "the slot's kind" },
    { .field = BOA_FIELD_COMPONENT_NB, .slot = BOA_SLOT_CPU, .cell = "cpu_count",
      .why = "logical CPUs, as upstream's own example; CodeCarbon knows no sockets" },

    { .field = BOA_FIELD_COMPONENT_NAME, .slot = BOA_SLOT_GPU, .cell = "@gpu.name",
      .why = "as CodeCarbon writes it, with its number in front, as upstream's own example" },
    { .field = BOA_FIELD_COMPONENT_TYPE, .slot = BOA_SLOT_GPU, .constant = "gpu",
      .why = "the slot's kind" },
    { .field = BOA_FIELD_COMPONENT_NB, .slot = BOA_SLOT_GPU, .cell = "@gpu.count",
      .why = "of this kind of GPU" },

    { .field = BOA_FIELD_COMPONENT_TYPE, .slot = BOA_SLOT_RAM, .constant = "ram",
      .why = "the slot's kind" },
    { .field = BOA_FIELD_COMPONENT_NB, .slot = BOA_SLOT_RAM, .constant = "1",
      .why = "memorySize holds all of it" },
    { .field = BOA_FIELD_COMPONENT_MEMORY_SIZE, .slot = BOA_SLOT_RAM, .cell = "ram_total_size",
      .why = "in units of 1024³ bytes, which upstream's example takes over too" },

    { .field = BOA_FIELD_ENVIRONMENT_COUNTRY, .cell = "country_name",
      .doubt = "@country.doubt", .doubt_id = BOA_DIAG_COUNTRY_FALLBACK,
      .why = "the English name" },
    { .field = BOA_FIELD_ENVIRONMENT_COUNTRY, .cell = "country_iso_code",
      .why = "the code, where there is no name" },
    { .field = BOA_FIELD_ENVIRONMENT_LATITUDE, .cell = "latitude",
      .why = "of the machine's address, some 11 km exact" },
    { .field = BOA_FIELD_ENVIRONMENT_LONGITUDE, .cell = "longitude",
      .why = "the same" },
    { .field = BOA_FIELD_ENVIRONMENT_LOCATION, .cell = "region",
      .why = "the region of the country" },
    { .field = BOA_FIELD_ENVIRONMENT_LOCATION, .cell = "cloud_region",
      .why = "the cloud's region, where there is no other" },
    { .field = BOA_FIELD_ENVIRONMENT_CARBON_INTENSITY, .cell = "@intensity",
      .why = "emissions over energy: what CodeCarbon reckoned with, to 6 digits" },
};
/* clang-format on */

const size_t cc_map_count = sizeof cc_map / sizeof cc_map[0];

static const struct boa_str column_names[CC_COLUMN_COUNT] = {
    [CC_TIMESTAMP] = BOA_STR("timestamp"),
    [CC_RUN_ID] = BOA_STR("run_id"),
    [CC_EXPERIMENT_ID] = BOA_STR("experiment_id"),
    [CC_DURATION] = BOA_STR("duration"),
    [CC_EMISSIONS] = BOA_STR("emissions"),
    [CC_ENERGY] = BOA_STR("energy_consumed"),
    [CC_PUE] = BOA_STR("pue"),
    [CC_CPU_POWER] = BOA_STR("cpu_power"),
    [CC_GPU_POWER] = BOA_STR("gpu_power"),
    [CC_RAM_POWER] = BOA_STR("ram_power"),
    [CC_CPU_ENERGY] = BOA_STR("cpu_energy"),
    [CC_GPU_ENERGY] = BOA_STR("gpu_energy"),
    [CC_RAM_ENERGY] = BOA_STR("ram_energy"),
    [CC_COUNTRY_NAME] = BOA_STR("country_name"),
    [CC_COUNTRY_ISO_CODE] = BOA_STR("country_iso_code"),
    [CC_LATITUDE] = BOA_STR("latitude"),
    [CC_LONGITUDE] = BOA_STR("longitude"),
    [CC_CLOUD_PROVIDER] = BOA_STR("cloud_provider"),
    [CC_ON_CLOUD] = BOA_STR("on_cloud"),
    [CC_OS] = BOA_STR("os"),
    [CC_CPU_COUNT] = BOA_STR("cpu_count"),
    [CC_CPU_MODEL] = BOA_STR("cpu_model"),
    [CC_GPU_COUNT] = BOA_STR("gpu_count"),
    [CC_GPU_MODEL] = BOA_STR("gpu_model"),
    [CC_RAM_TOTAL_SIZE] = BOA_STR("ram_total_size"),
    [CC_TRACKING_MODE] = BOA_STR("tracking_mode"),
    [CC_GPU_UTILIZATION] = BOA_STR("gpu_utilization_percent"),
    [CC_TASK_NAME] = BOA_STR("task_name"),
};

struct boa_str cc_column_name(enum cc_column column)
{
    return column_names[column];
}

const struct boa_str cc_derived_names[CC_DERIVED_COUNT] = {
    [CC_ID] = BOA_STR("@id"),
    [CC_ENERGY_USED] = BOA_STR("@energy"),
    [CC_DURATION_USED] = BOA_STR("@duration"),
    [CC_START] = BOA_STR("@start"),
    [CC_INTENSITY] = BOA_STR("@intensity"),
    [CC_CPU_TRACKING] = BOA_STR("@cpu.tracking"),
    [CC_CPU_DOUBT] = BOA_STR("@cpu.doubt"),
    [CC_GPU_USE] = BOA_STR("@gpu.use"),
    [CC_OS_NAME] = BOA_STR("@os.name"),
    [CC_OS_VERSION] = BOA_STR("@os.version"),
    [CC_INFRA] = BOA_STR("@infra"),
    [CC_INFRA_DOUBT] = BOA_STR("@infra.doubt"),
    [CC_COUNTRY_DOUBT] = BOA_STR("@country.doubt"),
};

const struct boa_str cc_gpu_names[CC_GPU_CELLS] = {
    [CC_GPU_NAME] = BOA_STR("@gpu.name"),
    [CC_GPU_NUMBER] = BOA_STR("@gpu.count"),
};

const struct boa_str cc_default_experiment_id = BOA_STR("5b0fa12a-3dd7-45bb-9766-cc326314d9f1");
