"""Names for ids: staff, workers (masked), employers; and the work calendar. Read in one go for a whole page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlmodel import col

from services.workbench.tables import EmployerRow, PartyRow, StaffRow, WorkCalendarRow
from shared.kernel.clock import now
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.database import Database
from shared.vocabulary.calendar import CalendarDay, WorkCalendar
from shared.vocabulary.identifiers import mask_name
from shared.vocabulary.people import SYSTEM_ID
from shared.vocabulary.phones import mask_phone, phone_or_none

CALENDAR_FRESH = timedelta(minutes=1)
SYSTEM_NAME = "系统"
TAIL_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Person:
    """A worker as lists show them."""

    party_id: UUID
    name_masked: str
    phone_masked: str | None
    phone_tail: str
    surname: str


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer as lists show it."""

    employer_id: UUID
    name: str
    short_name: str
    uscc: str | None
    region: str
    headcount: int | None
    unionised: bool | None


async def load_names(
    db: Database, cipher: FieldCipher, ids: Iterable[UUID | None]
) -> dict[UUID, str]:
    """The names of members of staff."""
    wanted = {one for one in ids if one is not None} - {SYSTEM_ID}
    if not wanted:
        return {SYSTEM_ID: SYSTEM_NAME}
    rows = await db.all(
        select(col(StaffRow.id), col(StaffRow.name_sealed)).where(col(StaffRow.id).in_(wanted))
    )
    found = {
        row["id"]: cipher.open(row["name_sealed"], place("staff", "name", row["id"]))
        for row in rows
    }
    return {SYSTEM_ID: SYSTEM_NAME, **found}


async def load_people(
    db: Database, cipher: FieldCipher, ids: Iterable[UUID | None]
) -> dict[UUID, Person]:
    """Workers, masked; one whose profile was erased or has not arrived is not among them."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    rows = await db.all(
        select(col(PartyRow.party_id), col(PartyRow.sealed)).where(
            col(PartyRow.party_id).in_(wanted)
        )
    )
    return {row["party_id"]: _person(row, cipher) for row in rows}


def _person(row: Any, cipher: FieldCipher) -> Person:
    profile = msgspec.json.decode(cipher.open(row["sealed"], str(row["party_id"])))
    name, number = profile.get("name") or "", phone_or_none(profile.get("phone") or "")
    return Person(
        row["party_id"],
        mask_name(name) or "匿名",
        mask_phone(number.key) if number else None,
        number.key[-TAIL_DIGITS:] if number else "",
        name[:1],
    )


UNKNOWN_NAME = "未登记"


def person_or_unknown(people: dict[UUID, Person], party_id: UUID | None) -> Person:
    """The worker, or the placeholder of one whose profile is not here."""
    found = people.get(party_id) if party_id else None
    return found or Person(party_id or UUID(int=0), UNKNOWN_NAME, None, "", "")


async def load_employers(db: Database, ids: Iterable[UUID | None]) -> dict[UUID, Employer]:
    """Employers by id."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    rows = await db.all(select(EmployerRow).where(col(EmployerRow.employer_id).in_(wanted)))
    return {
        row["employer_id"]: Employer(**{name: row[name] for name in Employer.__dataclass_fields__})
        for row in rows
    }


_calendar: tuple[datetime, WorkCalendar] | None = None


async def load_calendar(db: Database) -> WorkCalendar:
    """The work calendar; at most a minute old."""
    global _calendar
    at = now()
    if _calendar is None or at - _calendar[0] > CALENDAR_FRESH:
        rows = await db.all(select(WorkCalendarRow))
        days = (CalendarDay(row["day"], row["kind"] == "workday") for row in rows)
        _calendar = (at, WorkCalendar.of(days))
    return _calendar[1]
