"""A period is moved by both sides' timely consent, within the scheme's cap (rule 19)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.mediation.domain.deadlines import COMMITTEE, Track
from shared.kernel.clock import now
from shared.vocabulary.calendar import WorkCalendar, end_of_day, local_date
from tests.mediation.bench import INVALID, NOT_ALLOWED, Mediation

TODAY = local_date(now())
KIND = "mediation_committee"


async def of_a_committee(mediation: Mediation) -> tuple[UUID, date]:
    """An accepted dispute of an enterprise committee, and the last day of its period."""
    dispute_id = await mediation.to_assessment_1()
    period = replace(COMMITTEE.deadline(TODAY, WorkCalendar.of(())), provisional=False)
    statutory = (await mediation.dispute(dispute_id)).deadlines
    await mediation.as_if(dispute_id, track=Track.COMMITTEE, deadlines=(*statutory, period))
    return dispute_id, period.effective


async def consent(mediation: Mediation, dispute_id: UUID, *sides: str) -> None:
    """The sides agree to a longer period."""
    for side in sides:
        body = {"side": side, "purpose": "extension", "given": True}
        await mediation.do(f"/disputes/{dispute_id}/consents", body)


async def test_both_sides_move_the_period_and_its_clock(mediation: Mediation) -> None:
    dispute_id, last = await of_a_committee(mediation)
    before = await mediation.rig.timers(dispute_id)
    await consent(mediation, dispute_id, "workers", "employer")
    to = last + timedelta(days=10)
    await mediation.do(f"/disputes/{dispute_id}/extend", {"kind": KIND, "to": str(to)})
    moved = (await mediation.dispute(dispute_id)).deadline(KIND)
    assert moved is not None
    assert moved.raw == to
    assert moved.reason == f"both_sides_agreed:{TODAY}"
    timers = await mediation.rig.context.db.pool.fetch(
        "SELECT occurrence, due_at FROM kernel.timer WHERE owner = $1", dispute_id
    )
    due = {one["occurrence"]: one["due_at"] for one in timers}
    assert due == {
        "mediation_statutory": before["period_over"],
        KIND: end_of_day(moved.effective),
    }
    assert (await mediation.audited(dispute_id))[-1] == "deadline.extend"


@pytest.mark.parametrize(
    ("sides", "kind", "days", "code"),
    [
        ((), KIND, 5, "extension_needs_both_consents"),
        (("workers",), KIND, 5, "extension_needs_both_consents"),
        (("workers", "employer"), KIND, 0, "extension_out_of_range"),
        (("workers", "employer"), KIND, 60, "extension_out_of_range"),
        (("workers", "employer"), "mediation_statutory", 5, "deadline_not_extendable"),
        (("workers", "employer"), "court_summary", 5, "deadline_not_extendable"),
    ],
)
async def test_what_does_not_move(
    mediation: Mediation, sides: tuple[str, ...], kind: str, days: int, code: str
) -> None:
    dispute_id, last = await of_a_committee(mediation)
    await consent(mediation, dispute_id, *sides)
    body = {"kind": kind, "to": str(last + timedelta(days=days))}
    at = f"/disputes/{dispute_id}/extend"
    await mediation.refuses(at, {"": (mediation.mediator, body, (409, code))})


async def test_who_and_when(mediation: Mediation) -> None:
    dispute_id, settled = await mediation.open(), await mediation.to_agreement()
    body = {"kind": KIND, "to": "2027-01-08"}
    await mediation.refuses(
        f"/disputes/{dispute_id}/extend",
        {
            "dispatcher": (mediation.dispatcher, body, NOT_ALLOWED),
            "no day": (mediation.supervisor, {"kind": KIND, "to": "soon"}, INVALID),
        },
    )
    ended = (mediation.supervisor, body, (409, "outcome_recorded"))
    await mediation.refuses(f"/disputes/{settled}/extend", {"ended": ended})
