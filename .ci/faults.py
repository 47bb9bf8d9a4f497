"""Lets every system call on files fail once, and kills the process there once, while a command writes its results.

Usage: faults.py PATH_OF_LOADCAST [--commands NAME,NAME] [--ways exchanged,journal] [--kills N] [--codes NAME,NAME]
[--allocations N] [--folder FOLDER], from the repository's root. The commands are `run` and `export`, or `all`.

Commands write to a folder that has an older result and files of a user. Each of their calls on files below it, or below
the folder of earlier results that they read, fails once with ENOSPC, EIO, EDQUOT, EACCES and EINTR, and the process is killed, and asked to end by SIGTERM, there once; `.ci/faults.c` is loaded
before the C library for that. In the end the folder must have all files of the old result or all of the new one, the
user's files, and, after a further command, nothing else. Results are published in two ways: folders are exchanged, or, in
the working directory, files are replaced with a journal; in the second, the further command completes what a killed one
has left. Then processes are killed at random times, and five write to one folder at once.

With --allocations N, N allocations of memory fail in each command, `check` among them, evenly spaced over all of it, once
and with all that follow (`.ci/memory_faults.c`); with --allocations all, each one. The command must end with a message and
with code 70, 71 or 74, or with the right result.
"""
import argparse
import collections
import concurrent.futures
import errno
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CODES = {"KILL": 0, "TERM": -signal.SIGTERM} | {name: getattr(errno, name) for name in ["ENOSPC", "EIO", "EDQUOT", "EACCES", "EINTR"]}
USERS = {"notes.txt": "mine", "deep/er/x.txt": "far down"}
# Files in folders, which cannot be linked: they are moved after the exchange, at the latest by the next command.
MOVED = [name for name in USERS if "/" in name]
ROOT = pathlib.Path.cwd()
SCENARIO = str(ROOT / "scenarios/first-steps.yaml")
CASES = ["--cases", str(ROOT / "scenarios/evidence/training_energy_cases.csv")]
FORMATS = ["--format", "csv,json"]
# For `draw --posterior`: the smallest scenario with evidence.
OBSERVED = """inputs: {x: 1 to 3}
evidence:
  - {observe: x, measured: 1.9 to 2.1}
outputs: {x: {}}
run: {draws: 1k}
"""
# For `migrate`: keywords of an earlier version.
OLD_WORDS = "inputs:\n  x: {value: 1 to 2, across: shared}\noutputs: {x: {}}\n"


class Command:
    """The arguments of an old result and of a new one.

    `{out}` is the folder that they write to, which otherwise follows as `--out`, `{in}` that of a copy of the files that
    `reads` names, of which the calls fail too, and `{base}` that of other files.
    """

    def __init__(self, old, new, users={}, is_single=False, has_journal=False, reads=()):
        self.old, self.new, self.reads = old, new, reads
        # True if the folder is never exchanged, because others may write to it at the same time.
        self.has_journal = has_journal
        # Further files of the user.
        self.users = users
        # True if one file appears under its name: what a killed process has left of it is removed by the same command.
        self.is_single = is_single


def draws(*words):
    """A command with two numbers of draws."""
    return Command([*words, "--draws", "2000"], [*words, "--draws", "2048"])


