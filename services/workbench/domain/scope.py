"""Who may see a case: one rule for lists, pages and the live stream. What one may not see does not exist.

Staff see their subtree of the organisation, and what they registered or mediate themselves wherever it is dealt with; the
hotline also sees what the desks of its place wrote down, wherever it went (首接负责).
Outside lawyers see only what is offered or assigned to them. Administrators and cashiers see no cases.
"""

from uuid import UUID

from services.workbench.domain.summary import Seen
from shared.vocabulary.people import Actor, Role
from shared.vocabulary.regions import is_within

CASE_ROLES = (
    Role.OPERATOR,
    Role.DISPATCHER,
    Role.MEDIATOR,
    Role.WELFARE_OFFICER,
    Role.REVIEWER,
    Role.APPROVER,
    Role.SUPERVISOR,
    Role.AUDITOR,
    Role.SYSTEM,
)


HOTLINE = (Role.OPERATOR, Role.DISPATCHER, Role.SUPERVISOR)


def sees_subtree(actor: Actor) -> bool:
    """Whether the actor's place in the tree opens cases at all."""
    return actor.has(*CASE_ROLES)


def sees_own_only(actor: Actor) -> bool:
    """An outside lawyer, who sees what is offered or assigned."""
    return actor.has(Role.LAWYER) and not sees_subtree(actor)


def may_see(actor: Actor, seen: Seen) -> bool:
    """Whether the case exists for the actor."""
    if actor.has(Role.LAWYER) and actor.id in seen.lawyers:
        return True
    if not sees_subtree(actor):
        return False
    if actor.id in seen.staff or any(is_within(org, actor.org) for org in seen.orgs):
        return True
    return seen.desk is not None and actor.has(*HOTLINE) and is_within(seen.desk, actor.org)


def may_know_people(actor: Actor, *, lawyer: UUID | None, hidden: bool) -> bool:
    """Whether the people of a case one sees are named, masked: none of an open offer, none who hide from the unit (rule 45)."""
    if hidden and not actor.has(*HOTLINE):
        return False
    return not sees_own_only(actor) or lawyer == actor.id
