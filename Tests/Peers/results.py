"""What a run reports: summaries of draws, and the one line of JSON."""
import argparse
import json
import time

import numpy as np

from sector import *


def sorted_quantiles(x, probabilities):
    """Quantiles of ascending values, linear between order statistics (NumPy's default)."""
    place = np.asarray(probabilities) * (len(x) - 1)
    below = np.minimum(place.astype(int), len(x) - 2)
    return x[below] + (place - below) * (x[below + 1] - x[below])


def summary(x, threshold=None):
    """The whole summary of an output's draws, which are left sorted: one vectorised sort serves everything."""
    mean, sd = x.mean(dtype=float), x.std(ddof=1, dtype=float)
    x.sort()
    edges = np.geomspace(x[0], x[-1], HISTOGRAM_BINS + 1)
    below = np.searchsorted(x, edges[1:-1])
    made = {
        "mean": float(mean),
        "sd": float(sd),
        "quantiles": sorted_quantiles(x, PROBABILITIES).tolist(),
        "histogram": np.diff(below, prepend=0, append=len(x)),
        "edges": edges,
    }
    if threshold is not None:
        made["exceeds"] = float(1 - np.searchsorted(x, threshold, side="right") / len(x))
    return made


def summaries(draws, run=map):
    """Summaries by output of draws (output, draw)."""
    thresholds = [THRESHOLD if name == "fleet" else None for name in OUTPUTS]
    return dict(zip(OUTPUTS, run(summary, draws, thresholds)))


def sector_results(made):
    """The figures in which all programs must agree. `bottom_up` has no mean that settles."""
    def quantiles(name):
        q = dict(zip(PROBABILITIES, made[name]["quantiles"]))
        return {"p05": q[0.05], "p50": q[0.5], "p95": q[0.95]}
    return {
        "bottom_up": quantiles("bottom_up"),
        "fleet": {"mean": made["fleet"]["mean"], "sd": made["fleet"]["sd"], **quantiles("fleet")},
        "emissions": {"mean": made["emissions"]["mean"], **quantiles("emissions")},
        "exceeds": made["fleet"]["exceeds"],
    }


def years_results(fans):
    """fans: quantiles (year, output, probability)."""
    return {str(year): {name: list(map(float, fans[YEARS.index(year), OUTPUTS.index(name)]))
                        for name in ("bottom_up", "fleet", "emissions")} for year in (2015, 2023, 2030)}


def sweep_results(variants):
    return {
        "variants": len(variants),
        "fleet_mean": float(np.mean([v["fleet"]["mean"] for v in variants])),
        "bottom_up_p50": float(np.mean([v["bottom_up"]["quantiles"][3] for v in variants])),
        "first": sector_results(variants[0])["fleet"],
        "last": sector_results(variants[-1])["fleet"],
    }


def sobol_results(estimates):
    """estimates: (target, 2, factor) indices and their 95 % half-widths."""
    values, widths = estimates
    return {target: {index: {name: [float(v), float(w)] for name, v, w in zip(FACTORS, values[t, i], widths[t, i])}
                     for i, index in enumerate(("S1", "ST"))}
            for t, target in enumerate(("fleet", "log_bottom_up"))}


RESULTS = {"sector": sector_results, "years": years_results, "sweep": sweep_results, "sobol": sobol_results,
           "ai-sector": lambda made: made}


def main(programs, add_arguments=lambda parser: None):
    """Runs the workload that the command line names. programs: name -> function of the parsed arguments."""
    parser = argparse.ArgumentParser()
    parser.add_argument("peer")
    parser.add_argument("workload", choices=programs)
    parser.add_argument("--n", type=lambda text: int(float(text)), default=1_000_000, help="draws (sector, years)")
    parser.add_argument("--seed", type=int, default=1)
    add_arguments(parser)
    arguments = parser.parse_args()
    start = time.perf_counter()
    made = programs[arguments.workload](arguments)
    seconds = time.perf_counter() - start
    draws = {"sweep": SWEEP_DRAWS, "sobol": SOBOL_BASE}.get(arguments.workload, arguments.n)
    print(json.dumps({"peer": arguments.peer, "workload": arguments.workload, "draws": draws,
                      "seconds": round(seconds, 4), "results": RESULTS[arguments.workload](made)}))
