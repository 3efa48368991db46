"""Where domain words become wire words: what is told of an application."""

import itertools
from collections.abc import Sequence

from services.welfare.domain.application import Application, Seat
from services.welfare.domain.application_state import State
from services.welfare.domain.checks import Verdict
from services.welfare.domain.checks_process import Report
from services.welfare.domain.dossier import Dossier
from services.welfare.domain.publicity import Publicity
from shared.contracts.welfare import (
    ApplicationApproved,
    ApplicationChecked,
    ApplicationClosed,
    ApplicationFilled,
    ApplicationMoved,
    ApplicationOpened,
    PublicityStarted,
)


def opened(dossier: Dossier) -> ApplicationOpened:
    """The application exists."""
    application = dossier.application
    return ApplicationOpened(
        application_id=application.id,
        case_id=application.case_id,
        application_number=application.number,
        party_id=application.party_id,
        programme=application.programme,
        year=application.year,
        org=application.org,
        region=dossier.region,
        origin=dossier.origin,
    )


def filled(dossier: Dossier) -> ApplicationFilled:
    """The form was written down."""
    application, form, found = dossier.application, dossier.form, dossier.assessment
    if form is None or found is None:
        raise ValueError("only a filled application is told as filled")
    return ApplicationFilled(
        application_id=application.id,
        case_id=application.case_id,
        hardship=found.hardship.value,
        per_capita_fen=found.per_capita_fen,
        household=form.household.size,
        amount_fen=form.amount_fen,
    )


def ran(application: Application, report: Report) -> ApplicationChecked:
    """The checks ran."""
    return ApplicationChecked(
        application_id=application.id,
        case_id=application.case_id,
        blocked=report.ids(Verdict.BLOCK),
        warned=report.ids(Verdict.WARN),
        passed=report.ids(Verdict.PASS),
    )


def moves(
    before: Application, after: Application, via: Sequence[State] = ()
) -> list[ApplicationMoved]:
    """The steps from one state to another, one fact each."""
    if before.state is after.state and not via:
        return []
    path = (before.state, *via, after.state)
    return [
        ApplicationMoved(
            application_id=after.id,
            case_id=after.case_id,
            from_state=one.value,
            to_state=two.value,
            handler_id=after.seat(Seat.HANDLER),
            reviewer_id=after.seat(Seat.REVIEWER),
            approver_id=after.seat(Seat.APPROVER),
        )
        for one, two in itertools.pairwise(path)
    ]


def published(application: Application, publicity: Publicity) -> PublicityStarted:
    """The masked list is public."""
    return PublicityStarted(
        application_id=application.id,
        case_id=application.case_id,
        starts_on=publicity.starts_on,
        ends_on=publicity.ends_on,
        provisional=publicity.due.provisional,
    )


def approved(application: Application) -> ApplicationApproved:
    """The approver signed."""
    content, approval = application.content, application.approval
    if content is None or approval is None:
        raise ValueError("only an approved application is told as approved")
    return ApplicationApproved(
        application_id=application.id,
        case_id=application.case_id,
        amount_fen=content.amount_fen,
        content_hash=approval.content_hash,
        approver_id=approval.approver_id,
    )


def closed(application: Application, outcome: str, paid_fen: int) -> ApplicationClosed:
    """Nothing is left to do."""
    return ApplicationClosed(
        application_id=application.id,
        case_id=application.case_id,
        outcome=outcome,
        paid_fen=paid_fen,
    )
