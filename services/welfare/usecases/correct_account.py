"""After a return the officer writes down another account; an approver agrees, and only then may it be paid again."""

from uuid import UUID

from pydantic import Field

from services.welfare.domain.application_state import Act
from services.welfare.domain.dossier import (
    AccountNotReturned,
    Doing,
    Dossier,
    NoAccountChange,
    account_approved,
    account_proposed,
)
from services.welfare.domain.fact_sheet import require_clear
from services.welfare.domain.form import BankAccount, checked_account
from services.welfare.domain.payment import PaymentState
from services.welfare.store import facts
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.blinds import with_account
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.payments import load_payments
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx

router = CommandRouter(tags=["payments"])
TEXT_MAX = 200


class CorrectAccount(Request):
    """The account as the card says."""

    number: str = Field(max_length=TEXT_MAX)
    bank: str = Field(max_length=TEXT_MAX)
    holder: str = Field(max_length=TEXT_MAX)
    guardian: str = Field(default="", max_length=TEXT_MAX)
    reason: str = Field(min_length=1, max_length=TEXT_MAX)


class ApproveAccount(Request):
    """A remark for the file."""

    note: str = ""


@router.post("/applications/{application_id}/account")
async def post_account(
    application_id: UUID, body: CorrectAccount, cmd: Command
) -> ApplicationChanged:
    """Propose another account."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.CHANGE, cmd.if_match)
        return tx.answer(await correct_account(dossier, body, tx))


@router.post("/applications/{application_id}/account/approve")
async def post_account_approval(
    application_id: UUID, body: ApproveAccount, cmd: Command
) -> ApplicationChanged:
    """Agree to the proposed account."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.APPROVE, cmd.if_match)
        return tx.answer(await approve_account(dossier, body, tx))


async def correct_account(dossier: Dossier, body: CorrectAccount, tx: Tx) -> ApplicationChanged:
    """Only after the bank gave the money back; until approved nothing changes for the payment."""
    payments = await load_payments(tx, dossier.application.id)
    if not payments or payments[-1].state is not PaymentState.RETURNED:
        raise AccountNotReturned
    account = checked_account(BankAccount(body.number, body.bank, body.holder, body.guardian))
    after = account_proposed(dossier, account, Doing(tx.actor.id, tx.now, body.reason))
    report = await check(tx, after)
    deed = Deed("account.propose", [facts.ran(after.application, report)], body.reason)
    await save_dossier(tx, dossier, after, deed)
    return changed(after, report)


async def approve_account(dossier: Dossier, body: ApproveAccount, tx: Tx) -> ApplicationChanged:
    """The approval binds the new account; the checks on accounts must be clear with it."""
    change, content = dossier.account_change, dossier.application.content
    if change is None or content is None:
        raise NoAccountChange
    corrected = with_account(content, change.account, tx.cipher)
    after = account_approved(dossier, corrected, Doing(tx.actor.id, tx.now, body.note))
    report = await check(tx, after)
    require_clear(report, Act.PAY)
    told = [facts.ran(after.application, report), facts.approved(after.application)]
    await save_dossier(tx, dossier, after, Deed("account.approve", told, body.note))
    return changed(after, report)
