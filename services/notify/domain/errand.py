"""A message that a fact asks for, before it is known who gets it; it may have to wait for what other facts tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.notify.domain.templates import Audience
from shared.vocabulary.ids import derived_id
from shared.vocabulary.people import Role

ERRAND_WAIT_H = 24
"""Topics are not ordered among each other: usually milliseconds, after this somebody is told instead."""
CONTACT_WAIT_H = 24
"""As long as a message waits for a profile; then somebody calls."""


class Needs(StrEnum):
    """What an errand waits for."""

    CASE = "case"
    STAFF = "staff"


ROLE_OF = {
    Audience.LAWYER: Role.LAWYER,
    Audience.MEDIATOR: Role.MEDIATOR,
    Audience.OFFICER: Role.WELFARE_OFFICER,
    Audience.DISPATCHER: Role.DISPATCHER,
    Audience.SUPERVISOR: Role.SUPERVISOR,
}
ALWAYS_NAMED = frozenset({Audience.LAWYER})
"""Outside lawyers see only what is theirs: a lawyer is never told because of the role alone."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One message of one fact. `subject_id` is the aggregate of the fact, `named` whom the fact itself names."""

    cause_id: UUID
    case_id: UUID
    subject_id: UUID
    template: str
    named: tuple[UUID, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        """The same for every run of the same fact."""
        return derived_id(self.cause_id, self.template)

    def delivery_id(self, recipient_id: UUID) -> UUID:
        """One message per fact, template and person, for ever."""
        return derived_id(self.cause_id, f"{recipient_id}+{self.template}")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What messages say and need of a case. `code` is the public tracking code."""

    case_id: UUID
    number: str
    org: str
    caller_id: UUID
    claimant_ids: tuple[UUID, ...]
    code: str = ""
    deadline: date | None = None

    @property
    def fields(self) -> dict[str, str]:
        """The fields that the case itself gives to a template."""
        shown = {"case_number": self.number, "code": self.code}
        return shown | ({"date": self.deadline.isoformat()} if self.deadline else {})


@dataclass(frozen=True, slots=True)
class Parts:
    """Who works on the case, as far as it is known: of the dispute and of the application the fact is about."""

    mediator_ids: tuple[UUID, ...] = ()
    lawyer_id: UUID | None = None
    beneficiary_id: UUID | None = None
    officer_id: UUID | None = None


def people_of(audience: Audience, errand: Errand, case: CaseFile, parts: Parts) -> tuple[UUID, ...]:
    """The people an errand is for; empty when only their role is known."""
    if errand.named:
        return errand.named
    match audience:
        case Audience.CALLER:
            return (case.caller_id,)
        case Audience.CLAIMANT:
            return tuple(dict.fromkeys((*case.claimant_ids,)))
        case Audience.MEDIATOR:
            return parts.mediator_ids
        case Audience.LAWYER:
            return (parts.lawyer_id,) if parts.lawyer_id else ()
        case Audience.BENEFICIARY:
            return (parts.beneficiary_id,) if parts.beneficiary_id else ()
        case Audience.OFFICER:
            return (parts.officer_id,) if parts.officer_id else ()
        case _:
            return ()
