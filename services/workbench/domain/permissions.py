"""Who may use which page of the workbench. What one may do to a case, the owning service decides."""

from uuid import UUID

from shared.vocabulary.errors import NotAllowed, Refused
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


class OwnCredentials(Refused):
    """An administrator's own password takes the old one, their own authenticator a second administrator."""

    code = "own_credentials"
    zh = "这是您自己的账号：改密码须填原密码；移除验证器请由另一名安全管理员办理。"
    en = (
        "This is your own account. Changing the password takes the old one; another security"
        " administrator takes the authenticator away."
    )


def allow(actor: Actor, roles: tuple[Role, ...]) -> None:
    """NotAllowed unless the actor has one of the roles."""
    if not actor.has(*roles):
        raise NotAllowed


def allow_credentials_of(actor: Actor, staff_id: UUID) -> None:
    """The security administrator resets what others sign in with; whoever sits down at an open screen resets nothing
    of its owner's.
    """
    allow(actor, STAFF_ADMINS)
    if staff_id == actor.id:
        raise OwnCredentials
