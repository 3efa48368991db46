"""Keyset pages: a cursor says after which row the next page begins; deep pages cost what the first one costs."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, tuple_

from shared.vocabulary.errors import FieldError, Invalid

PAGE_ROWS = 50
COUNT_MAX = 10_000
"""Beyond this a list says “more than”: an exact count grows with the table."""
NONE = "-"


def moment(at: datetime) -> str:
    """A time as it stands in an address: no character that would need escaping."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def cursor_after(at: datetime | None, row_id: UUID) -> str:
    """The opaque cursor behind a row; rows without a time come last."""
    return urlsafe_b64encode(f"{at.isoformat() if at else NONE} {row_id}".encode()).decode()


def read_cursor(cursor: str) -> tuple[datetime | None, UUID]:
    """The place a cursor stands for."""
    try:
        at, _, row_id = urlsafe_b64decode(cursor).decode().partition(" ")
        return None if at == NONE else datetime.fromisoformat(at), UUID(row_id)
    except (ValueError, NotBase64):
        raise Invalid(
            FieldError(
                "cursor",
                "cursor_malformed",
                "翻页位置无效，请从第一页重新查看。",
                "The cursor is not valid. Start from the first page.",
            )
        ) from None


def later(at: Any, key: Any, cursor: str) -> ColumnElement[bool]:
    """Rows behind the cursor in `ORDER BY at, key`, those without a time last."""
    since, row_id = read_cursor(cursor)
    if since is None:
        return and_(at.is_(None), key > row_id)
    return or_(tuple_(at, key) > tuple_(since, row_id), at.is_(None))


def earlier(at: Any, key: Any, cursor: str) -> ColumnElement[bool]:
    """Rows behind the cursor in `ORDER BY at DESC, key DESC`."""
    since, row_id = read_cursor(cursor)
    return tuple_(at, key) < tuple_(since, row_id)
