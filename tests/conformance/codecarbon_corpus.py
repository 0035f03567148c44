#!/usr/bin/env python3
"""Compares what cc2boamps makes of every file of the public corpus with a second reading.

usage: codecarbon_corpus.py [--write] TOOL TABLE FOLDER

FOLDER holds CodeCarbon files and their index.tsv. This script reads each of them with nothing but
csv and json, decides which rows are bad and which are the runs, and the tool, with its default
--rows=run, must come to the same: as many rows, refused rows, runs and reports, the same overlaps,
and in every measure of every report the energy and duration of the right row, as the text they were
written in. TABLE pins the counts of each file and of the tool's findings by id, and gives a reason
where they are not what one would expect; --write renews its numbers and keeps its reasons.
Exit: 0 equal, 1 not, 77 nothing to compare with.
"""
import argparse
import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Iterator

import report_oracle as oracle
from report_oracle import Number, number, present, token

NEEDED = ("timestamp", "duration", "emissions", "energy_consumed")
MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
DEFAULT_EXPERIMENT = "5b0fa12a-3dd7-45bb-9766-cc326314d9f1"
EQUAL = Fraction(1, 10**12)
KWH_J = 3_600_000
IMPLAUSIBLE_TIMES = 10
PART_MARK = "emissions_sum"
HARDWARE = ("cpu_model", "cpu_count", "gpu_model", "gpu_count", "ram_total_size", "os")
COLUMNS = ("file", "rows", "refused", "runs", "reports", "findings", "reason")

Row = dict[str, str]


@dataclass
class Run:
    """One report: where it stands in the file, its measures, and when it measured what."""
    position: int
    measures: list[tuple[Any, Any]]
    row: Row
    is_total: bool = True


@dataclass
class Reading:
    """What a file holds."""
    usable: bool = True
    rows: int = 0
    refused: int = 0
    good: list[Row] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


# ---- Rows of each form --------------------------------------------------------------------------

def table_rows(data: bytes) -> Iterator[tuple[list[str], list[str]]]:
    """Header and cells of each row; a header alone comes with no cells."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    first = next((line for line in text.splitlines() if re.search("[,;\t]", line)), "")
    separator = oracle.separator_of(first.encode("latin-1"))
    header: list[str] = []
    for raw in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        cells = [oracle.cell_text(cell) for cell in raw]
        if not any(cells) or (len(cells) == 1 and cells[0].startswith(MARKERS)):
            continue
        if not header or {"timestamp", "duration"} <= set(cells):
            header = cells
            yield header, []
            continue
        yield header, [oracle.mend(cell, header[at] if at < len(header) else "", separator)
                       for at, cell in enumerate(cells)]


def cell_of_json(value: Any) -> str:
    return "" if value is None else str(value)


def json_rows(text: str) -> Iterator[Row]:
    """The objects of a text, whatever stands around them."""
    decoder = json.JSONDecoder(parse_float=Number, parse_int=Number)
    at = text.find("{")
    while at >= 0:
        value, end = decoder.raw_decode(text, at)
        yield {name: cell_of_json(member) for name, member in value.items()}
        at = text.find("{", end)


def text_row(text: str) -> Row:
    """Lines of key: value."""
    pairs = (line.partition(":") for line in text.splitlines())
    return {key.strip(): oracle.mend(value.strip(), key.strip(), ",") for key, _, value in pairs}


def is_day(timestamp: str) -> bool:
    try:
        datetime.fromisoformat(timestamp[:10])
    except ValueError:
        return False
    return True


def why_bad(header: list[str], cells: list[str]) -> str | None:
    """Why a row cannot be believed, or None."""
    return oracle.bad_row(header, cells) or (
        None if is_day(cells[header.index("timestamp")]) else "no day of the calendar")


def read_table(reading: Reading, data: bytes) -> None:
    for header, cells in table_rows(data):
        if not cells:
            reading.usable = reading.usable and set(NEEDED) <= set(header)
            continue
        if not reading.usable:
            return
        reading.rows += 1
        if why_bad(header, cells):
            reading.refused += 1
        else:
            reading.good.append(dict(zip(header, cells)))


def read_objects(reading: Reading, objects: Iterator[Row]) -> None:
    for row in objects:
        reading.rows += 1
        if PART_MARK in row:
            row["emissions"] = row[PART_MARK]
        about = "id" in row and "energy_consumed" not in row
        names = list(row)
        if about or why_bad(names, list(row.values())):
            reading.refused += 1  # nothing but a description is of no use alone
        else:
            reading.good.append(row)


# ---- Which row is the run -----------------------------------------------------------------------

def run_key(row: Row, position: int) -> Any:
    name = present(row, "run_id") if "run_id" in row else present(row, "experiment_id")
    return name.lower() if name and name != DEFAULT_EXPERIMENT else position


def is_run_time(row: Row) -> bool:
    """False for a duration that cannot be the energy's: the clock starts anew with every task."""
    seconds = number(row, "duration")
    powers = [number(row, f"{part}_power") for part in ("cpu", "gpu", "ram")]
    if seconds is None or seconds <= 0:
        return False
    if None in powers or sum(powers) <= 0:
        return True  # what the machine drew is not known
    return energy(row) * KWH_J / seconds <= IMPLAUSIBLE_TIMES * sum(powers)


