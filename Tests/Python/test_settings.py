"""Keyword settings are the program's own flags."""
import inspect

import numpy as np
import pytest

import loadcast
from loadcast import _settings
from loadcast._program import flags

COMMANDS = ["check", "run", "sweep", "sensitivity", "compare", "discover", "disclosure", "backtest", "draw", "describe"]


@pytest.mark.parametrize("command", COMMANDS)
def test_types_are_the_flags_of_the_program(command):
    types = getattr(_settings, command.capitalize())
    assert set(types.__annotations__) == set(flags(command))
    assert set(flags(command)) <= set(inspect.signature(getattr(loadcast, command)).parameters)


def test_a_wrong_keyword_names_the_nearest(first_steps):
    with pytest.raises(loadcast.UnknownSetting, match="did you mean `draws`") as caught:
        loadcast.run(first_steps, drawz=3)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"draws": 1e6}, ["--draws=1000000"]),
        ({"draws": np.int64(5000), "seed": None}, ["--draws=5000"]),
        ({"set": {"pue": np.float64(1.25), "load_factor": "30% to 60%"}}, ["--set=pue=1.25", "--set=load_factor=30% to 60%"]),
        ({"set": ["gpus*=2", "pue=1.2"]}, ["--set=gpus*=2", "--set=pue=1.2"]),
        ({"strict": True, "exact_quantiles": False}, ["--strict"]),
        ({"format": ["html", "json"]}, ["--format=html,json"]),
        ({"set": {"pue": 1e-300}}, ["--set=pue=1e-300"]),
    ],
)
def test_values_become_words(settings, words):
    assert _settings.arguments("run", settings) == words


def test_several_values_become_one_variation():
    assert _settings.arguments("sweep", {"vary": {"pue": [1.1, 1.3]}}) == ["--vary=pue=1.1,1.3"]
    assert _settings.arguments("sweep", {"vary": {"pue": np.linspace(1, 2, 3)}}) == ["--vary=pue=1,1.5,2"]
    assert _settings.arguments("sensitivity", {"group": {"site": ["pue", "load"]}}) == ["--group=site=pue,load"]


STRANGE = [{"draws": float("nan")}, {"set": {"pue": {1, 2}}}, {"set": {"pue": object()}}, {"draws": {"a": 1}},
           {"strict": "yes"}, {"seed": float("inf")}, {"set": "pue=\0"}, {"set": "pue=\ud800"}, {"set": "pue=" + "1" * 3_000_000},
           {"set": {"": 1}}, {"set": {"pue": ""}}, {"set": {"pue": "1 = 2"}}, {"set": {"pue\nx": 1}}, {"set": {"--out=/": 1}},
           {"set": "--out=/tmp"}, {"draws": "-1"}, {"draws": 0}, {"seed": -1}, {"seed": 2**70}]


@pytest.mark.parametrize("settings", STRANGE, ids=range(len(STRANGE)))
def test_strange_values_are_usage_errors(first_steps, settings):
    with pytest.raises(loadcast.UsageError):
        loadcast.run(first_steps, **settings)


def test_settings_that_a_scenario_refuses_have_their_place(first_steps):
    with pytest.raises(loadcast.UsageError) as caught:
        loadcast.run(first_steps, set={"pu": 1.2})
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.place, diagnostic.code, diagnostic.suggestion) == ("--set", "names.unknown", "pue")
