#!/usr/bin/env python3
"""Full disks, closed streams, missing folders and sudden death: what a tool does when I/O goes wrong.

Status 2 and a sentence; only whole reports on the disk; never a report in the wrong stream.
"""

import os
import resource
import shutil
import signal
import subprocess
import time

from scenario import (Failed, Skip, content, expect_failure, expect_reports, expect_whole, main, text)

COPIES = 400  # of the example's rows: reports well beyond any pipe or stdio buffer
MOMENTS = 12  # the work is cut short in each of them but the last


def stdout_full(bench):
    for arguments in (bench.command("-")[1:], ["--help"], ["--version"]):
        with open("/dev/full", "wb") as full:
            done = bench.run([bench.tool, *arguments], stdout=full)
        expect_failure(done, f"{arguments[0]} with a full stdout")


def stdout_closed(bench):
    def close():
        os.close(1)

    before = bench.csv.read_bytes()
    expect_failure(bench.run(bench.command("-"), stdout=None, preexec_fn=close), "stdout is closed")
    if bench.csv.read_bytes() != before:
        raise Failed("stdout is closed: the input was written to")


def streams_closed(bench):
    """With no standard stream open, the next file gets number 0, 1 or 2: talk must not end up in it."""
    def close():
        os.closerange(0, 3)

    good_folder, folder = bench.folder("good"), bench.folder("closed")
    bench.good(good_folder)
    done = bench.run(bench.command(folder), stdin=None, stdout=None, stderr=None, preexec_fn=close)
    if done.returncode not in (0, 2):
        raise Failed(f"no stream is open: status {done.returncode}")
    expect_whole(content(folder), expect_reports(good_folder, 1), "no stream is open")


def reader_gone(bench):
    """A reader that has seen enough, such as head, is no error worth a word."""
    command = bench.command("-", bench.many_runs(COPIES))
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as tool:
        tool.stdout.read(100)
        tool.stdout.close()
        said = tool.stderr.read()
        status = tool.wait(timeout=60)
    if status not in (0, -signal.SIGPIPE, 128 + signal.SIGPIPE):
        raise Failed(f"the reader went away: status {status}: {text(said)}")
    if b"ipe" in said:
        raise Failed(f"the reader went away: {text(said)}")


def no_folder(bench):
    in_the_way = bench.scratch / "file"
    in_the_way.write_bytes(b"mine\n")
    places = [in_the_way / "reports", "/proc/no/such/folder"]
    if os.geteuid() != 0:
        locked = bench.folder("locked")
        locked.chmod(0o500)
        places.append(locked)
    for place in places:
        expect_failure(bench.run(bench.command(place)), f"writing to {place}")
    if in_the_way.read_bytes() != b"mine\n":
        raise Failed("a file in the way of the folder was changed")


def bad_input(bench):
    output = bench.folder("out")
    empty = bench.folder("empty")
    # Reading /proc/self/mem from the start is an I/O error on every Linux.
    sources = [bench.scratch / "missing.csv", empty]
    if os.path.exists("/proc/self/mem"):
        sources.append("/proc/self/mem")
    for source in sources:
        expect_failure(bench.run(bench.command(output, source)), f"reading {source}")
        if content(output):
            raise Failed(f"reading {source}: files were written")


