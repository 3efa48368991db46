"""A case of track dispute is taken up once, dated, graded and offered."""

from datetime import UTC, datetime

import pytest

from services.mediation.domain.grade import Grade
from shared.contracts.mediation import DisputeOpened, LawyerOffered
from shared.vocabulary.ids import derived_id
from tests.mediation.bench import Mediation
from tests.mediation.forms import registered


async def test_a_dispute_is_opened_dated_and_offered_to_the_least_loaded_lawyer(
    mediation: Mediation,
) -> None:
    received = datetime(2026, 4, 20, 1, 0, tzinfo=UTC)
    dispute_id = await mediation.open(received_at=received)
    opened, offered, *_ = await mediation.rig.facts()
    assert isinstance(opened, DisputeOpened)
    assert (opened.scheme, opened.scheme_version, opened.stage) == ("zq-default", 2, "acceptance")
    statutory = opened.deadlines[0]
    assert (str(statutory.raw), str(statutory.effective)) == ("2026-05-05", "2026-05-06")
    assert "调解仲裁法" in statutory.source
    assert isinstance(offered, LawyerOffered)
    assert offered.lawyer_id == min(one.id for one in mediation.lawyers)
    timers = await mediation.rig.timers(dispute_id)
    assert "period_over" in timers


@pytest.mark.parametrize(
    ("people", "group", "grade"),
    [(1, False, "G0"), (9, False, "G0"), (10, True, "G1"), (30, True, "G2"), (300, True, "G4")],
)
async def test_ten_workers_make_a_group_dispute_and_the_ladder_its_grade(
    mediation: Mediation, people: int, group: bool, grade: str
) -> None:
    dispute_id = await mediation.open(claimant_count=people)
    opened = (await mediation.rig.facts())[0]
    assert isinstance(opened, DisputeOpened)
    assert (opened.group, opened.grade) == (group, grade)
    assert (await mediation.dispute(dispute_id)).grade is Grade(grade)


async def test_other_tracks_open_nothing(mediation: Mediation) -> None:
    await mediation.rig.deliver(registered(track="consultation"), registered(track="aid"))
    assert await mediation.rig.facts() == []


async def test_a_replayed_case_opens_no_second_dispute(mediation: Mediation) -> None:
    event = registered()
    record, _ = mediation.rig.record(event)
    await mediation.rig.arrive([record])
    mediation.rig.offsets.clear()
    again, _ = mediation.rig.record(event, version=1)
    mediation.rig.consumer.positions.clear()
    await mediation.rig.context.db.pool.fetch("UPDATE kernel.consumer_offset SET next_offset = 0")
    await mediation.rig.arrive([again])
    names = await mediation.names(derived_id(event.case_id, "dispute"))
    assert names == ["dispute_opened", "lawyer_offered"]


async def test_with_nobody_on_the_roster_the_coordinator_is_told(mediation: Mediation) -> None:
    await mediation.rig.context.db.pool.fetch("UPDATE lawyer SET is_available = false")
    await mediation.open()
    assert await mediation.names() == ["dispute_opened", "lawyer_pool_empty"]
