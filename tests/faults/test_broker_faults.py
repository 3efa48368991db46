"""Kafka is away or stands still: calls are taken, facts wait in the outbox and leave in order afterwards (X16)."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local.process import is_alive
from shared.testing.system import RunningSystem
from tests.faults.desk import QUESTION, Desk
from tests.faults.parts import in_order, kill, number, pids, rows, stopped, told, wait_for

pytestmark = [
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.timeout(400),
]

CALLS = 40
AWAY_S = 15.0
ANSWER_S = 3.0
PAUSE_S = 0.01
GROWTH_MB = 60
UNSENT = "SELECT count(*) FROM kernel.outbox"
FACTS = """
SELECT event_id::text AS id, aggregate_id::text AS about FROM kernel.event
WHERE topic = 'intake.cases' AND aggregate_id::text = ANY($1)
"""


def memory_mb(pid: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def take_calls(desk: Desk) -> tuple[list[str], float]:
    """Cases with three or more facts each, and the slowest answer."""
    cases, slowest = [], 0.0
    for _ in range(CALLS):
        began = time.monotonic()
        case_id = desk.register(QUESTION)
        desk.note(case_id)
        desk.note(case_id)
        slowest = max(slowest, (time.monotonic() - began) / 3)
        cases.append(case_id)
    return cases, slowest


@contextmanager
def talking(desk: Desk, cases: list[str]) -> Iterator[None]:
    """Facts about the cases come all the time, so that whatever happens in the block happens in the middle of some."""
    enough = threading.Event()

    def talk() -> None:
        while not enough.is_set():
            for case_id in cases:
                desk.note(case_id)
                if enough.wait(PAUSE_S):
                    return

    with ThreadPoolExecutor(1) as thread:
        talk_of = thread.submit(talk)
        try:
            yield
        finally:
            enough.set()
        talk_of.result()


def check(system: RunningSystem, cases: list[str], what: str) -> None:
    """Everything leaves, whole and in order."""
    drained = wait_for("the outbox is empty", lambda: number(system, "intake", UNSENT) == 0)
    seen = [one for one in told(system, "intake.cases") if one[0] in set(cases)]
    facts = {row["id"] for row in rows(system, "intake", FACTS, cases)}
    assert {event_id for _, _, event_id in seen} == facts
    assert in_order(seen)
    print(
        f"{what}: drained {drained:.1f} s after, {len(facts)} facts, {len(seen) - len(facts)} sent twice"
    )
    system.verify()


def test_calls_are_taken_while_the_broker_stands_still_and_a_kill_in_the_drain_loses_nothing(
    faulty: RunningSystem, desk: Desk
) -> None:
    before, intake = pids(faulty), faulty.pid("intake")
    broker, size = faulty.pid("Kafka"), memory_mb(intake)
    with stopped(broker):
        began = time.monotonic()
        cases, slowest = take_calls(desk)
        waiting = number(faulty, "intake", UNSENT)
        time.sleep(max(0.0, AWAY_S - (time.monotonic() - began)))
        assert number(faulty, "intake", UNSENT) >= waiting
        grown = memory_mb(intake) - size
    assert waiting >= 3 * CALLS
    assert slowest < ANSWER_S
    assert grown < GROWTH_MB
    print(f"standing still: slowest answer {slowest * 1000:.0f} ms, {waiting} facts waited")
    with talking(desk, cases):
        wait_for("some facts have left", lambda: number(faulty, "intake", UNSENT) < waiting)
        kill(faulty, "Kafka")
        wait_for("facts wait again", lambda: number(faulty, "intake", UNSENT) > 0)
    check(faulty, cases, "after it stood still and was killed in the drain")
    assert pids(faulty) == before, "a service was restarted"


def test_calls_are_taken_while_the_broker_is_dead(faulty: RunningSystem, desk: Desk) -> None:
    before = pids(faulty)
    dead = kill(faulty, "Kafka")
    wait_for("Kafka is dead", lambda: not is_alive(dead))
    cases, slowest = take_calls(desk)
    assert slowest < ANSWER_S
    back = wait_for("Kafka is started again", lambda: faulty.pid("Kafka") != dead)
    print(f"killed: slowest answer {slowest * 1000:.0f} ms, process back {back:.1f} s later")
    check(faulty, cases, "after it was killed")
    assert pids(faulty) == before, "a service was restarted"
