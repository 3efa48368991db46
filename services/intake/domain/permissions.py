"""Who may do what with a case. Loading is authorising: who may not see a case is told it does not exist."""

from services.intake.domain.case_state import Act
from shared.vocabulary.people import Actor, Role
from shared.vocabulary.regions import is_within

STAFF = frozenset(
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
HOTLINE = frozenset({Role.OPERATOR, Role.DISPATCHER, Role.SUPERVISOR})
HANDLERS = frozenset({Role.MEDIATOR, Role.WELFARE_OFFICER, Role.DISPATCHER, Role.SUPERVISOR})

MAY: dict[Act, frozenset[Role]] = {
    Act.ANSWER: HOTLINE,
    Act.REFER: HOTLINE,
    Act.DISPATCH: frozenset({Role.DISPATCHER, Role.SUPERVISOR}),
    Act.KEEP: frozenset({Role.DISPATCHER, Role.SUPERVISOR}),
    Act.SIGN: HANDLERS,
    Act.RETURN: HANDLERS,
    Act.MERGE: frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.OPERATOR}),
    Act.EXTEND: frozenset({Role.SUPERVISOR}),
    Act.SUPERVISE: frozenset({Role.SUPERVISOR}),
    Act.OPEN_PART: frozenset({Role.SYSTEM}),
    Act.HANDLE: HANDLERS | {Role.SYSTEM},
    Act.FAIL_CHECK: frozenset({Role.SUPERVISOR}),
    Act.CALL_BACK: HOTLINE,
    Act.REOPEN: frozenset({Role.SUPERVISOR, Role.DISPATCHER}),
    Act.CLOSE: HOTLINE,
}


def may_register(actor: Actor) -> bool:
    """Operators write down calls; dispatchers and supervisors may help at peaks."""
    return actor.has(*HOTLINE)


def may_see(actor: Actor, org: str) -> bool:
    """A person sees the cases of the subtree; the hotline desk of the city sees the whole city."""
    return actor.has(*STAFF) and is_within(org, actor.org)


def may_do(actor: Actor, act: Act, org: str) -> bool:
    """Whether the role covers the act and the case lies in the actor's area."""
    if actor.has(Role.SYSTEM):
        return True
    return actor.has(*MAY[act]) and is_within(org, actor.org)


def may_supervise(actor: Actor, org: str) -> bool:
    """Who may urge, decide about extensions and returns, and put a case under supervision."""
    return actor.has(Role.SUPERVISOR) and is_within(org, actor.org)


def may_decide(actor: Actor, act: Act, org: str, registered_by: str) -> bool:
    """Who may decide about a case where it lies, or for the desk that wrote it down (rule 40: the sender agrees)."""
    return may_do(actor, act, org) or may_do(actor, act, registered_by)


def may_ask_for_time(actor: Actor, org: str, *, at_hotline: bool) -> bool:
    """Who may ask for an extension: whoever would finish the case."""
    return may_work(actor, Act.HANDLE, org, at_hotline=at_hotline)


def may_see_case(actor: Actor, org: str, registered_by: str) -> bool:
    """The handling unit's people, and the hotline desk that wrote the case down (首接负责)."""
    if may_see(actor, org):
        return True
    return actor.has(*HOTLINE) and is_within(registered_by, actor.org)


def sees_identity(actor: Actor, org: str, registered_by: str, *, hidden: bool) -> bool:
    """Whether the masked name and number of a caller are shown: not to a handling unit if the caller hides (rule 45)."""
    if actor.has(Role.AUDITOR) and not actor.has(*HOTLINE):
        return False
    return may_see_case(actor, org, registered_by) and (not hidden or actor.has(*HOTLINE))


def may_work(actor: Actor, act: Act, org: str, *, at_hotline: bool) -> bool:
    """Who may do the unit's part (sign, return, ask for time, handle): its people; at a hotline desk the operators too."""
    if may_do(actor, act, org):
        return True
    return at_hotline and actor.has(*HOTLINE) and is_within(org, actor.org)
