"""What is recorded while a dispute is handled: facts, consents, people, assessments, meeting, sessions, time."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.mediation.domain import assessment as assessments
from services.mediation.domain import conference as conferences
from services.mediation.domain import deadlines as clocks
from services.mediation.domain.assessment import Assessment
from services.mediation.domain.conference import Conference
from services.mediation.domain.consent import (
    ConflictDeclaration,
    Consent,
    Purpose,
    may_serve,
    refuse_unclear,
    refused_by,
)
from services.mediation.domain.dispute import (
    SESSIONS_MAX,
    Dispute,
    LegalOpinion,
    NotInThisStage,
    Session,
    SideRefused,
    refuse_ended,
    refuse_not_running,
)
from services.mediation.domain.grade import Circumstances, Grade, lowered, raised
from services.mediation.domain.mediators import (
    MEDIATORS_PER_DISPUTE_MAX,
    CaseRole,
    MediatorUnfit,
    refuse_role_conflict,
)
from services.mediation.domain.scheme import Scheme, Stage, StageKind
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.people import Actor, Role


def with_new_facts(dispute: Dispute, scheme: Scheme, what: Circumstances) -> Dispute:
    """More workers, a blocked road: the grade follows upwards and must be confirmed anew if it moved.

    Facts come whether or not work on the dispute is suspended.
    """
    grade = raised(dispute.grade, what, scheme.ladder)
    moved = grade != dispute.grade
    confirmed = None if moved else dispute.grade_confirmed_by
    return replace(dispute, claimant_count=what.people, grade=grade, grade_confirmed_by=confirmed)


def with_consent(dispute: Dispute, consent: Consent) -> Dispute:
    """A side's answer, yes or no."""
    refuse_not_running(dispute)
    refuse_unclear(consent)
    return replace(dispute, consents=(*dispute.consents, consent))


def with_declaration(dispute: Dispute, declaration: ConflictDeclaration) -> Dispute:
    """A mediator's or lawyer's statement about the parties."""
    refuse_not_running(dispute)
    return replace(dispute, declarations=(*dispute.declarations, declaration))


def assign_mediators(dispute: Dispute, mediators: tuple[UUID, ...]) -> Dispute:
    """The mediators, presider first; the case's lawyer cannot be one of them."""
    refuse_ended(dispute)
    if not 0 < len(set(mediators)) == len(mediators) <= MEDIATORS_PER_DISPUTE_MAX:
        raise MediatorUnfit(why="number")
    if dispute.lawyer in mediators:
        raise MediatorUnfit(why="lawyer_of_the_case")
    return replace(
        dispute, mediators=mediators, mediated_by=dispute.mediated_by | frozenset(mediators)
    )


def assign_lawyer(dispute: Dispute, lawyer: UUID) -> Dispute:
    """A lawyer who accepted; never one who mediated this case (rule 24)."""
    refuse_ended(dispute)
    refuse_role_conflict(lawyer, CaseRole.AGENT, dispute.mediated_by)
    return replace(dispute, lawyer=lawyer)


def lower_grade(dispute: Dispute, to: Grade, actor: Actor, reason: str) -> Dispute:
    """A supervisor's decision that the matter is less grave; deciding it confirms it."""
    refuse_not_running(dispute)
    return replace(
        dispute, grade=lowered(dispute.grade, to, actor, reason), grade_confirmed_by=actor.id
    )


def confirm_grade(dispute: Dispute, by: UUID) -> Dispute:
    """A person stands by the grade the ladder gave."""
    refuse_not_running(dispute)
    return replace(dispute, grade_confirmed_by=by)


def write_assessment(dispute: Dispute, draft: Assessment) -> Dispute:
    """The present stage's assessment written, or an earlier one amended, at the dispute's grade."""
    refuse_not_running(dispute)
    known = assessments.current(dispute.assessments, draft.stage)
    if draft.stage != dispute.stage and known is None:
        raise NotInThisStage(stage=dispute.stage)
    graded = replace(draft, grade=dispute.grade)
    return replace(dispute, assessments=assessments.written(dispute.assessments, graded))


