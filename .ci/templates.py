#!/usr/bin/env python3
"""The scripts of `submit` for every scheduler: read by the schedulers' own readers, run as the schedulers would, and merged.

    .ci/templates.py PROGRAM

Needs the packages of .ci/templates-requirements.txt and GNU parallel. Prints a line for each scheduler with the digests of the
merged results, which are those of one process.
"""

from __future__ import annotations

import json
import pathlib
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from divided import readers, stand_ins  # noqa: E402
from divided.study import Failure, Study, Work  # noqa: E402

SCHEDULERS = ("slurm", "pbs", "htcondor", "kubernetes", "batch", "parallel", "snakemake")
# Those whose scripts repeat the parts for exact quantiles.
WITH_ROUNDS = ("slurm", "pbs", "parallel")
# Names that every shell, and every language of workflows, reads in some way of its own.
SCENARIO, PARTS, RESULTS = "it's $(a) {b} 5%.yaml", "p (q) 5%", "r $s"
WORK = {
    "run": (Work("run", (SCENARIO, "--draws", "100k")), 3),
    "one task": (Work("run", (SCENARIO, "--draws", "100k")), 1),
    "sweep": (Work("sweep", (SCENARIO, "--vary", "x=1,2,3,4")), 3),
    "backtest": (Work("backtest", (SCENARIO, "--cases", "cases.csv")), 2),
}
EXACT = Work("run", (SCENARIO, "--draws", "100k", "--exact-quantiles"))


def check(study: Study, scheduler: str) -> str:
    """Reads and runs the scripts of one scheduler."""
    found = []
    work = dict(WORK)
    if scheduler in WITH_ROUNDS:
        work["exact"] = (EXACT, 2)
    for name, (each, count) in work.items():
        for folder in (PARTS, RESULTS, ".snakemake"):
            shutil.rmtree(study.where / folder, ignore_errors=True)
        answer = json.loads(
            study.run(
                "submit", scheduler, *each.arguments, "--tasks", str(count), "--program", study.program, "--parts", PARTS,
                "--out", RESULTS, "--json",
            )  # fmt: skip
        )
        files, submission = answer["files"], answer["submission"]
        readers.read(study, files, submission)
        # The rounds of Slurm and PBS submit themselves again.
        if name == "exact" and scheduler != "parallel":
            continue
        stand_ins.run(study, scheduler, files, submission, count)
        found.append(f"{name} {study.require(f'{scheduler}, {name}', each, study.where / RESULTS)}")
    return ", ".join(found)


def main() -> int:
    """Returns 1 for a script that is wrong."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory(prefix="loadcast-templates-") as name:
        folder = pathlib.Path(name)
        where = folder / "study"
        where.mkdir()
        (where / SCENARIO).write_text(
            "title: Small\ninputs: {x: 1 to 2}\nequations: {y: x^2}\noutputs: {y: {}}\nrun: {draws: 10k}\n"
        )
        (where / "cases.csv").write_text("case,x,observed.y\na,1.1,1.2\nb,1.5,2.3\nc,1.9,3.6\n")
        study = Study(str(pathlib.Path(sys.argv[1]).resolve()), folder, where)
        for scheduler in SCHEDULERS:
            start = time.monotonic()
            try:
                found = check(study, scheduler)
            except Failure as failure:
                print(failure, file=sys.stderr)
                return 1
            print(f"{scheduler:<10} {time.monotonic() - start:4.1f} s  {found}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
