"""Compares the scanner with the recorded verdicts on a folder of mutated reports.

usage: json_reports.py JSON_VERDICT DATA      an empty DATA leaves nothing to compare with: exit 77
"""

import json
import pathlib
import sys

import json_oracle

SKIP = 77


def expected(case, data):
    """What the scanner must say, and why where that is not what json.load was recorded to say."""
    recorded = case["parse_error"] is None
    if case.get("python_limit"):
        return True, "Python's own limit stopped it, not the grammar"
    if recorded and json_oracle.python_accepts(data) is False:
        return False, "json.load takes NaN and Infinity, RFC 8259 does not"
    return recorded, None


def main():
    tool, folder = sys.argv[1], sys.argv[2]
    reports = pathlib.Path(folder) / "corpus" / "reports"
    if not folder or not (reports / "oracle.jsonl").is_file():
        print("skipped: BOA_ACCEPTANCE_DATA names no folder with corpus/reports/oracle.jsonl")
        sys.exit(SKIP)
    lines = (reports / "oracle.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line]
    texts = [(reports / case["file"]).read_bytes() for case in cases]
    wrong = refused = 0
    for case, text, (ours, said) in zip(cases, texts, json_oracle.scanner_accepts(tool, texts)):
        want, why = expected(case, text)
        refused += not ours
        if why:
            print("%s: expected %s: %s" % (case["file"], "ok" if want else "a fault", why))
        if ours != want:
            wrong += 1
            record = case["parse_error"]
            print("%s: recorded %r, the scanner says %s" % (case["file"], record, said))
    print("%d files, %d refused, %d verdicts differ" % (len(cases), refused, wrong))
    sys.exit(wrong != 0 or not cases)


if __name__ == "__main__":
    main()
