"""More time for a case: asked for once, before its time is over, with a reason; a supervisor decides (rule 42)."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import Act
from services.intake.domain.clocks import handling_of
from services.intake.domain.dispatching import OwnRequest
from services.intake.domain.sla import HANDLING, SlaTable, check_extension, extend
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.errors import Refused


class ExtensionReason(StrEnum):
    """Why the time is not enough."""

    EVIDENCE = "evidence"
    TALKS = "talks"
    OTHER_BODY = "other_body"
    COMPLEX = "complex"
    ABSENT = "absent"


class ExtensionPending(Refused):
    """The first request is decided before there is another."""

    code = "extension_pending"
    zh = "已有一份延期申请正在审批，请等待审批结果。"
    en = "An extension was asked for already. Wait for the decision."


class NoExtensionAsked(Refused):
    """There is nothing to decide: it was decided meanwhile, or lapsed with the deadline."""

    code = "no_extension_asked"
    zh = "该工单没有待审批的延期申请，可能已审批或已随期限届满失效，请刷新查看。"
    en = "No extension awaits a decision. It was decided, or lapsed with the deadline. Refresh."


def ask(case: Case, by: UUID, reason: ExtensionReason, today: date) -> Case:
    """The request; nothing moves before it is granted."""
    asked = case.do(Act.EXTEND)
    if case.extension_by is not None:
        raise ExtensionPending
    check_extension(handling_of(case.deadlines), today=today, extensions=case.extensions)
    return replace(asked, extension_by=by, extension_reason=reason.value)


def grant(case: Case, by: UUID, today: date, table: SlaTable, calendar: WorkCalendar) -> Case:
    """The case with its later deadline; also the decision comes before the time is over."""
    decided = _decided(case, by)
    longer = extend(
        handling_of(case.deadlines),
        today=today,
        extensions=case.extensions,
        reason=case.extension_reason or "",
        table=table,
        calendar=calendar,
    )
    others = tuple(one for one in case.deadlines if one.kind != HANDLING)
    return replace(decided, deadlines=(*others, longer), extensions=case.extensions + 1)


def refuse(case: Case, by: UUID) -> Case:
    """The deadline stays; with a better reason it may be asked for again."""
    return _decided(case, by)


def lapse(case: Case) -> Case:
    """A request nobody decided ends with what it was about: the time of the case, or the unit's part in it."""
    return replace(case, extension_by=None, extension_reason=None)


def _decided(case: Case, by: UUID) -> Case:
    if case.extension_by is None:
        raise NoExtensionAsked
    if case.extension_by == by:
        raise OwnRequest
    return lapse(case.do(Act.EXTEND))
