"""The Monte Carlo standard errors that README states for the default number of draws, and for 128k.

Usage: draw_accuracy.py PATH_OF_LOADCAST, from the repository's root. Prints, for each scenario and number of draws, the
relative standard error of the 5th percentile, the median and the 95th percentile that nine of ten cells do not exceed.
"""
import csv
import subprocess
import sys
import tempfile

SCENARIOS = ["first-steps", "training-run", "load", "article-2023", "benchmarks/ai-sector-2026-11/ai-sector"]

for scenario in SCENARIOS:
    for draws in ["128k", "1M"]:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.argv[1], "run", f"scenarios/{scenario}.yaml", "--draws", draws, "--conditioning", "prior",
                            "--quiet", "--out", folder], check=True)
            with open(f"{folder}/quantiles.csv", newline="") as file:
                rows = list(csv.DictReader(file))
        shown = []
        for probability in [0.05, 0.5, 0.95]:
            errors = sorted(abs(float(row["standard_error"]) / float(row["value"])) for row in rows
                            if float(row["probability"]) == probability and row["standard_error"] and float(row["value"]))
            shown.append(f"p{100 * probability:g} {100 * errors[int(0.9 * len(errors))]:.3f} % of {len(errors)}")
        print(f"{scenario}, {draws}: {', '.join(shown)}")
