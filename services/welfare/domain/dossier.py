"""Everything kept about one application: the steps, the form, the visit, explanations, decisions with their reasons."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.welfare.domain import application as steps
from services.welfare.domain.application import (
    Application,
    Approval,
    Content,
    SamePerson,
    Seat,
    check_approval,
)
from services.welfare.domain.application_state import (
    Act,
    NotThisStep,
    State,
    next_state,
)
from services.welfare.domain.form import BankAccount, Form
from services.welfare.domain.hardship import Assessment, Standard, assess
from services.welfare.domain.publicity import Publicity, PublicityOver, object_to, resolve
from shared.vocabulary.errors import Refused

OPINION_CHARACTERS_MAX = 500
EXPLAINABLE = {"W2": "household", "W13": "assets", "W20": "cluster"}
"""The checks a person may answer with a reason: a supervisor W2, a reviewer W13 and W20."""


class VisitMissing(Refused):
    """Who was not visited is not passed to the reviewer."""

    code = "visit_missing"
    zh = "尚未登记入户情况，请先登记入户调查再提交复核。"
    en = "The home visit is not recorded. Record it before passing the application on."


class NothingToExplain(Refused):
    """Only some checks can be answered by a person's judgement."""

    code = "check_not_explainable"
    zh = "该项校验不能以说明代替，请按提示更正材料。"
    en = "No explanation replaces this check. Correct what it names."


class AccountNotReturned(Refused):
    """An account is corrected after the bank gave the money back; before that the form is changed."""

    code = "account_not_returned"
    zh = "只有退票后才能单独更正收款账户；发放前请修改申请表并重新复核。"
    en = "Only after a return is the account corrected by itself. Before that, change the form."


class NoAccountChange(Refused):
    """There is no corrected account to approve."""

    code = "no_account_change"
    zh = "没有待审批的账户更正，可能已处理，请刷新。"
    en = "No corrected account waits for approval; it may be done already. Refresh."


class AccountChangePending(Refused):
    """While another account is proposed, nothing is paid to the old one."""

    code = "account_change_pending"
    zh = "已登记更正账户，等待审批；审批通过后再付款。"
    en = "Another account is written down and awaits approval. Pay after that."


class AccountTooFresh(Refused):
    """A corrected account rests for a while before money goes there."""

    code = "account_cooling_off"

    def __init__(self, until: datetime) -> None:
        super().__init__(
            zh=f"更正后的账户在冷静期内，{until:%m-%d %H:%M}（UTC）后方可付款。",
            en=f"The corrected account rests until {until:%m-%d %H:%M} UTC. Pay after that.",
        )


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody did or decided in a step, when, and why."""

    act: str
    by: UUID
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A person's judgement on a check that found something."""

    check: str
    by: UUID
    at: datetime
    reason: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """The home visit (入户): when, by whom besides the handler, and what was seen."""

    visited_on: date
    companion: str
    report: str


@dataclass(frozen=True, slots=True)
class AccountChange:
    """A corrected account: proposed by the officer, approved by somebody else."""

    account: BankAccount
    proposed_by: UUID
    proposed_at: datetime
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole of one application; what the approval binds is `application.content`."""

    application: Application
    region: str
    origin: str
    opened_at: datetime
    moved_at: datetime
    form: Form | None = None
    assessment: Assessment | None = None
    visit: Visit | None = None
    explanations: tuple[Explanation, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    account_change: AccountChange | None = None

    @property
    def state(self) -> State:
        """The step that was done last."""
        return self.application.state

    def when(self, act: Act) -> Opinion | None:
        """The last time a step was done."""
        return next((one for one in reversed(self.opinions) if one.act == act.value), None)

    def explained(self, check: str) -> Explanation | None:
        """The latest judgement on a check."""
        return next((one for one in reversed(self.explanations) if one.check == check), None)


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does a step now, and what they write to it."""

    by: UUID
    at: datetime
    text: str = ""


def done(dossier: Dossier, application: Application, act: Act, doing: Doing) -> Dossier:
    """The dossier after a step, with the step on record."""
    opinion = Opinion(act.value, doing.by, doing.at, doing.text)
    moved = application.state is not dossier.state
    return replace(
        dossier,
        application=application,
        moved_at=doing.at if moved else dossier.moved_at,
        opinions=(*dossier.opinions, opinion),
    )


def filled(
    dossier: Dossier, form: Form, content: Content, standard: Standard, doing: Doing
) -> Dossier:
    """The form is written down, or changed later; other content voids what was signed."""
    application = replace(
        dossier.application,
        programme=content.programme,
        own_staff_id=form.own_staff_id,
        relatives=frozenset(form.relatives),
    )
    fresh = application.state in {State.APPLIED, State.SENT_BACK}
    after = (steps.fill if fresh else steps.change)(application, content)
    changed = replace(dossier, form=form, assessment=assess(form.household, standard))
    return done(changed, after, Act.FILL if fresh else Act.CHANGE, doing)


def signed(dossier: Dossier, act: Act, doing: Doing) -> Dossier:
    """One of the signed steps before the publicity."""
    return done(dossier, steps.sign(dossier.application, act, doing.by), act, doing)


