"""A power cut: everything stops at once and Kafka's disk lacks the last facts it confirmed (G1, P9)."""

import os
import signal
from pathlib import Path

import pytest

from shared.testing.system import RunningSystem, start
from tests.faults.desk import DISPUTE, QUESTION, Desk
from tests.faults.parts import SERVICES, SESSION_S, number, stopped, wait_for

pytestmark = [
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.timeout(400),
]

PARTS = ("Kafka", "PostgreSQL", "Valkey", *SERVICES, "sms", "bank")
LISTENER = "notify"
"""Hears of calls, and stands still while the others hear of the last ones."""
CALLS = 6
HEARD = "SELECT count(*) FROM kernel.watermark WHERE aggregate_id::text = ANY($1)"
UNSENT = "SELECT count(*) FROM kernel.outbox"


def logs(system: RunningSystem) -> dict[Path, int]:
    """Kafka's files with facts of the services, and how long each is."""
    found = (system.folder / "data" / "kafka" / "data").glob("[a-z]*.[a-z]*-*/*.log")
    return {one: one.stat().st_size for one in found}


def cut_the_power(system: RunningSystem, launcher: int) -> None:
    """Nothing has time for a last word."""
    with stopped(launcher):
        for part in PARTS:
            os.kill(system.pid(part), signal.SIGKILL)
        os.kill(launcher, signal.SIGKILL)


def test_what_the_broker_lost_is_told_again(faulty: RunningSystem) -> None:
    with Desk(faulty) as desk:
        known = [desk.register(QUESTION)]
        wait_for("the first call is heard", lambda: number(faulty, LISTENER, HEARD, known) == 1)
        faulty.verify()
        on_disk = logs(faulty)
        assert on_disk
        with stopped(faulty.pid(LISTENER)):
            lost = [desk.register(form) for form in (QUESTION, DISPUTE) for _ in range(CALLS // 2)]
            wait_for("all is sent", lambda: not number(faulty, "intake", UNSENT))
            wait_for(
                "others heard of it",
                lambda: number(faulty, "workbench", HEARD, lost) == len(lost),
            )
            assert sum(logs(faulty).values()) > sum(on_disk.values())
            cut_the_power(faulty, faulty.launcher_pid())
    for file, size in on_disk.items():
        os.truncate(file, size)

    faulty.env.update(start(faulty.folder, KAFKA_SESSION_S=str(SESSION_S)).env)
    with Desk(faulty) as desk:
        new = [desk.register(QUESTION)]
    for service in ("workbench", LISTENER):
        wait_for(
            f"{service} has heard of every call",
            lambda one=service: (  # type: ignore[misc]
                number(faulty, one, HEARD, known + lost + new) == len(known + lost + new)
            ),
        )
    faulty.verify()
