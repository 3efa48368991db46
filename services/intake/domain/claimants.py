"""The workers who share a claim: nobody twice, how many they are, how much is owed in all."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.intake.domain.triage import is_collective
from shared.vocabulary.errors import FieldError, Invalid

CLAIMANTS_PER_CASE_MAX = 2_000
FIELD = "call.claimants"


@dataclass(frozen=True, slots=True)
class Claimant:
    """One worker. `identity` is a blind index of the ID number or the telephone; None if neither is known."""

    party_id: UUID
    identity: str | None = None
    owed_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Claimants:
    """Those known by person, and how many the caller says they are (`declared`)."""

    known: tuple[Claimant, ...] = ()
    declared: int = 1

    @property
    def count(self) -> int:
        """Head-count for rules: what was said, but never less than who is listed, and at least one."""
        return max(self.declared, len(self.known), 1)

    @property
    def owed_fen(self) -> int | None:
        """The sum of what is owed as far as it is known; None while nobody named an amount."""
        amounts = [one.owed_fen for one in self.known if one.owed_fen is not None]
        return sum(amounts) if amounts else None


@dataclass(frozen=True, slots=True)
class Joined:
    """The list after more workers joined: who is new, who was there already."""

    claimants: Claimants
    added: tuple[Claimant, ...]
    repeated: tuple[Claimant, ...]
    became_collective: bool
    """True exactly once: with the claimant who makes ten (rule 8)."""


def join(before: Claimants, arriving: Iterable[Claimant]) -> Joined:
    """Add workers; the same person, by party or by identity, is counted once."""
    known = list(before.known)
    ids = {one.party_id for one in known}
    identities = {one.identity for one in known if one.identity}
    added: list[Claimant] = []
    repeated: list[Claimant] = []
    for one in arriving:
        if one.party_id in ids or (one.identity and one.identity in identities):
            repeated.append(one)
            continue
        ids.add(one.party_id)
        identities |= {one.identity} if one.identity else set()
        added.append(one)
    _check_size(len(known) + len(added))
    after = Claimants(known=(*known, *added), declared=before.declared)
    crossed = is_collective(after.count) and not is_collective(before.count)
    return Joined(after, tuple(added), tuple(repeated), became_collective=crossed)


def listed(arriving: Iterable[Claimant], *, declared: int = 1) -> Claimants:
    """The list of a new case; a person entered twice is an input error the operator corrects."""
    joined = join(Claimants(declared=0), arriving)
    if joined.repeated:
        raise Invalid(
            FieldError(
                FIELD,
                "claimant_twice",
                f"名单中有 {len(joined.repeated)} 人重复（同一证件号或电话），请删除重复行。",
                f"{len(joined.repeated)} people are listed twice (same ID or telephone). Remove them.",
            )
        )
    return Claimants(known=joined.added, declared=declared)


def _check_size(count: int) -> None:
    if count > CLAIMANTS_PER_CASE_MAX:
        raise Invalid(
            FieldError(
                FIELD,
                "too_many_claimants",
                f"一件工单最多登记 {CLAIMANTS_PER_CASE_MAX} 名职工，请分件登记后合并为集体争议。",
                f"A case lists at most {CLAIMANTS_PER_CASE_MAX} workers. Split it and link the cases.",
            )
        )
