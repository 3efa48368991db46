"""Mediation's side of a card: where the dispute stands, who works on it, what it lacks, what was agreed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from services.workbench.domain.fact import Day, Fact, days_of, put


@dataclass(frozen=True, slots=True)
class Offer:
    """The open offer to a lawyer."""

    offer_id: UUID
    lawyer_id: UUID
    attempt: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Instalment:
    """One promised payment."""

    no: int
    due: str
    amount_fen: int
    paid: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """One of the three assessments: items answered, signatures given."""

    edition: int = 0
    items_done: int = 0
    items_total: int = 0
    signatures: int = 0
    required: int = 0


@dataclass(slots=True)
class DisputeSide:
    """What mediation has told about one dispute; `version` 0 means that nothing has arrived yet."""

    version: int = 0
    scheme: str | None = None
    scheme_version: int | None = None
    stage: str | None = None
    stage_since: datetime | None = None
    group: bool = False
    grade: str | None = None
    org: str | None = None
    employer_id: UUID | None = None
    people: int | None = None
    amount_fen: int | None = None
    owner_id: UUID | None = None
    mediator_ids: tuple[UUID, ...] = ()
    lawyer_id: UUID | None = None
    offer: Offer | None = None
    pool_empty: bool = False
    missing: tuple[str, ...] = ()
    guards_done: int = 0
    guards_total: int = 0
    days: tuple[Day, ...] = ()
    accepted_on: str | None = None
    assessments: dict[int, Assessment] = field(default_factory=dict)
    next_meeting_at: datetime | None = None
    meeting_room: str | None = None
    meetings_held: int = 0
    sessions: int = 0
    agreement_id: UUID | None = None
    agreed_fen: int | None = None
    paid_fen: int = 0
    instalments: tuple[Instalment, ...] = ()
    failure: str | None = None
    advice: str | None = None
    outcome: str | None = None
    closed_at: datetime | None = None


def _opened(side: DisputeSide, fact: Fact) -> DisputeSide:
    told = fact.body
    return put(
        side,
        scheme=told.scheme,
        scheme_version=told.scheme_version,
        stage=told.stage,
        stage_since=fact.at,
        group=told.group,
        grade=told.grade,
        org=told.org,
        employer_id=told.employer_id,
        people=told.claimant_count,
        amount_fen=told.amount_fen,
        days=days_of(told.deadlines),
    )


def _progressed(side: DisputeSide, fact: Fact) -> DisputeSide:
    told = fact.body
    mediators = tuple(told.mediator_ids)
    owner = side.owner_id if side.owner_id in mediators else next(iter(mediators), None)
    return put(
        side,
        stage=told.stage,
        stage_since=side.stage_since if told.stage == side.stage else fact.at,
        grade=told.grade,
        group=told.group,
        people=told.claimant_count,
        amount_fen=told.amount_fen,
        mediator_ids=mediators,
        owner_id=owner,
        lawyer_id=told.lawyer_id,
        missing=tuple(told.missing),
        guards_done=told.done,
        guards_total=told.total,
        days=days_of(told.deadlines),
        next_meeting_at=told.next_meeting_at,
    )


def _offered(side: DisputeSide, fact: Fact) -> DisputeSide:
    told = fact.body
    offer = Offer(told.offer_id, told.lawyer_id, told.attempt, told.expires_at)
    return put(side, offer=offer, pool_empty=False)


def _offer_over(side: DisputeSide, fact: Fact) -> DisputeSide:
    still_open = side.offer is not None and side.offer.offer_id != fact.body.offer_id
    return side if still_open else put(side, offer=None)


def _lawyer(side: DisputeSide, fact: Fact) -> DisputeSide:
    return put(side, lawyer_id=fact.body.lawyer_id, offer=None, pool_empty=False)


def _mediator(side: DisputeSide, fact: Fact) -> DisputeSide:
    who = fact.body.mediator_id
    mediators = side.mediator_ids if who in side.mediator_ids else (*side.mediator_ids, who)
    owner = who if fact.body.presides or side.owner_id is None else side.owner_id
    return put(side, mediator_ids=mediators, owner_id=owner)


def _accepted(side: DisputeSide, fact: Fact) -> DisputeSide:
    told = fact.body
    return put(side, accepted_on=told.accepted_on.isoformat(), days=_merged(side, told.deadlines))


def _merged(side: DisputeSide, deadlines: object) -> tuple[Day, ...]:
    """New dates replace those of the same kind."""
    new = days_of(deadlines)
    kinds = {one.kind for one in new}
    return tuple(one for one in side.days if one.kind not in kinds) + new


def _advanced(side: DisputeSide, fact: Fact) -> DisputeSide:
    return put(side, stage=fact.body.to_stage, stage_since=fact.at)


def _assessment(side: DisputeSide, no: int, **known: int) -> DisputeSide:
    before = side.assessments.get(no, Assessment())
    if known["edition"] > before.edition:
        before = replace(before, signatures=0)
    return put(side, assessments={**side.assessments, no: replace(before, **known)})


def _saved(side: DisputeSide, fact: Fact) -> DisputeSide:
    told = fact.body
    return _assessment(
        side,
        told.assessment,
        edition=told.edition,
        items_done=told.items_done,
        items_total=told.items_total,
    )


def _signed(side: DisputeSide, fact: Fact) -> DisputeSide:
    told = fact.body
    return _assessment(
        side,
        told.assessment,
        edition=told.edition,
        signatures=told.signatures,
        required=told.required,
    )


def _scheduled(side: DisputeSide, fact: Fact) -> DisputeSide:
    return put(side, next_meeting_at=fact.body.starts_at, meeting_room=fact.body.room)


def _held(side: DisputeSide, _fact: Fact) -> DisputeSide:
    return put(side, meetings_held=side.meetings_held + 1, next_meeting_at=None)


def _agreed(side: DisputeSide, fact: Fact) -> DisputeSide:
    told = fact.body
    return put(
        side,
        agreement_id=told.agreement_id,
        agreed_fen=told.total_fen,
        paid_fen=0,
        instalments=tuple(
            Instalment(one.no, one.due.isoformat(), one.amount_fen) for one in told.instalments
        ),
        days=_merged(side, told.deadlines),
    )


def _instalment(side: DisputeSide, no: int, *, paid: bool, overdue: bool) -> tuple[Instalment, ...]:
    return tuple(
        replace(one, paid=paid, overdue=overdue) if one.no == no else one
        for one in side.instalments
    )


def _paid(side: DisputeSide, fact: Fact) -> DisputeSide:
    return put(
        side,
        paid_fen=fact.body.paid_fen,
        instalments=_instalment(side, fact.body.no, paid=True, overdue=False),
    )


def _late(side: DisputeSide, fact: Fact) -> DisputeSide:
    return put(side, instalments=_instalment(side, fact.body.no, paid=False, overdue=True))


def _closed(side: DisputeSide, fact: Fact) -> DisputeSide:
    return put(side, outcome=fact.body.outcome, closed_at=fact.at, offer=None, next_meeting_at=None)


DISPUTE_FOLDS: dict[str, Callable[[DisputeSide, Fact], DisputeSide]] = {
    "mediation.dispute_opened": _opened,
    "mediation.dispute_progressed": _progressed,
    "mediation.lawyer_offered": _offered,
    "mediation.lawyer_declined": _offer_over,
    "mediation.lawyer_offer_expired": _offer_over,
    "mediation.lawyer_assigned": _lawyer,
    "mediation.lawyer_pool_empty": lambda side, _: put(side, pool_empty=True, offer=None),
    "mediation.mediator_assigned": _mediator,
    "mediation.dispute_accepted": _accepted,
    "mediation.track_chosen": lambda side, fact: put(side, days=days_of(fact.body.deadlines)),
    "mediation.period_extended": lambda side, fact: put(
        side, days=_merged(side, (fact.body.period,))
    ),
    "mediation.stage_advanced": _advanced,
    "mediation.grade_changed": lambda side, fact: put(side, grade=fact.body.to_grade),
    "mediation.assessment_saved": _saved,
    "mediation.assessment_signed": _signed,
    "mediation.conference_scheduled": _scheduled,
    "mediation.conference_held": _held,
    "mediation.session_held": lambda side, fact: put(side, sessions=fact.body.session_no),
    "mediation.agreement_signed": _agreed,
    "mediation.instalment_paid": _paid,
    "mediation.instalment_overdue": _late,
    "mediation.mediation_failed": lambda side, fact: put(side, failure=fact.body.failure),
    "mediation.arbitration_advised": lambda side, fact: put(side, advice=fact.body.delivered),
    "mediation.dispute_closed": _closed,
}
