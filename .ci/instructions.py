#!/usr/bin/env python3
"""Counts the instructions of five small workloads, and fails if one takes 5 % more than recorded.

    .ci/instructions.py PROGRAM            compare with .ci/instructions.csv
    .ci/instructions.py PROGRAM --update   record the counts

Counts are those of valgrind's callgrind on one thread, so that other work on the machine does not change them; two runs
differ by at most 1 %. They are of the kernels for AVX2, which valgrind emulates.
"""
import csv
import os
import re
import subprocess
import sys
import tempfile

RECORDED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "instructions.csv")
MOST = 1.05
SECTOR = "scenarios/benchmarks/ai-sector-2026-11/ai-sector.yaml"
WORKLOADS = {
    "check": ["check", SECTOR],
    "run": ["run", "scenarios/first-steps.yaml", "--draws", "64k", "--out", "results"],
    "first block": ["run", SECTOR, "--draws", "1k", "--out", "results"],
    "disclosure": ["disclosure", "scenarios/first-steps.yaml", "--draws", "16k"],
    "given data": ["sensitivity", "scenarios/first-steps.yaml", "--method", "given-data", "--draws", "16k"],
}


def count(program, arguments, folder):
    """The instructions of one command."""
    arguments = [os.path.abspath(word) if word.endswith(".yaml") else word for word in arguments]
    threads = [] if arguments[0] == "check" else ["--workers", "1"]
    outcome = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, *arguments, *threads, "--quiet"],
        cwd=folder, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", outcome.stderr)
    if outcome.returncode != 0 or not found:
        sys.exit(f"{' '.join(arguments)}: exit code {outcome.returncode}\n{outcome.stderr[-2000:]}")
    return int(found.group(1))


def main():
    program, *flags = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        # valgrind cannot read the debug information of some Swift programs.
        stripped = os.path.join(folder, "loadcast")
        subprocess.run(["strip", "-S", "-o", stripped, program], check=True)
        counts = {name: count(stripped, words, folder) for name, words in WORKLOADS.items()}
    if "--update" in flags:
        with open(RECORDED, "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("workload", "instructions"), *counts.items()])
    with open(RECORDED, newline="") as file:
        recorded = {row["workload"]: int(row["instructions"]) for row in csv.DictReader(file)}
    if set(recorded) != set(WORKLOADS):
        sys.exit(f"{RECORDED} has other workloads; run with --update")
    slower = []
    for name, now in counts.items():
        ratio = now / recorded[name]
        print(f"{name:12} {now:14,} instructions, {ratio:.3f} of {recorded[name]:,}")
        if ratio > MOST:
            slower.append(name)
    if slower:
        sys.exit(f"more than {MOST - 1:.0%} more instructions: {', '.join(slower)}")


main()
