"""A member of a group falls silent, another takes over, the first wakes up: nothing lost, nothing twice (X9, X11, P5)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from shared.kernel.outbox import LEADER_RETRY_S, LEADER_SILENCE_S
from shared.testing.system import ROOT, RunningSystem
from tests.faults.desk import DISPUTE, Desk
from tests.faults.parts import SESSION_S, in_order, number, rows, stopped, told, wait_for

pytestmark = [
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.timeout(400),
]

STOP_S = 30.0
BEFORE, DURING, AFTER = 12, 24, 12
LEAD_S = LEADER_SILENCE_S + LEADER_RETRY_S + 5.0
"""A relay that stands still is succeeded within the first two; then the facts need a moment."""
SHOWN = "SELECT count(*) FROM card WHERE case_id::text = ANY($1) AND stage IS NOT NULL"
OPENED = "SELECT count(*) FROM dispute WHERE case_id::text = ANY($1)"
MARKS = """
SELECT aggregate_id::text AS id, version, applied FROM kernel.watermark WHERE aggregate_id::text = ANY($1)
"""
LAST = """
SELECT aggregate_id::text AS id, max(aggregate_version) AS version FROM kernel.event
WHERE aggregate_id::text = ANY($1) GROUP BY 1
"""


@contextmanager
def second_member(system: RunningSystem, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Another process of mediation, without an HTTP door, in the surroundings of the first."""
    given = Path(f"/proc/{system.pid('mediation')}/environ").read_bytes().split(b"\0")
    env = dict(os.fsdecode(one).split("=", 1) for one in given if b"=" in one)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.mediation.main", "worker"],
            cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_S)
        finally:
            process.kill()


def connections(system: RunningSystem) -> int:
    """Relays of mediation that lead or want to lead: one in each process that is up."""
    return number(
        system,
        "mediation",
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = 'mediation-relay'",
    )


def several(desk: Desk, count: int) -> list[str]:
    """Disputes, each with a second fact about its case."""
    cases = []
    for _ in range(count):
        case_id = desk.register(DISPUTE)
        desk.note(case_id)
        cases.append(case_id)
    return cases


def test_a_member_that_slept_past_its_session_applies_nothing_twice(
    faulty: RunningSystem, desk: Desk, tmp_path: Path
) -> None:
    first = faulty.pid("mediation")
    with second_member(faulty, tmp_path / "second.log") as second:
        wait_for("the second member is up", lambda: connections(faulty) >= 2)
        cases = several(desk, BEFORE)
        with stopped(first):
            began = time.monotonic()
            cases += several(desk, DURING)
            wait_for(
                "the second member has done it all", lambda: opened(faulty, cases) == len(cases)
            )
            took_over = time.monotonic() - began
            left = wait_for(
                "its facts leave through the second", lambda: unsent(faulty) == 0, LEAD_S
            )
            wait_for("the read model shows them", lambda: shown(faulty, cases) == len(cases))
            time.sleep(max(0.0, SESSION_S + 1 - (time.monotonic() - began)))
        cases += several(desk, AFTER)
        wait_for("both have done it all", lambda: opened(faulty, cases) == len(cases))
        assert second.poll() is None, (tmp_path / "second.log").read_text()[-3000:]
        hold(faulty, cases)
        assert faulty.pid("mediation") == first, "the sleeper was restarted"
        print(
            f"taken over {took_over:.1f} s after the first fell silent (session {SESSION_S} s),"
            f" all facts out {left:.1f} s later"
        )
    cases += several(desk, AFTER)
    wait_for("the first has it all again", lambda: opened(faulty, cases) == len(cases))
    hold(faulty, cases)
    faulty.verify()


def unsent(system: RunningSystem) -> int:
    """Facts of mediation that are committed and not out yet."""
    return number(system, "mediation", "SELECT count(*) FROM kernel.outbox")


def shown(system: RunningSystem, cases: list[str]) -> int:
    """How many of the cases have their dispute in the read model."""
    return number(system, "workbench", SHOWN, cases)


def opened(system: RunningSystem, cases: list[str]) -> int:
    """How many of the cases have their dispute."""
    return number(system, "mediation", OPENED, cases)


def hold(system: RunningSystem, cases: list[str]) -> None:
    """Each case has one dispute; each fact took effect once, in order; what mediation told is whole."""
    wait_for(
        "mediation has heard the last fact", lambda: marks(system, cases) == last(system, cases)
    )
    assert opened(system, cases) == len(cases)
    for row in rows(system, "mediation", MARKS, cases):
        assert row["applied"] == row["version"], row
    disputes = [str(row["id"]) for row in rows(
        system, "mediation", "SELECT id FROM dispute WHERE case_id::text = ANY($1)", cases
    )]  # fmt: skip
    wait_for(
        "mediation's facts have left",
        lambda: unsent(system) == 0,
    )
    assert in_order([one for one in told(system, "mediation.disputes") if one[0] in set(disputes)])


def marks(system: RunningSystem, cases: list[str]) -> dict[str, Any]:
    """How far mediation has come with each case."""
    return {row["id"]: row["version"] for row in rows(system, "mediation", MARKS, cases)}


def last(system: RunningSystem, cases: list[str]) -> dict[str, Any]:
    """How many facts intake has told about each case."""
    return {row["id"]: row["version"] for row in rows(system, "intake", LAST, cases)}
