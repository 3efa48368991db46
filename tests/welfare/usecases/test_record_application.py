"""The paid application is filed and the case may end."""

from services.welfare.usecases.pay_due import pay_due
from shared.contracts.welfare import ApplicationClosed
from shared.testing.rig import Rig
from tests.welfare.bank import RunningBank
from tests.welfare.story import OFFICER
from tests.welfare.usecases.test_pay_due import approved, until


async def test_a_paid_application_is_filed_with_what_arrived(
    paying: Rig, bank: RunningBank
) -> None:
    story = await approved(paying)
    assert (await story.post("record", actor=OFFICER)).json()["code"] == "application_not_this_step"
    payment = await story.released()
    await pay_due(paying.context)
    await until(paying, payment, "settled")
    await story.must("record", actor=OFFICER)
    closed = [fact for fact in await paying.facts() if isinstance(fact, ApplicationClosed)]
    assert [(fact.outcome, fact.paid_fen) for fact in closed] == [("paid", 200_000)]
