"""Records that cannot be read or applied: reported or parked by their key, all others flow, a person decides (X13, X32)."""

import secrets
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
import pytest
from aiokafka import AIOKafkaProducer

from deploy.local.sql import in_own_loop
from shared.contracts.topics import UNDECODABLE
from shared.kernel.clock import now
from shared.kernel.envelope import Envelope
from shared.testing.system import RunningSystem
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM_ID
from tests.faults.browser import Browser
from tests.faults.desk import DISPUTE, Desk
from tests.faults.parts import number, records, rows, wait_for

pytestmark = [
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.timeout(400),
]

TOPIC = "intake.cases"
LISTENERS = ("mediation", "welfare", "notify", "workbench")
SYSTEM_ADMIN = "9101"
OTHERS = 18
"""Enough that every partition has some."""
FLOW_S = 30.0
FUTURE = 99
PARKED = """
SELECT event_id::text AS id, state, code FROM kernel.parked
WHERE aggregate_id::text = ANY($1) AND state IN ('head', 'behind', 'dead') ORDER BY aggregate_version
"""
MARK = "SELECT version, applied FROM kernel.watermark WHERE aggregate_id::text = $1"
TELL = """
WITH moved AS (UPDATE hotline_case SET version = version + 1 WHERE id = $1 RETURNING version),
told AS (
  INSERT INTO kernel.event (event_id, topic, aggregate_id, aggregate_version, name, version, body,
                            correlation_id, actor_id, occurred_at)
  SELECT $2, 'intake.cases', $1, moved.version, 'intake.case_note_added', $3, '{"in": "the future"}',
         $2, $4, now() FROM moved RETURNING id)
INSERT INTO kernel.outbox (id, aggregate_id) SELECT id, $1 FROM told RETURNING id
"""


def tell_in_the_future(system: RunningSystem, case_id: str) -> str:
    """A later release of intake tells a fact in words that nobody here knows; the id of the fact."""
    event_id = new_id()
    rows(system, "intake", TELL, UUID(case_id), event_id, FUTURE, SYSTEM_ID)
    return str(event_id)


def send(system: RunningSystem, key: bytes, value: bytes, headers: list[tuple[str, bytes]]) -> Any:
    """A record of a stranger, straight onto the topic; where it lies."""

    async def produce() -> Any:
        producer = AIOKafkaProducer(bootstrap_servers=system.env["KAFKA_BOOTSTRAP"], acks="all")
        await producer.start()
        try:
            return await producer.send_and_wait(TOPIC, value, key=key, headers=headers)
        finally:
            await producer.stop()

    return in_own_loop(produce())


def send_invalid(system: RunningSystem) -> tuple[str, str]:
    """A known fact with a body that does not fit; its subject and id."""
    envelope = Envelope(
        id=new_id(), type="intake.case_registered", version=1, source="intake", subject=new_id(),
        time=now(), aggregate_version=1, correlation_id=new_id(), actor_id=SYSTEM_ID,
    )  # fmt: skip
    send(system, str(envelope.subject).encode(), b'{"case_id": 7', envelope.to_headers())
    return str(envelope.subject), str(envelope.id)


def parked(system: RunningSystem, service: str, keys: list[str]) -> dict[str, tuple[str, str]]:
    """Event id → (state, code) of what waits for these keys."""
    found = rows(system, service, PARKED, keys)
    return {row["id"]: (row["state"], row["code"]) for row in found}


def reports(system: RunningSystem, place: Any) -> set[str]:
    """Which services told where the undecodable record lies."""
    return {
        one.source
        for one in records(system, UNDECODABLE)
        if (body := msgspec.json.decode(one.body))["offset"] == place.offset
        and (body["topic"], body["partition"]) == (TOPIC, place.partition)
    }


def test_a_poisoned_key_waits_and_all_others_flow_until_a_person_decides(
    faulty: RunningSystem, desk: Desk
) -> None:
    poisoned = desk.register(DISPUTE)
    for name in LISTENERS:
        wait_for(f"{name} knows the case", partial(rows, faulty, name, MARK, poisoned))

    place = send(faulty, secrets.token_bytes(16), b"\xff\xfenot an event", [("ce_id", b"\xff")])
    stranger, invalid = send_invalid(faulty)
    future = tell_in_the_future(faulty, poisoned)
    desk.note(poisoned, "排在读不懂的事实之后。")
    keys = [poisoned, stranger]
    for name in LISTENERS:
        wait_for(f"{name} parks", lambda name=name: len(parked(faulty, name, keys)) == 3)  # type: ignore[misc]
        waiting = parked(faulty, name, keys)
        assert waiting.pop(future) == ("head", "unknown_version"), name
        assert waiting.pop(invalid) == ("head", "invalid_body"), name
        assert [state for state, _ in waiting.values()] == ["behind"], name
    wait_for("everybody reports the undecodable", lambda: reports(faulty, place) == set(LISTENERS))

    others = [desk.register(DISPUTE) for _ in range(OTHERS)]
    opened = "SELECT count(*) FROM dispute WHERE case_id::text = ANY($1)"
    flowed = wait_for(
        "the others flow", lambda: number(faulty, "mediation", opened, others) == OTHERS, FLOW_S
    )
    print(f"{OTHERS} other cases passed in {flowed:.1f} s")

    checked = faulty.run("deploy.verify", "--settle", "30")
    assert checked.returncode == 0, checked.stdout
    for name in LISTENERS:
        assert f"{name}: 3 facts parked" in checked.stdout, checked.stdout

    skip(faulty, future, invalid)
    for name in LISTENERS:
        wait_for(f"{name} goes on", lambda name=name: not parked(faulty, name, keys))  # type: ignore[misc]
        mark = rows(faulty, name, MARK, poisoned)[0]
        assert mark["applied"] == mark["version"] - 1, (name, dict(mark))
    faulty.verify()
    left = faulty.run("deploy.verify").stdout
    assert not [name for name in LISTENERS if f"{name}: " in left], left


def skip(system: RunningSystem, *event_ids: str) -> None:
    """The system administrator goes on without these facts, in every service."""
    with Browser(system, SYSTEM_ADMIN) as admin:
        for name in LISTENERS:
            for event_id in event_ids:
                path = f"/api/{name}/operations/parked/{event_id}/skip"
                answer = admin.post(path, {"reason": "由后续版本发出，本版本不需要"})
                assert answer.status_code == 200, answer.text
                assert answer.json()["result"] == "skipped"
