"""The page of one application, as the reviewer reads it: figures, checks, budget, publicity, signatures, buttons."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter

from services.welfare.domain.application import Seat
from services.welfare.domain.application_state import STEPS, Act, State
from services.welfare.domain.dossier import Dossier
from services.welfare.domain.permissions import may_reveal
from services.welfare.domain.step_limits import due_of
from services.welfare.queries.actions import allowed_actions
from services.welfare.queries.lists import staff_names
from services.welfare.queries.page_checks import CheckPart, checks_part
from services.welfare.queries.page_family import (
    Applicant,
    HardshipPart,
    HouseholdPart,
    applicant_part,
    hardship_part,
    household_part,
)
from services.welfare.queries.page_money import (
    BudgetPart,
    ObjectionPart,
    PaymentPart,
    PublicityPart,
    budget_part,
    objection_parts,
    payment_parts,
    publicity_part,
)
from services.welfare.queries.shapes import (
    AllowedAction,
    Coded,
    Deadline,
    OrgRef,
    StaffRef,
    Text,
    clock_of,
    org_ref,
    programme_name,
    staff_ref,
    state_of,
)
from services.welfare.store.counting import check, load_counted
from services.welfare.store.dossiers import read_dossier
from services.welfare.store.people import load_case_ref, load_profile
from services.welfare.store.reference import load_calendar, load_programme
from shared.kernel.command import Response
from shared.kernel.reader import Reader
from shared.vocabulary.calendar import local_date
from shared.vocabulary.identifiers import mask_name

router = APIRouter(tags=["applications"])
SEAT_NAMES = {
    Seat.HANDLER: ("经办", "Handler"),
    Seat.REVIEWER: ("复核", "Reviewer"),
    Seat.APPROVER: ("审批", "Approver"),
    Seat.CASHIER: ("出纳", "Cashier"),
}
SIGNED_BY = {
    Seat.HANDLER: Act.SUBMIT,
    Seat.REVIEWER: Act.CHECK,
    Seat.APPROVER: Act.APPROVE,
    Seat.CASHIER: Act.PAY,
}
STEP_ACTS = {
    State.FIRST_REVIEW: Act.REVIEW_FIRST,
    State.HOME_VISIT: Act.VISIT,
    State.CHECKED: Act.CHECK,
    State.PUBLIC: Act.PUBLISH,
    State.APPROVED: Act.APPROVE,
    State.PAID: Act.PAY,
    State.RECORDED: Act.RECORD,
}


class Step(Response):
    """A step of the bar: done, now, or later, and the day it was done."""

    code: str
    label: Text
    state: str
    on: date | None


class Signature(Response):
    """Who signed for a seat, and when."""

    seat: Coded
    staff: StaffRef | None
    at: datetime | None
    state: str


class OpinionLine(Response):
    """What was done or decided, by whom, with which reason."""

    act: str
    by: StaffRef | None
    at: datetime
    text: str


class ApplicationPage(Response):
    """Everything on the page; personal values are masked."""

    application_id: UUID
    application_no: str
    version: int
    case_id: UUID
    case_no: str | None
    party_id: UUID
    title: Text
    state: Coded
    origin: str
    programme: Coded
    org: OrgRef
    amount_fen: int
    clock: Deadline | None
    steps: list[Step]
    applicant: Applicant
    household: HouseholdPart | None
    hardship: HardshipPart | None
    checks: CheckPart
    budget: BudgetPart | None
    publicity: PublicityPart | None
    objections: list[ObjectionPart]
    signatures: list[Signature]
    signers_differ: bool
    payments: list[PaymentPart]
    opinions: list[OpinionLine]
    content_hash: str | None
    may_reveal: bool
    allowed_actions: list[AllowedAction]


@router.get("/applications/{application_id}")
async def get_application(application_id: UUID, reader: Reader) -> ApplicationPage:
    """The page; reading it changes nothing and locks nothing."""
    db = reader.context.db
    async with db.transaction(actor=reader.actor) as tx:
        dossier = await read_dossier(tx, application_id)
        application = dossier.application
        programme = await load_programme(tx, application.programme, application.year)
        calendar = await load_calendar(tx)
        counted = await load_counted(tx, dossier, programme.fund.value)
        report = await check(tx, dossier)
        case = await load_case_ref(tx, application.case_id)
        profile = await load_profile(tx, application.party_id)
        budget = await budget_part(tx, dossier, programme)
        payments = await payment_parts(tx, application_id)
        objections = await objection_parts(tx, application_id)
        at = tx.now
    names = await staff_names(reader, _people(dossier))
    masked = mask_name(dossier.form.name if dossier.form else profile.name)
    called = programme_name(programme, programme.code)
    due = due_of(application.state, dossier.moved_at, calendar, programme, application.publicity)
    seats = [staff for _, staff in application.seats]
    return ApplicationPage(
        application_id=application.id,
        application_no=application.number,
        version=application.version,
        case_id=application.case_id,
        case_no=case.number if case else None,
        party_id=application.party_id,
        title=Text(zh=f"{masked} · {called.label.zh}", en=f"{masked} · {called.label.en}"),
        state=state_of(application.state),
        origin=dossier.origin,
        programme=called,
        org=org_ref(application.org),
        amount_fen=dossier.form.amount_fen if dossier.form else 0,
        clock=clock_of(application.state, due, calendar, at),
        steps=steps_of(dossier),
        applicant=applicant_part(dossier, profile, local_date(at)),
        household=household_part(dossier),
        hardship=hardship_part(dossier, programme, counted.paid_fen),
        checks=checks_part(dossier, report, names),
        budget=budget,
        publicity=publicity_part(dossier, programme, calendar, local_date(at)),
        objections=objections,
        signatures=[signature(dossier, seat, names) for seat in Seat],
        signers_differ=len(seats) == len(set(seats)),
        payments=payments,
        opinions=[
            OpinionLine(act=o.act, by=staff_ref(o.by, names), at=o.at, text=o.text)
            for o in dossier.opinions
        ],
        content_hash=application.content.hash() if application.content else None,
        may_reveal=may_reveal(reader.actor, application.org),
        allowed_actions=allowed_actions(reader.actor, dossier, report, payments, local_date(at)),
    )


def _people(dossier: Dossier) -> list[UUID]:
    found = [who for _, who in dossier.application.seats]
    return [*found, *(o.by for o in dossier.opinions), *(e.by for e in dossier.explanations)]


def steps_of(dossier: Dossier) -> list[Step]:
    """The eight steps of rule 59; whoever awaits the reviewer stands before the fourth."""
    state = dossier.state
    standing = State.HOME_VISIT if state is State.SUBMITTED else state
    reached = STEPS.index(standing) if standing in STEPS else -1
    steps = []
    for n, step in enumerate(STEPS):
        act = STEP_ACTS.get(step)
        opinion = dossier.when(act) if act else None
        at = dossier.opened_at if step is State.APPLIED else opinion.at if opinion else None
        name = state_of(step).label
        where = "done" if n <= reached else "now" if n == reached + 1 else "later"
        on = local_date(at) if at and where == "done" else None
        steps.append(Step(code=step.value, label=name, state=where, on=on))
    return steps


def signature(dossier: Dossier, seat: Seat, names: dict[UUID, str]) -> Signature:
    """A seat with its signature; the handler's counts from the submission."""
    zh, en = SEAT_NAMES[seat]
    staff = dossier.application.seat(seat)
    opinion = dossier.when(SIGNED_BY[seat])
    signed = staff is not None and opinion is not None and opinion.by == staff
    return Signature(
        seat=Coded(code=seat.value, label=Text(zh=zh, en=en)),
        staff=staff_ref(staff, names),
        at=opinion.at if signed and opinion else None,
        state="signed" if signed else "waiting",
    )
