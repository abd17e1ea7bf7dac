"""The hand-off: what engines have in common, and what Ray adds to it."""

import os
import sys

import psutil
import pytest

from pipelines.engines import BATCH, NAMES, EngineError, batches_of, engine_named, limits_of, opened
from pipelines.engines.on_ray import RayEngine, given_up, halves
from pipelines.engines.ray_cluster import ADDRESS, Cluster
from pipelines.engines.ray_safety import ask_without_token, is_loopback, listening, require_loopback
from tests.documents.hostile_work import misbehave
from tests.engines.work import needs_ray, upper_or_lose

RAY = pytest.param("ray", marks=[pytest.mark.slow, needs_ray])


def test_batches_keep_every_task_in_order() -> None:
    assert list(batches_of(range(7), 3)) == [(0, 1, 2), (3, 4, 5), (6,)]
    assert list(batches_of([], 3)) == []
    assert 25 <= BATCH <= 100


def test_an_engine_nobody_knows_is_refused_by_name() -> None:
    assert [engine_named(name) for name in NAMES] == list(NAMES)
    with pytest.raises(ValueError, match="no engine is called 'spark'; there are local, ray"):
        engine_named("spark")


def test_a_deadline_limits_wall_and_cpu_time() -> None:
    assert (limits_of(5).wall_seconds, limits_of(5).cpu_seconds) == (5, 5)
    assert limits_of(None).wall_seconds == 300


@pytest.mark.parametrize("name", ["local", RAY])
def test_every_task_has_one_outcome_whatever_becomes_of_others(name) -> None:
    tasks = ["a", "abort", "b", "raise", "hang", "c"]
    with opened(name, 2, deadline=3) as engine:
        found = {each.task: each for each in engine.run(batches_of(tasks, 2), misbehave)}
    assert {task: each.result for task, each in found.items() if each.succeeded} == {"a": "A", "b": "B", "c": "C"}
    kinds = {task: each.failure.kind for task, each in found.items() if each.failure}
    assert kinds == {"abort": "crash", "raise": "error", "hang": "wall"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_started_without_work(name) -> None:
    before = psutil.Process().children()
    with opened(name, 2) as engine:
        assert list(engine.run(batches_of([]), misbehave)) == []
        assert psutil.Process().children() == before


def test_a_lost_batch_is_halved_until_one_document_is_to_blame() -> None:
    assert halves((1, 2, 3)) == [(1,), (2, 3)]
    assert halves((1,)) == []
    assert given_up((1, 2), OSError()) == []
    [outcome] = given_up((1,), OSError())
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.message) == ("crash", "each worker that took it was lost: OSError")


def test_loopback_is_told_from_what_others_reach() -> None:
    assert [is_loopback(each) for each in ("127.0.0.1", "127.3.0.1", "::1", "::ffff:127.0.0.1")] == [True] * 4
    assert [is_loopback(each) for each in ("0.0.0.0", "::", "192.0.2.1", "::ffff:192.0.2.1")] == [False] * 4
    require_loopback({("127.0.0.1", 1)})
    with pytest.raises(EngineError, match=r"listens to other machines, at 0\.0\.0\.0:8265"):
        require_loopback({("127.0.0.1", 1), ("0.0.0.0", 8265)})


def test_without_ray_the_message_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delenv(ADDRESS, raising=False)
    with opened("ray", 1) as engine, pytest.raises(EngineError, match=r"pip install 'duizhang\[ray\]'"):
        list(engine.run([("a",)], misbehave))


@pytest.mark.slow
@needs_ray
def test_ray_on_this_machine_is_closed_to_others_and_asks_for_a_token(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    before = listening()
    cluster = Cluster(1)
    try:
        ray = cluster.connect()
        places = listening() - before
        assert len(places) > 3
        assert [place for place in places if not is_loopback(place[0])] == []
        assert ask_without_token(ray.get_runtime_context().gcs_address) == "refused"
        assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
        assert list(tmp_path.iterdir()) == [], "no token is stored"
    finally:
        cluster.close()
    assert listening() <= before


@pytest.mark.slow
@needs_ray
def test_a_document_that_takes_every_worker_with_it_is_the_only_one_lost() -> None:
    engine = RayEngine(2, limits_of(60))
    try:
        found = list(engine.run([("a", "b"), ("lose",)], upper_or_lose))
    finally:
        engine.close()
    assert sorted(each.result for each in found if each.succeeded) == ["A", "B"]
    [lost] = [each for each in found if each.failure]
    assert (lost.task, lost.failure.kind) == ("lose", "crash")
