#!/usr/bin/env python3
"""Compares cc2boamps with a second implementation of its default mapping, row by row.

usage: report_oracle.py [--codecarbon FOLDER] TOOL SCHEMAS FILE...

Each FILE is a CodeCarbon CSV (2.0 or later) of runs or tasks. TOOL converts it with `--rows=all`; this script maps
the same rows with nothing but csv and exact arithmetic, and every member of every report must
agree, in schema order, numbers as the text they were written in. A row that the tool refuses must
be bad in the script's eyes too, and no bad row may become a report. --codecarbon adds the real
files of a folder with an index.tsv. Exit: 0 equal, 1 not, 77 nothing to compare with.

Not compared: cpuTrackingMode beyond the two constants, and the id of a row whose run_id is missing
or shared with another row (any UUID is right there).
"""
import argparse
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

SPECIFICATION = ("https://github.com/Boavizta/BoAmps/tree/"
                 "3bfefec8446ee196d1723c0e35859eb7762da3c9/model")
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
LOOSE_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
MISSING = {"", "none", "nan", "null"}
NEEDED = {"timestamp", "run_id", "duration", "energy_consumed", "cpu_model"}
CONSTANT_CPU_W = (Fraction("42.5"), Fraction(85))
WORLD_AVERAGE = 475  # g/kWh, what CodeCarbon assumes where it knows nothing
MEASURED_SCOPES = ("machine", "process")
CLOUD_ANSWERS = ("Y", "N", "True", "False", "Yes", "No")
PROBLEMS_SHOWN = 10


class Number(str):
    """A number as its JSON token."""


@dataclass
class Anything:
    """A member that must be there (if required) and match a pattern."""
    pattern: re.Pattern
    required: bool = True


@dataclass
class Outcome:
    """What came of one file."""
    rows: int = 0
    refused: int = 0
    members: int = 0
    problems: list[str] = field(default_factory=list)


# ---- Reading ----------------------------------------------------------------------------------

def cell_text(raw: str) -> str:
    """A cell's text: UTF-8, else Windows-1252. `raw` holds one character for each byte."""
    data = raw.encode("latin-1")
    try:
        return data.decode("utf-8").strip()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").strip()


def separator_of(data: bytes) -> str:
    """What the header holds most of: spreadsheets save with semicolons or tabs."""
    header = data.partition(b"\n")[0]
    return max(",;\t", key=lambda mark: header.count(mark.encode()))


def mend(cell: str, column: str, separator: str) -> str:
    """The cell as CodeCarbon would have written it."""
    if column in ("country_name", "country_iso_code"):
        return re.sub(r'^"(.+)"$', r"\1", cell)
    if column.endswith("_power") and (wrapped := re.fullmatch(r"Power\(kW=(.*)\)", cell)):
        return str(float(Fraction(wrapped[1]) * 1000))
    if column.endswith("_energy") or column == "energy_consumed":
        cell = re.sub(r"^(?:Energy\(kWh|Power\(kW)=(.*)\)$", r"\1", cell)
    if separator != "," and re.fullmatch(r"[-+]?\d+,\d+([eE][-+]?\d+)?", cell):
        return cell.replace(",", ".")
    return cell


def read_table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV, blank lines left out."""
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    separator = separator_of(data)
    csv.field_size_limit(1 << 30)
    lines = csv.reader(io.StringIO(data.decode("latin-1"), newline=""), delimiter=separator)
    table = [[cell_text(cell) for cell in row] for row in lines if row]
    if not table:
        return [], []
    header = table[0]
    return header, [[mend(cell, header[at] if at < len(header) else "", separator)
                     for at, cell in enumerate(row)] for row in table[1:]]


def present(row: dict[str, str], column: str) -> str | None:
    """The cell, or None where it is missing, empty or one of Python's words for nothing."""
    text = row.get(column, "")
    return None if text.lower() in MISSING else text


def number(row: dict[str, str], column: str) -> Fraction | None:
    """The cell's exact value, if it is a number."""
    text = present(row, column)
    return Fraction(text) if text and LOOSE_NUMBER.fullmatch(text) else None


def token(row: dict[str, str], column: str) -> Any:
    """The number as a report should show it: its own text if that is JSON, else its value."""
    text = present(row, column)
    value = number(row, column)
    if text is None or value is None:
        return None
    return Number(text) if NUMBER.fullmatch(text) else value


