#!/usr/bin/env python3
"""Compares every cell of scenarios/benchmarks/ai-sector-2026-11 between loadcast and the peers, and their CPU times.

    compare_ai_sector.py PROGRAM [--draws 1M] [--seed 1] [--peers numpy numba-1thr numba]

Compared are the mean and the 5th, 50th and 95th percentile of all cells of outputs, the same percentiles of all ratios to
references, and the probability that a ratio exceeds 1. Both programs make independent draws, so the difference of two means
divided by its standard error is standard normal, and so is that between a probability p and the other program's share of draws
below the first one's quantile of p, divided by sqrt(p (1 - p) (1/n + 1/m)): no density has to be estimated. The limit of all these
z is chosen so that a correct pair of programs exceeds it in any of them with a probability of at most 1e-6 (Bonferroni's bound).
"""
import argparse
import csv
import json
import math
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
SCENARIO = HERE.parents[1] / "scenarios/benchmarks/ai-sector-2026-11/ai-sector.yaml"
CHANCE = 1e-6
PERCENTILES = {"p05": 0.05, "p50": 0.5, "p95": 0.95}
LABELS = ("company", "milestone", "publisher", "region", "work", "year")


def timed(command):
    """The standard output of a command and the CPU seconds of its process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, after.ru_utime - before.ru_utime


def key(output, reference, labels):
    return output, reference, *(labels.get(name) or "" for name in LABELS)


def engine_cells(program, draws, seed):
    """key -> row of summary.csv or comparisons.csv; CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        _, seconds = timed([program, "run", SCENARIO, "--draws", str(draws), "--seed", str(seed), "--design", "mc",
                            "--quiet", "--out", folder])
        made = {}
        for name in ("summary", "comparisons"):
            with open(pathlib.Path(folder) / f"{name}.csv", newline="") as file:
                for row in csv.DictReader(file):
                    made[key(row["output"], row.get("reference", ""), row)] = row
    return made, seconds


def peer_cells(peer, draws, seed):
    text, seconds = timed([HERE / "run", peer, "ai-sector", "--n", str(draws), "--seed", str(seed)])
    made = json.loads(text)["results"]
    return made["probes"], {key(c["output"], c["reference"], c["labels"]): c for c in made["cells"]}, seconds


def probabilities_at(value, probes, quantiles):
    """The range of probabilities whose quantile is `value`, by a table of quantiles around it. Where values repeat, as those of
    counts do, a probability may lie a step beyond the table's first or last equal entry."""
    equal = [p for p, q in zip(probes, quantiles) if math.isclose(q, value, rel_tol=1e-12)]
    below = [i for i, q in enumerate(quantiles) if q < value and not math.isclose(q, value, rel_tol=1e-12)]
    if equal:
        first, last = probes.index(equal[0]), probes.index(equal[-1])
        return probes[max(first - 1, 0)], probes[min(last + 1, len(probes) - 1)]
    if not below or len(below) == len(quantiles):
        return (1.0, 1.0) if below else (0.0, 0.0)
    i = len(below) - 1
    at = probes[i] + (probes[i + 1] - probes[i]) * (value - quantiles[i]) / (quantiles[i + 1] - quantiles[i])
    return at, at


def score(difference, variance):
    return difference / math.sqrt(variance) if difference else 0.0


def cell_scores(row, cell, probes, draws):
    """The z of each figure of a cell."""
    is_ratio = bool(cell["reference"])
    prefix = "ratio_" if is_ratio else ""
    for place, (name, p) in enumerate(PERCENTILES.items()):
        low, high = probabilities_at(float(row[prefix + name]), probes[place], cell["quantiles"][place])
        yield name, score(max(low - p, 0) - max(p - high, 0), p * (1 - p) * 2 / draws)
    if is_ratio:
        ours, theirs = float(row["probability_exceeds"]), cell["above_1"]
        p = (ours + theirs) / 2
        yield "probability_exceeds", score(theirs - ours, p * (1 - p) * 2 / draws)
    else:
        yield "mean", score(cell["mean"] - float(row["mean"]), (cell["sd"] ** 2 + float(row["sd"]) ** 2) / draws)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--draws", type=lambda text: int(float(text.replace("M", "e6").replace("k", "e3"))), default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", nargs="+", default=["numpy", "numba-1thr", "numba"])
    arguments = parser.parse_args()
    rows, engine_seconds = engine_cells(arguments.program, arguments.draws, arguments.seed)
    print(f"loadcast: {engine_seconds:.2f} CPU s for {arguments.draws} draws, {len(rows)} cells")
    failed = False
    for peer in arguments.peers:
        probes, cells, seconds = peer_cells(peer, arguments.draws, arguments.seed)
        if cells.keys() != rows.keys():
            sys.exit(f"{peer}: different cells: {sorted(cells.keys() ^ rows.keys())[:5]}")
        scores = {(*place, name): z for place, cell in cells.items()
                  for name, z in cell_scores(rows[place], cell, probes, arguments.draws)}
        limit = statistics.NormalDist().inv_cdf(1 - CHANCE / 2 / len(scores))
        worst = sorted(scores, key=lambda place: -abs(scores[place]))[:3]
        print(f"{peer}: {seconds:.2f} CPU s, {seconds / engine_seconds:.1f} times loadcast's; {len(scores)} figures, largest |z| "
              f"{abs(scores[worst[0]]):.2f} of {limit:.2f}, root mean square "
              f"{math.sqrt(sum(z * z for z in scores.values()) / len(scores)):.2f}")
        for place in worst:
            print(f"  {' '.join(filter(None, place))}: z {scores[place]:.2f}")
        failed |= any(abs(z) > limit for z in scores.values())
    if failed:
        sys.exit("the programs differ by more than Monte Carlo error")


if __name__ == "__main__":
    main()
