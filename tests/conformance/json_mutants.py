"""Compares the scanner with Python's json module on thousands of seeded mutations of documents.

usage: json_mutants.py JSON_VERDICT [SEED]
"""

import random
import sys

import json_oracle

SEEDS = [
    b'{"a": [1, -2.5e+3, true, false, null], "b": {"c": "text", "d": ""}}',
    b'[[], {}, [[]], [{}], {"a": []}]',
    b'{"esc": "\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud834\\udd1e\\ud834"}',
    '{"caf\u00e9": "\u6771\u4eac \U0001d11e \u2028", "\u00e9": [0.1]}'.encode(),
    b' \t\r\n{ "x" : [ 0 , -0 , 0.0 , 1E5 , 10e-2 ] , "x" : 7 } \n',
    b'"only a string"',
    b"-12.75e-10",
    b"true",
]
PIECES = [
    # Signs, words and blanks of JSON and of its relatives.
    *[bytes([c]) for c in b"{}[],:\"\\/'-+.eE019 \n\t\r\f\v\0\x1f\x7f\x85"],
    b"true", b"false", b"null", b"NaN", b"Infinity", b"-Infinity", b"None", b"undefined",
    b"\\u", b"\\u00", b"\\ud800", b"\\udc00", b"\\x", b'"a":1', b",]", b",}", b"//", b"/**/", b"#",
    # Characters beyond ASCII, whole, broken, overlong, and outside Unicode.
    b"\xc2\xa0", b"\xef\xbb\xbf", b"\xc3", b"\xa9", b"\xc0\xaf", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\xff", b"\xf0\x9d\x84\x9e",
]


def mutate(rng, text):
    """One change: a piece put in, bytes taken out, doubled, swapped, or one byte set."""
    at = rng.randrange(len(text) + 1)
    end = min(len(text), at + rng.randrange(1, 5))
    kind = rng.randrange(6)
    if kind <= 1:
        return text[:at] + rng.choice(PIECES) + text[at:]
    if kind == 2:
        return text[:at] + rng.choice(PIECES) + text[end:]
    if kind == 3:
        return text[:at] + text[end:]
    if kind == 4:
        return text[:end] + text[at:]
    return text[:at] + bytes([rng.randrange(256)]) + text[at + 1 :]


def mutants(rng, count):
    for _ in range(count):
        text = rng.choice(SEEDS)
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            text = mutate(rng, text)
        yield text


def main():
    tool, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
    texts = SEEDS + list(mutants(random.Random(seed), 6000))
    wrong = accepted = 0
    for text, (ours, said) in zip(texts, json_oracle.scanner_accepts(tool, texts)):
        python = json_oracle.python_accepts(text)
        accepted += ours
        if python is not None and python != ours:
            wrong += 1
            verb = "takes" if python else "refuses"
            print("%r: Python %s it, the scanner says %s" % (text, verb, said))
    counts = (len(texts), accepted, wrong, seed)
    print("%d texts, %d of them JSON, %d verdicts differ (seed %d)" % counts)
    if not 0.05 < accepted / len(texts) < 0.95:
        sys.exit("too one-sided to show anything")
    sys.exit(wrong != 0)


if __name__ == "__main__":
    main()
