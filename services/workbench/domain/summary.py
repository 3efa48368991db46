"""What both sides of a card add up to: state, place, people, money, the nearest date, and who may see it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.workbench.domain.card import Card
from services.workbench.domain.card_dispute import DisputeSide
from shared.vocabulary.calendar import office_close

REGISTERED, RETURNED, HANDLING, CALL_BACK, CLOSED = (
    "registered",
    "returned",
    "handling",
    "call_back",
    "closed",
)
STATES = (REGISTERED, RETURNED, HANDLING, CALL_BACK, CLOSED)
ANSWERS = frozenset({"acceptance", "court_confirm"})
"""Periods that the acceptance of a dispute answers."""
TAKEN_TRACKS = frozenset({"aid"})
"""Cases of these tracks are in somebody's hands without a dispute."""


@dataclass(frozen=True, slots=True)
class Due:
    """A moment by which something must be done."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What decides who may see a case: its places in the tree, and the people who work on it."""

    orgs: frozenset[str]
    staff: frozenset[UUID]
    lawyers: frozenset[UUID]
    desk: str | None = None
    """Where it was written down: seen from there by the hotline."""

    def also(self, org: str | None) -> "Seen":
        """The same with one more place."""
        return replace(self, orgs=self.orgs | {org}) if org else self


def state_of(card: Card) -> str:
    """One of `STATES`."""
    if card.case.closed_at:
        return CLOSED
    if card.case.handled_at:
        return CALL_BACK
    if card.case.returned_by and not card.disputes:
        return RETURNED
    if card.disputes or card.case.signed_by or card.case.track in TAKEN_TRACKS:
        return HANDLING
    return REGISTERED


def stage_of(card: Card) -> str | None:
    """The stage of a dispute that is still open: an archived file says nothing of where the case stands."""
    dispute = card.dispute
    return dispute.stage if dispute and not dispute.closed_at else None


def is_supervised(card: Card) -> bool:
    """Whether an open case is under supervision: a closed one shows no mark, although it keeps it for a reopening."""
    return card.case.supervised_by is not None and card.case.closed_at is None


def org_of(card: Card) -> str | None:
    """Where the case is worked on: the dispute's place, before there is one the case's."""
    dispute = card.dispute
    return (dispute.org if dispute else None) or card.case.org


def owner_of(card: Card) -> UUID | None:
    """Who answers for the case: the mediator of its dispute, before there is one whoever signed for the case."""
    dispute = card.dispute
    return (dispute.owner_id if dispute else None) or card.case.signed_by


def people_of(card: Card) -> int:
    """How many workers it is about: mediation knows best once it has begun."""
    dispute = card.dispute
    return max(card.case.people, dispute.people or 0) if dispute else card.case.people


def amount_of(card: Card) -> int | None:
    """What is claimed, in fen."""
    dispute = card.dispute
    told = dispute.amount_fen if dispute else None
    return told if told is not None else card.case.amount_fen


def employer_of(card: Card) -> UUID | None:
    """The employer, from whichever side knows one."""
    dispute = card.dispute
    return card.case.employer_id or (dispute.employer_id if dispute else None)


def dues_of(card: Card) -> list[Due]:
    """Every moment that still has to be met, nearest first."""
    if card.case.closed_at:
        return []
    return sorted((*_case_dues(card), *_dispute_dues(card.dispute)), key=lambda due: due.at)


def _case_dues(card: Card) -> Iterator[Due]:
    case = card.case
    if case.handled_at:
        if case.call_back_due:
            yield Due("call_back", case.call_back_due)
        return
    if case.sign_due and not card.disputes:
        yield Due("sign", case.sign_due)
    if case.first_contact_due and not first_contact_of(card):
        yield Due("first_contact", case.first_contact_due)
    for one in case.days:
        yield Due(shown_kind(one.kind), end_of(one.effective))


def _dispute_dues(dispute: DisputeSide | None) -> Iterator[Due]:
    if dispute is None or dispute.closed_at:
        return
    for one in dispute.days:
        if one.kind in ANSWERS and dispute.accepted_on:
            continue
        yield Due(one.kind, end_of(one.effective))
    for part in dispute.instalments:
        if not part.paid:
            yield Due("instalment", end_of(part.due))


def first_contact_of(card: Card) -> datetime | None:
    """When the caller was first contacted: a note to the outside, an answer, or the acceptance by mediation."""
    if card.case.first_contact_at:
        return card.case.first_contact_at
    dispute = card.dispute
    accepted = dispute.accepted_on if dispute else None
    return end_of(accepted) if accepted else None


def shown_kind(kind: str) -> str:
    """Intake's `handling` is what the screens call `close`."""
    return "close" if kind == "handling" else kind


def end_of(day: str) -> datetime:
    """Where an ISO day ends for acts that need an open office."""
    return office_close(date.fromisoformat(day))


def seen_by(card: Card) -> Seen:
    """Who may see the case besides those whose subtree holds it."""
    dispute = card.dispute
    orgs = {card.case.org, dispute.org if dispute else None}
    staff = {card.case.operator_id, card.case.signed_by, *(dispute.mediator_ids if dispute else ())}
    lawyers = (
        {dispute.lawyer_id, dispute.offer.lawyer_id if dispute.offer else None}
        if dispute
        else set()
    )
    return Seen(
        frozenset(one for one in orgs if one),
        frozenset(one for one in staff if one),
        frozenset(one for one in lawyers if one),
        card.case.desk_org,
    )
