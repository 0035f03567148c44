#!/usr/bin/env python3
"""Validates reports with the Python package jsonschema, an engine that shares nothing with ours.

usage: report_schema_check.py [OPTIONS] SCHEMAS PATH...
       report_schema_check.py [OPTIONS] SCHEMAS -- COMMAND...

PATH is NDJSON, a single report, or a folder of *.json; COMMAND prints NDJSON. The reports are
checked as upstream's script does it: a 2020-12 validator over the root schema, references answered
from the folder SCHEMAS, never from the network. Exit: 0 all valid, 1 not, 77 jsonschema is not
installed.

  --expect-count=N      exactly N reports
  --expect-status=S     header.reportStatus is S in every one
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator

SKIPPED = 77

try:
    import jsonschema
except ImportError:
    print("skipped: the Python package jsonschema is not installed (Debian: python3-jsonschema)")
    sys.exit(SKIPPED)


def report_validator(folder: Path) -> Any:
    """A validator of whole reports, whichever way this jsonschema wants its references."""
    schemas = [json.loads(path.read_bytes()) for path in sorted(folder.glob("*_schema.json"))]
    by_id = {schema["id"]: schema for schema in schemas}
    root = next(schema for name, schema in by_id.items() if name.endswith("/report_schema.json"))
    try:
        from referencing import Registry, Resource
    except ImportError:
        resolver = jsonschema.RefResolver(base_uri=root["id"], referrer=root, store=by_id)
        return jsonschema.Draft202012Validator(root, resolver=resolver)
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in by_id.items())
    return jsonschema.Draft202012Validator(root, registry=registry)


def reject_constant(token: str) -> None:
    """NaN and the infinities: Python reads them, JSON does not have them."""
    raise ValueError(f"{token} is no JSON")


def parse(text: str) -> Any:
    """Strict JSON, as far as Python allows."""
    return json.loads(text, parse_constant=reject_constant)


def reports_of_path(path: Path) -> Iterator[tuple[str, str]]:
    """(name, text) of every report under a path."""
    if path.is_dir():
        for file in sorted(path.glob("*.json")):
            yield file.name, file.read_text(encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    try:
        parse(text)
    except ValueError:
        yield from reports_of_lines(path.name, text)
    else:
        yield path.name, text


def reports_of_lines(name: str, text: str) -> Iterator[tuple[str, str]]:
    """(name:line, text) of every report of NDJSON; only line feeds end a line."""
    for number, line in enumerate(text.split("\n"), 1):
        if line:
            yield f"{name}:{number}", line


def reports_of_command(command: list[str]) -> Iterator[tuple[str, str]]:
    """The reports a command prints; its failure is ours."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        print(f"{command[0]}: exit {done.returncode}")
        sys.exit(1)
    yield from reports_of_lines("stdout", done.stdout.decode("utf-8"))


def findings(validator: Any, text: str, status: str | None) -> list[str]:
    """Everything wrong with one report."""
    try:
        report = parse(text)
    except ValueError as error:
        return [f"not JSON: {error}"]
    found = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(report)]
    if status and not found:
        actual = report.get("header", {}).get("reportStatus")
        if actual != status:
            found.append(f"$.header.reportStatus: want {status}, have {actual}")
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--expect-count", type=int)
    parser.add_argument("--expect-status")
    parser.add_argument("schemas", type=Path)
    parser.add_argument("paths", nargs="*", type=Path)
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    args = parser.parse_args(words[:cut])
    args.command = words[cut + 1:]
    return args


def main() -> int:
    args = arguments()
    validator = report_validator(args.schemas)
    count = bad = 0
    sources = map(reports_of_path, args.paths)
    if args.command:
        sources = [reports_of_command(args.command)]
    for source in sources:
        for name, text in source:
            count += 1
            found = findings(validator, text, args.expect_status)
            bad += bool(found)
            for finding in found:
                print(f"{name}: {finding}")
    print(f"{count} reports, {bad} bad")
    if args.expect_count is not None and count != args.expect_count:
        print(f"want {args.expect_count} reports, have {count}")
        return 1
    return 1 if bad or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
