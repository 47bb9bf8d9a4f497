"""Estimates of `check` against measurements of `run`, for scenarios from tiny to the limit of memory.

    .ci/estimates.py PROGRAM [NAME…]

For each scenario: the memory and the processor time that `loadcast check --json` estimates, the peak memory and the
processor time of `loadcast run`, and their ratios. A ratio outside 1/1.5 … 1.5 ends the script with code 1. The program
must be a release build, for which the estimates are made. Processor times of less than 0.1 s are not judged: they are
those of a start. Times of scenarios whose observations the pilot of `check` does not reach are printed and not judged: `check`
states that its time is without their evidence.
"""

import json
import os
import subprocess
import sys
import tempfile

WITHIN = 1.5
SHORT = 0.1
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def shipped(path):
    return lambda folder: os.path.join(ROOT, "scenarios", path)


def written(text, **files):
    def write(folder):
        for name, content in {"scenario.yaml": text, **files}.items():
            with open(os.path.join(folder, name.replace("_csv", ".csv")), "w") as file:
                file.write(content)
        return os.path.join(folder, "scenario.yaml")

    return write


def cells(count, draws):
    """Cells of an output, each with its own summary."""
    return written(
        f"indexes: {{a: 1..{count // 10}, b: 1..10}}\ninputs: {{x: 2 to 4, y: 1 to 3}}\nequations: {{z: x * a + y * b}}\n"
        f"outputs: {{z: {{}}}}\nrun: {{draws: {draws}}}\n"
    )


def correlated(count):
    """A sum of inputs, all of which are correlated."""
    names = [f"x{i}" for i in range(count)]
    rows = [[name, *("1" if name == other else "0.3" for other in names)] for name in names]
    table = "\n".join(",".join(row) for row in [["input", *names], *rows])
    inputs = "".join(f"  {name}: 1 to 2\n" for name in names)
    return written(
        f"inputs:\n{inputs}correlations:\n  - {{inputs: [{', '.join(names)}], matrix: matrix.csv, measure: rank}}\n"
        f"equations:\n  total: {' + '.join(names)}\noutputs:\n  total: {{}}\nrun: {{draws: 200k}}\n",
        matrix_csv=table + "\n",
    )


def near_limit(share):
    """A share of the cells that fit into a gibibyte, by what `check` says of too many."""

    def write(folder):
        text = cells(400_000, "1k")
        refused = subprocess.run(
            [PROGRAM, "check", text(folder), "--memory", "1G"], capture_output=True, text=True
        ).stderr
        most = int(refused.split("expected: at most ")[1].split()[0])
        return cells(int(most * share) // 10 * 10, "4k")(folder)

    return write


SCENARIOS = {
    "tiny": written("inputs: {x: 1 to 2}\noutputs: {x: {}}\nrun: {draws: 1k}\n"),
    "first-steps": shipped("first-steps.yaml"),
    "the flat sector": shipped("benchmarks/flat-sector.yaml"),
    "years": shipped("benchmarks/years.yaml"),
    "ai-sector-2026-11": shipped("benchmarks/ai-sector-2026-11/ai-sector.yaml"),
    "2,000 cells": cells(2_000, "100k"),
    "4,000 cells": cells(4_000, "100k"),
    "300 correlated inputs": correlated(300),
    "ai-sector, with evidence": shipped("ai-sector.yaml"),
    "weighted observations": written(
        "inputs:\n" + "".join(f"  x{i}: 1 to 2\n" for i in range(40))
        + f"equations: {{y: {' + '.join(f'x{i}' for i in range(40))}}}\noutputs: {{y: {{}}, x0: {{}}}}\n"
        + "evidence:\n  - {observe: y, measured: 55 to 62}\nrun: {draws: 1M}\n"
    ),
    "sampled observations": written(
        'inputs:\n  x: "normal(0, 1)"\n  y: "normal(0, 1)"\n  w: 1 to 2\n  u: 1 to 2\nequations: {z: x + y * w}\n'
        'outputs: {z: {}, u: {}}\nevidence:\n  - {observe: z, measured: "normal(5, 0.01)"}\n'
        '  - {observe: x, measured: "normal(2, 0.1)"}\nrun: {draws: 200k}\n'
    ),
    "half of the cells for 1 GiB": near_limit(0.5),
    "nine tenths of the cells": near_limit(0.9),
}


def measured(arguments, folder):
    """The processor seconds and the peak bytes of a command."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([PROGRAM, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            sys.exit(f"{' '.join(arguments)}: exit code {process.returncode}\n{errors.read().decode()}")
    # Linux counts kibibytes, macOS bytes.
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def compare(name, write):
    """Prints a scenario's figures; false if an estimate is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder)
        answer = subprocess.run([PROGRAM, "check", path, "--json"], capture_output=True, text=True).stdout
        estimate = json.loads(answer)["estimate"]
        seconds, peak = measured(["run", path, "--quiet", "--out", os.path.join(folder, "results")], folder)
    memory, time = peak / estimate["memory_bytes"], seconds / estimate["processor_seconds"]
    judged = estimate["includes_evidence"] and max(seconds, estimate["processor_seconds"]) >= SHORT
    print(
        f"{name:28} {estimate['memory_bytes'] / 2**20:8.0f} {peak / 2**20:8.0f} {memory:6.2f}   "
        f"{estimate['processor_seconds']:8.2f} {seconds:8.2f} {time:6.2f}{'' if judged else '  not judged'}",
        flush=True,
    )
    return 1 / WITHIN <= memory <= WITHIN and (not judged or 1 / WITHIN <= time <= WITHIN)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(sys.argv[1])
    print(f"{'':28} {'memory, MiB':>24}   {'processor time, s':>24}")
    print(f"{'':28} {'estimate':>8} {'measured':>8} {'ratio':>6}   {'estimate':>8} {'measured':>8} {'ratio':>6}")
    chosen = sys.argv[2:] or list(SCENARIOS)
    wrong = [name for name in chosen if not compare(name, SCENARIOS[name])]
    if wrong:
        sys.exit(f"\nnot within a factor of {WITHIN}: {', '.join(wrong)}")
