"""A session is planned, and later recorded as held, once."""

from datetime import timedelta

from shared.contracts.mediation import SessionHeld
from shared.kernel.clock import now
from shared.vocabulary.calendar import local_date
from shared.vocabulary.ids import new_id
from tests.mediation.bench import INVALID, NOT_ALLOWED, WRONG_STAGE, Mediation

TODAY = local_date(now())
PLAN = {"planned_at": f"{TODAY + timedelta(days=3)}T09:00:00+08:00"}


async def test_a_session_is_planned_and_then_held(mediation: Mediation) -> None:
    dispute_id = await mediation.to_mediation()
    at = f"/disputes/{dispute_id}/sessions"
    await mediation.do(at, PLAN)
    await mediation.do(at, PLAN)
    assert await mediation.told(SessionHeld) == []
    _, second = (await mediation.dispute(dispute_id)).sessions
    await mediation.do(f"{at}/{second.id}/held", {"held_on": str(TODAY)})
    (told,) = await mediation.told(SessionHeld)
    assert told.session_no == 2
    held = [one.held_on for one in (await mediation.dispute(dispute_id)).sessions]
    assert held == [None, TODAY]
    assert (await mediation.audited(dispute_id))[-1] == "session.hold"
    twice = (mediation.mediator, {"held_on": str(TODAY)}, WRONG_STAGE)
    await mediation.refuses(f"{at}/{second.id}/held", {"twice": twice})


async def test_one_that_took_place_already_is_recorded_at_once(mediation: Mediation) -> None:
    dispute_id = await mediation.to_mediation()
    body = {**PLAN, "held_on": str(TODAY - timedelta(days=1))}
    await mediation.do(f"/disputes/{dispute_id}/sessions", body)
    (told,) = await mediation.told(SessionHeld)
    assert told.session_no == 1
    assert (await mediation.audited(dispute_id))[-1] == "session.plan"


async def test_after_a_refusal_no_session_is_planned(mediation: Mediation) -> None:
    dispute_id = await mediation.to_mediation()
    no = {"side": "employer", "purpose": "mediation", "given": False}
    await mediation.do(f"/disputes/{dispute_id}/consents", no)
    refused = (mediation.mediator, PLAN, (409, "side_refused"))
    await mediation.refuses(f"/disputes/{dispute_id}/sessions", {"rule 22": refused})


async def test_what_is_not_planned_or_held(mediation: Mediation) -> None:
    early, dispute_id = await mediation.to_assessment_1(), await mediation.to_mediation()
    by, tomorrow = mediation.mediator, str(TODAY + timedelta(days=1))
    at = f"/disputes/{dispute_id}/sessions"
    await mediation.refuses(f"/disputes/{early}/sessions", {"too early": (by, PLAN, WRONG_STAGE)})
    await mediation.refuses(
        at,
        {
            "no zone": (by, {"planned_at": "2026-12-01T09:00:00"}, INVALID),
            "held tomorrow": (by, {**PLAN, "held_on": tomorrow}, INVALID),
            "dispatcher": (mediation.dispatcher, PLAN, NOT_ALLOWED),
        },
    )
    await mediation.do(at, PLAN)
    (planned,) = (await mediation.dispute(dispute_id)).sessions
    await mediation.refuses(
        f"{at}/{planned.id}/held", {"tomorrow": (by, {"held_on": tomorrow}, INVALID)}
    )
    await mediation.refuses(
        f"{at}/{new_id()}/held", {"unknown": (by, {"held_on": str(TODAY)}, WRONG_STAGE)}
    )
