#!/usr/bin/env python3
"""Peer: CodeCarbon's own BoAmps exporter, driven over a CSV; needs CodeCarbon 3.2.6 or later.

usage: peer_codecarbon.py ndjson|files CSV TARGET
"""
import csv
import dataclasses
import sys
from typing import Any, Iterator

from codecarbon.output_methods.boamps import mapper, models
from codecarbon.output_methods.emissions_data import EmissionsData

import peer_common

NUMERIC = {"float", "int", float, int}


def reports_of(path: str) -> Iterator[dict[str, Any]]:
    task = models.BoAmpsTask.from_dict(peer_common.TASK)
    header = models.BoAmpsHeader.from_dict({
        **peer_common.HEADER, "reportStatus": "final", "publisher": peer_common.PUBLISHER})
    numeric = {column.name: column.type in NUMERIC for column in dataclasses.fields(EmissionsData)}
    # The count decides whether there is a GPU, by comparison with a number.
    numeric["gpu_count"] = True
    with open(path, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            cells = {name: float(cell or 0) if numeric[name] else cell
                     for name, cell in row.items() if name in numeric}
            report = mapper.map_emissions_to_boamps(EmissionsData(**cells), task, header, "medium")
            yield report.to_dict()


def main() -> int:
    kind, path, target = sys.argv[1:]
    peer_common.write(kind, reports_of(path), target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
