#!/usr/bin/env python3
"""A generated page of docs/ must be what its generator writes from the tables compiled in.

usage: generated_docs.py DOCS NAME PRINTER   (docs/NAME.md, docs/gen_NAME.py)
"""
import difflib
import pathlib
import subprocess
import sys


def main():
    docs, name, printer = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    page = f"docs/{name}.md"
    want = subprocess.run([sys.executable, str(docs / f"gen_{name}.py"), printer], check=True,
                          stdout=subprocess.PIPE).stdout.decode("utf-8")
    have = (docs / f"{name}.md").read_text("utf-8")
    sys.stdout.writelines(difflib.unified_diff(have.splitlines(True), want.splitlines(True), page,
                                               "generated"))
    if have != want:
        print(f"{page} is out of date: build the target docs_{name}")
    return 0 if have == want else 1


if __name__ == "__main__":
    sys.exit(main())