def figures(row: Row) -> tuple[Any, Any]:
    return token(row, "energy_consumed"), token(row, "duration") if is_run_time(row) else None


def energy(row: Row) -> Fraction:
    return number(row, "energy_consumed")


def falls(rows: list[Row]) -> bool:
    """True when a later total is lower than an earlier one."""
    in_time = [energy(row) for row in sorted(rows, key=lambda row: row["timestamp"])]
    return any(after < before - abs(before) * EQUAL
               for before, after in zip(in_time, in_time[1:]))


def total_runs(rows: dict[int, Row]) -> list[Run]:
    """The row of most energy, the earliest among equals; all rows when the energies fall."""
    if falls(list(rows.values())):
        return [Run(at, [figures(row)], row) for at, row in rows.items()]
    most = max(energy(row) for row in rows.values())
    at = min((at for at, row in rows.items() if energy(row) >= most - abs(most) * EQUAL),
             key=lambda at: (rows[at]["timestamp"], at))
    return [Run(at, [figures(rows[at])], rows[at])]


def task_run(rows: dict[int, Row]) -> Run:
    """Every task is a measure, in order of time; the latest stands for the run."""
    in_time = sorted(rows.items(), key=lambda item: item[1]["timestamp"])
    at, row = in_time[-1]
    return Run(at, [figures(row) for _, row in in_time], row, is_total=False)


def part_run(rows: dict[int, Row]) -> Run:
    """Parts are added."""
    at = max(rows, key=lambda at: (rows[at]["timestamp"], at))
    sums = tuple(sum(number(row, name) for row in rows.values())
                 for name in ("energy_consumed", "duration"))
    return Run(at, [sums], rows[at], is_total=False)


def find_runs(reading: Reading) -> None:
    groups: dict[Any, dict[int, Row]] = {}
    for position, row in enumerate(reading.good):
        groups.setdefault(run_key(row, position), {})[position] = row
    for rows in groups.values():
        first = next(iter(rows.values()))
        if "task_name" in first:
            reading.runs.append(task_run(rows))
        elif PART_MARK in first:
            reading.runs.append(part_run(rows))
        else:
            reading.runs += total_runs(rows)
    reading.runs.sort(key=lambda run: run.position)


def read_file(path: Path) -> Reading:
    reading = Reading()
    data = path.read_bytes()
    if path.suffix in (".json", ".jsonl", ".log"):
        read_objects(reading, json_rows(data.decode("utf-8")))
    elif path.suffix == ".txt":
        read_objects(reading, iter([text_row(data.decode("utf-8"))]))
    else:
        read_table(reading, data)
    find_runs(reading)
    return reading


def count_overlaps(reading: Reading) -> int:
    """Runs that began while an earlier one was measuring equal hardware."""
    machines: dict[tuple, list[tuple[datetime, datetime]]] = {}
    for run in reading.runs:
        hardware = tuple(run.row.get(name, "")[:8 if name == "ram_total_size" else None]
                         for name in HARDWARE)
        seconds = number(run.row, "duration")
        if not run.is_total or not any(hardware) or not seconds or seconds < 1 or (
                run.row.get("tracking_mode") == "process"):
            continue
        end = datetime.fromisoformat(run.row["timestamp"][:19])
        machines.setdefault(hardware, []).append(
            (end - timedelta(seconds=int(seconds)), end))
    overlaps = 0
    for spans in machines.values():
        last = datetime.min
        for begin, end in sorted(spans):
            overlaps += begin < last
            last = max(last, end)
    return overlaps


