"""Somebody looks at a masked value: for a reason, and the look is on record before the value is shown (rule 63)."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from services.welfare.domain.form import Form
from services.welfare.domain.permissions import may_reveal
from services.welfare.store.dossiers import load_dossier
from services.welfare.store.people import load_profile
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import FieldError, Invalid, NotAllowed, NotFound

router = CommandRouter(tags=["reveals"])
REMASK_AFTER_S = 30
NOTE_MAX = 200
Field_ = Literal["name", "phone", "id_no", "bank_account", "address"]


class RevealValue(Request):
    """`party`: the applicant of application `id`; `member`: one of the household, by `index`; `payee`: the account."""

    kind: Literal["party", "member", "payee"]
    id: UUID
    field: Field_
    index: int = Field(default=0, ge=0, le=20)
    reason: Literal["contact", "verify", "document", "complaint", "other"]
    note: str = Field(default="", max_length=NOTE_MAX)


class Revealed(Response):
    """The value, and when the page hides it again."""

    value: str
    remask_after_s: int


@router.post("/reveals")
async def post_reveal(body: RevealValue, cmd: Command) -> Revealed:
    """Show one value of one application."""
    if body.reason == "other" and not body.note:
        raise Invalid(
            FieldError(
                "note",
                "note_needed",
                "选择“其他”时请写明查看原因。",
                "Say why you need to see it when you choose “other”.",
            )
        )
    async with cmd.transaction() as tx:
        value = await reveal_value(body, tx)
        # Not remembered under the key: an unmasked value is never stored as an answer.
        return Revealed(value=value, remask_after_s=REMASK_AFTER_S)


async def reveal_value(body: RevealValue, tx: Tx) -> str:
    """The value, audited in the same transaction."""
    dossier = await load_dossier(tx, body.id)
    if not may_reveal(tx.actor, dossier.application.org):
        raise NotAllowed
    if dossier.form is None:
        profile = await load_profile(tx, dossier.application.party_id)
        known = {"name": profile.name, "phone": profile.phone, "id_no": profile.id_number}
        value = known.get(body.field, "") if body.kind == "party" else ""
    else:
        value = _value(dossier.form, body)
    if not value:
        raise NotFound(body.field, body.id)
    seen = {"kind": body.kind, "field": body.field, "index": body.index}
    why = f"{body.reason}: {body.note}" if body.note else body.reason
    tx.audit("value.reveal", "application", body.id, after=seen, why=why)
    return value


def _value(form: Form, body: RevealValue) -> str:
    if body.kind == "payee":
        return {"name": form.account.holder, "bank_account": form.account.number}.get(
            body.field, ""
        )
    if body.kind == "member":
        if body.index >= len(form.members):
            return ""
        member = form.members[body.index]
        return {"name": member.name, "id_no": member.id_no}.get(body.field, "")
    return {
        "name": form.name,
        "phone": form.phone,
        "id_no": form.id_no,
        "address": form.address,
    }.get(body.field, "")
