#!/usr/bin/env python3
"""Reports that are input come out as Python's json reads them: without a context, value for value
the same; and what a conversion wrote, byte for byte.

usage: report_completion.py CC2BOAMPS FIXTURES [UPSTREAM_EXAMPLE]

Members that a report does not have may be added to its header; nothing else may differ. A report
with formatVersion, reportId and reportStatus must come out equal. Exit: 0 all is well, 1 not.
"""
import json
import subprocess
import sys
from pathlib import Path

ADDED = {"formatVersion", "formatVersionSpecificationUri", "reportId", "reportStatus"}


def convert(tool, *arguments):
    done = subprocess.run([tool, "-q", "--compact", "-o", "-", *map(str, arguments)],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value if item is not None]
    return value


def is_kept(old, new):
    """Nothing but the header's members may have come; of them the status may have changed."""
    header, made = old.get("header", {}), new.pop("header", {})
    rest = {key: value for key, value in old.items() if key != "header"}
    changed = {key for key in made if key not in header or made[key] != header[key]}
    gone = set(header) - set(made)
    if "publisher" in changed and set(made["publisher"]) - set(header.get("publisher", {})) == {
            "confidentialityLevel"}:
        changed.remove("publisher")
    return rest == new and not gone and changed <= ADDED


def main():
    tool, fixtures = sys.argv[1], Path(sys.argv[2])
    failures = 0
    paths = sorted(fixtures.glob("boamps/*/*.json"))
    for path in paths:
        old = without_nulls(json.loads(path.read_text("utf-8")))
        lines = convert(tool, path).splitlines()
        olds = old if isinstance(old, list) else [old]
        for before, line in zip(olds, lines):
            if not is_kept(before, json.loads(line)):
                print(f"{path}: something else became of it: {line.decode()}")
                failures += 1
        if len(lines) != len(olds):
            print(f"{path}: {len(olds)} reports became {len(lines)}")
            failures += 1

    context = fixtures / "codecarbon/demo/context.yaml"
    for options in [(), ("-c", context)]:
        first = convert(tool, *options, *sorted(fixtures.glob("codecarbon/*/emissions.csv")))
        again = subprocess.run([tool, "-q", "-o", "-", "-"], input=first, check=False,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        if not first or first != again:
            print("completing what a conversion wrote changes it", *options)
            failures += 1

    for path in map(Path, sys.argv[3:]):
        new = json.loads(convert(tool, path))
        if new != json.loads(path.read_text("utf-8")):
            print(f"{path}: came out as another value: {new}")
            failures += 1
    print(f"{len(paths)} files of fixtures, {len(sys.argv[3:])} examples, {failures} failures")
    return 1 if failures or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
