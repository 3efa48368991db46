"""An application for aid as the welfare queue shows it, folded from what welfare tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.workbench.domain.fact import Fact, put


@dataclass(slots=True)
class Application:
    """One application; `version` 0 means that nothing has arrived yet."""

    application_id: UUID
    case_id: UUID
    version: int = 0
    number: str | None = None
    party_id: UUID | None = None
    programme: str | None = None
    year: int | None = None
    org: str | None = None
    region: str | None = None
    origin: str | None = None
    state: str = "opened"
    state_since: datetime | None = None
    hardship: str | None = None
    household: int | None = None
    per_capita_fen: int | None = None
    amount_fen: int | None = None
    blocked: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    handler_id: UUID | None = None
    reviewer_id: UUID | None = None
    approver_id: UUID | None = None
    publicity_ends: str | None = None
    objections_open: int = 0
    payment: str | None = None
    """`sent`, `unknown`, `settled`, `returned`."""
    paid_fen: int = 0
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None


def fold_application(before: Application, fact: Fact) -> Application:
    """The application after one more fact."""
    act = _FOLDS.get(fact.name)
    return put(act(before, fact) if act else before, version=fact.number)


def _opened(before: Application, fact: Fact) -> Application:
    told = fact.body
    return put(
        before,
        number=told.application_number,
        party_id=told.party_id,
        programme=told.programme,
        year=told.year,
        org=told.org,
        region=told.region,
        origin=told.origin,
        opened_at=fact.at,
        state_since=fact.at,
    )


def _filled(before: Application, fact: Fact) -> Application:
    told = fact.body
    return put(
        before,
        hardship=told.hardship,
        household=told.household,
        per_capita_fen=told.per_capita_fen,
        amount_fen=told.amount_fen,
    )


def _checked(before: Application, fact: Fact) -> Application:
    return put(before, blocked=tuple(fact.body.blocked), warned=tuple(fact.body.warned))


def _moved(before: Application, fact: Fact) -> Application:
    told = fact.body
    return put(
        before,
        state=told.to_state,
        state_since=fact.at,
        handler_id=told.handler_id or before.handler_id,
        reviewer_id=told.reviewer_id or before.reviewer_id,
        approver_id=told.approver_id or before.approver_id,
    )


def _approved(before: Application, fact: Fact) -> Application:
    return put(before, amount_fen=fact.body.amount_fen, approver_id=fact.body.approver_id)


def _closed(before: Application, fact: Fact) -> Application:
    told = fact.body
    return put(before, outcome=told.outcome, paid_fen=told.paid_fen, closed_at=fact.at)


def _objections(step: int) -> Callable[[Application, Fact], Application]:
    return lambda before, _: put(before, objections_open=before.objections_open + step)


def _payment(state: str) -> Callable[[Application, Fact], Application]:
    return lambda before, _: put(before, payment=state)


_FOLDS: dict[str, Callable[[Application, Fact], Application]] = {
    "welfare.application_opened": _opened,
    "welfare.application_filled": _filled,
    "welfare.application_checked": _checked,
    "welfare.application_moved": _moved,
    "welfare.publicity_started": lambda before, fact: put(
        before, publicity_ends=fact.body.ends_on.isoformat()
    ),
    "welfare.objection_raised": _objections(1),
    "welfare.objection_resolved": _objections(-1),
    "welfare.application_approved": _approved,
    "welfare.payment_sent": _payment("sent"),
    "welfare.payment_unknown": _payment("unknown"),
    "welfare.payment_settled": _payment("settled"),
    "welfare.payment_returned": _payment("returned"),
    "welfare.application_closed": _closed,
}
