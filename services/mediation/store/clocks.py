"""Timers of a dispute: its statutory last days and the instalments of its agreement."""

from datetime import timedelta

from services.mediation.domain.deadlines import ANSWERS
from services.mediation.domain.dispute import Dispute
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import end_of_day

PERIOD_OVER = "period_over"
INSTALMENT_DUE = "instalment_due"
GRACE = timedelta(hours=9)
"""An instalment is asked after in the morning of the day after it was due (rule 3.6: T+1)."""


def set_clocks(tx: Tx, dispute: Dispute, before: Dispute | None = None) -> None:
    """One timer for each period that is new or has moved, at the end of its last day; none for one that is no more.

    The others are left alone: a period that is over was told once, and is not told again. A dispute that was accepted
    needs no more answer.
    """
    kept = {one.kind for one in dispute.deadlines} - (ANSWERS if dispute.accepted_on else set())
    for gone in before.deadlines if before else ():
        if gone.kind not in kept:
            tx.cancel_timer(PERIOD_OVER, dispute.id, gone.kind)
    for deadline in dispute.deadlines:
        if before is None or deadline not in before.deadlines:
            tx.timer(PERIOD_OVER, dispute.id, end_of_day(deadline.effective), deadline.kind)


def set_instalment_clocks(tx: Tx, dispute: Dispute) -> None:
    """The agreement stands: its periods are of no more use; one timer for each instalment to be paid."""
    tx.cancel_timer(PERIOD_OVER, dispute.id)
    for one in dispute.agreement.instalments if dispute.agreement else ():
        tx.timer(INSTALMENT_DUE, dispute.id, end_of_day(one.due) + GRACE, str(one.no))


def stop_clocks(tx: Tx, dispute: Dispute) -> None:
    """The dispute is over: nothing wakes any more."""
    tx.cancel_timer(PERIOD_OVER, dispute.id)
    tx.cancel_timer(INSTALMENT_DUE, dispute.id)
