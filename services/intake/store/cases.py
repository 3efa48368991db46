"""Cases: domain object ⇄ rows. Loading is authorising; what was said is sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import BindParameter, bindparam
from sqlmodel import col, select

from services.intake.domain.case import Case, Handling, Part, PartKind, PartState, expected_parts
from services.intake.domain.case_state import State
from services.intake.domain.categories import Level, TopClass, Track
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.claimants import CLAIMANTS_PER_CASE_MAX
from services.intake.domain.permissions import may_see_case
from services.intake.domain.registration import CallForm, Registration
from services.intake.domain.routing import Desk
from services.intake.domain.sla import due_at
from services.intake.domain.urgency import Urgency
from services.intake.tables import CasePartRow, CaseRow, ClaimantRow
from shared.contracts.base import DeadlineFact
from shared.contracts.intake import CaseEvent
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.sql import Prepared
from shared.kernel.storage import TryAgain
from shared.kernel.transaction import Tx
from shared.vocabulary.deadlines import Deadline
from shared.vocabulary.errors import Conflict, NotFound

TRACKING = "case.tracking"
_ID: BindParameter[UUID] = bindparam("case_id")
_CASE = Prepared(select(CaseRow).where(col(CaseRow.id) == _ID).with_for_update())
_PARTS = Prepared(
    select(CasePartRow).where(col(CasePartRow.case_id) == _ID).order_by(col(CasePartRow.id))
)
_CLAIMANTS = Prepared(
    select(ClaimantRow)
    .where(col(ClaimantRow.case_id) == _ID)
    .order_by(col(ClaimantRow.joined_at))
    .limit(CLAIMANTS_PER_CASE_MAX + 1)
)


@dataclass(frozen=True, slots=True)
class Content:
    """What was said: the worker's own words, the title of the case, and why it is critical."""

    title: str
    narrative: str
    urgency_reason: str = ""


def add_case(tx: Tx, new: Registration, form: CallForm, code: str) -> tuple[str, str]:
    """A new case with its caller as the first claimant; gives the blind index and the sealed tracking code."""
    case = new.case
    blind = tx.cipher.blind(code, TRACKING)
    sealed = tx.cipher.seal(code, str(case.id))
    content = Content(new.title, form.narrative, form.urgency_reason)
    tx.on_duplicate("hotline_case_tracking_key", TryAgain())  # one in millions: draw another code
    tx.insert(
        CaseRow,
        {
            "id": case.id,
            "number": case.number,
            "tracking_blind": blind,
            "tracking_sealed": sealed,
            "channel": form.channel,
            "upstream_no": form.upstream_no or None,
            "category": case.category,
            "level": case.level.value,
            "track": case.track.value,
            "urgency": case.urgency.value,
            "handling": case.handling.value,
            "org": case.org,
            "desk": new.desk.value,
            "region": case.region,
            "operator_id": tx.actor.id,
            "operator_org": tx.actor.org,
            "employer_id": case.employer_id,
            "caller_id": case.caller_id,
            "claimant_count": case.claimant_count,
            "amount_fen": case.amount_fen,
            "arrears_months": new.arrears_months,
            "migrant": form.migrant,
            "confidential": form.confidential,
            "call_back": form.call_back,
            "danger": new.triage.phone_task,
            "aid_programme": new.aid_programme,
            "content_sealed": seal_content(tx.cipher, case.id, content),
            "call_id": form.call_id,
            "sla_version": new.sla_version,
            "first_contact_due": new.first_contact,
            "answer": form.answer if case.handling is Handling.ANSWER else None,
            "received_at": case.received_at,
            "closed_at": None if case.is_open else tx.now,
            "reopened": 0,
            **course(case),
        },
    )
    add_claimant(tx, case.id, case.caller_id)
    return blind, sealed


def add_claimant(tx: Tx, case_id: UUID, party_id: UUID) -> None:
    """A worker who has the claim of the case."""
    tx.insert(ClaimantRow, {"case_id": case_id, "party_id": party_id, "joined_at": tx.now})


def course(case: Case) -> dict[str, Any]:
    """The columns that change while a case runs."""
    return {
        "state": case.state.value,
        "deadlines": [one.to_dict() for one in case.deadlines],
        "due_at": due_at(case.deadlines[-1]),
        "call_backs": case.call_back_attempts,
    }


def deadline_fact(deadline: Deadline) -> DeadlineFact:
    """A deadline as it is told to the other services."""
    return DeadlineFact(
        kind=deadline.kind,
        rule=deadline.rule,
        source=deadline.source,
        start_event=deadline.start_event,
        start=deadline.start,
        raw=deadline.raw,
        effective=deadline.effective,
        provisional=deadline.provisional,
        reason=deadline.reason,
    )


