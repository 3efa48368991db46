"""What the twenty checks look at, gathered from a dossier and from what the database counted."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.welfare.domain.application import Seat
from services.welfare.domain.application_state import Act, State
from services.welfare.domain.checks import (
    Account,
    Aid,
    Facts,
    MedicalClaim,
    Payout,
    People,
    Person,
    Text,
    Verdict,
)
from services.welfare.domain.checks_process import Report
from services.welfare.domain.dossier import Dossier
from services.welfare.domain.form import Form
from services.welfare.domain.programme import Programme
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import Invalid, Refused
from shared.vocabulary.identifiers import id_number

OFFICERS_CHECKS = frozenset({"W1", "W5", "W7", "W11", "W12", "W14"})
"""What the handler must put right before passing an application on; the rest awaits the reviewer's judgement."""


class ChecksBlock(Refused):
    """A check found something that has to be put right, or judged, before this step."""

    code = "checks_block"

    def __init__(self, report: Report, ids: tuple[str, ...]) -> None:
        found = [one for one in report.results if one.id in ids]
        zh = "；".join(f"{one.id} {one.outcome.reason.zh}" for one in found)
        en = "; ".join(f"{one.id} {one.outcome.reason.en}" for one in found)
        super().__init__(
            zh=f"有校验未通过，暂不能办理这一步：{zh}。请按校验栏的提示处理后再试。",
            en=f"Checks stop this step: {en}. Follow the remedy beside each and try again.",
            checks=list(ids),
        )


class ClassNotCovered(Refused):
    """The programme has no grant for the class of hardship that the figures give."""

    code = "class_not_covered"
    zh = "按规则测算的困难类别不在本项目救助范围，请改选项目、要求补正或不予帮扶并说明理由。"
    en = "The programme does not aid this class. Choose another, ask for more, or reject with a reason."


@dataclass(frozen=True, slots=True)
class Counted:
    """What only the database knows about other applications, the file, the budget and the payments."""

    person_grants: int = 0
    household_grants: int = 0
    paid_fen: int = 0
    account_in_household: int = 0
    account_by_others: int = 0
    same_phone: int = 0
    same_address: int = 0
    invoice_claims: int = 0
    handler_applications: int = 0
    file_active: bool | None = None
    rechecked_on: date | None = None
    fund_available_fen: int | None = None
    """Free in the budget, counting what this application holds itself."""
    fund_matches: bool = True
    paid_on: date | None = None
    returned_on: date | None = None


def facts_of(
    dossier: Dossier,
    programme: Programme,
    counted: Counted,
    today: date,
    actor: tuple[Seat, UUID] | None = None,
) -> Facts:
    """The facts on a day; `actor` is who is about to sign, so that W11 sees it beforehand."""
    form = dossier.form
    return Facts(
        today=today,
        programme=programme,
        aid=Aid(
            amount_fen=form.amount_fen if form else 0,
            paid_fen=counted.paid_fen,
            person_grants=counted.person_grants,
            household_grants=counted.household_grants,
            household_override=_is_accepted(dossier, "W2"),
            elsewhere=form.aided_elsewhere if form else None,
            fund_available_fen=counted.fund_available_fen,
            fund_matches=counted.fund_matches,
        ),
        account=_account(form, counted),
        person=_person(dossier, counted, today),
        people=_people(dossier, counted, actor),
        payout=_payout(dossier, counted),
        medical=_medical(form, counted),
    )


def stopping(report: Report, act: Act) -> tuple[str, ...]:
    """The ids that stop a step: before the reviewer only what the handler can put right."""
    blocked = report.ids(Verdict.BLOCK)
    if act in {Act.REVIEW_FIRST, Act.VISIT, Act.SUBMIT}:
        return tuple(one for one in blocked if one in OFFICERS_CHECKS)
    return blocked


def require_clear(report: Report, act: Act) -> None:
    """Refuse a step that a check stops."""
    ids = stopping(report, act)
    if ids:
        raise ChecksBlock(report, ids)


def require_class(dossier: Dossier, programme: Programme) -> None:
    """A programme with grants by class is for those classes; one without is for everybody."""
    found = dossier.assessment
    if programme.standards and (found is None or not programme.is_for(found.hardship)):
        raise ClassNotCovered


def _is_accepted(dossier: Dossier, check: str) -> bool:
    judged = dossier.explained(check)
    return judged is not None and judged.accepted


def _account(form: Form | None, counted: Counted) -> Account:
    if form is None:
        return Account()
    return Account(
        holder_is_beneficiary=form.holder_is_applicant,
        guardian_recorded=bool(form.account.guardian.strip()),
        used_in_household=counted.account_in_household,
        used_by_others=counted.account_by_others,
    )


def _person(dossier: Dossier, counted: Counted, today: date) -> Person:
    form = dossier.form
    if form is None:
        return Person()
    problem: Text | None = None
    try:
        id_number(form.id_no, today=today)
    except Invalid as invalid:
        problem = Text(invalid.errors[0].zh, invalid.errors[0].en)
    assets = form.assets
    return Person(
        id_valid=problem is None,
        id_problem=problem,
        status=form.status,
        file_active=counted.file_active,
        rechecked_on=counted.rechecked_on,
        assets_found=assets.found if assets else None,
        assets_explained=bool(assets and assets.explanation.strip()),
        assets_accepted=_is_accepted(dossier, "W13"),
        same_phone=counted.same_phone,
        same_address=counted.same_address,
    )


def _people(dossier: Dossier, counted: Counted, actor: tuple[Seat, UUID] | None) -> People:
    application = dossier.application
    seats = {**dict(application.seats), **(dict([actor]) if actor else {})}
    handler = seats.get(Seat.HANDLER)
    return People(
        applicant=application.own_staff_id,
        handler=handler,
        reviewer=seats.get(Seat.REVIEWER),
        approver=seats.get(Seat.APPROVER),
        cashier=seats.get(Seat.CASHIER),
        handler_is_relative=handler in application.relatives,
        handler_applications=counted.handler_applications,
    )


def _payout(dossier: Dossier, counted: Counted) -> Payout:
    application = dossier.application
    approval, content = application.approval, application.content
    awaits_repair = application.state is State.APPROVED
    return Payout(
        publicity=application.publicity,
        approved_on=local_date(approval.at) if approval else None,
        paid_on=counted.paid_on,
        approved_hash=approval.content_hash if approval else None,
        current_hash=content.hash() if content else None,
        returned_on=counted.returned_on if awaits_repair else None,
    )


def _medical(form: Form | None, counted: Counted) -> MedicalClaim | None:
    if form is None or not form.invoice_no:
        return None
    return MedicalClaim(invoice_claimed_before=counted.invoice_claims > 0)
