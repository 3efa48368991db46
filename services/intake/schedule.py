"""DOOR 3, time: what wakes a case, and what is tidied up."""

from collections.abc import Mapping

from services.intake.domain.registration import PART_EXPECTED
from services.intake.domain.sla import SIGN, Step
from services.intake.store.course import CALL_BACK, EXTENSION_DECISION, RETURN_DECISION
from services.intake.store.drafts import drop_old_drafts
from services.intake.usecases import watch_case
from shared.kernel.context import Every
from shared.kernel.timers import TimerHandler

TIDY_EVERY_S = 3_600

TIMERS: Mapping[str, TimerHandler] = {
    PART_EXPECTED: watch_case.part_missing,
    SIGN: watch_case.unsigned,
    RETURN_DECISION: watch_case.undecided,
    EXTENSION_DECISION: watch_case.extension_undecided,
    Step.REMIND.value: watch_case.remind,
    Step.OVERDUE.value: watch_case.overdue,
    Step.URGE.value: watch_case.urge,
    Step.CIRCULATE.value: watch_case.circulate,
    CALL_BACK: watch_case.call_back_missed,
}
EVERY = (Every(seconds=TIDY_EVERY_S, run=drop_old_drafts),)
