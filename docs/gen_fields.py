#!/usr/bin/env python3
"""Writes docs/fields.md from the table of fields that is compiled into the tools.

usage: gen_fields.py PRINT_FIELDS [FILE]   (PRINT_FIELDS is built from tests/lint/print_fields.c)
"""
import collections
import subprocess

from generated_page import cell, write

HEAD = """\
# Fields of a report

Everything that a BoAmps report can say, and so everything that a context can give. Generated from
`core/report/field.def` (build the target `docs_fields`); do not edit.

## How to write a context

A context is a YAML or JSON file that is laid out like a report. It says what no meter knows, and is
merged into every report: `-c context.yaml`.

```yaml
header:
  publisher:              # fields of an object stand below its name, indented with blanks
    name: Example Cooperative
    confidentialityLevel: public
task:
  taskStage: inference
  algorithms:             # a list: each element begins with "- "
    - algorithmType: llm
      parametersNumber: 7
quality: medium
```

[fixtures/codecarbon/demo/context.yaml](../fixtures/codecarbon/demo/context.yaml) is a full example.
Text that contains `: ` or begins with one of ``@ ` % & * ! | > [ {`` needs quotes. Fields left empty
count as not given.

Single values can be given without a file, by their paths: `--set task/taskStage=inference`,
`--set 'task/algorithms/*/algorithmType=llm'`.

`powerConsumption` never comes from a context: energy is measured. For all else, what a context says
wins over what the measurement says; what the measurement says need not be said again.

## What an object needs

**Required** means: where the object is, this must be, or the report is a draft. `task`, `measures`
and `infrastructure` are required of every report.

| Object | Needs |
| --- | --- |
"""

Field = collections.namedtuple("Field", "id parent path type unit required limit text")


def read_table(print_fields):
    """The fields in order, and the values by the number of their list."""
    rows = subprocess.run([print_fields], check=True, stdout=subprocess.PIPE, text=True,
                          encoding="utf-8").stdout.splitlines()
    cells = [row.split("\t") for row in rows]
    fields = [Field(*row[1:]) for row in cells if row[0] == "field"]
    values = collections.defaultdict(list)
    for row in cells:
        if row[0] == "value":
            values[row[1]].append(row[2])
    return fields, values


def key(field):
    return field.path.rsplit("/", 1)[-1]


def title(field):
    return field.path[1:] or "The report"


def kind(field):
    if field.type == "array":
        return f"list, see [{field.path[1:]}/\\*](#{anchor(title(field) + '/*')})"
    if field.type == "object":
        return f"object, see [{field.path[1:]}](#{anchor(title(field))})"
    if field.unit in ("", "count"):
        return field.type
    return f"{field.type}, {field.unit}"


def anchor(heading):
    """As GitHub makes them: lower case, without the punctuation."""
    return "".join(c for c in heading.lower().replace(" ", "-") if c.isalnum() or c in "-_")


def section(field, members, values):
    meaning = f"{cell(field.text[:1].upper() + field.text[1:])}.\n\n" if field.path else ""
    lines = [f"\n## {cell(title(field))}\n\n{meaning}",
             "| Field | Type | Required | Allowed | Meaning |\n| --- | --- | --- | --- | --- |\n"]
    for member in members:
        allowed = ", ".join(f"`{value}`" for value in values[member.limit])
        required = "yes" if member.required == "1" else ""
        lines.append(f"| `{key(member)}` | {kind(member)} | {required} | {allowed} "
                     f"| {cell(member.text)} |\n")
    return "".join(lines)


def page(print_fields):
    fields, values = read_table(print_fields)
    below = {field.id: [f for f in fields[1:] if f.parent == field.id] for field in fields}
    objects = [field for field in fields if field.type == "object"]
    lines = [HEAD]
    for field in objects:
        needs = ", ".join(f"`{key(f)}`" for f in below[field.id] if f.required == "1")
        lines.append(f"| [{cell(title(field))}](#{anchor(title(field))}) | {needs or 'nothing'} |\n")
    lines += [section(field, below[field.id], values) for field in objects]
    return "".join(lines)


if __name__ == "__main__":
    write(page)
