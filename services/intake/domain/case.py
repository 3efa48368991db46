"""A case: what a caller brought, who handles it, and its parts.

A case may have parts that other services handle: a dispute (mediation) and an application for aid (welfare).
It counts as handled only when every part is closed; facts about parts may arrive twice or late.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.intake.domain.case_state import FINAL, Act, State, may_happen, next_state
from services.intake.domain.categories import Category, Level, TopClass, Track
from services.intake.domain.sla import CALL_BACK_ATTEMPTS_MAX
from services.intake.domain.urgency import Urgency
from shared.vocabulary.deadlines import Deadline
from shared.vocabulary.errors import Refused


class Handling(StrEnum):
    """What the operator chose while the caller was on the phone."""

    ANSWER = "answer"
    DISPATCH = "dispatch"
    REFER_UP = "escalate"
    REFER_OUT = "forward"


class PartKind(StrEnum):
    """The service a part of the case lies with."""

    DISPUTE = "dispute"
    AID = "aid"


class PartState(StrEnum):
    """Awaited from the other service, in its hands, or done."""

    EXPECTED = "expected"
    OPEN = "open"
    CLOSED = "closed"


class Cause(StrEnum):
    """Why a case was taken up again."""

    DISSATISFIED = "dissatisfied"
    CHECK_FAILED = "check_failed"
    PART_OPENED = "part_opened"


class CallBackResult(StrEnum):
    """What came of asking the caller how it went."""

    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    """Reached, but did not want to be asked: counts neither way."""


SATISFIED_MIN = 3
"""Of five stars: three and more count as satisfied in the satisfaction rate."""
HANDLED_OUTCOME = "handled"


class PartsStillOpen(Refused):
    """A case is done only when its dispute and its aid application are done."""

    code = "case_parts_open"
    zh = "争议调解或帮扶申请尚未办结，工单不能办结；请先完成各部分。"
    en = "The dispute or the aid application is still open. Finish every part first."


class StillToBeReached(Refused):
    """A caller who was not reached is called again before the case is closed."""

    code = "call_back_not_finished"
    zh = "尚未联系上来电人，请再次回访；三次未联系上后方可办结。"
    en = "The caller was not reached yet. Call again; after three attempts the case may be closed."


@dataclass(frozen=True, slots=True)
class Part:
    """What another service does for the case; `ref` is its dispute or application once it is known."""

    kind: PartKind
    state: PartState
    ref: UUID | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """The aggregate. Names, numbers and texts stay outside: rules need none of them."""

    id: UUID
    number: str
    category: str
    top: TopClass
    track: Track
    level: Level
    urgency: Urgency
    handling: Handling
    org: str
    region: str
    caller_id: UUID
    received_at: datetime
    state: State = State.RECEIVED
    employer_id: UUID | None = None
    claimant_count: int = 1
    amount_fen: int | None = None
    confidential: bool = False
    parts: tuple[Part, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    dispatched_on: date | None = None
    """When the unit received the case; None: with the registration."""
    signed_by: UUID | None = None
    returned_by: UUID | None = None
    """Who asks to be relieved of the case; the unit keeps it until that is decided."""
    returns: int = 0
    extensions: int = 0
    extension_by: UUID | None = None
    """Who asks for more time; None when nobody waits for a decision."""
    extension_reason: str | None = None
    call_back_attempts: int = 0
    call_back: CallBackResult | None = None
    supervised_by: UUID | None = None
    """Who put the case under supervision; it stays there until somebody lifts that."""
    merged_into: UUID | None = None
    """The case that goes on in its place."""
    version: int = 0

    @property
    def supervised(self) -> bool:
        """Whether the shorter ladder applies."""
        return self.supervised_by is not None

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state not in FINAL

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """Parts that are awaited or in work."""
        return tuple(part for part in self.parts if part.state is not PartState.CLOSED)

    def do(self, act: Act) -> "Case":
        """The case after an act that has no condition but the state."""
        return replace(self, state=next_state(self.state, act))


def expected_parts(category: Category, track: Track, handling: Handling) -> tuple[Part, ...]:
    """The parts a dispatched case waits for from the moment it is registered."""
    if handling is not Handling.DISPATCH:
        return ()
    kinds = []
    if track is Track.DISPUTE:
        kinds.append(PartKind.DISPUTE)
    if track is Track.AID and category.programme is not None:
        kinds.append(PartKind.AID)
    return tuple(Part(kind, PartState.EXPECTED) for kind in kinds)


def begin(case: Case, today: date) -> Case:
    """The freshly written case after what the operator chose: answered, dispatched or referred."""
    match case.handling:
        case Handling.ANSWER:
            return case.do(Act.ANSWER).do(Act.CLOSE)
        case Handling.DISPATCH:
            return dispatch(case, case.org, today)
        case Handling.REFER_UP | Handling.REFER_OUT:
            return case.do(Act.REFER).do(Act.CLOSE)


def dispatch(case: Case, org: str, today: date) -> Case:
    """The case on its way to a unit (again)."""
    return replace(case.do(Act.DISPATCH), org=org, dispatched_on=today)


def part_opened(case: Case, kind: PartKind, ref: UUID) -> Case:
    """The other service has taken the part up; telling it twice changes nothing."""
    if any(part.ref == ref for part in case.parts):
        return case
    opened = Part(kind, PartState.OPEN, ref)
    rest = list(case.parts)
    awaited = next((part for part in rest if part.kind is kind and part.ref is None), None)
    if awaited is not None:
        rest.remove(awaited)
    return replace(case, state=next_state(case.state, Act.OPEN_PART), parts=(*rest, opened))


def part_closed(case: Case, kind: PartKind, ref: UUID, outcome: str) -> Case:
    """The other service is done; with the last part the whole case is handled.

    A part closed twice, or after the case moved on, changes nothing more.
    """
    told = next((part for part in case.parts if part.ref == ref), None)
    if told is not None and told.state is PartState.CLOSED:
        return case
    known = part_opened(case, kind, ref) if case.is_open else case
    closed = tuple(
        replace(part, state=PartState.CLOSED, outcome=outcome) if part.ref == ref else part
        for part in known.parts
    )
    after = replace(known, parts=closed)
    if after.open_parts or not may_happen(after.state, Act.HANDLE):
        return after
    return handle(after)


def handle(case: Case) -> Case:
    """The case done by its unit, ready to be called back."""
    if case.open_parts:
        raise PartsStillOpen(parts=[part.kind.value for part in case.open_parts])
    return replace(case.do(Act.HANDLE), call_back_attempts=0, call_back=None)


def outcome_of(case: Case) -> str:
    """What the parts came to, `dispute:agreement aid:paid`; `handled` for a case without parts."""
    told = [f"{part.kind.value}:{part.outcome}" for part in case.parts if part.outcome]
    return " ".join(told) or HANDLED_OUTCOME


def main_outcome(case: Case) -> str:
    """The one code that stands for the case in lists: the dispute's, else that of the aid."""
    told = sorted(
        (part.kind is not PartKind.DISPUTE, part.outcome) for part in case.parts if part.outcome
    )
    return told[0][1] if told else HANDLED_OUTCOME


