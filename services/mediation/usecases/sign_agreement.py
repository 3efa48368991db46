"""Hands and seals are set under the agreement; with the last one it takes effect (rule 27)."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from services.mediation.domain.permissions import Deed
from services.mediation.domain.settling import sign_agreement as signed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.facts import dates
from shared.contracts.base import InstalmentFact
from shared.contracts.mediation import AgreementSigned
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.ids import derived_id

router = CommandRouter(tags=["agreements"])
HANDS = 4


class SignAgreement(Request):
    """Whose signatures or seals are set now."""

    hands: list[Literal["workers", "employer", "mediator", "seal"]] = Field(
        min_length=1, max_length=HANDS
    )


@router.post("/disputes/{dispute_id}/agreement/sign")
async def post_sign_agreement(
    dispute_id: UUID, body: SignAgreement, cmd: Command
) -> DisputeChanged:
    """Record signatures; an incomplete text is not signed."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        after = signed(loaded.dispute, **{f"{hand}_at": tx.now for hand in body.hands})
        facts = []
        agreement = after.agreement
        if agreement is not None and agreement.effective_at is not None:
            facts.append(
                AgreementSigned(
                    dispute_id=after.id,
                    case_id=after.case_id,
                    agreement_id=derived_id(after.id, "agreement"),
                    total_fen=agreement.amount_fen,
                    instalments=tuple(
                        InstalmentFact(no=one.no, due=one.due, amount_fen=one.amount_fen)
                        for one in agreement.instalments
                    ),
                    effective_at=agreement.effective_at,
                    deadlines=dates(after.deadlines),
                )
            )
        save_dispute(tx, loaded, after, Deeds("agreement.sign", facts))
        return tx.answer(changed(after, loaded.scheme))
