"""Welfare's share of the crash tests: an application from its opening to its approval, objections, ends; people kept.

Sending a payment has a test of its own (tests/welfare/test_payment_crashes.py): dying between the mark and the call
leaves an unknown payment for two people to decide, which is not what an undisturbed run leaves.
"""

import json
from collections.abc import Sequence
from uuid import UUID

from shared.contracts.base import Event
from shared.contracts.intake import PartyErased, PartyProfiled
from shared.contracts.mediation import HardshipFlagged
from shared.contracts.workbench import StaffProfiled
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from tests.crash import money_scenarios
from tests.crash.harness import Scenario, State
from tests.crash.records import arrive, told
from tests.crash.welfare_acts import Act, Prepare, command, ledger_holds, prepared
from tests.welfare.story import (
    APPROVER,
    CASHIER,
    OFFICER,
    ORG,
    REVIEWER,
    TODAY,
    Story,
    case_registered,
    form,
)

CAR = {"found": True, "what": "小型客车（2013 年）", "explanation": "亡夫营运车，已注销"}
BELIEVED = {"check": "W13", "accepted": True, "reason": "注销证明属实"}
OBJECTION = {"channel": "phone", "text": "邻居覃某称其名下另有商铺"}
VISIT = {"visited_on": TODAY.isoformat(), "companion": "社区 黄某", "report": "情况属实"}
WHY = {"reason": "材料不实"}


# -- what must exist before ------------------------------------------------------------------------


async def nothing(story: Story) -> None:
    """Opened is far enough."""


async def to_visit(story: Story) -> None:
    await (await story.filled()).reviewed_first()


async def to_submit(story: Story) -> None:
    await (await (await story.filled()).reviewed_first()).visited()


async def to_review(story: Story) -> None:
    await (await story.filled()).submitted()


async def to_explain(story: Story) -> None:
    await (await story.filled(assets=CAR)).submitted()


async def to_public(story: Story) -> None:
    await (await story.filled()).public()


async def objected(story: Story) -> dict[str, str]:
    await to_public(story)
    await story.must("objections", OBJECTION, actor=OFFICER)
    rows = await story.rig.context.db.pool.fetch("SELECT id FROM objection")
    return {"objection": str(rows[0]["id"])}


async def somebody_asks(rig: Rig) -> State:
    case_id, party_id = new_id(), new_id()
    await rig.deliver(case_registered(case_id, party_id, None))
    return {"case_id": str(case_id), "party_id": str(party_id), "key": str(new_id())}


# -- the act ---------------------------------------------------------------------------------------


async def open_act(rig: Rig, state: State) -> None:
    """An officer opens an application."""
    body = {"case_id": state["case_id"], "party_id": state["party_id"], "programme": "accident"}
    answer = await rig.post("/applications", body, actor=OFFICER, key=state["key"])
    assert answer.status_code == 201, answer.text


async def end_act(rig: Rig, state: State) -> None:
    """The last day of the public list is over."""
    await rig.fire("publicity_over", UUID(state["id"]))


# -- facts of the others -----------------------------------------------------------------------------


async def a_case(_rig: Rig) -> Sequence[Event]:
    return [case_registered(new_id(), new_id())]


async def hardship(_rig: Rig) -> Sequence[Event]:
    return [
        HardshipFlagged(
            dispute_id=new_id(),
            case_id=new_id(),
            party_id=new_id(),
            programme="accident",
            org=ORG,
            region="441284",
        )
    ]


def profile(rig: Rig, party: UUID) -> Event:
    said = {"name": "覃小妹", "phone": "15012341187", "sms_consent": True}
    return PartyProfiled(
        party_id=party, sealed=rig.context.cipher.seal(json.dumps(said), str(party))
    )


async def a_profile(rig: Rig) -> Sequence[Event]:
    return [profile(rig, new_id())]


async def an_erasure(rig: Rig) -> Sequence[Event]:
    party = new_id()
    await rig.deliver(profile(rig, party))
    return [PartyErased(party_id=party)]


async def a_colleague(rig: Rig) -> Sequence[Event]:
    sealed = rig.context.cipher.seal(json.dumps({"name": "林晓彤", "phone": ""}), str(OFFICER.id))
    roles = ("welfare_officer",)
    return [StaffProfiled(staff_id=OFFICER.id, roles=roles, org=ORG, active=True, sealed=sealed)]


STEPS: list[tuple[str, Prepare, Act, str]] = [
    ("open_for_case", told(a_case), arrive, "open_application.open_for_case"),
    ("open_for_hardship", told(hardship), arrive, "open_application.open_for_hardship"),
    ("open_by_officer", somebody_asks, open_act, "open_application.post_application"),
    ("keep_party", told(a_profile), arrive, "keep_people.keep_party"),
    ("forget_party", told(an_erasure), arrive, "keep_people.forget_party"),
    ("keep_staff", told(a_colleague), arrive, "keep_people.keep_staff"),
    (
        "fill_application",
        prepared(nothing),
        command("form", OFFICER, form(), "PUT"),
        "fill_application.put_form",
    ),
    ("run_checks", prepared(Story.filled), command("checks", CASHIER), "run_checks.post_checks"),
    (
        "review_first",
        prepared(Story.filled),
        command("first-review", OFFICER),
        "review_first.post_first_review",
    ),
    ("visit_home", prepared(to_visit), command("visit", OFFICER, VISIT), "visit_home.post_visit"),
    (
        "submit_application",
        prepared(to_submit),
        command("submit", OFFICER),
        "submit_application.post_submit",
    ),
    (
        "explain_check",
        prepared(to_explain),
        command("explanations", REVIEWER, BELIEVED),
        "explain_check.post_explanation",
    ),
    (
        "review_application",
        prepared(to_review),
        command("review", REVIEWER),
        "review_application.post_review",
    ),
    (
        "raise_objection",
        prepared(to_public, waits=True),
        command("objections", OFFICER, OBJECTION),
        "raise_objection.post_objection",
    ),
    (
        "resolve_objection",
        prepared(objected, waits=True),
        command("objections/{objection}/resolve", REVIEWER, {"upheld": True, "finding": "已核实"}),
        "resolve_objection.post_resolution",
    ),
    ("end_publicity", prepared(to_public), end_act, "end_publicity.end_publicity"),
    (
        "approve_application",
        prepared(to_public),
        command("approve", APPROVER),
        "approve_application.post_approval",
    ),
    (
        "send_back",
        prepared(to_review),
        command("send-back", REVIEWER, WHY),
        "give_up_application.post_send_back",
    ),
    (
        "reject",
        prepared(to_public),
        command("reject", APPROVER, WHY),
        "give_up_application.post_reject",
    ),
    (
        "withdraw",
        prepared(to_public),
        command("withdraw", OFFICER, WHY),
        "give_up_application.post_withdraw",
    ),
]
SCENARIOS: list[Scenario] = [
    *(
        Scenario("welfare", name, prepare, act, (door,), ledger_holds)
        for name, prepare, act, door in STEPS
    ),
    *money_scenarios.SCENARIOS,
]
