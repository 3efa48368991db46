"""A decision of the joint meeting is carried out once."""

from uuid import UUID

from shared.vocabulary.ids import new_id
from tests.mediation.bench import NOT_ALLOWED, Mediation
from tests.mediation.usecases.meetings import hold, schedule


async def decision_of(mediation: Mediation, dispute_id: UUID) -> UUID:
    """The only decision of the dispute's meeting."""
    meeting = (await mediation.dispute(dispute_id)).conference
    assert meeting is not None
    (decision,) = meeting.decisions
    return decision.id


async def test_a_decision_is_done_today_and_only_once(mediation: Mediation) -> None:
    dispute_id = await mediation.to_meeting()
    await schedule(mediation, dispute_id)
    await hold(mediation, dispute_id)
    decision_id = await decision_of(mediation, dispute_id)
    at = f"/disputes/{dispute_id}/decisions/{decision_id}/done"
    await mediation.do(at)
    meeting = (await mediation.dispute(dispute_id)).conference
    assert meeting is not None
    assert [one.done_on is not None for one in meeting.decisions] == [True]
    assert (await mediation.audited(dispute_id))[-1] == "decision.done"
    await mediation.refuses(
        at,
        {
            "twice": (mediation.mediator, {}, (409, "decision_not_open")),
            "dispatcher": (mediation.dispatcher, {}, NOT_ALLOWED),
        },
    )


async def test_unknown_decisions_and_disputes_without_a_meeting(mediation: Mediation) -> None:
    without = await mediation.to_meeting()
    await mediation.refuses(
        f"/disputes/{without}/decisions/{new_id()}/done",
        {"no meeting": (mediation.mediator, {}, (409, "decision_not_open"))},
    )
