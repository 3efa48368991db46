"""Two cases about one matter become one (并单; rule 11): the one that goes on takes the workers of the other.

A merged case keeps its history, its number and its tracking code and leads to the other one. It is not taken apart again:
its workers, and what is done from then on, belong to the other case.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import Act, State
from services.intake.domain.claimants import join
from services.intake.domain.dispatching import check_free
from services.intake.domain.reading import PEOPLE_MAX
from shared.vocabulary.errors import Refused

GOES_ON = frozenset({State.DISPATCHED, State.IN_PROGRESS, State.RETURNED, State.REOPENED})
"""States in which work is still to be done, so that more workers may join."""
SECRECY = ("none", "from_employer", "full")


class MergeTargetDone(Refused):
    """What is handled or closed takes no more workers."""

    code = "merge_target_done"
    zh = "目标工单已办理完毕，不能再并入；请选择仍在办理的工单。"
    en = "That case is handled already. Choose one that is still being worked on."


class NotSameMatter(Refused):
    """Only cases of one category, about one employer or of one caller, are one matter."""

    code = "not_same_matter"
    zh = "两件工单诉求类别不同，或既非同一用人单位也非同一来电人，不能合并。"
    en = "The cases differ in category, or have neither employer nor caller in common."


class MergeWouldReveal(Refused):
    """Whoever hides would be listed where others are not hidden (rule 45)."""

    code = "merge_would_reveal"
    zh = "该工单来电人要求保密，目标工单保密程度较低，合并会泄露身份，不能合并。"
    en = "The caller hides, and the other case is less confidential: merging would reveal them."


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who has the claim of a case, and from whom it is kept (`SECRECY`)."""

    claimant_ids: tuple[UUID, ...]
    confidential: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The case that ends, and what the other one has from now on."""

    ended: Case
    added: tuple[UUID, ...]
    claimant_count: int
    amount_fen: int | None


def merge(ends: Case, its: Sharing, goes_on: Case, others: Sharing) -> Merged:
    """Nothing that another service has in hand is merged away; nobody is counted twice."""
    ended = ends.do(Act.MERGE)
    check_free(ends)
    if goes_on.state not in GOES_ON:
        raise MergeTargetDone
    if not same_matter(ends, goes_on):
        raise NotSameMatter
    if SECRECY.index(its.confidential) > SECRECY.index(others.confidential):
        raise MergeWouldReveal
    joined = join(others.claimant_ids, its.claimant_ids)
    together = goes_on.claimant_count + ends.claimant_count - len(joined.repeated)
    amounts = [one for one in (goes_on.amount_fen, ends.amount_fen) if one is not None]
    return Merged(
        replace(ended, merged_into=goes_on.id),
        joined.added,
        min(max(together, goes_on.claimant_count), PEOPLE_MAX),
        sum(amounts) if amounts else None,
    )


def same_matter(one: Case, other: Case) -> bool:
    """Whether two different cases may be one."""
    shares = one.caller_id == other.caller_id or (
        one.employer_id is not None and one.employer_id == other.employer_id
    )
    return one.id != other.id and one.category == other.category and shares
