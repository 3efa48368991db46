"""Who a case is about and who works on it: masked, and before a lawyer accepted not even that."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col

from services.workbench.domain.card import Card
from services.workbench.domain.labels import DELIVERY_STATES, label
from services.workbench.domain.scope import may_know_people
from services.workbench.domain.text import Text
from services.workbench.queries.shapes import PersonMasked, StaffRef
from services.workbench.store.directory import (
    Employer,
    load_employers,
    load_names,
    load_people,
    person_or_unknown,
)
from services.workbench.tables import CardRow, DeliveryRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor
from shared.vocabulary.regions import region_of_code

CLAIMANTS_SHOWN_MAX = 50
YEAR = timedelta(days=365)
TONES = {"delivered": "done", "failed": "soon", "queued": "normal", "sent": "normal"}
MAIN = Text("主办", "presides")
ASSISTS = Text("协办", "assists")
LAWYER = Text("律师", "lawyer")
REGISTRAR = Text("登记", "registrar")
NOT_YET = Text("接受指派后可见诉求人信息", "Shown after you accept")
HIDES = Text(
    "诉求人要求保密，须联系请通过 12351 热线",
    "The caller hides from the handlers; contact goes through the hotline",
)
REPEAT_FROM = 3
"""From so many cases in twelve months on, the employer carries a warning tag."""


class ClaimantLine(PersonMasked):
    """A worker and whether the last message arrived."""

    tone: str
    delivery: Text | None


class Claimants(Response):
    """The workers; all are counted, the first fifty named."""

    count: int
    note: Text | None
    items: list[ClaimantLine]


class Tag(Response):
    """A remark on an employer."""

    text: Text
    tone: str


class EmployerLine(Response):
    """The employer in one line."""

    employer_id: UUID
    name: str
    line: Text
    tags: list[Tag]


class StaffLine(StaffRef):
    """Somebody who works on the case, and as what."""

    role: Text


class Parties(Response):
    """Both sides and the staff."""

    claimants: Claimants
    employer: EmployerLine | None
    claimed_fen: int | None
    paid_fen: int
    staff: list[StaffLine]


async def parties_of(reader: ReadDoor, row: Any, card: Card) -> Parties:
    """The people around a case."""
    dispute = card.dispute
    return Parties(
        claimants=await _claimants(reader, row, card),
        employer=await _employer(reader, row["employer_id"]),
        claimed_fen=row["amount_fen"],
        paid_fen=dispute.paid_fen if dispute else 0,
        staff=await _staff(reader, card),
    )


async def _claimants(reader: ReadDoor, row: Any, card: Card) -> Claimants:
    hidden = card.case.hidden
    if not may_know_people(reader.actor, lawyer=row["lawyer_id"], hidden=hidden):
        return Claimants(count=row["people"], note=HIDES if hidden else NOT_YET, items=[])
    ids = list(dict.fromkeys(one for one in (card.case.caller_id, *card.case.claimant_ids) if one))
    shown = ids[:CLAIMANTS_SHOWN_MAX]
    people = await load_people(reader.context.db, reader.context.cipher, shown)
    states = await _last_messages(reader, card.case_id, shown)
    items = []
    for party_id in shown:
        one, state = person_or_unknown(people, party_id), states.get(party_id)
        items.append(
            ClaimantLine(
                party_id=party_id,
                name_masked=one.name_masked,
                phone_masked=one.phone_masked,
                tone=TONES.get(state or "", "normal"),
                delivery=label(DELIVERY_STATES, state) if state else None,
            )
        )
    return Claimants(count=row["people"], note=None, items=items)


async def _last_messages(reader: ReadDoor, case_id: UUID, party_ids: list[UUID]) -> dict[UUID, str]:
    if not party_ids:
        return {}
    who = col(DeliveryRow.recipient_id)
    rows = await reader.all(
        select(who, col(DeliveryRow.state))
        .ext(distinct_on(who))
        .where(col(DeliveryRow.case_id) == case_id, who.in_(party_ids))
        .order_by(who, col(DeliveryRow.told_at).desc())
    )
    return {row["recipient_id"]: row["state"] for row in rows}


async def _employer(reader: ReadDoor, employer_id: UUID | None) -> EmployerLine | None:
    found = (await load_employers(reader.context.db, [employer_id])).get(employer_id or UUID(int=0))
    if found is None:
        return None
    cases = await reader.scalar(
        select(func.count()).where(
            col(CardRow.employer_id) == employer_id,
            col(CardRow.registered_at) > now() - YEAR,
        )
    )
    tags = []
    if cases >= REPEAT_FROM:
        tags.append(Tag(text=Text(f"12 个月 {cases} 件", f"{cases} in 12 months"), tone="soon"))
    if found.unionised is not None:
        words = Text("已建会", "has a union") if found.unionised else Text("未建会", "no union")
        tags.append(Tag(text=words, tone="paused"))
    return EmployerLine(
        employer_id=found.employer_id, name=found.name, line=_line(found), tags=tags
    )


def _line(one: Employer) -> Text:
    region = region_of_code(one.region)
    zh = [region.zh if region else one.region]
    en = [region.en if region else one.region]
    if one.headcount is not None:
        zh.append(f"职工 {one.headcount} 人")
        en.append(f"{one.headcount} employees")
    return Text(" · ".join(zh), " · ".join(en))


async def _staff(reader: ReadDoor, card: Card) -> list[StaffLine]:
    side = card.dispute
    listed: list[tuple[UUID, Text]] = []
    if side:
        listed += [
            (one, MAIN if one == side.owner_id else ASSISTS)
            for one in sorted(side.mediator_ids, key=lambda one: one != side.owner_id)
        ]
        listed += [(side.lawyer_id, LAWYER)] if side.lawyer_id else []
    elif card.case.signed_by:
        listed.append((card.case.signed_by, MAIN))
    listed += [(card.case.operator_id, REGISTRAR)] if card.case.operator_id else []
    names = await load_names(reader.context.db, reader.context.cipher, (one for one, _ in listed))
    return [StaffLine(staff_id=one, name=names.get(one, "—"), role=role) for one, role in listed]
