"""A labour dispute in mediation: what is known of it.

What may be recorded in it is in `handling.py` and `settling.py`, its moves from stage to stage in `stages.py`,
what a stage asks for in `guards.py`. Each of those takes a dispute and returns the changed one, or refuses.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.mediation.domain import deadlines as clocks
from services.mediation.domain.agreement import Agreement
from services.mediation.domain.assessment import Assessment
from services.mediation.domain.conference import Conference, MeetingWaiver
from services.mediation.domain.consent import (
    ConflictDeclaration,
    Consent,
)
from services.mediation.domain.deadlines import Track
from services.mediation.domain.grade import Circumstances, Grade, grade_of, is_collective
from services.mediation.domain.outcome import ArbitrationAdvice, Outcome
from services.mediation.domain.scheme import Scheme
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.deadlines import Deadline
from shared.vocabulary.errors import Refused

SESSIONS_MAX = 50


class Status(StrEnum):
    """Suspended on suspicion of a sham; the clocks keep running (特邀调解规定 18)."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class LegalOpinion:
    """The lawyer's written opinion; the text is a document of the file."""

    by: UUID
    on: date
    document_id: UUID


@dataclass(frozen=True, slots=True)
class Session:
    """A mediation session: planned for a time, held on a day."""

    id: UUID
    planned_at: datetime
    held_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The aggregate. The first mediator presides; `mediated_by` keeps everybody who ever did (rule 24)."""

    id: UUID
    case_id: UUID
    org: str
    employer_id: UUID | None
    track: Track
    claimant_count: int
    amount_fen: int
    received_on: date
    scheme_id: str
    scheme_version: int
    stage: str
    grade: Grade
    version: int = 0
    status: Status = Status.RUNNING
    in_scope: bool | None = None
    complex_case: bool = False
    party_asked_two: bool = False
    accepted_on: date | None = None
    grade_confirmed_by: UUID | None = None
    mediators: tuple[UUID, ...] = ()
    mediated_by: frozenset[UUID] = frozenset()
    lawyer: UUID | None = None
    legal_opinion: LegalOpinion | None = None
    deadlines: tuple[Deadline, ...] = ()
    consents: tuple[Consent, ...] = ()
    declarations: tuple[ConflictDeclaration, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    conference: Conference | None = None
    meeting_waiver: MeetingWaiver | None = None
    sessions: tuple[Session, ...] = ()
    agreement: Agreement | None = None
    outcome: Outcome | None = None
    advice: ArbitrationAdvice | None = None
    file_items: frozenset[str] = frozenset()

    @property
    def is_collective(self) -> bool:
        """Ten or more workers (调解仲裁法 7)."""
        return is_collective(self.claimant_count)

    @property
    def is_settled(self) -> bool:
        """Ended by agreement."""
        return self.outcome is Outcome.AGREEMENT

    @property
    def seeks_lawyer(self) -> bool:
        """Nobody leads it yet, and there is something left to lead."""
        return self.lawyer is None and self.outcome is None and self.status is Status.RUNNING

    @property
    def meeting_ahead(self) -> Conference | None:
        """The joint meeting that is scheduled and not yet minuted."""
        return self.conference if self.conference and not self.conference.minutes else None

    def deadline(self, kind: str) -> Deadline | None:
        """The deadline of a kind, if it runs."""
        return next((one for one in self.deadlines if one.kind == kind), None)


class NotRunning(Refused):
    """Suspended or archived."""

    code = "dispute_not_running"
    zh = "本案已中止或已归档，不能继续办理；如需恢复，请由分管负责人处理。"
    en = "The dispute is suspended or archived. A supervisor can resume it."


class NotInThisStage(Refused):
    """The act does not belong to the present stage."""

    code = "not_in_this_stage"
    zh = "当前阶段不能办理这一步，请刷新页面，按本阶段列出的操作办理。"
    en = "This step does not belong to the present stage. Refresh and use the steps offered."


class SideRefused(Refused):
    """Rule 22: a refusal ends the mediation; no session is planned."""

    code = "side_refused"
    zh = "一方已明确拒绝调解，不能安排调解；请登记“拒绝调解”结案并书面告知申请人。"
    en = "A side has refused. Close as “refused” and tell the applicant in writing."


class OutcomeIsFixed(Refused):
    """The mediation has ended."""

    code = "outcome_recorded"
    zh = "本案调解已有结果，不能再改；请继续办理研判、履行跟踪或归档。"
    en = "The mediation has ended and its outcome is fixed. Go on with what follows."


def open_dispute(
    dispute: Dispute, scheme: Scheme, what: Circumstances, calendar: WorkCalendar
) -> Dispute:
    """A dispute at the first stage of its scheme, graded by its facts, with its clocks running."""
    return replace(
        dispute,
        scheme_id=scheme.id,
        scheme_version=scheme.version,
        stage=scheme.first.id,
        grade=grade_of(what, scheme.ladder).grade,
        deadlines=clocks.opening(dispute.track, dispute.received_on, calendar),
    )


def refuse_not_running(dispute: Dispute) -> None:
    """Nothing is recorded in a suspended or archived dispute."""
    if dispute.status is not Status.RUNNING:
        raise NotRunning(status=dispute.status.value)


def refuse_ended(dispute: Dispute) -> None:
    """Nothing that leads to an outcome is recorded once there is one."""
    refuse_not_running(dispute)
    if dispute.outcome is not None:
        raise OutcomeIsFixed(outcome=dispute.outcome.value)
