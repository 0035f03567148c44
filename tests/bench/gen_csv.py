#!/usr/bin/env python3
"""Writes a CodeCarbon 3.2 emissions.csv of any length; the same seed gives the same bytes.

usage: gen_csv.py [--rows N] [--seed S] [--runs R] [--hard PERCENT]

The table goes to standard output. --runs R makes every R rows one run: cumulative, as flush()
writes them. --hard is the share of runs (5) whose names hold commas, quotes, line feeds and letters
outside ASCII.
"""
import argparse
import csv
import io
import sys
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Iterator

COLUMNS = (
    "timestamp", "project_name", "run_id", "experiment_id", "duration", "emissions",
    "emissions_rate", "cpu_power", "gpu_power", "ram_power", "cpu_energy", "gpu_energy",
    "ram_energy", "energy_consumed", "water_consumed", "country_name", "country_iso_code", "region",
    "cloud_provider", "cloud_region", "os", "python_version", "codecarbon_version", "cpu_count",
    "cpu_model", "gpu_count", "gpu_model", "longitude", "latitude", "ram_total_size",
    "tracking_mode", "cpu_utilization_percent", "gpu_utilization_percent",
    "ram_utilization_percent", "ram_used_gb", "on_cloud", "pue", "wue")
EXPERIMENT = "5b0fa12a-3dd7-45bb-9766-cc326314d9f1"
FIRST_DAY = datetime(2025, 1, 1)
JOULES_PER_KWH = 3.6e6
RAM_WATTS_PER_GIB = 0.15625


@dataclass(frozen=True)
class Machine:
    """A host and the accelerators in it."""
    os: str
    python: str
    threads: int
    cpu: str
    cpu_watts: float
    ram_gib: float
    gpus: int = 0
    gpu: str = ""
    gpu_watts: float = 0.0


@dataclass(frozen=True)
class Place:
    """A country with its grid (kg/kWh), and the cloud that CodeCarbon may report there."""
    country: str
    iso: str
    region: str
    longitude: float
    latitude: float
    intensity: float
    provider: str = ""
    cloud_region: str = ""


MACHINES = (
    Machine("Linux-6.1.0-26-amd64-x86_64-with-glibc2.36", "3.11.2", 32,
            "AMD EPYC 7313 16-Core Processor", 96.0, 125.6438102722168, 2, "NVIDIA L4", 58.0),
    Machine("Linux-6.8.0-45-generic-x86_64-with-glibc2.39", "3.12.3", 24,
            "Intel(R) Xeon(R) Silver 4310 CPU @ 2.10GHz", 71.0, 62.53216552734375),
    Machine("Linux-5.15.0-122-generic-x86_64-with-glibc2.35", "3.10.12", 128,
            "AMD EPYC 7742 64-Core Processor", 181.0, 1007.6312713623047, 8,
            "NVIDIA A100-SXM4-80GB", 331.0),
    Machine("macOS-14.5-arm64-arm-64bit", "3.12.4", 12, "Apple M2 Pro", 17.5, 32.0),
    Machine("Windows-10-10.0.22631-SP0", "3.11.9", 16, "AMD Ryzen 7 7700 8-Core Processor",
            52.0, 31.1428108215332, 1, "NVIDIA GeForce RTX 4070", 121.0),
)
PLACES = (
    Place("France", "FRA", "île-de-france", 2.3522, 48.8566, 0.0561),
    Place("Germany", "DEU", "saxony", 13.7373, 51.0504, 0.3812),
    Place("Korea, Republic of", "KOR", "gyeonggi-do", 127.1054, 37.3595, 0.4157),
    Place("Belgium", "BEL", "", 3.8196, 50.4492, 0.1389, "gcp", "europe-west1"),
    Place("Norway", "NOR", "trøndelag", 10.3951, 63.4305, 0.0287),
)
PLAIN_NAMES = ("codecarbon", "asr-finetune", "rag-load", "nightly-eval", "embeddings")
HARD_NAMES = ('first, then "second"', "two\nlines", '"', "évaluation n° 7", "日本語の要約",
              "a\tb, c")


def run_rows(random: Random, rows: int, hard_percent: float) -> Iterator[list[object]]:
    """The rows of one run, each the total since its start."""
    machine, place = random.choice(MACHINES), random.choice(PLACES)
    hard = random.random() * 100 < hard_percent
    name = random.choice(HARD_NAMES) if hard else random.choice(PLAIN_NAMES)
    cpu_model = f'{machine.cpu}, rev "B"' if hard else machine.cpu
    run_id = uuid.UUID(int=random.getrandbits(128), version=4)
    start = FIRST_DAY + timedelta(seconds=random.randrange(400 * 86400))
    elapsed = 0.0
    for _ in range(rows):
        elapsed += random.uniform(2.0, 5400.0)
        load = random.uniform(0.9, 1.1)
        watts = (machine.cpu_watts * load, machine.gpus * machine.gpu_watts * load,
                 machine.ram_gib * RAM_WATTS_PER_GIB)
        energies = [power * elapsed / JOULES_PER_KWH for power in watts]
        energy = sum(energies)
        emissions = energy * place.intensity
        yield [
            (start + timedelta(seconds=int(elapsed))).isoformat(), name, run_id, EXPERIMENT,
            elapsed, emissions, emissions / elapsed, *watts, *energies, energy, 0.0,
            place.country, place.iso, place.region, place.provider, place.cloud_region,
            machine.os, machine.python, "3.2.6", machine.threads, cpu_model,
            machine.gpus, f"{machine.gpus} x {machine.gpu}" if machine.gpus else "",
            place.longitude, place.latitude, machine.ram_gib, "machine",
            round(55.0 * load, 2), round(70.0 * load, 2) if machine.gpus else 0,
            round(40.0 * load, 2), machine.ram_gib * 0.4 * load,
            "Y" if place.provider else "N", 1.0, 0.0]


def write_table(out: io.TextIOBase, rows: int, rows_per_run: int, seed: int,
                hard_percent: float) -> None:
    """The whole file."""
    random = Random(seed)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    while rows > 0:
        count = min(rows, rows_per_run)
        writer.writerows(run_rows(random, count, hard_percent))
        rows -= count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1, metavar="R", help="rows per run")
    parser.add_argument("--hard", type=float, default=5.0, metavar="PERCENT")
    args = parser.parse_args()
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as out:
        write_table(out, args.rows, max(1, args.runs), args.seed, args.hard)
    return 0


if __name__ == "__main__":
    sys.exit(main())