def bad_row(header: list[str], cells: list[str]) -> str | None:
    """Why a row cannot be believed, or None."""
    if len(cells) != len(header):
        return f"{len(cells)} cells under {len(header)} columns"
    row = dict(zip(header, cells))
    if not TIMESTAMP.fullmatch(row["timestamp"]):
        return "timestamp has another form"
    if number(row, "energy_consumed") is None:
        return "energy is no number"
    for column in ("duration", "emissions"):
        if present(row, column) and number(row, column) is None:
            return f"{column} is no number"
    if present(row, "tracking_mode") and row["tracking_mode"] not in MEASURED_SCOPES:
        return "tracking_mode is neither machine nor process"
    if present(row, "on_cloud") and row["on_cloud"] not in CLOUD_ANSWERS:
        return "on_cloud is neither yes nor no"
    return None


# ---- Mapping ----------------------------------------------------------------------------------

def drop_missing(members: dict[str, Any]) -> dict[str, Any]:
    """The members that have a value."""
    return {name: value for name, value in members.items() if value is not None}


def make_header(row: dict[str, str], shared_ids: set[str]) -> dict[str, Any]:
    run_id = present(row, "run_id")
    own = run_id and UUID.fullmatch(run_id) and run_id.lower() not in shared_ids
    project = present(row, "project_name")
    publisher = {"projectName": project, "confidentialityLevel": "internal"} if project else None
    day, time = TIMESTAMP.fullmatch(row["timestamp"]).group(1, 2)
    return drop_missing({
        "formatVersion": "1.1.0",
        "formatVersionSpecificationUri": SPECIFICATION,
        "reportId": run_id if own else Anything(UUID),
        "reportDatetime": f"{day} {time}",
        "reportStatus": "draft",
        "publisher": publisher,
    })


def share(row: dict[str, str], column: str) -> Fraction | None:
    """A percentage as a fraction of one; zero means that nothing was sampled."""
    value = number(row, column)
    return value / 100 if value is not None and 0 < value <= 100 else None


def usable_duration(row: dict[str, str]) -> bool:
    """Whether the duration can be the run's: the mean power is not over ten times the powers."""
    duration = number(row, "duration")
    if duration is None:
        return True
    if duration <= 0:
        return False
    powers = [number(row, column) for column in ("cpu_power", "gpu_power", "ram_power")]
    if None in powers or sum(powers) <= 0:
        return True
    pue = number(row, "pue")
    energy_kwh = number(row, "energy_consumed") / (pue if pue is not None and pue > 0 else 1)
    return energy_kwh * 3_600_000 <= 10 * sum(powers) * duration


def begin(row: dict[str, str]) -> str | None:
    """The whole second in which the run began: its end, less its duration, floored."""
    day, time, fraction, _zone = TIMESTAMP.fullmatch(row["timestamp"]).groups()
    duration = number(row, "duration")
    if duration is None or duration < 0:
        return None
    offset = Fraction("0" + fraction if fraction else "0") - duration
    start = datetime.fromisoformat(f"{day} {time}") + timedelta(seconds=offset.__floor__())
    return start.isoformat(sep=" ")


def make_measure(row: dict[str, str], has_gpu: bool) -> dict[str, Any]:
    constant = number(row, "cpu_power") in CONSTANT_CPU_W
    return drop_missing({
        "measurementMethod": "codecarbon",
        "version": present(row, "codecarbon_version"),
        "cpuTrackingMode": Anything(re.compile("constant"), required=constant),
        "averageUtilizationCpu": share(row, "cpu_utilization_percent"),
        "averageUtilizationGpu": share(row, "gpu_utilization_percent") if has_gpu else None,
        "powerConsumption": token(row, "energy_consumed"),
        "measurementDuration": token(row, "duration") if usable_duration(row) else None,
        "measurementDateTime": begin(row) if usable_duration(row) else None,
    })


def make_system(row: dict[str, str]) -> dict[str, Any] | None:
    text = present(row, "os") or ""
    name, _, rest = text.partition("-")
    release = rest.partition("-")[0]
    if name == "macOS":
        return drop_missing({"os": "macOS", "distributionVersion": release or None})
    if name == "Windows":
        build = re.search(r"-10\.0\.(\d+)", text)
        if build and int(build[1]) >= 22000:
            release = "11"
        return drop_missing({"os": "Windows", "distributionVersion": release or None})
    return {"os": name} if name == "Linux" else None


def split_gpus(model: str, total: int) -> list[tuple[int, str]]:
    """`1 x A1 x B` as [(1, "1 x A"), (1, "1 x B")].

    A name may end in digits that touch the next count (`1 x T42 x L4`): of all ways to cut, the one
    whose counts add up to the total is right; where none does, a count has one digit.
    """
    ways: list[list[tuple[int, int]]] = [[]]
    for match in re.finditer(r"\d+(?= x )", model):
        digits = match.group()
        sizes = [len(digits)] if match.start() == 0 else range(1, len(digits) + 1)
        cuts = [(match.end() - size, int(digits[-size:])) for size in sizes if digits[-size] != "0"]
        ways = [way + [cut] for way in ways for cut in cuts]
    fitting = [way for way in ways if sum(count for _, count in way) == total]
    way = (fitting or ways)[0]
    ends = [start for start, _ in way[1:]] + [len(model)]
    return [(count, model[start:end].strip()) for (start, count), end in zip(way, ends)]


