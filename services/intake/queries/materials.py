"""The materials tab of a case: what is there, what was struck out, what is still expected, and what this person may do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlmodel import col, select

from services.intake.domain.file_format import FORMATS
from services.intake.domain.material import (
    KINDS,
    MATERIALS_PER_CASE_MAX,
    WITHDRAWALS,
    Kind,
    Withdrawal,
    expected_of,
    may_add,
    may_read,
    may_read_withdrawn,
    may_withdraw,
    takes_material,
)
from services.intake.domain.permissions import may_see_case
from services.intake.domain.wording import Coded, Text, coded
from services.intake.store.cases import to_case
from services.intake.store.materials import led_by, open_name, open_withdrawn_note
from services.intake.tables import CasePartRow, CaseRow, MaterialRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.kernel.upload import UPLOAD_BYTES_MAX
from shared.vocabulary.errors import NotAllowed, NotFound
from shared.vocabulary.people import Role

router = APIRouter(tags=["materials"])


class Withdrawn(Response):
    """Who struck it out, when and why."""

    by: UUID
    at: datetime
    reason: Coded
    note: str


class MaterialLine(Response):
    """One file; `readable` and `withdrawable` as the doors would decide."""

    material_id: UUID
    kind: Coded
    name: str
    format: str
    media_type: str
    size_bytes: int
    sha256: str
    by: UUID
    at: datetime
    withdrawn: Withdrawn | None
    readable: bool
    withdrawable: bool


class ExpectedLine(Response):
    """One thing that is usual for a case of this kind; any of the kinds will do."""

    kinds: list[Coded]
    why: Text
    met: bool


class Materials(Response):
    """Newest first; all of them, for they are few."""

    items: list[MaterialLine]
    expected: list[ExpectedLine]
    kinds: list[Coded]
    reasons: list[Coded]
    may_add: bool
    bytes_max: int = UPLOAD_BYTES_MAX
    count_max: int = MATERIALS_PER_CASE_MAX


@router.get("/cases/{case_id}/materials")
async def get_materials(case_id: UUID, reader: Reader) -> Materials:
    """The files of a case, for those who work on it and the lawyer who leads its dispute."""
    row = await reader.one(select(CaseRow).where(col(CaseRow.id) == case_id))
    leads = await _leads(reader, case_id)
    if row is None or not (leads or may_see_case(reader.actor, row["org"], row["operator_org"])):
        raise NotFound("case", case_id)
    parts = await reader.all(select(CasePartRow).where(col(CasePartRow.case_id) == case_id))
    case, hidden = to_case(row, parts), row["confidential"] == "full"
    if not leads and not may_read(reader.actor, case, row["operator_org"], hidden=hidden):
        raise NotAllowed
    adds = may_add(reader.actor, case, row["operator_org"], hidden=hidden) and takes_material(case)
    rows = await reader.all(
        select(MaterialRow)
        .where(col(MaterialRow.case_id) == case_id)
        .order_by(col(MaterialRow.id).desc())
        .limit(MATERIALS_PER_CASE_MAX)
    )
    there = {Kind(one["kind"]) for one in rows if one["withdrawn_at"] is None}
    return Materials(
        items=[_line(reader, one, adds=adds) for one in rows],
        expected=[
            ExpectedLine(
                kinds=[_kind(kind) for kind in one.kinds],
                why=Text(*one.why),
                met=one.is_met(there),
            )
            for one in expected_of(case, row["aid_programme"])
        ],
        kinds=[_kind(kind) for kind in Kind],
        reasons=[coded(one.value, WITHDRAWALS[one]) for one in Withdrawal],
        may_add=adds,
    )


async def _leads(reader: ReadDoor, case_id: UUID) -> bool:
    """Whether the reader leads the dispute as its lawyer."""
    lawyer = reader.actor.has(Role.LAWYER)
    return lawyer and await reader.one(led_by(reader.actor.id, case_id)) is not None


def _kind(kind: Kind) -> Coded:
    return coded(kind.value, KINDS[kind])


def _line(reader: ReadDoor, row: Mapping[str, Any], *, adds: bool) -> MaterialLine:
    gone = row["withdrawn_at"] is not None
    return MaterialLine(
        material_id=row["id"],
        kind=_kind(Kind(row["kind"])),
        name=open_name(reader.context.cipher, row),
        format=row["format"],
        media_type=FORMATS[row["format"]].media_type,
        size_bytes=row["size_bytes"],
        sha256=row["sha256"].hex(),
        by=row["added_by"],
        at=row["added_at"],
        withdrawn=_withdrawn(reader, row) if gone else None,
        readable=not gone or may_read_withdrawn(reader.actor),
        withdrawable=adds and not gone and may_withdraw(reader.actor, row["added_by"]),
    )


def _withdrawn(reader: ReadDoor, row: Mapping[str, Any]) -> Withdrawn:
    reason = Withdrawal(row["withdrawn_reason"])
    return Withdrawn(
        by=row["withdrawn_by"],
        at=row["withdrawn_at"],
        reason=coded(reason.value, WITHDRAWALS[reason]),
        note=open_withdrawn_note(reader.context.cipher, row),
    )
