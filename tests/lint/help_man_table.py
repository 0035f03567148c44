#!/usr/bin/env python3
"""Holds a text that a tool writes about itself against its option table: every option is in it, and
nothing else is.

usage: help_man_table.py help|man|bash|zsh|fish TOOL TABLE   (TABLE is built from print_table.c)
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIP = 77
WIDTH = 80


class Option:
    def __init__(self, line):
        _, _, self.letter, self.name, self.value, *rest = line.split("\t")
        self.negatable, self.optional = rest[0] == "1", rest[1] == "1"
        self.choices = rest[2].split()

    def spellings(self):
        return ({f"--{self.name}"} | ({f"-{self.letter}"} if self.letter else set())
                | ({f"--no-{self.name}"} if self.negatable else set()))


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def difference(want, have):
    """Complaints about two sets of spellings."""
    return ([f"{name} is in the table only" for name in sorted(want - have)]
            + [f"{name} is not in the table" for name in sorted(have - want)])


def check_help(text, options, _tool):
    bad = [f"line {number} is wider than {WIDTH} columns: {line}"
           for number, line in enumerate(text.splitlines(), 1) if len(line) > WIDTH]
    rows = {}
    for line in text.splitlines():
        row = re.match(r"  (?:-(\S), |    )--(\[no-\])?([a-z0-9-]+)(\[?)(?:=(\S+))?(?: |$)", line)
        if row:
            rows[row[3]] = row
    bad += difference({o.name for o in options}, set(rows))
    for o in options:
        row = rows.get(o.name)
        if not row:
            continue
        value = (row[5] or "")[:-1] if row[4] else row[5] or ""
        have = (row[1] or "", bool(row[2]), bool(row[4]), value)
        want = (o.letter, o.negatable, o.optional, o.value)
        if have != want:
            bad.append(f"--{o.name}: the table says {want}, the help text {have}")
        # A choice that the user cannot read about is no choice; what stands for no value needs no
        # name.
        begin = text.index(row[0])
        end = re.search(r"\n  (?: {4}--|-)|\n\n", text[begin + 1:])
        entry = text[begin:begin + 1 + end.start()] if end else text[begin:]
        bad += [f"--{o.name}: the help text does not name the choice {choice}"
                for choice in o.choices[1 if o.optional else 0:]
                if not re.search(rf"\b{choice}\b", entry)]
    return bad


def check_man(text, options, tool):
    plain = re.sub(r"\\f[BIR]", "", text).replace("\\-", "-")
    section = plain[plain.index(".SH OPTIONS"):]
    section = section[:section.index("\n.SH", 1)]
    have, bad = set(), []
    for term in re.findall(r"^\.TP\n(-.*)$", section, re.M):
        have |= set(re.findall(r"(?:^|, )(--?[A-Za-z0-9-]+)", term))
    bad += difference(set().union(*(o.spellings() for o in options)), have)
    for o in options:
        if o.value and f"--{o.name}{'[' if o.optional else ''}={o.value}" not in section:
            bad.append(f"--{o.name}: the man page does not show its value {o.value}")
    titles = re.findall(r'^\.SH "?([A-Z ]+)"?$', text, re.M)
    if titles[:4] != ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"] or "EXIT STATUS" not in titles:
        bad.append(f"sections of the man page are {titles}")
    if not shutil.which("mandoc"):
        print("not checked with mandoc: it is not installed")
        return bad
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / f"{pathlib.Path(tool).name}.1"
        page.write_text(text, "utf-8")
        lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                              check=False)
    if lint.returncode != 0:
        bad.append("mandoc: " + lint.stdout)
    return bad


# Plays the shell: what is offered for the words of a command line whose last one is being written?
BASH_ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
"$(complete -p "$1" | sed 's/.*-F \\([^ ]*\\) .*/\\1/')"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def check_bash(text, options, tool):
    bash = shutil.which("bash")
    if not bash:
        return None
    name = pathlib.Path(tool).name
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / name
        script.write_text(text, "utf-8")

        def ask(*words):
            return set(output(bash, "-c", BASH_ASK, "ask", str(script), name, *words).split())

        bad = difference(set().union(*(o.spellings() for o in options)), ask("-"))
        if ask(""):
            bad.append("an operand is completed to something else than files")
        for o in options:
            if ask(f"--{o.name}", "=", "") != set(o.choices):
                bad.append(f"--{o.name}=: not completed to its choices {o.choices}")
            if not o.choices:
                continue
            begin = o.choices[-1][0]
            if ask(f"--{o.name}", "=", begin) != {c for c in o.choices if c.startswith(begin)}:
                bad.append(f"--{o.name}={begin}: not completed to the choices that begin so")
            if ask(f"--{o.name}", "") != (set() if o.optional else set(o.choices)):
                bad.append(f"--{o.name} and a blank: completed wrongly")
    return bad


def syntax(shell, text):
    """What the shell itself says against the script; nothing where it is not installed."""
    if not shutil.which(shell):
        print(f"not checked with {shell} -n: it is not installed")
        return []
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=f".{shell}") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([shell, "-n", file.name], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding="utf-8", check=False)
    return [f"{shell} -n: {done.stdout}"] if done.returncode != 0 or done.stdout else []


def check_zsh(text, options, _tool):
    have, bad = set(), syntax("zsh", text)
    for line in text.splitlines():
        row = re.match(r"    '(?:\*|\([^)]*\))?(?:'\{([^}]*)\}'|(--?[A-Za-z0-9-]+=?-?))\[", line)
        if row:
            have |= {re.sub(r"=-?$", "", name) for name in (row[1] or row[2]).split(",")}
        elif line.startswith("    '") and line != "    '*:input:_files'":
            bad.append(f"odd line: {line}")
    for o in options:
        if o.choices and not re.search(rf"--{o.name}=.*:\({' '.join(o.choices)}\)", text):
            bad.append(f"--{o.name}: not completed to its choices")
    return bad + difference(set().union(*(o.spellings() for o in options)), have)


def check_fish(text, options, _tool):
    have, bad = set(), syntax("fish", text)
    for line in text.splitlines()[1:]:
        row = re.match(r"complete -c \S+(?: -s (\S))? -l (\S+) -d '(?:[^'\\]|\\.)*'(.*)$", line)
        if not row:
            bad.append(f"odd line: {line}")
            continue
        have |= {f"--{row[2]}"} | ({f"-{row[1]}"} if row[1] else set())
        for o in options:
            if o.name == row[2] and o.choices and f"-a '{' '.join(o.choices)}'" not in row[3]:
                bad.append(f"--{o.name}: not completed to its choices")
    return bad + difference(set().union(*(o.spellings() for o in options)), have)


def main():
    kind, tool, table = sys.argv[1:]
    lines = output(table).splitlines()
    options = [Option(line) for line in lines if line.startswith("option\t")]
    text = output(tool, "--help" if kind == "help" else f"--help={kind}")
    checks = {"help": check_help, "man": check_man, "bash": check_bash, "zsh": check_zsh,
              "fish": check_fish}
    bad = checks[kind](text, options, tool)
    if bad is None:
        print(f"skipped: {kind} is not installed")
        return SKIP
    if not options:
        bad.append("the table holds no options")
    if bad:
        print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
