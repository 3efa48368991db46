"""The states of a case and the one table of what may happen next (domain rules 39 to 46)."""

from enum import StrEnum

from shared.vocabulary.errors import Refused


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ANSWERED = "answered"
    REFERRED = "referred"
    MERGED = "merged"
    DISPATCHED = "dispatched"
    RETURNED = "returned"
    IN_PROGRESS = "in_progress"
    HANDLED = "handled"
    CALLED_BACK = "called_back"
    REOPENED = "reopened"
    CLOSED = "closed"
    """The end: nothing more is filed away behind it, and only new work or a failed check leads back."""


class Act(StrEnum):
    """What people and the system do with a case."""

    ANSWER = "answer"
    REFER = "refer"
    DISPATCH = "dispatch"
    SIGN = "sign"
    RETURN = "return"
    KEEP = "keep"
    MERGE = "merge"
    EXTEND = "extend"
    SUPERVISE = "supervise"
    OPEN_PART = "open_part"
    HANDLE = "handle"
    FAIL_CHECK = "fail_check"
    CALL_BACK = "call_back"
    REOPEN = "reopen"
    CLOSE = "close"


FINAL = frozenset({State.MERGED, State.CLOSED})


class NotInThisState(Refused):
    """The act does not belong to the present state of the case."""

    code = "case_not_in_this_state"
    zh = "工单当前状态不能这样办理，请刷新后按页面给出的操作继续。"
    en = "The case is not in a state for this. Refresh and use the actions the page offers."

    def __init__(self, state: State, act: Act) -> None:
        super().__init__(state=state.value, act=act.value)


def next_state(state: State, act: Act) -> State:  # noqa: C901 - the table of the hotline, one line per step
    """The state an act leads to; everything not listed is refused."""
    match state, act:
        case State.RECEIVED, Act.ANSWER:
            return State.ANSWERED
        case State.RECEIVED, Act.REFER:
            return State.REFERRED
        case ((State.RECEIVED | State.RETURNED | State.REOPENED), Act.DISPATCH):
            return State.DISPATCHED
        case ((State.DISPATCHED | State.REOPENED), Act.SIGN):
            return State.IN_PROGRESS
        case ((State.DISPATCHED | State.IN_PROGRESS), Act.RETURN):
            return State.RETURNED
        case State.RETURNED, Act.KEEP:
            return State.DISPATCHED
        case (
            (State.DISPATCHED | State.IN_PROGRESS | State.RETURNED | State.HANDLED),
            Act.MERGE,
        ):
            return State.MERGED
        case ((State.DISPATCHED | State.IN_PROGRESS), Act.EXTEND):
            return state
        case _, Act.SUPERVISE if state not in FINAL:
            return state
        case State.MERGED, Act.OPEN_PART:
            raise NotInThisState(state, act)
        case _, Act.OPEN_PART:
            return State.IN_PROGRESS
        case ((State.DISPATCHED | State.IN_PROGRESS | State.REOPENED), Act.HANDLE):
            return State.HANDLED
        case ((State.HANDLED | State.CALLED_BACK | State.CLOSED), Act.FAIL_CHECK):
            return State.REOPENED
        case ((State.HANDLED | State.CALLED_BACK), Act.CALL_BACK):
            return State.CALLED_BACK
        case ((State.CALLED_BACK | State.CLOSED), Act.REOPEN):
            return State.REOPENED
        case ((State.ANSWERED | State.REFERRED | State.CALLED_BACK), Act.CLOSE):
            return State.CLOSED
        case _:
            raise NotInThisState(state, act)


def may_happen(state: State, act: Act) -> bool:
    """Whether the page should offer the act."""
    try:
        next_state(state, act)
    except NotInThisState:
        return False
    return True
