"""Reads the Vega-Lite specifications and SVG files of `--format vega` and `loadcast chart`: each specification is valid
under the schema of Vega-Lite 5 and renders, each SVG is XML with a title and a description, and beside each are its data
and its source.

Usage: check_charts.py PATH_OF_LOADCAST [--pictures FOLDER], from the repository's root; --pictures keeps the renderings.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as xml

import altair
import jsonschema
import vl_convert

parser = argparse.ArgumentParser()
parser.add_argument("program", type=pathlib.Path)
parser.add_argument("--pictures", type=pathlib.Path)
ARGUMENTS = parser.parse_args()
PROGRAM = str(ARGUMENTS.program.resolve())
SCHEMA = json.loads((pathlib.Path(altair.__file__).parent / "vegalite/v5/schema/vega-lite-schema.json").read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
# Renders the same version as the schema's: v5.20.1 is 5.20.
VERSION = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, (arguments, done.returncode, done.stderr)
    return done.stdout


def check_specification(path):
    """Returns the specification, valid and rendered with marks and without a warning of missing data."""
    specification = json.loads(path.read_text())
    problems = [f"{e.json_path}: {e.message[:200]}" for e in VALIDATOR.iter_errors(specification)]
    assert not problems, (path.name, problems[:3])
    values = specification["data"]["values"]
    assert values and specification["description"] and specification["usermeta"]["source"].startswith("Source: ")
    svg = vl_convert.vegalite_to_svg(specification, vl_version=VERSION)
    tree = xml.fromstring(svg)
    assert "NaN" not in svg and "undefined" not in svg, path.name
    marks = [e for e in tree.iter() if e.get("class", "").startswith("mark-") and len(e)]
    assert marks, f"{path.name} shows nothing"
    beside = path.name.removesuffix(".vl.json")
    metadata = json.loads(path.with_name(f"{beside}.json").read_text())
    assert metadata["cite_as"] and metadata["alternative_text"] == specification["description"], path.name
    with open(path.with_name(f"{beside}.csv"), newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == len(values), path.name
    if ARGUMENTS.pictures:
        ARGUMENTS.pictures.mkdir(parents=True, exist_ok=True)
        png = vl_convert.vegalite_to_png(specification, vl_version=VERSION, scale=1.5)
        (ARGUMENTS.pictures / f"{beside}.png").write_bytes(png)
    return specification


def check_svg(path):
    tree = xml.parse(path).getroot()
    names = [child.tag.removeprefix(SVG) for child in tree][:2]
    assert names == ["title", "desc"] and all(child.text for child in list(tree)[:2]), path
    # Text of a scenario is only text: no element that runs or loads anything.
    tags = {element.tag.removeprefix(SVG) for element in tree.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "text", "g", "path", "circle"}, (path, tags)
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert not any(name.startswith("on") or "href" in name for name in attributes), (path, attributes)
    if ARGUMENTS.pictures:
        (ARGUMENTS.pictures / path.name).write_bytes(path.read_bytes())


def main():
    count = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for scenario in ["scenarios/first-steps.yaml", "scenarios/ai-sector.yaml", ".ci/hostile.yaml"]:
            out = folder / pathlib.Path(scenario).stem
            run("run", scenario, "--draws", "16k", "--format", "csv,vega", "--quiet", "--out", out)
            paths = sorted((out / "charts").glob("*.vl.json"))
            assert len(paths) >= 2, scenario
            for path in paths:
                check_specification(path)
            count += len(paths)

        sector = folder / "ai-sector"
        steps = folder / "first-steps"
        other = folder / "efficiency"
        run("run", "scenarios/ai-sector-efficiency.yaml", "--draws", "16k", "--quiet", "--out", other)
        run("sensitivity", "scenarios/first-steps.yaml", "--draws", "16k", "--method", "tornado,given-data", "--quiet", "--out", steps)
        run("sweep", "scenarios/first-steps.yaml", "--vary", "pue=1.1..1.5 in 5", "--draws", "16k", "--quiet", "--out", steps)
        run("run", "scenarios/training-run.yaml", "--draws", "16k", "--quiet", "--out", folder / "training-run")
        style = folder / "style.json"
        style.write_text(json.dumps({"background": "#fff1e5", "font": "Georgia", "range": {"category": ["#990f3d", "#0d7680"]}}))
        made = [
            ("fan", [sector, "--output", "electricity"]), ("fan80", [sector, "--output", "electricity", "--interval", "80%"]),
            ("two", [sector, other, "--output", "electricity"]), ("density", [steps, "--output", "electricity"]),
            ("comparison", [sector, "--kind", "comparison"]), ("routes", [sector, "--kind", "routes"]),
            ("drivers", [steps, "--kind", "drivers"]), ("tornado", [steps, "--kind", "tornado"]),
            ("sweep", [steps, "--kind", "sweep"]),
            ("region", [sector, "--output", "electricity_region", "--cell", "region=china"]),
        ]
        for stem, arguments in made:
            svg, vega = folder / f"{stem}.svg", folder / f"{stem}.vl.json"
            run("chart", *arguments, "--svg", svg, "--vega", vega, "--style", style)
            check_svg(svg)
            specification = check_specification(vega)
            assert specification["config"]["font"] == "Georgia", "the style is that of the file"
            count += 2
        series = {row["series"] for row in json.loads((folder / "two.vl.json").read_text())["data"]["values"]}
        assert len({s for s in series if "sector" in s.lower() or "AI" in s}) >= 2, series
    print(f"charts: {count} specifications and pictures valid under Vega-Lite {altair.SCHEMA_VERSION}, and rendered")


main()
