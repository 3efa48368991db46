"""Who may do what with an application and with money. Loading is authorising."""

from services.welfare.domain.application_state import Act
from shared.vocabulary.people import Actor, Role
from shared.vocabulary.regions import is_within

STAFF = frozenset(
    {
        Role.WELFARE_OFFICER,
        Role.REVIEWER,
        Role.APPROVER,
        Role.CASHIER,
        Role.SUPERVISOR,
        Role.AUDITOR,
        Role.SYSTEM,
    }
)
OFFICER = frozenset({Role.WELFARE_OFFICER})
SIGNERS = frozenset({Role.WELFARE_OFFICER, Role.REVIEWER, Role.APPROVER})

MAY: dict[Act, frozenset[Role]] = {
    Act.FILL: OFFICER,
    Act.REVIEW_FIRST: OFFICER,
    Act.VISIT: OFFICER,
    Act.SUBMIT: OFFICER,
    Act.CHECK: frozenset({Role.REVIEWER}),
    Act.PUBLISH: frozenset({Role.REVIEWER}),
    Act.APPROVE: frozenset({Role.APPROVER}),
    Act.PAY: frozenset({Role.CASHIER}),
    Act.UNPAY: frozenset({Role.SYSTEM}),
    Act.RECORD: frozenset({Role.WELFARE_OFFICER, Role.CASHIER, Role.SYSTEM}),
    Act.CHANGE: OFFICER,
    Act.SEND_BACK: SIGNERS,
    Act.REJECT: frozenset({Role.REVIEWER, Role.APPROVER}),
    Act.WITHDRAW: OFFICER,
}
UNMASK = frozenset({Role.WELFARE_OFFICER, Role.REVIEWER, Role.APPROVER, Role.CASHIER})


def may_see(actor: Actor, org: str) -> bool:
    """Welfare's own people, supervisors and auditors see the applications of their subtree."""
    return actor.has(*STAFF) and is_within(org, actor.org)


def may_do(actor: Actor, act: Act, org: str) -> bool:
    """Whether the role covers the step and the application lies in the actor's area."""
    if actor.has(Role.SYSTEM):
        return True
    return actor.has(*MAY[act]) and is_within(org, actor.org)


def may_reveal(actor: Actor, org: str) -> bool:
    """Who may unmask numbers and accounts, with a reason that is put on record."""
    return actor.has(*UNMASK) and is_within(org, actor.org)


def may_resolve_objection(actor: Actor, org: str) -> bool:
    """An objection is looked into by a reviewer or supervisor, not by the handler."""
    return actor.has(Role.REVIEWER, Role.SUPERVISOR) and is_within(org, actor.org)


def may_override_household(actor: Actor, org: str) -> bool:
    """A second grant for a household is a supervisor's decision (W2)."""
    return actor.has(Role.SUPERVISOR) and is_within(org, actor.org)


def may_explain(actor: Actor, check: str, org: str) -> bool:
    """W2 is a supervisor's decision; what else a person may judge is the reviewer's."""
    if check == "W2":
        return may_override_household(actor, org)
    return actor.has(Role.REVIEWER, Role.SUPERVISOR) and is_within(org, actor.org)


def may_decide_payment(actor: Actor, org: str) -> bool:
    """One of the two who say what became of a payment the bank does not explain."""
    return actor.has(Role.CASHIER, Role.APPROVER, Role.SUPERVISOR) and is_within(org, actor.org)


def may_manage_budget(actor: Actor, org: str) -> bool:
    """Who books appropriations and reads the whole ledger of an area."""
    return actor.has(Role.APPROVER, Role.SUPERVISOR) and is_within(org, actor.org)
