"""Results as frames, arrays, draws and pages."""
import copy
import csv
import gc
import html

import numpy as np
import pandas as pd
import pytest

import loadcast


def rows(result, name):
    with open(result.folder / f"{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_types_of_columns(result):
    frame = result.table("summary")
    types = frame.dtypes.astype(str).to_dict()
    assert (types["output"], types["rank"], types["year"], types["p50"], types["draws"]) == (
        "category", "category", "Int64", "float64", "int64")
    z = result.table("summary", "z")
    assert z["year"].dtype == "int64" and z["year"].tolist() == [2024, 2025, 2026] * 2
    assert z["rank"].tolist() == ["a"] * 3 + ["NA"] * 3
    assert "year" not in result.table("summary", "y")
    assert z.attrs["unit"] == "MW" and z.attrs["units"]["p50"] == "MW" and z.attrs["units"]["draws"] == "1"
    assert frame.attrs["units"] == {"z": "MW", "high": "1", "y": "1"} and frame.attrs["draws"] == 10_000


def test_every_cell_is_that_of_the_file(result):
    for name in result.tables:
        if name == "draws":
            continue
        frame, expected = result.table(name), rows(result, name)
        assert len(frame) == len(expected) and list(frame.columns) == list(expected[0])
        for column in frame.columns:
            for value, cell in zip(frame[column], (row[column] for row in expected), strict=True):
                if cell == "":
                    assert pd.isna(value)
                elif isinstance(value, str):
                    assert value == cell
                else:
                    assert float(value) == float(cell)


def test_arrays_have_the_numbers_of_the_tables(result):
    data = result.xarray()
    for _, row in result.table("quantiles", "z").iterrows():
        cell = data["z"].sel(rank=row["rank"], year=row["year"], probability=row["probability"])
        assert cell.item() == row["value"]
    assert data["z"].attrs["unit"] == "MW" and data["z"].attrs["formula"] == "x * y"
    assert data["year"].dtype == np.int64 and data["y"].attrs["source"] == "<script>window.hacked = 1</script>"
    summary = result.xarray("summary")
    assert summary["z"].sel(rank="NA", year=2025, statistic="mean").item() == result.table("summary", "z")["mean"][4]
    with pytest.raises(ValueError):
        result.xarray("nothing")


def test_draws_are_mapped_and_named(result):
    draws = result.draws()
    assert isinstance(draws.matrix, np.memmap) and draws.matrix.shape == (1000, len(draws.names))
    assert not (result.folder / "draws.csv").exists()
    y, z = draws["y"], draws["z"]
    assert z.shape == (1000, 6)
    np.testing.assert_allclose(z, draws["x"] * y[:, None], rtol=1e-14)
    np.testing.assert_array_equal(draws["z[NA,2025]"], result.xarray("draws")["z"].sel(rank="NA", year=2025))
    assert np.mean(draws) == draws.matrix.mean()
    assert draws.frame().attrs["units"]["x[a,2024]"] == "MW"
    with pytest.raises(KeyError):
        draws["nothing"]


def test_the_folder_lives_as_long_as_the_result(text, tmp_path):
    run = loadcast.run(text, export_draws=10)
    folder, draws, frame = run.folder, run.draws(), run.table("summary")
    assert folder.is_dir()
    del run
    gc.collect()
    assert not folder.parent.exists() and np.isfinite(draws.matrix).all() and len(frame) == 8
    with loadcast.run(text) as run:
        assert run.folder.is_dir()
    assert not run.folder.exists()
    kept = loadcast.run(text, out=tmp_path / "kept")
    kept.close()
    assert (tmp_path / "kept/summary.csv").is_file()
    with pytest.raises(TypeError, match="out="):
        copy.deepcopy(kept)


def test_missing_things_are_named(result, text):
    with pytest.raises(KeyError, match="summary"):
        result.table("sumary")
    with pytest.raises(KeyError, match="high"):
        result.table("summary", "zz")
    with pytest.raises(FileNotFoundError, match="export_draws"):
        loadcast.run(text).draws()
    with pytest.raises(ValueError, match="run\\(\\)"):
        loadcast.check(text).report()


def test_the_report_is_sandboxed(result):
    report = result.report()
    shown = report._repr_html_()
    assert shown.startswith('<iframe sandbox="" ') and shown.count("<") == 2  # the frame's own tags
    assert html.unescape(shown.split('srcdoc="')[1].removesuffix('"></iframe>')) == report.html
    assert "A &lt;b&gt;title&lt;/b&gt;" in report.html


def test_a_result_in_a_notebook_has_no_foreign_tags(result):
    shown = result._repr_html_()
    assert "A &lt;b&gt;title&lt;/b&gt; &amp; &quot;quotes&quot;" in shown and "<script" not in shown
    assert "<Result of run" in repr(result)


def test_a_changed_scenario_has_no_report_of_the_old_one(tmp_path, text):
    path = tmp_path / "s.yaml"
    path.write_text(text)
    run = loadcast.run(path)
    path.write_text(text.replace("1 to 2", "1 to 3"))
    with pytest.raises(ValueError, match="has changed"):
        run.report()


def test_the_other_commands(first_steps, tmp_path):
    sweep = loadcast.sweep(first_steps, vary={"pue": [1.1, 1.3]}, draws=10_000).table("sweep")
    assert sweep["variant"].tolist() == [0, 1, 2] and sweep["pue"].dtype == "float64"
    indices = loadcast.sensitivity(first_steps, method="given-data", draws=10_000).table("indices")
    assert set(indices["input"]) == {"accelerators", "server_power", "load_factor", "pue"}
    assert indices["distinguishable"].dtype == bool
    compared = loadcast.compare(first_steps, set_b={"pue": 1.2}, draws=10_000)
    assert compared.record["draws"] == 10_000 and "pue" in set(compared.table("attribution")["part"])
    assert len(loadcast.discover(first_steps, when="electricity > 100 TWh/year", draws=10_000).table("boxes"))
    order = loadcast.disclosure(first_steps, draws=10_000).table("disclosure_order")
    assert order["inputs"][0] == "load_factor"
    draw = loadcast.draw(first_steps, number=5, output="electricity", draws=10_000)
    assert list(draw.tables) == ["values", "waterfall"] and draw.table("values")["name"].tolist()[-1] == "electricity"
    described = loadcast.describe(first_steps, set={"pue": 1.2})
    assert described.table("inputs")["value"][3] == "1.2" and described.data["equations"]
    assert loadcast.check(first_steps).data["estimate"]["draws"] == 1_000_000