SHARD = ["run", SCENARIO, "--draws", "16384", "--workers", "1", "--quiet", "--out", "{out}", "--shard"]
SUBMIT = ["submit", "slurm", SCENARIO, "--draws", "1k", "--parts", "{out}", "--out", "results", "--tasks"]
CHART = ["--svg", "{out}/fan.svg", "--vega", "{out}/fan.vl.json"]
COMMANDS = {
    "run": Command(["run", SCENARIO, "--draws", "1000"], ["run", SCENARIO, "--draws", "1024", *FORMATS]),
    "export": draws("export", "notebook", SCENARIO),
    "sweep": draws("sweep", SCENARIO, "--vary", "pue=1.1..1.5 in 3"),
    "sensitivity": draws("sensitivity", SCENARIO),
    # The new result has no attribution, so that a file of the old one is removed.
    "compare": draws("compare", SCENARIO, "{base}/other.yaml"),
    "backtest": draws("backtest", str(ROOT / "scenarios/training-run.yaml"), *CASES),
    "disclosure": draws("disclosure", SCENARIO),
    "discover": draws("discover", SCENARIO, "--when", "electricity > 80 TWh/year"),
    "draw": draws("draw", SCENARIO, "--near", "p95", "--output", "electricity", "--workers", "1", "--out", "{out}"),
    # A posterior is not replaced by another one.
    "posterior": Command(
        ["init", "{out}/other.yaml"], ["draw", "{base}/observed.yaml", "--number", "0", "--posterior", "{out}"]),
    # It reads one.
    "saved": Command(
        ["run", SCENARIO, "--draws", "1000"],
        ["run", "{base}/observed.yaml", "--draws", "1000", "--posterior", "{in}/saved"], reads=["saved"]),
    "merge": Command(["merge", "{base}/old-parts"], ["merge", "{in}/new-parts", *FORMATS], reads=["new-parts"]),
    "chart": Command(
        ["chart", "{base}/old-result", *CHART], ["chart", "{in}/new-result", *CHART], has_journal=True,
        reads=["new-result"]),
    "submit": Command([*SUBMIT, "2"], [*SUBMIT, "3"], has_journal=True),
    "shard": Command([*SHARD, "2/2"], [*SHARD, "1/2"], is_single=True),
    "init": Command(["init", "{out}/other.yaml"], ["init", "{out}/scenario.yaml"], is_single=True),
    "migrate": Command(["init", "{out}/other.yaml"], ["migrate", "{out}/old.yaml"], {"old.yaml": OLD_WORDS}, is_single=True),
}
COMMANDS["compare"].new.append("--no-attribution")
# The command after each fault: the one that takes the least time, or another for a command that writes the same file.
FURTHER = ["draw", SCENARIO, "--number", "0", "--output", "electricity", "--draws", "2000", "--workers", "1", "--out", "{out}"]
FURTHER_FILE = "waterfall.csv"
AFTER_DRAW = ["export", "notebook", SCENARIO, "--draws", "1000", "--name", "further"]

