"""公示: a masked list is public for some working days; an objection stops the approval, not the list (rule 58)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.welfare.domain.hardship import HARDSHIP_NAMES, Hardship
from services.welfare.domain.programme import PUBLICITY_WORKDAYS
from shared.vocabulary.calendar import Due, WorkCalendar
from shared.vocabulary.errors import Refused
from shared.vocabulary.identifiers import mask_name
from shared.vocabulary.money import format_yuan


class Hindrance(StrEnum):
    """Why an approval has to wait or cannot come."""

    RUNNING = "running"
    OBJECTION_OPEN = "objection_open"
    OBJECTION_UPHELD = "objection_upheld"


class PublicityOver(Refused):
    """Objections are raised while the list is public."""

    code = "publicity_over"
    zh = "公示期已结束，异议请按信访或复核程序提出，并附书面材料。"
    en = "The publicity is over. Raise the matter as a petition or review, in writing."


class ObjectionUnknown(Refused):
    """Only an open objection of this publicity is resolved."""

    code = "objection_not_open"
    zh = "没有这条待处理的异议，可能已处理完毕，请刷新。"
    en = "There is no such open objection; it may be resolved already. Refresh."


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody raised; `upheld` is None until it has been looked into."""

    id: UUID
    raised_on: date
    upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class Publicity:
    """The public list of one application: from, until the end of, and what was objected."""

    starts_on: date
    due: Due
    objections: tuple[Objection, ...] = ()
    waits: bool = True
    """False for emergency aid, which is paid first and published at the same time (先救助、后公示)."""

    @property
    def ends_on(self) -> date:
        """The last public day."""
        return self.due.effective

    def hindrance(self, today: date) -> Hindrance | None:
        """What stands between the list and an approval today; None if nothing."""
        if any(objection.upheld for objection in self.objections):
            return Hindrance.OBJECTION_UPHELD
        if any(objection.upheld is None for objection in self.objections):
            return Hindrance.OBJECTION_OPEN
        return Hindrance.RUNNING if self.waits and today <= self.ends_on else None


def start(today: date, workdays: int, calendar: WorkCalendar) -> Publicity:
    """The list goes public today and stays for so many working days after today; 0: nobody waits for its end."""
    due = calendar.workday(today, workdays or PUBLICITY_WORKDAYS)
    return Publicity(starts_on=today, due=due, waits=workdays > 0)


def object_to(publicity: Publicity, objection_id: UUID, today: date) -> Publicity:
    """Somebody objects while the list is public; the same objection twice counts once."""
    if any(objection.id == objection_id for objection in publicity.objections):
        return publicity
    if today > publicity.ends_on:
        raise PublicityOver
    return replace(
        publicity, objections=(*publicity.objections, Objection(objection_id, raised_on=today))
    )


def resolve(publicity: Publicity, objection_id: UUID, *, upheld: bool) -> Publicity:
    """The objection was looked into."""
    if not any(one.id == objection_id and one.upheld is None for one in publicity.objections):
        raise ObjectionUnknown
    return replace(
        publicity,
        objections=tuple(
            replace(one, upheld=upheld) if one.id == objection_id else one
            for one in publicity.objections
        ),
    )


def public_line(name: str, unit: str, hardship: Hardship, amount_fen: int) -> str:
    """What the public may read: masked name, unit, class and amount, nothing else (rule 65)."""
    return (
        f"{mask_name(name)} · {unit} · {HARDSHIP_NAMES[hardship][0]} · {format_yuan(amount_fen)} 元"
    )
