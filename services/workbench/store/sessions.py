"""Signed-in browsers and wrong attempts. They live in PostgreSQL: a flushed cache signs nobody out and forgives nobody."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlmodel import col

from services.workbench.domain.sign_in import SESSION_LIFE_S, Tries, idle_limit_s
from services.workbench.tables import LoginTryRow, SessionRow, StaffRow, TotpUseRow
from shared.kernel.database import Database
from shared.kernel.transaction import Tx
from shared.vocabulary.people import Actor, Role

TOUCH_AFTER_S = 30
"""A busy browser writes its session at most this often."""
TOKEN_BYTES = 32
PURPOSE = "login.job_number"


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser whose account is active."""

    id: bytes
    csrf: str
    actor: Actor
    seen_at: datetime
    ends_at: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it ended, or nobody did anything for too long."""
        idle = timedelta(seconds=idle_limit_s(self.actor.roles))
        return now >= self.ends_at or now - self.seen_at > idle


def session_id(cookie: str) -> bytes:
    """What is stored instead of the cookie."""
    return hashlib.sha256(cookie.encode()).digest()


def open_session(tx: Tx, staff_id: UUID) -> tuple[str, str]:
    """A new session; returns the cookie and the CSRF token."""
    cookie, csrf = secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES)
    values = {
        "id": session_id(cookie),
        "staff_id": staff_id,
        "csrf": csrf,
        "created_at": tx.now,
        "seen_at": tx.now,
        "ends_at": tx.now + timedelta(seconds=SESSION_LIFE_S),
    }
    tx.insert(SessionRow, values)
    return cookie, csrf


_SESSION: Select[*tuple[Any, ...]] = (
    select(
        col(SessionRow.id),
        col(SessionRow.csrf),
        col(SessionRow.seen_at),
        col(SessionRow.ends_at),
        col(StaffRow.id).label("staff_id"),
        col(StaffRow.roles),
        col(StaffRow.org),
    )
    .join(StaffRow, col(SessionRow.staff_id) == col(StaffRow.id))
    .where(col(StaffRow.active))
)


async def load_session(db: Database, cookie: str) -> Session | None:
    """The session of a cookie with the roles its account has now; None for one that is not there."""
    row = await db.one(_SESSION.where(col(SessionRow.id) == session_id(cookie)))
    if row is None:
        return None
    actor = Actor(row["staff_id"], frozenset(Role(role) for role in row["roles"]), row["org"])
    return Session(row["id"], row["csrf"], actor, row["seen_at"], row["ends_at"])


async def touch_session(db: Database, session: Session, now: datetime) -> None:
    """Somebody did something just now."""
    if now - session.seen_at < timedelta(seconds=TOUCH_AFTER_S):
        return
    await db.pool.fetch("UPDATE session SET seen_at = $2 WHERE id = $1", session.id, now)


def close_session(tx: Tx, session: Session) -> None:
    """Sign this browser out."""
    tx.delete(SessionRow, {"id": session.id})


def close_sessions_of(tx: Tx, staff_id: UUID) -> None:
    """Sign a person out everywhere: the account was disabled or its roles, password or authenticator changed."""
    tx.delete(SessionRow, {"staff_id": staff_id})


async def purge(db: Database) -> None:
    """Forget sessions, attempts and used codes that cannot matter any more."""
    for statement in (
        "DELETE FROM session WHERE ends_at < now()",
        "DELETE FROM login_try WHERE last_at < now() - interval '1 day'",
        "DELETE FROM totp_use WHERE step < extract(epoch FROM now()) / 30 - 100",
    ):
        await db.pool.fetch(statement)


async def load_tries(tx: Tx, job_number: str) -> Tries:
    """The wrong attempts for a typed job number; several at once are counted one after the other."""
    key = tx.cipher.blind(job_number, PURPOSE)
    await tx.one(text("SELECT pg_advisory_xact_lock(hashtext(:key))").bindparams(key=key))
    row: Any = await tx.one(select(LoginTryRow).where(col(LoginTryRow.key) == key))
    return Tries(row["failures"], row["last_at"], row["locked_until"]) if row else Tries()


def save_tries(tx: Tx, job_number: str, tries: Tries) -> None:
    """Remember the wrong attempts."""
    values = {
        "key": tx.cipher.blind(job_number, PURPOSE),
        "failures": tries.failures,
        "last_at": tries.last_at,
        "locked_until": tries.locked_until,
    }
    tx.upsert(LoginTryRow, values, ("key",))


def forget_tries(tx: Tx, job_number: str) -> None:
    """Signed in: the count begins anew."""
    tx.delete(LoginTryRow, {"key": tx.cipher.blind(job_number, PURPOSE)})


async def is_code_used(tx: Tx, staff_id: UUID, step: int) -> bool:
    """Whether the code of that time step signed somebody in already."""
    key, when = col(TotpUseRow.staff_id), col(TotpUseRow.step)
    return await tx.one(select(key).where(key == staff_id, when == step)) is not None


def use_code(tx: Tx, staff_id: UUID, step: int) -> None:
    """An authenticator's code works once; whoever tries at the same time waits for `load_tries`."""
    tx.insert(TotpUseRow, {"staff_id": staff_id, "step": step})
