"""What every command on an application answers: where it now stands, and which checks stop or warn."""

from uuid import UUID

from services.welfare.domain.checks import Verdict
from services.welfare.domain.checks_process import Report
from services.welfare.domain.dossier import Dossier
from shared.kernel.command import Response


class ApplicationChanged(Response):
    """The state after the command."""

    application_id: UUID
    application_no: str
    state: str
    blocked: list[str]
    warned: list[str]


def changed(dossier: Dossier, report: Report | None = None) -> ApplicationChanged:
    """The answer about an application."""
    return ApplicationChanged(
        application_id=dossier.application.id,
        application_no=dossier.application.number,
        state=dossier.state.value,
        blocked=list(report.ids(Verdict.BLOCK)) if report else [],
        warned=list(report.ids(Verdict.WARN)) if report else [],
    )
