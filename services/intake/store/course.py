"""What follows when a case is handled, closed or reopened: its row, the facts, and what wakes it next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake.domain.case import Case, Cause, main_outcome, outcome_of, reopen
from services.intake.domain.case_state import Act
from services.intake.domain.clocks import handling_of
from services.intake.domain.registration import PART_EXPECTED, Rules
from services.intake.domain.sla import SIGN, Step, call_back_due, ladder, reopened
from services.intake.store.cases import Stored, deadline_fact, save_case
from shared.contracts.intake import CaseClosed, CaseEvent, CaseHandled, CaseReopened
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date

CALL_BACK = "call_back"
RETURN_DECISION = "return_decision"
EXTENSION_DECISION = "extension_decision"
LADDER = tuple(step.value for step in Step)
WATCHES = (PART_EXPECTED, SIGN, RETURN_DECISION, EXTENSION_DECISION, *LADDER)
NOBODY_ASKS: dict[str, Any] = {"extension_by": None, "extension_reason": None}
"""The columns of a request for more time once it is decided or has lapsed."""


def watch(tx: Tx, case: Case, rules: Rules, occurrence: str = "") -> None:
    """From now on the ladder of the case's deadline wakes it: reminder first."""
    pace = rules.sla.pace(case.supervised)
    first = ladder(handling_of(case.deadlines), rules.sla, rules.calendar, pace)[0]
    tx.timer(first.step.value, case.id, first.at, occurrence)


def await_signature(tx: Tx, case: Case, due: datetime) -> None:
    """If the unit has not signed by then, it is seen."""
    tx.timer(SIGN, case.id, due, f"{case.version}")


def watch_anew(tx: Tx, case: Case, rules: Rules) -> None:
    """The deadline moved: the ladder begins again, at its foot."""
    for kind in LADDER:
        tx.cancel_timer(kind, case.id)
    watch(tx, case, rules, f"x{case.version}")


def rest(tx: Tx, case: Case) -> None:
    """Nothing of the handling wakes the case any more."""
    for kind in WATCHES:
        tx.cancel_timer(kind, case.id)


def save_handled(
    tx: Tx, stored: Stored, case: Case, rules: Rules, *facts: CaseEvent, **values: Any
) -> Case:
    """Everything is done for the caller, who is to be called back the next workday (rule 43), unless not wanted."""
    rest(tx, case)
    due = call_back_due(tx.now, rules.sla, rules.calendar)
    main = main_outcome(case)
    told: list[CaseEvent] = [
        *facts,
        CaseHandled(case_id=case.id, outcome=main, call_back_due=due),
    ]
    if stored.row["call_back"] == "none":
        case = case.do(Act.CALL_BACK).do(Act.CLOSE)
        told.append(CaseClosed(case_id=case.id, outcome=main))
        values["closed_at"] = tx.now
    else:
        values["call_back_due"] = due
        ask_again(tx, case, due, f"{case.version}")
    ended = {"handled_at": tx.now, "outcome": outcome_of(case), **NOBODY_ASKS}
    save_case(tx, case, *told, **ended, **values)
    return case


def ask_again(tx: Tx, case: Case, due: datetime, occurrence: str) -> None:
    """If nobody has called the caller back by then, it is seen."""
    tx.timer(CALL_BACK, case.id, due, occurrence)


@dataclass(frozen=True, slots=True)
class Reopening:
    """Why a case is taken up again; for a failed check what it found, and who decided."""

    cause: Cause
    reason: str | None = None
    by: UUID | None = None


def save_reopened(
    tx: Tx,
    stored: Stored,
    case: Case,
    rules: Rules,
    why: Reopening,
    *facts: CaseEvent,
    **values: Any,
) -> Case:
    """The case is taken up again with half its time (rule 44)."""
    deadline = reopened(handling_of(case.deadlines), local_date(tx.now), rules.sla, rules.calendar)
    again = reopen(case, deadline, why.cause)
    times = stored.row["reopened"] + 1
    tx.cancel_timer(CALL_BACK, case.id)
    watch(tx, again, rules, str(times))
    fact = CaseReopened(
        case_id=case.id,
        deadlines=(deadline_fact(deadline),),
        cause=why.cause.value,
        reason=why.reason,
        reopened_by=why.by,
    )
    cleared = {
        "reopened": times,
        "handled_at": None,
        "closed_at": None,
        "call_back_due": None,
        "outcome": None,
        "extensions": 0,
    }
    save_case(tx, again, *facts, fact, **{**cleared, **values})
    return again
