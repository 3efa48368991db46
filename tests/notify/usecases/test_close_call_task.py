"""An operator phones whom a message did not reach, and says so."""

import pytest

from services.notify.store.deliveries import CONTACT_OVERDUE
from shared.contracts.mediation import MediationFailed
from shared.contracts.notify import MessageFailed
from shared.kernel import audit
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.notify.conftest import Notify, person

OPERATOR = person(Role.OPERATOR)


async def a_call_task(notify: Notify) -> str:
    """The id of a message that somebody has to make up for."""
    caller = await notify.known_caller(phone="0758-2831234")
    case = notify.case(caller)
    await notify.rig.deliver(
        case, MediationFailed(dispute_id=new_id(), case_id=case.case_id, failure="refused")
    )
    (row,) = [row for row in await notify.rows("delivery") if row["call_task"]]
    return str(row["id"])


async def test_a_call_closes_the_task_and_is_audited(notify: Notify) -> None:
    task = await a_call_task(notify)
    page = (await notify.rig.get("/call-tasks", actor=OPERATOR)).json()
    assert [one["delivery"]["delivery_id"] for one in page["items"]] == [task]
    assert page["items"][0]["case_number"] == "ZQ-20261124-000123"
    done = await notify.rig.post(
        f"/call-tasks/{task}/done", {"outcome": "told_by_phone"}, actor=OPERATOR, key="k1"
    )
    assert done.status_code == 200, done.text
    again = await notify.rig.post(
        f"/call-tasks/{task}/done", {"outcome": "told_by_phone"}, actor=OPERATOR, key="k1"
    )
    assert again.json() == done.json()
    fact = (await notify.rig.facts())[-1]
    assert isinstance(fact, MessageFailed)
    assert (fact.reason, fact.call_task) == ("told_by_phone", False)
    assert (await notify.rig.get("/call-tasks", actor=OPERATOR)).json()["items"] == []
    chain = await audit.verify(notify.rig.context.db.pool)
    assert (chain.ok, chain.links) == (True, 1)


async def test_a_task_that_a_colleague_closed_is_refused(notify: Notify) -> None:
    task = await a_call_task(notify)
    path, body = f"/call-tasks/{task}/done", {"outcome": "not_reached_by_phone"}
    assert (await notify.rig.post(path, body, actor=OPERATOR)).status_code == 200
    refused = await notify.rig.post(path, body, actor=OPERATOR)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_call_task")


@pytest.mark.parametrize(
    ("role", "org", "status"),
    [
        (Role.OPERATOR, "zq.441202", 404),
        (Role.LAWYER, "zq", 404),
        (Role.AUDITOR, "zq", 403),
        (Role.SUPERVISOR, "zq", 200),
    ],
)
async def test_only_the_desk_of_the_area_closes_a_task(
    notify: Notify, role: Role, org: str, status: int
) -> None:
    task = await a_call_task(notify)
    answer = await notify.rig.post(
        f"/call-tasks/{task}/done", {"outcome": "told_by_phone"}, actor=person(role, org)
    )
    assert answer.status_code == status


async def test_an_unknown_outcome_is_refused(notify: Notify) -> None:
    task = await a_call_task(notify)
    answer = await notify.rig.post(
        f"/call-tasks/{task}/done", {"outcome": "delivered"}, actor=OPERATOR
    )
    assert answer.status_code == 422


async def test_a_message_that_still_waits_is_no_call_task(notify: Notify) -> None:
    await notify.rig.deliver(notify.case(new_id()))
    (row,) = await notify.rows("delivery")
    path = f"/call-tasks/{row['id']}/done"
    answer = await notify.rig.post(path, {"outcome": "told_by_phone"}, actor=OPERATOR)
    assert answer.json()["code"] == "no_call_task"
    assert await notify.rig.fire(CONTACT_OVERDUE, row["id"]) == 1
