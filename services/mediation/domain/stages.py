"""The moves of a dispute from stage to stage: one match on (kind of stage, act); all else is refused.

An act is refused while the stage's guards find something missing; the refusal lists all of it.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from services.mediation.domain import deadlines as clocks
from services.mediation.domain.conference import Conference, MeetingWaiver
from services.mediation.domain.dispute import Dispute, NotInThisStage, NotRunning, Status
from services.mediation.domain.guards import GUARDS, missing_for
from services.mediation.domain.missing import Missing, refuse_if
from services.mediation.domain.outcome import ArbitrationAdvice, Outcome
from services.mediation.domain.scheme import Scheme, Stage, StageKind
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.errors import Refused


class Act(StrEnum):
    """What moves a dispute."""

    ADVANCE = "advance"
    WAIVE_MEETING = "waive_meeting"
    END = "end"
    SEND_BACK = "send_back"
    ARCHIVE = "archive"
    SUSPEND = "suspend"
    RESUME = "resume"


class MeetingRequired(Refused):
    """From the scheme's grade on the meeting cannot be waived."""

    code = "meeting_required"
    zh = "本案等级要求召开会商，不能免除；请安排会商并形成纪要和决定。"
    en = "This grade requires the joint meeting. Schedule it, and record minutes and decisions."


class ReasonNeeded(Refused):
    """The act must be explained."""

    code = "reason_needed"
    zh = "请写明理由。"
    en = "Write a reason."


class EndedByAgreement(Refused):
    """An agreement is concluded by advancing from mediation, not by ending it."""

    code = "agreement_is_not_a_failure"
    zh = "达成协议的案件请完成协议签署后进入下一阶段，不能按未达成办理。"
    en = "Complete the signatures and go on to the next stage; an agreement is not a failure."


def next_stage(scheme: Scheme, dispute: Dispute, act: Act) -> Stage:
    """The stage an act leads to; refuses acts that do not belong to the present one."""
    here = scheme.stage(dispute.stage)
    if dispute.outcome is not None:
        return _next_after_outcome(scheme, dispute, here, act)
    match here.kind, act:
        case (
            StageKind.ACCEPTANCE
            | StageKind.ASSESSMENT
            | StageKind.CONFERENCE
            | StageKind.MEDIATION,
            Act.ADVANCE,
        ) | (StageKind.CONFERENCE, Act.WAIVE_MEETING):
            return scheme.after(here.id, dispute.grade)
        case StageKind.ACCEPTANCE, Act.END:
            return scheme.archive
        case StageKind.ASSESSMENT | StageKind.CONFERENCE | StageKind.MEDIATION, Act.END:
            return scheme.closing_stage(dispute.grade)
        case StageKind.ASSESSMENT | StageKind.CONFERENCE | StageKind.MEDIATION, Act.SEND_BACK:
            return scheme.before(here.id, dispute.grade) or scheme.first
        case _:
            raise NotInThisStage(stage=here.id, act=act.value)


def _next_after_outcome(scheme: Scheme, dispute: Dispute, here: Stage, act: Act) -> Stage:
    match here.kind, act:
        case StageKind.ASSESSMENT, Act.ADVANCE if dispute.is_settled:
            return scheme.after(here.id, dispute.grade)
        case StageKind.ASSESSMENT, Act.ADVANCE:
            return scheme.archive
        case (StageKind.PERFORMANCE, Act.ADVANCE) | (StageKind.ARCHIVE, Act.ARCHIVE):
            return scheme.archive
        case _:
            raise NotInThisStage(stage=here.id, act=act.value)


def allowed_acts(scheme: Scheme, dispute: Dispute) -> tuple[Act, ...]:
    """The acts of the present state, whether or not their conditions are met yet."""
    match dispute.status:
        case Status.ARCHIVED:
            return ()
        case Status.SUSPENDED:
            return (Act.RESUME,)
        case Status.RUNNING:
            moves = tuple(act for act in Act if _belongs(scheme, dispute, act))
            return moves if dispute.outcome is not None else (*moves, Act.SUSPEND)


def missing_now(scheme: Scheme, dispute: Dispute) -> list[Missing]:
    """What the present stage still lacks for going on."""
    return missing_for(scheme.stage(dispute.stage), dispute, scheme)


def guards_now(scheme: Scheme, dispute: Dispute) -> dict[str, list[Missing]]:
    """Each condition of the present stage, met (nothing missing) or not, in the order of the scheme."""
    return {name: GUARDS[name](dispute, scheme) for name in scheme.stage(dispute.stage).guards}


