"""Something happened that people are waiting to hear: each of them gets one message about it, once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from services.notify.domain.audience import Occasion, templates_for
from services.notify.domain.errand import Errand
from services.notify.domain.templates import Audience
from services.notify.store.errands import carry_out
from shared.contracts.base import Event
from shared.contracts.intake import (
    CaseClosed,
    CaseExtended,
    CaseRegistered,
    CaseReminded,
    CaseReopened,
    ExtensionRefused,
    ReturnRefused,
)
from shared.contracts.mediation import (
    ConferenceScheduled,
    GradeChanged,
    LawyerOffered,
    MediatorAssigned,
    StageAdvanced,
)
from shared.contracts.notify import MessageFailed
from shared.contracts.welfare import PublicityStarted
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import CHINA

HOUR_S = 3600


async def tell_people(event: Any, tx: Tx) -> None:
    """Queue the messages of a fact. A fact that is told again (replay) was told to the people before."""
    cause = tx.cause
    if cause is None or cause.replay:
        return
    for template in templates_for(occasion(event)):
        errand = Errand(
            cause_id=cause.id,
            case_id=event.case_id,
            subject_id=event.aggregate_id,
            template=template.code,
            named=named(event, template.audience),
            fields=fields(event, cause.time),
        )
        await carry_out(tx, errand)


def occasion(event: Event) -> Occasion:
    """What the choice of messages depends on."""
    match event:
        case CaseRegistered():
            return Occasion(event.name, handling=event.handling, danger=event.danger)
        case CaseReminded():
            return Occasion(event.name, deadline=event.deadline)
        case ReturnRefused() | ExtensionRefused():
            return Occasion(event.name, decided=event.refused_by is not None)
        case CaseClosed():
            return Occasion(event.name, outcome=event.outcome)
        case GradeChanged():
            return Occasion(event.name, grade=event.to_grade)
        case MessageFailed():
            return Occasion(event.name, call_task=event.call_task)
        case _:
            return Occasion(event.name)


def named(event: Event, audience: Audience) -> tuple[UUID, ...]:
    """The people whom the fact itself names for that audience."""
    match event, audience:
        case LawyerOffered(), Audience.LAWYER:
            return (event.lawyer_id,)
        case MediatorAssigned(), Audience.MEDIATOR:
            return (event.mediator_id,)
        case ConferenceScheduled(), Audience.MEDIATOR:
            return event.attendee_ids
        case _:
            return ()


def fields(event: Event, told_at: datetime) -> dict[str, str]:
    """The fields of a template that come from the fact itself."""
    say = FIELDS.get(type(event))
    return say(event, told_at) if say else {}


def _offer(event: Any, told_at: datetime) -> dict[str, str]:
    hours = ceil((event.expires_at - told_at).total_seconds() / HOUR_S)
    return {"hours": str(max(1, hours))}


def _meeting(event: Any, _told_at: datetime) -> dict[str, str]:
    local = event.starts_at.astimezone(CHINA)
    return {"date": local.date().isoformat(), "time": f"{local:%H:%M}"}


def _new_date(event: Any, _told_at: datetime) -> dict[str, str]:
    return {"date": event.deadlines[-1].effective.isoformat()}


FIELDS: Mapping[type[Event], Callable[[Any, datetime], dict[str, str]]] = {
    LawyerOffered: _offer,
    ConferenceScheduled: _meeting,
    CaseExtended: _new_date,
    CaseReopened: _new_date,
    StageAdvanced: lambda event, _: {"stage": event.to_stage},
    PublicityStarted: lambda event, _: {"date": event.ends_on.isoformat()},
}
