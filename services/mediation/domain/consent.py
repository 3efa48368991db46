"""Consent of the two sides and conflicts of interest: who agreed to what, when, and who stands too near.

Mediation needs both sides (企业劳动争议协商调解规定 22, 23); a mediator near to a party steps aside unless both
sides know and agree (特邀调解规定 15; 在线调解规则 13).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.vocabulary.errors import FieldError, Invalid


class Side(StrEnum):
    """The two sides of a dispute."""

    WORKERS = "workers"
    EMPLOYER = "employer"


class Purpose(StrEnum):
    """What a side was asked to agree to."""

    MEDIATION = "mediation"
    EXTENSION = "extension"
    CONFLICT_WAIVER = "conflict_waiver"


@dataclass(frozen=True, slots=True)
class Consent:
    """A side's recorded answer; `about` names the person for a conflict waiver."""

    side: Side
    purpose: Purpose
    given: bool
    on: date
    about: UUID | None = None


class Relation(StrEnum):
    """What a declaration may disclose (特邀调解规定 15)."""

    NONE = "none"
    NEAR_RELATIVE = "near_relative"
    INTEREST = "interest"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ConflictDeclaration:
    """A mediator's or lawyer's own statement about the parties of one dispute."""

    person: UUID
    relation: Relation
    on: date


def refuse_unclear(consent: Consent) -> None:
    """A conflict waiver names whom it is about; no other answer is about a person."""
    if (consent.purpose is Purpose.CONFLICT_WAIVER) is (consent.about is None):
        raise Invalid(
            FieldError(
                "about",
                "about_whom",
                "同意有利害关系的调解员继续调解的，请选明是哪一位；其他表态不必选人。",
                "Name the mediator when a conflict is waived, and nobody otherwise.",
            )
        )


def latest(
    consents: Iterable[Consent], purpose: Purpose, about: UUID | None = None
) -> dict[Side, Consent]:
    """Each side's last answer to one question; a later answer replaces an earlier one."""
    answers: dict[Side, Consent] = {}
    for one in consents:
        if one.purpose is not purpose or one.about != about:
            continue
        if one.side not in answers or one.on >= answers[one.side].on:
            answers[one.side] = one
    return answers


def both_agree(consents: Iterable[Consent], purpose: Purpose, about: UUID | None = None) -> bool:
    """Whether the last answer of each of the two sides is yes."""
    answers = latest(consents, purpose, about)
    return len(answers) == len(Side) and all(one.given for one in answers.values())


def refused_by(consents: Iterable[Consent], purpose: Purpose) -> tuple[Side, ...]:
    """The sides whose last answer is no."""
    answers = latest(consents, purpose)
    return tuple(side for side in Side if side in answers and not answers[side].given)


def may_serve(
    person: UUID, declarations: Iterable[ConflictDeclaration], consents: Iterable[Consent]
) -> bool:
    """Whether a person declared, and is free or accepted by both sides knowing of the relation (rule 23)."""
    own = [one for one in declarations if one.person == person]
    if not own:
        return False
    if own[-1].relation is Relation.NONE:
        return True
    after = [one for one in consents if one.on >= own[-1].on]
    return both_agree(after, Purpose.CONFLICT_WAIVER, person)
