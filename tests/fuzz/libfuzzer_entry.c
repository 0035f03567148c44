/* Hands libFuzzer's inputs to the target. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return BOA_FUZZ_FUNCTION(data, size);
}
