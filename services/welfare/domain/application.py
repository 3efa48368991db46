"""An application for aid: its steps in order (rule 59), its people, and the approval that binds its content.

The steps cannot be skipped: applied, first review, home visit, checked, public, approved, paid, recorded.
Handler, reviewer, approver and cashier are four different people (W11). The approver signs the hash of the
exact content; whoever changes the content voids the approval, and the application is checked again.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.welfare.domain.application_state import Act, NotThisStep, State, next_state
from services.welfare.domain.hardship import Hardship
from services.welfare.domain.publicity import Hindrance, Publicity
from shared.vocabulary.errors import Refused


class Seat(StrEnum):
    """Whose signature a step carries."""

    HANDLER = "handler"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    CASHIER = "cashier"


SEATS = {
    Act.REVIEW_FIRST: Seat.HANDLER,
    Act.VISIT: Seat.HANDLER,
    Act.SUBMIT: Seat.HANDLER,
    Act.CHECK: Seat.REVIEWER,
    Act.APPROVE: Seat.APPROVER,
    Act.PAY: Seat.CASHIER,
}


class SamePerson(Refused):
    """Handler, reviewer, approver and cashier are different people."""

    code = "same_person_signs_twice"
    zh = "经办、复核、审批、出纳须为不同人员，且不能办理本人或亲属的申请，请转给其他同事。"
    en = "Handler, reviewer, approver and cashier differ, and nobody handles their own. Pass it on."


class PublicityHinders(Refused):
    """Approval waits for the end of the publicity and of every objection."""

    code = "publicity_hinders_approval"
    zh = "公示期未满或有异议未处理完毕（或异议成立），暂不能审批。"
    en = "The publicity is running, or an objection is open or upheld: no approval now."

    def __init__(self, hindrance: str) -> None:
        super().__init__(hindrance=hindrance)


class ApprovalVoid(Refused):
    """What is paid must be what was approved."""

    code = "approval_void"
    zh = "申请内容与审批时不一致，原审批作废，请重新复核、公示和审批。"
    en = "The content is not what was approved. Check, publish and approve again."


class NotFilledIn(Refused):
    """A first review needs the household, the amount and the account."""

    code = "application_not_filled"
    zh = "家庭、收入、金额或收款账户尚未填写完整，请补全后再初审。"
    en = "Household, income, amount or account are missing. Fill them in first."


class ReasonNeeded(Refused):
    """Who rejects or sends back says why: the applicant has a right to know."""

    code = "reason_needed"
    zh = "退回或不予帮扶必须写明理由，并告知申请人。"
    en = "Sending back or rejecting needs a reason, which the applicant is told."


@dataclass(frozen=True, slots=True)
class Content:
    """What an approval binds. Personal data enter only as blind indexes or hashes."""

    programme: str
    year: int
    period: str
    person: str
    household: str
    hardship: Hardship
    per_capita_fen: int
    amount_fen: int
    payee: str
    account: str

    def hash(self) -> str:
        """SHA-256 over the content as canonical JSON; equal content, equal hash, for ever."""
        plain = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Approval:
    """Who signed which content, and when."""

    approver_id: UUID
    content_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Application:
    """The aggregate. `own_staff_id` is set when the applicant works for the federation."""

    id: UUID
    case_id: UUID
    number: str
    party_id: UUID
    programme: str
    year: int
    org: str
    state: State = State.APPLIED
    content: Content | None = None
    seats: tuple[tuple[Seat, UUID], ...] = ()
    relatives: frozenset[UUID] = frozenset()
    own_staff_id: UUID | None = None
    publicity: Publicity | None = None
    approval: Approval | None = None
    reason: str = ""
    version: int = 0

    def seat(self, seat: Seat) -> UUID | None:
        """Who holds a seat; None while nobody does."""
        return dict(self.seats).get(seat)


def fill(application: Application, content: Content) -> Application:
    """The household, the money and the account are written down before the first review."""
    return replace(application, state=next_state(application.state, Act.FILL), content=content)


def change(application: Application, content: Content) -> Application:
    """Other content later on: equal content changes nothing, other content voids what was signed."""
    if application.content == content:
        return application
    state = next_state(application.state, Act.CHANGE)
    keep = {Seat.HANDLER} if state is not application.state else {*Seat}
    return replace(
        application,
        state=state,
        content=content,
        approval=None,
        publicity=None,
        seats=tuple(one for one in application.seats if one[0] in keep),
    )


def sign(application: Application, act: Act, actor_id: UUID) -> Application:
    """One of the steps that carries a signature, by somebody who holds no other seat."""
    if application.content is None:
        raise NotFilledIn
    check_distinct(application, SEATS[act], actor_id)
    seats = {**dict(application.seats), SEATS[act]: actor_id}
    return replace(
        application, state=next_state(application.state, act), seats=tuple(seats.items())
    )


def check_distinct(application: Application, seat: Seat, actor_id: UUID) -> None:
    """Refuse a second seat for one person, one's own application, or a relative's."""
    elsewhere = any(who == actor_id for held, who in application.seats if held is not seat)
    if elsewhere or actor_id == application.own_staff_id or actor_id in application.relatives:
        raise SamePerson(seat=seat.value)


def publish(application: Application, publicity: Publicity) -> Application:
    """The checked application goes public."""
    return replace(
        application, state=next_state(application.state, Act.PUBLISH), publicity=publicity
    )


def approve(application: Application, approver_id: UUID, now: datetime, today: date) -> Application:
    """The approver signs the exact content, once the publicity is over and nobody objects."""
    signed = sign(application, Act.APPROVE, approver_id)
    hindrance = (
        Hindrance.RUNNING
        if application.publicity is None
        else application.publicity.hindrance(today)
    )
    if hindrance is not None:
        raise PublicityHinders(hindrance)
    return replace(signed, approval=Approval(approver_id, _hash(signed), now))


def check_approval(application: Application) -> Approval:
    """The approval that covers what would be paid now; refused if the content differs (W18)."""
    if application.approval is None or application.approval.content_hash != _hash(application):
        raise ApprovalVoid
    return application.approval


def order_payment(application: Application, cashier_id: UUID) -> None:
    """Refuse a payment that is not approved as it stands, or ordered by one of those who signed."""
    if application.state is not State.APPROVED:
        raise NotThisStep(application.state, Act.PAY)
    check_approval(application)
    check_distinct(application, Seat.CASHIER, cashier_id)


def settle(application: Application) -> Application:
    """The money arrived."""
    return replace(application, state=next_state(application.state, Act.PAY))


def unsettle(application: Application) -> Application:
    """The bank gave the money back after it had arrived; before that the application never moved."""
    if application.state is State.APPROVED:
        return application
    return replace(application, state=next_state(application.state, Act.UNPAY))


def give_up(application: Application, act: Act, reason: str) -> Application:
    """Sent back, rejected or withdrawn, with the reason on record."""
    if not reason.strip() and act is not Act.WITHDRAW:
        raise ReasonNeeded
    return replace(application, state=next_state(application.state, act), reason=reason)


def _hash(application: Application) -> str:
    return application.content.hash() if application.content is not None else ""
