#!/usr/bin/env python3
"""Runs the EXAMPLES of a tool's man page, each in a copy of the example inputs: all must succeed.

usage: examples.py TOOL TABLE FOLDER   (TABLE is built from print_table.c)
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIP = 77


def main():
    tool, table, inputs = sys.argv[1:]
    rows = subprocess.run([table], check=True, capture_output=True, encoding="utf-8").stdout
    commands = [row.split("\t", 1)[1] for row in rows.splitlines() if row.startswith("example\t")]
    if not commands:
        print("skipped: the tool has no examples")
        return SKIP
    path = os.path.dirname(os.path.abspath(tool)) + os.pathsep + os.environ["PATH"]
    failed = 0
    for command in commands:
        with tempfile.TemporaryDirectory(prefix="boa-example-") as scratch:
            work = pathlib.Path(scratch) / "work"
            if os.path.isdir(inputs):
                shutil.copytree(inputs, work)
            else:
                work.mkdir()
            done = subprocess.run(["sh", "-e", "-c", command], cwd=work, stdin=subprocess.DEVNULL,
                                  env=dict(os.environ, LC_ALL="C", PATH=path),
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=50,
                                  check=False)
        if done.returncode != 0:
            failed += 1
            print(f"exit {done.returncode}: {command}\n{done.stdout.decode('utf-8', 'replace')}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
