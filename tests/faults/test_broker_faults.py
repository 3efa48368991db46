"""Kafka is away or stands still: calls are taken, facts wait in the outbox and leave in order afterwards (X16)."""

import os
import signal
import time
from pathlib import Path

import pytest

from deploy.local.process import is_alive
from shared.testing.system import RunningSystem
from tests.faults.desk import QUESTION, Desk
from tests.faults.parts import in_order, kill, number, pids, rows, stopped, told, wait_for

pytestmark = [
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.xdist_group("faults"),
    pytest.mark.timeout(400),
]

CALLS = 40
AWAY_S = 15.0
ANSWER_S = 3.0
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


def test_calls_are_taken_while_the_broker_stands_still(faulty: RunningSystem, desk: Desk) -> None:
    before, intake = pids(faulty), faulty.pid("intake")
    size = memory_mb(intake)
    with stopped(faulty.pid("Kafka")):
        began = time.monotonic()
        cases, slowest = take_calls(desk)
        waiting = number(faulty, "intake", UNSENT)
        time.sleep(max(0.0, AWAY_S - (time.monotonic() - began)))
        assert number(faulty, "intake", UNSENT) >= waiting
    assert waiting >= 3 * CALLS
    assert slowest < ANSWER_S
    assert memory_mb(intake) - size < GROWTH_MB
    print(f"standing still: slowest answer {slowest * 1000:.0f} ms, {waiting} facts waited")
    check(faulty, cases, "after it stood still")
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


def test_a_broker_killed_again_while_it_drains_loses_nothing(
    faulty: RunningSystem, desk: Desk
) -> None:
    broker = faulty.pid("Kafka")
    os.kill(broker, signal.SIGSTOP)
    cases, _ = take_calls(desk)
    os.kill(broker, signal.SIGCONT)
    wait_for("some facts have left", lambda: number(faulty, "intake", UNSENT) < 3 * CALLS)
    kill(faulty, "Kafka")
    check(faulty, cases, "after a kill in the drain")
