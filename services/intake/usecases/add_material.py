"""Somebody who works on the case puts a file into it: evidence, a form, a recording.

The body is the file itself (`shared/kernel/upload.py`): one file is one act, repeated under one key when the line breaks,
and nothing has to be taken apart before it is known whose it is and how large. What it is comes from its bytes.
"""

from uuid import UUID

from services.intake.domain.file_format import format_of
from services.intake.domain.material import check_open, clean_name, kind_of, may_add
from services.intake.store import materials
from services.intake.store.cases import load_case, save_case
from shared.kernel.command import Command, Response
from shared.kernel.transaction import Tx
from shared.kernel.upload import Upload, UploadedFile, UploadRouter
from shared.vocabulary.errors import NotAllowed

router = UploadRouter(tags=["materials"])


class MaterialStored(Response):
    """Under which id it lies, and what it was found to be."""

    material_id: UUID
    format: str
    size_bytes: int
    sha256: str


@router.post("/cases/{case_id}/materials", status_code=201)
async def post_material(case_id: UUID, kind: str, file: Upload, cmd: Command) -> MaterialStored:
    """Put a file into a case."""
    async with cmd.transaction() as tx:
        return tx.answer(await add_material(case_id, kind, file, tx))


async def add_material(case_id: UUID, kind: str, file: UploadedFile, tx: Tx) -> MaterialStored:
    """Kind, format and name are settled before the case is locked."""
    chosen, found = kind_of(kind), format_of(file.content)
    name = clean_name(file.name, found)
    stored = await load_case(tx, case_id)
    by = stored.row["operator_org"]
    if not may_add(tx.actor, stored.case, by, hidden=stored.hidden):
        raise NotAllowed
    check_open(stored.case)
    await materials.check_room(tx, case_id, file.sha256)
    new = materials.Material(chosen, found, name, file.content, file.sha256)
    fact = materials.add_material(tx, case_id, new)
    save_case(tx, stored.case, fact)
    told = {"material": fact.material_id, "kind": fact.kind, "format": fact.format}
    tx.audit("material.add", "case", case_id, after={**told, "sha256": file.sha256.hex()})
    return MaterialStored(
        material_id=fact.material_id,
        format=fact.format,
        size_bytes=fact.size_bytes,
        sha256=file.sha256.hex(),
    )
