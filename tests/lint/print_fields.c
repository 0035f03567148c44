/* Prints the compiled field table and its lists of values row by row, for field_table.py
 * and docs/gen_fields.py. */
#include <stdio.h>

#include "core/report/field.h"

/* Id, parent's id, path, type, unit, required, limit, text: separated by tabs. */
static void print_field(int id)
{
    const struct boa_field *field = boa_field_get((enum boa_field_id)id);

    printf("field\t%d\t%d\t%.*s\t%s\t%s\t%d\t%d\t%s\n", id, (int)field->parent,
           BOA_STR_FMT(field->path), boa_field_type_name(field->type), boa_unit_name(field->unit),
           field->required, (int)field->limit, field->text);
}

int main(void)
{
    printf("fraction\t%d\n", BOA_LIMIT_FRACTION);
    for (int id = 0; id < BOA_FIELD_COUNT; id++)
        print_field(id);
    for (int limit = 0; limit < BOA_LIMIT_COUNT; limit++) {
        const char *const *value = boa_limit_values((enum boa_limit)limit);
        for (; value != NULL && *value != NULL; value++)
            printf("value\t%d\t%s\n", limit, *value);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
