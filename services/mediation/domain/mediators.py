"""Who may mediate a dispute, how many there must be, and what they may never become in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.mediation.domain.grade import Grade
from services.mediation.domain.scheme import Settings
from shared.vocabulary.errors import Refused
from shared.vocabulary.regions import is_within

CASELOAD_MAX = 25
MEDIATORS_PER_DISPUTE_MAX = 5


@dataclass(frozen=True, slots=True)
class Mediator:
    """A mediator on the roster of a node of the union."""

    id: UUID
    org: str
    open_disputes: int = 0
    caseload_max: int = CASELOAD_MAX
    is_available: bool = True
    certified_until: date | None = None
    expertise: frozenset[str] = frozenset()


class CaseRole(StrEnum):
    """Roles in the later procedure that a mediator of the case may never take (特邀调解规定 16)."""

    JUROR = "juror"
    AGENT = "agent"
    WITNESS = "witness"
    EXPERT = "expert"
    INTERPRETER = "interpreter"


class Unfit(StrEnum):
    """Why a mediator cannot be assigned."""

    UNAVAILABLE = "unavailable"
    CERTIFICATE_EXPIRED = "certificate_expired"
    OUT_OF_AREA = "out_of_area"
    CONFLICT = "conflict"
    FULL = "full"


class MediatedThisCase(Refused):
    """Rule 24: a mediator of the case never acts in it otherwise."""

    code = "mediated_this_case"
    zh = "该人员曾担任本案调解员，不能再任代理人、证人、鉴定人、翻译或陪审员（特邀调解规定16条），请改派他人。"
    en = "This person mediated the case and may not serve in it otherwise. Assign somebody else."


class MediatorUnfit(Refused):
    """The person cannot be assigned now; `details["why"]` says why."""

    code = "mediator_unfit"
    zh = "该调解员暂不能承办本案（停用、证书到期、不在辖区、需回避或已满额），请改选其他调解员。"
    en = "This mediator cannot take the case now. Choose another one."


def mediators_required(
    grade: Grade, settings: Settings, *, complex_case: bool = False, party_asked: bool = False
) -> int:
    """One, or two with a presider for grave or complex cases or at a party's request (特邀调解规定 13)."""
    return 2 if grade >= settings.two_mediators_from or complex_case or party_asked else 1


def unfit(
    mediator: Mediator, dispute_org: str, conflicts: Collection[UUID], today: date
) -> Unfit | None:
    """The first reason against assigning a mediator; None when there is none.

    A mediator serves cases of the own node's subtree.
    """
    reasons = (
        (Unfit.UNAVAILABLE, not mediator.is_available),
        (
            Unfit.CERTIFICATE_EXPIRED,
            mediator.certified_until is not None and mediator.certified_until < today,
        ),
        (Unfit.OUT_OF_AREA, not is_within(dispute_org, mediator.org)),
        (Unfit.CONFLICT, mediator.id in conflicts),
        (Unfit.FULL, mediator.open_disputes >= mediator.caseload_max),
    )
    return next((reason for reason, applies in reasons if applies), None)


def choose_mediators(
    roster: Iterable[Mediator],
    dispute_org: str,
    conflicts: Collection[UUID],
    today: date,
    *,
    count: int = 1,
    expertise: str | None = None,
) -> tuple[UUID, ...]:
    """Up to `count` mediators: the nearest office first, then expertise, load, and the lower id.

    Fewer than asked for means that a coordinator must act; the first one presides.
    """
    fit = [one for one in roster if unfit(one, dispute_org, conflicts, today) is None]
    fit.sort(
        key=lambda one: (
            -len(one.org.split(".")),
            expertise not in one.expertise,
            one.open_disputes,
            one.id,
        )
    )
    return tuple(one.id for one in fit[:count])


def refuse_role_conflict(person: UUID, role: CaseRole, mediated_by: Collection[UUID]) -> None:
    """Refuse to give anybody who ever mediated the case another role in it (rule 24)."""
    if person in mediated_by:
        raise MediatedThisCase(role=role.value)
