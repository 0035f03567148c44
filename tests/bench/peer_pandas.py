#!/usr/bin/env python3
"""Peer: the script most people would write, with pandas.

usage: peer_pandas.py ndjson|files CSV TARGET
"""
import sys
from typing import Any, Iterator

import pandas

import peer_common


def components_of(row: Any) -> list[dict[str, Any]]:
    components = [{"componentName": row.cpu_model, "componentType": "cpu",
                   "nbComponent": int(row.cpu_count)}]
    if row.gpu_count > 0:
        components.append({"componentName": row.gpu_model, "componentType": "gpu",
                           "nbComponent": int(row.gpu_count)})
    components.append({"componentType": "ram", "nbComponent": 1, "memorySize": row.ram_total_size})
    return components


def report_of(row: Any) -> dict[str, Any]:
    when = row.timestamp.replace("T", " ")
    cloud = row.on_cloud == "Y"
    return {
        "header": {**peer_common.HEADER, "reportId": row.run_id, "reportDatetime": when,
                   "reportStatus": "final", "publisher": peer_common.PUBLISHER},
        "task": peer_common.TASK,
        "measures": [{
            "measurementMethod": "codecarbon", "version": row.codecarbon_version,
            "averageUtilizationCpu": row.cpu_utilization_percent / 100,
            "powerConsumption": row.energy_consumed, "measurementDuration": row.duration,
            "measurementDateTime": when}],
        "system": {"os": row.os},
        "software": {"language": "python", "version": row.python_version},
        "infrastructure": {"infraType": "publicCloud" if cloud else "onPremise",
                           "components": components_of(row)},
        "environment": {"country": row.country_name, "latitude": row.latitude,
                        "longitude": row.longitude},
        "quality": "medium",
    }


def reports_of(path: str) -> Iterator[dict[str, Any]]:
    for row in pandas.read_csv(path).itertuples(index=False):
        yield report_of(row)


def main() -> int:
    kind, path, target = sys.argv[1:]
    peer_common.write(kind, reports_of(path), target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
