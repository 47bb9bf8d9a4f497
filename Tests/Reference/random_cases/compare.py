"""Random scenarios run by the program and evaluated here, compared draw by draw and distribution by distribution.

Usage: python3 Tests/Reference/random_cases/compare.py PROGRAM [--models 2000] [--seed 1] [--at-once 10] [--keep FOLDER]
Needs NumPy, SciPy and PyYAML. A model is two to five inputs and as many equations; `--at-once` models share a run. The
exit code is 1 if any model differs; its scenario is then kept. The comparison is without chance except for the test of
correlated cells, which fails by chance once in 1e9 cells.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import yaml

import units
from evaluate import Evaluator
from generate import scenario
from inputs import DRAWS, InputChecks
from quantities import Quantity, Space

# The noise of an operation in the evaluations that tell how far rounding may move a result.
NOISE = 1e-14
# The rounding of an input that is written in another unit and read back.
ROUNDING = 2e-16


class Text(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML whose scalars stay text."""


Text.yaml_implicit_resolvers = {}


# What the comparison leaves out, with the reason.
LEFT_OUT = {}


def uncovered(scenarios=200):
    """Distributions and functions of the language page's tables that the first seeds' scenarios do not use.

    A test compares these tables with the program's catalogues, so a new distribution or function appears here.
    """
    page = (pathlib.Path(__file__).resolve().parents[3] / "scenarios" / "README.md").read_text()
    names = set()
    for kind in ("distribution", "function"):
        table = re.search(rf"^\| {kind} \|.*\n\|[-|]+\n((?:\|.*\n)+)", page, re.MULTILINE)[1]
        for row in table.splitlines():
            names.update(re.findall(r"`(\w+)", row.split(" | ")[0]))
    assert len(names) >= 50, "the language page has no tables of distributions and functions"
    used = set()
    for seed in range(1, scenarios + 1):
        document, tables = scenario(seed, 10)
        used.update(re.findall(r"\b(\w+)\(", str([document, tables])))
    return sorted(names - used - set(LEFT_OUT))


def labels_of(text):
    if isinstance(text, list):
        return text
    low, high = text.split("..")
    return list(range(int(low), int(high) + 1))


def run(program, folder, document, tables):
    """The exported draws by column name, or the program's message."""
    for name, text in tables.items():
        (folder / name).write_text(text)
    (folder / "scenario.yaml").write_text(yaml.dump(document, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False, width=10_000))
    done = subprocess.run([program, "run", "scenario.yaml", "--draws", str(DRAWS), "--export-draws", str(DRAWS), "--format",
                           "npy", "--quiet", "--out", "out"], cwd=folder, capture_output=True, text=True, timeout=300)
    # 3: the files are written, and some output has no finite draw.
    if done.returncode not in (0, 3):
        return None, done.stderr
    matrix = np.load(folder / "out" / "draws.npy")
    columns = json.loads((folder / "out" / "draws.json").read_text())["columns"]
    return {column["name"]: matrix[:, i] for i, column in enumerate(columns)}, ""


def rounded(quantity, space):
    """An input as it may have been before its unit was converted for the file of draws; constants are exact."""
    if np.ptp(quantity.data) == 0:
        return quantity
    return Quantity(quantity.over, quantity.data * (1 + ROUNDING * space.random.standard_normal(quantity.data.shape)), quantity.dimension)


