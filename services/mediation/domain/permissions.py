"""Who may see a dispute and do what in it. Loading is authorising: use cases call `require` first.

Outside lawyers see only what was offered or assigned to them, whatever their place in the tree. The content
of a mediation is for its mediators, its lawyer and supervisors only (rule 35; 企业劳动争议协商调解规定 24).
"""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from services.mediation.domain.dispute import Dispute
from shared.vocabulary.errors import NotAllowed, NotFound
from shared.vocabulary.people import Actor, Role
from shared.vocabulary.regions import is_within


class Deed(StrEnum):
    """What can be done with a dispute."""

    SEE = "see"
    READ_CONTENT = "read_content"
    HANDLE = "handle"
    ADVANCE = "advance"
    END = "end"
    WAIVE_MEETING = "waive_meeting"
    SEND_BACK = "send_back"
    ARCHIVE = "archive"
    ASSIGN_MEDIATORS = "assign_mediators"
    OFFER_TO_LAWYER = "offer_to_lawyer"
    ANSWER_OFFER = "answer_offer"
    GIVE_OPINION = "give_opinion"
    LOWER_GRADE = "lower_grade"
    SUSPEND = "suspend"
    MOVE_SCHEME = "move_scheme"


SEERS = frozenset(
    {Role.OPERATOR, Role.DISPATCHER, Role.MEDIATOR, Role.SUPERVISOR, Role.REVIEWER, Role.AUDITOR}
)
OFFICE_DEEDS: dict[Deed, frozenset[Role]] = {
    Deed.READ_CONTENT: frozenset({Role.SUPERVISOR}),
    Deed.HANDLE: frozenset({Role.SUPERVISOR}),
    Deed.ADVANCE: frozenset({Role.SUPERVISOR}),
    Deed.END: frozenset({Role.SUPERVISOR}),
    Deed.ARCHIVE: frozenset({Role.SUPERVISOR}),
    Deed.WAIVE_MEETING: frozenset({Role.SUPERVISOR}),
    Deed.SEND_BACK: frozenset({Role.SUPERVISOR}),
    Deed.SUSPEND: frozenset({Role.SUPERVISOR}),
    Deed.LOWER_GRADE: frozenset({Role.SUPERVISOR}),
    Deed.MOVE_SCHEME: frozenset({Role.SUPERVISOR}),
    Deed.ASSIGN_MEDIATORS: frozenset({Role.SUPERVISOR, Role.DISPATCHER}),
    Deed.OFFER_TO_LAWYER: frozenset({Role.SUPERVISOR, Role.DISPATCHER}),
}
"""What an office role may do in its part of the tree."""
MEDIATOR_DEEDS = frozenset(
    {
        Deed.READ_CONTENT,
        Deed.HANDLE,
        Deed.ADVANCE,
        Deed.END,
        Deed.ARCHIVE,
        Deed.WAIVE_MEETING,
        Deed.OFFER_TO_LAWYER,
    }
)
"""What the mediators of a dispute may do in it."""
LAWYER_DEEDS = frozenset({Deed.READ_CONTENT, Deed.GIVE_OPINION})
"""What the lawyer who accepted a dispute may do in it."""


def may(actor: Actor, deed: Deed, dispute: Dispute, offered_to: Collection[UUID] = ()) -> bool:
    """Whether an actor may do a deed; `offered_to` are the lawyers who hold an open offer."""
    if actor.has(Role.SYSTEM):
        return True
    if _may_as_lawyer(actor, deed, dispute, offered_to):
        return True
    if actor.has(Role.MEDIATOR) and actor.id in dispute.mediators:
        return deed is Deed.SEE or deed in MEDIATOR_DEEDS or _office_may(actor, deed, dispute)
    return _office_may(actor, deed, dispute)


def require(actor: Actor, deed: Deed, dispute: Dispute, offered_to: Collection[UUID] = ()) -> None:
    """Refuse with “not found” whoever may not know of the dispute, with “not allowed” whoever may."""
    if not may(actor, Deed.SEE, dispute, offered_to):
        raise NotFound("dispute", dispute.id)
    if not may(actor, deed, dispute, offered_to):
        raise NotAllowed


def require_own_part(actor: Actor, dispute: Dispute, wanted: Collection[UUID]) -> None:
    """A mediator takes an unassigned dispute, alone or with others, but never hands it to others only."""
    office = OFFICE_DEEDS[Deed.ASSIGN_MEDIATORS] | {Role.SYSTEM}
    if actor.roles.isdisjoint(office) and actor.id not in wanted:
        raise NotAllowed


def allowed_deeds(
    actor: Actor, dispute: Dispute, offered_to: Collection[UUID] = ()
) -> tuple[Deed, ...]:
    """Everything the actor may do, for the screen to offer nothing else."""
    return tuple(deed for deed in Deed if may(actor, deed, dispute, offered_to))


def _may_as_lawyer(
    actor: Actor, deed: Deed, dispute: Dispute, offered_to: Collection[UUID]
) -> bool:
    if not actor.has(Role.LAWYER):
        return False
    if actor.id == dispute.lawyer:
        return deed is Deed.SEE or deed in LAWYER_DEEDS
    return actor.id in offered_to and deed in (Deed.SEE, Deed.ANSWER_OFFER)


def _office_may(actor: Actor, deed: Deed, dispute: Dispute) -> bool:
    if not is_within(dispute.org, actor.org):
        return False
    if deed is Deed.SEE:
        return not actor.roles.isdisjoint(SEERS)
    if deed is Deed.ASSIGN_MEDIATORS and actor.has(Role.MEDIATOR) and not dispute.mediators:
        return True
    return not actor.roles.isdisjoint(OFFICE_DEEDS.get(deed, frozenset()))
