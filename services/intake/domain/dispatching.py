"""A unit signs for a case, asks to be relieved of it, and somebody else decides (rules 40 and 46; 信访工作条例 23).

Whoever received a case first answers for it until another unit has it (首接负责): a return takes effect only when it is
granted by naming that unit; refused, the case stays where it is.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.intake.domain.case import Case, dispatch
from services.intake.domain.case_state import Act
from services.intake.domain.routing import may_receive
from services.intake.domain.sla import RETURNS_MAX, check_return
from shared.vocabulary.calendar import WorkCalendar, local_date
from shared.vocabulary.errors import Refused
from shared.vocabulary.regions import (
    CITY_PATH,
    REGIONS,
    Region,
    county_of,
    is_within,
    region_of_code,
)

COMPLAINT = "complaint"


class ReturnReason(StrEnum):
    """Why a unit says that a case is not its own."""

    NOT_OURS = "not_ours"
    OTHER_PLACE = "other_place"
    REPEATED = "repeated"
    RELATED = "related"
    """Somebody of the unit is related to a side (rule 47)."""
    UNCLEAR = "unclear"


class PartInHand(Refused):
    """A dispute or an application cannot change hands behind the back of the service that has it."""

    code = "case_part_in_hand"
    zh = "该工单的争议调解或帮扶申请正在办理，请先在争议或帮扶页面办结或终止，再回到工单操作。"
    en = "The dispute or the application for aid is open. Finish or end it on its own page first."


class TooManyReturns(Refused):
    """After repeated returns a supervisor decides who takes the case."""

    code = "too_many_returns"
    zh = "该工单已多次退回，须由督办人员指定承办单位（首接负责制）。"
    en = "The case was returned too often. A supervisor names the unit that takes it."


class OwnRequest(Refused):
    """Nobody decides about what they asked for themselves."""

    code = "own_request"
    zh = "这是您本人提出的申请，须由其他有权限的人员审批。"
    en = "You asked for this yourself. Somebody else with the right to do so decides."


def sign(case: Case, by: UUID) -> Case:
    """A member of the unit takes the case up and is its owner from now on."""
    return replace(case.do(Act.SIGN), signed_by=by)


def give_back(case: Case, by: UUID, today: date, calendar: WorkCalendar) -> Case:
    """The unit asks to be relieved, within five working days of receiving the case (rule 40), and for no more time."""
    check_free(case)
    asked = case.do(Act.RETURN)
    check_return(case.dispatched_on or local_date(case.received_at), today, calendar)
    return replace(
        asked,
        returns=case.returns + 1,
        returned_by=by,
        signed_by=None,
        extension_by=None,
        extension_reason=None,
    )


def keep(case: Case, by: UUID, *, supervisor: bool) -> Case:
    """The return is refused: the unit signs for the case after all."""
    kept = case.do(Act.KEEP)
    check_decider(case, by, supervisor=supervisor)
    return replace(kept, returned_by=None)


def redispatch(case: Case, org: str, by: UUID, today: date, *, supervisor: bool) -> Case:
    """Another unit receives the case, and has five working days of its own to object."""
    check_free(case)
    sent = dispatch(case, org, today)
    check_decider(case, by, supervisor=supervisor)
    return replace(sent, returned_by=None, signed_by=None)


def check_free(case: Case) -> None:
    """Refuse while another service has, or is about to take up, a part of the case."""
    if case.open_parts:
        raise PartInHand(parts=[part.kind.value for part in case.open_parts])


def check_decider(case: Case, by: UUID, *, supervisor: bool) -> None:
    """Refuse a decision about one's own request, and the third one by anybody but a supervisor (rule 40)."""
    if by == case.returned_by:
        raise OwnRequest
    if case.returns >= RETURNS_MAX and not supervisor:
        raise TooManyReturns


def units_for(case: Case, scope: str) -> tuple[Region, ...]:
    """The units that somebody placed on `scope` may give the case to: their own subtree, or up to the city.

    Never the one that has it, nor, for a complaint, the one complained about or any below it (rule 46).
    """
    place = region_of_code(case.region)
    blamed = county_of(place.path) if place and case.category == COMPLAINT else None
    return tuple(
        region
        for region in REGIONS
        if region.path != case.org
        and (region.path == CITY_PATH or is_within(region.path, scope))
        and may_receive(region.path, blamed)
    )
