"""Which lawyer a dispute is offered to, why, and what becomes of the offer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.vocabulary.errors import Refused

CASELOAD_MAX = 12
OFFER_HOURS = 24
OFFER_HOURS_URGENT = 2


@dataclass(frozen=True, slots=True)
class Lawyer:
    """A lawyer on the union's roster; `open_disputes` counts those led and those on offer."""

    id: UUID
    open_disputes: int = 0
    caseload_max: int = CASELOAD_MAX
    is_available: bool = True
    licence_until: date | None = None


class Passed(StrEnum):
    """Why a lawyer was not considered further, in the order in which it is asked."""

    UNAVAILABLE = "unavailable"
    LICENCE_EXPIRED = "licence_expired"
    CONFLICT = "conflict"
    DECLINED_BEFORE = "declined_before"
    FULL = "full"
    MORE_LOADED = "more_loaded"


@dataclass(frozen=True, slots=True)
class Considered:
    """A lawyer who was looked at; `passed` is None for the one chosen."""

    lawyer_id: UUID
    open_disputes: int
    passed: Passed | None


@dataclass(frozen=True, slots=True)
class LawyerChoice:
    """The lawyer to ask, or None: then a coordinator must act. The list explains either."""

    lawyer_id: UUID | None
    considered: tuple[Considered, ...]

    @property
    def needs_coordinator(self) -> bool:
        """Nobody can be asked."""
        return self.lawyer_id is None

    @property
    def zh(self) -> str:
        """The explanation in one Chinese sentence; people appear as numbers only."""
        if self.lawyer_id is None:
            return f"名册中 {len(self.considered)} 位律师均不可派（{self._counts()}），请人工协调。"
        load = next(one.open_disputes for one in self.considered if one.passed is None)
        return f"在 {len(self.considered)} 位律师中在办最少（{load} 件）且无利害冲突；其余：{self._counts() or '无'}。"

    @property
    def en(self) -> str:
        """The explanation in English."""
        counts = ", ".join(f"{name.value} {count}" for name, count in self._by_reason())
        if self.lawyer_id is None:
            return f"None of {len(self.considered)} lawyers can be asked ({counts or 'empty roster'}). Coordinate."
        return f"Least loaded of {len(self.considered)} without a conflict; passed over: {counts or 'none'}."

    def _by_reason(self) -> list[tuple[Passed, int]]:
        reasons = [one.passed for one in self.considered]
        return [(reason, reasons.count(reason)) for reason in Passed if reason in reasons]

    def _counts(self) -> str:
        return "、".join(f"{_PASSED_ZH[reason]} {count}" for reason, count in self._by_reason())


_PASSED_ZH = {
    Passed.UNAVAILABLE: "暂停接件",
    Passed.LICENCE_EXPIRED: "执业证到期",
    Passed.CONFLICT: "利害冲突",
    Passed.DECLINED_BEFORE: "已婉拒",
    Passed.FULL: "已满额",
    Passed.MORE_LOADED: "在办较多",
}


def choose_lawyer(
    roster: Iterable[Lawyer],
    conflicts: Collection[UUID],
    declined: Collection[UUID],
    today: date | None = None,
) -> LawyerChoice:
    """The least loaded lawyer who may and can; ties go to the lower id, so a rerun agrees.

    `conflicts` are lawyers near the employer or a worker, or who mediated the case (特邀调解规定 16);
    `declined` are those who refused this dispute or let its offer lapse.
    """
    looked_at = sorted(roster, key=lambda one: (one.open_disputes, one.id))
    why_not = {one.id: _why_not(one, conflicts, declined, today) for one in looked_at}
    chosen = next((one.id for one in looked_at if why_not[one.id] is None), None)
    considered = tuple(
        Considered(
            one.id,
            one.open_disputes,
            None if one.id == chosen else why_not[one.id] or Passed.MORE_LOADED,
        )
        for one in looked_at
    )
    return LawyerChoice(chosen, considered)


def _why_not(
    lawyer: Lawyer, conflicts: Collection[UUID], declined: Collection[UUID], today: date | None
) -> Passed | None:
    reasons = (
        (Passed.UNAVAILABLE, not lawyer.is_available),
        (
            Passed.LICENCE_EXPIRED,
            today is not None and lawyer.licence_until is not None and lawyer.licence_until < today,
        ),
        (Passed.CONFLICT, lawyer.id in conflicts),
        (Passed.DECLINED_BEFORE, lawyer.id in declined),
        (Passed.FULL, lawyer.open_disputes >= lawyer.caseload_max),
    )
    return next((reason for reason, applies in reasons if applies), None)


class DeclineReason(StrEnum):
    """Why a lawyer does not take a dispute; `OTHER` needs a note."""

    CONFLICT = "conflict"
    WORKLOAD = "workload"
    EXPERTISE = "expertise"
    ABSENCE = "absence"
    OTHER = "other"


class OfferState(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Offer:
    """A dispute offered to one lawyer until a moment."""

    id: UUID
    dispute_id: UUID
    lawyer_id: UUID
    offered_at: datetime
    expires_at: datetime
    state: OfferState = OfferState.OPEN
    decline_reason: DeclineReason | None = None


class OfferClosed(Refused):
    """The offer is answered, expired or withdrawn; another lawyer may have it."""

    code = "offer_closed"
    zh = "这件指派已失效（已被接受、婉拒、超时或撤回），无需再处理；如仍愿承办请联系协调员。"
    en = "The offer is no longer open. Nothing to do; contact the coordinator if you still wish to help."


class OfferStillOpen(Refused):
    """Its time is not over yet."""

    code = "offer_still_open"
    zh = "这件指派尚未到期，请等待律师答复或先撤回。"
    en = "The offer has not lapsed yet. Wait for the answer, or withdraw it first."


class DeclineNeedsNote(Refused):
    """“Other” says nothing by itself."""

    code = "decline_needs_note"
    zh = "选择“其他原因”时请写明理由。"
    en = "Write a reason when you choose “other”."


def offer(
    offer_id: UUID, dispute_id: UUID, lawyer_id: UUID, now: datetime, *, urgent: bool
) -> Offer:
    """An offer open for a day, for an urgent matter two hours."""
    hours = OFFER_HOURS_URGENT if urgent else OFFER_HOURS
    return Offer(offer_id, dispute_id, lawyer_id, now, now + timedelta(hours=hours))


def accepted(what: Offer, now: datetime) -> Offer:
    """The lawyer takes it, in time."""
    _refuse_closed(what)
    if now >= what.expires_at:
        raise OfferClosed(state=OfferState.EXPIRED.value)
    return replace(what, state=OfferState.ACCEPTED)


def declined(what: Offer, reason: DeclineReason, note: str = "") -> Offer:
    """The lawyer does not take it."""
    _refuse_closed(what)
    if reason is DeclineReason.OTHER and not note.strip():
        raise DeclineNeedsNote
    return replace(what, state=OfferState.DECLINED, decline_reason=reason)


def expired(what: Offer, now: datetime) -> Offer:
    """Nobody answered in time; the next lawyer is asked."""
    _refuse_closed(what)
    if now < what.expires_at:
        raise OfferStillOpen
    return replace(what, state=OfferState.EXPIRED)


def withdrawn(what: Offer) -> Offer:
    """The coordinator takes it back, or the dispute ended."""
    _refuse_closed(what)
    return replace(what, state=OfferState.WITHDRAWN)


def _refuse_closed(what: Offer) -> None:
    if what.state is not OfferState.OPEN:
        raise OfferClosed(state=what.state.value)
