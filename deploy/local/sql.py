"""A few administrative SQL statements from synchronous code, with or without a running event loop."""

import asyncio
import re
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

CONNECT_TIMEOUT_S = 5.0
NAME = re.compile(r"^[a-z_][a-z0-9_]{0,62}$")

T = TypeVar("T")


def in_own_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in a thread of its own, so that the caller's event loop stays untouched."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def execute(url: str, statements: Sequence[str]) -> None:
    """Run statements one by one, outside of a transaction."""
    in_own_loop(_execute(url, statements))


def value(url: str, query: str) -> Any:
    """The first column of the first row."""
    return in_own_loop(_value(url, query))


class WrongPassword(Exception):
    """The server answers, but does not know these credentials: waiting would not help."""


def is_answering(url: str) -> bool:
    try:
        return bool(value(url, "SELECT 1") == 1)
    except asyncpg.InvalidPasswordError as refusal:
        raise WrongPassword from refusal
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
        return False


def identifier(name: str) -> str:
    """A name that may stand in a statement; anything else is refused, not quoted."""
    if not NAME.match(name):
        raise ValueError(f"not a database or role name: {name!r}")
    return f'"{name}"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def database_url(
    url: str, database: str, role: str | None = None, password: str | None = None
) -> str:
    """The same server, another database and, if given, another role."""
    parts = urlsplit(url)
    if role is None:
        return urlunsplit(parts._replace(path=f"/{database}"))
    who = role if password is None else f"{role}:{quote(password, safe='')}"
    address = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{who}@{address}", path=f"/{database}"))


async def _execute(url: str, statements: Sequence[str]) -> None:
    connection = await asyncpg.connect(url, timeout=CONNECT_TIMEOUT_S)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _value(url: str, query: str) -> Any:
    connection = await asyncpg.connect(url, timeout=CONNECT_TIMEOUT_S)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()
