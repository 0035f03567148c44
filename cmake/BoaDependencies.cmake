# External libraries. Each is an imported target; a missing one ends the configuration with the packages that hold it.

find_package(PkgConfig REQUIRED)

# boa_need(NAME pkg-config-module debian-package)
function(boa_need name module package)
    pkg_check_modules(${name} QUIET IMPORTED_TARGET GLOBAL ${module})
    if(NOT ${name}_FOUND)
        message(FATAL_ERROR "${module} was not found. On Debian: apt install ${package}; or run ./dev, which installs what is missing.")
    endif()
endfunction()

boa_need(YAML yaml-0.1 libyaml-dev)
boa_need(NETTLE nettle nettle-dev)
if(BOA_TESTS)
    boa_need(CMOCKA cmocka libcmocka-dev)
    boa_need(JSON_C json-c libjson-c-dev)
    find_library(CSV_LIBRARY csv REQUIRED)
    find_package(Python3 COMPONENTS Interpreter)
endif()
