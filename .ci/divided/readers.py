"""The scripts of `submit`, read by the schedulers' own readers where there are packages of them, and by shells."""

from __future__ import annotations

import json
import pathlib
import shlex
import subprocess
import sys

import botocore.session
import botocore.validate
import htcondor2
import kubernetes_validate
import yaml

from divided.study import Failure, Study

# The version that the manifest names as its source, and the newest one of the package.
KUBERNETES = ("1.29", kubernetes_validate.latest_version())
# A quoted dollar sign is meant (SC2016), and GNU parallel calls what is exported to it (SC2329).
SHELLCHECK = ("--shell=bash", "--severity=style", "--exclude=SC2016,SC2329")


def tool(name: str) -> str:
    """A program of the environment that runs this."""
    return str(pathlib.Path(sys.executable).parent / name)


def shell(where: str, text: str) -> None:
    """Reads a script with bash and ShellCheck."""
    for command in (["bash", "-n"], [tool("shellcheck"), *SHELLCHECK, "-"]):
        done = subprocess.run(command, input=text, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failure(f"{where}: {command[0]}: {done.stdout}{done.stderr}\n{text}")


def kubernetes(where: str, text: str) -> None:
    """Reads a manifest with the JSON schemas that Kubernetes publishes, in which unknown members are errors."""
    manifest = yaml.safe_load(text)
    for version in KUBERNETES:
        try:
            kubernetes_validate.validate(manifest, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            raise Failure(f"{where}: Kubernetes {version}: {error}") from error
    for container in manifest["spec"]["template"]["spec"]["containers"]:
        shell(where, expanded(container["command"])[-1])


def expanded(words: list[str]) -> list[str]:
    """A container's command as Kubernetes runs it, where it names no variable: `$$` stands for `$`."""
    if any("$(" in word.replace("$$", "") for word in words):
        raise Failure(f"Kubernetes would replace a variable in {words}")
    return [word.replace("$$", "$") for word in words]


def batch(where: str, text: str) -> None:
    """Reads a request with the model of the AWS API: members, types, and words of lists."""
    request = json.loads(text)
    shape = botocore.session.get_session().get_service_model("batch").operation_model("SubmitJob").input_shape
    report = botocore.validate.ParamValidator().validate(request, shape)
    if report.has_errors():
        raise Failure(f"{where}: {report.generate_report()}")
    for rule in request["retryStrategy"]["evaluateOnExit"]:
        actions = shape.members["retryStrategy"].members["evaluateOnExit"].member.members["action"].enum
        if rule["action"] not in actions:
            raise Failure(f"{where}: {rule['action']} is none of {actions}")
    shell(where, request["containerOverrides"]["command"][-1])


def htcondor(where: str, text: str) -> None:
    """Reads a submit description; the macros of its paths are expanded."""
    try:
        description = htcondor2.Submit(text)
    except ValueError as error:
        raise Failure(f"{where}: {error}\n{text}") from error
    if not (description.getQArgs() or "1").isdigit():
        raise Failure(f"{where}: queue {description.getQArgs()}")
    script = pathlib.Path(description.expand("executable"))
    if not (pathlib.Path(where).parent.parent / script).is_file():
        raise Failure(f"{where}: there is no script {script}")


def dag(study: Study, path: pathlib.Path) -> None:
    """Checks the names of a DAG of HTCondor, whose reader is in no package."""
    jobs: dict[str, str] = {}
    for line in path.read_text().splitlines():
        match shlex.split(line):
            case ["JOB", name, description] if (study.where / description).is_file():
                jobs[name] = description
            case ["PARENT", one, "CHILD", other] if one in jobs and other in jobs:
                pass
            case _:
                raise Failure(f"{path}: {line}")


READERS = {
    ".sbatch": shell, ".pbs": shell, ".sh": shell, ".yaml": kubernetes, ".json": batch, ".sub": htcondor,
}  # fmt: skip


def read(study: Study, files: list[str], submission: list[str]) -> None:
    """Reads all files of a scheduler, and the commands that submit them."""
    for name in files:
        path = study.where / name
        if reader := READERS.get(path.suffix):
            reader(str(path), path.read_text())
        elif path.suffix == ".dag":
            dag(study, path)
        # A workflow is planned and run by Snakemake itself.
        elif path.suffix != ".smk":
            raise Failure(f"nothing reads {name}")
    shell("submission", "#!/bin/bash\n" + "\n".join(submission) + "\n")
