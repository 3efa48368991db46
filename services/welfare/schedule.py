"""DOOR 3, time: the end of the public list, payments that leave, the bank that is asked."""

from collections.abc import Mapping, Sequence

from services.welfare.store.dossiers import PUBLICITY_OVER
from services.welfare.usecases.ask_bank import ask_bank
from services.welfare.usecases.end_publicity import end_publicity
from services.welfare.usecases.pay_due import pay_due
from shared.kernel.context import Every
from shared.kernel.timers import TimerHandler

PAY_EVERY_S = 1.0
ASK_EVERY_S = 1.0

TIMERS: Mapping[str, TimerHandler] = {PUBLICITY_OVER: end_publicity}
EVERY: Sequence[Every] = (Every(PAY_EVERY_S, pay_due), Every(ASK_EVERY_S, ask_bank))
