"""A merge that is killed at many moments leaves the old results or the new ones, and the next one is whole."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import time

from divided.study import ROOT, Failure, Study, Work, digest

PARTS = 3
# The digest of a folder without files.
EMPTY = hashlib.sha256().hexdigest()[:16]


def check(study: Study, work: Work, kills: int) -> str:
    """Kills the merge at moments spread evenly over its duration: every second time over results of another seed."""
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
    for moment in range(kills):
        while True:
            shutil.rmtree(results)
            if moment % 2:
                shutil.copytree(earlier, results)
            if is_killed(study, merge, duration * (moment + 0.5) / kills):
                break
            # It ended before: the machine is less busy than it was.
            duration *= 0.9
        found = digest(results) if results.exists() else "absent"
        state = states.get(found, found)
        if state not in (("old", "new") if moment % 2 else ("absent", "empty", "new")):
            raise Failure(f"merge-kills: kill {moment + 1} has left {state} after {duration * (moment + 0.5) / kills:.3f} s")
        counts[state] += 1
        study.run(*merge)
        study.require(f"merge-kills, after kill {moment + 1}", work, results)
        left = sorted(path.name for path in base.iterdir())
        if left != names:
            raise Failure(f"merge-kills: left over after the merge that followed kill {moment + 1}: {left}")
    if digest(parts) != made:
        raise Failure("merge-kills: the parts have changed")
    print(f"{kills} kills over {duration:.2f} s: " + ", ".join(f"{count} {state}" for state, count in counts.items()))
    return new


def is_killed(study: Study, arguments: tuple[str, ...], seconds: float) -> bool:
    """Starts the program and kills it after some time; false if it had ended."""
    process = subprocess.Popen([study.program, *arguments], cwd=ROOT, env=study.environment)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait() != 0
    return False
