"""What ends a mediation, and the written advice that must follow when it ends without agreement."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """Closing codes (在线调解规则 25; 特邀调解规定 26)."""

    AGREEMENT = "agreement"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    GAP_TOO_WIDE = "gap_too_wide"
    PARTY_UNREACHABLE = "party_unreachable"
    PERIOD_OVER = "period_over"
    REFUSED_TO_SIGN = "refused_to_sign"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER = "other"


class Receipt(StrEnum):
    """How the letter reached the workers: signed for, refused (recorded), or sent with proof of service."""

    SIGNED = "signed"
    REFUSED = "refused"
    SERVED = "served"


@dataclass(frozen=True, slots=True)
class ArbitrationAdvice:
    """The letter that tells a party of the right to arbitrate (规定 30); out of scope: of the right body."""

    issued_on: date
    receipt: Receipt | None = None
    received_on: date | None = None
