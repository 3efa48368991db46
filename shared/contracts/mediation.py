"""What mediation tells: a dispute opens, finds its people, moves through its stages and ends."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import DeadlineFact, Event, InstalmentFact


class DisputeEvent(Event, frozen=True, kw_only=True):
    """A fact about one dispute, and the case it belongs to."""

    topic: ClassVar[str] = "mediation.disputes"
    about: ClassVar[str] = "dispute_id"
    dispute_id: UUID
    case_id: UUID


class DisputeOpened(DisputeEvent, frozen=True, kw_only=True):
    """Mediation took up the case, pinned to a version of the process."""

    name: ClassVar[str] = "mediation.dispute_opened"
    scheme: str
    scheme_version: int
    stage: str
    group: bool
    grade: str
    org: str
    employer_id: UUID | None
    claimant_count: int
    amount_fen: int | None
    deadlines: tuple[DeadlineFact, ...]


class TrackChosen(DisputeEvent, frozen=True, kw_only=True):
    """On whose initiative the union mediates was settled, and the dates were counted anew.

    `track`: `organisation`, `committee`, `court_before_filing`, `court_ordinary`, `court_summary` or `arbitration`.
    """

    name: ClassVar[str] = "mediation.track_chosen"
    track: str
    started_on: date
    deadlines: tuple[DeadlineFact, ...]


class PeriodExtended(DisputeEvent, frozen=True, kw_only=True):
    """Both sides agreed to a longer period while it ran (rule 19)."""

    name: ClassVar[str] = "mediation.period_extended"
    period: DeadlineFact


class DisputeProgressed(DisputeEvent, frozen=True, kw_only=True):
    """Where the dispute stands after a change: what the board shows, told with every change."""

    name: ClassVar[str] = "mediation.dispute_progressed"
    stage: str
    grade: str
    group: bool
    claimant_count: int
    amount_fen: int | None
    mediator_ids: tuple[UUID, ...]
    lawyer_id: UUID | None
    missing: tuple[str, ...]
    """Codes of the guards that the next step still lacks."""
    done: int
    total: int
    """Guards met and guards asked for the next step."""
    deadlines: tuple[DeadlineFact, ...]
    next_meeting_at: datetime | None = None


class LawyerOffered(DisputeEvent, frozen=True, kw_only=True):
    """The dispute was offered to a lawyer of the roster, who may accept or decline until `expires_at`."""

    name: ClassVar[str] = "mediation.lawyer_offered"
    offer_id: UUID
    lawyer_id: UUID
    attempt: int
    open_disputes: int
    considered: int
    excluded_conflict: int
    excluded_full: int
    expires_at: datetime


class LawyerDeclined(DisputeEvent, frozen=True, kw_only=True):
    """The lawyer declined, for one of the five reasons."""

    name: ClassVar[str] = "mediation.lawyer_declined"
    offer_id: UUID
    lawyer_id: UUID
    reason: str


class LawyerOfferExpired(DisputeEvent, frozen=True, kw_only=True):
    """The lawyer did not answer in time; nothing is held against them."""

    name: ClassVar[str] = "mediation.lawyer_offer_expired"
    offer_id: UUID
    lawyer_id: UUID


class LawyerAssigned(DisputeEvent, frozen=True, kw_only=True):
    """A lawyer accepted, or the coordinator assigned one, and declared no conflict."""

    name: ClassVar[str] = "mediation.lawyer_assigned"
    lawyer_id: UUID
    offer_id: UUID | None


class LawyerPoolEmpty(DisputeEvent, frozen=True, kw_only=True):
    """Nobody of the roster is free and without conflict: the coordinator decides."""

    name: ClassVar[str] = "mediation.lawyer_pool_empty"
    attempts: int


class MediatorAssigned(DisputeEvent, frozen=True, kw_only=True):
    """A mediator handles the dispute; `presides` when there are two or more."""

    name: ClassVar[str] = "mediation.mediator_assigned"
    mediator_id: UUID
    presides: bool


class DisputeAccepted(DisputeEvent, frozen=True, kw_only=True):
    """Both sides agreed to mediation and it was accepted (rules 17, 18)."""

    name: ClassVar[str] = "mediation.dispute_accepted"
    accepted_on: date
    deadlines: tuple[DeadlineFact, ...]


class StageAdvanced(DisputeEvent, frozen=True, kw_only=True):
    """The dispute moved on; every guard of the step was met."""

    name: ClassVar[str] = "mediation.stage_advanced"
    from_stage: str
    to_stage: str


class GradeChanged(DisputeEvent, frozen=True, kw_only=True):
    """The grade rose by rule 49, or a supervisor lowered it."""

    name: ClassVar[str] = "mediation.grade_changed"
    from_grade: str
    to_grade: str
    automatic: bool


class AssessmentSaved(DisputeEvent, frozen=True, kw_only=True):
    """Somebody worked on one of the three assessments."""

    name: ClassVar[str] = "mediation.assessment_saved"
    assessment: int
    edition: int
    items_done: int
    items_total: int


class AssessmentSigned(DisputeEvent, frozen=True, kw_only=True):
    """A member signed the exact content of an assessment (its hash)."""

    name: ClassVar[str] = "mediation.assessment_signed"
    assessment: int
    edition: int
    signer_id: UUID
    signatures: int
    required: int
    content_hash: str


class ConferenceScheduled(DisputeEvent, frozen=True, kw_only=True):
    """The joint meeting (一会) has a time and a place."""

    name: ClassVar[str] = "mediation.conference_scheduled"
    conference_id: UUID
    starts_at: datetime
    room: str
    attendee_ids: tuple[UUID, ...]


class ConferenceHeld(DisputeEvent, frozen=True, kw_only=True):
    """The joint meeting took place; its decisions have owners and due dates."""

    name: ClassVar[str] = "mediation.conference_held"
    conference_id: UUID
    attended: int
    decisions: int


class ConferenceWaived(DisputeEvent, frozen=True, kw_only=True):
    """Below G2 the meeting was waived with a recorded reason."""

    name: ClassVar[str] = "mediation.conference_waived"
    waived_by: UUID


class SessionHeld(DisputeEvent, frozen=True, kw_only=True):
    """The parties met before the mediator."""

    name: ClassVar[str] = "mediation.session_held"
    session_no: int
    result: str


class HardshipFlagged(DisputeEvent, frozen=True, kw_only=True):
    """The mediator saw that a claimant is in hardship: welfare opens an application."""

    name: ClassVar[str] = "mediation.hardship_flagged"
    party_id: UUID
    programme: str
    org: str
    region: str


class AgreementSigned(DisputeEvent, frozen=True, kw_only=True):
    """The parties signed; the instalments add up to the total."""

    name: ClassVar[str] = "mediation.agreement_signed"
    agreement_id: UUID
    total_fen: int
    instalments: tuple[InstalmentFact, ...]
    effective_at: datetime
    deadlines: tuple[DeadlineFact, ...]


class InstalmentPaid(DisputeEvent, frozen=True, kw_only=True):
    """The worker confirmed that an instalment arrived."""

    name: ClassVar[str] = "mediation.instalment_paid"
    agreement_id: UUID
    no: int
    amount_fen: int
    paid_fen: int
    total_fen: int


class InstalmentOverdue(DisputeEvent, frozen=True, kw_only=True):
    """A promised instalment did not arrive by its date (rule 30 offers the payment order)."""

    name: ClassVar[str] = "mediation.instalment_overdue"
    agreement_id: UUID
    no: int


class MediationPeriodOver(DisputeEvent, frozen=True, kw_only=True):
    """A period of the mediation ran out while the dispute was open: a party may go to arbitration."""

    name: ClassVar[str] = "mediation.period_over"
    deadline: str


class MediationFailed(DisputeEvent, frozen=True, kw_only=True):
    """No agreement; the code says why (domain section 3.8)."""

    name: ClassVar[str] = "mediation.mediation_failed"
    failure: str


class ArbitrationAdvised(DisputeEvent, frozen=True, kw_only=True):
    """The written advice on the right to arbitration was given or its refusal recorded (rule 32)."""

    name: ClassVar[str] = "mediation.arbitration_advised"
    delivered: str


class DisputeClosed(DisputeEvent, frozen=True, kw_only=True):
    """The file is complete and archived."""

    name: ClassVar[str] = "mediation.dispute_closed"
    outcome: str
