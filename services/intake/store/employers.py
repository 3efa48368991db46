"""Employers: one for each name, found by characters, pinyin, initials and credit code."""

from typing import Any

from sqlmodel import col, select

from services.intake.domain.employer import Employer, name_key
from services.intake.store.pinyin import initials, syllables
from services.intake.tables import EmployerRow
from shared.contracts.intake import EmployerRecorded
from shared.kernel.storage import TryAgain
from shared.kernel.transaction import Record, Tx


def add_employer(tx: Tx, employer: Employer) -> Employer:
    """A new employer, told to the other services."""
    tx.on_duplicate("employer_name_key", TryAgain())  # somebody else recorded it meanwhile
    tx.insert(EmployerRow, {"id": employer.id, **employer_values(employer)})
    tx.emit(recorded(employer))
    return employer


def save_employer(tx: Tx, employer: Employer, version: int) -> None:
    """An employer that is known better now."""
    tx.update(EmployerRow, employer.id, employer_values(employer), version)
    tx.emit(recorded(employer))


def employer_values(employer: Employer) -> dict[str, Any]:
    """The columns of an employer."""
    name, short = employer.name, employer.short_name
    words = (name, short, syllables(short), initials(name), initials(short), employer.uscc or "")
    return {
        "name": name,
        "name_key": name_key(name),
        "short_name": short,
        "uscc": employer.uscc,
        "region": employer.region,
        "org": employer.org,
        "headcount": employer.headcount,
        "unionised_since": employer.unionised_since,
        "search": " ".join(words).lower(),
    }


def recorded(employer: Employer) -> EmployerRecorded:
    """The fact about an employer."""
    return EmployerRecorded(
        employer_id=employer.id,
        employer_name=employer.name,
        short_name=employer.short_name,
        uscc=employer.uscc,
        region=employer.region,
        org=employer.org,
        headcount=employer.headcount,
        unionised=None if employer.unionised_since is None else True,
    )


def known_employer(row: Any) -> Employer:
    """The employer of a row."""
    return Employer(**{name: row[name] for name in Employer.__dataclass_fields__})


async def find_employer(tx: Tx, key: str) -> Record | None:
    """The employer of that name, locked until the commit."""
    return await tx.one(
        select(EmployerRow).where(col(EmployerRow.name_key) == key).with_for_update()
    )
