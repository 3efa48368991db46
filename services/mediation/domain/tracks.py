"""On whose initiative the union mediates is settled while a dispute is being accepted; its clocks follow from it.

A case that a worker brought is mediated as any organisation does (调解仲裁法 14); the committee of an enterprise has a
period of its own that both sides may lengthen (企业劳动争议协商调解规定 29), and so have the courts' assignments
(特邀调解规定 27). Nobody can read that from the case: the mediator who accepts it says so.
"""

from dataclasses import replace
from datetime import date, timedelta

from services.mediation.domain import deadlines as clocks
from services.mediation.domain.days import past_day
from services.mediation.domain.deadlines import EXTENDABLE, Track
from services.mediation.domain.dispute import Dispute, refuse_ended
from services.mediation.domain.scheme import Scheme, StageKind
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.deadlines import Deadline
from shared.vocabulary.errors import FieldError, Invalid, Refused

FROM_RECEIPT = frozenset({Track.ORGANISATION, Track.COMMITTEE})
"""Their clocks start with the receipt of the application, which the case knows."""
START_DAYS_BACK_MAX = 60
"""An assignment that was signed for longer ago than its longest period and an extension is a slip of the pen."""


class TrackIsFixed(Refused):
    """Once accepted, the dispute keeps the clocks it was accepted with."""

    code = "track_is_fixed"
    zh = "本案已受理，调解来源和期限不能再改；需要更多时间的，请征得双方同意后办理延期。"
    en = "The dispute is accepted and keeps its track. For more time record both consents and extend."


def choose_track(
    dispute: Dispute, scheme: Scheme, track: Track, started: date, calendar: WorkCalendar
) -> Dispute:
    """The dispute on another track, its clocks counted anew from the day the track says."""
    refuse_ended(dispute)
    if not is_track_open(dispute, scheme):
        raise TrackIsFixed(stage=dispute.stage)
    return replace(dispute, track=track, deadlines=clocks.opening(track, started, calendar))


def is_track_open(dispute: Dispute, scheme: Scheme) -> bool:
    """Whether the track can still be chosen: while the dispute is being accepted for the first time."""
    accepting = scheme.stage(dispute.stage).kind is StageKind.ACCEPTANCE
    return accepting and dispute.accepted_on is None and dispute.outcome is None


def start_of(track: Track, dispute: Dispute, given: date | None, today: date) -> date:
    """The day a track's clocks start: receipt for the union's own, else the day the papers were signed for or agreed on."""
    if track in FROM_RECEIPT:
        if given is not None:
            raise Invalid(_error("started_by_receipt", *_BY_RECEIPT))
        return dispute.received_on
    if given is None:
        raise Invalid(_error("started_missing", *_MISSING))
    day = past_day("started_on", given, today)
    if day < today - timedelta(days=START_DAYS_BACK_MAX):
        raise Invalid(_error("started_too_long_ago", *_TOO_LONG_AGO))
    return day


def latest_extension(deadline: Deadline, scheme: Scheme) -> date | None:
    """How far both sides may move a period; None for one that is not theirs to move."""
    if deadline.kind not in EXTENDABLE:
        return None
    return deadline.raw + timedelta(days=scheme.settings.extension_days_max)


_BY_RECEIPT = (
    "该来源的期限自收到申请之日起算，不必另填日期。",
    "This track counts from the receipt of the application; give no day.",
)
_MISSING = (
    "请填写签收委派、委托材料（仲裁委托为双方同意）的日期。",
    "Give the day the papers were signed for, or for arbitration the day both sides agreed.",
)
_TOO_LONG_AGO = (
    f"日期早于 {START_DAYS_BACK_MAX} 天前，请核对后重填。",
    f"The day is more than {START_DAYS_BACK_MAX} days ago. Correct it.",
)


def _error(code: str, zh: str, en: str) -> FieldError:
    return FieldError("started_on", code, zh, en)
