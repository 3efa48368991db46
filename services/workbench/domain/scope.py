"""Who may see a case: one rule for lists, pages and the live stream. What one may not see does not exist.

Staff see their subtree of the organisation, and what they registered or mediate themselves wherever it is dealt with.
Outside lawyers see only what is offered or assigned to them. Administrators and cashiers see no cases.
"""

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
    return actor.id in seen.staff or any(is_within(org, actor.org) for org in seen.orgs)