class Check(InputChecks):
    """One run of several models."""

    def __init__(self, folder, draws):
        self.folder, self.draws = folder, draws
        document = yaml.load((folder / "scenario.yaml").read_text(), Text)
        self.document, self.declared = document, document["units"]
        self.indexes = {name: labels_of(text) for name, text in document["indexes"].items()}
        self.units = {name: units.parse((entry or {}).get("unit", "1"), self.declared) for name, entry in document["outputs"].items()}
        self.problems = []

    def shown(self, name, over):
        """What the program drew for an output, in base units; indexes in the order of their names, as results show them."""
        ordered = sorted(over)
        scale, dimension = self.units[name]
        shape = [len(self.indexes[index]) for index in ordered]
        cells = [()]
        for index in ordered:
            cells = [cell + (str(label),) for cell in cells for label in self.indexes[index]]
        data = np.array([self.draws[name + (f"[{','.join(cell)}]" if cell else "")] for cell in cells])
        return Quantity(ordered, data.reshape(shape + [DRAWS]) * float(scale), dimension)

    def over(self, entry):
        over = entry.get("over", [])
        return [over] if isinstance(over, str) else list(over)

    def fail(self, name, text):
        self.problems.append((name.split("_")[0], f"{name}: {text}"))

    def check(self):
        names, choices = {}, {}
        for name, entry in self.document["inputs"].items():
            if name in self.document["outputs"]:
                names[name] = self.shown(name, self.over(entry))
            else:
                index, labels = "region", self.indexes["region"]
                position = sum(i * self.draws[f"{name}_is_{label}"] for i, label in enumerate(labels))
                choices[name] = (index, Quantity((), position, {}))
        exact = Evaluator(Space(self.indexes), names, {}, choices, self.declared)
        for name, entry in self.document["inputs"].items():
            if name in names:
                self.check_input(exact, name, entry, names[name])
        formulas = {name: entry["formula"] for name, entry in self.document["equations"].items() if "_is_" not in name}
        runs = []

        def evaluated(name, count):
            """The values of a formula without noise and with noise of further seeds."""
            for seed in range(len(runs), count):
                space = Space(self.indexes, NOISE if seed else 0, seed)
                known = {key: rounded(value, space) for key, value in names.items()} if seed else names
                runs.append(Evaluator(space, known, formulas, choices, self.declared))
            return [run.named(name) for run in runs[:count]]

        for name in formulas:
            with np.errstate(all="ignore"):
                # Two noisy evaluations of billions of values are both near the exact one by chance in a few; ten are not.
                problem = self.difference(name, *evaluated(name, 3)) and self.difference(name, *evaluated(name, 11))
            if problem:
                self.fail(name, problem)

    def difference(self, name, mine, *others):
        """How the program's values of a formula differ from those expected; empty if they do not."""
        columns = [key for key in self.draws if key == name or key.startswith(name + "[")]
        over = sorted(mine.over)
        expected = 1
        for index in over:
            expected *= len(self.indexes[index])
        if len(columns) != expected:
            return f"{len(columns)} cells, expected {expected} over {over}"
        theirs = self.shown(name, over)
        if mine.dimension != theirs.dimension and np.any(mine.data):
            return f"dimension {mine.dimension}, the output's unit has {theirs.dimension}"

        def ordered(quantity):
            return np.transpose(quantity.data, [quantity.over.index(i) for i in over] + [len(over)]) + np.zeros(theirs.data.shape)
        value = ordered(mine)
        values = np.array([value] + [ordered(other) for other in others])
        finite = np.isfinite(values)
        # Where rounding decides whether there is a value, or whether it is infinite, both are right.
        undefined = np.isnan(values)
        unstable = (finite.any(0) != finite.all(0)) | (undefined.any(0) != undefined.all(0))
        with np.errstate(all="ignore"):
            spread = np.where(finite.all(0), np.abs(values[1:] - value).max(0), 0)
            near = np.abs(theirs.data - value) <= 200 * spread + 1e-12 * np.abs(value) + 1e-290
        # Rounding alone may move such a value anywhere, also beyond the largest number.
        unstable |= (spread > 0) & (200 * spread >= np.abs(value))
        same = unstable | np.where(finite[0] & np.isfinite(theirs.data), near, finite[0] == np.isfinite(theirs.data))
        if not same.all():
            at = tuple(np.argwhere(~same)[0])
            return (f"{(~same).sum()} of {same.size} values differ, at {at}: the program {theirs.data[at]!r}, "
                    f"expected {value[at]!r} (spread {spread[at]:.2g}): {self.document['equations'][name]['formula']}")
        return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--models", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=10)
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path(".build/random-cases"))
    options = parser.parse_args()
    if missing := uncovered():
        sys.exit(f"add these to generate.py, and their independent evaluation to distributions.py or evaluate.py: {', '.join(missing)}")
    program, failed, refused, done = str(options.program.resolve()), 0, 0, 0
    for seed in range(options.seed, options.seed + -(-options.models // options.at_once)):
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            document, tables = scenario(seed, options.at_once)
            draws, message = run(program, folder, document, tables)
            done += options.at_once
            if draws is None:
                refused += 1
                print(f"seed {seed}: the program refuses the scenario:\n{message[:1500]}", flush=True)
                problems = [("", message)]
            else:
                check = Check(folder, draws)
                check.check()
                problems = check.problems
                failed += len({model for model, _ in problems})
                for _, problem in problems[:5]:
                    print(f"seed {seed}: {problem}", flush=True)
            if problems:
                kept = options.keep / str(seed)
                kept.mkdir(parents=True, exist_ok=True)
                for file in folder.iterdir():
                    if file.is_file():
                        (kept / file.name).write_bytes(file.read_bytes())
    print(f"{done} models in {-(-options.models // options.at_once)} scenarios: {failed} differ, {refused} scenarios refused")
    sys.exit(failed > 0 or refused > 0)


if __name__ == "__main__":
    main()
