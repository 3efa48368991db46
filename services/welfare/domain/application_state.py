"""The steps of an application in their order, and the one table of what may happen next (rule 59)."""

from enum import StrEnum

from shared.vocabulary.errors import Refused


class State(StrEnum):
    """The last step that is done."""

    APPLIED = "applied"
    SENT_BACK = "sent_back"
    FIRST_REVIEW = "first_review"
    HOME_VISIT = "home_visit"
    SUBMITTED = "submitted"
    """The handler signed and passed it to the reviewer."""
    CHECKED = "checked"
    PUBLIC = "public"
    APPROVED = "approved"
    PAID = "paid"
    RECORDED = "recorded"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What people do with an application, and what the bank does to it."""

    FILL = "fill"
    REVIEW_FIRST = "review_first"
    VISIT = "visit"
    SUBMIT = "submit"
    CHECK = "check"
    PUBLISH = "publish"
    APPROVE = "approve"
    PAY = "pay"
    UNPAY = "unpay"
    RECORD = "record"
    CHANGE = "change"
    SEND_BACK = "send_back"
    REJECT = "reject"
    WITHDRAW = "withdraw"


STEPS = (
    State.APPLIED,
    State.FIRST_REVIEW,
    State.HOME_VISIT,
    State.CHECKED,
    State.PUBLIC,
    State.APPROVED,
    State.PAID,
    State.RECORDED,
)
STEP_NAMES = {
    State.APPLIED: ("申请", "Applied"),
    State.SENT_BACK: ("退回补正", "Sent back"),
    State.FIRST_REVIEW: ("初审", "First review"),
    State.HOME_VISIT: ("入户", "Home visit"),
    State.SUBMITTED: ("待复核", "Awaiting review"),
    State.CHECKED: ("复核", "Checked"),
    State.PUBLIC: ("公示", "Public"),
    State.APPROVED: ("审批", "Approved"),
    State.PAID: ("发放", "Paid"),
    State.RECORDED: ("归档", "Recorded"),
    State.REJECTED: ("不予帮扶", "Rejected"),
    State.WITHDRAWN: ("撤回", "Withdrawn"),
}
FINAL = frozenset({State.RECORDED, State.REJECTED, State.WITHDRAWN})
BEFORE_APPROVAL = frozenset(
    {
        State.APPLIED,
        State.SENT_BACK,
        State.FIRST_REVIEW,
        State.HOME_VISIT,
        State.SUBMITTED,
        State.CHECKED,
        State.PUBLIC,
    }
)


class NotThisStep(Refused):
    """Steps are taken in order."""

    code = "application_not_this_step"
    zh = "申请当前不在这一步，不能跳步办理；请按流程条上的下一步继续。"
    en = "The application is not at this step and steps cannot be skipped. Take the next one shown."

    def __init__(self, state: State, act: Act) -> None:
        super().__init__(state=state.value, act=act.value)


def next_state(state: State, act: Act) -> State:  # noqa: C901 - the table of rule 59, one line per step
    """The state an act leads to; everything not listed is refused."""
    match state, act:
        case ((State.APPLIED | State.SENT_BACK), Act.FILL):
            return State.APPLIED
        case State.APPLIED, Act.REVIEW_FIRST:
            return State.FIRST_REVIEW
        case State.FIRST_REVIEW, Act.VISIT:
            return State.HOME_VISIT
        case State.HOME_VISIT, Act.SUBMIT:
            return State.SUBMITTED
        case State.SUBMITTED, Act.CHECK:
            return State.CHECKED
        case State.CHECKED, Act.PUBLISH:
            return State.PUBLIC
        case State.PUBLIC, Act.APPROVE:
            return State.APPROVED
        case State.APPROVED, Act.PAY:
            return State.PAID
        case ((State.PAID | State.RECORDED), Act.UNPAY):
            return State.APPROVED
        case State.PAID, Act.RECORD:
            return State.RECORDED
        case ((State.SUBMITTED | State.CHECKED | State.PUBLIC | State.APPROVED), Act.CHANGE):
            return State.HOME_VISIT
        case ((State.FIRST_REVIEW | State.HOME_VISIT), Act.CHANGE):
            return state
        case (
            (
                State.APPLIED
                | State.FIRST_REVIEW
                | State.HOME_VISIT
                | State.SUBMITTED
                | State.CHECKED
            ),
            Act.SEND_BACK,
        ):
            return State.SENT_BACK
        case _, Act.REJECT if state in BEFORE_APPROVAL:
            return State.REJECTED
        case _, Act.WITHDRAW if state in BEFORE_APPROVAL:
            return State.WITHDRAWN
        case _:
            raise NotThisStep(state, act)


def may_happen(state: State, act: Act) -> bool:
    """Whether the page should offer the act."""
    try:
        next_state(state, act)
    except NotThisStep:
        return False
    return True
