"""What the services tell becomes what the screens show: facts are kept, and folded into cards, applications, messages.

A batch is folded in memory: what it touches is read once, locked, and written once. With the commit every workbench
process hears what changed (ids only) and tells the browsers that may see it.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec

from services.workbench.domain.application import Application, fold_application
from services.workbench.domain.card import Card, fold
from services.workbench.domain.change import Change, packed
from services.workbench.domain.delivery import Delivery, fold_delivery
from services.workbench.domain.fact import Fact
from services.workbench.domain.summary import seen_by
from services.workbench.store import read_model as store
from shared.contracts.intake import (
    CaseEvent,
    EmployerRecorded,
    PartyErased,
    PartyProfiled,
)
from shared.contracts.mediation import DisputeEvent
from shared.contracts.notify import DeliveryEvent
from shared.contracts.registry import encode
from shared.contracts.welfare import ApplicationEvent
from shared.kernel.consumer import Delivered
from shared.kernel.crypto import FieldCipher
from shared.kernel.envelope import Envelope
from shared.kernel.transaction import Tx
from shared.vocabulary.phones import phone_or_none

TAIL_DIGITS = 4
GROWING = ("intake.case_registered", "intake.claimants_joined")


CaseFact = CaseEvent | DisputeEvent | ApplicationEvent | DeliveryEvent
Kept = list[tuple[CaseFact, Envelope]]


async def project(batch: list[Delivered], tx: Tx) -> None:
    """Apply a batch of facts, in their order."""
    kept: Kept = [(e.event, e.envelope) for e in batch if isinstance(e.event, CaseFact)]
    store.add_facts(tx, [fact_values(*one) for one in kept])
    store.save_employers(tx, (e.event for e in batch if isinstance(e.event, EmployerRecorded)))
    store.save_parties(tx, dict(_profiles(batch, tx.cipher)))
    cards = await _cards(kept, tx)
    applications = await _applications(kept, tx)
    deliveries = await _deliveries(kept, tx)
    store.tell_browsers(tx, packed(_changes(kept, cards, applications, deliveries)))


def fact_values(event: CaseFact, envelope: Envelope) -> dict[str, Any]:
    """The row of a fact about a case."""
    return {
        "id": envelope.id,
        "case_id": event.case_id,
        "aggregate_id": event.aggregate_id,
        "aggregate_version": envelope.aggregate_version,
        "service": envelope.source,
        "name": event.name,
        "version": event.version,
        "body": encode(event),
        "at": envelope.time,
        "actor_id": envelope.actor_id,
        "causation_id": envelope.causation_id,
        "correlation_id": envelope.correlation_id,
    }


def _fact(event: CaseFact, envelope: Envelope) -> Fact:
    return Fact(
        event.name,
        event,
        event.aggregate_id,
        envelope.aggregate_version,
        envelope.time,
        envelope.actor_id,
    )


async def _cards(kept: Kept, tx: Tx) -> dict[UUID, Card]:
    """Fold what concerns the cards; those of cases with other facts only are loaded to know who may hear of it."""
    found = await store.load_cards(tx, [event.case_id for event, _ in kept])
    cards = {event.case_id: found.get(event.case_id) or Card(event.case_id) for event, _ in kept}
    changed: set[UUID] = set()
    grown: set[UUID] = set()
    for event, envelope in kept:
        if isinstance(event, CaseEvent | DisputeEvent):
            cards[event.case_id] = fold(cards[event.case_id], _fact(event, envelope))
            changed.add(event.case_id)
            if event.name in GROWING:
                grown.add(event.case_id)
    store.save_cards(tx, [cards[one] for one in changed], found, [cards[one] for one in grown])
    return cards


async def _applications(kept: Kept, tx: Tx) -> dict[UUID, Application]:
    told = [(event, by) for event, by in kept if isinstance(event, ApplicationEvent)]
    found = await store.load_applications(tx, [event.application_id for event, _ in told])
    known = dict(found)
    for event, envelope in told:
        key = event.application_id
        before = known.get(key) or Application(key, event.case_id)
        known[key] = fold_application(before, _fact(event, envelope))
    store.save_applications(tx, known.values(), found)
    return known


async def _deliveries(kept: Kept, tx: Tx) -> dict[UUID, Delivery]:
    told = [(event, by) for event, by in kept if isinstance(event, DeliveryEvent)]
    found = await store.load_deliveries(tx, [event.delivery_id for event, _ in told])
    known = dict(found)
    for event, envelope in told:
        key = event.delivery_id
        before = known.get(key) or Delivery(key, event.case_id, event.cause_id)
        known[key] = fold_delivery(before, _fact(event, envelope))
    store.save_deliveries(tx, known.values(), found)
    return known


def _profiles(
    batch: list[Delivered], cipher: FieldCipher
) -> Iterator[tuple[UUID, dict[str, Any] | None]]:
    for one in batch:
        match one.event:
            case PartyProfiled(party_id=party_id, sealed=sealed):
                yield party_id, profile_values(party_id, sealed, cipher)
            case PartyErased(party_id=party_id):
                yield party_id, None


def profile_values(party_id: UUID, sealed: str, cipher: FieldCipher) -> dict[str, Any]:
    """The sealed profile with its blind indexes: name, whole number, last four digits."""
    profile = msgspec.json.decode(cipher.open(sealed, str(party_id)))
    name, number = profile.get("name"), phone_or_none(profile.get("phone") or "")
    return {
        "sealed": sealed,
        "name_blind": cipher.blind(name, "party.name") if name else None,
        "phone_blind": cipher.blind(number.key, "party.phone") if number else None,
        "tail_blind": cipher.blind(number.key[-TAIL_DIGITS:], "party.tail") if number else None,
    }


def _changes(
    kept: Kept,
    cards: dict[UUID, Card],
    applications: dict[UUID, Application],
    deliveries: dict[UUID, Delivery],
) -> Iterator[Change]:
    """One change for each thing touched, with the latest version and everybody who may hear of it."""
    for event, by in {event.aggregate_id: (event, by) for event, by in kept}.values():
        seen, only = seen_by(cards[event.case_id]), None
        match event:
            case DisputeEvent():
                kind, about = "dispute", event.dispute_id
            case ApplicationEvent():
                kind, about = "application", event.application_id
                seen = seen.also(applications[about].org)
            case DeliveryEvent() if deliveries[event.delivery_id].state == "posted":
                kind, about = "notice", event.delivery_id
                only = deliveries[about].recipient_id
            case _:
                kind, about = "case", event.case_id
        yield Change(kind, about, by.aggregate_version, by.actor_id, by.time, seen, only)
