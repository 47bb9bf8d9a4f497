"""Job arrays on a Slurm cluster: tasks that end, are told to end or are lost with their node, then the merge."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import signal
import time

from divided.slurm import Cluster, descendants
from divided.study import Failure, Study, Work


class Arrays:
    """Work that is submitted as a job array."""

    def __init__(self, cluster: Cluster, study: Study, tasks: int) -> None:
        self.cluster, self.study, self.tasks = cluster, study, tasks
        study.environment["SLURM_CONF"] = str(cluster.configuration)

    def parts(self, name: str) -> pathlib.Path:
        """The folder of parts, scripts and logs."""
        return self.study.folder / f"{name}-parts"

    def submit(self, name: str, work: Work, tasks: int | None = None) -> str:
        """Submits the array and the merge; returns what the program prints."""
        return self.study.run(
            "submit", "slurm", *work.arguments, *work.formats, "--tasks", str(tasks or self.tasks), "--time", "5", "--program",
            self.study.program, "--parts", str(self.parts(name)), "--out", str(self.study.folder / name), "--go",
        )  # fmt: skip

    def logs(self, name: str) -> str:
        """What the tasks have printed."""
        return "\n".join(f"{log.name}: {log.read_text()[-500:]}" for log in sorted(self.parts(name).glob("*.log")))

    def merged(self, name: str, work: Work) -> str:
        """Waits for the merge; returns the digest of its results."""
        self.cluster.until("the array and the merge have ended", self.cluster.release)
        folder = self.study.folder / name
        if not any(folder.glob("*record.json")):
            daemon = (self.cluster.folder / "slurmctld.log").read_text()[-6000:]
            raise Failure(f"{name}: nothing was merged\n{self.logs(name)}\n{daemon}")
        return self.study.require(name, work, folder)

    def plain(self, name: str, work: Work) -> str:
        """All tasks, then the merge."""
        self.submit(name, work)
        return self.merged(name, work)

    def sigterm(self, name: str, work: Work) -> str:
        """Tasks are told to end half way: they keep what is done, are queued again, and go on."""
        self.submit(name, work)
        self.cluster.until("a task runs", self.cluster.running)
        time.sleep(2)
        stopped = self.cluster.running()
        for job, _ in stopped:
            self.cluster.call("scancel", "--signal=TERM", job)
        found = self.merged(name, work)
        if "goes on from there" not in self.logs(name):
            raise Failure(f"{name}: no task was interrupted; stopped {stopped}\n{self.logs(name)}")
        return found

    def node_lost(self, name: str, work: Work) -> str:
        """A node dies with its tasks under way, which are made on another one."""
        self.submit(name, work)
        self.cluster.until("a task runs", self.cluster.running)
        time.sleep(0.5)
        running = self.cluster.running()
        if not running:
            raise Failure(f"{name}: no task was running")
        node = running[0][1]
        # The daemon, those of its steps and their programs die with the machine.
        for process in descendants(self.cluster.processes[node].pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.cluster.until("the node is down", lambda: any(state.startswith("down") for state in self.cluster.states()))
        found = self.merged(name, work)
        self.cluster.start_node(node)
        self.cluster.until("the node is back", lambda: self.cluster.states() == {"idle": 3})
        return found

    def session(self, name: str, work: Work, tasks: int) -> str:
        """What a user types and sees, from nothing to the report."""
        start = time.monotonic()
        words = ["loadcast submit slurm", *work.arguments, *work.formats, f"--tasks {tasks}", "--go"]
        print("$ " + " ".join(words) + "\n" + self.submit(name, work, tasks).strip())
        jobs = self.cluster.call("squeue", "-r", "-o", "%.10i %.30j %.10T %.12R").rstrip()
        print(f"$ squeue\n{jobs}")
        found = self.merged(name, work)
        folder = self.study.folder / name
        if not (folder / "report.html").exists():
            raise Failure(f"{name}: there is no report")
        print(f"$ ls {name}    # {time.monotonic() - start:.0f} s after the submission")
        parts = json.loads((folder / "record.json").read_text())["parts"]
        print("seconds of the tasks: " + ", ".join(f"{part['seconds']:.1f}" for part in parts))
        for path in sorted(folder.iterdir()):
            print(f"{path.stat().st_size:>9} {path.name}")
        return found
