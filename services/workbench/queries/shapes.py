"""What several pages show: a case as a row, people, units, buttons; and the names they need, read once for a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.workbench.domain.actions import Asked
from services.workbench.domain.card import Card
from services.workbench.domain.categories import CATEGORIES
from services.workbench.domain.clock import Clock, nearest
from services.workbench.domain.labels import STAGES, STATES, coded, coded_or_none, label, org_name
from services.workbench.domain.summary import is_supervised, stage_of
from services.workbench.domain.text import Coded, Text
from services.workbench.store.directory import (
    Employer,
    load_calendar,
    load_employers,
    load_names,
)
from services.workbench.store.folded import to_card
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor
from shared.vocabulary.calendar import WorkCalendar


class OrgRef(Response):
    """A node of the organisation tree."""

    path: str
    name: str


class StaffRef(Response):
    """A member of staff."""

    staff_id: UUID
    name: str


class PersonMasked(Response):
    """A worker, masked."""

    party_id: UUID
    name_masked: str
    phone_masked: str | None


class AllowedAction(Response):
    """A button; `blocked` says why it cannot be pressed yet."""

    code: str
    label: Text
    service: str
    primary: bool = False
    blocked: Text | None = None
    form: Asked | None = None
    href: str | None = None


class CaseRow(Response):
    """A case in a list."""

    case_id: UUID
    case_no: str
    title: str
    state: Coded
    stage: Coded | None
    grade: str | None
    urgency: str
    org: OrgRef
    owner: StaffRef | None
    people: int
    amount_fen: int | None
    clock: Clock | None
    registered_at: datetime | None
    supervised: bool = False
    """A mark of the list: the case is open and under supervision."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows of one page refer to."""

    staff: Mapping[UUID, str]
    employers: Mapping[UUID, Employer]
    calendar: WorkCalendar
    at: datetime

    def person(self, staff_id: UUID | None) -> StaffRef | None:
        """A member of staff; one without an account here keeps the id."""
        if staff_id is None:
            return None
        return StaffRef(staff_id=staff_id, name=self.staff.get(staff_id, "—"))

    def employer(self, employer_id: UUID | None) -> str | None:
        """The short name of an employer."""
        found = self.employers.get(employer_id) if employer_id else None
        return found.short_name or found.name if found else None


async def names_for(
    reader: ReadDoor, rows: Sequence[Any], more_staff: Iterable[UUID | None] = ()
) -> Names:
    """Names for rows of cards."""
    db, cipher = reader.context.db, reader.context.cipher
    staff = [*(row["owner_id"] for row in rows), *more_staff]
    return Names(
        await load_names(db, cipher, staff),
        await load_employers(db, (row["employer_id"] for row in rows)),
        await load_calendar(db),
        now(),
    )


def org_ref(path: str | None) -> OrgRef:
    """The unit of a path."""
    return OrgRef(path=path or "", name=org_name(path))


def title_of(row: Any, names: Names) -> str:
    """琅石建材 拖欠工资（14 人）: composed, because the title people typed stays with intake."""
    employer = names.employer(row["employer_id"])
    matter = label(CATEGORIES, row["category"]).zh if row["category"] else "新登记"
    people = f"（{row['people']} 人）" if row["people"] > 1 else ""
    return f"{employer} {matter}{people}" if employer else f"{matter}{people}"


def matter_of(row: Any) -> str:
    """拖欠工资."""
    return label(CATEGORIES, row["category"]).zh


def case_row(row: Any, names: Names, card: Card | None = None) -> CaseRow:
    """A row of a list."""
    card = card or to_card(row)
    return CaseRow(
        case_id=row["case_id"],
        case_no=row["number"] or "",
        title=title_of(row, names),
        state=coded(STATES, row["state"]),
        stage=coded_or_none(STAGES, stage_of(card)),
        grade=row["grade"],
        urgency=row["urgency"],
        org=org_ref(row["org"]),
        owner=names.person(row["owner_id"]),
        people=row["people"],
        amount_fen=row["amount_fen"],
        clock=nearest(card, names.at, names.calendar),
        registered_at=row["registered_at"],
        supervised=is_supervised(card),
    )
