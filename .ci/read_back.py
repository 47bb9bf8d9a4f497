"""Reads what the program writes with other tools: CSV with Python's csv, pandas and DuckDB, schemas with jsonschema,
matrices with NumPy, numbers with SciPy, descriptions of runs with rocrate.

Usage: read_back.py PATH_OF_LOADCAST, from the repository's root.
"""
import csv
import datetime
import hashlib
import json
import math
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse

import duckdb
import duckdb_extension_sqlite_scanner
import jsonschema
import numpy
import pandas
import yaml
from rocrate.rocrate import ROCrate
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


# The formats that `check_formats` compares; `.ci/check_page.py` reads the page of `html` in a browser, and
# `.ci/check_charts.py` the specifications of `vega`.
COMPARED_FORMATS = ["csv", "excel", "json", "npy", "sqlite"]
ELSEWHERE_FORMATS = ["html", "vega"]
# Formats that describe the files of the others; `check_crate` reads them.
DESCRIBING_FORMATS = ["ro-crate"]

# Every command that writes tables, with arguments; a run is compared in full by `check_files` and `check_formats`.
SCENARIO, OUTPUT = "scenarios/first-steps.yaml", "electricity"
TABLES = {
    "backtest": [SCENARIO, "--cases", "{folder}/cases.csv", "--draws", "10k"],
    "compare": ["scenarios/ai-sector.yaml", "scenarios/ai-sector-efficiency.yaml", "--draws", "10k"],
    "disclosure": [SCENARIO, "--draws", "10k"],
    "discover": [SCENARIO, "--when", f"{OUTPUT} > 100 TWh/year", "--draws", "10k"],
    "run": [SCENARIO, "--draws", "10k"],
    "sensitivity": [SCENARIO, "--draws", "10k"],
    "sweep": [SCENARIO, "--vary", "pue=1.1,1.3", "--draws", "10k"],
}
# Commands that write no tables of results but those of `run`; notebooks are run by `.ci/notebooks.py`, charts read by `.ci/check_charts.py`.
WITHOUT_TABLES = ["chart", "check", "describe", "draw", "explain", "export", "init", "merge", "migrate", "schema", "submit", "verify"]


def check_lists():
    """The lists above are the program's own commands and formats."""
    help_text = run("--help").split("SUBCOMMANDS:")[1]
    commands = re.findall(r"^  ([a-z]+)  ", help_text, re.MULTILINE)
    assert sorted([*TABLES, *WITHOUT_TABLES]) == sorted(commands), ("add the command to TABLES or WITHOUT_TABLES", commands)
    text = re.search(r"Output formats, comma-separated: (.*?)\.\s+--", " ".join(run("run", "--help").split()))[1]
    formats = re.findall(r"([\w-]+) \(", text)
    assert sorted(COMPARED_FORMATS + ELSEWHERE_FORMATS + DESCRIBING_FORMATS) == sorted(formats), ("compare the format in check_formats", formats)
    print(f"lists: {len(commands)} commands and {len(formats)} formats")


def check_commands():
    """Every table of every command has the same rows and columns for three readers, and every JSON file is JSON."""
    count = 0
    for command, arguments in TABLES.items():
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "cases.csv").write_text(
                "case,pue,observed.electricity TWh/year\nfirst,1.2,70\nsecond,1.3,90\nthird,1.1,80\n")
            out = pathlib.Path(folder) / "out"
            run(command, *[argument.format(folder=folder) for argument in arguments], "--out", str(out))
            tables = sorted(out.glob("*.csv"))
            assert tables, f"{command} writes no table"
            for path in tables:
                records = rows(path)
                # A table without rows has a header, which names its columns.
                frame = pandas.read_csv(path)
                by_duckdb = duckdb.sql(f"select * from read_csv('{path}', header=true, all_varchar=true)").df()
                with open(path, newline="", encoding="utf-8") as file:
                    header = next(csv.reader(file, strict=True))
                assert len(set(header)) == len(header), (command, path.name, header)
                assert frame.columns.tolist() == by_duckdb.columns.tolist() == header, (command, path.name)
                assert len(frame) == len(by_duckdb) == len(records), (command, path.name)
                assert all(None not in record and None not in record.values() for record in records), (command, path.name)
                count += 1
            for path in out.glob("*.json"):
                json.loads(path.read_text())
            records = [path.name for path in out.glob("*record.json")]
            assert records == ["record.json" if command == "run" else f"{command}-record.json"], (command, records)
    print(f"commands: {count} tables of {len(TABLES)} commands alike in Python, pandas and DuckDB")


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
        distance = abs(float(row["mean"]) - mean) / float(row["mean_standard_error"])
        # A normal deviate is beyond 5 standard errors once in 1.7 million times.
        assert distance < 5, (row["mean"], mean)
        draws = rows(out / "draws.csv")
        assert len(draws) == 1000 and draws[0]["draw"] == "0"
        print(f"files: read back; fleet mean {float(row['mean']):.6g}, by SciPy {mean:.6g}, {distance:.2f} standard errors")


