"""The tasks of a scheduler's scripts, called as the scheduler would call them."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

import yaml

from divided.readers import expanded
from divided.study import Failure, Study


def tasks(scheduler: str, files: list[pathlib.Path], submission: list[str], count: int) -> list[tuple[list[str], dict[str, str]]]:
    """The words and the variables of each task, in the order in which they run, and of the merge."""
    part = next((file for file in files if file.name.endswith((".array.sbatch", ".array.pbs", ".part.sh"))), files[0])
    merge = next((file for file in files if ".merge." in file.name and file.suffix != ".sub"), files[-1])
    numbers = range(1, count + 1)
    if scheduler in ("parallel", "snakemake"):
        return [(["bash", "-c", "\n".join(submission)], {})]
    if scheduler == "htcondor":
        return [(["bash", str(part), str(number - 1)], {}) for number in numbers] + [(["bash", str(merge)], {})]
    if scheduler in ("slurm", "pbs"):
        name = {"slurm": "SLURM_ARRAY_TASK_ID", "pbs": "PBS_ARRAY_INDEX"}[scheduler]
        # An array of PBS has two tasks at least.
        index = [{name: str(number)} if count > 1 or scheduler == "slurm" else {} for number in numbers]
        return [(["bash", str(part)], each) for each in index] + [(["bash", str(merge)], {})]
    # The index of an array begins with 0; AWS Batch gives none to a job that is not an array.
    name = {"kubernetes": "JOB_COMPLETION_INDEX", "batch": "AWS_BATCH_JOB_ARRAY_INDEX"}[scheduler]
    index = [{name: str(number - 1)} if count > 1 or scheduler == "kubernetes" else {} for number in numbers]
    return [(command(part), each) for each in index] + [(command(merge), {})]


def command(file: pathlib.Path) -> list[str]:
    """The command of a container."""
    if file.suffix == ".yaml":
        return expanded(yaml.safe_load(file.read_text())["spec"]["template"]["spec"]["containers"][0]["command"])
    return json.loads(file.read_text())["containerOverrides"]["command"]


def run(study: Study, scheduler: str, files: list[str], submission: list[str], count: int) -> None:
    """Runs all tasks, one after the other, then the merge."""
    fakes = study.folder / "stand-ins"
    fakes.mkdir(exist_ok=True)
    (fakes / "srun").write_text('#!/bin/bash\nshift\nexec "$@"\n')
    (fakes / "srun").chmod(0o755)
    path = f"{fakes}:{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
    variables = {"PATH": path, "PBS_O_WORKDIR": str(study.where), "SLURM_CPUS_PER_TASK": "1"}
    for words, further in tasks(scheduler, [study.where / file for file in files], submission, count):
        done = subprocess.run(
            words, cwd=study.where, env={**study.environment, **variables, **further}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode != 0:
            raise Failure(f"{scheduler}: {words} ends with {done.returncode}\n{done.stdout}{done.stderr}")
