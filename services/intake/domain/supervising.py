"""A supervisor watches a case closely (督办): it is marked on every list and climbs a shorter ladder until he lifts that."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import Act, State
from services.intake.domain.clocks import handling_of
from services.intake.domain.sla import SlaTable, Step, ladder, morning_after
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.errors import Refused

BEING_HANDLED = frozenset({State.DISPATCHED, State.IN_PROGRESS, State.RETURNED, State.REOPENED})


class AlreadySupervised(Refused):
    """Once is enough."""

    code = "already_supervised"
    zh = "该工单已列为督办件，无需重复督办；可在办理意见中补充督办要求。"
    en = "The case is under supervision already. Add what you ask for as a note."


class NotSupervised(Refused):
    """There is nothing to lift; somebody else did, perhaps."""

    code = "not_supervised"
    zh = "该工单不是督办件，可能已解除，请刷新查看。"
    en = "The case is not under supervision. Somebody may have lifted it. Refresh."


def supervise(case: Case, by: UUID) -> Case:
    """The case under supervision; one that has ended needs none."""
    watched = case.do(Act.SUPERVISE)
    if case.supervised:
        raise AlreadySupervised
    return replace(watched, supervised_by=by)


def lift(case: Case) -> Case:
    """The case as any other again; also one that has ended meanwhile."""
    if not case.supervised:
        raise NotSupervised
    return replace(case, supervised_by=None)


def moved_step(
    before: Case, case: Case, now: datetime, table: SlaTable, calendar: WorkCalendar
) -> tuple[Step, datetime] | None:
    """The step that comes at another moment now that the pace is another; one that was taken is not taken again.

    While a part is awaited nothing is set yet: its ladder begins at the new pace.
    """
    if case.state not in BEING_HANDLED or any(part.ref is None for part in case.parts):
        return None
    deadline = handling_of(case.deadlines)
    old, new = (
        {one.step: one.at for one in ladder(deadline, table, calendar, pace)}
        for pace in (table.pace(before.supervised), table.pace(case.supervised))
    )
    if min(old[Step.REMIND], new[Step.REMIND]) > now:
        return Step.REMIND, new[Step.REMIND]
    if case.supervised and old[Step.URGE] <= now:
        return Step.CIRCULATE, max(new[Step.CIRCULATE], morning_after(now, 1, calendar))
    return None
