"""Finds the program, and asks it for its own flags."""

from __future__ import annotations

import functools
import json
import os
import pathlib
import sys
import sysconfig
from dataclasses import dataclass

from loadcast._process import call
from loadcast.errors import ProgramError


def program() -> str:
    """The path of the program: LOADCAST_PROGRAM if it is set, or the one that the wheel has installed."""
    if chosen := os.environ.get("LOADCAST_PROGRAM"):
        return _usable([pathlib.Path(chosen).absolute()])
    package = pathlib.Path(__file__).parent
    user = sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user"))
    return _usable(
        [
            pathlib.Path(sysconfig.get_path("scripts")) / "loadcast",
            pathlib.Path(user) / "loadcast",
            # pip install --prefix and --target
            package.parents[3] / "bin" / "loadcast" if len(package.parents) > 3 else package / "loadcast",
            package.parent / "bin" / "loadcast",
        ]
    )


def _usable(paths: list[pathlib.Path]) -> str:
    for path in paths:
        if path.is_file() and os.access(path, os.X_OK):
            return str(path)
    looked = "\n".join(f"  {path}" for path in dict.fromkeys(paths))
    raise ProgramError(
        f"the program was not found in\n{looked}\nInstall the wheel of loadcast-engine again with {sys.executable} -m pip, "
        "or set LOADCAST_PROGRAM to the program's path"
    )


@dataclass(frozen=True)
class Flag:
    """One flag of a command."""

    name: str
    takes_value: bool
    repeats: bool
    help: str


# These belong to the package: it reads JSON, chooses the folder, writes the scenario and shows no text for people. A part of a run
# is no result.
OWN_FLAGS = {"help", "version", "json", "log", "quiet", "out", "as", "plan", "without", "shard"}


def flags(command: str) -> dict[str, Flag]:
    """The flags of a command that are settings here, by their Python names, as the program itself states them."""
    return _flags(program(), command)


@functools.cache
def _flags(path: str, command: str) -> dict[str, Flag]:
    done = call(path, [command, "--experimental-dump-help"])
    if done.code != 0:
        raise ProgramError(f"{path} does not run here: {done.messages or f'exit code {done.code}'}", code=done.code)
    found = {}
    for argument in json.loads(done.output)["command"]["arguments"]:
        if argument["kind"] == "positional":
            continue
        name = argument["preferredName"]["name"]
        if name not in OWN_FLAGS and not (command == "describe" and name == "format"):
            flag = Flag(name, argument["kind"] == "option", argument["isRepeating"], argument.get("abstract", ""))
            found[name.replace("-", "_")] = flag
    return found
