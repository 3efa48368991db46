"""Who may see and repeat messages."""

from uuid import UUID

from shared.vocabulary.people import Actor, Role
from shared.vocabulary.regions import is_within

READERS = frozenset(
    {
        Role.OPERATOR,
        Role.DISPATCHER,
        Role.MEDIATOR,
        Role.WELFARE_OFFICER,
        Role.SUPERVISOR,
        Role.AUDITOR,
        Role.SYSTEM,
    }
)
SENDERS = frozenset({Role.OPERATOR, Role.DISPATCHER, Role.SUPERVISOR})


def may_see(actor: Actor, org: str) -> bool:
    """What became of a message is seen by the staff of the case's area; its text stays sealed."""
    return actor.has(*READERS) and is_within(org, actor.org)


def may_see_recipient(actor: Actor, *, confidential: bool) -> bool:
    """Of a confidential case only the desk that took the call knows, masked, who is behind it (rule 45)."""
    return actor.has(*SENDERS) or not confidential


def may_read_own(actor: Actor, recipient_id: UUID) -> bool:
    """An in-app message is read by its recipient only."""
    return actor.id == recipient_id


def may_resend(actor: Actor, org: str) -> bool:
    """Who may send a failed message again or take over its call task."""
    return actor.has(*SENDERS) and is_within(org, actor.org)


def may_edit_templates(actor: Actor) -> bool:
    """Templates are approved centrally."""
    return actor.has(Role.SYSTEM_ADMIN)