def seal_content(cipher: FieldCipher, case_id: UUID, content: Content) -> str:
    """What was said, sealed into its row."""
    said = {
        "title": content.title,
        "narrative": content.narrative,
        "urgency_reason": content.urgency_reason,
    }
    return cipher.seal(
        msgspec.json.encode(said).decode(), place("hotline_case", "content", case_id)
    )


def open_content(cipher: FieldCipher, case_id: UUID, sealed: str) -> Content:
    """What was said."""
    plain = cipher.open(sealed, place("hotline_case", "content", case_id))
    return Content(**msgspec.json.decode(plain))


# -- loading ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """A case as the rules see it, and its row for what they do not need."""

    case: Case
    row: Mapping[str, Any]

    @property
    def hidden(self) -> bool:
        """Whether the caller asked to stay unknown to the handling unit too."""
        return bool(self.row["confidential"] == "full")

    @property
    def at_hotline(self) -> bool:
        """Whether the case lies at a hotline desk, whose operators do the unit's part."""
        return bool(self.row["desk"] == Desk.HOTLINE.value)


async def load_case(tx: Tx, case_id: UUID, if_match: int | None = None) -> Stored:
    """The case, locked until the commit; NotFound for those who may not know of it, Conflict if it moved on."""
    row = await tx.one(_CASE, case_id=case_id)
    if row is None or not may_see_case(tx.actor, row["org"], row["operator_org"]):
        raise NotFound("case", case_id)
    if if_match is not None and if_match != row["version"]:
        raise Conflict
    parts = await tx.all(_PARTS, case_id=case_id)
    return Stored(to_case(row, parts), row)


async def load_standing(tx: Tx, case_id: UUID) -> Stored:
    """The case that goes on: the one it was merged into, if it was; both locked until the commit."""
    stored = await load_case(tx, case_id)
    while stored.case.merged_into is not None:
        stored = await load_case(tx, stored.case.merged_into)
    return stored


async def load_claimants(tx: Tx, case_id: UUID) -> list[UUID]:
    """Who has the claim of a case, as far as they are known by person; the case is locked already."""
    rows = await tx.all(_CLAIMANTS, case_id=case_id)
    return [row["party_id"] for row in rows]


def to_case(row: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> Case:
    """The domain object of a row and its parts."""
    category = CATEGORIES.get(row["category"])
    track, handling = Track(row["track"]), Handling(row["handling"])
    known = tuple(_part(part) for part in parts)
    kinds = {part.kind for part in known}
    expected = expected_parts(category, track, handling) if category else ()
    awaited = tuple(part for part in expected if part.kind not in kinds)
    return Case(
        id=row["id"],
        number=row["number"],
        category=row["category"],
        top=category.top if category else TopClass.CONSULTATION,
        track=track,
        level=Level(row["level"]),
        urgency=Urgency(row["urgency"]),
        handling=handling,
        org=row["org"],
        region=row["region"],
        caller_id=row["caller_id"],
        received_at=row["received_at"],
        state=_state(State(row["state"]), known),
        employer_id=row["employer_id"],
        claimant_count=row["claimant_count"],
        amount_fen=row["amount_fen"],
        confidential=row["confidential"] != "none",
        parts=(*known, *awaited),
        deadlines=tuple(Deadline.from_dict(one) for one in row["deadlines"]),
        dispatched_on=row["dispatched_on"],
        signed_by=row["signed_by"],
        returned_by=row["returned_by"],
        returns=row["returns"],
        extensions=row["extensions"],
        extension_by=row["extension_by"],
        extension_reason=row["extension_reason"],
        call_back_attempts=row["call_backs"],
        supervised_by=row["supervised_by"],
        merged_into=row["merged_into"],
        version=row["version"],
    )


def _part(row: Mapping[str, Any]) -> Part:
    state = PartState.OPEN if row["closed_at"] is None else PartState.CLOSED
    return Part(PartKind(row["kind"]), state, row["id"], row["outcome"] or "")


def _state(stored: State, parts: tuple[Part, ...]) -> State:
    """A part in another service's hands puts the case in progress; the row itself changes only with a fact of ours."""
    if any(part.state is PartState.OPEN for part in parts):
        return State.IN_PROGRESS
    return State.IN_PROGRESS if parts and stored is State.DISPATCHED else stored


def save_case(tx: Tx, case: Case, *facts: CaseEvent, **values: Any) -> None:
    """The case after an act, with the facts that tell it and the columns beside its course."""
    tx.update(CaseRow, case.id, {**course(case), **values}, case.version)
    for fact in facts:
        tx.emit(fact)


def add_part(tx: Tx, case_id: UUID, part: Part) -> None:
    """Another service took up a part of the case."""
    tx.insert(
        CasePartRow,
        {"id": part.ref, "case_id": case_id, "kind": part.kind.value, "opened_at": tx.now},
    )


def close_part(tx: Tx, ref: UUID, outcome: str) -> None:
    """The other service is done with its part."""
    tx.change(CasePartRow, ref, {"closed_at": tx.now, "outcome": outcome})