def make_gpus(row: dict[str, str]) -> list[dict[str, Any]]:
    count = number(row, "gpu_count")
    model = present(row, "gpu_model")
    cpu = present(row, "cpu_model") or ""
    if not count or count < 0 or count.denominator != 1:
        return []
    if row.get("os", "").startswith("macOS") and cpu.startswith("Intel") and model == cpu:
        return []
    if model and re.match(r"[1-9]\d* x ", model):
        parts = split_gpus(model, int(count))
    else:
        parts = [(int(count), model)]
    return [drop_missing({"componentName": name, "componentType": "gpu", "nbComponent": Number(n)})
            for n, name in parts]


def make_components(row: dict[str, str], gpus: list[dict[str, Any]]) -> list[dict[str, Any]]:
    components = []
    threads = number(row, "cpu_count")
    if threads is not None and threads.denominator == 1:
        components.append(drop_missing({
            "componentName": present(row, "cpu_model"), "componentType": "cpu",
            "nbComponent": Number(int(threads))}))
    components += gpus
    if number(row, "ram_total_size") is not None:
        components.append({"componentType": "ram", "nbComponent": Number(1),
                           "memorySize": token(row, "ram_total_size")})
    return components


def make_infrastructure(row: dict[str, str], gpus: list[dict[str, Any]]) -> dict[str, Any]:
    provider = present(row, "cloud_provider")
    system = present(row, "os") or ""
    cloud = (row.get("on_cloud") in ("Y", "True", "Yes") or provider is not None
             or any(mark in system for mark in ("-aws", "-azure", "-gcp")))
    return drop_missing({
        "infraType": "publicCloud" if cloud else "onPremise",
        "cloudProvider": provider,
        "components": make_components(row, gpus) or None,
    })


def round_digits(value: Fraction, digits: int) -> Fraction:
    """Half to even, at so many significant digits."""
    scale = Fraction(1)
    while value * scale < 10 ** (digits - 1):
        scale *= 10
    while value * scale >= 10 ** digits:
        scale /= 10
    return round(value * scale) / scale


def make_environment(row: dict[str, str]) -> dict[str, Any] | None:
    country = present(row, "country_name") or present(row, "country_iso_code")
    if country is None:
        return None
    emissions, energy = number(row, "emissions"), number(row, "energy_consumed")
    derived = emissions is not None and energy is not None and emissions > 0 and energy > 0
    intensity = round_digits(emissions / energy * 1000, 6) if derived else None
    return drop_missing({
        "country": country,
        "latitude": token(row, "latitude"),
        "longitude": token(row, "longitude"),
        "location": present(row, "region") or present(row, "cloud_region"),
        # An average of the world is not that of the country beside it.
        "powerSourceCarbonIntensity": None if intensity == WORLD_AVERAGE else intensity,
    })


def make_report(row: dict[str, str], shared_ids: set[str]) -> dict[str, Any]:
    """The report of one row."""
    gpus = make_gpus(row)
    python = present(row, "python_version")
    return drop_missing({
        "header": make_header(row, shared_ids),
        "measures": [make_measure(row, bool(gpus))],
        "system": make_system(row),
        "software": {"language": "python", "version": python} if python else None,
        "infrastructure": make_infrastructure(row, gpus),
        "environment": make_environment(row),
    })


# ---- Comparing --------------------------------------------------------------------------------

def same(want: Any, have: Any) -> bool:
    """Scalars: text as text, copied numbers as their token, computed ones as their value."""
    if isinstance(want, Anything):
        return isinstance(have, str) and want.pattern.fullmatch(have) is not None
    if isinstance(want, Fraction):
        return isinstance(have, Number) and Fraction(have) == want
    return type(want) is type(have) and want == have


def differences(want: Any, have: Any, at: str, outcome: Outcome) -> None:
    """Adds one problem for each member that differs."""
    if isinstance(want, dict) and isinstance(have, dict):
        for name, value in want.items():
            if name in have:
                differences(value, have[name], f"{at}/{name}", outcome)
            elif not (isinstance(value, Anything) and not value.required):
                outcome.problems.append(f"{at}/{name}: want {value!r}, have nothing")
        for name in have.keys() - want.keys():
            outcome.problems.append(f"{at}/{name}: want nothing, have {have[name]!r}")
    elif isinstance(want, list) and isinstance(have, list) and len(want) == len(have):
        for index, value in enumerate(want):
            differences(value, have[index], f"{at}/{index}", outcome)
    else:
        outcome.members += 1
        if not same(want, have):
            outcome.problems.append(f"{at}: want {want!r}, have {have!r}")


