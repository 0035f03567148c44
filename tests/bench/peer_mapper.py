#!/usr/bin/env python3
"""Peer: the mapping rules of CodeCarbon's own BoAmps exporter as a plain streaming script.

usage: peer_mapper.py ndjson|files CSV TARGET

CodeCarbon itself builds dataclasses first and walks them; a script without them is the faster, so
the comparison does not flatter us.
"""
import csv
import sys
from typing import Any, Iterator

import peer_common


def as_float(cell: str) -> float:
    return float(cell) if cell else 0.0


def utilisation(cell: str) -> float:
    """Percent to fraction, four digits."""
    return round(as_float(cell) / 100, 4)


def components_of(row: dict[str, str], gpus: int) -> list[dict[str, Any]]:
    components: list[dict[str, Any]] = [{
        "componentName": row["cpu_model"], "componentType": "cpu",
        "nbComponent": max(1, int(as_float(row["cpu_count"])) // 2)}]
    if gpus > 0:
        components.append({"componentName": row["gpu_model"], "componentType": "gpu",
                           "nbComponent": gpus})
    components.append({"componentType": "ram", "nbComponent": 1,
                       "memorySize": as_float(row["ram_total_size"])})
    return components


def report_of(row: dict[str, str]) -> dict[str, Any]:
    when = row["timestamp"].replace("T", " ")
    gpus = int(as_float(row["gpu_count"]))
    measure: dict[str, Any] = {
        "measurementMethod": "codecarbon", "version": row["codecarbon_version"],
        "powerConsumption": as_float(row["energy_consumed"]),
        "measurementDuration": as_float(row["duration"]), "measurementDateTime": when}
    if as_float(row["cpu_utilization_percent"]) > 0:
        measure["averageUtilizationCpu"] = utilisation(row["cpu_utilization_percent"])
    if gpus and as_float(row["gpu_utilization_percent"]) > 0:
        measure["averageUtilizationGpu"] = utilisation(row["gpu_utilization_percent"])
    cloud = row["on_cloud"] == "Y" or bool(row["cloud_provider"])
    infrastructure: dict[str, Any] = {"infraType": "publicCloud" if cloud else "onPremise"}
    if cloud:
        infrastructure["cloudProvider"] = row["cloud_provider"]
    infrastructure["components"] = components_of(row, gpus)
    return {
        "header": {**peer_common.HEADER, "reportId": row["run_id"], "reportDatetime": when,
                   "reportStatus": "final", "publisher": peer_common.PUBLISHER},
        "task": peer_common.TASK,
        "measures": [measure],
        "system": {"os": row["os"]},
        "software": {"language": "python", "version": row["python_version"]},
        "infrastructure": infrastructure,
        "environment": {"country": row["country_name"], "latitude": as_float(row["latitude"]),
                        "longitude": as_float(row["longitude"])},
        "quality": "medium",
    }


def reports_of(path: str) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            yield report_of(row)


def main() -> int:
    kind, path, target = sys.argv[1:]
    peer_common.write(kind, reports_of(path), target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
