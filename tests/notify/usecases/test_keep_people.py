"""Messages go to those who work on the matter now."""

from typing import Any

from shared.contracts.mediation import DisputeProgressed, StageAdvanced
from shared.contracts.notify import MessagePosted
from shared.vocabulary.ids import new_id
from tests.notify.conftest import Notify


async def test_a_lawyer_who_was_replaced_is_not_told_any_more(notify: Notify) -> None:
    caller = await notify.known_caller()
    case = notify.case(caller)
    first, second = new_id(), new_id()
    dispute: dict[str, Any] = {"dispute_id": new_id(), "case_id": case.case_id}
    stands: dict[str, Any] = {
        **dispute,
        "stage": "accept",
        "grade": "G1",
        "group": False,
        "claimant_count": 1,
        "amount_fen": None,
        "mediator_ids": (),
        "missing": (),
        "done": 0,
        "total": 0,
        "deadlines": (),
    }
    await notify.rig.deliver(
        case,
        DisputeProgressed(**stands, lawyer_id=first),
        DisputeProgressed(**stands, lawyer_id=second),
        StageAdvanced(**dispute, from_stage="accept", to_stage="assessment_1"),
    )
    posted = (await notify.rig.facts())[-1]
    assert isinstance(posted, MessagePosted)
    assert posted.recipient_id == second


async def test_where_no_lawyer_is_there_yet_nobody_is_told_of_the_next_stage(
    notify: Notify,
) -> None:
    caller = await notify.known_caller()
    case = notify.case(caller)
    await notify.rig.deliver(
        case,
        StageAdvanced(
            dispute_id=new_id(), case_id=case.case_id, from_stage="accept", to_stage="assessment_1"
        ),
    )
    assert await notify.told() == ["message_queued"]
    assert await notify.rows("errand") == []
