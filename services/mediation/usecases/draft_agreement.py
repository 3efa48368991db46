"""The agreement is written: terms and instalments that must add up; a change voids signatures already set."""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.mediation.domain.agreement import INSTALMENTS_MAX, Agreement, Content, Instalment
from services.mediation.domain.permissions import Deed
from services.mediation.domain.settling import draft_agreement as drafted
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.kernel.command import Command, CommandRouter, Request

router = CommandRouter(tags=["agreements"])
TEXT_CHARACTERS_MAX = 4_000
AMOUNT_FEN_MAX = 10_000_000_000_00


class Payment(Request):
    """One instalment."""

    no: int = Field(ge=1, le=INSTALMENTS_MAX)
    amount_fen: int = Field(gt=0, le=AMOUNT_FEN_MAX)
    due: date


class DraftAgreement(Request):
    """The elements of 企业劳动争议协商调解规定 26; an amount with instalments, or an act with a date."""

    parties: str = Field(default="", max_length=TEXT_CHARACTERS_MAX)
    claims: str = Field(default="", max_length=TEXT_CHARACTERS_MAX)
    result: str = Field(default="", max_length=TEXT_CHARACTERS_MAX)
    manner: str = Field(default="", max_length=TEXT_CHARACTERS_MAX)
    contents: list[Content] = Field(default=[], max_length=len(Content))
    amount_fen: int = Field(default=0, ge=0, le=AMOUNT_FEN_MAX)
    instalments: list[Payment] = Field(default=[], max_length=INSTALMENTS_MAX)
    act: str = Field(default="", max_length=TEXT_CHARACTERS_MAX)
    act_due: date | None = None
    represented: int = Field(default=0, ge=0)
    represented_consents: int = Field(default=0, ge=0)


@router.put("/disputes/{dispute_id}/agreement")
async def put_agreement(dispute_id: UUID, body: DraftAgreement, cmd: Command) -> DisputeChanged:
    """Save the draft; what it still lacks is in the answer."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        text = Agreement(
            parties=body.parties,
            claims=body.claims,
            result=body.result,
            manner=body.manner,
            contents=frozenset(body.contents),
            amount_fen=body.amount_fen,
            instalments=tuple(
                Instalment(one.no, one.amount_fen, one.due) for one in body.instalments
            ),
            act=body.act,
            act_due=body.act_due,
            represented=body.represented,
            represented_consents=body.represented_consents,
        )
        after = drafted(loaded.dispute, loaded.scheme, text)
        save_dispute(tx, loaded, after, Deeds("agreement.draft"))
        return tx.answer(changed(after, loaded.scheme))
