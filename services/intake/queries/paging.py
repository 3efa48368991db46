"""Keyset pages: a cursor says after which row the next page begins."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import datetime
from uuid import UUID

from shared.vocabulary.errors import FieldError, Invalid

PAGE_ROWS = 50


def cursor_after(at: datetime, row_id: UUID) -> str:
    """The opaque cursor behind a row."""
    return urlsafe_b64encode(f"{at.isoformat()} {row_id}".encode()).decode()


def read_cursor(cursor: str) -> tuple[datetime, UUID]:
    """The place a cursor stands for; Invalid when it is none of ours."""
    try:
        at, _, row_id = urlsafe_b64decode(cursor).decode().partition(" ")
        return datetime.fromisoformat(at), UUID(row_id)
    except (ValueError, NotBase64):
        zh, en = (
            "翻页位置无效，请从第一页重新查看。",
            "The cursor is not valid. Start from the first page.",
        )
        raise Invalid(FieldError("cursor", "cursor_malformed", zh, en)) from None
