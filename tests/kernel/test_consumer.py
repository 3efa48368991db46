"""Facts take effect once, in order for each aggregate, whatever is delivered twice, late, broken or by a zombie."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from shared.contracts import registry
from shared.contracts.intake import CaseAnswered
from shared.contracts.topics import TOPICS
from shared.kernel import parked
from shared.kernel.auth import TokenVerifier, make_keys
from shared.kernel.bus import InRecord, OutRecord, Partition, TopicSpec
from shared.kernel.bus_memory import MemoryBus
from shared.kernel.bus_memory_cluster import Faults
from shared.kernel.clock import now
from shared.kernel.consumer import EventConsumer, Handler
from shared.kernel.context import Context
from shared.kernel.envelope import Envelope
from shared.kernel.offsets import FenceLost
from shared.kernel.parked_retry import ParkedRetry
from shared.kernel.settings import ServiceSettings
from shared.kernel.transaction import Tx
from shared.testing.keys import BLIND_KEY, FIELD_KEYS
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM, Actor, Role
from tests.kernel.conftest import Bench, part

TOPIC = "intake.cases"
KEYS = make_keys()


class BenchSettings(ServiceSettings):
    service = "bench"


async def note(event: CaseAnswered, tx: Tx) -> None:
    """The effect: one row per fact, in the order of their numbers."""
    row = {"id": new_id(), "thing_id": HOLDER, "data": [str(event.case_id), event.answer]}
    tx.insert(part, row)


HOLDER = new_id()


def fact(case_id: UUID, number: int, answer: str = "", **overrides: Any) -> OutRecord:
    """A record about a case; `answer` defaults to its number."""
    event = CaseAnswered(case_id=case_id, answer=answer or str(number))
    fields: dict[str, object] = {
        "id": new_id(),
        "type": event.name,
        "version": 1,
        "source": "intake",
        "subject": case_id,
        "time": now(),
        "aggregate_version": number,
        "correlation_id": new_id(),
        "actor_id": SYSTEM.id,
        "body": registry.encode(event),
        **overrides,
    }
    envelope = Envelope(**fields)  # type: ignore[arg-type]
    return OutRecord(TOPIC, str(case_id).encode(), envelope.to_headers(), envelope.body)


class Harness:
    """A consumer of the made-up service on a simulated broker."""

    def __init__(self, bench: Bench, bus: MemoryBus, handler: Handler) -> None:
        settings = BenchSettings.load(
            profile="test",
            database_url=bench.url,
            kafka_bootstrap="127.0.0.1:9",
            token_public_key=KEYS.public_pem,
            field_keys=FIELD_KEYS,
            blind_key=BLIND_KEY,
        )
        verifier = TokenVerifier(KEYS.public_pem, audience="bench")
        http = httpx.AsyncClient()
        self.context = Context(settings, bench.db, bus, http, settings.cipher, verifier)
        self.bench, self.bus, self.handler = bench, bus, handler
        self.consumer = self.member()
        self.retry = ParkedRetry(self.consumer)

    def member(self) -> EventConsumer:
        """One more member of the group."""
        return EventConsumer(self.context, "bench", {CaseAnswered: [self.handler]})

    @asynccontextmanager
    async def running(self, members: int = 1) -> AsyncIterator[None]:
        """Members that consume during the block."""
        tasks = [asyncio.ensure_future(self.member().run()) for _ in range(members)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task

    async def send(self, *records: OutRecord) -> None:
        """Put records on the topic, again and again until the faulty broker has them."""
        producer = self.bus.producer()
        for record in records:
            while (await producer.send_all([record]))[0].outcome == "transient":
                pass
        await producer.aclose()

    async def effects(self) -> dict[str, list[str]]:
        """What took effect, by case, in order."""
        found: dict[str, list[str]] = {}
        for row in await self.bench.rows("SELECT data FROM part ORDER BY id"):
            found.setdefault(row["data"][0], []).append(row["data"][1])
        return found

    async def until(self, done: Callable[[], Awaitable[bool]], within_s: float = 30) -> None:
        async with asyncio.timeout(within_s):
            while not await done():
                await asyncio.sleep(0.02)

    async def count(self, wanted: int) -> None:
        async def enough() -> bool:
            return sum(map(len, (await self.effects()).values())) >= wanted

        await self.until(enough)

    async def parked(self, *states: tuple[str, str]) -> None:
        """Until exactly these (state, code) are parked."""

        async def same() -> bool:
            rows = await self.bench.rows(
                "SELECT state, code FROM kernel.parked WHERE state IN ('head','behind','dead')"
                " ORDER BY aggregate_version"
            )
            return [tuple(row) for row in rows] == list(states)

        await self.until(same)


Make = Callable[..., Awaitable[Harness]]


@pytest.fixture
async def harness(bench: Bench) -> Make:
    async def make(handler: Handler = note, faults: Faults | None = None) -> Harness:
        bus = MemoryBus(seed=11, faults=faults)
        specs = [TopicSpec(one.name, one.partitions, one.compacted) for one in TOPICS]
        await bus.ensure_topics(specs)
        await bench.rows(
            "INSERT INTO thing (id, version, title) VALUES ($1, 1, 'holder')"
            " ON CONFLICT DO NOTHING",
            HOLDER,
        )
        return Harness(bench, bus, handler)

    return make


async def test_every_fact_takes_effect_once_under_duplicates_and_lost_commits(
    harness: Make,
) -> None:
    one = await harness(faults=Faults(twice=0.3, commit_lost=0.5, late_s=0.05, jumble=True))
    cases = [new_id() for _ in range(20)]
    facts = [fact(case, version) for version in range(1, 6) for case in cases]
    async with one.running(members=2):
        await one.send(*facts, *random.Random(1).sample(facts, 30))
        await one.count(100)
        await asyncio.sleep(0.3)
    assert await one.effects() == {str(case): ["1", "2", "3", "4", "5"] for case in cases}
    marks = await one.bench.rows("SELECT version, applied FROM kernel.watermark")
    assert {tuple(row) for row in marks} == {(5, 5)}


async def test_the_whole_topic_read_again_changes_nothing(harness: Make) -> None:
    one = await harness()
    case = new_id()
    async with one.running():
        await one.send(*(fact(case, version) for version in range(1, 4)))
        await one.count(3)
    await one.bench.rows("UPDATE kernel.consumer_offset SET next_offset = 0")
    async with one.running():
        await one.send(fact(case, 4))
        await one.count(4)
    assert (await one.effects())[str(case)] == ["1", "2", "3", "4"]


async def test_a_database_restored_from_before_reads_on_from_its_own_offsets(harness: Make) -> None:
    one = await harness()
    case = new_id()
    async with one.running():
        await one.send(*(fact(case, version) for version in range(1, 4)))
        await one.count(3)
        await asyncio.sleep(1.2)
    await one.bench.rows("UPDATE kernel.consumer_offset SET next_offset = 0")
    await one.bench.rows("DELETE FROM part")
    await one.bench.rows("DELETE FROM kernel.watermark")
    async with one.running():
        await one.count(3)
    assert (await one.effects())[str(case)] == ["1", "2", "3"]


async def test_a_hole_parks_the_key_and_the_missing_fact_heals_it(harness: Make) -> None:
    one = await harness()
    holed, other = new_id(), new_id()
    async with one.running():
        await one.send(fact(holed, 1), fact(holed, 3), fact(holed, 4), fact(other, 1))
        await one.parked(("head", "gap"), ("behind", "behind"))
        await one.count(2)
        assert await one.effects() == {str(holed): ["1"], str(other): ["1"]}
        await one.send(fact(holed, 2))

        async def healed() -> bool:
            await one.bench.rows("UPDATE kernel.parked SET next_try_at = now()")
            await one.retry.retry_due()
            return len((await one.effects())[str(holed)]) == 4

        await one.until(healed)
    assert (await one.effects())[str(holed)] == ["1", "2", "3", "4"]
    await one.parked()


class Broken(Exception):
    """What a faulty handler raises."""


def failing_on(answer: str, cured: list[bool]) -> Handler:
    async def handler(event: CaseAnswered, tx: Tx) -> None:
        if event.answer == answer and not cured:
            raise Broken
        await note(event, tx)

    return handler


async def test_a_fact_its_handler_cannot_take_parks_only_its_key_until_it_can(
    harness: Make,
) -> None:
    cured: list[bool] = []
    one = await harness(failing_on("poison", cured))
    bad, *good = [new_id() for _ in range(10)]
    async with one.running():
        await one.send(fact(bad, 1, "poison"), fact(bad, 2), *(fact(case, 1) for case in good))
        await one.parked(("head", "Broken"), ("behind", "behind"))
        await one.count(9)
    assert str(bad) not in await one.effects()
    cured.append(True)
    await one.bench.rows("UPDATE kernel.parked SET next_try_at = now()")
    assert await one.retry.retry_due() + await one.retry.retry_due() == 2
    assert (await one.effects())[str(bad)] == ["poison", "2"]
    await one.parked()


async def test_after_its_tries_a_head_is_dead_and_a_person_replays_or_skips(harness: Make) -> None:
    cured: list[bool] = []
    one = await harness(failing_on("poison", cured))
    first, second = new_id(), new_id()
    async with one.running():
        await one.send(fact(first, 1, "poison"), fact(second, 1, "poison"), fact(second, 2))
        await one.parked(("head", "Broken"), ("head", "Broken"), ("behind", "behind"))
    for _ in range(8):
        await one.bench.rows("UPDATE kernel.parked SET next_try_at = now() WHERE state = 'head'")
        await one.retry.retry_due()
    await one.parked(("dead", "Broken"), ("dead", "Broken"), ("behind", "behind"))
    ids = {
        row["aggregate_id"]: row["event_id"]
        for row in await one.bench.rows("SELECT * FROM kernel.parked WHERE state = 'dead'")
    }
    admin = Actor(new_id(), frozenset({Role.SYSTEM_ADMIN}), "zq")
    async with one.bench.db.transaction(actor=admin) as tx:
        assert await parked.skip(tx, ids[second], "内容有误，已电话告知")
    cured.append(True)
    async with one.bench.db.transaction(actor=admin) as tx:
        await parked.replay(tx, ids[first])
    assert await one.retry.retry_due() == 2
    assert await one.effects() == {str(first): ["poison"], str(second): ["2"]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": 2}, "unknown_version"),
        ({"body": b"{"}, "invalid_body"),
        ({"body": b'{"case_id": 7}'}, "invalid_body"),
        ({"source": "welfare"}, "foreign_source"),
    ],
    ids=["version of the future", "broken JSON", "wrong type", "written by somebody else"],
)
async def test_a_fact_that_cannot_be_read_parks_its_key(
    harness: Make, change: dict[str, Any], code: str
) -> None:
    one = await harness()
    case = new_id()
    async with one.running():
        await one.send(fact(case, 1, **change), fact(case, 2))
        await one.parked(("head", code), ("behind", "behind"))


async def test_a_name_nobody_knows_is_passed_over(harness: Make) -> None:
    one = await harness()
    case = new_id()
    async with one.running():
        await one.send(fact(case, 1, type="intake.case_dreamt_of"), fact(case, 2))
        await one.count(1)
    assert (await one.effects())[str(case)] == ["2"]


async def test_an_undecodable_record_is_reported_by_its_place_and_holds_up_nobody(
    harness: Make,
) -> None:
    one = await harness()
    case = new_id()
    async with one.running():
        await one.send(OutRecord(TOPIC, b"x", [("ce_id", b"?")], b"??"), fact(case, 1))
        await one.count(1)
    told = await one.bench.rows("SELECT body FROM kernel.event WHERE topic = 'kernel.undecodable'")
    assert [msgspec.json.decode(row["body"])["fault"] for row in told] == ["not_cloudevents"]


async def test_a_zombie_cannot_commit_over_its_successor(harness: Make) -> None:
    one = await harness()
    case = new_id()
    records = [fact(case, 1), fact(case, 2)]
    await one.send(*records)
    reader = one.bus.consumer("peek", [TOPIC])
    polled: dict[Partition, list[InRecord]] = {}
    while not polled:
        polled = await reader.poll(0.1)
    await reader.aclose()
    batch = [record for found in polled.values() for record in found]
    places = frozenset((record.topic, record.partition) for record in batch)
    zombie, successor = one.member(), one.member()
    await zombie.assigned(places)
    await successor.assigned(places)
    await successor.apply_all(batch)
    with pytest.raises(FenceLost):
        await zombie.apply_all(batch)
    assert (await one.effects())[str(case)] == ["1", "2"]
