"""Buttons of a case on its page: what its state takes and the role usually may; intake has the last word."""

from collections.abc import Iterator

from services.workbench.domain.actions import Action, Asked
from services.workbench.domain.card import Card
from services.workbench.domain.labels import (
    CHECK_REASONS,
    EXTENSION_REASONS,
    PROGRAMMES,
    RETURN_REASONS,
    coded,
)
from services.workbench.domain.summary import (
    CALL_BACK,
    CLOSED,
    HANDLING,
    REGISTERED,
    RETURNED,
    state_of,
)
from services.workbench.domain.text import Text
from shared.vocabulary.people import Actor, Role
from shared.vocabulary.regions import is_within

HOTLINE = (Role.OPERATOR, Role.DISPATCHER, Role.SUPERVISOR)
UNIT = (Role.MEDIATOR, Role.WELFARE_OFFICER, Role.DISPATCHER, Role.SUPERVISOR)
DECIDERS = (Role.DISPATCHER, Role.SUPERVISOR)
AT_HOTLINE = frozenset({"consultation", "referral"})
"""Cases of these tracks lie at a hotline desk, where operators do the unit's part."""
INTO = Asked(
    note="optional",
    target="case",
    warning=Text(
        "合并后不能撤销：本工单办结，诉求人转入所选工单，后续来电也转到那里。",
        "This cannot be undone: the case ends, its workers and later calls go to the chosen one.",
    ),
)
DISPATCHED = "dispatch"
WITH_REASON = Asked(
    tuple(coded(RETURN_REASONS, one) for one in RETURN_REASONS),
    note="required",
    note_label=Text("为何不属本单位办理", "Why it is not the unit's"),
)
MORE_TIME = Asked(
    tuple(coded(EXTENSION_REASONS, one) for one in EXTENSION_REASONS),
    note="required",
    note_label=Text("还需办理的事项", "What is still to be done"),
)
SENT_BACK = Asked(
    tuple(coded(CHECK_REASONS, one) for one in CHECK_REASONS),
    note="required",
    note_label=Text("整改要求", "What is to be done"),
    warning=Text(
        "工单回到承办单位重新办理，时限减半，办结后再回访。",
        "The case goes back to its unit, with half the time; the caller is asked once it is done.",
    ),
)
FOR_WHOM = Asked(tuple(coded(PROGRAMMES, one) for one in PROGRAMMES), target="party")
REMARK = Asked(note="required")
TO_THE_UNIT = Text("给承办单位的说明", "A word to the unit")
UNIT_ASKED = Asked(note="optional", target="org", note_label=TO_THE_UNIT)


def _saying(zh: str, en: str) -> Asked:
    return Asked(note="required", note_label=Text(zh, en))


REPLY = _saying("答复诉求人的内容", "What the caller is told")
WHY_KEPT = _saying("为何属该单位办理", "Why it is the unit's")
WHY_NOT = _saying("不同意的理由", "Why not")
DEMANDS = _saying("督办要求", "What is asked of the unit")
WHY_LIFTED = _saying("解除的理由", "Why it ends")


def case_actions(actor: Actor, card: Card) -> Iterator[Action]:
    """What this person may do with the case now, the next step first."""
    state = state_of(card)
    if actor.has(*HOTLINE) and state == CALL_BACK:
        words = Text("回访", "Call back")
        yield Action("call_back", words, "intake", primary=True, href="/callbacks")
    yield from _time_decisions(actor, card, state)
    yield from _unit_actions(actor, card, state)
    yield from _decisions(actor, card, state)
    yield from _time(actor, card, state)
    yield from _merging(actor, card, state)
    yield from _supervision(actor, card, state)
    if actor.has(*HOTLINE, Role.MEDIATOR) and state != CLOSED:
        yield Action("note", Text("记一笔", "Add a note"), "intake", form=REMARK)
    if actor.has(*HOTLINE) and state != CLOSED:
        yield Action("append", Text("追加来电", "Add a call"), "intake", href="/calls/new")
    if state != CLOSED:
        yield from _aid(actor, card)


def _aid(actor: Actor, card: Card) -> Iterator[Action]:
    """A welfare officer opens the application; a mediator flags the hardship with the dispute."""
    words = Text("转帮扶", "Ask for aid")
    if actor.has(Role.WELFARE_OFFICER):
        yield Action("aid", words, "welfare", form=FOR_WHOM)
    elif actor.has(Role.MEDIATOR) and card.dispute and not card.dispute.closed_at:
        yield Action("aid", words, "mediation", href=f"/disputes/{card.dispute_id}")