def endless_input(bench):
    """What is no table is told before it is copied or read to an end that it does not have."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8 << 20, 8 << 20))

    output = bench.folder("out")
    for options in ([], ["--rows=all"]):
        command = bench.command(output, "/dev/zero")
        with open("/dev/zero", "rb") as zeros:
            runs = [(bench.run([*command, *options], preexec_fn=limit), "/dev/zero"),
                    (bench.run([*command[:-1], "-", *options], stdin=zeros, preexec_fn=limit),
                     "/dev/zero as standard input")]
        with subprocess.Popen(["sh", "-c", "exec tr '\\0' x </dev/zero"],
                              stdout=subprocess.PIPE) as writer:
            runs.append((bench.run([*command[:-1], "-", *options], stdin=writer.stdout,
                                   preexec_fn=limit), "a line without an end"))
            writer.stdout.close()
        for done, what in runs:
            if done.returncode == 0 or b"TABLE_UNKNOWN" not in done.stderr:
                raise Failed(f"{what}: status {done.returncode}: {text(done.stderr)}")
    if content(output):
        raise Failed("endless input: files were written")


def no_proc(bench):
    """Where /proc is not mounted reports appear all the same, and nothing else."""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]
    hide = "mount -t tmpfs none /proc"
    try:
        tried = bench.run([*unshare, "sh", "-c", hide])
    except FileNotFoundError:
        raise Skip("there is no unshare") from None
    if tried.returncode != 0:
        raise Skip(f"nothing can be mounted here ({text(tried.stderr)})")
    good_folder, folder = bench.folder("good"), bench.folder("hidden")
    bench.good(good_folder)
    done = bench.run([*unshare, "sh", "-c", f'{hide} && exec "$@"', "sh", *bench.command(folder)])
    if done.returncode != 0:
        raise Failed(f"without /proc: status {done.returncode}: {text(done.stderr)}")
    if content(folder) != expect_reports(good_folder, 1):
        raise Failed("without /proc: other reports")


def file_limit(bench):
    """The system refuses bytes in the middle of a file."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    good_folder, folder = bench.folder("good"), bench.folder("limited")
    bench.good(good_folder)
    good = expect_reports(good_folder, 1)
    if max(map(len, good.values())) <= 1000:
        raise Failed("the example's reports are too small for this test")
    done = bench.run(bench.command(folder), preexec_fn=limit)
    expect_failure(done, "a file may not grow")
    expect_whole(content(folder), good, "a file may not grow")


def disk_full(bench):
    """A file system of 64 KiB, in a mount namespace of its own."""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]
    mount_point = bench.folder("disk")
    mount = f"mount -t tmpfs -o size=64k none '{mount_point}'"
    try:
        tried = bench.run([*unshare, "sh", "-c", mount])
    except FileNotFoundError:
        raise Skip("there is no unshare") from None
    if tried.returncode != 0:
        raise Skip(f"no file system can be mounted here ({text(tried.stderr)})")
    source, good_folder, kept = bench.many_runs(COPIES), bench.folder("good"), bench.folder("kept")
    bench.good(good_folder, source)
    good = expect_reports(good_folder, COPIES)
    script = f'{mount} && {{ "$@"; status=$?; cp -a "{mount_point}/." "{kept}"; exit $status; }}'
    done = bench.run([*unshare, "sh", "-c", script, "sh", *bench.command(mount_point, source)])
    expect_failure(done, "the disk is full")
    expect_whole(content(kept), good, "the disk is full")


def killed(bench):
    """kill -9 at any moment: what is visible as a report is a whole report."""
    source, good_folder, folder = bench.many_runs(COPIES), bench.folder("good"), bench.folder("cut")
    begun = time.monotonic()
    bench.good(good_folder, source)
    whole_s = time.monotonic() - begun
    good = expect_reports(good_folder, COPIES)
    cut_short = 0
    for moment in range(1, MOMENTS):
        shutil.rmtree(folder)
        folder.mkdir()
        with subprocess.Popen(bench.command(folder, source), stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as tool:
            time.sleep(whole_s * moment / MOMENTS)
            tool.kill()
        found = {name: data for name, data in content(folder).items() if name.endswith(".json")}
        cut_short += 0 < len(found) < len(good)
        expect_whole(found, good, f"killed after {moment}/{MOMENTS} of the time")
    if cut_short == 0:
        raise Failed("the tool was never killed in the middle of its work")


if __name__ == "__main__":
    main({"stdout_full": stdout_full, "stdout_closed": stdout_closed,
          "streams_closed": streams_closed, "reader_gone": reader_gone, "no_folder": no_folder,
          "bad_input": bad_input, "endless_input": endless_input, "no_proc": no_proc,
          "file_limit": file_limit, "disk_full": disk_full, "killed": killed}, __doc__)
