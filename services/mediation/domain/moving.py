"""Moving running disputes to another version of their scheme: preview with a reason per case, apply, revert."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from services.mediation.domain.dispute import Dispute, Status
from services.mediation.domain.missing import Missing
from services.mediation.domain.scheme import Scheme
from services.mediation.domain.stages import missing_now
from shared.vocabulary.errors import Refused

DISPUTES_PER_MOVE_MAX = 500


class Verdict(StrEnum):
    """What the preview says of one dispute."""

    MOVES = "moves"
    STAGE_UNKNOWN = "stage_unknown"
    KIND_DIFFERS = "kind_differs"
    ARCHIVED = "archived"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True, slots=True)
class Move:
    """One dispute's part of a move; enough to undo it.

    `missing` is what its stage lacks under the new version: for information, it does not stop the move.
    """

    dispute_id: UUID
    verdict: Verdict
    from_scheme: str
    from_version: int
    from_stage: str
    to_scheme: str
    to_version: int
    missing: tuple[Missing, ...] = ()


class CannotMove(Refused):
    """The preview's verdict forbids it, or the dispute went on since."""

    code = "dispute_cannot_move"
    zh = "本案不能迁移到所选流程版本，或迁移后已继续办理；请查看预览给出的原因。"
    en = "The dispute cannot move to that version, or has gone on since. See the preview's reason."


def preview(dispute: Dispute, old: Scheme, new: Scheme) -> Move:
    """What would become of a dispute."""
    verdict = _verdict(dispute, old, new)
    missing: tuple[Missing, ...] = ()
    if verdict is Verdict.MOVES:
        missing = tuple(missing_now(new, dispute))
    return Move(
        dispute_id=dispute.id,
        verdict=verdict,
        from_scheme=dispute.scheme_id,
        from_version=dispute.scheme_version,
        from_stage=dispute.stage,
        to_scheme=new.id,
        to_version=new.version,
        missing=missing,
    )


def moved(dispute: Dispute, move: Move) -> Dispute:
    """The dispute pinned to the new version, in the stage of the same id."""
    here = (dispute.scheme_id, dispute.scheme_version, dispute.stage)
    if move.verdict is not Verdict.MOVES or here != (
        move.from_scheme,
        move.from_version,
        move.from_stage,
    ):
        raise CannotMove(verdict=move.verdict.value)
    return replace(dispute, scheme_id=move.to_scheme, scheme_version=move.to_version)


def reverted(dispute: Dispute, move: Move) -> Dispute:
    """The dispute pinned back to where it came from, if it has not gone on to another stage."""
    here = (dispute.scheme_id, dispute.scheme_version, dispute.stage)
    if here != (move.to_scheme, move.to_version, move.from_stage):
        raise CannotMove(verdict=move.verdict.value)
    return replace(dispute, scheme_id=move.from_scheme, scheme_version=move.from_version)


def _verdict(dispute: Dispute, old: Scheme, new: Scheme) -> Verdict:
    if dispute.status is Status.ARCHIVED:
        return Verdict.ARCHIVED
    if (dispute.scheme_id, dispute.scheme_version) == (new.id, new.version):
        return Verdict.ALREADY_THERE
    if not new.has(dispute.stage):
        return Verdict.STAGE_UNKNOWN
    if new.stage(dispute.stage).kind is not old.stage(dispute.stage).kind:
        return Verdict.KIND_DIFFERS
    return Verdict.MOVES
