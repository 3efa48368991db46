"""An employer is put on record, or known better now: credit code, place, head-count, union."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.intake.domain.employer import (
    EMPLOYER_NAME_CHARACTERS_MAX,
    Employer,
    name_key,
    new_employer,
    short_name,
)
from services.intake.domain.permissions import may_register
from services.intake.domain.problems import Problems
from services.intake.store.employers import (
    add_employer,
    find_employer,
    known_employer,
    save_employer,
)
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed, Refused
from shared.vocabulary.identifiers import uscc
from shared.vocabulary.regions import Region, county_of, region_of_code

router = CommandRouter(tags=["employers"])
HEADCOUNT_MAX = 1_000_000
UNION_SINCE_MIN = 1925
"""The All-China Federation was founded in 1925."""
NAME = ("用人单位名称", "the employer's name")


class AnotherEmployer(Refused):
    """One credit code belongs to one employer."""

    code = "employer_uscc_taken"
    zh = "该统一社会信用代码已登记在另一单位名下，请核对代码或先查找该单位。"
    en = "This credit code is recorded for another employer. Check the code or search for that one."


class RecordEmployer(Request):
    """What is known; the name decides which employer it is."""

    name: str
    uscc: str | None = None
    region: str | None = None
    headcount: int | None = None
    unionised_since: int | None = None


class EmployerOnRecord(Response):
    """Its id, and whether it was new."""

    employer_id: UUID
    created: bool


@router.post("/employers", status_code=201)
async def post_employer(told: RecordEmployer, cmd: Command) -> EmployerOnRecord:
    """Record an employer; recording it again fills gaps and corrects."""
    async with cmd.transaction() as tx:
        return tx.answer(await record_employer(told, tx))


async def record_employer(told: RecordEmployer, tx: Tx) -> EmployerOnRecord:
    """Unknown fields keep what is on record."""
    if not may_register(tx.actor):
        raise NotAllowed
    code, place = _checked(told, local_date(tx.now))
    tx.on_duplicate("employer_uscc_key", AnotherEmployer())
    row = await find_employer(tx, name_key(told.name))
    if row is None:
        new = new_employer(told.name, place, tx.actor.org)
        assert new is not None  # noqa: S101 - the name was checked
        add_employer(tx, _better(new, told, code, place))
        tx.audit("employer.record", "employer", new.id, after={"uscc": code})
        return EmployerOnRecord(employer_id=new.id, created=True)
    known = known_employer(row)
    save_employer(tx, _better(known, told, code, place), row["version"])
    tx.audit(
        "employer.record", "employer", known.id, before={"uscc": known.uscc}, after={"uscc": code}
    )
    return EmployerOnRecord(employer_id=known.id, created=False)


def _better(
    known: Employer, told: RecordEmployer, code: str | None, place: Region | None
) -> Employer:
    return replace(
        known,
        name=told.name,
        short_name=short_name(told.name),
        uscc=code or known.uscc,
        region=place.code if place else known.region,
        org=county_of(place.path) if place else known.org,
        headcount=told.headcount or known.headcount,
        unionised_since=told.unionised_since or known.unionised_since,
    )


def _checked(told: RecordEmployer, today: date) -> tuple[str | None, Region | None]:
    problems = Problems()
    problems.required("name", name_key(told.name), NAME)
    problems.length("name", told.name, EMPLOYER_NAME_CHARACTERS_MAX, NAME)
    code = problems.take("uscc", lambda: uscc(told.uscc or "")) if told.uscc else None
    place = region_of_code(told.region) if told.region else None
    if told.region and place is None:
        zh, en = (
            "没有这个县区或镇街，请从列表中选择。",
            "There is no such place. Choose one from the list.",
        )
        problems.add("region", "region_unknown", zh, en)
    if told.headcount is not None:
        problems.number(
            "headcount", told.headcount, (1, HEADCOUNT_MAX), ("职工人数", "the head-count")
        )
    if told.unionised_since is not None:
        limits, what = (UNION_SINCE_MIN, today.year), ("建会年份", "the year of the union")
        problems.number("unionised_since", told.unionised_since, limits, what)
    problems.stop()
    return code, place
