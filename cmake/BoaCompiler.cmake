# Compiler flags of every target: `boa_flags` is linked by all of them.

add_library(boa_flags INTERFACE)
target_include_directories(boa_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(boa_flags INTERFACE _GNU_SOURCE _FILE_OFFSET_BITS=64 BOA_VERSION="${PROJECT_VERSION}")
target_compile_options(boa_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes
    -Wold-style-definition -Wcast-qual -Wformat=2 -Wundef -Wvla -Wwrite-strings -Wpointer-arith
    -Wimplicit-fallthrough -fno-common -ffunction-sections -fdata-sections
    # The build folder's name must not reach the binary.
    -ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -ffile-prefix-map=${CMAKE_BINARY_DIR}=build)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(boa_flags INTERFACE -Wlogical-op -Wduplicated-cond -Wduplicated-branches)
endif()
if(BOA_WERROR)
    target_compile_options(boa_flags INTERFACE -Werror)
endif()

# Hardening costs nothing that shows in the benchmarks; tests/faults/hardening.py looks for it in the tools.
function(boa_harden)
    if(CMAKE_C_COMPILER_VERSION VERSION_GREATER_EQUAL 12)
        set(fortify 3)
    else()
        set(fortify 2)
    endif()
    target_compile_options(boa_flags INTERFACE
        -fstack-protector-strong -fPIE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=${fortify})
    if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
        target_compile_options(boa_flags INTERFACE -fstack-clash-protection)
        if(BOA_STATIC)
            target_link_options(boa_flags INTERFACE -static-pie)
        else()
            target_link_options(boa_flags INTERFACE -pie)
        endif()
        target_link_options(boa_flags INTERFACE
            -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code -Wl,--gc-sections)
    endif()
endfunction()

# A macro, because the variable that turns it on counts for the folders added later.
macro(boa_optimise_at_link)
    include(CheckIPOSupported)
    check_ipo_supported(RESULT BOA_IPO OUTPUT BOA_IPO_WHY LANGUAGES C)
    if(BOA_IPO)
        set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
    else()
        message(STATUS "No link-time optimisation: ${BOA_IPO_WHY}")
    endif()
endmacro()

if(BOA_SANITIZE)
    target_compile_options(boa_flags INTERFACE
        -fsanitize=${BOA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(boa_flags INTERFACE -fsanitize=${BOA_SANITIZE})
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
        # Instrumented code hides from gcc the ranges it knows in the dev build, and it guesses the widest text.
        target_compile_options(boa_flags INTERFACE -Wno-format-truncation)
    endif()
    if(BOA_SANITIZE MATCHES "address")
        target_compile_definitions(boa_flags INTERFACE BOA_ARENA_PLAIN=1)
    endif()
elseif(CMAKE_BUILD_TYPE MATCHES "^(Release|RelWithDebInfo|MinSizeRel)$")
    boa_harden()
    boa_optimise_at_link()
endif()
if(BOA_COVERAGE)
    target_compile_options(boa_flags INTERFACE --coverage -O0)
    target_link_options(boa_flags INTERFACE --coverage)
endif()
