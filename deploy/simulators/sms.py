"""A simulated SMS provider: accepts messages, delivers them by and by, hands out receipts.

It speaks what the providers' HTTP APIs have in common: the client's message id makes a repetition harmless, receipts are
pulled by a growing number. Numbers ending in 0000 are switched off, those ending in 0001 are not in service.
"""

import os
import time
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from deploy.simulators.faults import Provider
from deploy.simulators.store import open_store, rows

DELIVERY_S = float(os.environ.get("SMS_DELIVERY_S", "1.0"))
RECEIPTS_MAX = 500
SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, phone TEXT NOT NULL, text TEXT NOT NULL,
  accepted_at REAL NOT NULL);
"""

app = FastAPI(title="SMS provider (simulated)", docs_url=None, redoc_url=None)
provider = Provider("SMS_KEY")
provider.install(app)
store = open_store("sms", SCHEMA)


class Message(BaseModel):
    """One text message; `id` is the client's and is never used twice."""

    id: str = Field(min_length=1, max_length=64)
    phone: str = Field(pattern=r"^1[3-9]\d{9}$")
    text: str = Field(min_length=1, max_length=500)


class Receipt(BaseModel):
    """What became of a message: `delivered`, `off` (switched off) or `no_such_number`."""

    seq: int
    id: str
    status: str


def _status(phone: str) -> str:
    if phone.endswith("0000"):
        return "off"
    return "no_such_number" if phone.endswith("0001") else "delivered"


@app.post("/v1/messages", status_code=202, dependencies=[Depends(provider.admit)])
async def post_message(message: Message, request: Request) -> JSONResponse:
    """Accept a message once; the same id again gives the same answer."""
    store.execute(
        "INSERT INTO message (id, phone, text, accepted_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        (message.id, message.phone, message.text, time.time()),
    )
    known = rows(store, "SELECT phone, text FROM message WHERE id = ?", [message.id])[0]
    if (known["phone"], known["text"]) != (message.phone, message.text):
        raise HTTPException(409, "the id was used for another message")
    return provider.reply(request, {"id": message.id, "status": "accepted"}, 202)


@app.get("/v1/receipts", dependencies=[Depends(provider.admit)])
async def get_receipts(
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=RECEIPTS_MAX)] = RECEIPTS_MAX,
) -> list[Receipt]:
    """Receipts with a number greater than `after`, in order."""
    found = rows(
        store,
        "SELECT seq, id, phone FROM message WHERE seq > ? AND accepted_at <= ? ORDER BY seq LIMIT ?",
        [after, time.time() - DELIVERY_S, limit],
    )
    return [Receipt(seq=row["seq"], id=row["id"], status=_status(row["phone"])) for row in found]


@app.get("/v1/outbox", dependencies=[Depends(provider.admit)])
async def get_outbox(limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> list[dict[str, str]]:
    """What phones would show, newest first: for demonstrations and tests."""
    return rows(store, "SELECT id, phone, text FROM message ORDER BY seq DESC LIMIT ?", [limit])


if __name__ == "__main__":
    port = int(os.environ.get("SMS_PORT", "8011"))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical")
