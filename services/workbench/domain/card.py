"""A case at a glance, folded from what intake and mediation tell.

Each owner's facts touch only that owner's side of the card, and each side is folded in the order of its own numbers;
so the order in which topics arrive cannot matter. What spans both sides (state, nearest date, people) is never stored
by a fold: `summary.py` computes it from the finished card.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.workbench.domain.card_dispute import DISPUTE_FOLDS, DisputeSide
from services.workbench.domain.fact import Day, Fact, days_of, put
from services.workbench.domain.ladder import step_after

WAITS = frozenset({"sign", "return_decision", "extension_decision"})
"""What a reminder may be about besides the time of the case: somebody waits for a signature or a decision."""


@dataclass(slots=True)
class CaseSide:
    """What intake has told about the case; `version` 0 means that nothing has arrived yet."""

    version: int = 0
    number: str | None = None
    tracking_blind: str | None = None
    channel: str | None = None
    category: str | None = None
    level: str | None = None
    track: str | None = None
    urgency: str = "normal"
    handling: str | None = None
    org: str | None = None
    region: str | None = None
    employer_id: UUID | None = None
    caller_id: UUID | None = None
    claimant_ids: tuple[UUID, ...] = ()
    people: int = 1
    amount_fen: int | None = None
    hidden: bool = False
    """From the handling unit: only the hotline knows who called (rule 45)."""
    danger: bool = False
    aid_programme: str | None = None
    operator_id: UUID | None = None
    desk_org: str | None = None
    """Where it was written down: that desk goes on seeing it and decides about returns."""
    received_at: datetime | None = None
    first_contact_due: datetime | None = None
    first_contact_at: datetime | None = None
    days: tuple[Day, ...] = ()
    notes: int = 0
    materials: int = 0
    """Those that were not withdrawn."""
    answered: bool = False
    sign_due: datetime | None = None
    signed_by: UUID | None = None
    returned_by: UUID | None = None
    return_reason: str | None = None
    returns: int = 0
    extension_by: UUID | None = None
    extensions: int = 0
    supervised_by: UUID | None = None
    """Who put the case under supervision; it stays there until that is lifted."""
    reminded: bool = False
    overdue: bool = False
    step: str | None = None
    """Of the ladder (`ladder.py`), while the case is being worked on."""
    handled_at: datetime | None = None
    call_back_due: datetime | None = None
    call_backs: int = 0
    call_back_result: str | None = None
    satisfaction: int | None = None
    reopened: int = 0
    outcome: str | None = None
    merged_into: UUID | None = None
    closed_at: datetime | None = None


@dataclass(slots=True)
class Card:
    """One case: intake's side, and mediation's for each dispute (a reopened case may have a second one)."""

    case_id: UUID
    case: CaseSide = field(default_factory=CaseSide)
    disputes: dict[UUID, DisputeSide] = field(default_factory=dict)
    touched_at: datetime | None = None
    """When the latest fact came about."""

    @property
    def dispute(self) -> DisputeSide | None:
        """The current dispute: the one opened last (ids are ordered by time)."""
        return self.disputes[max(self.disputes)] if self.disputes else None

    @property
    def dispute_id(self) -> UUID | None:
        """The id of the current dispute."""
        return max(self.disputes) if self.disputes else None


def fold(card: Card, fact: Fact) -> Card:
    """Take one more fact into the card and return it; a fact of unknown kind only counts."""
    if card.touched_at is None or fact.at > card.touched_at:
        card.touched_at = fact.at
    if fact.name.startswith("mediation."):
        dispute = card.disputes.setdefault(fact.about, DisputeSide())
        dispute.version = fact.number
        change = DISPUTE_FOLDS.get(fact.name)
        if change:
            change(dispute, fact)
        return card
    card.case.version = fact.number
    card.case.step = step_after(card.case.step, fact)
    act = _CASE_FOLDS.get(fact.name)
    if act:
        act(card.case, fact)
    return card


def _registered(side: CaseSide, fact: Fact) -> CaseSide:
    told = fact.body
    return put(
        side,
        number=told.case_number,
        tracking_blind=told.tracking_blind,
        channel=told.channel,
        category=told.category,
        level=told.level,
        track=told.track,
        urgency=told.urgency,
        handling=told.handling,
        org=told.org,
        region=told.region,
        employer_id=told.employer_id,
        caller_id=told.caller_id,
        claimant_ids=tuple(told.claimant_ids),
        people=told.claimant_count,
        amount_fen=told.amount_fen,
        hidden=told.kept_from_unit,
        danger=told.danger,
        aid_programme=told.aid_programme,
        operator_id=told.operator_id,
        desk_org=told.desk_org,
        received_at=told.received_at,
        first_contact_due=told.first_contact_due,
        sign_due=told.sign_due,
        days=days_of(told.deadlines),
    )


def _answered(side: CaseSide, fact: Fact) -> CaseSide:
    return put(side, answered=True, first_contact_at=side.first_contact_at or fact.at)


def _note(side: CaseSide, fact: Fact) -> CaseSide:
    contact = fact.at if fact.body.visibility == "external" else None
    return put(side, notes=side.notes + 1, first_contact_at=side.first_contact_at or contact)


def _joined(side: CaseSide, fact: Fact) -> CaseSide:
    more = tuple(one for one in fact.body.claimant_ids if one not in side.claimant_ids)
    return put(
        side,
        claimant_ids=side.claimant_ids + more,
        people=fact.body.claimant_count,
        amount_fen=fact.body.amount_fen,
    )


def _signed(side: CaseSide, fact: Fact) -> CaseSide:
    return put(side, signed_by=fact.body.signed_by, sign_due=None)


def _returned(side: CaseSide, fact: Fact) -> CaseSide:
    told = fact.body
    return put(
        side,
        returned_by=told.returned_by,
        return_reason=told.reason,
        returns=told.times,
        extension_by=None,
        signed_by=None,
        sign_due=None,
    )


def _kept(side: CaseSide, fact: Fact) -> CaseSide:
    return put(side, returned_by=None, sign_due=fact.body.sign_due)


def _redispatched(side: CaseSide, fact: Fact) -> CaseSide:
    return put(
        side,
        org=fact.body.org,
        returned_by=None,
        signed_by=None,
        sign_due=fact.body.sign_due,
    )


def _extension_asked(side: CaseSide, fact: Fact) -> CaseSide:
    return put(side, extension_by=fact.body.requested_by)


def _extended(side: CaseSide, fact: Fact) -> CaseSide:
    return put(
        side,
        days=days_of(fact.body.deadlines),
        extensions=side.extensions + 1,
        extension_by=None,
        reminded=False,
    )


def _reminded(side: CaseSide, fact: Fact) -> CaseSide:
    return side if fact.body.deadline in WAITS else put(side, reminded=True)


def _handled(side: CaseSide, fact: Fact) -> CaseSide:
    return put(
        side,
        outcome=fact.body.outcome,
        handled_at=fact.at,
        call_back_due=fact.body.call_back_due,
        sign_due=None,
        returned_by=None,
        extension_by=None,
        first_contact_at=side.first_contact_at or fact.at,
    )


def _called_back(side: CaseSide, fact: Fact) -> CaseSide:
    return put(
        side,
        call_backs=fact.body.attempt,
        call_back_result=fact.body.result,
        satisfaction=fact.body.satisfaction,
    )


def _reopened(side: CaseSide, fact: Fact) -> CaseSide:
    return put(
        side,
        reopened=side.reopened + 1,
        extensions=0,
        signed_by=None,
        days=days_of(fact.body.deadlines),
        reminded=False,
        overdue=False,
        handled_at=None,
        call_back_due=None,
        outcome=None,
        closed_at=None,
    )


def _closed(side: CaseSide, fact: Fact) -> CaseSide:
    return put(side, outcome=fact.body.outcome, closed_at=fact.at, call_back_due=None)


def _merged(side: CaseSide, fact: Fact) -> CaseSide:
    return put(
        side,
        outcome="merged",
        merged_into=fact.body.into,
        closed_at=fact.at,
        sign_due=None,
        returned_by=None,
        extension_by=None,
        call_back_due=None,
    )


_CASE_FOLDS: dict[str, Callable[[CaseSide, Any], CaseSide]] = {
    "intake.case_registered": _registered,
    "intake.case_answered": _answered,
    "intake.case_note_added": _note,
    "intake.material_added": lambda side, _: put(side, materials=side.materials + 1),
    "intake.material_withdrawn": lambda side, _: put(side, materials=side.materials - 1),
    "intake.claimants_joined": _joined,
    "intake.case_signed": _signed,
    "intake.case_returned": _returned,
    "intake.return_refused": _kept,
    "intake.case_redispatched": _redispatched,
    "intake.extension_requested": _extension_asked,
    "intake.case_extended": _extended,
    "intake.extension_refused": lambda side, _: put(side, extension_by=None),
    "intake.case_supervised": lambda side, fact: put(side, supervised_by=fact.body.supervised_by),
    "intake.supervision_lifted": lambda side, _: put(side, supervised_by=None),
    "intake.case_reminded": _reminded,
    "intake.case_overdue": lambda side, _: put(side, overdue=True),
    "intake.case_handled": _handled,
    "intake.call_back_recorded": _called_back,
    "intake.case_reopened": _reopened,
    "intake.case_merged": _merged,
    "intake.case_closed": _closed,
}
