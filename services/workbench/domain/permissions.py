"""Who may use which page of the workbench. What one may do to a case, the owning service decides."""

from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.people import Actor, Role

STAFF_ADMINS = (Role.SECURITY_ADMIN,)
STAFF_READERS = (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
CASE_READERS = (
    Role.OPERATOR,
    Role.DISPATCHER,
    Role.MEDIATOR,
    Role.LAWYER,
    Role.WELFARE_OFFICER,
    Role.REVIEWER,
    Role.APPROVER,
    Role.SUPERVISOR,
    Role.AUDITOR,
)
QUEUE_READERS = (Role.OPERATOR, Role.DISPATCHER, Role.SUPERVISOR)
BOARD_READERS = (Role.MEDIATOR, Role.DISPATCHER, Role.SUPERVISOR)
LAWYERS = (Role.LAWYER,)
WELFARE_READERS = (
    Role.WELFARE_OFFICER,
    Role.REVIEWER,
    Role.APPROVER,
    Role.CASHIER,
    Role.SUPERVISOR,
)
NUMBER_READERS = (Role.SUPERVISOR, Role.AUDITOR)
OPERATIONS_READERS = (Role.SYSTEM_ADMIN, Role.SUPERVISOR)
AUDIT_READERS = (Role.AUDITOR, Role.AUDIT_ADMIN)


def allow(actor: Actor, roles: tuple[Role, ...]) -> None:
    """NotAllowed unless the actor has one of the roles."""
    if not actor.has(*roles):
        raise NotAllowed
