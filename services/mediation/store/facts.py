"""Where domain words become wire words: what is told of a dispute."""

from collections.abc import Iterable

from services.mediation.domain.dispute import Dispute, Status
from services.mediation.domain.lawyers import LawyerChoice, Offer, Passed
from services.mediation.domain.scheme import Scheme
from services.mediation.domain.stages import missing_now
from shared.contracts.base import DeadlineFact
from shared.contracts.mediation import DisputeOpened, DisputeProgressed, LawyerOffered
from shared.vocabulary.deadlines import Deadline


def dates(deadlines: Iterable[Deadline]) -> tuple[DeadlineFact, ...]:
    """Deadlines as they travel."""
    return tuple(
        DeadlineFact(
            kind=one.kind,
            rule=one.rule,
            source=one.source,
            start_event=one.start_event,
            start=one.start,
            raw=one.raw,
            effective=one.effective,
            provisional=one.provisional,
            reason=one.reason,
        )
        for one in deadlines
    )


def opened(dispute: Dispute) -> DisputeOpened:
    """The dispute exists, pinned to its scheme."""
    return DisputeOpened(
        dispute_id=dispute.id,
        case_id=dispute.case_id,
        scheme=dispute.scheme_id,
        scheme_version=dispute.scheme_version,
        stage=dispute.stage,
        group=dispute.is_collective,
        grade=dispute.grade.value,
        org=dispute.org,
        employer_id=dispute.employer_id,
        claimant_count=dispute.claimant_count,
        amount_fen=dispute.amount_fen,
        deadlines=dates(dispute.deadlines),
    )


def progressed(dispute: Dispute, scheme: Scheme) -> DisputeProgressed:
    """What the board shows of the dispute now."""
    missing = missing_now(scheme, dispute) if dispute.status is Status.RUNNING else []
    guards = len(scheme.stage(dispute.stage).guards)
    ahead = dispute.meeting_ahead
    return DisputeProgressed(
        dispute_id=dispute.id,
        case_id=dispute.case_id,
        stage=dispute.stage,
        grade=dispute.grade.value,
        group=dispute.is_collective,
        claimant_count=dispute.claimant_count,
        amount_fen=dispute.amount_fen,
        mediator_ids=dispute.mediators,
        lawyer_id=dispute.lawyer,
        missing=tuple(one.code for one in missing),
        done=max(0, guards - len(missing)),
        total=max(guards, len(missing)),
        deadlines=dates(dispute.deadlines),
        next_meeting_at=ahead.booking.starts_at if ahead else None,
    )


def offered(dispute: Dispute, offer: Offer, choice: LawyerChoice, attempt: int) -> LawyerOffered:
    """The dispute was offered, and how the lawyer was chosen (numbers only)."""
    passed = [one.passed for one in choice.considered]
    load = next(one.open_disputes for one in choice.considered if one.passed is None)
    return LawyerOffered(
        dispute_id=dispute.id,
        case_id=dispute.case_id,
        offer_id=offer.id,
        lawyer_id=offer.lawyer_id,
        attempt=attempt,
        open_disputes=load,
        considered=len(passed),
        excluded_conflict=passed.count(Passed.CONFLICT),
        excluded_full=passed.count(Passed.FULL),
        expires_at=offer.expires_at,
    )
