"""Scenarios as paths, texts and dicts."""
import datetime
import decimal
import os
import pathlib

import numpy as np
import pandas as pd
import pytest
import yaml

import loadcast
from loadcast import _yaml

DICT = {"title": "T", "inputs": {"a": "1 MW to 2 MW"}, "outputs": {"a": {"unit": "MW"}}, "run": {"draws": 2000}}
TABLE = {
    "title": "T",
    "indexes": {"year": [2024, 2025]},
    "inputs": {"a": {"over": "year", "table": "a.csv", "unit": "MW", "dependence": "shared"}},
    "outputs": {"a": {"unit": "MW"}},
    "run": {"draws": 2000},
}


def median(result):
    return result.table("summary")["p50"].tolist()


def test_path_text_and_dict_give_the_same_numbers(first_steps):
    text = first_steps.read_text()
    expected = median(loadcast.run(first_steps))
    assert median(loadcast.run(str(first_steps))) == expected
    assert median(loadcast.run(os.fsencode(first_steps))) == expected
    assert median(loadcast.run(text)) == expected
    assert median(loadcast.run(yaml.safe_load(text))) == expected


@pytest.mark.parametrize("name", [b"a b.yaml", b"a\nb.yaml", b"\xff\xfe.yaml", "größe-☃.yaml".encode(), b"-x.yaml", b"'\"$(x).yaml"])
def test_paths_of_any_name(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    pathlib.Path(os.fsdecode(name)).write_text(_yaml.write(DICT)[0])
    path = pathlib.Path(os.fsdecode(name))
    assert median(loadcast.run(path)) == median(loadcast.run(DICT))
    assert loadcast.run(path, out=tmp_path / os.fsdecode(name + b" out")).folder.is_dir()
    path.write_text("title: x\ninputs: {a: nromal(1, 2)}\n")
    with pytest.raises(loadcast.ScenarioError) as caught:
        loadcast.run(path)
    str(caught.value).encode(), caught.value._repr_html_().encode()


def test_a_text_reads_files_at_a_folder_and_leaves_nothing(tmp_path):
    (tmp_path / "a.csv").write_text("year,value\n2024,3\n2025,4\n")
    for scenario in (TABLE, _yaml.write(TABLE)[0]):
        assert median(loadcast.run(scenario, at=tmp_path)) == [3, 4]
        with pytest.raises(loadcast.ScenarioError):
            loadcast.run({**TABLE, "outputs": {"b": {}}}, at=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    with pytest.raises(loadcast.ScenarioError, match="there is no file `a.csv`.*(?s:.)*at=FOLDER"):
        loadcast.run(TABLE)


def test_tables_are_frames_or_sheets(tmp_path):
    frame = pd.DataFrame({"year": [2024, 2025], "value": [3, 4]})
    assert median(loadcast.run(TABLE, tables={"a.csv": frame})) == [3, 4]
    frame.to_excel(tmp_path / "a.xlsx", index=False, engine="xlsxwriter")
    assert median(loadcast.run(TABLE, tables={"a.csv": tmp_path / "a.xlsx"})) == [3, 4]
    for name in ("../a.csv", "/a.csv", "a.txt", "b/a.csv"):
        with pytest.raises(loadcast.UsageError):
            loadcast.run(TABLE, tables={name: frame})


def test_values_that_are_no_yaml_are_one_error_with_places():
    bad = {"inputs": {"a": float("nan"), "b": {1, 2}, "c": object(), ("d",): 1}, "x": ["\ud800"]}
    with pytest.raises(loadcast.ScenarioError) as caught:
        loadcast.check(bad)
    places = [diagnostic.place for diagnostic in caught.value.diagnostics]
    assert places == ["inputs.a", "inputs.b", "inputs.c", "inputs.('d',)", "x.0"]
    loop: dict = {}
    loop["a"] = loop
    with pytest.raises(loadcast.ScenarioError, match="contain itself"):
        loadcast.check(loop)


def test_yaml_says_what_the_dict_says():
    value = {
        "a": [1, 2.5, 1e300, 1e-5, True, None, -0.0], "b": "1: {x}\n\t\u2028\x85\x7f☃🌍 \\ \"", "c": {2024: "x"}, "d": {}, "e": [],
        "f": datetime.date(2025, 4, 30), "g": np.float64(2.5), "h": np.array([1, 2]), "i": range(2), "j": decimal.Decimal("0.1"),
    }
    read = yaml.safe_load(_yaml.write(value)[0])
    expected = {**value, "c": {"2024": "x"}, "f": "2025-04-30", "g": 2.5, "h": [1, 2], "i": [0, 1], "j": 0.1}
    # PyYAML follows YAML 1.1, in which 1e300 without a point is a text.
    read["a"] = [float(item) if isinstance(item, str) else item for item in read["a"]]
    assert read == expected


def test_a_mistake_in_a_dict_is_at_its_keys():
    with pytest.raises(loadcast.ScenarioError) as caught:
        loadcast.check({**DICT, "inputs": {"a": {"value": "nromal(1 MW, 2 MW)"}}})
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.place, diagnostic.suggestion) == ("inputs.a.value", "normal")


def test_a_huge_text_ends_with_an_error():
    with pytest.raises(loadcast.LoadcastError):
        loadcast.check("title: x\n" + "# filler\n" * 4_000_000)
    with pytest.raises(loadcast.LoadcastError):
        loadcast.check({"title": "x", "about": "x" * 20_000_000})


@pytest.mark.parametrize("scenario", [3, None, [1], object()])
def test_other_types_are_type_errors(scenario):
    with pytest.raises(TypeError):
        loadcast.check(scenario)
