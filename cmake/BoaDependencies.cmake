# External libraries. Each is an imported target; a missing one ends the configuration with the package that holds it.

function(boa_missing what package)
    message(FATAL_ERROR "${what} was not found. On Debian: apt install ${package}; "
                        "or run ./dev, which installs what is missing.")
endfunction()

find_package(PkgConfig)
if(NOT PkgConfig_FOUND)
    boa_missing(pkg-config pkg-config)
endif()
if(BOA_STATIC)
    # Archives first; where only a shared library is installed, the link says so.
    list(PREPEND CMAKE_FIND_LIBRARY_SUFFIXES .a)
endif()

# boa_need(NAME pkg-config-module debian-package) gives PkgConfig::NAME.
function(boa_need name module package)
    pkg_check_modules(${name} QUIET IMPORTED_TARGET GLOBAL ${module})
    if(NOT ${name}_FOUND)
        boa_missing(${module} ${package})
    endif()
endfunction()

boa_need(YAML yaml-0.1 libyaml-dev)
boa_need(NETTLE nettle nettle-dev)

# Of several interpreters the tests take one that has the modules they import.
function(boa_python_serves result candidate)
    execute_process(COMMAND ${candidate} -c "import jsonschema" RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
    if(NOT status EQUAL 0)
        set(${result} FALSE PARENT_SCOPE)
    endif()
endfunction()

if(BOA_TESTS)
    boa_need(CMOCKA cmocka libcmocka-dev)
    boa_need(JSON_C json-c libjson-c-dev)
    find_library(CSV_LIBRARY csv)
    if(NOT CSV_LIBRARY)
        boa_missing(libcsv libcsv-dev)
    endif()
    find_program(Python3_EXECUTABLE NAMES python3 HINTS /usr/bin VALIDATOR boa_python_serves)
    if(NOT Python3_EXECUTABLE)
        boa_missing("Python 3 with the module jsonschema" python3-jsonschema)
    endif()
    find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
endif()
