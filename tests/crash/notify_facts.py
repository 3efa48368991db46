"""Notify's quieter use cases: what is kept of others' facts, who is forgotten, waits that end, a call that was made."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec

from services.notify.store.deliveries import CONTACT_OVERDUE
from services.notify.store.errands import ERRAND_OVERDUE
from shared.contracts.base import DeadlineFact, Event
from shared.contracts.intake import (
    CaseRedispatched,
    CaseRegistered,
    CaseReopened,
    ClaimantsJoined,
    PartyErased,
    PartyProfiled,
)
from shared.contracts.mediation import DisputeProgressed, MediationFailed
from shared.contracts.welfare import ApplicationMoved, ApplicationOpened
from shared.testing.rig import Rig
from shared.vocabulary.ids import derived_id, new_id
from shared.vocabulary.people import SYSTEM_ID, Actor, Role
from tests.crash.harness import Scenario, State
from tests.crash.records import arrive, told

ORG = "zq.441284"
AT = datetime(2026, 11, 24, 6, 32, tzinfo=UTC)
OPERATOR = Actor(derived_id(SYSTEM_ID, "crash operator"), frozenset({Role.OPERATOR}), ORG)
Facts = Callable[[Rig], Awaitable[Sequence[Event]]]


def sealed(rig: Rig, who: UUID, phone: str) -> str:
    """What is known of somebody who takes text messages, as it travels."""
    said = {"name": "陈小红", "phone": phone, "sms_consent": True}
    return rig.context.cipher.seal(msgspec.json.encode(said).decode(), str(who))


def profile(rig: Rig, who: UUID, phone: str) -> PartyProfiled:
    """A caller who takes text messages."""
    return PartyProfiled(party_id=who, sealed=sealed(rig, who, phone))


def case(rig: Rig, caller: UUID, received_at: datetime = AT) -> CaseRegistered:
    """A case of that caller."""
    case_id = new_id()
    return CaseRegistered(
        case_id=case_id,
        case_number="ZQ-20261124-000123",
        tracking_blind="blind",
        tracking_sealed=rig.context.cipher.seal("7K3M9Q2T", str(case_id)),
        channel="phone",
        category="A1",
        level="ordinary",
        track="dispute",
        urgency="normal",
        handling="forward",
        org=ORG,
        region=ORG,
        employer_id=None,
        caller_id=caller,
        claimant_ids=(caller,),
        claimant_count=1,
        amount_fen=None,
        operator_id=new_id(),
        received_at=received_at,
        deadlines=(),
    )


async def known(rig: Rig, phone: str = "13800000002") -> CaseRegistered:
    """A case and its caller, both here already."""
    one = case(rig, new_id())
    await rig.deliver(profile(rig, one.caller_id, phone), one)
    return one


def about(fact: Callable[[CaseRegistered], Event]) -> Facts:
    """One fact about a case that is known."""

    async def facts(rig: Rig) -> Sequence[Event]:
        return [fact(await known(rig))]

    return facts


def joined(one: CaseRegistered) -> Event:
    return ClaimantsJoined(
        case_id=one.case_id, claimant_ids=(new_id(),), claimant_count=2, amount_fen=None
    )


def reopened(one: CaseRegistered) -> Event:
    day = date(2026, 12, 21)
    last = DeadlineFact(
        kind="handling", rule="41", source="GB/T 33358", start_event="received",
        start=AT.date(), raw=day, effective=day,
    )  # fmt: skip
    return CaseReopened(case_id=one.case_id, deadlines=(last,))


def redispatched(one: CaseRegistered) -> Event:
    return CaseRedispatched(
        case_id=one.case_id, org="zq.441204", dispatched_by=one.operator_id, sign_due=AT
    )


def progressed(one: CaseRegistered) -> Event:
    stands: dict[str, Any] = {
        "grade": "G1",
        "group": False,
        "claimant_count": 1,
        "amount_fen": None,
    }
    return DisputeProgressed(
        dispute_id=new_id(), case_id=one.case_id, stage="accept", mediator_ids=(), missing=(),
        done=0, total=0, deadlines=(), lawyer_id=new_id(), **stands,
    )  # fmt: skip


def erased(one: CaseRegistered) -> Event:
    return PartyErased(party_id=one.caller_id)


def opened(one: CaseRegistered) -> Event:
    return ApplicationOpened(
        application_id=derived_id(one.case_id, "aid"), case_id=one.case_id,
        application_number="BF-20261124-000001", party_id=one.caller_id, programme="medical",
        year=2026, org=ORG, region=ORG, origin="caller",
    )  # fmt: skip


async def moved(rig: Rig) -> Sequence[Event]:
    one = await known(rig)
    await rig.deliver(opened(one))
    return [
        ApplicationMoved(
            application_id=derived_id(one.case_id, "aid"), case_id=one.case_id,
            from_state="applied", to_state="first_review", handler_id=new_id(),
        )
    ]  # fmt: skip


# -- waits that end, a call that was made ------------------------------------------------------------


async def profile_never_comes(rig: Rig) -> State:
    await rig.deliver(case(rig, new_id()))
    rows = await rig.context.db.pool.fetch("SELECT id FROM delivery")
    return {"kind": CONTACT_OVERDUE, "owner": str(rows[0]["id"])}


async def case_never_comes(rig: Rig) -> State:
    await rig.deliver(MediationFailed(dispute_id=new_id(), case_id=new_id(), failure="refused"))
    rows = await rig.context.db.pool.fetch("SELECT id FROM errand")
    return {"kind": ERRAND_OVERDUE, "owner": str(rows[0]["id"])}


async def time_passes(rig: Rig, state: State) -> None:
    """The timer fires, and again if it did not."""
    await rig.fire(state["kind"], UUID(state["owner"]))


async def to_be_called(rig: Rig) -> State:
    one = await known(rig, phone="0758-2831234")
    await rig.deliver(MediationFailed(dispute_id=new_id(), case_id=one.case_id, failure="refused"))
    rows = await rig.context.db.pool.fetch("SELECT id FROM delivery WHERE call_task")
    return {"task": str(rows[0]["id"]), "key": str(new_id())}


async def called(rig: Rig, state: State) -> None:
    """The operator says how the call went."""
    path, body = f"/call-tasks/{state['task']}/done", {"outcome": "told_by_phone"}
    answer = await rig.post(path, body, actor=OPERATOR, key=state["key"])
    assert answer.status_code == 200, answer.text


async def to_be_sent_again(rig: Rig) -> State:
    """As `to_be_called`, and since then the caller has a number that takes text messages."""
    state = await to_be_called(rig)
    (row,) = await rig.context.db.pool.fetch("SELECT recipient_id FROM delivery WHERE call_task")
    await rig.deliver(profile(rig, row["recipient_id"], "13800000002"))
    return state


async def sent_again(rig: Rig, state: State) -> None:
    """Send it again, under the same key for every life."""
    answer = await rig.post(
        f"/deliveries/{state['task']}/resend", {}, actor=OPERATOR, key=state["key"]
    )
    assert answer.status_code == 200, answer.text


KEPT: list[tuple[str, Facts, str]] = [
    ("keep_claimants", about(joined), "keep_case.keep_claimants"),
    ("keep_deadline", about(reopened), "keep_case.keep_deadline"),
    ("keep_unit", about(redispatched), "keep_case.keep_unit"),
    ("keep_dispute_people", about(progressed), "keep_people.keep_dispute_people"),
    ("keep_application", about(opened), "keep_people.keep_application"),
    ("keep_handler", moved, "keep_people.keep_handler"),
    ("erase_contact", about(erased), "erase_contact.erase_contact"),
]
SCENARIOS = [
    *(Scenario("notify", name, told(facts), arrive, (door,)) for name, facts, door in KEPT),
    Scenario(
        "notify",
        "give_up_contact",
        profile_never_comes,
        time_passes,
        ("give_up_waiting.give_up_contact",),
    ),
    Scenario(
        "notify",
        "give_up_errand",
        case_never_comes,
        time_passes,
        ("give_up_waiting.give_up_errand",),
    ),
    Scenario("notify", "close_call_task", to_be_called, called, ("close_call_task.post_done",)),
    Scenario("notify", "resend", to_be_sent_again, sent_again, ("resend_message.post_resend",)),
]
