"""The papers of a case that the system itself has produced: what there is to print, from the card and mediation's page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.workbench.domain.application import Application
from services.workbench.domain.card import Card
from services.workbench.domain.text import Text

SIGNED, UNSIGNED = Text("已签署", "Signed"), Text("待签署", "To be signed")
DELIVERED, UNDELIVERED = Text("已送达", "Delivered"), Text("待送达", "To be delivered")
HANDS = ("workers_at", "employer_at", "mediator_at", "seal_at")
"""Who signs an agreement: both sides, the mediator, and the seal of the committee."""
AGREED = "agreement"
DECIDED = frozenset({"approved", "paid", "recorded", "rejected"})
"""States of an application that follow a decision."""


@dataclass(frozen=True, slots=True)
class Document:
    """One paper: `code` names its print view, `about` what beside the case it is about (a stage, an application)."""

    code: str
    title: Text
    state: Text
    done: bool
    at: datetime | None
    about: str = ""


def documents_of(
    card: Card, dispute: Mapping[str, Any] | None, applications: Sequence[Application]
) -> tuple[Document, ...]:
    """In the order of the work. `dispute` is mediation's page; its papers are there only for who may read its content."""
    found = [_registration(card)] if card.case.received_at else []
    if dispute and dispute["content"]:
        found += _assessments(dispute)
        found += _agreement(dispute["content"])
        found += _advice(dispute["content"])
    found += [_decision(one) for one in applications if one.state in DECIDED]
    return tuple(found)


def _registration(card: Card) -> Document:
    title = Text("职工诉求登记表", "Registration form")
    state = Text("已登记", "Registered")
    return Document("registration", title, state, done=True, at=card.case.received_at)


def _assessments(dispute: Mapping[str, Any]) -> Iterator[Document]:
    stages = {one["id"]: one for one in dispute["stages"]}
    newest = {one["stage"]: one for one in dispute["content"]["assessments"]}
    for code, stage in stages.items():
        one = newest.get(code)
        if one is None:
            continue
        given, needed = len(one["signatures"]), len(stage["sign_off"])
        done = given >= needed
        state = SIGNED if done else Text(f"签字 {given} / {needed}", f"{given} of {needed} signed")
        title = Text(f"{stage['zh']}研判表", f"{stage['en']}: assessment form")
        yield Document("assessment", title, state, done, _latest(one["signatures"]), about=code)


def _latest(signatures: Sequence[Mapping[str, Any]]) -> datetime | None:
    return max((datetime.fromisoformat(one["at"]) for one in signatures), default=None)


def _agreement(content: Mapping[str, Any]) -> Iterator[Document]:
    agreement = content["agreement"]
    if agreement is None:
        return
    times = [agreement["signatures"].get(hand) for hand in HANDS]
    done = all(times)
    at = max(datetime.fromisoformat(one) for one in times) if done else None
    title = Text("劳动争议调解协议书", "Mediation agreement")
    yield Document("agreement", title, SIGNED if done else UNSIGNED, done, at)


def _advice(content: Mapping[str, Any]) -> Iterator[Document]:
    failed = content["outcome"] not in {None, AGREED}
    advice = content["advice"]
    if not failed and advice is None:
        return
    done = bool(advice and advice["receipt"])
    title = Text("调解终结及仲裁权利告知书", "End of mediation and advice on arbitration")
    yield Document("advice", title, DELIVERED if done else UNDELIVERED, done, None)


def _decision(application: Application) -> Document:
    refused = application.state == "rejected"
    state = Text("不予帮扶", "Refused") if refused else Text("准予帮扶", "Granted")
    title = Text("帮扶决定告知书", "Decision on aid")
    about = str(application.application_id)
    return Document("decision", title, state, done=True, at=application.state_since, about=about)
