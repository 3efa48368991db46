"""What the scenarios of mediation are made of: a dispute that went so far, commands, timers, facts that arrive."""

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
from tests.crash.harness import State
from tests.mediation.bench import Mediation, staffed
from tests.mediation.forms import ORG, registered

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
