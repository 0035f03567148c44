#!/usr/bin/env python3
"""Fails every single allocation of a tool in turn, its libraries' included, and looks at what it does.

Whatever allocation fails, the tool either ends with status 2 and says so, or has coped and ends as a
good run does, with the same bytes. It never crashes and never leaves anything but whole reports.
"""

import os
import shutil

from scenario import (Failed, content, expect_failure, expect_reports, expect_whole, main)

EVERY_UP_TO = 400  # beyond, the failing allocation moves on in growing steps
RUNS_MAX = 900     # a tool that allocates for ever is a failure of its own


def next_after(nth):
    return nth + 1 if nth < EVERY_UP_TO else nth + nth // 40


def starve(bench, command, output, good, suffix):
    """Runs `command` with the n-th allocation failing, for n = 1, 2, … until n is not reached."""
    report = bench.scratch / "reached"
    nth, runs = 1, 0
    while True:
        report.unlink(missing_ok=True)
        shutil.rmtree(output, ignore_errors=True)
        output.mkdir()
        environment = dict(os.environ, LD_PRELOAD=str(bench.preload), BOA_FAIL_REPORT=str(report),
                           BOA_FAIL_ALLOC=f"{nth}{suffix}")
        done = bench.run(command, env=environment, cwd=output)
        runs += 1
        what = f"allocation {nth}{suffix} fails"
        expect_whole(content(output), good["files"], what)
        coped = (done.returncode == good["status"] and done.stdout == good["stdout"]
                 and content(output) == good["files"])
        if not report.exists():
            if not coped:
                raise Failed(f"differs from the good run although nothing failed (n = {nth})")
            if nth == 1:
                raise Failed("no allocation was seen: is the library preloaded?")
            return
        if not coped:
            expect_failure(done, what)
        if runs == RUNS_MAX:
            raise Failed(f"still allocating after {nth} allocations")
        nth = next_after(nth)


def play(bench, arguments, status=0, at_least=0):
    output = bench.folder("good")
    command = [bench.tool, *arguments]
    done = bench.run(command, cwd=output)
    if done.returncode != status:
        raise Failed(f"fails without any fault: {done}")
    good = {"status": status, "stdout": done.stdout, "files": expect_reports(output, at_least)}
    for suffix in ("", "+"):
        starve(bench, command, bench.scratch / "starved", good, suffix)


def folder(bench):
    play(bench, ["-c", str(bench.context), "-o", ".", str(bench.csv)], at_least=1)


def stream(bench):
    play(bench, ["-c", str(bench.context), "-o", "-", str(bench.csv)])


def help_text(bench):
    play(bench, ["--help"])


def json_findings(bench):
    source = bench.scratch / "bad.csv"
    source.write_text("timestamp,run_id,duration,energy_consumed\n2026-01-01T00:00:00,a,x,y\n,,,\n",
                      encoding="utf-8")
    play(bench, ["--json", "-o", "-", str(source)], status=1)


if __name__ == "__main__":
    main({"folder": folder, "stream": stream, "help": help_text, "findings": json_findings}, __doc__)