def sign_assessment(
    dispute: Dispute, stage: Stage, person: UUID, role: Role, at: datetime
) -> Dispute:
    """One more signature under a stage's assessment; as a mediator sign only those of the dispute."""
    refuse_not_running(dispute)
    if role is Role.MEDIATOR and person not in dispute.mediators:
        raise assessments.NotASigner(role=role.value)
    latest = assessments.current(dispute.assessments, stage.id)
    if latest is None:
        raise NotInThisStage(stage=dispute.stage)
    signed = assessments.signed(latest, stage, person, role, at)
    changed = tuple(signed if one is latest else one for one in dispute.assessments)
    return replace(dispute, assessments=changed)


def give_opinion(dispute: Dispute, opinion: LegalOpinion) -> Dispute:
    """The written opinion of the dispute's own lawyer; a later one replaces it."""
    refuse_ended(dispute)
    if opinion.by != dispute.lawyer:
        raise NotAllowed
    return replace(dispute, legal_opinion=opinion)


def schedule_meeting(dispute: Dispute, scheme: Scheme, conference: Conference) -> Dispute:
    """The joint meeting planned, or moved while it has no minutes yet."""
    if dispute.conference is not None and dispute.conference.minutes:
        raise conferences.MeetingMinuted
    return record_meeting(dispute, scheme, conference)


def record_meeting(dispute: Dispute, scheme: Scheme, conference: Conference) -> Dispute:
    """The joint meeting as scheduled, held and minuted, in its stage."""
    refuse_ended(dispute)
    if scheme.stage(dispute.stage).kind is not StageKind.CONFERENCE:
        raise NotInThisStage(stage=dispute.stage)
    return replace(dispute, conference=conference)


def close_decision(dispute: Dispute, decision_id: UUID, on: date) -> Dispute:
    """A decision of the meeting was carried out."""
    refuse_not_running(dispute)
    if dispute.conference is None:
        raise conferences.DecisionUnknown(decision_id=str(decision_id))
    return replace(dispute, conference=conferences.done(dispute.conference, decision_id, on))


def plan_session(dispute: Dispute, scheme: Scheme, session: Session) -> Dispute:
    """A session planned: in the mediation stage, with nobody refusing, by mediators free to serve."""
    refuse_ended(dispute)
    if scheme.stage(dispute.stage).kind is not StageKind.MEDIATION:
        raise NotInThisStage(stage=dispute.stage)
    if refused_by(dispute.consents, Purpose.MEDIATION):
        raise SideRefused
    if len(dispute.sessions) >= SESSIONS_MAX:
        raise NotInThisStage(sessions_max=SESSIONS_MAX)
    if not all(may_serve(one, dispute.declarations, dispute.consents) for one in dispute.mediators):
        raise MediatorUnfit(why="conflict")
    return replace(dispute, sessions=(*dispute.sessions, session))


def hold_session(dispute: Dispute, session_id: UUID, on: date) -> Dispute:
    """A planned session took place; it takes place once."""
    refuse_ended(dispute)
    if all(one.id != session_id or one.held_on for one in dispute.sessions):
        raise NotInThisStage(session_id=str(session_id))
    changed = tuple(
        replace(one, held_on=on) if one.id == session_id else one for one in dispute.sessions
    )
    return replace(dispute, sessions=changed)


def extend(
    dispute: Dispute, kind: str, to: date, scheme: Scheme, calendar: WorkCalendar
) -> Dispute:
    """A mediation period moved by both sides' consent (rule 19)."""
    refuse_ended(dispute)
    deadline = dispute.deadline(kind)
    if deadline is None:
        raise clocks.NotExtendable(kind=kind)
    moved = clocks.extend(
        deadline,
        to,
        dispute.consents,
        calendar,
        cap_days=scheme.settings.extension_days_max,
    )
    return replace(dispute, deadlines=clocks.replaced(dispute.deadlines, moved))


def recalculated(dispute: Dispute, calendar: WorkCalendar) -> Dispute:
    """Provisional deadlines by a calendar that knows more (rule 5); equal to itself if none moved."""
    changed = tuple(
        one.recalculated(calendar) if one.provisional else one for one in dispute.deadlines
    )
    return replace(dispute, deadlines=changed)
