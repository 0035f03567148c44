/* What every fuzz target includes: its own prototype and a check that stops the process. */
#ifndef BOA_TESTS_FUZZ_H
#define BOA_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The build names the function: boa_fuzz_<noun>. Takes any bytes, returns 0, aborts when a property
 * does not hold. The bytes are not terminated; nothing may be kept between calls. */
#ifndef BOA_FUZZ_FUNCTION
#error "fuzz targets are declared with boa_fuzz_target(); see CMakeLists.txt"
#endif
int BOA_FUZZ_FUNCTION(const uint8_t *data, size_t size);

/* Unlike assert it is never compiled out. */
#define FUZZ_CHECK(property)                                                                       \
    do {                                                                                           \
        if (!(property)) {                                                                         \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #property);          \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
