#!/usr/bin/env python3
"""Holds every source file against the layers drawn in docs/architecture.md: who may include whom,
what the silent core may call, how a file begins and how long it may grow. The page's picture of one
cell's way must name files that exist.

usage: include_direction.py ROOT
"""
import pathlib
import re
import sys

MAX_LINES = 600

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


def block(page, mark):
    """The fenced block of the architecture page that follows a mark."""
    found = re.search(rf"<!-- {mark} -->\n```\n(.*?)```", page, re.S)
    if not found:
        sys.exit(f"docs/architecture.md: no block after <!-- {mark} -->")
    return found[1]


def read_layers(page):
    """Folder -> folders it may include, its own apart."""
    layers = {}
    for line in block(page, "layers").splitlines():
        folder, _, others = line.partition("<-")
        layers[folder.strip()] = tuple(others.split())
    return layers


def check_way(root, page):
    named = re.findall(r"(?:core|cli|converters)/[\w/]+\.(?:c|h|def)", block(page, "way"))
    if not named:
        return ["docs/architecture.md: the way names no files"]
    return [f"docs/architecture.md: there is no {name}" for name in named
            if not (root / name).is_file()]


def folder_of(name, layers):
    """The layer a path belongs to: the longest folder of the table that holds it."""
    inside = [folder for folder in layers if name.startswith(folder + "/")]
    return max(inside, key=len, default=None)


def check(name, text, layers):
    bad = []
    if not re.match(r"/\* [A-Z`a-z][^*]{10,}", text):
        bad.append(f"{name}:1: does not open with a comment that says what the file is")
    lines = text.count("\n")
    if lines > MAX_LINES:
        bad.append(f"{name}: {lines} lines, more than {MAX_LINES}")
    code, layer = without_comments(text), folder_of(name, layers)
    for number, line in enumerate(code.splitlines(), 1):
        include = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if include and layer:
            target = folder_of(include[1], layers)
            if target != layer and target not in layers[layer]:
                bad.append(f"{name}:{number}: {layer} may not include {include[1]}")
        banned = UNBOUND + (SILENT if layer and layer.startswith("core/") else ())
        for call in re.findall(r"(?<![\w.>])(\w+)\s*\(", line):
            if layer and call in banned:
                bad.append(f"{name}:{number}: {call} is not used here")
    return bad


def main():
    root = pathlib.Path(sys.argv[1])
    page = (root / "docs/architecture.md").read_text("utf-8")
    layers = read_layers(page)
    bad, seen = check_way(root, page), 0
    for top in sorted({name.split("/")[0] for name in layers} | {"docs", "tests"}):
        for path in sorted((root / top).rglob("*.[ch]")):
            seen += 1
            bad += check(path.relative_to(root).as_posix(), path.read_text("utf-8"), layers)
    print("\n".join(bad) if bad else f"{seen} files hold")
    return 1 if bad or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
