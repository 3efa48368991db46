"""The materials tab: what intake keeps of the case's files, with the names of who put them in and struck them out."""

from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.workbench.domain.text import Coded, Text
from services.workbench.gateways.services import ASIDE_TIMEOUT_S, ServiceAway, call
from services.workbench.queries.case_access import load_visible
from services.workbench.store.directory import load_names
from shared.kernel.command import Response
from shared.kernel.reader import Reader
from shared.vocabulary.errors import NotAllowed

router = APIRouter(tags=["case"])


class Withdrawn(Response):
    """Who struck it out, when and why."""

    by: str
    at: datetime
    reason: Coded
    note: str


class CaseMaterial(Response):
    """One file."""

    material_id: UUID
    kind: Coded
    name: str
    format: str
    media_type: str
    size_bytes: int
    sha256: str
    by: str
    at: datetime
    withdrawn: Withdrawn | None
    readable: bool
    withdrawable: bool


class Expected(Response):
    """What a case of this kind usually brings; any of the kinds will do."""

    kinds: list[Coded]
    why: Text
    met: bool


class CaseMaterials(Response):
    """Newest first; with what may be added and why something may be struck out."""

    items: list[CaseMaterial]
    expected: list[Expected]
    kinds: list[Coded]
    reasons: list[Coded]
    may_add: bool
    bytes_max: int
    count_max: int


class NotOnThisCase(NotAllowed):
    """Who sees the case but does not work on it is not shown its files."""

    code = "materials_not_shown"
    zh = "材料只对承办人员、热线和审计开放。需要查看请联系承办单位，或由其将工单转给您办理。"
    en = "Materials are open to those who work on the case, the hotline and auditors. Ask the unit that handles it."


@router.get("/cases/{case_id}/materials")
async def get_materials(case_id: UUID, reader: Reader) -> CaseMaterials:
    """Asked of intake in the person's name; 503 with a text while it is away, the other tabs go on working."""
    await load_visible(reader, case_id)
    answer = await call(
        reader.context,
        reader.actor,
        "intake",
        "GET",
        f"cases/{case_id}/materials",
        timeout_s=ASIDE_TIMEOUT_S,
    )
    if answer.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
        raise NotOnThisCase
    if not answer.is_success:
        raise ServiceAway("intake")
    told = answer.json()
    names = await load_names(reader.context.db, reader.context.cipher, _people(told["items"]))
    for one in told["items"]:
        one["by"] = names.get(UUID(one["by"]), "—")
        if one["withdrawn"]:
            one["withdrawn"]["by"] = names.get(UUID(one["withdrawn"]["by"]), "—")
    return CaseMaterials.model_validate(told)


def _people(items: list[dict[str, Any]]) -> Iterator[UUID]:
    for one in items:
        yield UUID(one["by"])
        if one["withdrawn"]:
            yield UUID(one["withdrawn"]["by"])
