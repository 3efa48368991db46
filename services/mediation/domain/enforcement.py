"""The routes that lie open after an agreement: review, confirmation, payment order, suit, arbitration.

Rules 28 to 31. A closed route says why; the parties choose one of review and confirmation, not both.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.mediation.domain.agreement import Agreement, Content, ReviewChoice
from services.mediation.domain.deadlines import ARBITRATION_REVIEW, JUDICIAL_CONFIRMATION
from shared.vocabulary.calendar import WorkCalendar

PAYMENT_ORDER_CONTENTS = frozenset(
    {Content.WAGES, Content.INJURY_MEDICAL, Content.ECONOMIC_COMPENSATION, Content.DAMAGES}
)


class Route(StrEnum):
    """Where the parties, or the worker alone, may turn."""

    ARBITRATION_REVIEW = "arbitration_review"
    JUDICIAL_CONFIRMATION = "judicial_confirmation"
    PAYMENT_ORDER = "payment_order"
    SUIT = "suit"
    ARBITRATION = "arbitration"


class Closed(StrEnum):
    """Why a route is closed."""

    NOT_EFFECTIVE = "not_effective"
    TOO_LATE = "too_late"
    EMPLOYMENT_RELATION = "employment_relation"
    STATUS_OR_TITLE = "status_or_title"
    OTHER_ROUTE_CHOSEN = "other_route_chosen"
    NOT_IN_DEFAULT = "not_in_default"
    CONTENT_NOT_COVERED = "content_not_covered"
    PAYMENT_ORDER_FIRST = "payment_order_first"
    ARBITRATE_FIRST = "arbitrate_first"


@dataclass(frozen=True, slots=True)
class RouteState:
    """A route with its last day where it has one; `closed` is None when it is open."""

    route: Route
    source: str
    last_day: date | None = None
    closed: Closed | None = None


class PaymentOrder(StrEnum):
    """How a payment order went: by the agreement (A), or without one (B), and ended by the court."""

    NONE = "none"
    A_ENDED = "a_ended"
    B_ENDED = "b_ended"


def routes(
    agreement: Agreement,
    today: date,
    calendar: WorkCalendar,
    payment_order: PaymentOrder = PaymentOrder.NONE,
) -> tuple[RouteState, ...]:
    """Every route with its state on a day."""
    review, confirmation = (
        _review(agreement, today, calendar),
        _confirmation(agreement, today, calendar),
    )
    late = any(one.is_late(today) for one in agreement.instalments) or (
        agreement.act_due is not None and today > agreement.act_due
    )
    return (review, confirmation, *_after_default(agreement, late, payment_order))


def _review(agreement: Agreement, today: date, calendar: WorkCalendar) -> RouteState:
    """仲裁审查: jointly, 15 natural days; never for the employment relation, nor once confirmed (办案规则 74, 75)."""
    source = "劳动人事争议仲裁办案规则 74、75"
    if agreement.effective_on is None:
        return RouteState(Route.ARBITRATION_REVIEW, source, closed=Closed.NOT_EFFECTIVE)
    last = ARBITRATION_REVIEW.deadline(agreement.effective_on, calendar).effective
    closed: Closed | None = None
    if Content.EMPLOYMENT_RELATION in agreement.contents:
        closed = Closed.EMPLOYMENT_RELATION
    elif agreement.review is ReviewChoice.JUDICIAL_CONFIRMATION:
        closed = Closed.OTHER_ROUTE_CHOSEN
    elif today > last:
        closed = Closed.TOO_LATE
    return RouteState(Route.ARBITRATION_REVIEW, source, last, closed)


def _confirmation(agreement: Agreement, today: date, calendar: WorkCalendar) -> RouteState:
    """司法确认: jointly, 30 natural days; not for status or title (民诉法 205; 解释 355)."""
    source = "民事诉讼法 205"
    if agreement.effective_on is None:
        return RouteState(Route.JUDICIAL_CONFIRMATION, source, closed=Closed.NOT_EFFECTIVE)
    last = JUDICIAL_CONFIRMATION.deadline(agreement.effective_on, calendar).effective
    closed: Closed | None = None
    if Content.STATUS_OR_TITLE in agreement.contents:
        closed = Closed.STATUS_OR_TITLE
    elif agreement.review is ReviewChoice.ARBITRATION_REVIEW:
        closed = Closed.OTHER_ROUTE_CHOSEN
    elif today > last:
        closed = Closed.TOO_LATE
    return RouteState(Route.JUDICIAL_CONFIRMATION, source, last, closed)


def _after_default(
    agreement: Agreement, late: bool, payment_order: PaymentOrder
) -> tuple[RouteState, ...]:
    """支付令 for the four money claims (调解仲裁法 16); a suit after order A ended (解释(一) 13) or for wages only."""
    covered = bool(agreement.contents & PAYMENT_ORDER_CONTENTS)
    order: Closed | None = None if covered else Closed.CONTENT_NOT_COVERED
    suit = _suit(agreement, covered, payment_order)
    if not late:
        order = suit = Closed.NOT_IN_DEFAULT
    arbitration = None if late else Closed.NOT_IN_DEFAULT
    return (
        RouteState(Route.PAYMENT_ORDER, "劳动争议调解仲裁法 16", closed=order),
        RouteState(Route.SUIT, "劳动争议司法解释（一）13、51", closed=suit),
        RouteState(Route.ARBITRATION, "劳动争议调解仲裁法 15", closed=arbitration),
    )


def _suit(agreement: Agreement, covered: bool, payment_order: PaymentOrder) -> Closed | None:
    match payment_order:
        case PaymentOrder.B_ENDED:
            return Closed.ARBITRATE_FIRST
        case PaymentOrder.A_ENDED if covered:
            return None
        case _ if agreement.contents == {Content.WAGES}:
            return None
        case _:
            return Closed.PAYMENT_ORDER_FIRST if covered else Closed.CONTENT_NOT_COVERED
