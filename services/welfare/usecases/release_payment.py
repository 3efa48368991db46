"""The cashier releases the payment of an approved application; it leaves for the bank with the next round."""

from datetime import timedelta
from uuid import UUID

import msgspec

from services.welfare.domain.application import Seat
from services.welfare.domain.application_state import Act
from services.welfare.domain.dossier import Doing, Dossier, released
from services.welfare.domain.fact_sheet import require_clear
from services.welfare.domain.form import Form
from services.welfare.domain.payment import Payment, order
from services.welfare.settings import WelfareSettings
from services.welfare.store import facts
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.holds import load_hold
from services.welfare.store.payments import Order, add_payment, has_contradiction, load_obligation
from services.welfare.store.reference import load_programme
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotFound, Refused
from shared.vocabulary.ids import new_id

router = CommandRouter(tags=["payments"])
PURPOSE_CHARACTERS_MAX = 80


class BankContradicts(Refused):
    """The bank says settled of what had been taken back: paying again might pay twice."""

    code = "bank_contradicts"
    zh = "银行回执与此前的裁定不一致，可能已到账，暂停再次付款，请先与银行对账。"
    en = "The bank contradicts an earlier decision; the money may have arrived. Reconcile first."


class ReleasePayment(Request):
    """A remark for the file."""

    note: str = ""


class Released(Response):
    """The payment that was ordered."""

    application_id: UUID
    payment_id: UUID
    attempt: int


@router.post("/applications/{application_id}/payments", status_code=201)
async def post_payment(application_id: UUID, body: ReleasePayment, cmd: Command) -> Released:
    """Order the payment."""
    settings = cmd.context.settings
    hours = settings.account_cooling_h if isinstance(settings, WelfareSettings) else 0
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.PAY, cmd.if_match)
        return tx.answer(await release_payment(dossier, body, timedelta(hours=hours), tx))


async def release_payment(
    dossier: Dossier, body: ReleasePayment, cooling: timedelta, tx: Tx
) -> Released:
    """What is paid is what was approved, by a fourth person, at most once at a time."""
    after = released(dossier, Doing(tx.actor.id, tx.now, body.note), cooling)
    application, form = after.application, after.form
    obligation = order(await load_obligation(tx, application.id), new_id())
    if await has_contradiction(tx, application.id):
        raise BankContradicts
    report = await check(tx, after, (Seat.CASHIER, tx.actor.id))
    require_clear(report, Act.PAY)
    hold = await load_hold(tx, application.id)
    if form is None or hold is None:
        raise NotFound("hold", application.id)
    payment = obligation.payments[-1]
    programme = await load_programme(tx, application.programme, application.year)
    body_text = bank_order(payment, form, f"{programme.zh} {application.number}")
    add_payment(tx, application.id, payment, Order(hold.budget_id, form.account.number, body_text))
    told = [facts.ran(application, report)]
    await save_dossier(tx, dossier, after, Deed("payment.release", told, body.note))
    return Released(application_id=application.id, payment_id=payment.id, attempt=payment.attempt)


def bank_order(payment: Payment, form: Form, purpose: str) -> str:
    """The exact body for the bank, kept so that a repetition is the same to the byte."""
    content = {
        "id": payment.end_to_end_id,
        "amount_fen": payment.amount_fen,
        "account": form.account.number,
        "holder": form.account.holder,
        "purpose": purpose[:PURPOSE_CHARACTERS_MAX],
    }
    return msgspec.json.encode(content).decode()
