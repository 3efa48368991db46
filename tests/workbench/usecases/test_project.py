"""The projection on real PostgreSQL: batches, duplicates, people, and what browsers are told."""

import asyncio
import json
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import select

from services.workbench.domain.change import CHANNEL, Change, packed, unpacked
from services.workbench.domain.summary import Seen
from services.workbench.tables import (
    ApplicationRow,
    CardPartyRow,
    CardRow,
    DeliveryRow,
    EmployerRow,
    FactRow,
    PartyRow,
)
from shared.contracts.intake import PartyErased
from shared.kernel.bus import InRecord
from shared.kernel.consumer import EventConsumer
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from tests.workbench.story import AT, Story

CASES = 40


async def test_one_batch_over_all_topics_makes_the_card(workbench: Rig) -> None:
    story = Story()
    [first, *_] = await workbench.deliver(
        story.registered(),
        story.opened(),
        story.mediator(),
        story.employer(),
        story.asked_for_aid(),
        story.joined(),
    )
    await workbench.deliver(story.queued(first), story.delivered(first))
    [card] = await workbench.rows(select(CardRow))
    assert (card["number"], card["state"], card["stage"]) == (
        story.number,
        "handling",
        "acceptance",
    )
    assert (card["people"], card["owner_id"]) == (23, story.mediator_id)
    assert card["folded"]["case"]["version"] == 2
    assert len(await workbench.rows(select(CardPartyRow))) == 5
    [application] = await workbench.rows(select(ApplicationRow))
    assert application["state"] == "opened"
    [delivery] = await workbench.rows(select(DeliveryRow))
    assert (delivery["state"], delivery["cause_id"]) == ("delivered", first)
    assert len(await workbench.rows(select(FactRow))) == 7
    assert len(await workbench.rows(select(EmployerRow))) == 1
    assert await workbench.parked() == []


async def test_facts_told_twice_change_nothing(workbench: Rig) -> None:
    story = Story()
    record, _ = workbench.record(story.registered())
    joined, _ = workbench.record(story.joined())
    await workbench.arrive([record, joined])
    before = await workbench.rows(select(CardRow))
    again = [msgspec.structs.replace(one, offset=one.offset + 2) for one in (record, joined)]
    await workbench.arrive(again)
    assert await workbench.rows(select(CardRow)) == before


async def test_mediation_may_be_faster_than_intake(workbench: Rig) -> None:
    story = Story()
    await workbench.deliver(story.opened(), story.mediator())
    await workbench.deliver(story.registered())
    [card] = await workbench.rows(select(CardRow))
    assert (card["number"], card["owner_id"]) == (story.number, story.mediator_id)


async def test_two_processes_that_begin_the_same_cards_lose_nothing(workbench: Rig) -> None:
    """Intake's topic is read by one of them, mediation's by the other, at the same moment and in opposite order."""
    stories = [Story() for _ in range(CASES)]
    cases = [workbench.record(story.registered())[0] for story in stories]
    disputes = [workbench.record(story.opened())[0] for story in reversed(stories)]
    service = workbench.service
    other = EventConsumer(workbench.context, "workbench", service.subscriptions, service.projection)

    async def arrive(consumer: EventConsumer, records: list[InRecord]) -> None:
        await consumer.assigned(frozenset((one.topic, one.partition) for one in records))
        await consumer.apply_all(records)

    await asyncio.gather(arrive(workbench.consumer, cases), arrive(other, disputes))
    cards = await workbench.rows(select(CardRow))
    assert len(cards) == CASES
    assert all(card["number"] and card["dispute_id"] for card in cards)
    assert await workbench.parked() == []


async def test_a_profile_is_found_by_number_and_name_and_erased_by_a_tombstone(
    workbench: Rig,
) -> None:
    story = Story()
    cipher = workbench.context.cipher
    await workbench.deliver(story.caller(cipher))
    [party] = await workbench.rows(select(PartyRow))
    assert party["phone_blind"] == cipher.blind("13800136207", "party.phone")
    assert party["tail_blind"] == cipher.blind("6207", "party.tail")
    assert party["name_blind"] == cipher.blind("陈建明", "party.name")
    assert "陈建明" not in party["sealed"]
    await workbench.deliver(PartyErased(party_id=story.claimant_ids[0]))
    assert await workbench.rows(select(PartyRow)) == []


async def test_browsers_are_told_with_the_commit_and_only_ids(workbench: Rig) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()

    def listen(_connection: Any, _pid: int, _channel: str, payload: Any) -> None:
        heard.put_nowait(payload)

    connection = await asyncpg.connect(workbench.context.settings.database_url.get_secret_value())
    try:
        await connection.add_listener(CHANNEL, listen)
        story = Story()
        await workbench.deliver(
            story.registered(), story.opened(), story.caller(workbench.context.cipher)
        )
        payload = await asyncio.wait_for(heard.get(), 30)
    finally:
        await connection.close()
    changes = list(unpacked(payload))
    assert {(one.kind, one.id) for one in changes} == {
        ("case", story.case_id),
        ("dispute", story.dispute_id),
    }
    assert set(json.loads(payload)[0][0]) == {"type", "id", "version", "actor", "at"}


def test_changes_survive_packing_and_a_flood_becomes_a_resync() -> None:
    seen = Seen(frozenset({"zq.441284"}), frozenset({new_id()}), frozenset())
    changes = [Change("case", new_id(), 3, new_id(), AT, seen) for _ in range(40)]
    payloads = packed(changes)
    assert [one for payload in payloads for one in unpacked(payload)] == changes
    assert all(len(payload) < 8000 for payload in payloads)
    assert packed(changes * 20) == ["resync"]
    assert packed([]) == []