class SchemaOrder:
    """The order in which the schemas name members."""

    def __init__(self, folder: Path):
        self.schemas = {path.name: json.loads(path.read_bytes())
                        for path in folder.glob("*_schema.json")}

    def violations(self, value: Any, at: str = "", schema: dict | None = None) -> list[str]:
        """Objects whose members stand in another order."""
        schema = self.schemas["report_schema.json"] if schema is None else schema
        if "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        if isinstance(value, list):
            return [found for index, item in enumerate(value)
                    for found in self.violations(item, f"{at}/{index}", schema.get("items", {}))]
        if not isinstance(value, dict):
            return []
        properties = schema.get("properties", {})
        known = [name for name in value if name in properties]
        found = [] if known == [name for name in properties if name in value] else [
            f"{at or '/'}: members in the order {', '.join(known)}"]
        for name in known:
            found += self.violations(value[name], f"{at}/{name}", properties[name])
        return found


def convert(tool: Path, path: Path) -> tuple[int, list[dict[str, Any]]]:
    """Exit status and reports of the tool, run where no context can be found."""
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run([tool.resolve(), "--rows=all", "-q", "-o", "-", path.resolve()],
                              cwd=empty, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False)
    lines = done.stdout.decode("utf-8").split("\n")
    return done.returncode, [json.loads(line, parse_float=Number, parse_int=Number)
                             for line in lines if line]


def row_key(report: dict[str, Any]) -> tuple:
    """What tells a row's report from its neighbours."""
    measure = report["measures"][0]
    return (report["header"]["reportDatetime"], measure["powerConsumption"],
            measure.get("measurementDuration"))


def keys_agree(want: dict[str, Any], have: dict[str, Any]) -> bool:
    return all(w is None or same(w, h) for w, h in zip(row_key(want), row_key(have)))


def compare_file(tool: Path, order: SchemaOrder, path: Path) -> Outcome:
    """Converts one file both ways."""
    outcome = Outcome()
    header, rows = read_table(path)
    ids = [row[header.index("run_id")].lower() for row in rows if len(row) == len(header)]
    shared = {run_id for run_id in ids if ids.count(run_id) > 1}
    status, reports = convert(tool, path)
    # As many reports as good rows: they belong together in order, whatever their members say.
    in_step = len(reports) == sum(1 for cells in rows if not bad_row(header, cells))
    following = iter(reports)
    have = next(following, None)
    for ordinal, cells in enumerate(rows, 1):
        outcome.rows += 1
        reason = bad_row(header, cells)
        if reason:
            outcome.refused += 1
            continue
        want = make_report(dict(zip(header, cells)), shared)
        if not in_step and (have is None or not keys_agree(want, have)):
            outcome.problems.append(f"row {ordinal}: refused, but nothing is wrong with it")
            continue
        differences(want, have, f"row {ordinal}: ", outcome)
        outcome.problems += [f"row {ordinal}: {text}" for text in order.violations(have)]
        have = next(following, None)
    surplus = (1 if have else 0) + sum(1 for _ in following)
    if surplus:
        outcome.problems.append(f"{surplus} reports too many: a bad row was believed")
    if status != (1 if outcome.refused else 0):
        outcome.problems.append(f"exit {status} with {outcome.refused} rows refused")
    return outcome


def real_files(folder: Path) -> list[Path]:
    """The CSV files of an acceptance folder that CodeCarbon 2 or later wrote."""
    names = [line.split("\t")[0] for line in
             (folder / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    tables = [folder / name for name in names if name.endswith((".csv", ".bak")) and name < "9"]
    return [path for path in tables if NEEDED <= set(read_table(path)[0])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--codecarbon", type=Path)
    parser.add_argument("tool", type=Path)
    parser.add_argument("schemas", type=Path)
    parser.add_argument("files", nargs="*", type=Path)
    args = parser.parse_args()
    files = args.files + (real_files(args.codecarbon) if args.codecarbon else [])
    if not args.tool.exists() or not files:
        print("skipped: no tool or no files to compare")
        return 77
    order = SchemaOrder(args.schemas)
    failed = 0
    for path in files:
        outcome = compare_file(args.tool, order, path)
        failed += bool(outcome.problems)
        name = path.name if args.codecarbon and path.parent == args.codecarbon else path.parent.name
        print(f"{'FAIL' if outcome.problems else 'ok':4} {name}: {outcome.rows} rows, "
              f"{outcome.refused} refused, {outcome.members} members compared")
        for problem in outcome.problems[:PROBLEMS_SHOWN]:
            print(f"     {problem}")
        if len(outcome.problems) > PROBLEMS_SHOWN:
            print(f"     and {len(outcome.problems) - PROBLEMS_SHOWN} more")
    print(f"{len(files)} files, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
