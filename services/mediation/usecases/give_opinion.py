"""The dispute's lawyer gives the written legal opinion; it becomes a paper of the file."""

from dataclasses import replace
from uuid import UUID

from pydantic import Field

from services.mediation.domain.dispute import LegalOpinion
from services.mediation.domain.handling import give_opinion as given
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.papers import OPINION, save_paper
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.calendar import local_date
from shared.vocabulary.ids import new_id

router = CommandRouter(tags=["disputes"])
SECTION_CHARACTERS_MAX = 6_000


class GiveOpinion(Request):
    """Facts, legal analysis, advice."""

    facts: str = Field(min_length=1, max_length=SECTION_CHARACTERS_MAX)
    analysis: str = Field(min_length=1, max_length=SECTION_CHARACTERS_MAX)
    advice: str = Field(min_length=1, max_length=SECTION_CHARACTERS_MAX)


@router.put("/disputes/{dispute_id}/opinion")
async def put_opinion(dispute_id: UUID, body: GiveOpinion, cmd: Command) -> DisputeChanged:
    """Give the opinion; a later one replaces it, the earlier stays in the file."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.GIVE_OPINION, cmd.if_match)
        opinion = LegalOpinion(tx.actor.id, local_date(tx.now), new_id())
        after = given(loaded.dispute, opinion)
        after = replace(after, file_items=after.file_items | {OPINION})
        save_paper(tx, after.id, OPINION, opinion.document_id, body.model_dump())
        save_dispute(tx, loaded, after, Deeds("opinion.give"))
        return tx.answer(changed(after, loaded.scheme))
