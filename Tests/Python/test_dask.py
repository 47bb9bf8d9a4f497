"""`loadcast.dask`: parts on the workers of a cluster, merged to the bytes of the single run."""
import os
import pathlib
import signal
import threading
import time

import pytest

import loadcast
import loadcast.dask

distributed = pytest.importorskip("distributed")
TABLES = ("summary.csv", "quantiles.csv", "histogram.csv", "comparisons.csv")


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def same(one: pathlib.Path, other: pathlib.Path) -> None:
    for name in TABLES:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_the_files_are_those_of_the_single_run(client, first_steps, tmp_path):
    single = loadcast.run(first_steps, draws="300k", set={"pue": 1.1}, out=tmp_path / "single")
    result = loadcast.dask.run(client, first_steps, tasks=5, draws="300k", set={"pue": 1.1}, out=tmp_path / "dask")
    same(tmp_path / "single", tmp_path / "dask")
    assert result.table("summary").equals(single.table("summary"))
    assert len(result.record["parts"]) == 5
    assert "report" in str(result.report()) or result.report()


def test_a_worker_that_is_killed_is_done_without(client, first_steps, tmp_path):
    pids = list(client.run(os.getpid).values())
    killer = threading.Thread(target=lambda: (time.sleep(0.5), os.kill(pids[0], signal.SIGKILL)))
    killer.start()
    result = loadcast.dask.run(client, first_steps, tasks=8, draws="200M", out=tmp_path / "dask")
    killer.join()
    loadcast.run(first_steps, draws="200M", out=tmp_path / "single")
    same(tmp_path / "single", tmp_path / "dask")
    assert result.record["draws"] == 200_000_000


def test_errors_are_those_of_a_run(client, tmp_path):
    with pytest.raises(loadcast.UsageError):
        loadcast.dask.run(client, "title: a\ninputs: {x: 1}\n", tasks=2)
    with pytest.raises(loadcast.UsageError):
        loadcast.dask.run(client, "a.yaml", tasks=0)
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: Bad\ninputs: {x: 1 to 2}\nequations: {y: x * z}\noutputs: {y: {}}\n")
    with pytest.raises(loadcast.ScenarioError) as caught:
        loadcast.dask.run(client, bad, tasks=2, retries=0)
    assert caught.value.diagnostics[0].code == "names.unknown"
