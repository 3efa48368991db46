"""The floor of create-case: pgbench writes the same rows with the same statement, prepared, with fsync.

The statement is taken from the use case itself. What is new in every command (ids, keys, numbers) is made by the
database; everything else stays as it was in the sample.
"""

import re
import subprocess
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from deploy.bench.calls import OPERATOR, body_of
from deploy.local import postgres
from services.intake.usecases.register_call import RegisterCall, register_call
from shared.kernel.database import Database
from shared.kernel.idempotency import Request, hash_body
from shared.vocabulary.ids import new_id

ARGUMENT = re.compile(r"\$(\d+)::([a-z ]+(?:\[\])?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Floor:
    """Transactions per second of pgbench."""

    clients: int
    per_s: float


async def sample_statement(db: Database, number: int) -> tuple[str, list[Any]]:
    """The statement of one registration, not sent."""
    request = Request(str(new_id()), hash_body("/calls", b"x"), new_id(), None, 201)
    transaction = db.transaction(actor=OPERATOR, request=request)
    tx = transaction.tx
    try:
        call = RegisterCall.model_validate_json(msgspec.json.encode(body_of(number)))
        tx.answer(await register_call(call, tx))
        return tx.statement()
    finally:
        await tx.close()


def script_of(statement: str, args: list[Any], known: set[UUID]) -> str:
    """The statement for pgbench: fresh values where the sample's were new, literals elsewhere."""
    fresh: dict[Any, str] = {}

    def literal(value: Any) -> str:
        if isinstance(value, UUID) and value not in known:
            name = fresh.setdefault(value, f"u{len(fresh)}")
            return f"(SELECT {name} FROM fresh)"
        if isinstance(value, str) and _is_unique_text(value):
            name = fresh.setdefault(value, f"u{len(fresh)}")
            return f"(SELECT {name}::text FROM fresh)"
        return _plain(value)

    def argument(match: re.Match[str]) -> str:
        value, kind = args[int(match.group(1)) - 1], match.group(2)
        if kind.endswith("[]"):
            return f"ARRAY[{', '.join(literal(one) for one in value)}]::{kind}"
        return f"{literal(value)}::{kind}"

    text = ARGUMENT.sub(argument, statement)
    made = ", ".join(f"uuidv7() AS {name}" for name in fresh.values())
    return text.replace("WITH ", f"WITH fresh AS MATERIALIZED (SELECT {made}), ", 1) + ";\n"


def _is_unique_text(value: str) -> bool:
    """Case numbers, idempotency keys and blind indexes: short, no blanks, with digits or both cases."""
    return bool(re.fullmatch(r"ZQ-\d{8}-\d+|[0-9a-f-]{36}|[A-Za-z0-9_-]{16}", value))


def _plain(value: Any) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int() | float():
            return str(value)
        case bytes():
            return f"'\\x{value.hex()}'"
        case datetime() | date() | UUID() | str():
            return _quoted(str(value))
        case _:
            return _quoted(msgspec.json.encode(value).decode())


def _quoted(text: str) -> str:
    """A literal without colons: pgbench would take what follows one for a variable."""
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a")
    return f"E'{escaped}'"


def run(url: str, script: Path, *, clients: int, seconds: int) -> Floor:
    """One pgbench run."""
    words = [
        str(postgres.program("pgbench")),
        "-n", "-M", "prepared", "-j", "2", "-c", str(clients), "-T", str(seconds),
        "-f", str(script), url,
    ]  # fmt: skip
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode or found is None:
        raise RuntimeError(f"pgbench: {done.stderr[-800:]}")
    return Floor(clients, float(found.group(1)))
