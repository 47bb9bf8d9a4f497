"""Slurm's daemons on this machine: munged, slurmctld and three slurmd, on loopback ports."""

from __future__ import annotations

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import time

from divided.study import PATIENCE, ROOT, Failure

NODES = ("n1", "n2", "n3")
# Seconds after which a requeued task may start again.
HOLD = 5


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def descendants(process: int) -> list[int]:
    """A process and all that it has started, oldest first."""
    parents: dict[int, list[int]] = {}
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            # proc(5): the parent is the second field after the name, which is in parentheses.
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(entry.name))
    found = [process]
    for each in found:
        found += parents.get(each, [])
    return found


def with_variable(text: str) -> list[int]:
    """The processes that were started with a variable in their environment, but for this one."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if text.encode() in (entry / "environ").read_bytes().split(b"\0") and int(entry.name) != os.getpid():
                found.append(int(entry.name))
    return found


class Cluster:
    """Slurm's daemons, which end with the object."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.held: dict[str, float] = {}
        self.environment = {**os.environ, "SLURM_CONF": str(folder / "slurm.conf")}
        self.configuration = folder / "slurm.conf"
        self.configure()

    def configure(self) -> None:
        """Writes the configuration."""
        folder = self.folder
        ports = free_ports(1 + len(NODES))
        name = socket.gethostname()
        nodes = "\n".join(
            f"NodeName={node} NodeHostname={name} NodeAddr=127.0.0.1 Port={port} CPUs=2 RealMemory=8000"
            for node, port in zip(NODES, ports[1:])
        )
        for part in ("state", "spool", "munge"):
            (folder / part).mkdir()
        (folder / "munge").chmod(0o711)
        # https://slurm.schedmd.com/slurm.conf.html
        self.configuration.write_text(
            f"""ClusterName=loadcast
SlurmctldHost={name}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=bf_interval=2
SlurmdTimeout=10
ReturnToService=2
MaxArraySize=100001
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/%n.log
{nodes}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""
        )

    def begin(self) -> None:
        """Starts the daemons and waits for the nodes."""
        folder = self.folder
        key = folder / "munge/key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        munge = folder / "munge"
        self.start(
            "munged", "munged", "--foreground", "--force", f"--key-file={key}", f"--socket={munge}/socket",
            f"--pid-file={munge}/pid", f"--log-file={munge}/log", f"--seed-file={munge}/seed",
        )
        self.until("munged answers", lambda: (munge / "socket").exists())
        self.start("slurmctld", "slurmctld", "-D")
        for node in NODES:
            self.start_node(node)
        self.until("the nodes are idle", lambda: self.states() == {"idle": 3})

    def start(self, name: str, *command: str) -> None:
        log = (self.folder / f"{name}.out").open("wb")
        self.processes[name] = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )

    def start_node(self, node: str) -> None:
        (self.folder / f"spool/{node}").mkdir(exist_ok=True)
        self.start(node, "slurmd", "-D", "-N", node)

    def stop(self) -> None:
        """Ends the daemons, and what the nodes have started."""
        for process in reversed(self.processes.values()):
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        # A daemon's steps outlive it for some seconds, or for ever where it was killed.
        for process in with_variable(f"SLURM_CONF={self.configuration}"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def call(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE
        )
        return done.stdout

    def states(self) -> dict[str, int]:
        states: dict[str, int] = {}
        for state in self.call("sinfo", "-h", "-N", "-o", "%T").split():
            states[state] = states.get(state, 0) + 1
        return states

    def running(self) -> list[tuple[str, str]]:
        """The running tasks with their nodes."""
        lines = self.call("squeue", "-h", "-r", "-t", "running", "-o", "%i %N").splitlines()
        return [(words[0], words[1]) for words in map(str.split, lines) if len(words) == 2 and "_" in words[0]]

    def until(self, what: str, isDone, seconds: float = PATIENCE) -> None:  # noqa: N803
        end = time.monotonic() + seconds
        while not isDone():
            if time.monotonic() > end:
                logs = [self.folder / "slurmctld.log", *(self.folder / f"{node}.log" for node in NODES)]
                tails = "\n".join(f"{log.name}: {''.join(log.open().readlines()[-15:])}" for log in logs if log.exists())
                raise Failure(f"waited too long until {what}\n{self.call('squeue')}{self.call('sinfo', '-N', '-l')}{tails}")
            time.sleep(0.2)

    def release(self) -> bool:
        """Shortens the hold of requeued tasks, which is two minutes; returns whether no job is left."""
        jobs = self.call("squeue", "-h", "-r", "-o", "%i %r").splitlines()
        for line in jobs:
            job, _, reason = line.partition(" ")
            if reason not in ("BeginTime", "JobHeldAdmin", "JobHeldUser"):
                self.held.pop(job, None)
            # Earlier, the script of the first attempt may not have ended yet.
            elif time.monotonic() - self.held.setdefault(job, time.monotonic()) > HOLD:
                self.call("scontrol", "release", job)
                self.call("scontrol", "update", f"JobId={job}", "StartTime=now")
        return not jobs
