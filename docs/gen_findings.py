#!/usr/bin/env python3
"""Writes docs/findings.md from the registry of findings that is compiled into the tools.

usage: gen_findings.py PRINT_FINDINGS [FILE]   (PRINT_FINDINGS is built from docs/print_findings.c)
"""
import subprocess

from generated_page import cell, write

HEAD = """\
# Findings

What the tools say about data. Generated from `core/base/diag.def` (build the target
`docs_findings`); do not edit.

A finding is printed as `tool: file:line:column: severity[ID]: /pointer: message (hint)`, with
`--json` as one JSON object a line. The pointer names the field of the report that it is about, each
name behind a slash and `*` for any element of a list: [fields.md](fields.md) lists them. Ids are
stable: they are never renamed and never used for something else.

An **error** makes the exit status 1, but `INPUT_UNREADABLE` makes it 2, as all does that keeps a
tool from its work. A **warning** makes it 1 only with `--strict`. A **note** never changes it.

| Id | Severity | Since | Meaning | What to do |
| --- | --- | --- | --- | --- |
"""


def sentence(text):
    return text[:1].upper() + text[1:] + "." if text and not text.startswith("-") else text


def page(print_findings):
    rows = subprocess.run([print_findings], check=True, stdout=subprocess.PIPE, text=True,
                          encoding="utf-8").stdout.splitlines()
    lines = []
    for row in rows:
        name, severity, since, meaning, hint = row.split("\t")
        todo = cell(sentence(hint))
        lines.append(f"| `{name}` | {severity} | {since} | {cell(meaning)} | {todo} |\n")
    return HEAD + "".join(lines)


if __name__ == "__main__":
    write(page)
