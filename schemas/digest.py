#!/usr/bin/env python3
"""Digests of JSON Schemas in canonical form: what a schema demands, not how it words it.

usage: digest.py [FILE|FOLDER...]        (default: the schemas beside this script)

Canonical form: `title` and `description` removed where they are keywords (a property may bear
either name), members sorted, no blanks, everything outside ASCII escaped. Two schemas with one
digest accept and refuse the same documents.
"""
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

PROSE = ("title", "description")
# Keywords whose members are names chosen by the author, each holding a schema.
NAMED = ("properties", "patternProperties", "definitions", "$defs", "dependencies")
# Keywords whose value is data, never a schema.
DATA = ("enum", "const", "default", "examples")


def without_prose(schema: Any) -> Any:
    """The schema without its titles and descriptions."""
    if isinstance(schema, list):
        return [without_prose(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    bare = {}
    for keyword, value in schema.items():
        if keyword in PROSE:
            continue
        if keyword in NAMED and isinstance(value, dict):
            bare[keyword] = {name: without_prose(sub) for name, sub in value.items()}
        else:
            bare[keyword] = value if keyword in DATA else without_prose(value)
    return bare


def canonical(schema: Any) -> bytes:
    """The bytes that are digested."""
    bare = without_prose(schema)
    return json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def digest(path: Path) -> str:
    """SHA-256 of one schema file's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(json.loads(path.read_bytes()))).hexdigest()


def schema_files(arguments: list[str]) -> list[Path]:
    """The files named, and the schemas in the folders named."""
    files: list[Path] = []
    for name in arguments:
        path = Path(name)
        files += sorted(path.rglob("*_schema.json")) if path.is_dir() else [path]
    return files


def main() -> int:
    for path in schema_files(sys.argv[1:] or [str(Path(__file__).parent)]):
        print(f"{digest(path)}  {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
