"""A person asks to be forgotten: the profile is erased here and, by its tombstone, everywhere (PIPL 47)."""

from uuid import UUID

from services.intake.domain.case_state import FINAL
from services.intake.domain.permissions import may_supervise
from services.intake.domain.problems import Problems
from services.intake.store.people import cases_of, erase, load_party
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed, Refused
from shared.vocabulary.regions import CITY_PATH

router = CommandRouter(tags=["people"])
REASON_CHARACTERS_MAX = 200
REASON = ("删除依据", "the ground for erasing")


class StillNeeded(Refused):
    """A person whose case is open is needed to handle it."""

    code = "party_in_open_case"
    zh = "此人还有未办结的工单，办结后方可删除个人资料。"
    en = "A case of this person is still open. The profile can be erased once it is closed."


class ErasePartyRequest(Request):
    """On what ground: the person's request, or the end of the purpose."""

    reason: str


class Erased(Response):
    """Who is forgotten."""

    party_id: UUID


@router.post("/parties/{party_id}/erasure")
async def post_erasure(party_id: UUID, asked: ErasePartyRequest, cmd: Command) -> Erased:
    """Erase a person's profile; a supervisor of the city decides."""
    async with cmd.transaction() as tx:
        return tx.answer(await erase_party(party_id, asked, tx))


async def erase_party(party_id: UUID, asked: ErasePartyRequest, tx: Tx) -> Erased:
    """Cases and their audit stay, without a name: the file has to be kept."""
    problems = Problems()
    problems.required("reason", asked.reason, REASON)
    problems.length("reason", asked.reason, REASON_CHARACTERS_MAX, REASON)
    problems.stop()
    if not may_supervise(tx.actor, CITY_PATH):
        raise NotAllowed
    row = await load_party(tx, party_id)
    if any(case["state"] not in FINAL for case in await cases_of(tx, party_id)):
        raise StillNeeded
    erase(tx, party_id, row["version"])
    tx.audit("party.erase", "party", party_id, why=asked.reason)
    return Erased(party_id=party_id)
