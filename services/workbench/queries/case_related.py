"""Other cases that belong to a case: of the same employer, the same worker, the same telephone; each says why.

What connects them through a person is told only where the people of both cases may be known.
"""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import ColumnElement, and_, false, func, select, union
from sqlmodel import col

from services.workbench.domain.card import Card
from services.workbench.domain.scope import may_know_people
from services.workbench.domain.text import Text
from services.workbench.queries.case_access import load_visible
from services.workbench.queries.paging import PAGE_ROWS
from services.workbench.queries.shapes import CaseRow as Shown
from services.workbench.queries.shapes import case_row, names_for
from services.workbench.queries.visible import PARTIES_MATCHED_MAX, naming, visible
from services.workbench.store.folded import to_card
from services.workbench.tables import CardPartyRow, CardRow, PartyRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader

router = APIRouter(tags=["case"])
MERGED_HERE = Text("已并入本件", "Merged into this case")
MERGED_THERE = Text("本件已并入", "This case was merged into it")
REASONS = {
    "same_caller": Text("同一来电人", "Same caller"),
    "same_worker": Text("同一诉求人", "Same worker"),
    "same_phone": Text("同一电话号码", "Same telephone"),
    "same_employer": Text("同一用人单位", "Same employer"),
}
"""In the order of how much they say; who called both is not told again as one of the workers, nor by the telephone."""


class Related(Shown):
    """Another case and everything that connects them."""

    relation: Text


class RelatedCases(Response):
    """Newest first, fifty at most."""

    items: list[Related]
    next_cursor: str | None = None


@router.get("/cases/{case_id}/related")
async def get_related(case_id: UUID, reader: Reader) -> RelatedCases:
    """Cases the reader may see that share an employer or somebody with this one."""
    row = await load_visible(reader, case_id)
    ways = _ways(reader, row)
    rows = await reader.all(
        select(CardRow, *(way.label(name) for name, way in ways.items()))
        .where(_related(reader, row))
        .order_by(col(CardRow.registered_at).desc().nulls_last(), col(CardRow.case_id).desc())
        .limit(PAGE_ROWS)
    )
    names, this = await names_for(reader, rows), to_card(row)
    return RelatedCases(
        items=[
            Related(**dict(case_row(one, names)), relation=_relation(this, to_card(one), one))
            for one in rows
        ]
    )


async def count_related(reader: ReadDoor, row: Any) -> int:
    """How many the tab lists."""
    some = select(col(CardRow.case_id)).where(_related(reader, row)).limit(PAGE_ROWS).subquery()
    return int(await reader.scalar(select(func.count()).select_from(some)))


def _related(reader: ReadDoor, row: Any) -> ColumnElement[bool]:
    """Each arm walks its own index: of a condition with OR every card would be read."""
    arms = []
    if row["employer_id"]:
        arms.append(
            select(col(CardRow.case_id)).where(col(CardRow.employer_id) == row["employer_id"])
        )
    if _people_known(reader, row):
        people = union(_parties(row), _on_their_phones(row)).subquery()
        arms.append(
            select(col(CardPartyRow.case_id))
            .join(CardRow, col(CardRow.case_id) == col(CardPartyRow.case_id))
            .where(col(CardPartyRow.party_id).in_(select(people.c.party_id)), naming(reader.actor))
        )
    other = col(CardRow.case_id) != row["case_id"]
    here = col(CardRow.case_id).in_(union(*arms)) if arms else false()
    return and_(here, other, visible(reader.actor))


def _ways(reader: ReadDoor, row: Any) -> dict[str, ColumnElement[bool]]:
    """Each way of belonging together, as a condition on the other case."""
    known: ColumnElement[bool] = false()
    if _people_known(reader, row):
        known = naming(reader.actor)
    return {
        "same_caller": and_(known, col(CardRow.caller_id) == row["caller_id"]),
        "same_worker": and_(known, _with_one_of(_parties(row))),
        "same_phone": and_(known, _with_one_of(_on_their_phones(row))),
        "same_employer": func.coalesce(col(CardRow.employer_id) == row["employer_id"], false()),
    }


def _people_known(reader: ReadDoor, row: Any) -> bool:
    hidden = to_card(row).case.hidden
    return may_know_people(reader.actor, lawyer=row["lawyer_id"], hidden=hidden)


def _parties(row: Any) -> Any:
    party = col(CardPartyRow.party_id)
    mine = select(party).where(col(CardPartyRow.case_id) == row["case_id"]).order_by(party)
    return mine.limit(PARTIES_MATCHED_MAX).subquery().select()


def _on_their_phones(row: Any) -> Any:
    party = col(PartyRow.party_id)
    phones = select(col(PartyRow.phone_blind)).where(party.in_(_parties(row)))
    found = select(party).where(col(PartyRow.phone_blind).in_(phones)).order_by(party)
    return found.limit(PARTIES_MATCHED_MAX).subquery().select()


def _with_one_of(parties: Any) -> ColumnElement[bool]:
    cases = select(col(CardPartyRow.case_id)).where(col(CardPartyRow.party_id).in_(parties))
    return col(CardRow.case_id).in_(cases)


def _relation(this: Card, other: Card, row: Any) -> Text:
    if other.case.merged_into == this.case_id:
        return MERGED_HERE
    if this.case.merged_into == other.case_id:
        return MERGED_THERE
    persons = ("same_caller", "same_worker", "same_phone")
    first = next((name for name in persons if row[name]), None)
    told = [first] if first else []
    told += ["same_employer"] if row["same_employer"] else []
    words = [REASONS[name] for name in told]
    return Text("、".join(one.zh for one in words), ", ".join(one.en for one in words))
