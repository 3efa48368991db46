"""What is recorded about the agreement of a dispute, its payments, its review, and the letter on arbitration."""

from dataclasses import replace
from datetime import date, datetime

from services.mediation.domain import agreement as agreements
from services.mediation.domain.agreement import (
    Agreement,
    AlreadySigned,
    InstalmentState,
    ReviewChoice,
    Signatures,
)
from services.mediation.domain.dispute import (
    Dispute,
    NotInThisStage,
    refuse_ended,
    refuse_not_running,
)
from services.mediation.domain.enforcement import routes
from services.mediation.domain.outcome import Receipt
from services.mediation.domain.scheme import Scheme, StageKind
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.errors import Refused


def draft_agreement(dispute: Dispute, scheme: Scheme, text: Agreement) -> Dispute:
    """The agreement written or changed in the mediation stage; a change voids signatures already set."""
    refuse_ended(dispute)
    if scheme.stage(dispute.stage).kind is not StageKind.MEDIATION:
        raise NotInThisStage(stage=dispute.stage)
    if dispute.agreement is not None and dispute.agreement.effective_at is not None:
        raise AlreadySigned
    return replace(dispute, agreement=replace(text, signatures=Signatures(), review=None))


def sign_agreement(dispute: Dispute, **moments: datetime) -> Dispute:
    """One or more hands or seals set: `workers_at`, `employer_at`, `mediator_at`, `seal_at`."""
    refuse_ended(dispute)
    return replace(dispute, agreement=agreements.sign(_agreement(dispute), **moments))


def settle_instalment(dispute: Dispute, no: int, state: InstalmentState, on: date) -> Dispute:
    """An instalment was paid, or handed over for enforcement after default."""
    refuse_not_running(dispute)
    if not dispute.is_settled:
        raise NotInThisStage(stage=dispute.stage)
    changed = agreements.settle_instalment(_agreement(dispute), no, state, on)
    return replace(dispute, agreement=changed)


class RouteClosed(Refused):
    """Rules 28 and 29: too late, or not for this content; `details["why"]` says which."""

    code = "review_route_closed"
    zh = "该途径已不能选（已过期限，或协议内容不在受理范围），请改选其他途径或登记放弃。"
    en = "This route is closed: too late, or not for this content. Choose the other one, or waive."


def choose_review(
    dispute: Dispute, choice: ReviewChoice, today: date, calendar: WorkCalendar
) -> Dispute:
    """What the parties make of the agreement: one route, not both, and only one that is open."""
    refuse_not_running(dispute)
    if not dispute.is_settled:
        raise NotInThisStage(stage=dispute.stage)
    undecided = replace(_agreement(dispute), review=None)
    for route in routes(undecided, today, calendar):
        if route.route.value == choice.value and route.closed is not None:
            raise RouteClosed(why=route.closed.value)
    return replace(dispute, agreement=replace(undecided, review=choice))


def receive_advice(dispute: Dispute, receipt: Receipt, on: date) -> Dispute:
    """How the letter on arbitration reached the workers (rule 32)."""
    refuse_not_running(dispute)
    if dispute.advice is None:
        raise NotInThisStage(stage=dispute.stage)
    return replace(dispute, advice=replace(dispute.advice, receipt=receipt, received_on=on))


def _agreement(dispute: Dispute) -> Agreement:
    if dispute.agreement is None:
        raise NotInThisStage(stage=dispute.stage)
    return dispute.agreement
