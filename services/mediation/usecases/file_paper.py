"""A paper is put into the dispute's file: application, agreement, letter on arbitration, evidence."""

from dataclasses import replace
from typing import Literal
from uuid import UUID

from services.mediation.domain.dispute import refuse_not_running
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.kernel.command import Command, CommandRouter, Request

router = CommandRouter(tags=["disputes"])


class FilePaper(Request):
    """Which paper is in the file now."""

    paper: Literal["application", "agreement", "arbitration_advice", "evidence", "representatives"]


@router.post("/disputes/{dispute_id}/papers")
async def post_paper(dispute_id: UUID, body: FilePaper, cmd: Command) -> DisputeChanged:
    """Record that a paper is in the file."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        refuse_not_running(loaded.dispute)
        after = replace(loaded.dispute, file_items=loaded.dispute.file_items | {body.paper})
        save_dispute(tx, loaded, after, Deeds("file.add"))
        return tx.answer(changed(after, loaded.scheme))
