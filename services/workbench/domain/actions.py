"""Buttons of a dispute on the case page. What is allowed mediation says (or, while it is away, a hint by role).

Only advancing needs nothing but the button; every other deed asks for something, and leads to the page that asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.workbench.domain.card import Card
from services.workbench.domain.text import Coded, Text
from shared.vocabulary.people import Actor, Role


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dialog of a button asks: numbered reasons, a note (`none`, `optional`, `required`), a target.

    A target is `none`, an `org`, a `case`, or a `party` of the case. `warning` is what cannot be taken back, `note_label`
    what the note is for.
    """

    reasons: tuple[Coded, ...] = ()
    note: str = "none"
    target: str = "none"
    warning: Text | None = None
    note_label: Text | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One button; `blocked` says why it cannot be pressed yet, `form` what is asked, `href` that it is a page."""

    code: str
    label: Text
    service: str
    primary: bool = False
    blocked: Text | None = None
    form: Asked | None = None
    href: str | None = None


DEEDS: dict[str, tuple[str, Text]] = {
    "advance": ("advance", Text("推进到下一步", "Next stage")),
    "handle": ("handle", Text("办理", "Work on it")),
    "give_opinion": ("opinion", Text("写法律意见", "Write the opinion")),
    "answer_offer": ("answer_offer", Text("答复指派", "Answer the offer")),
    "assign_mediators": ("mediators", Text("转派", "Assign mediators")),
    "offer_to_lawyer": ("lawyer", Text("指派律师", "Assign a lawyer")),
    "waive_meeting": ("waive_meeting", Text("免开会商", "Waive the meeting")),
    "suspend": ("standstill", Text("暂停计时", "Suspend")),
    "lower_grade": ("grade", Text("调整等级", "Change the grade")),
    "send_back": ("send-back", Text("退回", "Send back")),
    "end": ("end", Text("结束调解", "End mediation")),
    "archive": ("archive", Text("归档", "Archive")),
}
"""Mediation's deeds → the code of the button and its words, in the order of the page."""
ALWAYS = frozenset(
    {"handle", "give_opinion", "answer_offer", "assign_mediators", "offer_to_lawyer", "lower_grade"}
)
"""Deeds that do not move the dispute: the process never forbids them."""


def dispute_actions(
    card: Card, deeds: Iterable[str], acts: Iterable[str], missing: int
) -> Iterator[Action]:
    """What the person may do (`deeds`) and the process takes now (`acts`); advancing waits for what is missing."""
    allowed, possible = set(deeds), set(acts)
    for deed, (code, words) in DEEDS.items():
        if deed not in allowed or not (deed in ALWAYS or deed in possible or deed == "advance"):
            continue
        if deed == "advance":
            blocked = Text(f"还缺 {missing} 项", f"{missing} items missing") if missing else None
            yield Action(code, words, "mediation", primary=True, blocked=blocked)
        elif place := _place(card, deed):
            yield Action(code, words, "mediation", href=place)


def _place(card: Card, deed: str) -> str | None:
    """The page where the deed is done; lawyers have theirs on the phone."""
    offer = card.dispute.offer if card.dispute else None
    if deed == "answer_offer":
        return f"/m/offers/{offer.offer_id}" if offer else None
    if deed == "give_opinion":
        return f"/m/disputes/{card.dispute_id}"
    return f"/disputes/{card.dispute_id}"


def hinted_deeds(actor: Actor) -> tuple[str, ...]:
    """What people of that role usually may; the service has the last word."""
    if actor.has(Role.MEDIATOR):
        return ("advance", "handle")
    if actor.has(Role.SUPERVISOR, Role.DISPATCHER):
        return ("assign_mediators", "offer_to_lawyer")
    return ("give_opinion",) if actor.has(Role.LAWYER) else ()
