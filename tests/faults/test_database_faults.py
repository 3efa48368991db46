"""PostgreSQL dies under load: what was acknowledged is there, what was refused said so, nobody restarts anything (X4, X14)."""

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import asyncpg
import httpx
import pytest

from shared.kernel.storage import translated
from shared.testing.system import RunningSystem
from shared.vocabulary.errors import Unavailable
from shared.vocabulary.ids import new_id
from tests.faults.desk import QUESTION, Desk
from tests.faults.parts import kill, number, pids, rows, wait_for

pytestmark = [
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.timeout(400),
]

CLIENTS = 8
ACKED_BEFORE = 60
ACKED_AFTER = 60
PAUSE_S = 0.02
REFUSED_PAUSE_S = 0.25
"""Shorter than a person needs to press the button again."""
CHINESE = re.compile("[一-鿿]{6,}")


@dataclass
class Load:
    """What the clients were told, key by key."""

    run: str = field(default_factory=lambda: str(new_id()))
    acked: dict[str, str] = field(default_factory=dict)
    refused: dict[str, httpx.Response] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    slowest_s: float = 0.0
    enough: threading.Event = field(default_factory=threading.Event)

    def client(self, who: int, desk: Desk) -> None:
        """Registers calls until it is enough; each under a key of its own."""
        n = 0
        while not self.enough.is_set():
            key, n = f"{self.run}-{who}-{n}", n + 1
            began = time.monotonic()
            self.note(key, desk)
            self.slowest_s = max(self.slowest_s, time.monotonic() - began)
            time.sleep(PAUSE_S if key in self.acked else REFUSED_PAUSE_S)

    def note(self, key: str, desk: Desk) -> None:
        """One command, and what became of it."""
        try:
            answer = desk.post("/calls", QUESTION, key)
        except httpx.TransportError as error:
            self.unknown[key] = type(error).__name__
            return
        if answer.status_code == 201:
            self.acked[key] = answer.json()["case_id"]
        else:
            self.refused[key] = answer


CASES = "SELECT count(*) FROM hotline_case"
STORED = """
SELECT key, convert_from(response, 'UTF8')::jsonb ->> 'case_id' AS case_id FROM kernel.idempotency
WHERE key LIKE $1 || '%'
"""


def test_no_acknowledged_call_is_lost_or_doubled_when_postgresql_is_killed(
    faulty: RunningSystem, desk: Desk
) -> None:
    load, before = Load(), pids(faulty)
    cases_before = number(faulty, "intake", CASES)
    kill_under_load(faulty, desk, load)
    for answer in load.refused.values():
        refused_well(answer)
    stored = {row["key"]: row["case_id"] for row in rows(faulty, "intake", STORED, load.run)}
    lost = {key for key, case_id in load.acked.items() if stored.get(key) != case_id}
    assert lost == set()

    repeat_what_failed(desk, load, set(stored))
    assert len(set(load.acked.values())) == len(load.acked)
    stored = {row["key"]: row["case_id"] for row in rows(faulty, "intake", STORED, load.run)}
    assert stored == load.acked
    assert number(faulty, "intake", CASES) - cases_before == len(load.acked)
    assert pids(faulty) == before, "a service was restarted"
    faulty.verify()


def kill_under_load(system: RunningSystem, desk: Desk, load: Load) -> None:
    """The clients run before, during and after the death."""
    clients = [
        threading.Thread(target=load.client, args=(who, desk), daemon=True)
        for who in range(CLIENTS)
    ]
    for one in clients:
        one.start()
    try:
        wait_for("the load runs", lambda: len(load.acked) >= ACKED_BEFORE)
        dead = kill(system, "PostgreSQL")
        wait_for("somebody is refused", lambda: load.refused)
        wait_for("PostgreSQL is started again", lambda: system.pid("PostgreSQL") != dead)
        known = len(load.acked)
        away_s = wait_for("calls are taken again", lambda: len(load.acked) > known)
        wait_for("the load runs again", lambda: len(load.acked) >= known + ACKED_AFTER)
    finally:
        load.enough.set()
        for one in clients:
            one.join()
    refused = Counter(answer.status_code for answer in load.refused.values())
    print(f"{len(load.acked)} acknowledged, refused {dict(refused)}, unknown {Counter(load.unknown.values())},"
          f" taken again {away_s:.1f} s after the restart, slowest answer {load.slowest_s:.1f} s")  # fmt: skip


def refused_well(answer: httpx.Response) -> None:
    """The operator reads in Chinese that nothing is lost and what to do."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    told = answer.json()
    assert told["code"] == "temporarily_unavailable"
    assert CHINESE.search(told["zh"]), told


def repeat_what_failed(desk: Desk, load: Load, stored: set[str]) -> None:
    """The same key again: done already when it was stored, done now when it was not."""
    for key in (*load.refused, *load.unknown):
        answer = desk.post("/calls", QUESTION, key)
        assert answer.status_code == 201, answer.text
        assert bool(answer.headers.get("Idempotent-Replay")) == (key in stored), key
        load.acked[key] = answer.json()["case_id"]


def test_a_connection_that_died_between_two_halves_of_a_statement_counts_as_away() -> None:
    error = asyncpg.InternalClientError(
        "cannot switch to state 12; another operation (2) is in progress"
    )
    with pytest.raises(Unavailable), translated({}):
        raise error
