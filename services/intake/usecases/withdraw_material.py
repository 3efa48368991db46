"""A file does not belong in the case, or cannot be read: it is struck out, with the reason, and kept for the audit."""

from uuid import UUID

from services.intake.domain.material import (
    MaterialWithdrawnAlready,
    Withdrawal,
    check_open,
    may_add,
    may_withdraw,
)
from services.intake.domain.problems import Problems
from services.intake.store import materials
from services.intake.store.answers import check_note
from services.intake.store.cases import load_case, save_case
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["materials"])


class WithdrawMaterial(Request):
    """Why; `other` needs a note."""

    reason: str = ""
    note: str = ""


class MaterialStruckOut(Response):
    """Which one is not offered any more."""

    material_id: UUID


@router.post("/cases/{case_id}/materials/{material_id}/withdrawal")
async def post_withdrawal(
    case_id: UUID, material_id: UUID, form: WithdrawMaterial, cmd: Command
) -> MaterialStruckOut:
    """Strike a file out of a case."""
    async with cmd.transaction() as tx:
        return tx.answer(await withdraw_material(case_id, material_id, form, tx, cmd.if_match))


async def withdraw_material(
    case_id: UUID, material_id: UUID, form: WithdrawMaterial, tx: Tx, if_match: int | None
) -> MaterialStruckOut:
    """By who put it in, or by a dispatcher or supervisor."""
    reason = _check(form)
    stored = await load_case(tx, case_id, if_match)
    by = stored.row["operator_org"]
    if not may_add(tx.actor, stored.case, by, hidden=stored.hidden):
        raise NotAllowed
    row = await materials.load_material(tx, case_id, material_id)
    if not may_withdraw(tx.actor, row["added_by"]):
        raise NotAllowed
    check_open(stored.case)
    if row["withdrawn_at"] is not None:
        raise MaterialWithdrawnAlready
    save_case(tx, stored.case, materials.withdraw(tx, row, reason, form.note))
    before = {"material": material_id, "kind": row["kind"]}
    tx.audit("material.withdraw", "case", case_id, before=before, why=reason.value)
    return MaterialStruckOut(material_id=material_id)


def _check(form: WithdrawMaterial) -> Withdrawal:
    problems = Problems()
    reason = next((one for one in Withdrawal if one.value == form.reason), None)
    if reason is None:
        problems.add("reason", "reason_unknown", "请选择撤回原因。", "Choose why it is withdrawn.")
    check_note(problems, form.note, required=reason is Withdrawal.OTHER)
    problems.stop()
    assert reason is not None  # noqa: S101 - `stop` has raised otherwise
    return reason
