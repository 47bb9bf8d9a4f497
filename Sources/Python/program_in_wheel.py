"""A build hook that puts the program into the wheel, as the command `loadcast` of the environment.

LOADCAST_WHEEL_PROGRAM is the absolute path of the program. Hatchling passes no `--config-setting` to hooks.
"""
from __future__ import annotations

import os
import pathlib
import re
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# The glibc that wheels promise at least, that of RHEL 9. A program that asks for a newer one gets that one in its tag.
OLDEST_GLIBC = 34
MACHINES = {0x3E: "x86_64", 0xB7: "aarch64"}


def wheel_tag(program: bytes) -> str:
    """The wheel's tag: the machine in the header of the ELF file, and the newest glibc among its symbol versions."""
    if program[:6] != b"\x7fELF\x02\x01":
        raise SystemExit("LOADCAST_WHEEL_PROGRAM is not a 64-bit program for Linux")
    machine = MACHINES.get(int.from_bytes(program[18:20], "little"))
    if machine is None:
        raise SystemExit("LOADCAST_WHEEL_PROGRAM is a program for neither x86_64 nor aarch64")
    glibc = max((int(minor) for minor in re.findall(rb"\0GLIBC_2\.(\d+)(?=[.\0])", program)), default=OLDEST_GLIBC)
    return f"py3-none-manylinux_2_{max(glibc, OLDEST_GLIBC)}_{machine}"


class ProgramInWheel(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the program, its licences and the tag of its machine to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is written; an editable install uses the program that LOADCAST_PROGRAM names."""
        if version == "editable":
            return
        path = pathlib.Path(os.environ.get("LOADCAST_WHEEL_PROGRAM", ""))
        if not path.is_absolute() or not path.is_file():
            raise SystemExit(f"LOADCAST_WHEEL_PROGRAM must be the absolute path of the program, and is `{path}`")
        root = pathlib.Path(self.root).parents[1]
        build_data["pure_python"] = False
        build_data["tag"] = wheel_tag(path.read_bytes())
        build_data["shared_scripts"][str(path)] = "loadcast"
        licences = {"LICENSE": root / "LICENSE", "SobolNumbers.txt": root / "Sources/CSobolNumbers/LICENSE.txt"}
        licences |= {text.name: text for text in (root / ".github/licences").glob("*.txt")}
        for name, text in sorted(licences.items()):
            build_data["extra_metadata"][str(text)] = f"licenses/{name}"
