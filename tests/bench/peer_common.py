"""What the peers share: the constant parts of a report, and where reports go."""
import json
import os
from typing import Any, Iterable

HEADER = {"licensing": "Creative Commons 4.0", "formatVersion": "0.1",
          "formatVersionSpecificationUri": "https://github.com/Boavizta/BoAmps/tree/main/model"}
PUBLISHER = {"name": "Example Cooperative", "division": "Customer Service",
             "confidentialityLevel": "public"}
TASK = {
    "taskStage": "inference", "taskFamily": "chatbot", "nbRequest": 1000,
    "algorithms": [{"algorithmType": "llm", "foundationModelName": "mistral-7b-instruct",
                    "parametersNumber": 7, "framework": "vllm", "quantization": "int8"}],
    "dataset": [{"dataUsage": "input", "dataType": "token", "dataQuantity": 412},
                {"dataUsage": "output", "dataType": "token", "dataQuantity": 96}],
}


def write_ndjson(reports: Iterable[dict[str, Any]], path: str) -> None:
    """One report a line."""
    with open(path, "w", encoding="utf-8") as out:
        for report in reports:
            out.write(json.dumps(report) + "\n")


def write_folder(reports: Iterable[dict[str, Any]], folder: str) -> None:
    """One file a report, named by its id."""
    os.makedirs(folder, exist_ok=True)
    for report in reports:
        name = f"boamps_report_{report['header']['reportId']}.json"
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            json.dump(report, out, indent=2)


def write(kind: str, reports: Iterable[dict[str, Any]], target: str) -> None:
    """`kind` is ndjson or files."""
    (write_ndjson if kind == "ndjson" else write_folder)(reports, target)
