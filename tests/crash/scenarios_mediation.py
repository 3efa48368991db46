"""Mediation's share of the crash tests: every step of a dispute from the registered case to the archive."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlmodel import select

from services.mediation.tables import DisputeRow
from shared.contracts.intake import ClaimantsJoined
from shared.contracts.workbench import StaffProfiled
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.crash.harness import Scenario, State
from tests.mediation.bench import Mediation, staffed
from tests.mediation.forms import ITEMS_2, ORG, agreement, registered
from tests.mediation.states import (
    HANDS,
    assessed,
    drafted,
    failed,
    led,
    met,
    opened,
    planned,
    scheduled,
    signed,
    suspended,
    written,
)
from tests.mediation.usecases.meetings import SOON
from tests.mediation.usecases.test_draft_agreement import TODAY
from tests.mediation.usecases.test_give_opinion import OPINION

Walk = Callable[[Mediation], Awaitable[UUID]]
Body = dict[str, Any] | Callable[[State], dict[str, Any]]
CASES = ("intake.cases", 0)
STAFF = ("workbench.staff", 0)
PLACES = {Role.LAWYER: "zq"}
"""Where a role that is not of the county belongs."""


# -- what must exist before ------------------------------------------------------------------------


def prepared(walk: Walk) -> Callable[[Rig], Awaitable[State]]:
    """A dispute that went so far, and whatever ids its next step may need."""

    async def prepare(rig: Rig) -> State:
        mediation = await staffed(rig)
        dispute_id = await walk(mediation)
        dispute = await mediation.dispute(dispute_id)
        offer = await mediation.offer(dispute_id)
        lawyer = dispute.lawyer or (offer["lawyer_id"] if offer else mediation.lawyers[0].id)
        meeting = dispute.conference
        return {
            "id": str(dispute_id),
            "key": str(new_id()),
            "case": str(dispute.case_id),
            "party": (await mediation.row(dispute_id))["claimant_ids"][0],
            "mediators": [str(one.id) for one in mediation.mediators],
            Role.MEDIATOR.value: str(mediation.mediator.id),
            Role.SUPERVISOR.value: str(mediation.supervisor.id),
            Role.LAWYER.value: str(lawyer),
            "offer": str(offer["id"]) if offer else "",
            "hash": dispute.assessments[-1].content_hash if dispute.assessments else "",
            "session": str(dispute.sessions[-1].id) if dispute.sessions else "",
            "decision": str(meeting.decisions[0].id) if meeting and meeting.decisions else "",
        }

    return prepare


# -- the act ---------------------------------------------------------------------------------------


def command(
    path: str, by: Role, body: Body | None = None, method: str = "POST"
) -> Callable[[Rig, State], Awaitable[None]]:
    """A command, repeated under the same key."""

    async def act(rig: Rig, state: State) -> None:
        actor = Actor(UUID(state[by.value]), frozenset({by}), PLACES.get(by, ORG))
        filled = body(state) if callable(body) else body or {}
        answer = await rig.send(method, path.format(**state), filled, actor=actor, key=state["key"])
        assert answer.status_code in {200, 201}, answer.text

    return act


def timer(kind: str, owner: str = "id", occurrence: str | None = None) -> Any:
    """A timer is due, and is due again after the crash if it did not fire."""

    async def act(rig: Rig, state: State) -> None:
        await rig.fire(kind, UUID(state[owner]), occurrence)

    return act


async def case_prepare(rig: Rig) -> State:
    """The rosters are there; a case is about to be told."""
    await staffed(rig)
    return {"case": str(new_id()), "party": str(new_id())}


async def case_act(rig: Rig, state: State) -> None:
    """The broker brings the registered case."""
    case_id, party = UUID(state["case"]), UUID(state["party"])
    await rig.deliver(registered(case_id=case_id, claimant_ids=(party,), caller_id=party))
    assert await rig.rows(select(DisputeRow)), "the case was parked"


async def joined_act(rig: Rig, state: State) -> None:
    """The broker brings the next fact about the case."""
    case_id = UUID(state["case"])
    rig.offsets[CASES], rig.versions[case_id] = 0, 1
    joined = ClaimantsJoined(
        case_id=case_id, claimant_ids=(case_id,), claimant_count=30, amount_fen=9_000_000
    )
    await rig.deliver(joined)


async def roster_act(rig: Rig, state: State) -> None:
    """The broker brings that a lawyer left."""
    lawyer = UUID(state[Role.LAWYER.value])
    rig.offsets[STAFF], rig.versions[lawyer] = 100, 1
    left = StaffProfiled(staff_id=lawyer, roles=("lawyer",), org="zq", active=False, sealed="s")
    await rig.deliver(left)


def answers(items: list[str]) -> dict[str, Any]:
    """A form with every item answered."""
    given = [{"item": item, "conclusion": "yes"} for item in items]
    return {"answers": given, "judgement": "同意继续办理"}


OF = "/disputes/{id}"
M, S, L = Role.MEDIATOR, Role.SUPERVISOR, Role.LAWYER
TO = Mediation

STEPS: list[tuple[str, Walk, Callable[[Rig, State], Awaitable[None]]]] = [
    ("accept", opened, command("/offers/{offer}/accept", L, {"no_conflict": True})),
    ("decline", opened, command("/offers/{offer}/decline", L, {"reason": "conflict"})),
    ("expire_offer", opened, timer("offer_expired", "offer")),
    ("assign_lawyer", opened, command(OF + "/lawyer", S, lambda s: {"lawyer_id": s["lawyer"]})),
    ("ask_next_lawyer", opened, command(OF + "/lawyer", S, {"lawyer_id": None})),
    ("add_claimants", opened, joined_act),
    ("keep_roster", opened, roster_act),
    (
        "mediators",
        opened,
        command(OF + "/mediators", S, lambda s: {"mediator_ids": s["mediators"]}),
    ),
    ("scope", opened, command(OF + "/scope", S, {"in_scope": True})),
    (
        "consent",
        opened,
        command(OF + "/consents", S, {"side": "workers", "purpose": "mediation", "given": True}),
    ),
    ("declare", TO.to_assessment_1, command(OF + "/declarations", M, {"relation": "none"})),
    (
        "write_assessment",
        TO.to_assessment_2,
        command(OF + "/assessments/assessment_2", M, answers(ITEMS_2), "PUT"),
    ),
    (
        "sign_assessment",
        written,
        command(
            OF + "/assessments/assessment_1/sign",
            M,
            lambda s: {"content_hash": s["hash"], "role": "mediator"},
        ),
    ),
    ("grade", written, command(OF + "/grade", M, {"grade": "G0"})),
    ("advance", assessed, command(OF + "/advance", M, {"from_stage": "assessment_1"})),
    ("send_back", assessed, command(OF + "/send-back", S, {"reason": "材料不齐"})),
    (
        "schedule_conference",
        TO.to_meeting,
        command(
            OF + "/conference",
            M,
            lambda s: {
                "starts_at": SOON.isoformat(),
                "minutes": 60,
                "room": "301",
                "chair_id": s["supervisor"],
                "member_ids": s["mediators"],
                "agenda": ["欠薪处置"],
            },
        ),
    ),
    (
        "hold_conference",
        scheduled,
        command(
            OF + "/conference/minutes",
            M,
            lambda s: {
                "attendance": [{"person_id": one, "present": True} for one in s["mediators"]],
                "minutes": "纪要",
                "decisions": [{"text": "约谈", "owner_id": s["mediator"], "due": "2027-01-15"}],
            },
        ),
    ),
    ("waive_conference", scheduled, command(OF + "/conference/waive", M, {"reason": "事实清楚"})),
    ("close_decision", met, command(OF + "/decisions/{decision}/done", M)),
    ("opinion", led, command(OF + "/opinion", L, OPINION, "PUT")),
    (
        "plan_session",
        TO.to_mediation,
        command(OF + "/sessions", M, {"planned_at": SOON.isoformat()}),
    ),
    (
        "hold_session",
        planned,
        command(OF + "/sessions/{session}/held", M, {"held_on": str(TODAY)}),
    ),
    ("draft_agreement", drafted, command(OF + "/agreement", M, agreement(TODAY), "PUT")),
    ("sign_agreement", drafted, command(OF + "/agreement/sign", M, {"hands": HANDS})),
    ("settle", signed, command(OF + "/advance", M, {"from_stage": "mediation"})),
    ("review", TO.to_agreement, command(OF + "/agreement/review", M, {"choice": "waived"})),
    ("instalment", TO.to_performance, command(OF + "/instalments/1", M, {"state": "paid"})),
    ("instalment_due", TO.to_performance, timer("instalment_due", occurrence="2")),
    ("period_over", opened, timer("period_over")),
    ("end", TO.to_assessment_2, command(OF + "/end", M, {"outcome": "gap_too_wide"})),
    ("advice", failed, command(OF + "/advice", S, {"receipt": "refused"})),
    ("paper", failed, command(OF + "/papers", S, {"paper": "arbitration_advice"})),
    ("hardship", opened, command(OF + "/hardship", S, lambda s: {"party_id": s["party"]})),
    (
        "suspend",
        opened,
        command(OF + "/standstill", S, {"act": "suspend", "reason": "疑似虚假调解"}),
    ),
    (
        "resume",
        suspended,
        command(OF + "/standstill", S, {"act": "resume", "reason": "已核实"}),
    ),
    ("archive", TO.to_archive, command(OF + "/archive", M)),
]

SCENARIOS: list[Scenario] = [
    Scenario("mediation", "open", case_prepare, case_act),
    *(Scenario("mediation", name, prepared(walk), act) for name, walk, act in STEPS),
]