parser = argparse.ArgumentParser()
parser.add_argument("program", type=pathlib.Path)
parser.add_argument("--commands", default="run,export")
parser.add_argument("--ways", default="exchanged,journal")
parser.add_argument("--kills", type=int, default=100)
parser.add_argument("--codes", default=",".join(CODES))
parser.add_argument("--allocations", type=lambda text: sys.maxsize if text == "all" else int(text), default=0)
parser.add_argument("--folder", default="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
OPTIONS = parser.parse_args()
PROGRAM = str(OPTIONS.program.resolve())
FAULTS: list[str] = []
BASE = ""


def prepare(base):
    """Files that commands read."""
    global BASE
    BASE = str(base)
    (base / "other.yaml").write_text(pathlib.Path(SCENARIO).read_text().replace("1.50)", "1.60)"))
    (base / "observed.yaml").write_text(OBSERVED)
    execute(["run", "{base}/observed.yaml", "--posterior", "{base}/saved"], base / "sampled")
    for name, draws in [("old", "1000"), ("new", "1024")]:
        execute(["run", SCENARIO, "--draws", draws], base / f"{name}-result")
        execute(["run", SCENARIO, "--draws", draws, "--shard", "1/1"], base / f"{name}-parts")


def report(fault):
    FAULTS.append(fault)
    print(fault, flush=True)


def start(arguments, folder, in_place=False, fault=None, **others):
    """Starts a command that writes to `folder`, from within it if `in_place`."""
    out = "." if in_place else str(folder)
    if not any("{out}" in word for word in arguments):
        arguments = [*arguments, "--workers", "1", "--quiet", "--out", "{out}"]
    places = {"{out}": out, "{in}": "../in" if in_place else str(folder.parent / "in"), "{base}": BASE}
    line = [PROGRAM]
    for word in arguments:
        for name, place in places.items():
            word = word.replace(name, place)
        line.append(word)
    environment = dict(os.environ) | (fault or {})
    return subprocess.Popen(line, cwd=folder if in_place else folder.parent, env=environment, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **others)


def finish(process):
    """The exit code and the messages of a command, which must end."""
    try:
        _, messages = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        _, messages = process.communicate()
        return "hangs", messages
    return process.returncode, messages


def execute(arguments, folder, **others):
    code, messages = finish(start(arguments, folder, **others))
    assert code == 0, (arguments, code, messages)


# What differs between two equal results, by the ending of the file's name.
VARYING = {
    ".json": [rb'"time": \{[^}]*\}'],
    ".part": [rb"^loadcast part .*\n", rb'"seconds" ?: ?[0-9.e-]+'],
    ".sbatch": [rb"--mem=\d+M", rb"[^ =]*/out\b"],
}


def content(folder):
    """All files by name, without the program's own hidden ones, and without times and the memory in use."""
    files = {}
    for path in sorted(folder.rglob("*")):
        is_own = any(part.startswith(".loadcast-") for part in path.relative_to(folder).parts)
        is_own |= path.name.startswith(".") and path.name.endswith(".partial")
        if path.is_file() and not path.is_symlink() and not is_own:
            text = path.read_bytes()
            for pattern in VARYING[path.suffix] if path.suffix in VARYING else []:
                text = re.sub(pattern, b"", text)
            files[str(path.relative_to(folder))] = text
    return files


def hidden(parent):
    """What the program has left in the folder or next to it, except finished variants, with which a killed sweep goes on."""
    return [str(path.relative_to(parent)) for path in parent.rglob(".*") if ".loadcast-sweep-" not in str(path)]


class Case:
    """A command, its way of publishing, and the two results between which there is nothing."""

    def __init__(self, command, in_place, base):
        self.name = f"{command}, {'in the working directory' if in_place else 'exchanged'}"
        self.in_place = in_place
        self.command = COMMANDS[command]
        self.new_arguments = self.command.new
        self.has_journal = in_place or self.command.has_journal
        self.further = AFTER_DRAW if command == "draw" else self.new_arguments if self.command.is_single else FURTHER
        self.base = base / f"{command}-{in_place}"
        self.template = self.base / "template"
        for name, text in (USERS | self.command.users).items():
            (self.template / name).parent.mkdir(parents=True, exist_ok=True)
            (self.template / name).write_text(text)
        execute(self.command.old, self.template, in_place=in_place)
        self.old = content(self.template)
        complete = self.copy("complete")
        execute(self.new_arguments, complete, in_place=in_place)
        self.new = content(complete)
        assert self.old != self.new and not hidden(complete.parent), hidden(complete.parent)

    def copy(self, name):
        folder = self.base / name / "out"
        shutil.copytree(self.template, folder)
        for name in self.command.reads:
            shutil.copytree(os.path.join(BASE, name), folder.parent / "in" / name)
        return folder

    def state(self, folder):
        """`old`, `new`, or `pending`: new, but a folder of the user has not been moved back from the old folder yet."""
        found = content(folder)
        if found == {name: text for name, text in self.new.items() if name not in MOVED}:
            return "pending"
        return "old" if found == self.old else "new" if found == self.new else "mixed"

    def check(self, folder, what, code, messages, is_killed):
        """Counts as a fault what must not be; returns the state of the folder."""
        before = self.state(folder)
        if code == 143 and "interrupted" not in messages:
            is_killed = True
        if before == "mixed" and not (self.has_journal and is_killed):
            report(f"{what}: mixed (exit code {code}): {messages}")
        if before == "pending" and (self.has_journal or not is_killed and "may still be in" not in messages):
            report(f"{what}: a folder of the user is missing (exit code {code}): {messages}")
        if not is_killed:
            if code == 0 and before != "new":
                report(f"{what}: exit code 0, but the result is {before}")
            if code == 143:
                # Slow work is ended after 0.7 seconds without a message, as by a kill.
                said = "none" if "interrupted" not in messages else "old" if re.search("no file was written\\n|are kept in", messages) else "new"
                if said not in ("none", before):
                    report(f"{what}: the result is {before}, and the message says {said}: {messages}")
            # 64 to 66 would blame the user's line or files; a folder that cannot be read is the result's.
            # An interrupted part can be continued, and what `migrate` reads is the user's, as is the folder that a chart is
            # drawn of, without the permission to read it.
            further = {"shard": 75, "migrate": 66}.get(self.name.split(",")[0])
            if code not in (0, 74, 143, further) and not (code == 66 and self.name.startswith("chart,")
                                                       and "Permission denied" in messages):
                report(f"{what}: exit code {code}: {messages}")
            if code == 74 and before in ("new", "pending") and "The new files are in" not in messages:
                report(f"{what}: the result is new, and the message does not say so: {messages}")
        code, messages = finish(start(self.further, folder, in_place=self.in_place))
        for path in [*folder.glob("further*")] + ([folder / FURTHER_FILE] if self.further == FURTHER else []):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        after = self.state(folder)
        # A killed publication with a journal is taken back, also if all its files are in place already.
        expected = ["old", "new"] if self.has_journal and is_killed else ["new"] if before == "pending" else [before]
        if self.command.is_single:
            # It has made the file, or refuses to make it twice.
            expected, code = ["new"], 0 if code == 64 else code
        if code != 0 or after not in expected:
            report(f"{what}: {before}, then {after} after a further command (exit code {code}): {messages}")
        if hidden(folder.parent):
            report(f"{what}: leftovers {hidden(folder.parent)}")
        shutil.rmtree(folder.parent)
        return after

    def inject(self, library, code, number):
        """The call that has failed or nil, the command's exit code, and the state in the end."""
        folder = self.copy(f"{code}-{number}")
        mark = self.base / f"{code}-{number}.mark"
        fault = {"LD_PRELOAD": str(library), "FAULT_ROOT": str(folder.parent), "FAULT_NUMBER": str(number),
                 "FAULT_CODE": str(CODES[code]), "FAULT_MARK": str(mark)}
        ended, messages = finish(start(self.new_arguments, folder, self.in_place, fault))
        call = mark.read_text() if mark.exists() else None
        mark.unlink(missing_ok=True)
        what = f"{self.name}: {code} at call {number} ({call})"
        return call, ended, self.check(folder, what, ended, messages, is_killed=code == "KILL" and call is not None)

    def inject_all(self, library, pool):
        for code in OPTIONS.codes.split(","):
            outcomes, number, began = collections.Counter(), 0, time.monotonic()
            while True:
                batch = list(pool.map(lambda n: self.inject(library, code, n), range(number, number + 16)))
                outcomes.update((ended, state) for call, ended, state in batch if call)
                number += sum(call is not None for call, _, _ in batch)
                if not batch[-1][0]:
                    break
            table = "; ".join(f"exit code {ended}, {state}: {n}" for (ended, state), n in sorted(outcomes.items()))
            seconds = time.monotonic() - began
            print(f"{self.name}: {code} at each of {number} calls, {seconds:.0f} s: {table}", flush=True)
            assert number > (3 if self.command.is_single else 30), "the calls are not interposed"

    def fail_allocations(self, library, pool, most):
        """Lets up to `most` allocations fail, once and with all that follow."""
        folder, counted = self.copy("counted"), self.base / "count"
        execute(self.new_arguments, folder, in_place=self.in_place,
                fault={"LD_PRELOAD": str(library), "FAULT_COUNT": str(counted)})
        allocations = int(counted.read_text())
        assert allocations > 1000, "the allocations are not interposed"
        for lasts in [False, True]:
            def fail(number):
                case = self.copy(f"allocation-{lasts}-{number}")
                ended, messages = finish(start(self.new_arguments, case, self.in_place, refusal(library, number, lasts)))
                what = f"{self.name}: allocation {number}{' and all that follow' if lasts else ''}"
                check_refusal(what, ended, messages)
                return ended, self.check(case, what, ended, messages, is_killed=ended in (70, 71))
            outcomes = collections.Counter(pool.map(fail, sample(allocations, most)))
            print_outcomes(self.name, lasts, allocations, outcomes)

    def kill_at_random(self, count):
        began = time.monotonic()
        execute(self.new_arguments, self.copy("timed"), in_place=self.in_place)
        duration = time.monotonic() - began
        outcomes = collections.Counter()
        for number in range(count):
            folder = self.copy(f"kill-{number}")
            process = start(self.new_arguments, folder, self.in_place)
            time.sleep(random.uniform(0, 1.1 * duration))
            process.send_signal(signal.SIGKILL)
            ended, messages = finish(process)
            state = self.check(folder, f"{self.name}: random kill {number}", ended, messages, is_killed=ended != 0)
            outcomes[(ended, state)] += 1
        print(f"{self.name}: {count} random kills: {dict(outcomes)}", flush=True)


def sample(count, most):
    """At most `most` of the numbers below `count`, evenly spaced."""
    return sorted({number * count // most for number in range(most)}) if most < count else range(count)


def refusal(library, number, lasts):
    return {"LD_PRELOAD": str(library), "FAULT_NUMBER": str(number)} | ({"FAULT_LASTS": "1"} if lasts else {})


def check_refusal(what, code, messages):
    """A command whose memory was refused has the right result, or ends with a message."""
    if code not in (0, 70, 71, 74):
        report(f"{what}: exit code {code}: {messages}")
    if code != 0 and "error" not in messages:
        report(f"{what}: exit code {code} without a message: {messages}")


def print_outcomes(name, lasts, count, outcomes):
    table = "; ".join(f"exit code {ended}{', ' + state if state else ''}: {n}" for (ended, state), n in sorted(outcomes.items()))
    print(f"{name}: {sum(outcomes.values())} of {count} allocations fail{' with all that follow' if lasts else ''}: {table}",
          flush=True)


def fail_allocations_of_check(library, pool, most, base):
    """The same for `check`, which writes no files."""
    counted = base / "count"
    line = [PROGRAM, "check", SCENARIO]

    def check(fault):
        return finish(subprocess.Popen(line, env=dict(os.environ) | fault, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True))
    check({"LD_PRELOAD": str(library), "FAULT_COUNT": str(counted)})
    allocations = int(counted.read_text())
    for lasts in [False, True]:
        def fail(number):
            ended, messages = check(refusal(library, number, lasts))
            check_refusal(f"check: allocation {number}{' and all that follow' if lasts else ''}", ended, messages)
            return ended, ""
        print_outcomes("check", lasts, allocations, collections.Counter(pool.map(fail, sample(allocations, most))))


def write_at_once(case, rounds):
    """Five commands write to one folder: the result is one of theirs."""
    draws = ["1000", "1024", "2000", "2048", "3000"]
    lines = [case.new_arguments[:-len(FORMATS)] + FORMATS for _ in draws]
    for line, number in zip(lines, draws):
        line[line.index("--draws") + 1] = number
    results = []
    for number, line in enumerate(lines):
        folder = case.copy(f"single-{number}")
        execute(line, folder)
        results.append(content(folder))
    for number in range(rounds):
        folder = case.copy(f"together-{number}")
        ended = [finish(process) for process in [start(line, folder) for line in lines]]
        if any(code for code, _ in ended) or content(folder) not in results or hidden(folder.parent):
            report(f"five at once, round {number}: {ended}, {sorted(content(folder))}, {hidden(folder.parent)}")
    print(f"five at once: {rounds} rounds", flush=True)


def main():
    with tempfile.TemporaryDirectory(dir=OPTIONS.folder) as base, concurrent.futures.ThreadPoolExecutor(2) as pool:
        base = pathlib.Path(base).resolve()
        library, memory = base / "faults.so", base / "memory_faults.so"
        for built in [library, memory]:
            subprocess.run(["clang", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", built,
                            ROOT / f".ci/{built.stem}.c", "-ldl"], check=True)
        prepare(base)
        if OPTIONS.allocations:
            fail_allocations_of_check(memory, pool, OPTIONS.allocations, base)
        commands = list(COMMANDS) if OPTIONS.commands == "all" else OPTIONS.commands.split(",")
        for command in commands:
            for in_place in [way == "journal" for way in OPTIONS.ways.split(",")]:
                case = Case(command, in_place, base)
                if OPTIONS.allocations:
                    case.fail_allocations(memory, pool, OPTIONS.allocations)
                    continue
                case.inject_all(library, pool)
                case.kill_at_random(OPTIONS.kills // (len(OPTIONS.ways.split(",")) * len(commands)))
                if command == "run" and not in_place:
                    write_at_once(case, rounds=10)
    print(f"{len(FAULTS)} faults")
    sys.exit(1 if FAULTS else 0)


main()
