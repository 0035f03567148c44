/* A field map that options may change before it is compiled into a plan. */
#include "core/report/map.h"

#include <assert.h>

void boa_map_init(struct boa_map *map, const struct boa_map_row *rows, size_t count)
{
    assert(count <= BOA_MAP_ROWS_MAX);
    map->count = count;
    memcpy(map->rows, rows, count * sizeof *rows);
}

bool boa_map_replace(struct boa_map *map, const struct boa_map_row *row)
{
    const struct boa_map_row added = *row; /* `row` may stand in the map itself */
    size_t kept = 0, place = map->count;

    for (size_t i = 0; i < map->count; i++) {
        if (map->rows[i].field == added.field && map->rows[i].slot == added.slot) {
            if (place > kept)
                place = kept;
            continue;
        }
        map->rows[kept++] = map->rows[i];
    }
    if (kept == BOA_MAP_ROWS_MAX)
        return false;
    if (place > kept)
        place = kept;
    memmove(&map->rows[place + 1], &map->rows[place], (kept - place) * sizeof *row);
    map->rows[place] = added;
    map->count = kept + 1;
    return true;
}

struct boa_str boa_slot_component_type(enum boa_slot slot)
{
    static const struct boa_str types[BOA_SLOT_COUNT] = {
        [BOA_SLOT_CPU] = BOA_STR("cpu"),
        [BOA_SLOT_GPU] = BOA_STR("gpu"),
        [BOA_SLOT_RAM] = BOA_STR("ram"),
    };

    return types[slot];
}
