#!/usr/bin/env python3
"""docs/findings.md must be what docs/gen_findings.py writes from the compiled registry.

usage: findings_docs.py DOCS PRINT_FINDINGS
"""
import difflib
import pathlib
import subprocess
import sys


def main():
    docs, print_findings = pathlib.Path(sys.argv[1]), sys.argv[2]
    want = subprocess.run([sys.executable, str(docs / "gen_findings.py"), print_findings],
                          check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
    have = (docs / "findings.md").read_text("utf-8")
    sys.stdout.writelines(difflib.unified_diff(have.splitlines(True), want.splitlines(True),
                                               "docs/findings.md", "generated"))
    if have != want:
        print("docs/findings.md is out of date: build the target docs_findings")
    return 0 if have == want else 1


if __name__ == "__main__":
    sys.exit(main())
