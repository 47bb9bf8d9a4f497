"""The work that the checks divide, and the digest of its results in one process."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Nothing here takes longer than this many seconds, also on a busy machine.
PATIENCE = 300
# What a record says of the machine and the moment, not of the results; only merged results have parts.
VOLATILE = ("arguments", "parts", "system", "time", "workers")


class Failure(Exception):
    """A check that failed."""


@dataclasses.dataclass(frozen=True)
class Work:
    """A command, by the arguments that `submit` takes as well, and the formats of its merged results."""

    command: str
    arguments: tuple[str, ...]
    formats: tuple[str, ...] = ()


class Study:
    """The program, and a folder for all that it writes."""

    def __init__(self, program: str, folder: pathlib.Path, where: pathlib.Path = ROOT) -> None:
        self.program, self.folder, self.where = program, folder, where
        self.environment = dict(os.environ)
        self.digests: dict[Work, str] = {}

    def run(self, *arguments: str, code: int = 0, before: tuple[str, ...] = (), **variables: str) -> str:
        """Runs the program, behind further words and with further variables of the environment.

        Returns what it prints, and fails with another exit code than `code`.
        """
        done = subprocess.run(
            [*before, self.program, *arguments], cwd=self.where, env={**self.environment, **variables},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
        if done.returncode != code:
            raise Failure(f"{' '.join(arguments)}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def single(self, work: Work) -> str:
        """The digest of the results that one process writes."""
        if work not in self.digests:
            folder = self.folder / f"single-{len(self.digests)}"
            self.run(work.command, *work.arguments, *work.formats, "--out", str(folder), "--quiet")
            self.digests[work] = digest(folder)
        return self.digests[work]

    def make(self, work: Work, number: int, count: int, parts: pathlib.Path, **settings: str | tuple[str, ...]) -> None:
        """Makes a part; `settings` are those of `run`."""
        shard = ("--shard", f"{number}/{count}", "--out", str(parts), "--quiet")
        self.run(work.command, *work.arguments, *shard, **settings)  # type: ignore[arg-type]

    def require(self, name: str, work: Work, folder: pathlib.Path) -> str:
        """The digest of merged results, which must be that of one process."""
        found, expected = digest(folder), self.single(work)
        if found != expected:
            raise Failure(f"{name}: the merged files differ from those of one process: {found}, not {expected}")
        return found


def digest(folder: pathlib.Path, leaving_out: str = "") -> str:
    """A digest of all files of a folder of results, but for one of a certain name."""
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name == leaving_out:
            continue
        data = path.read_bytes()
        if path.name.endswith("record.json"):
            record = json.loads(data)
            data = json.dumps({key: record[key] for key in sorted(record) if key not in VOLATILE}).encode()
        total.update(f"{path.name} {hashlib.sha256(data).hexdigest()}\n".encode())
    return total.hexdigest()[:16]
