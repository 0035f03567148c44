#!/usr/bin/env python3
"""Benchmark: cc2boamps against its peers, on one machine in one run.

usage: run.py [--rows N] [--runs N] [--quick] [--huge] [--work FOLDER] [--python PYTHON] TOOL

Tool and peer run in turns (A B A B); the ratio is the median of the pairwise ratios, so that what
else the machine does falls on both. Times are of whole processes, peak is the largest process.
Peers that are not installed say so. Everything is written under a new folder in FOLDER (default:
the system's temporary folder) and deleted at the end, never between runs: on ext4, files created
soon after many were deleted cost ten times as much (so leave some minutes between two runs of this
script). To measure a disk, name a FOLDER on it.
"""
import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent
CONTEXT = HERE.parent.parent / "fixtures/codecarbon/demo/context.yaml"
FILES_ROWS_MAX = 10000
HUGE_COPIES = 100  # of 100,000 rows: some 5 GB
SEED = 7
COMPILE = ("cc", "-std=c17", "-O2", "-D_GNU_SOURCE")


@dataclass
class Command:
    """What is measured: its words for a fresh target, and where input and output go."""
    label: str
    argv: Callable[[Path], list[str]]
    stdin: Path | None = None
    prints: bool = False  # the result comes on standard output
    missing: str = ""     # why it cannot run
    is_folder: bool = False


@dataclass
class Samples:
    """The measurements of one command."""
    seconds: list[float] = field(default_factory=list)
    peak_kib: int = 0

    def add(self, seconds: float, peak_kib: int) -> None:
        self.seconds.append(seconds)
        self.peak_kib = max(self.peak_kib, peak_kib)


class Bench:
    """The folder of one benchmark, its input and its helper programs."""

    def __init__(self, work: Path, rows: int, runs: int, python: str):
        self.work, self.rows, self.runs, self.python = work, rows, runs, python
        self.targets = 0
        for name in ("stopwatch", "raw_publish"):
            subprocess.run([*COMPILE, "-o", work / name, HERE / f"{name}.c"], check=True)

    def table(self, rows: int) -> Path:
        """A CSV of so many rows."""
        path = self.work / f"{rows}.csv"
        if not path.exists():
            with open(path, "wb") as out:
                subprocess.run([sys.executable, HERE / "gen_csv.py", f"--rows={rows}",
                                f"--seed={SEED}"], stdout=out, check=True)
        return path

    def measure(self, command: Command) -> tuple[float, int, Path]:
        """One run into a target that did not exist: seconds, peak KiB, target."""
        self.targets += 1
        target = self.work / f"target-{self.targets}"
        result = self.work / "result"
        words = [str(word) for word in command.argv(target)]
        with (open(command.stdin or "/dev/null", "rb") as source,
              open(target if command.prints else "/dev/null", "wb") as out,
              open(self.work / "stderr", "wb") as talk):
            subprocess.run([self.work / "stopwatch", result, *words],
                           stdin=source, stdout=out, stderr=talk, check=True)
        seconds, peak, status = result.read_text().split()
        if status != "0":
            talk_text = (self.work / "stderr").read_text(errors="replace")
            raise SystemExit(f"{command.label}: exit {status}\n{talk_text[-2000:]}")
        return float(seconds), int(peak), target

    def produced(self, command: Command, target: Path) -> int:
        """How many reports a run left behind."""
        if command.is_folder:
            return sum(1 for _ in target.iterdir())
        with open(target, "rb") as lines:
            return sum(1 for _ in lines)

    def forget(self, command: Command, target: Path) -> None:
        """One big file may go at once; folders of many stay until the end."""
        if not command.is_folder:
            target.unlink()

    def warm_up(self, command: Command, rows: int) -> Path:
        """A run that is not counted, and holds the command to its job."""
        _, _, target = self.measure(command)
        if self.produced(command, target) != rows:
            have = self.produced(command, target)
            raise SystemExit(f"{command.label}: {have} reports of {rows} rows")
        return target

    def compare(self, job: str, rows: int, tool: Command, peers: list[Command]) -> None:
        """Measures the tool against every peer in pairs, and prints the job's rows."""
        own, lines = Samples(), []
        self.forget(tool, self.warm_up(tool, rows))
        for peer in peers:
            if peer.missing:
                lines.append(f"| {job} | {peer.label} | {peer.missing} | | | |")
                continue
            self.forget(peer, self.warm_up(peer, rows))
            theirs, ratios = Samples(), []
            for _ in range(self.runs):
                pair = []
                for command, samples in ((tool, own), (peer, theirs)):
                    seconds, peak, target = self.measure(command)
                    samples.add(seconds, peak)
                    pair.append(seconds)
                    self.forget(command, target)
                ratios.append(pair[1] / pair[0])
            lines.append(table_row(job, peer.label, theirs, rows, statistics.median(ratios)))
        if not own.seconds:
            for _ in range(self.runs):
                seconds, peak, target = self.measure(tool)
                own.add(seconds, peak)
                self.forget(tool, target)
        print(table_row(job, tool.label, own, rows, None))
        print("\n".join(lines), flush=True)


