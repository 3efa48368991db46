"""Everything is told a second time: each listener knows it all, nothing changes, nobody gets a message (X10, P9)."""

import time
from functools import partial

import pytest

from services.notify.schedule import RECEIPTS_EVERY_S
from shared.testing.system import RunningSystem
from tests.faults.desk import DISPUTE, QUESTION, Desk
from tests.faults.parts import SERVICES, number, rows, wait_for

pytestmark = [
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.timeout(400),
]

TELLERS = {"intake": "intake.cases", "mediation": "mediation.disputes"}
CASES = 4
QUIET_S = 2 * RECEIPTS_EVERY_S
HEARD = "SELECT count(*) FROM kernel.watermark WHERE aggregate_id::text = ANY($1)"
NEXT_OFFSET = "SELECT sum(next_offset) AS reached FROM kernel.consumer_offset WHERE topic = $1"
TOLD = "SELECT count(*) FROM kernel.event WHERE topic = $1"
TABLES = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
KNOWN_BY_TIME = {"session", "sign_in_failure"}
"""Rows that come and go with the clock."""


def sizes(system: RunningSystem) -> dict[str, int]:
    """How many rows each table of each service has, and how many facts it told."""
    found: dict[str, int] = {}
    for service in SERVICES:
        names = {row["name"] for row in rows(system, service, TABLES)} - KNOWN_BY_TIME
        counts = " UNION ALL ".join(
            f"SELECT '{name}' AS name, count(*) AS rows FROM {name}"
            for name in sorted({*names, "kernel.event"})
        )
        found |= {f"{service}.{row['name']}": row["rows"] for row in rows(system, service, counts)}
    return found


def settled(system: RunningSystem) -> dict[str, int]:
    """The sizes once messages have been sent and their receipts read: nothing more comes by itself."""
    seen: list[dict[str, int]] = [{}]

    def stands_still() -> bool:
        time.sleep(QUIET_S)
        seen.append(sizes(system))
        return seen[-1] == seen[-2]

    wait_for("nothing comes by itself any more", stands_still)
    return seen[-1]


def reached(system: RunningSystem, topic: str) -> dict[str, int]:
    """How far each listener has come with a topic: records of all partitions together."""
    found = {one: rows(system, one, NEXT_OFFSET, topic)[0]["reached"] for one in SERVICES}
    return {one: int(offset) for one, offset in found.items() if offset is not None}


def has_read(system: RunningSystem, topic: str, since: dict[str, int], records: int) -> bool:
    """Whether every listener has taken so many more records into account."""
    now = reached(system, topic)
    return all(now[one] >= offset + records for one, offset in since.items())


def test_everything_told_again_changes_nothing(faulty: RunningSystem, desk: Desk) -> None:
    cases = [desk.register(form) for form in (QUESTION, DISPUTE) for _ in range(CASES // 2)]
    wait_for(
        "the read model knows the cases",
        lambda: number(faulty, "workbench", HEARD, cases) == CASES,
    )
    faulty.verify()
    before = settled(faulty)
    for service, topic in TELLERS.items():
        since = reached(faulty, topic)
        assert "workbench" in since
        facts = number(faulty, service, TOLD, topic)
        again = faulty.run(f"services.{service}.main", "republish")
        assert again.returncode == 0, again.stdout + again.stderr
        wait_for(f"{topic} is read again", partial(has_read, faulty, topic, since, facts))
        print(f"{service}: {facts} facts told again to {len(since)} listeners")
    faulty.verify()
    assert settled(faulty) == before
