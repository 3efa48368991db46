"""The form again, with full values, for the officer who fills it in; and the arithmetic while it is typed."""

from typing import Any
from uuid import UUID

import msgspec
from fastapi import APIRouter
from pydantic import Field

from services.welfare.domain.application_state import Act
from services.welfare.domain.form import AMOUNT_FEN_MAX, ITEMS_MAX
from services.welfare.domain.hardship import FAMILY_MAX, Household, Item, assess
from services.welfare.domain.permissions import STAFF, may_do
from services.welfare.queries.page_family import HardshipPart, hardship_lines
from services.welfare.store.dossiers import read_dossier
from services.welfare.store.reference import load_programme, load_standard
from shared.kernel.auth import require
from shared.kernel.command import Request, Response
from shared.kernel.reader import Reader
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed

router = APIRouter(tags=["applications"])
CONSENT_VERSIONS = ("2026-1",)
"""The texts of consent that may be signed; the newest first."""
LABEL_MAX = 200


class FormPage(Response):
    """The form as it was written down; null before the first time."""

    version: int
    form: dict[str, Any] | None
    consent_versions: list[str]


@router.get("/applications/{application_id}/form")
async def get_form(application_id: UUID, reader: Reader) -> FormPage:
    """Full values: for the officer only, and the look is on record (rule 63)."""
    async with reader.context.db.transaction(actor=reader.actor) as tx:
        dossier = await read_dossier(tx, application_id)
        if not may_do(reader.actor, Act.FILL, dossier.application.org):
            raise NotAllowed
        if dossier.form is not None:
            seen = {"kind": "form", "field": "all"}
            tx.audit("value.reveal", "application", application_id, after=seen, why="fill")
    return FormPage(
        version=dossier.application.version,
        form=msgspec.to_builtins(dossier.form) if dossier.form else None,
        consent_versions=list(CONSENT_VERSIONS),
    )


class Expense(Request):
    """An unavoidable expense of the year."""

    label: str = Field(max_length=LABEL_MAX)
    amount_fen: int = Field(ge=0, le=AMOUNT_FEN_MAX)


class AssessHousehold(Request):
    """A family's year in figures; no person is named."""

    programme: str
    incomes_fen: list[int] = Field(min_length=1, max_length=FAMILY_MAX)
    expenses: list[Expense] = Field(default_factory=list, max_length=ITEMS_MAX)
    calamity_fen: int = Field(default=0, ge=0, le=AMOUNT_FEN_MAX)
    disaster: bool = False


@router.post("/assessments")
async def post_assessment(body: AssessHousehold, reader: Reader) -> HardshipPart:
    """The class of hardship that the figures give; stores nothing."""
    require(reader.actor, *STAFF)
    async with reader.context.db.transaction(actor=reader.actor) as tx:
        year = local_date(tx.now).year
        programme = await load_programme(tx, body.programme, year)
        standard = await load_standard(tx, year)
    family = Household(
        len(body.incomes_fen),
        tuple(Item("", fen) for fen in body.incomes_fen),
        tuple(Item(one.label, one.amount_fen) for one in body.expenses),
        body.calamity_fen,
        disaster=body.disaster,
    )
    return hardship_lines(family, assess(family, standard), programme)
