"""Callers, operators and call forms for the tests of intake."""

from typing import Any

from shared.contracts.base import Event
from shared.contracts.mediation import DisputeOpened
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role

OPERATOR = Actor(new_id(), frozenset({Role.OPERATOR}), "zq")
COUNTY_OPERATOR = Actor(new_id(), frozenset({Role.OPERATOR}), "zq.441202")
MEDIATOR = Actor(new_id(), frozenset({Role.MEDIATOR}), "zq.441284")
SUPERVISOR = Actor(new_id(), frozenset({Role.SUPERVISOR}), "zq")
LAWYER = Actor(new_id(), frozenset({Role.LAWYER}), "zq")
AUDITOR = Actor(new_id(), frozenset({Role.AUDITOR}), "zq")

CALL: dict[str, Any] = {
    "phone": "13800136207",
    "party_id": None,
    "caller_name": "陈某明",
    "salutation": "mr",
    "employer_id": None,
    "employer_name": "四会市琅石建材有限公司",
    "narrative": "来电人称三个月没发工资，车间14个工友都没拿到，老板不接电话。",
    "category": "wage_arrears",
    "title": "",
    "urgency": "urgent",
    "urgency_reason": "",
    "handling": "dispatch",
    "answer": None,
    "gender": "male",
    "id_no": "",
    "claimant_count": 14,
    "amount_fen": 28_560_000,
    "region": "441284104",
    "migrant": True,
    "member": True,
    "channel": "phone",
    "confidential": "none",
    "call_back": "phone",
    "call_id": None,
}
QUESTION: dict[str, Any] = {
    **CALL,
    "category": "union_membership",
    "narrative": "想了解怎样加入工会。",
    "claimant_count": 1,
    "amount_fen": None,
    "employer_name": "",
    "urgency": "normal",
}
AID: dict[str, Any] = {
    **QUESTION,
    "category": "living_aid",
    "narrative": "家里困难，想申请困难补助。",
}


async def registered(intake: Rig, actor: Actor = OPERATOR, **changes: Any) -> dict[str, Any]:
    """A call that is on record; `base` replaces the form it starts from."""
    form = {**changes.pop("base", CALL), **changes}
    answer = await intake.post("/calls", form, actor=actor)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def dispute_opened(case_id: Any) -> DisputeOpened:
    """Mediation took up the dispute of that case."""
    return DisputeOpened(
        dispute_id=new_id(),
        case_id=case_id,
        scheme="zq-default",
        scheme_version=1,
        stage="acceptance",
        group=True,
        grade="G1",
        org="zq.441284",
        employer_id=None,
        claimant_count=14,
        amount_fen=None,
        deadlines=(),
    )


def names(facts: list[Event]) -> list[str]:
    """The wire names of facts, without those about people and employers."""
    return [fact.name.removeprefix("intake.") for fact in facts if fact.topic == "intake.cases"]
