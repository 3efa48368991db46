"""Cards, applications and messages ⇄ rows. `folded` holds the whole object; the other columns are computed from it."""

from typing import Any, Final

import msgspec

from services.workbench.domain.application import Application
from services.workbench.domain.card import Card
from services.workbench.domain.delivery import Delivery
from services.workbench.domain.summary import (
    amount_of,
    dues_of,
    employer_of,
    org_of,
    owner_of,
    people_of,
    state_of,
)
from services.workbench.tables import ApplicationRow, CardPartyRow, CardRow, DeliveryRow

ON: Final = {
    CardRow: ("case_id",),
    CardPartyRow: ("case_id", "party_id"),
    ApplicationRow: ("application_id",),
    DeliveryRow: ("delivery_id",),
}
"""The tables that are folds of facts, and their keys."""


def to_card(row: Any) -> Card:
    """The card of a row."""
    return msgspec.convert(row["folded"], Card, strict=False)  # keys of JSON are text


def card_values(card: Card) -> dict[str, Any]:
    """The row of a card."""
    dispute = card.dispute
    dues = dues_of(card)
    offer = dispute.offer if dispute else None
    return {
        "case_id": card.case_id,
        "number": card.case.number,
        "tracking_blind": card.case.tracking_blind,
        "state": state_of(card),
        "org": org_of(card),
        "intake_org": card.case.org,
        "desk_org": card.case.desk_org,
        "region": card.case.region,
        "category": card.case.category,
        "track": card.case.track,
        "urgency": card.case.urgency,
        "employer_id": employer_of(card),
        "caller_id": card.case.caller_id,
        "operator_id": card.case.operator_id,
        "people": people_of(card),
        "amount_fen": amount_of(card),
        "dispute_id": card.dispute_id,
        "stage": dispute.stage if dispute else None,
        "grade": dispute.grade if dispute else None,
        "is_group": bool(dispute and dispute.group),
        "owner_id": owner_of(card),
        "mediator_ids": [str(one) for one in dispute.mediator_ids] if dispute else [],
        "lawyer_id": dispute.lawyer_id if dispute else None,
        "offer_id": offer.offer_id if offer else None,
        "offer_lawyer_id": offer.lawyer_id if offer else None,
        "pool_empty": bool(dispute and dispute.pool_empty),
        "missing": len(dispute.missing) if dispute else 0,
        "due_at": dues[0].at if dues else None,
        "due_kind": dues[0].kind if dues else None,
        "reminded": card.case.reminded,
        "overdue": card.case.overdue,
        "satisfaction": card.case.satisfaction,
        "registered_at": card.case.received_at,
        "handled_at": card.case.handled_at,
        "closed_at": card.case.closed_at,
        "touched_at": card.touched_at,
        "folded": msgspec.to_builtins(card, str_keys=True),
    }


def party_values(card: Card) -> list[dict[str, Any]]:
    """The workers of a card, each once."""
    everybody = dict.fromkeys(
        one for one in (card.case.caller_id, *card.case.claimant_ids) if one is not None
    )
    return [{"case_id": card.case_id, "party_id": party_id} for party_id in everybody]


def to_application(row: Any) -> Application:
    """The application of a row."""
    return msgspec.convert(row["folded"], Application, strict=False)


def application_values(application: Application) -> dict[str, Any]:
    """The row of an application."""
    return {
        "application_id": application.application_id,
        "case_id": application.case_id,
        "number": application.number,
        "party_id": application.party_id,
        "org": application.org,
        "programme": application.programme,
        "state": application.state,
        "state_since": application.state_since,
        "closed_at": application.closed_at,
        "folded": msgspec.to_builtins(application),
    }


_DELIVERY_FIELDS: Final = tuple(Delivery.__dataclass_fields__)


def to_delivery(row: Any) -> Delivery:
    """The message of a row."""
    return Delivery(*(row[name] for name in _DELIVERY_FIELDS))


def delivery_values(delivery: Delivery) -> dict[str, Any]:
    """The row of a message."""
    return {name: getattr(delivery, name) for name in _DELIVERY_FIELDS}
