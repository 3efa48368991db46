"""The workers who share a claim: nobody twice, and not more than a case can list."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shared.vocabulary.errors import FieldError, Invalid

CLAIMANTS_PER_CASE_MAX = 2_000
FIELD = "call.claimants"


@dataclass(frozen=True, slots=True)
class Joined:
    """Who is new to the list, and who was there already."""

    added: tuple[UUID, ...]
    repeated: tuple[UUID, ...]


def join(listed: Iterable[UUID], arriving: Iterable[UUID]) -> Joined:
    """Add workers; the same person is counted once."""
    known = set(listed)
    added: list[UUID] = []
    repeated: list[UUID] = []
    for one in arriving:
        (repeated if one in known else added).append(one)
        known.add(one)
    if len(known) > CLAIMANTS_PER_CASE_MAX:
        raise Invalid(
            FieldError(
                FIELD,
                "too_many_claimants",
                f"一件工单最多登记 {CLAIMANTS_PER_CASE_MAX} 名职工，请分件登记后合并为集体争议。",
                f"A case lists at most {CLAIMANTS_PER_CASE_MAX} workers. Split it and link the cases.",
            )
        )
    return Joined(tuple(added), tuple(repeated))
