"""By when each step is to be done: working days after the step before, at office close. Local practice."""

from datetime import datetime

from services.welfare.domain.application_state import State
from services.welfare.domain.programme import Programme
from services.welfare.domain.publicity import Publicity
from shared.vocabulary.calendar import WorkCalendar, local_date, office_close

WORKDAYS: dict[State, int] = {
    State.APPLIED: 3,
    State.FIRST_REVIEW: 5,
    State.HOME_VISIT: 3,
    State.SUBMITTED: 3,
    State.CHECKED: 1,
    State.PUBLIC: 2,
    State.PAID: 5,
}
"""Working days for the step that follows a state; for an application that is public, after the list's last day."""
LIMIT_NAMES = {
    State.APPLIED: ("初审期限", "First review"),
    State.FIRST_REVIEW: ("入户期限", "Home visit"),
    State.HOME_VISIT: ("提交复核期限", "Passing on"),
    State.SUBMITTED: ("复核期限", "Review"),
    State.CHECKED: ("公示期限", "Publication"),
    State.PUBLIC: ("审批期限", "Approval"),
    State.APPROVED: ("发放期限", "Payment"),
    State.PAID: ("归档期限", "Filing"),
}


def due_of(
    state: State,
    since: datetime,
    calendar: WorkCalendar,
    programme: Programme,
    publicity: Publicity | None,
) -> datetime | None:
    """When the next step is due; None when nothing is left, or the applicant has the next move."""
    start = local_date(since)
    if state is State.APPROVED:
        return office_close(calendar.natural(start, programme.late_payment_days).effective)
    if state is State.PUBLIC and publicity is not None and publicity.waits:
        start = publicity.ends_on
    days = WORKDAYS.get(state)
    return None if days is None else office_close(calendar.workday(start, days).effective)
