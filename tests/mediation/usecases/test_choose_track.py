"""On whose initiative it is mediated is chosen while accepting; dates, timers, fact and screen follow."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.mediation.domain.deadlines import Track
from shared.contracts.mediation import DisputeProgressed, PeriodExtended, TrackChosen
from shared.kernel.clock import now
from shared.vocabulary.calendar import end_of_day, local_date
from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_FOUND, Mediation

TODAY = local_date(now())
SIGNED = TODAY - timedelta(days=2)


async def handled(mediation: Mediation) -> UUID:
    """A dispute that has a mediator and is not accepted yet."""
    dispute_id = await mediation.open()
    ids = {"mediator_ids": [str(mediation.mediator.id)]}
    await mediation.do(f"/disputes/{dispute_id}/mediators", ids, by=mediation.supervisor)
    return dispute_id


async def choose(mediation: Mediation, dispute_id: UUID, track: Track, on: date | None) -> None:
    """The mediator says on whose initiative it is."""
    body = {"track": track.value, "started_on": on and on.isoformat()}
    await mediation.do(f"/disputes/{dispute_id}/track", body)


async def accept(mediation: Mediation, dispute_id: UUID) -> None:
    """Everything the acceptance asks for, and on."""
    at = f"/disputes/{dispute_id}"
    await mediation.do(f"{at}/declarations", {"relation": "none"})
    await mediation.do(f"{at}/scope", {"in_scope": True})
    for side in ("workers", "employer"):
        for purpose in ("mediation", "extension"):
            consent = {"side": side, "purpose": purpose, "given": True}
            await mediation.do(f"{at}/consents", consent)
    await mediation.do(f"{at}/advance", {"from_stage": "acceptance"})


async def clocks(mediation: Mediation, dispute_id: UUID) -> dict[str, datetime]:
    """The timers of the periods."""
    found = await mediation.rig.context.db.pool.fetch(
        "SELECT occurrence, due_at FROM kernel.timer WHERE owner = $1 AND kind = 'period_over'",
        dispute_id,
    )
    return {one["occurrence"]: one["due_at"] for one in found}


async def page(mediation: Mediation, dispute_id: UUID) -> Any:
    """The dispute as its mediator reads it."""
    return (await mediation.rig.get(f"/disputes/{dispute_id}", actor=mediation.mediator)).json()


@pytest.mark.parametrize(
    ("track", "started_on", "kinds"),
    [
        (Track.COMMITTEE, None, {"mediation_statutory", "acceptance"}),
        (Track.COURT_BEFORE_FILING, SIGNED, {"court_confirm", "court_before_filing"}),
        (Track.COURT_ORDINARY, SIGNED, {"court_confirm", "court_ordinary"}),
        (Track.COURT_SUMMARY, SIGNED, {"court_confirm", "court_summary"}),
        (Track.ARBITRATION, SIGNED, {"arbitration_referral"}),
        (Track.ORGANISATION, None, {"mediation_statutory"}),
    ],
)
async def test_dates_timers_and_facts_follow_the_track(
    mediation: Mediation, track: Track, started_on: date | None, kinds: set[str]
) -> None:
    dispute_id = await handled(mediation)
    await choose(mediation, dispute_id, track, started_on)
    dispute = await mediation.dispute(dispute_id)
    assert (dispute.track, {one.kind for one in dispute.deadlines}) == (track, kinds)
    assert await clocks(mediation, dispute_id) == {
        one.kind: end_of_day(one.effective) for one in dispute.deadlines
    }
    (told,) = await mediation.told(TrackChosen)
    assert (told.track, told.started_on) == (track.value, started_on or dispute.received_on)
    assert {one.kind for one in told.deadlines} == kinds
    assert (await mediation.told(DisputeProgressed))[-1].deadlines == told.deadlines
    assert (await mediation.audited(dispute_id))[-1] == "dispute.track"
    shown = await page(mediation, dispute_id)
    assert (shown["track"], shown["track_open"]) == (track.value, True)


async def test_a_mistake_is_mended_and_leaves_no_clock_behind(mediation: Mediation) -> None:
    dispute_id = await handled(mediation)
    before = await clocks(mediation, dispute_id)
    await choose(mediation, dispute_id, Track.COURT_SUMMARY, SIGNED)
    await choose(mediation, dispute_id, Track.ORGANISATION, None)
    assert await clocks(mediation, dispute_id) == before


async def test_acceptance_answers_so_nobody_is_told_that_no_answer_came(
    mediation: Mediation,
) -> None:
    dispute_id = await handled(mediation)
    await choose(mediation, dispute_id, Track.COURT_BEFORE_FILING, SIGNED)
    await accept(mediation, dispute_id)
    assert set(await clocks(mediation, dispute_id)) == {"court_before_filing"}


async def test_the_period_of_a_committee_is_extended_by_both_from_beginning_to_end(
    mediation: Mediation,
) -> None:
    dispute_id = await handled(mediation)
    await choose(mediation, dispute_id, Track.COMMITTEE, None)
    await accept(mediation, dispute_id)
    shown = await page(mediation, dispute_id)
    latest = {one["kind"]: one["latest"] for one in shown["deadlines"]}
    assert shown["track_open"] is False
    assert [kind for kind, day in latest.items() if day] == ["mediation_committee"]
    body = {"kind": "mediation_committee", "to": latest["mediation_committee"]}
    await mediation.do(f"/disputes/{dispute_id}/extend", body)
    moved = (await mediation.dispute(dispute_id)).deadline("mediation_committee")
    assert moved is not None
    assert moved.raw.isoformat() == latest["mediation_committee"]
    (told,) = await mediation.told(PeriodExtended)
    assert (told.period.kind, told.period.raw) == ("mediation_committee", moved.raw)
    assert told.period.reason == f"both_sides_agreed:{TODAY}"
    timers = await clocks(mediation, dispute_id)
    assert timers["mediation_committee"] == end_of_day(moved.effective)


async def test_who_when_and_from_which_day(mediation: Mediation) -> None:
    open_one = await handled(mediation)
    late = await mediation.to_assessment_1()
    court = {"track": "court_summary", "started_on": str(SIGNED)}
    by = mediation.mediator
    await mediation.refuses(
        f"/disputes/{open_one}/track",
        {
            "dispatcher": (mediation.dispatcher, court, NOT_ALLOWED),
            "a lawyer": (mediation.lawyers[2], court, NOT_FOUND),
            "no such track": (by, {"track": "tribunal"}, INVALID),
            "no day": (by, {"track": "court_summary"}, INVALID),
            "tomorrow": (by, court | {"started_on": str(TODAY + timedelta(days=1))}, INVALID),
            "long ago": (by, court | {"started_on": "2020-01-01"}, INVALID),
            "a day for receipt": (by, {"track": "committee", "started_on": str(TODAY)}, INVALID),
        },
    )
    fixed = (by, court, (409, "track_is_fixed"))
    await mediation.refuses(f"/disputes/{late}/track", {"accepted": fixed})
    assert (await mediation.dispute(open_one)).track is Track.ORGANISATION
