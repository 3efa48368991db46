"""What is compared before a lawyer takes a dispute, and what was found (特邀调解规定 15、16；在线调解规则 13).

A relation to a party bars the lawyer; having met the same employer or worker in another dispute bars nobody, but
is said, for only the lawyer can tell whether it may affect their fairness.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.mediation.domain.consent import Relation
from services.mediation.domain.dispute import Dispute
from shared.vocabulary.errors import Refused

SOURCE = "特邀调解规定 15、16；在线调解规则 13"


class Nearness(StrEnum):
    """What bars a lawyer from a dispute."""

    TIED = "tied_to_employer"
    DECLARED = "declared_relation"
    MEDIATED = "mediated_this_case"


@dataclass(frozen=True, slots=True)
class OwnDispute:
    """Another dispute that the lawyer leads or led, as far as it meets the one compared."""

    same_employer: bool
    same_worker: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many own disputes and disclosed employers were looked at, and what was found."""

    disputes: int
    employers: int
    same_employer: int
    same_worker: int
    found: tuple[Nearness, ...]

    @property
    def conflict(self) -> bool:
        """Whether the lawyer may not take the dispute."""
        return bool(self.found)


class LawyerNear(Refused):
    """Said to the lawyer who would accept all the same."""

    code = "lawyer_near_a_party"
    zh = "系统比对发现您与本案有利害关系或曾调解本案，不能接受；请谢绝并选择“有利益冲突”，系统将改询下一位。"
    en = "The comparison found a relation of yours to this case. Decline for a conflict; the next lawyer is asked."


def declared_near(dispute: Dispute) -> frozenset[UUID]:
    """Everybody whose last declaration in the dispute discloses a relation to a party."""
    last = {one.person: one.relation for one in dispute.declarations}
    return frozenset(person for person, relation in last.items() if relation is not Relation.NONE)


def compare(
    lawyer: UUID, dispute: Dispute, own: Sequence[OwnDispute], tied_to: Collection[UUID]
) -> Comparison:
    """The lawyer beside a dispute: the other disputes they lead or led, the employers they are tied to."""
    bars = (
        (Nearness.TIED, dispute.employer_id is not None and dispute.employer_id in tied_to),
        (Nearness.DECLARED, lawyer in declared_near(dispute)),
        (Nearness.MEDIATED, lawyer in dispute.mediated_by),
    )
    return Comparison(
        disputes=len(own),
        employers=len(tied_to),
        same_employer=sum(one.same_employer for one in own),
        same_worker=sum(one.same_worker for one in own),
        found=tuple(nearness for nearness, applies in bars if applies),
    )


def refuse_near(compared: Comparison) -> None:
    """Nobody takes a dispute in which the comparison found a conflict, whatever they declare."""
    if compared.conflict:
        raise LawyerNear(found=[one.value for one in compared.found])
