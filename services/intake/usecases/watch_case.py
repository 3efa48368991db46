"""Time passes and a case is still open: reminder, overdue, urging, circulated criticism; nobody waits unseen (rule 41)."""

from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import State
from services.intake.domain.clocks import handling_of
from services.intake.domain.extending import lapse
from services.intake.domain.registration import Rules
from services.intake.domain.sla import (
    HANDLING,
    SIGN,
    Step,
    ladder,
    morning_after,
)
from services.intake.domain.supervising import BEING_HANDLED
from services.intake.store.cases import load_case, save_case
from services.intake.store.course import (
    CALL_BACK,
    EXTENSION_DECISION,
    NOBODY_ASKS,
    RETURN_DECISION,
)
from services.intake.store.reference import load_reference
from shared.contracts.intake import CaseEvent, CaseOverdue, CaseReminded, ExtensionRefused
from shared.kernel.timers import DueTimer
from shared.kernel.transaction import Tx

PART_OPENING = "part_opening"
SUPERVISED = "supervised"
"""What the reminder of a case under supervision is about: half its time, not four fifths, is used."""
WAITING_FOR_CALL = frozenset({State.HANDLED, State.CALLED_BACK})
AGAIN = "+"
"""A timer that comes again marks its occurrence: `+`, `++` …"""


async def remind(timer: DueTimer, tx: Tx) -> None:
    """Four fifths of the time are used; half of it, under supervision."""
    await climb(timer, tx, Step.OVERDUE)


async def overdue(timer: DueTimer, tx: Tx) -> None:
    """The time is over."""
    await climb(timer, tx, Step.URGE)


async def urge(timer: DueTimer, tx: Tx) -> None:
    """The working day after: the urging letter (催办书)."""
    await climb(timer, tx, Step.CIRCULATE)


async def circulate(timer: DueTimer, tx: Tx) -> None:
    """Five working days later (two, under supervision), and again every so many: circulated, a supervisor's task."""
    await climb(timer, tx, None)


async def climb(timer: DueTimer, tx: Tx, following: Step | None) -> None:
    """Tell the step that is due and set the next one; a case that is done by now is left alone."""
    found = await waiting(timer.owner, tx, BEING_HANDLED)
    if found is None:
        return
    case, rules = found
    _tell(tx, case, Step(timer.kind))
    pace = rules.sla.pace(case.supervised)
    if following is None:
        at = morning_after(tx.now, pace.circulate_workdays, rules.calendar)
        tx.timer(timer.kind, case.id, at, timer.occurrence + AGAIN)
        return
    steps = ladder(handling_of(case.deadlines), rules.sla, rules.calendar, pace)
    at = next(one.at for one in steps if one.step is following)
    tx.timer(following.value, case.id, at, timer.occurrence)


def _tell(tx: Tx, case: Case, step: Step) -> None:
    """The step; a request for more time that nobody decided lapses with the deadline."""
    if step is not Step.OVERDUE or case.extension_by is None:
        save_case(tx, case, told(case, step))
        return
    tx.cancel_timer(EXTENSION_DECISION, case.id)
    lapsed = ExtensionRefused(case_id=case.id, refused_by=None)
    save_case(tx, lapse(case), lapsed, told(case, step), **NOBODY_ASKS)


def told(case: Case, step: Step) -> CaseEvent:
    """The step in the words of the contract."""
    match step:
        case Step.REMIND:
            deadline = SUPERVISED if case.supervised else HANDLING
            return CaseReminded(case_id=case.id, deadline=deadline)
        case Step.OVERDUE:
            return CaseOverdue(case_id=case.id, deadline=HANDLING)
        case Step.URGE | Step.CIRCULATE:
            return CaseReminded(case_id=case.id, deadline=step.value)


async def part_missing(timer: DueTimer, tx: Tx) -> None:
    """Nobody took up the dispute or the application: seen at once, and every working morning until it is."""
    found = await waiting(timer.owner, tx, BEING_HANDLED)
    if found is None or not any(part.ref is None for part in found[0].parts):
        return
    again(timer, tx, *found, CaseReminded(case_id=timer.owner, deadline=PART_OPENING))


async def unsigned(timer: DueTimer, tx: Tx) -> None:
    """Nobody of the unit signed for the case in time: seen at once, and every working morning until somebody does."""
    found = await waiting(timer.owner, tx, frozenset({State.DISPATCHED}))
    if found is not None:
        again(timer, tx, *found, CaseReminded(case_id=timer.owner, deadline=SIGN))


async def undecided(timer: DueTimer, tx: Tx) -> None:
    """A returned case waits for the dispatcher: he is asked every working morning until he decides."""
    found = await waiting(timer.owner, tx, frozenset({State.RETURNED}))
    if found is not None:
        again(timer, tx, *found, CaseReminded(case_id=timer.owner, deadline=RETURN_DECISION))


async def extension_undecided(timer: DueTimer, tx: Tx) -> None:
    """A request for more time waits for the supervisor: he is asked every working morning until he decides."""
    found = await waiting(timer.owner, tx, BEING_HANDLED)
    if found is not None and found[0].extension_by is not None:
        again(timer, tx, *found, CaseReminded(case_id=timer.owner, deadline=EXTENSION_DECISION))


async def call_back_missed(timer: DueTimer, tx: Tx) -> None:
    """Nobody called the caller back in time: seen, and every working morning until somebody does."""
    found = await waiting(timer.owner, tx, WAITING_FOR_CALL)
    if found is not None:
        again(timer, tx, *found, CaseReminded(case_id=timer.owner, deadline=CALL_BACK))


def again(timer: DueTimer, tx: Tx, case: Case, rules: Rules, fact: CaseEvent) -> None:
    """Tell the fact and look again the next working morning."""
    save_case(tx, case, fact)
    at = morning_after(tx.now, 1, rules.calendar)
    tx.timer(timer.kind, case.id, at, timer.occurrence + AGAIN)


async def waiting(case_id: UUID, tx: Tx, states: frozenset[State]) -> tuple[Case, Rules] | None:
    """The case if it is still in one of the states, with the rules of now."""
    rules = (await load_reference(tx.pool)).rules(tx.now)
    case = (await load_case(tx, case_id)).case
    return (case, rules) if case.state in states else None