def visited(dossier: Dossier, visit: Visit, doing: Doing) -> Dossier:
    """The household was visited."""
    return replace(signed(dossier, Act.VISIT, doing), visit=visit)


def submitted(dossier: Dossier, doing: Doing) -> Dossier:
    """The handler passes the application to the reviewer."""
    if dossier.visit is None:
        raise VisitMissing
    return signed(dossier, Act.SUBMIT, doing)


def published(dossier: Dossier, publicity: Publicity, doing: Doing) -> Dossier:
    """The reviewer passed it: the masked list is public from now on."""
    checked = signed(dossier, Act.CHECK, doing)
    return done(checked, steps.publish(checked.application, publicity), Act.PUBLISH, doing)


def objected(dossier: Dossier, objection_id: UUID, today: date, doing: Doing) -> Dossier:
    """Somebody objects while the list is public."""
    application = dossier.application
    if application.publicity is None:
        raise PublicityOver
    publicity = object_to(application.publicity, objection_id, today)
    return _with_publicity(dossier, publicity, "object", doing)


def objection_resolved(
    dossier: Dossier, objection_id: UUID, *, upheld: bool, doing: Doing
) -> Dossier:
    """The objection was looked into."""
    application = dossier.application
    if application.publicity is None:
        raise PublicityOver
    publicity = resolve(application.publicity, objection_id, upheld=upheld)
    return _with_publicity(dossier, publicity, "resolve_objection", doing)


def _with_publicity(dossier: Dossier, publicity: Publicity, act: str, doing: Doing) -> Dossier:
    return replace(
        dossier,
        application=replace(dossier.application, publicity=publicity),
        opinions=(*dossier.opinions, Opinion(act, doing.by, doing.at, doing.text)),
    )


def approved(dossier: Dossier, doing: Doing, today: date, seen_hash: str = "") -> Dossier:
    """The approver signs the exact content, which is the content they saw."""
    content = dossier.application.content
    if seen_hash and content is not None and seen_hash != content.hash():
        raise steps.ApprovalVoid
    application = steps.approve(dossier.application, doing.by, doing.at, today)
    return done(dossier, application, Act.APPROVE, doing)


def given_up(dossier: Dossier, act: Act, doing: Doing) -> Dossier:
    """Sent back, rejected or withdrawn; whoever rejects or sends back says why."""
    application = steps.give_up(dossier.application, act, doing.text)
    if act is Act.SEND_BACK:
        application = replace(application, seats=())
    return done(dossier, application, act, doing)


def explained(dossier: Dossier, check: str, *, accepted: bool, doing: Doing) -> Dossier:
    """A person judges what a check found."""
    if check not in EXPLAINABLE:
        raise NothingToExplain(check=check)
    if not doing.text.strip():
        raise steps.ReasonNeeded
    judged = Explanation(check, doing.by, doing.at, doing.text, accepted)
    return replace(dossier, explanations=(*dossier.explanations, judged))


def released(dossier: Dossier, doing: Doing, cooling: timedelta) -> Dossier:
    """The cashier orders the payment of what was approved."""
    application = dossier.application
    steps.order_payment(application, doing.by)
    change = dossier.account_change
    if change is not None and change.approved_at is None:
        raise AccountChangePending
    if change is not None and change.approved_at is not None:
        until = change.approved_at + cooling
        if doing.at < until:
            raise AccountTooFresh(until)
    seats = {**dict(application.seats), Seat.CASHIER: doing.by}
    return done(dossier, replace(application, seats=tuple(seats.items())), Act.PAY, doing)


def recorded(dossier: Dossier, doing: Doing) -> Dossier:
    """The paid application is filed."""
    application = dossier.application
    state = next_state(application.state, Act.RECORD)
    return done(dossier, replace(application, state=state), Act.RECORD, doing)


def account_proposed(dossier: Dossier, account: BankAccount, doing: Doing) -> Dossier:
    """After a return: another account of the same beneficiary is written down, to be approved."""
    if dossier.state is not State.APPROVED:
        raise AccountNotReturned
    return replace(dossier, account_change=AccountChange(account, doing.by, doing.at))


def account_approved(dossier: Dossier, content: Content, doing: Doing) -> Dossier:
    """Somebody else approves the corrected account; the approval now binds the new content."""
    change, form = dossier.account_change, dossier.form
    if change is None or change.approved_at is not None or form is None:
        raise NoAccountChange
    if doing.by in {change.proposed_by, dossier.application.own_staff_id}:
        raise SamePerson(seat=Seat.APPROVER.value)
    check_approval(dossier.application)
    approval = Approval(doing.by, content.hash(), doing.at)
    application = replace(dossier.application, content=content, approval=approval)
    return replace(
        dossier,
        application=application,
        form=replace(form, account=change.account),
        account_change=replace(change, approved_at=doing.at),
        opinions=(*dossier.opinions, Opinion("approve_account", doing.by, doing.at, doing.text)),
    )


def require_step(dossier: Dossier, state: State, act: Act) -> None:
    """Refuse an act that belongs to another step."""
    if dossier.state is not state:
        raise NotThisStep(dossier.state, act)
