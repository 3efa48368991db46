"""After a return the account is corrected by one, approved by another, rests, and is paid under a new attempt."""

from pydantic import SecretStr

from services.welfare.usecases.pay_due import pay_due
from shared.testing.rig import Rig, ServiceRig
from tests.welfare.bank import KEY, RunningBank
from tests.welfare.story import APPROVER, CASHIER, OFFICER, Story, budget, emergency
from tests.welfare.usecases.test_pay_due import approved, until

CLOSED = {"number": "6222021234569997", "bank": "工行", "holder": "覃小妹"}
RIGHT = {"number": "6222021234561111", "bank": "工行", "holder": "覃小妹", "reason": "原卡已销"}


async def returned(rig: Rig) -> Story:
    story = await approved(rig, account=CLOSED)
    await story.released()
    await pay_due(rig.context)
    return story


async def test_the_corrected_account_is_paid_once_it_is_approved(
    paying: Rig, bank: RunningBank
) -> None:
    story = await returned(paying)
    await story.must("account", RIGHT, actor=OFFICER)
    unapproved = await story.post("payments", actor=CASHIER)
    assert unapproved.json()["code"] == "account_change_pending"
    await story.must("account/approve", actor=APPROVER)
    told = await story.must("payments", actor=CASHIER)
    assert told["attempt"] == 2
    await pay_due(paying.context)
    assert await until(paying, told["payment_id"], "settled") == "settled"
    assert await story.state() == "paid"


async def test_an_account_is_not_approved_by_who_proposed_it(paying: Rig) -> None:
    story = await returned(paying)
    await story.must("account", RIGHT, actor=OFFICER)
    refused = await story.post("account/approve", actor=OFFICER)
    assert refused.status_code == 403


async def test_somebody_elses_account_is_not_approved(paying: Rig) -> None:
    story = await returned(paying)
    await story.must("account", {**RIGHT, "holder": "王某"}, actor=OFFICER)
    refused = await story.post("account/approve", actor=APPROVER)
    assert refused.json()["code"] == "checks_block"
    assert "W5" in refused.json()["zh"]


async def test_an_account_is_corrected_only_after_a_return(paying: Rig) -> None:
    story = await approved(paying)
    refused = await story.post("account", RIGHT, actor=OFFICER)
    assert refused.json()["code"] == "account_not_returned"


async def test_a_corrected_account_rests_before_it_is_paid(
    service_rig: ServiceRig, bank: RunningBank
) -> None:
    rig = await service_rig("welfare", bank_url=bank.url, bank_key=SecretStr(KEY))
    await budget(rig)
    await emergency(rig)
    story = await returned(rig)
    await story.must("account", RIGHT, actor=OFFICER)
    await story.must("account/approve", actor=APPROVER)
    refused = await story.post("payments", actor=CASHIER)
    assert refused.json()["code"] == "account_cooling_off"
