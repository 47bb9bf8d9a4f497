"""Parquet, Excel and charts, read back by other packages."""
import json
import xml.etree.ElementTree as ET
import zipfile

import pandas as pd
import pytest

import loadcast

MAGIC = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<svg"}


def test_parquet_keeps_types_and_units(result, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    result.parquet(tmp_path / "z.parquet", "summary", "z")
    fields = {field.name: field for field in parquet.read_schema(tmp_path / "z.parquet")}
    assert fields["p50"].metadata == {b"unit": b"MW"} and fields["draws"].metadata == {b"unit": b"1"}
    assert str(fields["year"].type) == "int64" and fields["year"].metadata is None
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "z.parquet"), result.table("summary", "z"))
    result.parquet(tmp_path / "all.parquet", "histogram")
    schema = parquet.read_schema(tmp_path / "all.parquet")
    assert schema.field("low").metadata == {b"unit_column": b"unit"}
    assert schema.field("density").metadata == {b"unit": b"1/(unit)"}
    assert json.loads(schema.metadata[b"loadcast"])["seed"] == 1
    result.parquet(tmp_path / "draws.parquet", "draws")
    assert parquet.read_schema(tmp_path / "draws.parquet").field("x[a,2024]").metadata == {b"unit": b"MW"}


def test_excel_has_units_sources_and_no_formula(result, tmp_path):
    pytest.importorskip("xlsxwriter")
    result.excel(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(result.tables) + 1
        for name in sheets:
            root = ET.fromstring(book.read(name))
            assert not [tag for tag in root.iter() if tag.tag.endswith("}f") or tag.tag.endswith("}hyperlink")]
    summary = loadcast.sheet(tmp_path / "a.xlsx", "summary")
    assert summary.loc[0, "p50"] == "see unit" and summary.loc[0, "draws"] == "1"
    # XlsxWriter writes 16 digits.
    written = summary["p50"][1:].astype("float64").tolist()
    assert written == pytest.approx(result.table("summary")["p50"].tolist(), rel=1e-15)
    sources = loadcast.sheet(tmp_path / "a.xlsx", "sources")
    assert "=cmd|' /C calc'!A0" in sources["source"].tolist()


def test_the_same_result_is_the_same_workbook(result, tmp_path):
    pytest.importorskip("xlsxwriter")
    for name in ("a", "b"):
        result.excel(tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_sheets_are_read_as_texts(tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    import datetime

    with xlsxwriter.Workbook(tmp_path / "in.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Sheet one")
        sheet.write_row(1, 1, ["year", "value", "seen", "note"])
        sheet.write_row(2, 1, [2025, 0.5])
        sheet.write_datetime(2, 3, datetime.datetime(2025, 4, 30))
        sheet.write_string(2, 4, "007")
        sheet.write_row(4, 1, [2026, True])
        book.add_worksheet("empty")
    frame = loadcast.sheet(tmp_path / "in.xlsx")
    assert frame.values.tolist() == [["2025", "0.5", "2025-04-30", "007"], ["2026", "true", "", ""]]
    with pytest.raises(loadcast.UsageError, match="Sheet one"):
        loadcast.sheet(tmp_path / "in.xlsx", "Sheet two")
    with pytest.raises(loadcast.UsageError, match="empty"):
        loadcast.sheet(tmp_path / "in.xlsx", "empty")
    (tmp_path / "no.xlsx").write_text("year,value\n")
    with pytest.raises(loadcast.UsageError, match="not a spreadsheet"):
        loadcast.sheet(tmp_path / "no.xlsx")
    with pytest.raises(FileNotFoundError):
        loadcast.sheet(tmp_path / "none.xlsx")


@pytest.mark.parametrize("suffix", MAGIC)
def test_charts_are_files_without_a_browser(result, tmp_path, suffix):
    pytest.importorskip("altair")
    for kind, labels in (("fan", {"rank": "NA"}), ("density", {"rank": "a", "year": 2025})):
        result.chart("z", kind, **labels).save(tmp_path / f"{kind}{suffix}")
        assert (tmp_path / f"{kind}{suffix}").read_bytes().startswith(MAGIC[suffix])


def test_a_chart_draws_the_numbers_and_escapes_the_title(result):
    pytest.importorskip("altair")
    chart = result.chart("z", rank="NA")
    specification = chart.altair.to_dict()
    values = next(iter(specification["datasets"].values()))
    expected = result.table("summary", "z").query("rank == 'NA'")
    assert [row["p50"] for row in values] == expected["p50"].tolist()
    assert specification["description"].startswith("Fan chart of z[rank=NA] by year")
    root = ET.fromstring(chart.svg())
    assert "A <b>title</b> & \"quotes\"" in "".join(root.itertext())
    assert not [tag for tag in root.iter() if tag.tag.split("}")[1] in ("script", "b", "image", "foreignObject")]
    for wrong in ({"rank": "b"}, {"colour": 1}):
        with pytest.raises(ValueError):
            result.chart("z", **wrong)
    with pytest.raises(ValueError, match="density"):
        result.chart("y", "fan")


def test_a_failed_write_keeps_the_old_file(result, tmp_path, monkeypatch):
    pytest.importorskip("xlsxwriter")
    from loadcast import workbook

    result.excel(tmp_path / "a.xlsx")
    old = (tmp_path / "a.xlsx").read_bytes()

    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(workbook, "_cell", fail)
    with pytest.raises(OSError, match="no space"):
        result.excel(tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == old and [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_verify_names_what_has_changed(tmp_path, first_steps):
    loadcast.run(first_steps, draws=10_000, out=tmp_path / "o")
    assert loadcast.verify(tmp_path / "o")["intact"]
    again = loadcast.verify(tmp_path / "o", again=True, start=first_steps.parent)["again"]
    assert again["outcome"] == "same", again
    table = tmp_path / "o" / "summary.csv"
    table.write_bytes(table.read_bytes()[:-4])
    found = loadcast.verify(tmp_path / "o")
    assert not found["intact"] and [(d["path"], d["kind"]) for d in found["differences"]] == [("summary.csv", "altered")]
    with pytest.raises(loadcast.MissingFileError):
        loadcast.verify(tmp_path / "none")
