"""Somebody needs the full number or name of a caller, says why, and that they looked is on record."""

from typing import Literal
from uuid import UUID

from services.intake.domain.caller import Profile
from services.intake.domain.permissions import sees_identity
from services.intake.domain.problems import Problems
from services.intake.store.people import cases_of, load_party, open_profile
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed, NotFound

router = CommandRouter(tags=["people"])
NOTE_CHARACTERS_MAX = 200
REMASK_AFTER_S = 30
NOTE = ("查看原因", "the reason")


class Reveal(Request):
    """Which field of whom, and why; `other` needs a note."""

    kind: Literal["party"]
    id: UUID
    field: Literal["name", "phone", "id_no"]
    reason: Literal["contact", "verify", "document", "complaint", "other"]
    note: str = ""


class Revealed(Response):
    """The value, to be masked again by the page after so many seconds."""

    value: str
    remask_after_s: int = REMASK_AFTER_S


@router.post("/reveals")
async def post_reveal(asked: Reveal, cmd: Command) -> Revealed:
    """Show one field. The answer is not remembered under the key: it would lie there unsealed."""
    async with cmd.transaction() as tx:
        return await reveal_party(asked, tx)


async def reveal_party(asked: Reveal, tx: Tx) -> Revealed:
    """Only to those who may know of a case of this person, and whom the caller does not hide from."""
    problems = Problems()
    if asked.reason == "other":
        problems.required("note", asked.note, NOTE)
    problems.length("note", asked.note, NOTE_CHARACTERS_MAX, NOTE)
    problems.stop()
    row = await load_party(tx, asked.id)
    cases = await cases_of(tx, asked.id)
    visible = [
        sees_identity(
            tx.actor, case["org"], case["operator_org"], hidden=case["confidential"] == "full"
        )
        for case in cases
    ]
    if not any(visible):
        raise NotFound("party", asked.id) if not cases else NotAllowed
    profile = open_profile(tx.cipher, asked.id, row["profile_sealed"])
    tx.audit(
        "party.reveal",
        "party",
        asked.id,
        after={"field": asked.field, "reason": asked.reason},
        why=asked.note or asked.reason,
    )
    return Revealed(value=_value(profile, asked.field))


def _value(profile: Profile, field: str) -> str:
    return {"name": profile.name, "phone": profile.phone, "id_no": profile.id_number}[field]
