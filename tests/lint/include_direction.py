#!/usr/bin/env python3
"""Holds every source file against the layers: who may include whom, what the silent core may call,
how a file begins and how long it may grow.

usage: include_direction.py ROOT
"""
import pathlib
import re
import sys

MAX_LINES = 600

# A folder may include its own headers and those of the folders named here; never another part.
PARTS = ("converters", "validator", "anonymizer", "uploader", "sampler")
CORE = ("core/base", "core/json", "core/report")
MAY_INCLUDE = {
    "core/base": (),
    "core/json": ("core/base",),
    "core/report": ("core/base", "core/json"),
    "cli": CORE,
    **{part: CORE + ("cli",) for part in PARTS},
}

# Nobody depends on the locale or writes without a bound. The core never prints, exits or reads the
# environment.
UNBOUND = ("sprintf", "vsprintf", "strcpy", "strcat", "gets", "system", "setlocale", "strtod",
           "strtof", "strtold", "atof")
SILENT = ("printf", "fprintf", "vprintf", "vfprintf", "puts", "putchar", "fputs", "perror", "exit",
          "_exit", "abort", "getenv", "secure_getenv")
NO_CODE = re.compile(r'#include[^\n]*|/\*.*?\*/|//[^\n]*'
                     r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'', re.S)


def without_comments(text):
    """The code alone: comments and texts become blanks, lines stay where they are."""
    def blank(match):
        piece = match[0]
        return piece if piece.startswith("#include") else re.sub(r"[^\n]", " ", piece)
    return NO_CODE.sub(blank, text)


def folder_of(name):
    """The layer a path belongs to: the longest folder of the table that holds it."""
    inside = [folder for folder in MAY_INCLUDE if name.startswith(folder + "/")]
    return max(inside, key=len, default=None)


def check(name, text):
    bad = []
    if not re.match(r"/\* [A-Z`a-z][^*]{10,}", text):
        bad.append(f"{name}:1: does not open with a comment that says what the file is")
    lines = text.count("\n")
    if lines > MAX_LINES:
        bad.append(f"{name}: {lines} lines, more than {MAX_LINES}")
    code, layer = without_comments(text), folder_of(name)
    for number, line in enumerate(code.splitlines(), 1):
        include = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if include and layer:
            target = folder_of(include[1])
            if target != layer and target not in MAY_INCLUDE[layer]:
                bad.append(f"{name}:{number}: {layer} may not include {include[1]}")
        banned = UNBOUND + (SILENT if layer and layer.startswith("core/") else ())
        for call in re.findall(r"(?<![\w.>])(\w+)\s*\(", line):
            if layer and call in banned:
                bad.append(f"{name}:{number}: {call} is not used here")
    return bad


def main():
    root = pathlib.Path(sys.argv[1])
    bad, seen = [], 0
    for top in ("core", "cli", "docs", "tests") + PARTS:
        for path in sorted((root / top).rglob("*.[ch]")):
            seen += 1
            bad += check(path.relative_to(root).as_posix(), path.read_text("utf-8"))
    print("\n".join(bad) if bad else f"{seen} files hold")
    return 1 if bad or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
