"""Reads what the program writes with other tools: CSV with Python's csv, the schema with jsonschema, numbers with SciPy.

Usage: read_back.py PATH_OF_LOADCAST, from the repository's root.
"""
import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import yaml
from scipy import stats

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
ROOT = pathlib.Path.cwd()


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (arguments, done.returncode, done.stderr)
    return done.stdout


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class TextScalars(yaml.SafeLoader):
    """YAML whose scalars stay text, as the program reads them."""

    def fetch_more_tokens(self):
        return super().fetch_more_tokens()


TextScalars.yaml_implicit_resolvers = {}


def check_schema():
    schema = json.loads(run("schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = sorted(ROOT.glob("scenarios/**/*.yaml"))
    assert len(files) >= 5
    for path in files:
        problems = [f"{e.json_path}: {e.message}" for e in validator.iter_errors(yaml.load(path.read_text(), TextScalars))]
        assert not problems, (path, problems[:3])
    bad = {"title": "x", "inptus": {"a": "1"}}
    assert not validator.is_valid(bad), "the schema accepts a misspelt section"
    print(f"schema: {len(files)} scenario files valid, a misspelt section refused")


def check_files():
    with tempfile.TemporaryDirectory() as folder:
        run("run", "scenarios/benchmarks/flat-sector.yaml", "--draws", "1M", "--out", folder, "--quiet",
            "--export-draws", "1k")
        out = pathlib.Path(folder)
        summary = {r["output"]: r for r in rows(out / "summary.csv")}
        quantiles = rows(out / "quantiles.csv")
        histogram = rows(out / "histogram.csv")
        record = json.loads((out / "record.json").read_text())
        assert record["draws"] == 1_000_000
        for name, row in summary.items():
            assert float(row["p05"]) < float(row["p50"]) < float(row["p95"])
            assert sum(int(r["count"]) for r in histogram if r["output"] == name) == 1_000_000
            q = [float(r["value"]) for r in quantiles if r["output"] == name]
            assert q == sorted(q)
        # The fleet is a product of five independent inputs, so its mean is the product of theirs.
        z95 = stats.norm.ppf(0.95)
        mu, sigma = math.log(1e6 * 3e6) / 2, math.log(3) / (2 * z95)
        mean = (
            stats.lognorm(s=sigma, scale=math.exp(mu)).mean()
            * stats.truncnorm((200 - 450) / 80, (800 - 450) / 80, 450, 80).mean()
            * stats.beta(2.5, 3.5, 1.2, 0.8).mean() * stats.beta(6, 4).mean() * (1.07 + 1.2 + 1.6) / 3
            * 8760 / 1e12)
        row = summary["fleet"]
        distance = abs(float(row["mean"]) - mean) / float(row["mean_error"])
        # A normal deviate is beyond 5 standard errors once in 1.7 million times.
        assert distance < 5, (row["mean"], mean)
        draws = rows(out / "draws.csv")
        assert len(draws) == 1000 and draws[0]["draw"] == "0"
        print(f"files: read back; fleet mean {float(row['mean']):.6g}, by SciPy {mean:.6g}, {distance:.2f} standard errors")


check_schema()
check_files()
