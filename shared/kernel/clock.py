"""The one place where the process asks what time it is. Everything else reads `tx.now`."""

from datetime import UTC, datetime


def now() -> datetime:
    """The process clock, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the source that the ban points to
