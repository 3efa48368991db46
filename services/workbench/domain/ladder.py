"""The ladder of a late case (rule 41): reminded, over time, urged by letter the working day after, circulated after five more.

Intake climbs it and tells each step; here the last one told is kept.
"""

from services.workbench.domain.fact import Fact

REMINDED, OVERDUE, URGED, CIRCULATED = "reminded", "overdue", "urge", "circulate"
STEPS = (REMINDED, OVERDUE, URGED, CIRCULATED)
TIME_OF_THE_CASE = frozenset({"handling", "supervised"})
"""A case under supervision is reminded of at half its time."""
ENDS = frozenset({"intake.case_handled", "intake.case_reopened", "intake.case_closed"})


def step_after(step: str | None, fact: Fact) -> str | None:
    """Where the case stands after this fact of intake; a reminder about something else than its time moves nothing."""
    if fact.name in ENDS:
        return None
    if fact.name == "intake.case_overdue":
        return OVERDUE
    if fact.name != "intake.case_reminded":
        return step
    if fact.body.deadline in (URGED, CIRCULATED):
        return str(fact.body.deadline)
    return step or (REMINDED if fact.body.deadline in TIME_OF_THE_CASE else None)