def check_database(out):
    """The SQLite database has the tables of CSV with the same numbers, typed, for SQLite, pandas and DuckDB."""
    path = out / "results.sqlite"
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    scanner = next(pathlib.Path(duckdb_extension_sqlite_scanner.__file__).parent.rglob("*.duckdb_extension"))
    reader = duckdb.connect()
    reader.load_extension(str(scanner))
    reader.execute(f"attach '{path}' as results (type sqlite, read_only)")
    tables = {name for name, in connection.execute("select name from sqlite_schema where type = 'table'")}
    files = {file.name.removesuffix(".csv"): file for file in out.glob("*.csv")
             if file.name.count(".") == 1 and file.name != "draws.csv"}
    assert tables == set(files) | {"run", "outputs", "assumptions"}, (tables, set(files))
    count = 0
    for name, file in files.items():
        expected = rows(file)
        columns = list(expected[0]) if expected else file.read_text().strip().split(",")
        types = {column: kind for _, column, kind, *_ in connection.execute(f"pragma table_info({name})")}
        assert list(types) == columns, name
        for found in (connection.execute(f"select * from {name}").fetchall(),
                      list(pandas.read_sql(f"select * from {name}", connection).itertuples(index=False, name=None)),
                      reader.execute(f"select * from results.{name}").fetchall()):
            assert len(found) == len(expected), name
            for row, own in zip(found, expected):
                for value, (column, text) in zip(row, own.items()):
                    count += 1
                    if text == "":
                        assert value is None or value != value, (name, column, value)
                    else:
                        assert (value if types[column] == "TEXT" else float(value)) == (
                            text if types[column] == "TEXT" else float(text)), (name, column, value, text)
    types = {column: kind for _, column, kind, *_ in connection.execute("pragma table_info(summary)")}
    assert (types["year"], types["p50"], types["draws"], types["unit"]) == ("INTEGER", "REAL", "INTEGER", "TEXT"), types
    joined = connection.execute("select count(*) from summary join outputs using (output)").fetchone()[0]
    assert joined == len(rows(out / "summary.csv"))
    sourced = connection.execute("select count(*) from assumptions where source is not null").fetchone()[0]
    assert sourced > 100, sourced
    print(f"database: {count} fields of {len(files)} tables alike in SQLite, pandas and DuckDB; {sourced} sourced assumptions")


