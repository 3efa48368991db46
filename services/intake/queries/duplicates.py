"""Is this call about something we have already, and do the calls together make a collective dispute?"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import Select, false, func, select, union
from sqlmodel import col

from services.intake.domain.duplicates import (
    SAME_NAMES,
    WINDOW_DAYS,
    CallTraits,
    Earlier,
    Likeness,
    Same,
    group_of,
    likely_duplicates,
)
from services.intake.domain.urgency import GROUP_MIN
from services.intake.domain.wording import Coded, Text
from services.intake.queries.shapes import (
    OPEN_STATES,
    Asked,
    OpenCase,
    cases_with_callers,
    hotline_only,
    in_scope,
    open_case,
    reference_of,
)
from services.intake.store.people import PHONE
from services.intake.tables import CaseRow, ClaimantRow, PartyRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.calendar import local_date
from shared.vocabulary.phones import phone_or_none

router = APIRouter(tags=["calls"])
CANDIDATES_MAX = 50
DIFFERENT = {
    Same.PHONE: ("号码不同", "another telephone"),
    Same.EMPLOYER: ("单位不同", "another employer"),
    Same.CATEGORY: ("类别不同", "another category"),
    Same.ID_NUMBER: ("证件号不同", "another ID number"),
}
COMPARED = (Same.PHONE, Same.EMPLOYER, Same.CATEGORY)


class DuplicateQuestion(Asked):
    """What the form says so far."""

    phone: str
    employer_id: UUID | None = None
    category: str | None = None
    claimant_count: int = 1


class DuplicateCase(OpenCase):
    """A case that may be the same, why, and what to do with it."""

    claimant_count: int
    same: list[Coded]
    differs: list[Coded]
    act: str


class GroupShown(Response):
    """The people of all open calls about this employer and this kind of matter."""

    people_open: int
    people_with_this: int
    threshold: int
    reached: bool


class Duplicates(Response):
    """Likeliest first."""

    items: list[DuplicateCase]
    group: GroupShown | None


@router.post("/duplicates")
async def post_duplicates(question: DuplicateQuestion, reader: Reader) -> Duplicates:
    """Read-only: compares with the open cases of the last thirty days."""
    hotline_only(reader.actor)
    phone = phone_or_none(question.phone)
    blind = reader.context.cipher.blind(phone.key, PHONE) if phone else None
    at = now()
    rows = await _candidates(reader, question, blind)
    traits = CallTraits(
        received_on=local_date(at),
        phone=blind,
        employer_id=question.employer_id,
        category=question.category,
        claimant_count=question.claimant_count,
    )
    found = likely_duplicates(traits, [_earlier(row, blind) for row in rows])
    by_id = {row["id"]: row for row in rows}
    rules = (await reference_of(reader)).rules(at)
    items = [
        _item(one, open_case(reader, by_id[one.case.case_id], rules, at), by_id[one.case.case_id])
        for one in found
    ]
    return Duplicates(items=items, group=await _group(reader, question))


async def _candidates(
    reader: ReadDoor, question: DuplicateQuestion, blind: str | None
) -> list[Mapping[str, Any]]:
    """Open cases in the reader's area of the same number or the same employer; each arm walks its own index.

    What is not known has no arm: `== None` would become IS NULL, and unknown never equals unknown.
    """
    arms = []
    if blind is not None:
        arms.append(_of_number(blind))
    if question.employer_id is not None:
        arms.append(_of_employer(question.employer_id))
    if not arms:
        return []
    same = col(CaseRow.id).in_(_of_number(blind)) if blind is not None else false()
    return await reader.all(
        cases_with_callers()
        .add_columns(same.label("same_number"))
        .where(
            col(CaseRow.id).in_(union(*arms)),
            col(CaseRow.received_at) > _since(),
            col(CaseRow.state).in_(OPEN_STATES),
            in_scope(reader.actor),
        )
        .order_by(col(CaseRow.received_at).desc())
        .limit(CANDIDATES_MAX)
    )


def _of_number(blind: str) -> Select[Any]:
    return (
        select(col(ClaimantRow.case_id))
        .join(PartyRow, col(PartyRow.id) == col(ClaimantRow.party_id))
        .where(col(PartyRow.phone_blind) == blind)
    )


def _of_employer(employer_id: UUID) -> Select[Any]:
    newest = (
        select(col(CaseRow.id))
        .where(
            col(CaseRow.employer_id) == employer_id,
            col(CaseRow.received_at) > _since(),
            col(CaseRow.state).in_(OPEN_STATES),
        )
        .order_by(col(CaseRow.received_at).desc())
        .limit(CANDIDATES_MAX)
    )
    return newest.subquery().select()


def _since() -> datetime:
    return now() - timedelta(days=WINDOW_DAYS + 1)


def _earlier(row: Mapping[str, Any], blind: str | None) -> Earlier:
    return Earlier(
        case_id=row["id"],
        number=row["number"],
        open=True,
        traits=CallTraits(
            received_on=local_date(row["received_at"]),
            phone=blind if row["same_number"] else "",
            employer_id=row["employer_id"],
            category=row["category"],
            claimant_count=row["claimant_count"],
        ),
    )


def _item(one: Likeness, case: OpenCase, row: Mapping[str, Any]) -> DuplicateCase:
    return DuplicateCase(
        **dict(case),
        claimant_count=row["claimant_count"],
        same=[Coded(what.value, Text(*SAME_NAMES[what])) for what in one.same],
        differs=[
            Coded(what.value, Text(*DIFFERENT[what])) for what in COMPARED if what not in one.same
        ],
        act="append" if Same.PHONE in one.same else "join",
    )


async def _group(reader: ReadDoor, question: DuplicateQuestion) -> GroupShown | None:
    """Counted over the whole city: a group dispute does not stop at a county's border."""
    if question.employer_id is None or question.category is None:
        return None
    since = now() - timedelta(days=WINDOW_DAYS)
    people = await reader.scalar(
        select(func.coalesce(func.sum(col(CaseRow.claimant_count)), 0)).where(
            col(CaseRow.employer_id) == question.employer_id,
            col(CaseRow.category) == question.category,
            col(CaseRow.received_at) > since,
            col(CaseRow.state).in_(OPEN_STATES),
        )
    )
    group = group_of(people, question.claimant_count)
    if group is None:
        return None
    return GroupShown(
        people_open=group.people_open,
        people_with_this=group.people_with_this,
        threshold=GROUP_MIN,
        reached=group.reached,
    )
