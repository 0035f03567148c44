#!/usr/bin/env python3
"""The compiled field table must say what the schemas say: every property, in order, with its type, its
values, its range, and whether it is required.

usage: field_table.py SCHEMAS PRINT_FIELDS
"""
import difflib
import json
import pathlib
import subprocess
import sys

TYPES = {"string": "text", "number": "number", "integer": "whole number", "object": "object", "array": "array"}


def read_schemas(folder):
    return {schema["id"]: schema
            for schema in (json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json")))}


def limit_of(schema, path):
    """The values a text may have, or the range of a number; None where there is no limit."""
    if "enum" in schema:
        # Upstream's list for dataFormat holds null, which its own type forbids.
        return [value for value in schema["enum"] if value is not None or not path.endswith("/dataFormat")]
    if "minimum" in schema or "maximum" in schema:
        return [schema.get("minimum"), schema.get("maximum")]
    return None


def rows_of(schema, schemas, path="", parent="", required=True):
    """The rows that the table must hold for a schema and what is below it, in schema order."""
    merged = dict(schema)
    if "$ref" in schema:
        merged.update(schemas[schema["$ref"]])
    yield (path, parent, TYPES[merged["type"]], required, limit_of(merged, path))
    for name, below in merged.get("properties", {}).items():
        yield from rows_of(below, schemas, f"{path}/{name}", path, name in merged.get("required", []))
    if "items" in merged:
        yield from rows_of(merged["items"], schemas, f"{path}/*", path, False)


def unknown_required(schema, schemas, path=""):
    """Required names without a property: the table could never give them. Of objects only: elsewhere the
    keyword says nothing, as upstream's does at /measures."""
    merged = {**schema, **schemas.get(schema.get("$ref"), {})}
    if merged["type"] == "object":
        yield from (f"{path}/{name}" for name in merged.get("required", [])
                    if name not in merged.get("properties", {}))
    for name, below in merged.get("properties", {}).items():
        yield from unknown_required(below, schemas, f"{path}/{name}")
    if "items" in merged:
        yield from unknown_required(merged["items"], schemas, f"{path}/*")


def read_table(print_fields):
    lines = subprocess.run([print_fields], check=True, stdout=subprocess.PIPE).stdout.decode("utf-8").splitlines()
    cells = [line.split("\t") for line in lines]
    fraction = next(row[1] for row in cells if row[0] == "fraction")
    values = {fraction: [0, 1]}
    for row in cells:
        if row[0] == "value":
            values.setdefault(row[1], []).append(row[2])
    fields = [row[1:] for row in cells if row[0] == "field"]
    paths = {number: path for number, _, path, *_ in fields}
    unused = set(values) - {limit for *_, limit, _ in fields}
    return [(path, paths[parent], kind, required == "1", values.get(limit))
            for _, parent, path, kind, _, required, limit, _ in fields], unused


def lines_of(rows):
    return [f"{path or '(root)'}: in {parent or '(root)'}, {kind}{', required' if required else ''}"
            f"{', ' + json.dumps(limit) if limit is not None else ''}\n"
            for path, parent, kind, required, limit in rows]


def main():
    schemas = read_schemas(pathlib.Path(sys.argv[1]))
    report = next(schema for name, schema in schemas.items() if name.endswith("/report_schema.json"))
    want = lines_of(rows_of(report, schemas))
    rows, unused = read_table(sys.argv[2])
    have = lines_of(rows)
    sys.stdout.writelines(difflib.unified_diff(want, have, "schemas", "field.def"))
    strays = list(unknown_required(report, schemas))
    for path in strays:
        print(f"{path}: required by the schemas, which do not describe it")
    for limit in unused:
        print(f"list {limit} of field_values.def: no field uses it")
    if len(want) < 2:
        print("the schemas describe nothing")
    return 0 if have == want and not strays and not unused and len(want) > 1 else 1


if __name__ == "__main__":
    sys.exit(main())