def check_formats():
    """Every format holds the same numbers, to the bit."""
    with tempfile.TemporaryDirectory() as folder:
        shown = run("run", "scenarios/ai-sector.yaml", "--draws", "20k", "--out", folder, "--json",
                    "--export-draws", "2k", "--format", ",".join(COMPARED_FORMATS))
        out = pathlib.Path(folder)
        schema = json.loads(run("schema", "--results"))
        jsonschema.Draft202012Validator.check_schema(schema)
        results = json.loads((out / "results.json").read_text())
        for document in [results, json.loads(shown)]:
            jsonschema.Draft202012Validator(schema).validate(document)
        bad = dict(results, outputs=[{"name": "x"}])
        assert not jsonschema.Draft202012Validator(schema).is_valid(bad), "the schema accepts an output without cells"

        # Figures: CSV by two readers, the spreadsheets' tables, JSON.
        plain = pandas.read_csv(out / "summary.csv")
        safe = pandas.read_csv(out / "summary.excel.csv")
        pandas.testing.assert_frame_equal(plain, safe, check_exact=True)
        by_duckdb = duckdb.sql(f"select * from read_csv('{out / 'summary.csv'}')").df()
        cells = [cell for output in results["outputs"] for cell in output["cells"]]
        assert len(plain) == len(by_duckdb) == len(cells)
        for column in ["sd", "min", "max"]:
            expected = [cell[column] for cell in cells]
            assert plain[column].tolist() == expected and by_duckdb[column].astype(float).tolist() == expected, column
        assert plain["mean"].tolist() == [cell["mean"]["value"] for cell in cells]
        quantiles = pandas.read_csv(out / "quantiles.csv")
        assert quantiles["value"].tolist() == [q["value"] for cell in cells for q in cell["quantiles"]]

        check_database(out)

        # Draws: the matrix, and the same as text.
        matrix = numpy.load(out / "draws.npy", mmap_mode="r")
        description = json.loads((out / "draws.json").read_text())
        draws = pandas.read_csv(out / "draws.csv")
        names = [column["name"] for column in description["columns"]]
        assert matrix.dtype == "<f8" and matrix.shape == (2000, len(names)) and description["rows"] == 2000
        assert draws.columns.tolist() == ["draw"] + names and draws["draw"].tolist() == list(range(2000))
        assert numpy.array_equal(draws[names].to_numpy(float), matrix, equal_nan=True)
        means = duckdb.sql(f"select avg(columns(* exclude draw)) from read_csv('{out / 'draws.csv'}')").fetchall()[0]
        # Two sums of 2000 numbers in other orders differ by less than 2000 roundings of the sum of their sizes.
        reach = 2000 * 2.0**-53 * numpy.abs(matrix).mean(axis=0)
        assert (numpy.abs(numpy.array(means, float) - matrix.mean(axis=0)) <= reach).all()
        print(f"formats: {len(cells)} cells alike in CSV (pandas, DuckDB), spreadsheets' CSV and JSON; "
              f"{matrix.size} numbers of {matrix.shape[0]} draws alike in CSV and NumPy's matrix")


def check_crate():
    """The description of a run names every file with its digest, and has what the Process Run Crate profile 0.5 demands.

    The profile's own validator fetches its rules and contexts from the network, and is not used.
    """
    with tempfile.TemporaryDirectory() as folder:
        run("run", "scenarios/ai-sector.yaml", "--draws", "1k", "--out", folder, "--quiet", "--format", "csv,vega,ro-crate")
        out = pathlib.Path(folder)
        crate = ROCrate(folder)
        root = crate.root_dataset
        assert root["conformsTo"].id == "https://w3id.org/ro/wfrun/process/0.5" and root["name"] and root["datePublished"]
        record = json.loads((out / "record.json").read_text())
        digests = {file["path"]: file["sha256"] for file in record["files"]}
        names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
        assert set(digests) == names - {"record.json"}, names.symmetric_difference(digests)
        described = {urllib.parse.unquote(entity.id): entity for entity in crate.data_entities}
        assert set(described) == names - {"ro-crate-metadata.json"}, names.symmetric_difference(described)
        for name, entity in described.items():
            data = (out / name).read_bytes()
            assert name == "record.json" or entity["sha256"] == digests[name] == hashlib.sha256(data).hexdigest(), name
            assert name == "record.json" or int(entity["contentSize"]) == len(data), name
        (action,) = [entity for entity in crate.contextual_entities if entity.type == "CreateAction"]
        assert action["instrument"].type == "SoftwareApplication" and action["instrument"]["softwareVersion"]
        assert {entity.id for entity in action["result"]} == {entity.id for entity in crate.data_entities}
        start, end = (datetime.datetime.fromisoformat(action[f"{name}Time"]) for name in ("start", "end"))
        assert start <= end and [mention.id for mention in root["mentions"]] == [action.id]
        values = {entity["name"]: entity["value"] for entity in action["object"] if entity.type == "PropertyValue"}
        assert values == {"draws": 1000, "seed": "1", "design": "sobol"}, values
        scenario = [entity for entity in action["object"] if entity.type == "CreativeWork"]
        assert [entity["sha256"] for entity in scenario] == [file["sha256"] for file in record["scenario_files"]]
        assert root["license"] and root["author"] and action["agent"], "ai-sector.yaml states a licence and creators"
    print(f"crate: {len(described)} files and the action of a Process Run Crate, read by rocrate")


check_lists()
check_crate()
check_commands()
check_schema()
check_files()
check_formats()
