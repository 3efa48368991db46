"""What a simulated provider remembers: a SQLite file, so that a restart forgets nothing, as the real one would not."""

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("SIMULATOR_DATA", ".local/simulators"))


def open_store(name: str, schema: str) -> sqlite3.Connection:
    """The provider's file, made when it is not there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(FOLDER / f"{name}.sqlite", isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(schema)
    return connection


def rows(
    store: sqlite3.Connection, sql: str, arguments: Iterable[Any] = ()
) -> list[dict[str, Any]]:
    """The rows as plain dicts."""
    return [dict(row) for row in store.execute(sql, tuple(arguments)).fetchall()]
