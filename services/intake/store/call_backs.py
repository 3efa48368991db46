"""Attempts to ask the caller how it went."""

from dataclasses import dataclass

from services.intake.domain.case import Case
from services.intake.tables import CallBackRow
from shared.kernel.crypto import place
from shared.kernel.transaction import Tx
from shared.vocabulary.ids import new_id


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one call."""

    result: str
    satisfaction: int | None
    handler_at_fault: bool
    remark: str


def add_attempt(tx: Tx, case: Case, attempt: Attempt) -> None:
    """One more attempt, numbered within the case over all its rounds."""
    attempt_id = new_id()
    where = place("call_back", "remark", attempt_id)
    tx.insert(
        CallBackRow,
        {
            "id": attempt_id,
            "case_id": case.id,
            "attempt": case.call_back_attempts,
            "result": attempt.result,
            "satisfaction": attempt.satisfaction,
            "handler_at_fault": attempt.handler_at_fault,
            "remark_sealed": tx.cipher.seal(attempt.remark, where) if attempt.remark else None,
            "by": tx.actor.id,
            "at": tx.now,
        },
    )
