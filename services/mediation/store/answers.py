"""What every command on a dispute answers: where the dispute now stands and what it still lacks."""

from uuid import UUID

from services.mediation.domain.dispute import Dispute, Status
from services.mediation.domain.scheme import Scheme
from services.mediation.domain.stages import missing_now
from shared.kernel.command import Response


class MissingItem(Response):
    """One thing not yet done, and the act that cures it."""

    code: str
    zh: str
    en: str
    cure: str


class DisputeChanged(Response):
    """The state after the command."""

    dispute_id: UUID
    stage: str
    status: str
    grade: str
    missing: list[MissingItem]


def changed(dispute: Dispute, scheme: Scheme) -> DisputeChanged:
    """The answer about a dispute."""
    return DisputeChanged(
        dispute_id=dispute.id,
        stage=dispute.stage,
        status=dispute.status.value,
        grade=dispute.grade.value,
        missing=missing_items(dispute, scheme),
    )


def missing_items(dispute: Dispute, scheme: Scheme) -> list[MissingItem]:
    """What the next step lacks, in the order of the scheme."""
    if dispute.status is not Status.RUNNING:
        return []
    return [
        MissingItem(code=one.code, zh=one.zh, en=one.en, cure=one.cure)
        for one in missing_now(scheme, dispute)
    ]