# ---- Comparing ----------------------------------------------------------------------------------

@dataclass
class Made:
    """What the tool made of a file."""
    summary: dict[str, Any]
    findings: Counter
    reports: list[dict[str, Any]]


def convert(tool: Path, path: Path) -> Made:
    done = subprocess.run([tool, "--json", "-v", "--max-errors=0", "-o", "-", path],
                          capture_output=True, check=False, timeout=60)
    said = [json.loads(line) for line in done.stderr.decode("utf-8").splitlines()]
    reports = [json.loads(line, parse_float=Number, parse_int=Number)
               for line in done.stdout.decode("utf-8").split("\n") if line]
    return Made(said[-1], Counter(line["id"] for line in said if line["kind"] == "finding"),
                reports)


def compare_measures(want: Run, report: dict[str, Any]) -> list[str]:
    have = [(measure.get("powerConsumption"), measure.get("measurementDuration"))
            for measure in report["measures"]]
    if len(have) != len(want.measures):
        return [f"want {len(want.measures)} measures, have {len(have)}"]
    return [f"want {w!r}, have {h!r}" for wants, haves in zip(want.measures, have)
            for w, h in zip(wants, haves) if w != h and not oracle.same(w, h)]


def compare(reading: Reading, made: Made) -> list[str]:
    """What the tool sees differently."""
    wants = {"rows": reading.rows, "refused": reading.refused, "runs": len(reading.runs),
             "reports": len(reading.runs), "refusedFiles": 0 if reading.usable else 1}
    problems = [f"{name}: want {want}, have {made.summary[name]}"
                for name, want in wants.items() if made.summary[name] != want]
    overlaps = count_overlaps(reading)
    if made.findings["RUNS_OVERLAP"] != overlaps:
        problems.append(f"overlaps: want {overlaps}, have {made.findings['RUNS_OVERLAP']}")
    if len(made.reports) == len(reading.runs):
        for ordinal, (run, report) in enumerate(zip(reading.runs, made.reports), 1):
            problems += [f"report {ordinal}: {text}" for text in compare_measures(run, report)]
    return problems


def line_of(name: str, made: Made, reason: str) -> dict[str, str]:
    """The table's line of a file."""
    found = " ".join(f"{name}={count}" for name, count in sorted(made.findings.items()))
    numbers = {column: str(made.summary[column]) for column in COLUMNS[1:5]}
    return {"file": name, **numbers, "findings": found, "reason": reason}


def load_table(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {line["file"]: line for line in csv.DictReader(lines, delimiter="\t")}


def save_table(path: Path, lines: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def needs_reason(line: dict[str, str]) -> bool:
    return line["refused"] != "0" or line["runs"] != line["rows"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("tool", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    args = parser.parse_args()
    if not args.folder or not (args.folder / "index.tsv").exists() or not args.tool.exists():
        print("skipped: no corpus to read (BOA_ACCEPTANCE_DATA)")
        return 77
    index = (args.folder / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]
    table, lines, failed = load_table(args.table), [], 0
    for name in (line.split("\t")[0] for line in index):
        made = convert(args.tool, args.folder / name)
        pinned = table.get(name, {})
        line = line_of(name, made, pinned.get("reason") or "")
        problems = compare(read_file(args.folder / name), made)
        if not args.write:
            problems += [f"{column}: pinned {pinned.get(column)}, have {line[column]}"
                         for column in COLUMNS[1:6] if pinned.get(column) != line[column]]
            if needs_reason(line) and not line["reason"]:
                problems.append("a reason is wanted")
        lines.append(line)
        failed += bool(problems)
        print(f"{'FAIL' if problems else 'ok':4} {name}: {line['rows']} rows, {line['runs']} runs")
        for problem in problems[:oracle.PROBLEMS_SHOWN]:
            print(f"     {problem}")
    if args.write:
        save_table(args.table, lines)
    print(f"{len(lines)} files, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
