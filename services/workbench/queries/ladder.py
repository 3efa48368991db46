"""The ladder of late cases: how many stand on each step, the worst of them, and the list of all; and which cases came back."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlmodel import col

from services.workbench.domain.ladder import CIRCULATED, OVERDUE, REMINDED, STEPS, URGED
from services.workbench.domain.text import Text
from services.workbench.queries.shapes import CaseRow as Shown
from services.workbench.queries.shapes import case_row, names_for
from services.workbench.tables import CardRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor

SHOWN_MAX = 10
TITLES = {
    REMINDED: (
        Text("提醒", "Reminded"),
        Text("用时过 80%，或无人接办", "80 % used, or not taken up"),
    ),
    OVERDUE: (Text("超期", "Overdue"), Text("超期当日", "on the day it is due")),
    URGED: (Text("催办书", "Urged"), Text("超期次日", "the working day after")),
    CIRCULATED: (Text("通报督办", "Circulated"), Text("超 5 个工作日", "five working days over")),
}


class LadderStep(Response):
    """A step of rule 41, how many stand on it, the worst of them, and the list of all."""

    code: str
    title: Text
    note: Text
    count: int
    cases: list[Shown]
    href: str


def on_step(step: str) -> ColumnElement[bool]:
    """Cases being worked on that stand on this step; a handled case has left the ladder."""
    here = col(CardRow.closed_at).is_(None) & col(CardRow.handled_at).is_(None)
    late = col(CardRow.overdue)
    if step == REMINDED:
        return and_(here, col(CardRow.reminded), ~late)
    told: ColumnElement[str] = col(CardRow.folded)["case"]["step"].astext
    if step == OVERDUE:
        return and_(here, late, func.coalesce(told, OVERDUE).not_in((URGED, CIRCULATED)))
    return and_(here, late, told == step)


def was_dispatched() -> ColumnElement[bool]:
    """Sent to a unit, not answered at the desk or passed to others: only such a case can come back."""
    told: ColumnElement[str] = col(CardRow.folded)["case"]["handling"].astext
    return func.coalesce(told == "dispatch", false())


def was_returned() -> ColumnElement[bool]:
    """A unit asked at least once to be relieved of it (rule 40), whatever was decided."""
    times: ColumnElement[int] = col(CardRow.folded)["case"]["returns"].as_integer()
    return func.coalesce(times > 0, false())


def is_watched() -> ColumnElement[bool]:
    """Open and under supervision (督办件)."""
    by: ColumnElement[str] = col(CardRow.folded)["case"]["supervised_by"].astext
    return col(CardRow.closed_at).is_(None) & by.is_not(None)


async def ladder_of(reader: ReadDoor, where: list[Any]) -> list[LadderStep]:
    """Step by step, the lowest first."""
    return [await _step(reader, where, code) for code in STEPS]


async def _step(reader: ReadDoor, where: list[Any], code: str) -> LadderStep:
    here = [*where, on_step(code)]
    rows = await reader.all(
        select(CardRow)
        .where(*here)
        .order_by(col(CardRow.due_at).nulls_last(), col(CardRow.case_id))
        .limit(SHOWN_MAX)
    )
    names = await names_for(reader, rows)
    title, note = TITLES[code]
    return LadderStep(
        code=code,
        title=title,
        note=note,
        count=await reader.scalar(select(func.count()).select_from(CardRow).where(*here)),
        cases=[case_row(row, names) for row in rows],
        href=f"/cases?state=open&lens=step_{code}",
    )
