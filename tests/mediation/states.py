"""Disputes on their way: states between those of the bench, for tests that look at one step."""

from uuid import UUID

from tests.mediation.bench import Mediation
from tests.mediation.forms import ITEMS_1, agreement
from tests.mediation.usecases.meetings import SOON, hold, schedule
from tests.mediation.usecases.test_draft_agreement import TODAY

HANDS = ["workers", "employer", "mediator", "seal"]


async def opened(mediation: Mediation) -> UUID:
    """Registered, offered to a lawyer."""
    return await mediation.open()


async def written(mediation: Mediation) -> UUID:
    """The first assessment is written and not signed."""
    dispute_id = await mediation.to_assessment_1()
    answers = [{"item": item, "conclusion": "yes"} for item in ITEMS_1]
    body = {"answers": answers, "judgement": "同意调解"}
    await mediation.do(f"/disputes/{dispute_id}/assessments/assessment_1", body, method="PUT")
    return dispute_id


async def assessed(mediation: Mediation) -> UUID:
    """Signed and graded: ready for the joint meeting."""
    dispute_id = await mediation.to_assessment_1()
    await mediation.assess(dispute_id, "assessment_1", ITEMS_1)
    await mediation.do(f"/disputes/{dispute_id}/grade", {"grade": "G0"})
    return dispute_id


async def scheduled(mediation: Mediation) -> UUID:
    """The meeting has a room."""
    dispute_id = await mediation.to_meeting()
    await schedule(mediation, dispute_id)
    return dispute_id


async def met(mediation: Mediation) -> UUID:
    """The meeting took place."""
    dispute_id = await scheduled(mediation)
    await hold(mediation, dispute_id)
    return dispute_id


async def led(mediation: Mediation) -> UUID:
    """A lawyer accepted."""
    dispute_id = await mediation.open()
    await mediation.accept(dispute_id)
    return dispute_id


async def planned(mediation: Mediation) -> UUID:
    """A session is planned."""
    dispute_id = await mediation.to_mediation()
    await mediation.do(f"/disputes/{dispute_id}/sessions", {"planned_at": SOON.isoformat()})
    return dispute_id


async def drafted(mediation: Mediation) -> UUID:
    """A session was held and the agreement is written."""
    dispute_id = await mediation.to_mediation()
    at = f"/disputes/{dispute_id}"
    session = {"planned_at": SOON.isoformat(), "held_on": str(TODAY)}
    await mediation.do(f"{at}/sessions", session)
    await mediation.do(f"{at}/agreement", agreement(TODAY), method="PUT")
    return dispute_id


async def signed(mediation: Mediation) -> UUID:
    """The agreement is signed by all."""
    dispute_id = await drafted(mediation)
    await mediation.do(f"/disputes/{dispute_id}/agreement/sign", {"hands": HANDS})
    return dispute_id


async def failed(mediation: Mediation) -> UUID:
    """The mediation ended without agreement."""
    dispute_id = await mediation.open()
    body = {"outcome": "refused"}
    await mediation.do(f"/disputes/{dispute_id}/end", body, by=mediation.supervisor)
    return dispute_id


async def agreed_longer(mediation: Mediation) -> UUID:
    """Assigned by a court before filing, accepted, and both sides agree to a longer period."""
    dispute_id = await mediation.open()
    at, by = f"/disputes/{dispute_id}", mediation.supervisor
    ids = [str(one.id) for one in mediation.mediators]
    await mediation.do(f"{at}/mediators", {"mediator_ids": ids}, by=by)
    assigned = {"track": "court_before_filing", "started_on": str(TODAY)}
    await mediation.do(f"{at}/track", assigned)
    for side in ("workers", "employer"):
        await mediation.do(f"{at}/consents", {"side": side, "purpose": "extension", "given": True})
    return dispute_id


async def suspended(mediation: Mediation) -> UUID:
    """The work is stopped, and meanwhile the lawyer who was asked declined."""
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    await mediation.suspended(dispute_id)
    by = mediation.lawyer(offer["lawyer_id"])
    await mediation.do(f"/offers/{offer['id']}/decline", {"reason": "absence"}, by=by)
    return dispute_id