def _unit_actions(actor: Actor, card: Card, state: str) -> Iterator[Action]:
    """Sign, handle, return: while no other service has a part of the case."""
    if state not in {REGISTERED, HANDLING} or held_elsewhere(card) or not _in_unit(actor, card):
        return
    unsigned = card.case.signed_by is None
    if unsigned:
        yield Action("sign", Text("签收", "Sign for it"), "intake", primary=True)
    words = Text("办结", "Finish")
    yield Action("close", words, "intake", primary=not unsigned, form=REPLY)
    if not _reopened(card):
        yield Action("return", Text("退单", "Return it"), "intake", form=WITH_REASON)


def _decisions(actor: Actor, card: Card, state: str) -> Iterator[Action]:
    """A returned case: to another unit, or kept where it is; a reopened one may go to another unit too."""
    if not actor.has(*DECIDERS) or not _decides(actor, card):
        return
    returned = state == RETURNED
    if returned or (_reopened(card) and not held_elsewhere(card)):
        words = Text("改派", "Give to another unit")
        yield Action("redispatch", words, "intake", primary=returned, form=UNIT_ASKED)
    if returned:
        yield Action("keep", Text("不同意退单", "Refuse the return"), "intake", form=WHY_KEPT)


def _time(actor: Actor, card: Card, state: str) -> Iterator[Action]:
    """More time is asked for once, before the time is over; a supervisor decides, not about what they asked (rule 42)."""
    case = card.case
    running = state in {REGISTERED, HANDLING} and not _reopened(card)
    if (
        running
        and not (case.extension_by or case.extensions or case.overdue)
        and _in_unit(actor, card)
    ):
        yield Action("extension", Text("申请延期", "Ask for more time"), "intake", form=MORE_TIME)


def _time_decisions(actor: Actor, card: Card, state: str) -> Iterator[Action]:
    case = card.case
    decides = actor.has(Role.SUPERVISOR) and is_within(case.org or "", actor.org)
    if state in {REGISTERED, HANDLING} and decides and case.extension_by not in {None, actor.id}:
        granted, refused = (
            Text("同意延期", "Grant more time"),
            Text("不同意延期", "Refuse more time"),
        )
        word = Asked(note="optional", note_label=TO_THE_UNIT)
        yield Action("grant-extension", granted, "intake", form=word)
        yield Action("refuse-extension", refused, "intake", form=WHY_NOT)


def _supervision(actor: Actor, card: Card, state: str) -> Iterator[Action]:
    """A supervisor sends back what was handled badly, and watches closely what is open (rules 41 and 44)."""
    case = card.case
    if not actor.has(Role.SUPERVISOR) or not _decides(actor, card):
        return
    if state in {CALL_BACK, CLOSED} and case.handling == DISPATCHED and not case.merged_into:
        yield Action("fail-check", Text("退回重办", "Send it back"), "intake", form=SENT_BACK)
    if case.supervised_by:
        words = Text("解除督办", "End supervision")
        yield Action("lift-supervision", words, "intake", form=WHY_LIFTED)
    elif state != CLOSED:
        yield Action("supervise", Text("督办", "Supervise"), "intake", form=DEMANDS)


def _merging(actor: Actor, card: Card, state: str) -> Iterator[Action]:
    """One matter told twice becomes one case; what another service has is ended there first."""
    if not actor.has(*HOTLINE) or state == CLOSED or card.case.handling != DISPATCHED:
        return
    held = state != CALL_BACK and held_elsewhere(card)
    blocked = Text("争议或帮扶申请办结后才能合并", "End the dispute or application first")
    yield Action(
        "merge",
        Text("合并", "Merge"),
        "intake",
        blocked=blocked if held else None,
        form=None if held else INTO,
    )


def held_elsewhere(card: Card) -> bool:
    """Whether a dispute or an application has, or is about to take up, a part of the case."""
    case = card.case
    if case.reopened:
        return any(one.closed_at is None for one in card.disputes.values())
    return bool(card.disputes) or case.aid_programme is not None or case.track == "dispute"


def _reopened(card: Card) -> bool:
    case = card.case
    return bool(case.reopened) and case.signed_by is None and case.handled_at is None


def _decides(actor: Actor, card: Card) -> bool:
    """Where the case lies, or for the desk that wrote it down: the sender agrees to a return (rule 40)."""
    places = (card.case.org, card.case.desk_org)
    return any(is_within(place, actor.org) for place in places if place)


def _in_unit(actor: Actor, card: Card) -> bool:
    case = card.case
    if case.handling != DISPATCHED or not is_within(case.org or "", actor.org):
        return False
    return actor.has(*UNIT) or (actor.has(Role.OPERATOR) and case.track in AT_HOTLINE)
