"""What the tests of the Python package share."""
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# An index that is called like a column, labels that look like missing values, a condition, text that must be escaped.
TEXT = r"""
title: "A <b>title</b> & \"quotes\""
indexes: {rank: [a, NA], year: 2024..2026}
inputs:
  x: {over: [rank, year], value: "normal(10 MW, 2 MW)", source: "=cmd|' /C calc'!A0", dependence: independent}
  y: {value: 1 to 2, source: "<script>window.hacked = 1</script>"}
equations:
  z: x * y
  high: y > 1.5
outputs: {z: {unit: MW, compare: reference}, high: {}, y: {}}
references: {reference: 9 MW to 12 MW}
run: {draws: 10k}
"""


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def first_steps() -> pathlib.Path:
    return ROOT / "scenarios/first-steps.yaml"


@pytest.fixture(scope="session")
def result():
    import loadcast

    return loadcast.run(TEXT, export_draws=1000)
