"""The federation changes a programme of a year: caps, usual grants, window, publicity. Each change is a new edition."""

from datetime import date
from typing import Annotated

from pydantic import Field

from services.welfare.domain.hardship import Hardship
from services.welfare.domain.permissions import may_manage_budget
from services.welfare.domain.programme import Fund, Per, Programme
from services.welfare.store.reference import has_programme, load_programme, save_programme
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.ids import derived_id
from shared.vocabulary.people import SYSTEM_ID
from shared.vocabulary.regions import CITY_PATH

router = CommandRouter(tags=["programmes"])
CAP_FEN_MAX = 100_000_000
AmountFen = Annotated[int, Field(ge=0, le=CAP_FEN_MAX)]
TEXT_MAX = 60
DAYS_MAX = 60


class SetProgramme(Request):
    """The whole programme; `publicity_workdays: 0` is emergency aid, paid while it is public."""

    zh: str = Field(min_length=1, max_length=TEXT_MAX)
    en: str = Field(min_length=1, max_length=TEXT_MAX)
    fund: Fund
    per: Per
    cap_fen: AmountFen
    yearly_cap_fen: AmountFen
    standards: dict[Hardship, AmountFen] = Field(default_factory=dict)
    file_based: bool
    opens_on: date | None = None
    closes_on: date | None = None
    publicity_workdays: int = Field(ge=0, le=DAYS_MAX)
    late_payment_days: int = Field(ge=1, le=DAYS_MAX)
    return_repair_days: int = Field(ge=1, le=DAYS_MAX)
    reason: str = Field(min_length=1, max_length=200)


class ProgrammeSet(Response):
    """The edition that now holds."""

    code: str
    year: int
    edition: int


@router.put("/programmes/{year}/{code}")
async def put_programme(year: int, code: str, body: SetProgramme, cmd: Command) -> ProgrammeSet:
    """Set a programme."""
    async with cmd.transaction() as tx:
        return tx.answer(await set_programme(year, code, body, tx))


async def set_programme(year: int, code: str, body: SetProgramme, tx: Tx) -> ProgrammeSet:
    """Only at the city's level; running applications follow the new edition from their next step."""
    if not may_manage_budget(tx.actor, CITY_PATH):
        raise NotAllowed
    known = await has_programme(tx, code, year)
    edition = 1 + ((await load_programme(tx, code, year)).version if known else 0)
    plan = dict(body)
    why = plan.pop("reason")
    programme = Programme(code=code, year=year, version=edition, **plan)
    save_programme(tx, programme)
    tx.audit(
        "programme.set",
        "programme",
        derived_id(SYSTEM_ID, f"programme {code} {year}"),
        after={"code": code, "year": year, "edition": edition},
        why=why,
    )
    return ProgrammeSet(code=code, year=year, edition=edition)
