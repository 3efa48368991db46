"""A hotline operator writes down a call; a case exists from then on, with a number, a code, an owner and a clock."""

from secrets import token_bytes
from typing import Literal
from uuid import UUID

from services.intake.domain.case import Case, Handling
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.clocks import Clock, contact_clock
from services.intake.domain.employer import new_employer
from services.intake.domain.permissions import may_register
from services.intake.domain.registration import (
    CallForm,
    CheckedCall,
    Identity,
    Registration,
    Rules,
    check,
    first_wakes,
    place_of,
    register,
)
from services.intake.domain.tracking import RANDOM_BYTES, new_tracking_code
from services.intake.domain.urgency import Urgency
from services.intake.store.cases import add_case, deadline_fact
from services.intake.store.employers import add_employer
from services.intake.store.people import Known, keep_person, look_up
from services.intake.store.reference import load_reference
from services.intake.store.serials import take_number
from shared.contracts.intake import CaseAnswered, CaseClosed, CaseEvent, CaseRegistered
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor

router = CommandRouter(tags=["calls"])
OUTCOMES = {
    Handling.ANSWER: "answered",
    Handling.REFER_UP: "referred",
    Handling.REFER_OUT: "referred",
}


class RegisterCall(Request):
    """The call form: eight key fields, and the folded ones with their defaults."""

    phone: str = ""
    party_id: UUID | None = None
    caller_name: str = ""
    salutation: Literal["mr", "ms"] | None = None
    employer_id: UUID | None = None
    employer_name: str = ""
    narrative: str
    category: str | None
    title: str = ""
    urgency: Urgency = Urgency.NORMAL
    urgency_reason: str = ""
    handling: Handling
    answer: str | None = None
    gender: Literal["male", "female"] | None = None
    id_no: str = ""
    claimant_count: int = 1
    amount_fen: int | None = None
    region: str | None = None
    migrant: bool | None = None
    member: bool | None = None
    channel: str = "phone"
    upstream_no: str = ""
    confidential: Literal["none", "from_employer", "full"] = "none"
    call_back: Literal["phone", "sms", "none"] = "phone"
    call_id: UUID | None = None


class Registered(Response):
    """What the operator reads out to the caller, and by when the case is due."""

    case_id: UUID
    case_no: str
    tracking_code: str
    tracking_sent: bool
    clocks: list[Clock]


@router.post("/calls", status_code=201)
async def post_call(call: RegisterCall, cmd: Command) -> Registered:
    """Register a call. One read, then everything in one statement: this is the desk's main act."""
    async with cmd.transaction() as tx:
        return tx.answer(await register_call(call, tx))


async def register_call(call: RegisterCall, tx: Tx) -> Registered:
    """Check, find the people, decide, write."""
    if not may_register(tx.actor):
        raise NotAllowed
    form = CallForm(**dict(call))
    book = await load_reference(tx.pool)
    today = local_date(tx.now)
    said = check(form, CATEGORIES, book.answers, today)
    known = await look_up(tx, said.caller, form.party_id, form.employer_id, form.employer_name)
    employer = known.employer or new_employer(form.employer_name, said.region, tx.actor.org)
    who = Identity(
        case_id=new_id(),
        number=await take_number(tx.pool, today),
        caller_id=known.person.id if known.person else new_id(),
        employer=employer,
        place=place_of(said.region, employer.region if employer else None, tx.actor.org),
        org=tx.actor.org,
    )
    new = register(said, who, tx.now, book.rules(tx.now))
    return write(tx, said, new, known, book.rules(tx.now))


def write(tx: Tx, said: CheckedCall, new: Registration, known: Known, rules: Rules) -> Registered:
    """Everything the call leaves behind; the case first, because its version is the caller's token."""
    case, form = new.case, said.form
    code = new_tracking_code(token_bytes(RANDOM_BYTES))
    blind, sealed = add_case(tx, new, form, code)
    tx.emit(registered(new, form, blind, sealed, tx.actor))
    for fact in closing_facts(case, form.answer):
        tx.emit(fact)
    sms = form.call_back != "none"
    keep_person(tx, known, said.caller, case.caller_id, member=form.member, sms=sms)
    if new.employer and known.employer is None:
        add_employer(tx, new.employer)
    for kind, at in first_wakes(new, tx.now):
        tx.timer(kind, case.id, at)
    after = {"number": case.number, "category": case.category, "org": case.org}
    tx.audit("case.register", "case", case.id, after=after)
    clocks = [new.dated.clock]
    if new.first_contact:
        clocks.append(
            contact_clock(new.first_contact, case.urgency, rules.sla, rules.calendar, tx.now)
        )
    return Registered(
        case_id=case.id,
        case_no=case.number,
        tracking_code=code,
        tracking_sent=sms and said.caller.takes_sms,
        clocks=clocks,
    )


def closing_facts(case: Case, answer: str | None) -> list[CaseEvent]:
    """What else is true at once of a case that ended on the call."""
    if case.is_open:
        return []
    outcome = OUTCOMES[case.handling]
    closed = CaseClosed(case_id=case.id, outcome=outcome)
    if case.handling is Handling.ANSWER and answer:
        return [CaseAnswered(case_id=case.id, answer=answer), closed]
    return [closed]


def registered(
    new: Registration, form: CallForm, blind: str, sealed: str, operator: Actor
) -> CaseRegistered:
    """The only place where the domain's words about a new case become wire words."""
    case = new.case
    return CaseRegistered(
        case_id=case.id,
        case_number=case.number,
        tracking_blind=blind,
        tracking_sealed=sealed,
        channel=form.channel,
        category=case.category,
        level=case.level.value,
        track=case.track.value,
        urgency=case.urgency.value,
        handling=case.handling.value,
        org=case.org,
        region=case.region,
        employer_id=case.employer_id,
        caller_id=case.caller_id,
        claimant_ids=(case.caller_id,),
        claimant_count=case.claimant_count,
        amount_fen=case.amount_fen,
        arrears_months=new.arrears_months,
        confidential=case.confidential,
        secrecy=form.confidential,
        danger=new.triage.phone_task,
        aid_programme=new.aid_programme,
        operator_id=operator.id,
        desk_org=operator.org,
        received_at=case.received_at,
        deadlines=tuple(deadline_fact(one) for one in case.deadlines),
        first_contact_due=new.first_contact,
        sign_due=new.sign_due,
    )
