"""Parts that are missing, cut, of another seed, or there twice."""

from __future__ import annotations

import shutil

from divided.study import Failure, Study, Work


def check(study: Study, work: Work, count: int) -> str:
    """Each is refused by a message, and the merge of what is right is that of one process."""
    parts, results = study.folder / "bad-parts", study.folder / "bad"
    for number in range(1, count + 1):
        study.make(work, number, count, parts)
    files = sorted(parts.glob("*.part"))
    merge = ("merge", str(parts), *work.formats, "--out", str(results), "--quiet")
    aside = study.folder / "aside.part"
    files[1].rename(aside)
    if f"--shard 2/{count}" not in study.run(*merge, code=66):
        raise Failure("parts: the message does not have the command of the missing part")
    shutil.copy(aside, files[1])
    with files[1].open("r+b") as file:
        file.truncate(aside.stat().st_size // 2)
    message = study.run(*merge, code=66)
    if files[1].name not in message:
        raise Failure(f"parts: the message does not name the damaged part\n{message}")
    files[1].unlink()
    other = Work(work.command, (*work.arguments, "--seed", "2"))
    study.make(other, 2, count, parts)
    message = study.run(*merge, code=66)
    if files[1].name not in message or "seed" not in message:
        raise Failure(f"parts: the message does not name the part of another seed\n{message}")
    if results.exists():
        raise Failure("parts: a merge that has failed has left results")
    shutil.copy(aside, files[1])
    shutil.copy(aside, parts / "again.part")
    study.run(*merge)
    return study.require("parts", work, results)
