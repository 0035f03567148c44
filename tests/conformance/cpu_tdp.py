#!/usr/bin/env python3
"""Holds the built-in table of CPUs against the one it was made from.

usage: cpu_tdp.py PROGRAM GENERATOR DEF [CSV]

DEF must be what GENERATOR writes of CSV, and PROGRAM (cpu_tdp_key) must bring every name of CSV to
its key and find its watts. Some names that the table must not know are asked for as well. Exit: 0
all equal, 1 not, 77 no CSV.
"""
import csv
import pathlib
import subprocess
import sys
from decimal import Decimal

# Virtual machines' names, and a key that is a part of a longer name.
UNKNOWN = ["AMD EPYC Processor", "Intel Xeon Processor (Skylake, IBRS)", "AMD EPYC-Milan Processor",
           "Intel Xeon", "Imaginary 4226 CPU", "", "@ 2.00GHz"]


def ask(program, names):
    """Key and TDP (None where there is none) of every name."""
    done = subprocess.run([program], input="\n".join(names) + "\n", capture_output=True, check=True,
                          encoding="utf-8")
    answers = [line.split("\t") for line in done.stdout.removesuffix("\n").split("\n")]
    if len(answers) != len(names):
        sys.exit(f"{len(names)} names, {len(answers)} answers")
    return [(key, Decimal(tdp) if tdp else None) for key, tdp in answers]


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    program, generator, table = sys.argv[1:4]
    known = [name for name, (_, tdp) in zip(UNKNOWN, ask(program, UNKNOWN)) if tdp is not None]
    if known:
        sys.exit(f"should be in no row: {known}")
    if len(sys.argv) == 4:
        print("no table to compare with: BOA_ACCEPTANCE_DATA is not set")
        return 77
    source = sys.argv[4]
    done = subprocess.run([sys.executable, "-B", generator, source], capture_output=True, check=True)
    if done.stdout != pathlib.Path(table).read_bytes():
        sys.exit(f"{table} is not what {generator} writes")
    with open(source, encoding="utf-8", newline="") as rows:
        rows = list(csv.DictReader(rows))
    if not rows:
        sys.exit(f"{source}: no rows")
    answers = ask(program, [row["name"] for row in rows])
    wrong = [f"{row['name']!r}: want {row['key']!r}, {row['tdp_w']} W, have {key!r}, {tdp} W"
             for row, (key, tdp) in zip(rows, answers)
             if (key, tdp) != (row["key"], Decimal(row["tdp_w"]))]
    print(f"{len(rows)} names, {len(wrong)} of them wrong", *wrong[:10], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