def table_row(job: str, label: str, samples: Samples, rows: int, ratio: float | None) -> str:
    """One line of the table."""
    median = statistics.median(samples.seconds)
    times = f"{median:.3f} ({min(samples.seconds):.3f}–{max(samples.seconds):.3f})"
    against = "" if ratio is None else f"{ratio:.2f}"
    rate, peak = rows / median, samples.peak_kib / 1024
    return f"| {job} | {label} | {times} | {rate:,.0f} | {against} | {peak:.1f} |"


def can_import(python: str, module: str) -> bool:
    return subprocess.run([python, "-c", f"import {module}"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, check=False).returncode == 0


def script_peers(bench: Bench, kind: str, source: Path) -> list[Command]:
    """The peers in Python, for `ndjson` or `files`."""
    peers = [("CodeCarbon's exporter", "peer_codecarbon.py",
              "codecarbon.output_methods.boamps.mapper"),
             ("script with CodeCarbon's rules", "peer_mapper.py", "csv"),
             ("script with pandas", "peer_pandas.py", "pandas")]
    return [Command(label, lambda target, script=script: [
                        bench.python, "-B", HERE / script, kind, source, target],
                    missing="" if can_import(bench.python, module) else "not installed",
                    is_folder=kind == "files")
            for label, script, module in peers]


def ndjson_jobs(bench: Bench, tool: Path) -> None:
    source = bench.table(bench.rows)
    # Miller reads and writes the same cells but maps nothing: the least that a CSV tool can do.
    miller = Command("Miller, no mapping",
                     lambda target: ["mlr", "--icsv", "--ojsonl", "cat", source],
                     prints=True, missing="" if shutil.which("mlr") else "not installed")
    for rows_option in ("all", "run"):
        command = Command("cc2boamps", lambda target, option=rows_option: [
            tool, f"--rows={option}", "-q", "-c", CONTEXT, "-o", "-", source], prints=True)
        bench.compare(f"NDJSON, --rows={rows_option}", bench.rows, command,
                      script_peers(bench, "ndjson", source) + [miller])


def files_job(bench: Bench, tool: Path) -> None:
    rows = min(bench.rows, FILES_ROWS_MAX)
    source = bench.table(rows)
    command = Command("cc2boamps", lambda target: [
        tool, "--rows=all", "-q", "-c", CONTEXT, "-o", target, source], is_folder=True)
    example = bench.warm_up(command, rows)
    sizes = bench.work / "sizes"
    sizes.write_text("".join(f"{path.stat().st_size}\n" for path in sorted(example.iterdir())))
    raw = Command("create + publish, nothing else",
                  lambda target: [bench.work / "raw_publish", target],
                  stdin=sizes, is_folder=True)
    bench.compare("file per report", rows, command, [raw] + script_peers(bench, "files", source))


def write_huge(path: Path, table: Path) -> None:
    """Copies of a table one behind the other, each with run ids of its own."""
    head, body = table.read_bytes().split(b"\n", 1)
    run_id = re.compile(rb"([0-9a-f]{8})(-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})")
    pieces = run_id.split(body)  # text, first digits, the rest, text, …
    with open(path, "wb") as out:
        out.write(head + b"\n")
        for copy in range(HUGE_COPIES):
            pieces[1::3] = [b"%08x" % ((int(digits, 16) + copy * 0x01000193) & 0xFFFFFFFF)
                            for digits in pieces[1::3]] if copy else pieces[1::3]
            out.write(b"".join(pieces))


def huge_job(bench: Bench, tool: Path) -> None:
    """Once, without peers: does memory stay where it should?"""
    source = bench.work / "huge.csv"
    write_huge(source, bench.table(100000))
    rows = 100000 * HUGE_COPIES
    for rows_option in ("all", "run"):
        result = bench.work / "result"
        with open("/dev/null", "wb") as nowhere:
            subprocess.run([bench.work / "stopwatch", result, tool, f"--rows={rows_option}", "-q",
                            "-c", CONTEXT, "-o", "-", source], stdout=nowhere, stderr=nowhere,
                           check=True)
        seconds, peak, _ = result.read_text().split()
        samples = Samples([float(seconds)], int(peak))
        size = source.stat().st_size / 1e9
        print(table_row(f"{size:.1f} GB, --rows={rows_option}", "cc2boamps", samples, rows, None))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="10,000 rows, 3 runs")
    parser.add_argument("--huge", action="store_true", help="5 GB as well: some minutes and disk")
    parser.add_argument("--work", type=Path, help="where to write: the file system measured")
    parser.add_argument("--python", default=sys.executable, help="the interpreter of the peers")
    parser.add_argument("tool", type=Path)
    args = parser.parse_args()
    rows, runs = (10000, 3) if args.quick else (args.rows, args.runs)
    with tempfile.TemporaryDirectory(prefix="boamps-bench-", dir=args.work) as work:
        bench = Bench(Path(work), rows, runs, args.python)
        print(f"{rows} rows, {runs} runs in turns; ratio: time of the peer / time of cc2boamps\n")
        print("| job | tool | median s (min–max) | rows/s | ratio to peer | peak MiB |")
        print("| --- | --- | ---: | ---: | ---: | ---: |")
        ndjson_jobs(bench, args.tool.resolve())
        files_job(bench, args.tool.resolve())
        if args.huge:
            huge_job(bench, args.tool.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
