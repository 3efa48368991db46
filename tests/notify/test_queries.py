"""What became of messages is shown masked, and only within the reader's area."""

import pytest

from shared.contracts.mediation import MediationFailed
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.notify.conftest import Notify, person


async def test_the_messages_of_a_case_are_shown_masked(notify: Notify) -> None:
    caller = await notify.known_caller()
    case = notify.case(caller)
    await notify.rig.deliver(case)
    await notify.send()
    answer = await notify.rig.get(
        "/deliveries", actor=person(Role.OPERATOR), case_id=str(case.case_id)
    )
    (shown,) = answer.json()["items"]
    phone = notify.phones[caller]
    assert shown["recipient"]["phone"] == f"{phone[:3]}****{phone[-4:]}"
    assert shown["recipient"]["name"] == "陈*红"
    assert (shown["state"], shown["template"]) == ("sent", "case_registered.caller@1")
    assert phone not in answer.text
    assert "7K3M" not in answer.text


@pytest.mark.parametrize(
    ("role", "org", "status", "count"),
    [
        (Role.SUPERVISOR, "zq", 200, 1),
        (Role.OPERATOR, "zq.441202", 200, 0),
        (Role.OPERATOR, "zq.44128", 200, 0),
        (Role.LAWYER, "zq", 403, 0),
    ],
)
async def test_who_sees_the_messages_of_a_case(
    notify: Notify, role: Role, org: str, status: int, count: int
) -> None:
    case = notify.case(await notify.known_caller())
    await notify.rig.deliver(case)
    actor = person(role, org)
    answer = await notify.rig.get("/deliveries", actor=actor, case_id=str(case.case_id))
    assert answer.status_code == status
    assert len(answer.json().get("items", [])) == count


@pytest.mark.parametrize(
    ("role", "confidential", "shown"),
    [
        (Role.MEDIATOR, False, "陈*红"),
        (Role.MEDIATOR, True, ""),
        (Role.OPERATOR, True, "陈*红"),
    ],
)
async def test_the_handling_unit_does_not_learn_who_called_in_confidence(
    notify: Notify, role: Role, confidential: bool, shown: str
) -> None:
    case = notify.case(await notify.known_caller(), confidential=confidential)
    await notify.rig.deliver(case)
    answer = await notify.rig.get("/deliveries", actor=person(role), case_id=str(case.case_id))
    (item,) = answer.json()["items"]
    assert item["recipient"]["name"] == shown
    assert bool(item["recipient"]["phone"]) is bool(shown)


async def test_call_tasks_come_in_pages_oldest_first(notify: Notify) -> None:
    claimants = tuple(new_id() for _ in range(60))
    profiles = [notify.party(one, phone="0758-2831234") for one in claimants]
    await notify.rig.deliver(*profiles)
    case = notify.case(claimants[0], claimant_ids=claimants)
    await notify.rig.deliver(
        case, MediationFailed(dispute_id=new_id(), case_id=case.case_id, failure="refused")
    )
    desk = person(Role.DISPATCHER)
    first = (await notify.rig.get("/call-tasks", actor=desk)).json()
    second = (await notify.rig.get("/call-tasks", actor=desk, cursor=first["next_cursor"])).json()
    seen = [one["delivery"]["delivery_id"] for one in first["items"] + second["items"]]
    assert len(seen) == len(set(seen)) == 60
    assert second["next_cursor"] is None
    forged = await notify.rig.get("/call-tasks", actor=desk, cursor="forged")
    assert (forged.status_code, forged.json()["code"]) == (422, "invalid_input")


async def test_call_tasks_are_for_those_who_may_phone(notify: Notify) -> None:
    answer = await notify.rig.get("/call-tasks", actor=person(Role.MEDIATOR))
    assert answer.status_code == 403
