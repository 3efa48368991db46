"""DOOR 3: what time starts in mediation."""

from collections.abc import Mapping

from services.mediation.store.clocks import INSTALMENT_DUE, PERIOD_OVER
from services.mediation.store.offers import OFFER_EXPIRED
from services.mediation.usecases.end_period import end_period
from services.mediation.usecases.expire_offer import expire_offer
from services.mediation.usecases.remind_instalment import remind_instalment
from shared.kernel.timers import TimerHandler

TIMERS: Mapping[str, TimerHandler] = {
    OFFER_EXPIRED: expire_offer,
    PERIOD_OVER: end_period,
    INSTALMENT_DUE: remind_instalment,
}
