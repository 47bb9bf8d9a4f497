"""A merge that is killed at many moments leaves the old results or the new ones, and the next one is whole."""

from __future__ import annotations

import contextlib
import hashlib
import pathlib
import shutil
import subprocess
import time

from divided.study import ROOT, Failure, Study, Work, digest

PARTS = 3
# Of all kills, those at the moment at which the new results take their place.
AT_EXCHANGE = 10
# The digest of a folder without files.
EMPTY = hashlib.sha256().hexdigest()[:16]

# In a folder that has just taken the place of another one; the next command removes it.
UNFINISHED = ".loadcast-publication"


def check(study: Study, work: Work, kills: int) -> str:
    """Kills the merge at moments spread evenly over its duration, every second time over results of another seed."""
    base = study.folder / "kills"
    parts, results, earlier = base / "parts", base / "results", base / "earlier"
    for number in range(1, PARTS + 1):
        study.make(work, number, PARTS, parts)
    made = digest(parts)
    other = Work(work.command, (*work.arguments, "--seed", "2"), work.formats)
    study.run(other.command, *other.arguments, *other.formats, "--out", str(earlier), "--quiet")
    old, new = digest(earlier), study.single(work)
    merge = ("merge", str(parts), *work.formats, "--out", str(results), "--quiet")
    start = time.monotonic()
    study.run(*merge)
    duration = time.monotonic() - start
    names = sorted(path.name for path in base.iterdir())
    # The folder is made first, to see that it can be written.
    states = {"absent": "absent", EMPTY: "empty", old: "old", new: "new"}
    counts = dict.fromkeys(states.values(), 0)
    for kill in range(kills):
        # The last ones come as the new results take their place, which takes too little time to be hit by chance.
        seconds = duration * (kill + 0.5) / (kills - AT_EXCHANGE) if kill < kills - AT_EXCHANGE else None
        while True:
            shutil.rmtree(results)
            if kill % 2:
                shutil.copytree(earlier, results)
            if is_killed(study, merge, results, seconds):
                break
            # It ended before: the machine is less busy than it was.
            seconds = seconds and seconds * 0.9
        found = digest(results, leaving_out=UNFINISHED) if results.exists() else "absent"
        state = states.get(found, found)
        if state not in (("old", "new") if kill % 2 else ("absent", "empty", "new")):
            raise Failure(f"merge-kills: kill {kill + 1} has left {state} after {seconds or duration:.3f} s")
        counts[state] += 1
        study.run(*merge)
        study.require(f"merge-kills, after kill {kill + 1}", work, results)
        left = sorted(path.name for path in base.iterdir())
        if left != names:
            raise Failure(f"merge-kills: left over after the merge that followed kill {kill + 1}: {left}")
    if digest(parts) != made:
        raise Failure("merge-kills: the parts have changed")
    print(f"{kills} kills over {duration:.2f} s: " + ", ".join(f"{count} {state}" for state, count in counts.items()))
    return new


def is_killed(study: Study, arguments: tuple[str, ...], results: pathlib.Path, seconds: float | None) -> bool:
    """Starts the program and kills it after some time, or as the results are replaced; false if it had ended."""
    before = results.stat().st_ino if results.exists() else None
    process = subprocess.Popen([study.program, *arguments], cwd=ROOT, env=study.environment)
    if seconds is None:
        while process.poll() is None:
            with contextlib.suppress(FileNotFoundError):
                if results.stat().st_ino != before and (results / "record.json").exists():
                    break
    else:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    process.kill()
    return process.wait() != 0
