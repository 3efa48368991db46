"""Somebody opens a file of a case: only who works on it or leads its dispute, and that they looked is on record.

A browser must never run what somebody uploaded: it goes out as an attachment of exactly its type, sandboxed, not kept.
"""

from typing import Final
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.intake.domain.file_format import FORMATS
from services.intake.domain.material import (
    MaterialWithdrawnAlready,
    may_read,
    may_read_withdrawn,
)
from services.intake.store import materials
from services.intake.store.cases import load_case
from shared.kernel.reader import Reader
from shared.kernel.transaction import Tx
from shared.kernel.upload import attachment
from shared.vocabulary.errors import NotAllowed

router = APIRouter(tags=["materials"])
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@router.get("/cases/{case_id}/materials/{material_id}/content")
async def get_material(case_id: UUID, material_id: UUID, reader: Reader) -> Response:
    """The file itself."""
    async with reader.context.db.transaction(actor=reader.actor) as tx:
        return await read_material(case_id, material_id, tx)


async def read_material(case_id: UUID, material_id: UUID, tx: Tx) -> Response:
    """The case is locked, so that who looked is on record in one order; what was withdrawn is shown to auditors alone."""
    if not await materials.lock_led(tx, case_id):
        stored = await load_case(tx, case_id)
        if not may_read(tx.actor, stored.case, stored.row["operator_org"], hidden=stored.hidden):
            raise NotAllowed
    row = await materials.load_material(tx, case_id, material_id)
    if row["withdrawn_at"] is not None and not may_read_withdrawn(tx.actor):
        raise MaterialWithdrawnAlready
    content = await materials.load_content(tx, row)
    tx.audit("material.read", "case", case_id, after={"material": material_id, "kind": row["kind"]})
    headers = {
        **HEADERS,
        "Content-Type": FORMATS[row["format"]].media_type,
        "Content-Disposition": attachment(materials.open_name(tx.cipher, row)),
    }
    return Response(content, headers=headers)
