#!/usr/bin/env python3
"""Looks into built programs for the hardening that release builds promise (cmake/BoaCompiler.cmake)."""

import re
import subprocess
import sys


def readelf(option, program):
    done = subprocess.run(["readelf", "--wide", option, program], stdout=subprocess.PIPE, check=True,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})
    return done.stdout.decode("utf-8", "replace")


def weaknesses(program):
    header, segments = readelf("--file-header", program), readelf("--program-headers", program)
    dynamic, symbols = readelf("--dynamic", program), readelf("--symbols", program)
    static = "INTERP" not in segments
    flags = " ".join(re.findall(r"\(FLAGS(?:_1)?\)(.*)", dynamic))
    stack = re.search(r"GNU_STACK.*", segments)
    checks = {
        "is no position-independent executable": "DYN (" in header,
        "has no read-only relocations (RELRO)": "GNU_RELRO" in segments,
        "binds symbols lazily (no BIND_NOW)": "NOW" in flags,
        "has an executable stack": stack is not None and "E" not in stack.group(0).split()[6],
        "has a segment both writable and executable": not re.search(r"LOAD .* RWE ", segments),
        "has no stack protector": "__stack_chk_fail" in symbols,
        # In a static program the checked functions have no dynamic symbol to be seen by.
        "has no checked C library calls (FORTIFY)": static or "_chk@" in symbols,
        "names a folder to look for libraries in": not re.search(r"\((RPATH|RUNPATH)\)", dynamic),
    }
    return [weakness for weakness, fine in checks.items() if not fine]


def main():
    failed = False
    for program in sys.argv[1:]:
        for weakness in weaknesses(program):
            print(f"{program} {weakness}")
            failed = True
    sys.exit(failed or len(sys.argv) < 2)


if __name__ == "__main__":
    main()
