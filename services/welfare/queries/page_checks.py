"""The page's middle: the twenty checks with verdict, reason, remedy, and what a person said to them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from services.welfare.domain.checks import Verdict
from services.welfare.domain.checks_process import Report, Result
from services.welfare.domain.dossier import EXPLAINABLE, Dossier
from services.welfare.queries.shapes import StaffRef, Text, staff_ref
from shared.kernel.command import Response

TITLES_EN = {
    "W1": "Once a year per person",
    "W2": "Once a year per household",
    "W3": "Not aided elsewhere",
    "W4": "Account not shared",
    "W5": "Holder is the beneficiary",
    "W6": "Active member",
    "W7": "Within the caps",
    "W8": "File active",
    "W9": "Yearly re-check",
    "W10": "Public long enough",
    "W11": "Different people sign",
    "W12": "Budget available",
    "W13": "Cross-check of assets",
    "W14": "Numbers valid",
    "W15": "Paid in time",
    "W16": "Cash documented",
    "W17": "Invoice claimed once",
    "W18": "Unchanged since approval",
    "W19": "Returns taken up",
    "W20": "No cluster",
}


class Judgement(Response):
    """A person's word on a check."""

    accepted: bool
    reason: str
    by: StaffRef | None
    at: datetime


class CheckLine(Response):
    """One check."""

    id: str
    title: Text
    state: str
    reason: Text
    remedy: Text | None
    explainable: bool
    explanation: Judgement | None
    detail: str | None
    """What the cross-check found and what the applicant says to it (W13)."""


class CheckPart(Response):
    """All twenty, the most serious first, and how many of each."""

    counts: dict[str, int]
    items: list[CheckLine]


def checks_part(dossier: Dossier, report: Report, names: Mapping[UUID, str]) -> CheckPart:
    """The report with what people said."""
    counts = {verdict.value: len(report.ids(verdict)) for verdict in Verdict}
    return CheckPart(counts=counts, items=[_line(one, dossier, names) for one in report.results])


def _line(result: Result, dossier: Dossier, names: Mapping[UUID, str]) -> CheckLine:
    judged, outcome = dossier.explained(result.id), result.outcome
    remedy = outcome.remedy
    return CheckLine(
        id=result.id,
        title=Text(zh=result.title_zh, en=TITLES_EN[result.id]),
        state=outcome.verdict.value,
        reason=Text(zh=outcome.reason.zh, en=outcome.reason.en),
        remedy=Text(zh=remedy.zh, en=remedy.en) if remedy else None,
        explainable=result.id in EXPLAINABLE,
        explanation=None
        if judged is None
        else Judgement(
            accepted=judged.accepted,
            reason=judged.reason,
            by=staff_ref(judged.by, names),
            at=judged.at,
        ),
        detail=_assets(dossier) if result.id == "W13" else None,
    )


def _assets(dossier: Dossier) -> str | None:
    assets = dossier.form.assets if dossier.form else None
    if assets is None or not assets.found:
        return None
    return "。".join(part for part in (assets.what, assets.explanation) if part)
