"""Who acts: roles, languages, and the actor every transaction carries."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is employed to do. The three administrators are three people (等保 2.0)."""

    OPERATOR = "operator"
    DISPATCHER = "dispatcher"
    MEDIATOR = "mediator"
    LAWYER = "lawyer"
    WELFARE_OFFICER = "welfare_officer"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    SYSTEM = "system"


class Language(StrEnum):
    """The languages of screens and messages."""

    ZH = "zh-CN"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system itself, and the node of the organisation tree whose subtree they see."""

    id: UUID
    roles: frozenset[Role]
    org: str

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


SYSTEM_ID = UUID("00000000-0000-7000-8000-000000000000")
SYSTEM = Actor(id=SYSTEM_ID, roles=frozenset({Role.SYSTEM}), org="zq")
