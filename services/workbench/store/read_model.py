"""Loads what a batch of facts touches, locked, and writes it back: one read and one write for each table."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import select

from services.workbench.domain.application import Application
from services.workbench.domain.card import Card
from services.workbench.domain.change import CHANNEL
from services.workbench.domain.delivery import Delivery
from services.workbench.domain.fact import Fact
from services.workbench.store.folded import (
    ON,
    application_values,
    card_values,
    delivery_values,
    party_values,
    to_application,
    to_card,
    to_delivery,
)
from services.workbench.tables import (
    ApplicationRow,
    CardPartyRow,
    CardRow,
    DeliveryRow,
    EmployerRow,
    FactRow,
    PartyRow,
)
from shared.contracts.intake import EmployerRecorded
from shared.contracts.registry import decode
from shared.kernel.sql import Prepared, among
from shared.kernel.storage import TryAgain
from shared.kernel.transaction import Tx

Folded = TypeVar("Folded")


def _locked(row: Any) -> Prepared:
    key = row.__table__.c[ON[row][0]]
    query = select(row.__table__).where(among(key, "ids")).order_by(key).with_for_update()
    return Prepared(query)


_LOCKED: Final = {row: _locked(row) for row in (CardRow, ApplicationRow, DeliveryRow)}


async def load_cards(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, Card]:
    """Those of the cases' cards that there are."""
    return await _load(tx, CardRow, ids, to_card)


async def load_applications(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, Application]:
    """Those of the applications that are known."""
    return await _load(tx, ApplicationRow, ids, to_application)


async def load_deliveries(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, Delivery]:
    """Those of the messages that are known."""
    return await _load(tx, DeliveryRow, ids, to_delivery)


async def _load(
    tx: Tx, row: Any, ids: Iterable[UUID], of: Callable[[Any], Folded]
) -> dict[UUID, Folded]:
    wanted, key = sorted(set(ids)), ON[row][0]
    if not wanted:
        return {}
    return {one[key]: of(one) for one in await tx.all(_LOCKED[row], ids=wanted)}


def save_cards(
    tx: Tx, cards: Iterable[Card], found: Collection[UUID], grown: Iterable[Card]
) -> None:
    """Write the cards (`found`: which there were); of those that may have `grown`, also who they are about."""
    _save(tx, CardRow, map(card_values, cards), found)
    people = [one for card in grown for one in party_values(card)]
    tx.upsert_many(CardPartyRow, people, ON[CardPartyRow])


def save_applications(tx: Tx, applications: Iterable[Application], found: Collection[UUID]) -> None:
    """Write the applications (`found`: which there were)."""
    _save(tx, ApplicationRow, map(application_values, applications), found)


def save_deliveries(tx: Tx, deliveries: Iterable[Delivery], found: Collection[UUID]) -> None:
    """Write the messages (`found`: which there were)."""
    _save(tx, DeliveryRow, map(delivery_values, deliveries), found)


def _save(tx: Tx, row: Any, values: Iterable[Mapping[str, Any]], found: Collection[UUID]) -> None:
    """What was found and locked is overwritten. What was not must still not be there, else the batch is done again:

    two processes that see the first facts of one case (from two topics) must not each begin its card. In the order of
    the keys, so that they do not wait for each other in a circle.
    """
    key = ON[row][0]
    tx.on_duplicate(f"{row.__tablename__}_pkey", TryAgain())
    new: list[Mapping[str, Any]] = []
    old: list[Mapping[str, Any]] = []
    for one in sorted(values, key=lambda one: one[key]):
        (old if one[key] in found else new).append(one)
    tx.insert_many(row, new)
    tx.upsert_many(row, old, ON[row])


def add_facts(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep the facts themselves; one that is there already (told again) stays as it is."""
    tx.upsert_many(FactRow, [{**row, "recorded_at": tx.now} for row in rows], ("id",))


def save_employers(tx: Tx, told: Iterable[EmployerRecorded]) -> None:
    """Employers as intake last described them."""
    latest = {one.employer_id: one for one in told}
    rows = [
        {
            "employer_id": one.employer_id,
            "name": one.employer_name,
            "short_name": one.short_name,
            "uscc": one.uscc,
            "region": one.region,
            "org": one.org,
            "headcount": one.headcount,
            "unionised": one.unionised,
        }
        for one in latest.values()
    ]
    tx.upsert_many(EmployerRow, rows, ("employer_id",))


def save_parties(tx: Tx, profiles: Mapping[UUID, Mapping[str, Any] | None]) -> None:
    """Profiles as they travel, with their blind indexes; None erases."""
    rows = [{"party_id": key, **values} for key, values in profiles.items() if values is not None]
    tx.upsert_many(PartyRow, rows, ("party_id",))
    for key, values in profiles.items():
        if values is None:
            tx.delete(PartyRow, {"party_id": key})


def tell_browsers(tx: Tx, payloads: Iterable[str]) -> None:
    """PostgreSQL delivers these to every process with this transaction's commit, or never."""
    for payload in payloads:
        tx.notify(CHANNEL, payload)


def to_fact(row: Any) -> Fact | None:
    """The fact of a stored row; None for one whose name nobody here knows."""
    body = decode(row["name"], row["version"], row["body"])
    if body is None:
        return None
    return Fact(
        row["name"], body, row["aggregate_id"], row["aggregate_version"], row["at"], row["actor_id"]
    )