def leads_to(scheme: Scheme, dispute: Dispute) -> str | None:
    """The stage that advancing leads to; None where the present one has no way on."""
    here = scheme.stage(dispute.stage)
    if dispute.status is not Status.RUNNING or here.id == scheme.archive.id:
        return None
    try:
        return next_stage(scheme, dispute, Act.ADVANCE).id
    except NotInThisStage:
        return None


def advance(dispute: Dispute, scheme: Scheme, today: date, calendar: WorkCalendar) -> Dispute:
    """On to the next stage, once the present one lacks nothing.

    Leaving acceptance accepts the dispute and starts the committee's clock; leaving mediation makes the
    agreement the outcome and starts the review periods.
    """
    there = _there(scheme, dispute, Act.ADVANCE)
    refuse_if(missing_now(scheme, dispute))
    moved = replace(dispute, stage=there.id)
    match scheme.stage(dispute.stage).kind:
        case StageKind.ACCEPTANCE if dispute.accepted_on is None:
            started = clocks.on_acceptance(dispute.track, today, calendar)
            return replace(moved, accepted_on=today, deadlines=(*dispute.deadlines, *started))
        case StageKind.MEDIATION if dispute.agreement and dispute.agreement.effective_on:
            started = clocks.on_agreement(dispute.agreement.effective_on, calendar)
            return replace(
                moved, outcome=Outcome.AGREEMENT, deadlines=(*dispute.deadlines, *started)
            )
        case _:
            return moved


def waive_meeting(dispute: Dispute, scheme: Scheme, waiver: MeetingWaiver) -> Dispute:
    """On without a joint meeting, below the scheme's grade and with a reason."""
    there = _there(scheme, dispute, Act.WAIVE_MEETING)
    if dispute.grade >= scheme.settings.meeting_from:
        raise MeetingRequired(grade=dispute.grade.value)
    if not waiver.reason.strip():
        raise ReasonNeeded
    return replace(
        dispute, stage=there.id, meeting_waiver=waiver, conference=_without_meeting_ahead(dispute)
    )


def end(dispute: Dispute, scheme: Scheme, outcome: Outcome, advice: ArbitrationAdvice) -> Dispute:
    """The mediation ends without agreement; the letter on arbitration is issued with it (rule 32)."""
    there = _there(scheme, dispute, Act.END)
    if outcome is Outcome.AGREEMENT or (dispute.agreement and dispute.agreement.effective_at):
        raise EndedByAgreement
    return replace(
        dispute,
        stage=there.id,
        outcome=outcome,
        advice=advice,
        conference=_without_meeting_ahead(dispute),
    )


def send_back(dispute: Dispute, scheme: Scheme, reason: str) -> Dispute:
    """Back to the stage before, with a reason."""
    there = _there(scheme, dispute, Act.SEND_BACK)
    if not reason.strip():
        raise ReasonNeeded
    return replace(dispute, stage=there.id)


def archive(dispute: Dispute, scheme: Scheme) -> Dispute:
    """The file is complete and closed for good."""
    _there(scheme, dispute, Act.ARCHIVE)
    refuse_if(missing_now(scheme, dispute))
    return replace(dispute, status=Status.ARCHIVED)


def suspend(dispute: Dispute, reason: str) -> Dispute:
    """Suspicion of a sham stops the work, not the clocks (rule 36)."""
    if dispute.status is not Status.RUNNING or dispute.outcome is not None:
        raise NotRunning(status=dispute.status.value)
    if not reason.strip():
        raise ReasonNeeded
    return replace(dispute, status=Status.SUSPENDED)


def resume(dispute: Dispute, reason: str) -> Dispute:
    """The suspicion is cleared."""
    if dispute.status is not Status.SUSPENDED:
        raise NotInThisStage(status=dispute.status.value)
    if not reason.strip():
        raise ReasonNeeded
    return replace(dispute, status=Status.RUNNING)


def _without_meeting_ahead(dispute: Dispute) -> Conference | None:
    return None if dispute.meeting_ahead else dispute.conference


def _there(scheme: Scheme, dispute: Dispute, act: Act) -> Stage:
    if dispute.status is not Status.RUNNING:
        raise NotRunning(status=dispute.status.value)
    return next_stage(scheme, dispute, act)


def _belongs(scheme: Scheme, dispute: Dispute, act: Act) -> bool:
    try:
        next_stage(scheme, dispute, act)
    except NotInThisStage:
        return False
    return act is not Act.WAIVE_MEETING or dispute.grade < scheme.settings.meeting_from
