"""Commands are done once: the key, the hash of the body and the answer are stored with the effect itself."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.kernel.storage import Pool
from shared.kernel.tables import idempotency
from shared.kernel.writeset import WriteSet
from shared.vocabulary.errors import Refused
from shared.vocabulary.people import Actor


class KeyUsedForAnother(Refused):
    """The same key came with another body: the client made a mistake, nothing was done."""

    code = "idempotency_key_reused"
    zh = "这次提交的内容与先前用同一标识提交的不同。请刷新页面后重新提交。"
    en = "This request re-uses the key of an earlier one with other content. Reload and submit again."


@dataclass(frozen=True, slots=True)
class Remembered:
    """A stored answer: HTTP status, JSON body."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """What a command carries besides its body."""

    key: str
    body_hash: bytes
    correlation_id: UUID
    traceparent: str | None
    status: int = 200

    def remember(
        self,
        writes: WriteSet,
        actor: Actor,
        answer: Remembered,
        token: str | None,
        at: datetime,
    ) -> None:
        """Store the answer in the command's own write set."""
        values = {
            "actor_id": actor.id,
            "key": self.key,
            "body_hash": self.body_hash,
            "status": answer.status,
            "response": answer.body,
            "token": token,
            "created_at": at,
        }
        writes.insert(idempotency, [values])


def hash_body(path: str, body: bytes) -> bytes:
    """What must be equal for a repetition to count as the same command."""
    return hashlib.sha256(path.encode() + b"\n" + body).digest()


async def recall(
    pool: Pool, actor: Actor, request: Request
) -> tuple[Remembered, str | None] | None:
    """The stored answer to this command, with its consistency token; KeyUsedForAnother if the body differs."""
    rows: list[Any] = await pool.fetch(
        "SELECT body_hash, status, response, token FROM kernel.idempotency"
        " WHERE actor_id = $1 AND key = $2",
        actor.id,
        request.key,
    )
    if not rows:
        return None
    if rows[0]["body_hash"] != request.body_hash:
        raise KeyUsedForAnother
    return Remembered(rows[0]["status"], rows[0]["response"]), rows[0]["token"]