def call_back(case: Case, result: CallBackResult) -> Case:
    """One attempt to ask the caller how it went (rule 43)."""
    attempts = case.call_back_attempts + 1
    return replace(case.do(Act.CALL_BACK), call_back_attempts=attempts, call_back=result)


def reached(satisfaction: int) -> CallBackResult:
    """What 1 to 5 stars mean for the satisfaction rate."""
    good = satisfaction >= SATISFIED_MIN
    return CallBackResult.SATISFIED if good else CallBackResult.DISSATISFIED


def close(case: Case) -> Case:
    """The case closed for good: parts done, caller reached or tried three times."""
    if case.open_parts:
        raise PartsStillOpen(parts=[part.kind.value for part in case.open_parts])
    unreached = case.call_back is CallBackResult.NOT_REACHED
    if unreached and case.call_back_attempts < CALL_BACK_ATTEMPTS_MAX:
        raise StillToBeReached
    return case.do(Act.CLOSE)


def reopen(case: Case, deadline: Deadline, cause: Cause) -> Case:
    """The case taken up again, because its handler was at fault or a part was added, with half the time (rule 44)."""
    act = Act.FAIL_CHECK if cause is Cause.CHECK_FAILED else Act.REOPEN
    return replace(case.do(act), deadlines=(deadline,), extensions=0)
