"""`loadcast.dask.run` on Dask's LocalCluster of two workers, one of which is killed with a part under way."""

from __future__ import annotations

import functools
import os
import pathlib
import subprocess
import sys

from divided.study import PATIENCE, ROOT, Failure, Study, Work

# What runs in the environment of the package, from a file: the processes of the workers import it.
SESSION = """
import os, signal, sys, threading, time

import distributed
import loadcast.dask


def kill_one(client):
    # The process of a worker that is making a part.
    while not (busy := [address for address, keys in client.processing().items() if keys]):
        time.sleep(0.05)
    time.sleep(0.5)
    process = client.run(os.getpid, workers=busy[:1])[busy[0]]
    os.kill(process, signal.SIGKILL)
    print(f"{busy[0].rsplit('/')[-1]} killed with {len(client.processing().get(busy[0], ()))} tasks", flush=True)


if __name__ == "__main__":
    scenario, draws, tasks, out = sys.argv[1:]
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        before = set(client.scheduler_info()["workers"])
        killer = threading.Thread(target=kill_one, args=(client,))
        killer.start()
        result = loadcast.dask.run(client, scenario, draws=draws, tasks=int(tasks), out=out)
        killer.join()
        print(f"{len(result.record['parts'])} parts merged")
        assert before != set(client.scheduler_info()["workers"]), "no worker was lost"
"""


@functools.cache
def environment(study: Study) -> pathlib.Path:
    """The Python of an environment with the package's wheel around the program, and Dask."""
    folder = ROOT / ".build/cluster-python"
    python, program = folder / "venv/bin/python", folder / "program"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    subprocess.run(["strip", "-o", str(program), study.program], check=True)
    subprocess.run(
        [
            str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--force-reinstall", "--no-deps",
            "./Sources/Python",
        ],
        check=True, cwd=ROOT, env={**os.environ, "LOADCAST_WHEEL_PROGRAM": str(program)},
    )  # fmt: skip
    # The versions are those of the tests of the package.
    wanted = ("distributed", "numpy", "pandas", "xarray")
    lines = (ROOT / ".ci/python-requirements.txt").read_text().split()
    subprocess.run(
        [
            str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check",
            *(line for line in lines if line.split("==")[0] in wanted),
        ],
        check=True,
    )  # fmt: skip
    return python


def check(study: Study, work: Work, tasks: int) -> str:
    """Returns the digest of the merged results."""
    python = environment(study)
    scenario, _, draws = work.arguments
    script, out = study.folder / "dask_session.py", study.folder / "dask"
    script.write_text(SESSION)
    variables = {name: value for name, value in study.environment.items() if name not in ("PYTHONPATH", "LOADCAST_PROGRAM")}
    done = subprocess.run(
        [str(python), str(script), scenario, draws, str(tasks), str(out)], cwd=ROOT, env=variables,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    if done.returncode != 0 or " killed with " not in done.stdout:
        raise Failure(f"dask: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    print(done.stdout.strip())
    return study.require("dask", work, out)
