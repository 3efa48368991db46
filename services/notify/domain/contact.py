"""Whom a message goes to: what is known of a person, and who of the staff is meant by a role."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shared.vocabulary.people import Language
from shared.vocabulary.phones import PhoneKind, phone_or_none
from shared.vocabulary.regions import is_within

STAFF_TOLD_MAX = 20
"""Of one unit and role; who has more people there has a duty list of its own."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A caller or a member of staff as their owner described them last; `erased` when to be forgotten."""

    id: UUID
    name: str = ""
    phone: str = ""
    language: Language = Language.ZH
    sms_consent: bool = False
    erased: bool = False

    @property
    def mobile(self) -> str | None:
        """The number that takes text messages, if there is one."""
        found = phone_or_none(self.phone)
        return found.key if found and found.kind is PhoneKind.MOBILE else None


def nearest(staff: Iterable[tuple[UUID, str]], org: str) -> tuple[UUID, ...]:
    """Those (id, place) whose area covers the node and who are closest to it: the town before the county before the city."""
    covering = [(place, person) for person, place in staff if is_within(org, place)]
    deepest = max((place.count(".") for place, _ in covering), default=0)
    close = sorted(person for place, person in covering if place.count(".") == deepest)
    return tuple(close[:STAFF_TOLD_MAX])
