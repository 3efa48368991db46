"""What several answers are made of, and the one place where a person is masked for a screen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Select, exists, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from services.intake.domain.caller import Profile
from services.intake.domain.case_state import State
from services.intake.domain.clocks import Clock, call_back_clock, closing_clock, handling_of
from services.intake.domain.permissions import HOTLINE, STAFF, may_register, sees_identity
from services.intake.domain.registration import Rules
from services.intake.domain.wording import STATES, Coded, Text, coded, org_name
from services.intake.store.cases import open_content
from services.intake.store.people import open_profile
from services.intake.store.reference import Reference, load_reference
from services.intake.tables import CasePartRow, CaseRow, EmployerRow, PartyRow
from shared.kernel.command import Response
from shared.kernel.crypto import FieldCipher
from shared.kernel.reader import ReadDoor
from shared.vocabulary.deadlines import Deadline
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.identifiers import mask_name
from shared.vocabulary.people import Actor
from shared.vocabulary.phones import mask_phone
from shared.vocabulary.regions import region_of_code

USCC_TAIL = 4
OPEN_STATES = (
    "received",
    "dispatched",
    "returned",
    "in_progress",
    "handled",
    "called_back",
    "reopened",
)
CLOSED_STATES = tuple(state.value for state in State if state.value not in OPEN_STATES)
HIDDEN_NAME = "***"


class Asked(BaseModel):
    """Base of the body of a read-only POST. Not strict: FastAPI hands over Python values, ids as text."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PersonMasked(Response):
    """A person, as far as this reader may know."""

    party_id: UUID
    name_masked: str
    phone_masked: str | None


class EmployerHit(Response):
    """An employer in a list."""

    employer_id: UUID
    name: str
    short_name: str
    uscc_tail: str | None
    region: Coded


class OpenCase(Response):
    """A case that is not finished; `registrar_masked` is who called."""

    case_id: UUID
    case_no: str
    title: str
    state: Text
    org_name: str
    registrar_masked: str | None
    clock: Clock


async def reference_of(reader: ReadDoor) -> Reference:
    """The reference data of this service."""
    return await load_reference(reader.context.db.pool)


def hotline_only(actor: Actor) -> None:
    """What operators see while somebody is on the phone."""
    if not may_register(actor):
        raise NotAllowed


def staff_only(actor: Actor) -> None:
    """What everybody in the federation's offices may read."""
    if not actor.has(*STAFF):
        raise NotAllowed


def in_scope(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_see_case`, for lists."""
    seen = [_below(col(CaseRow.org), actor.org)]
    if actor.has(*HOTLINE):
        seen.append(_below(col(CaseRow.operator_org), actor.org))
    return or_(*seen)


def _below(column: Any, scope: str) -> ColumnElement[bool]:
    return or_(column == scope, column.startswith(f"{scope}.", autoescape=True))


def has_parts() -> ColumnElement[bool]:
    """Whether another service has taken up a part of the case."""
    return exists().where(col(CasePartRow.case_id) == col(CaseRow.id))


def has_open_part() -> ColumnElement[bool]:
    """Whether another service is still at it."""
    return exists().where(
        col(CasePartRow.case_id) == col(CaseRow.id), col(CasePartRow.closed_at).is_(None)
    )


def cases_with_callers() -> Select[Any]:
    """Cases with the sealed profile of who called."""
    table: Any = CaseRow.__table__  # type: ignore[attr-defined]
    return columns(
        *table.columns,
        has_parts().label("has_parts"),
        has_open_part().label("has_open_part"),
        col(PartyRow.profile_sealed).label("caller_sealed"),
    ).join(PartyRow, col(PartyRow.id) == col(CaseRow.caller_id))


def state_text(row: Mapping[str, Any]) -> Coded:
    """The state as it is called on screen."""
    state = row["state"]
    if row["has_open_part"] or (state == "dispatched" and row["has_parts"]):
        state = "in_progress"
    return coded(state, STATES[state])


def profile_for(reader: ReadDoor, row: Mapping[str, Any]) -> Profile | None:
    """The caller's profile, if this reader may know who called."""
    hidden = row["confidential"] == "full"
    if not sees_identity(reader.actor, row["org"], row["operator_org"], hidden=hidden):
        return None
    return open_profile(reader.context.cipher, row["caller_id"], row["caller_sealed"])


def masked(party_id: UUID, profile: Profile | None) -> PersonMasked:
    """How a person is shown: never in full."""
    if profile is None:
        return PersonMasked(party_id=party_id, name_masked=HIDDEN_NAME, phone_masked=None)
    phone = mask_phone(profile.phone.partition(" ")[0]) if profile.phone else None
    return PersonMasked(
        party_id=party_id, name_masked=mask_name(profile.name) or HIDDEN_NAME, phone_masked=phone
    )


def case_clock(row: Mapping[str, Any], rules: Rules, now: datetime) -> Clock:
    """The clock that counts now: closing, or the call-back once it is handled."""
    waiting = row["state"] in {"handled", "called_back"}
    if waiting and row["call_back_due"] is not None:
        return call_back_clock(row["call_back_due"], rules.sla, rules.calendar, now)
    deadlines = tuple(Deadline.from_dict(one) for one in row["deadlines"])
    done = row["handled_at"] or row["closed_at"]
    watched = row["supervised_by"] is not None
    deadline = handling_of(deadlines)
    return closing_clock(deadline, rules.sla, rules.calendar, now, done, supervised=watched)


def open_case(reader: ReadDoor, row: Mapping[str, Any], rules: Rules, now: datetime) -> OpenCase:
    """A line of the caller card or of the duplicates."""
    profile = profile_for(reader, row)
    return OpenCase(
        case_id=row["id"],
        case_no=row["number"],
        title=title_of(reader.context.cipher, row),
        state=state_text(row).label,
        org_name=org_name(row["org"]).zh,
        registrar_masked=mask_name(profile.name) if profile and profile.name else None,
        clock=case_clock(row, rules, now),
    )


def title_of(cipher: FieldCipher, row: Mapping[str, Any]) -> str:
    """The title of a case."""
    return open_content(cipher, row["id"], row["content_sealed"]).title


def employer_hit(row: Mapping[str, Any]) -> EmployerHit:
    """An employer of a row."""
    return EmployerHit(
        employer_id=row["id"],
        name=row["name"],
        short_name=row["short_name"],
        uscc_tail=row["uscc"][-USCC_TAIL:] if row["uscc"] else None,
        region=region_coded(row["region"]),
    )


def region_coded(code: str) -> Coded:
    """A place with its name."""
    place = region_of_code(code)
    return coded(code, (place.zh, place.en) if place else (code, code))


async def employer_by_id(reader: ReadDoor, employer_id: UUID | None) -> Mapping[str, Any] | None:
    """The row of an employer, if one is named and known."""
    if employer_id is None:
        return None
    return await reader.one(select(EmployerRow).where(col(EmployerRow.id) == employer_id))
