"""Interruption, death and company: no child is left, and commands do not disturb each other."""
import concurrent.futures
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import pytest

import loadcast
from loadcast._process import call
from loadcast._program import program

ENDLESS = "title: x\ninputs: {a: 1 to 2}\nequations: {b: exp(a) ^ 1.5}\noutputs: {b: {}}"


@pytest.fixture(autouse=True)
def interruptible():
    """A job that a shell started in the background ignores Ctrl-C, and so would these tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def has_children() -> bool:
    return bool(pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def is_alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_an_interruption_ends_the_child(tmp_path):
    timer = threading.Thread(target=lambda: wait_for(has_children) and (time.sleep(0.5), os.kill(os.getpid(), signal.SIGINT)))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        loadcast.run(ENDLESS, draws=10**11, out=tmp_path / "out")
    timer.join()
    assert not has_children() and not list(tmp_path.glob("**/*.csv"))


def test_a_killed_parent_takes_its_child_along(tmp_path):
    # Under nohup the child would ignore the signal of its terminal.
    hangs_up = "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL)"
    code = f"{hangs_up}; from loadcast._process import call; call('/bin/sh', ['-c', 'echo $$ >{tmp_path}/pid; exec sleep 300'])"
    parent = subprocess.Popen([sys.executable, "-c", code], env=os.environ)
    try:
        assert wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())
        child = int((tmp_path / "pid").read_text())
        assert is_alive(child)
    finally:
        parent.kill()
        parent.wait()
    assert wait_for(lambda: not is_alive(child))


def test_a_killed_child_is_an_error():
    def kill():
        children = pathlib.Path(f"/proc/self/task/{os.getpid()}/children")
        if wait_for(has_children):
            time.sleep(0.3)
            os.kill(int(children.read_text().split()[0]), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(loadcast.InterruptedRun, match="SIGKILL"):
        loadcast.run(ENDLESS, draws=10**11)
    killer.join()


def test_progress_is_that_of_the_program():
    shares = []

    def stop(share):
        shares.append(share)
        if len(shares) == 3:
            raise RuntimeError("seen enough")

    folder = pathlib.Path(os.environ.get("TMPDIR", "/tmp")) / f"loadcast-progress-{os.getpid()}"
    folder.mkdir()
    try:
        (folder / "s.yaml").write_text(ENDLESS)
        with pytest.raises(RuntimeError, match="seen enough"):
            call(program(), ["run", str(folder / "s.yaml"), "--draws=100000000000", f"--out={folder / 'out'}", "--json"], stop)
    finally:
        subprocess.run(["rm", "-r", str(folder)], check=True)
    assert all(0 <= share <= 1 for share in shares) and not has_children()


def test_several_runs_at_once(first_steps, tmp_path):
    def run(seed):
        out = tmp_path / "same" if seed % 2 else None
        return loadcast.run(first_steps, seed=seed, draws=20_000, out=out).data["outputs"][0]["cells"][0]["mean"]["value"]

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        means = list(pool.map(run, range(1, 9)))
    assert means == [run(seed) for seed in range(1, 9)]


def test_much_output_and_many_messages_do_not_block():
    done = call("/bin/sh", ["-c", "yes | head -c 3000000; yes | head -c 3000000 >&2; exit 5"])
    assert (done.code, len(done.output), len(done.messages)) == (5, 3_000_000, 2_999_999)


def test_the_plain_locale(first_steps):
    code = (
        "import loadcast, sys\n"
        "scenario = {'title': 'größe ☃', 'inputs': {'a': '1 to 2'}, 'outputs': {'a': {}}}\n"
        "print(ascii(loadcast.run(scenario, draws=2000).title))\n"
        "try: loadcast.run({**scenario, 'inputs': {'a': 'größe(1)'}})\n"
        "except loadcast.ScenarioError as error: print(error)\n"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONUTF8"))}
    done = subprocess.run([sys.executable, "-c", code], env={**environment, "LC_ALL": "C"}, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert "'gr\\xf6\\xdfe \\u2603'" in done.stdout.decode() and "inputs.a" in done.stdout.decode()


def test_the_version_is_that_of_the_program():
    if loadcast.__version__ == "0":
        pytest.skip("not installed")
    assert call(program(), ["--version"]).output.decode().split()[-1] == loadcast.__version__
