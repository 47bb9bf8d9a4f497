"""Each way in which a command fails has its exception; hostile texts stay texts."""
import os
import pickle

import pytest

import loadcast
from loadcast import errors

BAD = """title: x
inputs:
  a: {value: "nromal(1, 2)"}
  "<img src=x onerror=alert(1)>\\u001b[31m\\u202e": 1
outputs: {b: {}}
"""


def test_all_mistakes_have_code_place_message_and_suggestion(tmp_path):
    (tmp_path / "s.yaml").write_text(BAD)
    for scenario in (BAD, tmp_path / "s.yaml"):
        for function in (loadcast.check, loadcast.run, loadcast.describe, loadcast.sensitivity):
            with pytest.raises(loadcast.ScenarioError) as caught:
                function(scenario)
            found = caught.value.diagnostics
            first = next(d for d in found if d.code == "distributions.unknown")
            assert len(found) >= 3 and (first.line, first.column, first.suggestion) == (3, 15, "normal")
            assert first.text == '  a: {value: "nromal(1, 2)"}' and first.place.endswith(":3:15")
            assert "  a: {value: \"nromal(1, 2)\"}\n" + " " * 16 + "^^^^^^" in str(caught.value)


def test_hostile_texts_neither_run_nor_control_the_terminal():
    with pytest.raises(loadcast.ScenarioError) as caught:
        loadcast.check(BAD)
    shown, page = str(caught.value), caught.value._repr_html_()
    assert "<img src=x" in shown and "<img" not in page and "&lt;img src=x onerror" in page
    for text in (shown, page):
        assert "\x1b" not in text and "\u202e" not in text


def test_errors_can_be_sent_between_processes():
    with pytest.raises(loadcast.ScenarioError) as caught:
        loadcast.check(BAD)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert str(copy) == str(caught.value) and copy.diagnostics == caught.value.diagnostics


def test_exit_codes(tmp_path, first_steps):
    with pytest.raises(loadcast.MissingFileError) as missing:
        loadcast.run(tmp_path / "none.yaml")
    assert isinstance(missing.value, FileNotFoundError) and missing.value.code == 66
    with pytest.raises(loadcast.OutputError) as output:
        loadcast.run(first_steps, out="/proc/nowhere", draws=10_000)
    assert output.value.code == 74 and "/proc/nowhere" in str(output.value)
    with pytest.raises(loadcast.MemoryRefused) as refused:
        loadcast.run(first_steps, memory="1K")
    assert refused.value.code == 71 and refused.value.diagnostics[0].code == "run.memory"
    with pytest.raises(loadcast.NoFiniteDraw) as none:
        loadcast.run("title: x\ninputs: {a: 1 to 2}\nequations: {b: log(a - 1000)}\noutputs: {b: {}}", draws=2000)
    assert none.value.result.table("summary")["non_finite"].tolist() == [2000] and "no draw of `b`" in str(none.value)


def test_every_documented_exit_code_has_a_class():
    assert set(errors.BY_EXIT_CODE) - {126, 127} == {3, 64, 65, 66, 69, 71, 74, 129, 130, 143}


def test_warnings_are_warnings():
    with pytest.warns(loadcast.ScenarioWarning, match="nothing uses the input `b`"):
        loadcast.run("title: x\ninputs: {a: 1 to 2, b: 3}\noutputs: {a: {}}", draws=2000)


def test_a_missing_or_foreign_program_is_named(tmp_path, monkeypatch, first_steps):
    monkeypatch.setenv("LOADCAST_PROGRAM", str(tmp_path / "none"))
    with pytest.raises(loadcast.ProgramError, match="the program was not found in"):
        loadcast.run(first_steps)
    (tmp_path / "other").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(60))
    os.chmod(tmp_path / "other", 0o755)
    monkeypatch.setenv("LOADCAST_PROGRAM", str(tmp_path / "other"))
    with pytest.raises(loadcast.ProgramError, match="does not run here"):
        loadcast.run(first_steps)


def test_a_notebook_shows_the_lines_of_the_caller_only():
    with pytest.raises(loadcast.ScenarioError) as caught:
        loadcast.check(BAD)
    lines = "\n".join(caught.value._render_traceback_())
    assert "loadcast.check(BAD)" in lines and "commands.py" not in lines and "\x1b" not in lines
