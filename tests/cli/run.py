#!/usr/bin/env python3
"""Runs golden cases of the command line: a case is a folder tests/cli/TOOL/CASE/ with

  cmd      a shell script, run by `sh -e` in a fresh, empty folder; the tools are on PATH and
           $FIXTURES is a relative path to the fixtures, so that messages which name an input are
           the same on every machine
  stdout   what must be printed, byte for byte; without the file nothing may be printed
  stderr   the same for talk
  exit     the exit status, 0 without the file; a script that exits with 77 is skipped, its output
           says why
  files/   when it is there: exactly the files that the folder must hold afterwards, byte for byte
  env      NAME=VALUE lines added to an otherwise clean environment (LC_ALL=C, no NO_COLOR)

usage: run.py --bin DIR [--bin DIR] [--fixtures DIR] [--locale] [--bless] CASE...

--bless writes what came out into the case instead of comparing; read the difference before
committing it.
--locale runs under a German locale in Kathmandu and expects the very same bytes.
"""
import argparse
import difflib
import locale
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIP = 77
TIMEOUT_S = 100
ELSEWHERE = {"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"}


def environment(args, case, scratch):
    path = [os.path.abspath(folder) for folder in args.bin] + [os.environ["PATH"]]
    env = {
        "PATH": os.pathsep.join(path),
        "FIXTURES": "../fixtures",
        "HOME": str(scratch / "home"),
        "TMPDIR": str(scratch / "tmp"),
        "LC_ALL": "C",
        "TZ": "UTC",
        "TERM": "dumb",
    }
    # Sanitizers and coverage are steered from outside.
    env.update({key: value for key, value in os.environ.items()
                if key.endswith("SAN_OPTIONS") or key.startswith(("GCOV_", "LLVM_PROFILE_"))})
    if (case / "env").exists():
        lines = (case / "env").read_text("utf-8").splitlines()
        env.update(line.split("=", 1) for line in lines if line)
    if args.locale:
        env.update(ELSEWHERE)
    return env


def tree(folder):
    """The files below a folder: name -> bytes; a link shows where it points."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"link to " + os.fsencode(os.readlink(path)) + b"\n"
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def run(args, case):
    """What the case gives: name of the expectation -> bytes."""
    with tempfile.TemporaryDirectory(prefix="boa-cli-") as folder:
        scratch = pathlib.Path(folder)
        for name in ("work", "home", "tmp"):
            (scratch / name).mkdir()
        if args.fixtures:
            (scratch / "fixtures").symlink_to(os.path.abspath(args.fixtures))
        done = subprocess.run(["sh", "-e", str((case / "cmd").resolve())], cwd=scratch / "work",
                              env=environment(args, case, scratch), stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=TIMEOUT_S, check=False)
        status = done.returncode if done.returncode >= 0 else 128 - done.returncode
        have = {"stdout": done.stdout, "stderr": done.stderr, "exit": b"%d\n" % status}
        if (case / "files").is_dir():
            have.update({f"files/{name}": data for name, data in tree(scratch / "work").items()})
        return have


def expected(case):
    want = {"stdout": b"", "stderr": b"", "exit": b"0\n"}
    for name in want:
        if (case / name).exists():
            want[name] = (case / name).read_bytes()
    if (case / "files").is_dir():
        want.update({f"files/{name}": data for name, data in tree(case / "files").items()})
    return want


def show(data):
    """Lines for a difference: bytes that are no plain text are shown as escapes."""
    text = data.decode("utf-8", "backslashreplace")
    return text.replace("\r", "\\r").replace("\x1b", "\\e").splitlines(True)


def compare(case, have):
    want = expected(case)
    bad = [name for name in sorted(want.keys() | have.keys()) if want.get(name) != have.get(name)]
    for name in bad:
        if name not in have:
            print(f"{case}: {name} is missing")
            continue
        if name not in want:
            print(f"{case}: {name} was not expected")
        lines = difflib.unified_diff(show(want.get(name, b"")), show(have[name]),
                                     f"{case}/{name}", f"got/{name}")
        for line in lines:
            sys.stdout.write(line if line.endswith("\n") else line + "\n\\ no line end\n")
    return not bad


def bless(case, have):
    if (case / "files").is_dir():
        shutil.rmtree(case / "files")
        (case / "files").mkdir()
    for name, data in have.items():
        path = case / name
        if data == {"exit": b"0\n"}.get(name, b"") and not name.startswith("files/"):
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", action="append", default=[], metavar="DIR")
    parser.add_argument("--fixtures", metavar="DIR")
    parser.add_argument("--locale", action="store_true")
    parser.add_argument("--bless", action="store_true")
    parser.add_argument("cases", nargs="+", type=pathlib.Path, metavar="CASE")
    args = parser.parse_args()

    if args.locale:
        try:
            locale.setlocale(locale.LC_ALL, ELSEWHERE["LC_ALL"])
        except locale.Error:
            print(f"skipped: the locale {ELSEWHERE['LC_ALL']} is not installed")
            return SKIP
    failed = skipped = 0
    for case in args.cases:
        have = run(args, case)
        if have["exit"] == b"77\n":
            print(f"skipped: {case}: {''.join(show(have['stdout']))}")
            skipped += 1
        elif args.bless:
            bless(case, have)
        elif not compare(case, have):
            failed += 1
    return 1 if failed else SKIP if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
