/* What CodeCarbon calls things: its columns, and the cells that are derived from them. */
#ifndef BOA_CONVERTERS_CODECARBON_H
#define BOA_CONVERTERS_CODECARBON_H

#include "core/report/map.h"
#include "core/report/record.h"

/* Columns that the converter itself looks at; the map reaches every other by name. */
enum cc_column {
    CC_TIMESTAMP,
    CC_RUN_ID,
    CC_EXPERIMENT_ID,
    CC_DURATION,
    CC_EMISSIONS,
    CC_ENERGY,
    CC_PUE,
    CC_CPU_POWER,
    CC_GPU_POWER,
    CC_RAM_POWER,
    CC_CPU_ENERGY,
    CC_GPU_ENERGY,
    CC_RAM_ENERGY,
    CC_COUNTRY_NAME,
    CC_COUNTRY_ISO_CODE,
    CC_LATITUDE,
    CC_LONGITUDE,
    CC_CLOUD_PROVIDER,
    CC_ON_CLOUD,
    CC_OS,
    CC_CPU_COUNT,
    CC_CPU_MODEL,
    CC_GPU_COUNT,
    CC_GPU_MODEL,
    CC_RAM_TOTAL_SIZE,
    CC_TRACKING_MODE,
    CC_GPU_UTILIZATION,
    CC_TASK_NAME,
    CC_COLUMN_COUNT,
};

/* The header's name of a column. */
struct boa_str cc_column_name(enum cc_column column);

/* Cells that stand behind those of the row in a record. */
enum cc_derived {
    CC_ID,            /* @id: the report's */
    CC_ENERGY_USED,   /* @energy: kWh, with --pue=remove divided by pue */
    CC_DURATION_USED, /* @duration: s, unless it is not the run's */
    CC_START,         /* @start: timestamp − @duration */
    CC_INTENSITY,     /* @intensity: emissions / energy_consumed, gCO2eq/kWh */
    CC_CPU_TRACKING,  /* @cpu.tracking: "constant" where the powers prove it */
    CC_CPU_DOUBT,     /* @cpu.doubt: what proves it */
    CC_GPU_USE,       /* @gpu.use: gpu_utilization_percent of rows with a GPU */
    CC_OS_NAME,       /* @os.name: Linux, macOS, Windows … */
    CC_OS_VERSION,    /* @os.version, of macOS and Windows */
    CC_INFRA,         /* @infra: publicCloud or onPremise */
    CC_INFRA_DOUBT,   /* @infra.doubt: why it is only assumed */
    CC_COUNTRY_DOUBT, /* @country.doubt: why it is only a fallback */
    CC_DERIVED_COUNT,
};

extern const struct boa_str cc_derived_names[CC_DERIVED_COUNT];

/* Cells of one kind of GPU. */
enum cc_gpu_cell {
    CC_GPU_NAME,   /* @gpu.name, with CodeCarbon's "N x " */
    CC_GPU_NUMBER, /* @gpu.count */
    CC_GPU_CELLS,
};

extern const struct boa_str cc_gpu_names[CC_GPU_CELLS];

/* The field map of CodeCarbon's runs (see map_codecarbon.c for the reasons). */
extern const struct boa_map_row cc_map[];
extern const size_t cc_map_count;

/* The experiment_id that every CodeCarbon 2.7 and later writes unless told otherwise: names
 * nothing. */
extern const struct boa_str cc_default_experiment_id;

#endif
