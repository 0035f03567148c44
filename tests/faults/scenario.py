"""What every fault test shares: the tool, its inputs, scratch folders, and the verdict for CTest."""

import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

SKIP = 77  # CTest's SKIP_RETURN_CODE


class Skip(Exception):
    """The machine cannot play this fault; the text says why."""


class Failed(Exception):
    """The tool did not live up to what it promises; the text says how."""


class Bench:
    """One tool, one example, and a scratch folder that is gone afterwards."""

    def __init__(self, tool, example, scratch):
        self.tool = str(tool)
        self.csv = example / "emissions.csv"
        self.context = example / "context.yaml"
        self.scratch = scratch

    def command(self, output, source=None):
        return [self.tool, "-c", str(self.context), "-o", str(output), str(source or self.csv)]

    def run(self, command, **how):
        """Runs to the end; a hang is a failure. stdout and stderr are bytes."""
        how.setdefault("stdin", subprocess.DEVNULL)
        how.setdefault("stdout", subprocess.PIPE)
        how.setdefault("stderr", subprocess.PIPE)
        try:
            return subprocess.run(command, timeout=60, check=False, **how)
        except subprocess.TimeoutExpired:
            raise Failed(f"hangs: {' '.join(command)}") from None

    def folder(self, name):
        path = self.scratch / name
        path.mkdir()
        return path

    def good(self, output, source=None):
        """The run nothing goes wrong in; what the others are held against."""
        done = self.run(self.command(output, source))
        if done.returncode != 0:
            raise Failed(f"fails without any fault, status {done.returncode}: {text(done.stderr)}")
        return done

    def many_runs(self, copies):
        """A CSV of the example's rows, `copies` times, every copy with run ids of its own."""
        path = self.scratch / f"many-{copies}.csv"
        with open(self.csv, newline="", encoding="utf-8") as source:
            rows = list(csv.reader(source))
        run_id = rows[0].index("run_id")
        with open(path, "w", newline="", encoding="utf-8") as target:
            writer = csv.writer(target, lineterminator="\n")
            writer.writerow(rows[0])
            for copy in range(copies):
                for row in rows[1:]:
                    fresh = f"{copy:08x}{row[run_id][8:]}"
                    writer.writerow(row[:run_id] + [fresh] + row[run_id + 1:])
        return path


def text(raw):
    return raw.decode("utf-8", "replace").strip()


def content(folder):
    """Everything that lies in a folder, hidden files too: name -> bytes."""
    folder = pathlib.Path(folder)
    if not folder.is_dir():
        return {}
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def expect_failure(done, what):
    """Status 2 and a sentence on stderr: the tool noticed and said so."""
    if done.returncode < 0:
        raise Failed(f"{what}: killed by signal {-done.returncode}: {text(done.stderr)}")
    if done.returncode != 2:
        raise Failed(f"{what}: want exit status 2, have {done.returncode}: {text(done.stderr)}")
    if not done.stderr.strip():
        raise Failed(f"{what}: exit status 2 without a word on stderr")


def expect_whole(found, good, what):
    """Only reports that a good run writes too, each byte for byte; nothing else is left behind."""
    for name, data in found.items():
        if name not in good:
            raise Failed(f"{what}: left {name!r} behind ({len(data)} bytes)")
        if data != good[name]:
            raise Failed(f"{what}: {name!r} is not whole: {len(data)} of {len(good[name])} bytes")


def expect_reports(folder, at_least):
    """A good run's files: enough of them, and JSON by an independent reader."""
    found = content(folder)
    if len(found) < at_least:
        raise Failed(f"a good run wrote {len(found)} files, want at least {at_least}")
    for data in found.values():
        json.loads(data)
    return found


def main(scenarios, description):
    """Plays the scenarios named on the command line, or all; each gets the Bench and its own scratch."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--tool", type=pathlib.Path, required=True, help="the built cc2boamps")
    parser.add_argument("--example", type=pathlib.Path, required=True,
                        help="folder with emissions.csv and context.yaml")
    parser.add_argument("--preload", type=pathlib.Path, help="the library that fails allocations")
    parser.add_argument("scenario", nargs="*", choices=[[], *scenarios], metavar="SCENARIO",
                        help=", ".join(scenarios))
    options = parser.parse_args()
    skipped = []
    failed = False
    for name in options.scenario or scenarios:
        with tempfile.TemporaryDirectory(prefix="boa-fault-") as scratch:
            bench = Bench(options.tool.resolve(), options.example.resolve(), pathlib.Path(scratch))
            bench.preload = options.preload and options.preload.resolve()
            try:
                scenarios[name](bench)
                print(f"{name}: as promised")
            except Skip as reason:
                skipped.append(f"{name}: {reason}")
            except Failed as reason:
                failed = True
                print(f"{name}: {reason}")
    for line in skipped:
        print(f"skipped: {line}")
    sys.exit(1 if failed else SKIP if skipped else 0)
