#!/usr/bin/env python3
"""Test: the schemas shipped demand what schemas/SOURCES says, which is what upstream's demand.

usage: report_schemas.py SCHEMAS [UPSTREAM_MODEL]

With upstream's model folder given, the digests are computed from its files as well, and no run of
five words of its descriptions may stand in ours: the wording is this project's.
"""
import json
import re
import sys
from pathlib import Path
from typing import Any, Iterator

PHRASE_WORDS = 5


def sources(path: Path) -> dict[str, str]:
    """File name relative to the schema folder -> digest, as SOURCES records them."""
    table = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            revision, _commit, _date, digest, name = line.split()
            table[f"{revision}/{name}"] = digest
    return table


def prose(schema: Any) -> Iterator[str]:
    """Every title and description of a schema; a property of that name holds no text."""
    if isinstance(schema, list):
        for item in schema:
            yield from prose(item)
    elif isinstance(schema, dict):
        for keyword, value in schema.items():
            if keyword in ("title", "description") and isinstance(value, str):
                yield value
            else:
                yield from prose(value)


def phrases(texts: Iterator[str]) -> set[tuple[str, ...]]:
    """All runs of PHRASE_WORDS words, whatever the punctuation; shorter sentences count whole."""
    found = set()
    for text in texts:
        for sentence in re.split(r"[.;:!?]\s", text.lower()):
            words = re.findall(r"[\w+-]+", sentence)
            if len(words) > 1:
                runs = max(1, len(words) - PHRASE_WORDS + 1)
                found.update(tuple(words[i:i + PHRASE_WORDS]) for i in range(runs))
    return found


def main() -> int:
    folder = Path(sys.argv[1])
    upstream = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    from digest import digest  # schemas/digest.py

    expected = sources(folder / "SOURCES")
    shipped = {str(path.relative_to(folder / "boamps")): path
               for path in sorted((folder / "boamps").rglob("*.json"))}
    problems = [f"{name}: in SOURCES, but not shipped" for name in expected if name not in shipped]
    for name, path in shipped.items():
        if expected.get(name) != digest(path):
            problems.append(f"{name}: digest is {digest(path)}, SOURCES says {expected.get(name)}")
    if upstream:
        for name, path in shipped.items():
            theirs = upstream / path.name
            if digest(theirs) != digest(path):
                problems.append(f"{name}: demands something else than upstream's file")
            ours = phrases(prose(json.loads(path.read_bytes())))
            for phrase in sorted(ours & phrases(prose(json.loads(theirs.read_bytes())))):
                problems.append(f"{name}: upstream's words: {' '.join(phrase)}")
    for problem in problems:
        print(problem)
    against = "SOURCES and upstream" if upstream else "SOURCES"
    print(f"{len(shipped)} schemas against {against}: {len(problems)} problems")
    return 1 if problems or not shipped else 0


if __name__ == "__main__":
    sys.exit(main())
