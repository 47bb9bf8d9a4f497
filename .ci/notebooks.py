"""Makes the shipped notebooks anew and compares every byte, holds the data packages against their descriptions with
frictionless, the notebooks against nbformat's schema, and runs them; and a stranger's scenario's likewise.

Usage: notebooks.py PATH_OF_LOADCAST, from the repository's root.
"""
import logging
import pathlib
import subprocess
import sys
import tempfile

import frictionless
import nbformat
from nbconvert.preprocessors import ExecutePreprocessor

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SHIPPED = pathlib.Path("notebooks-export")
logging.disable(logging.WARNING)

# Observations, an index that is called like a column, text that needs quoting, and numbers that are not finite.
STRANGER = r"""
title: "A \"quoted\" title, with ; and 'quotes'"
indexes: {rank: [a, NA], year: 2024..2026}
inputs:
  x: {value: "normal(10 MW, 2 MW)", source: "=cmd|' /C calc'!A0"}
  y: {over: [rank, year], value: "normal(1, 0.1)", dependence: independent}
equations:
  z: x * y
  odd: if x > 12 MW then log(0 * x / 1 MW) else 1
outputs: {z: {unit: MW, compare: reference}, odd: {}, x: {unit: MW}}
references: {reference: 9 MW to 12 MW}
evidence:
  - {observe: x, measured: "normal(11 MW, 1 MW)"}
"""


def export(scenario, folder):
    done = subprocess.run([PROGRAM, "export", "notebook", str(scenario), "--out", str(folder), "--quiet"],
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (scenario, done.stderr)


def check(folder, name):
    report = frictionless.validate(str(folder / name / "datapackage.json"))
    assert report.valid, (name, report.flatten(["type", "message"])[:5])
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=nbformat.NO_CONVERT)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), name
    nbformat.validate(notebook)
    ExecutePreprocessor(timeout=120).preprocess(notebook, {"metadata": {"path": str(folder)}})
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not any(output.output_type == "error" for output in outputs)
    said = [output.text.strip() for output in outputs if output.output_type == "stream" and "hold" in output.text]
    assert len(said) == 1, said
    pictures = sum("image/png" in output.get("data", {}) for output in outputs)
    print(f"{name}: {len(report.tasks)} tables valid; notebook of {len(notebook.cells)} cells runs: {said[0]}, {pictures} pictures")


with tempfile.TemporaryDirectory() as place:
    place = pathlib.Path(place)
    names = sorted(path.stem for path in SHIPPED.glob("*.ipynb"))
    assert len(names) >= 4
    for name in names:
        export(f"scenarios/{name}.yaml", place)
        made, shipped = ({path.relative_to(folder) for part in (name, f"{name}.ipynb", f"{name}.qmd")
                          for path in [folder / part, *(folder / part).glob("*")] if path.is_file()}
                         for folder in (place, SHIPPED))
        assert made == shipped, (name, made ^ shipped)
        for path in sorted(made):
            assert (place / path).read_bytes() == (SHIPPED / path).read_bytes(), f"{SHIPPED / path} is stale"
        check(place, name)
    (place / "stranger.yaml").write_text(STRANGER)
    export(place / "stranger.yaml", place)
    check(place, "stranger")
