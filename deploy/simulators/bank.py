"""A simulated bank: takes single payments, settles or returns them by and by, answers questions about them.

The payment id is the end-to-end id of the payer: repeating it gives the same answer, with another content it is refused,
so the bank itself would never pay twice. Accounts ending in 9998 return the money (holder's name differs), those ending
in 9997 are closed and refused at once.
"""

import hashlib
import hmac
import os
import time
from typing import Annotated, Any

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from deploy.simulators.faults import Provider
from deploy.simulators.store import open_store, rows

SETTLEMENT_S = float(os.environ.get("BANK_SETTLEMENT_S", "1.5"))
STATEMENT_LINES_MAX = 1000
SCHEMA = """
CREATE TABLE IF NOT EXISTS payment (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, content TEXT NOT NULL, account TEXT NOT NULL,
  amount_fen INTEGER NOT NULL, accepted_at REAL NOT NULL);
"""

app = FastAPI(title="Bank (simulated)", docs_url=None, redoc_url=None)
provider = Provider("BANK_KEY")
provider.install(app)
store = open_store("bank", SCHEMA)


class Payment(BaseModel):
    """An order to pay; amounts are integer fen."""

    id: str = Field(min_length=1, max_length=35)
    amount_fen: int = Field(gt=0, le=10_000_000_00)
    account: str = Field(pattern=r"^\d{12,30}$")
    holder: str = Field(min_length=1, max_length=60)
    purpose: str = Field(max_length=80)


def sign(body: bytes) -> str:
    """The signature of a request's exact bytes (header `X-Signature`)."""
    return hmac.new(provider.key.encode(), body, hashlib.sha256).hexdigest()


def _status(row: dict[str, Any]) -> tuple[str, str]:
    if row["accepted_at"] > time.time() - SETTLEMENT_S:
        return "accepted", ""
    return ("returned", "holder_differs") if row["account"].endswith("9998") else ("settled", "")


def _told(row: dict[str, Any]) -> dict[str, Any]:
    status, reason = _status(row)
    amount = row["amount_fen"]
    return {"id": row["id"], "status": status, "reason": reason, "amount_fen": amount}


@app.post("/v1/payments", status_code=202, dependencies=[Depends(provider.admit)])
async def post_payment(payment: Payment, request: Request) -> JSONResponse:
    """Take an order once."""
    body = await request.body()
    if provider.key and request.headers.get("x-signature") != sign(body):
        raise HTTPException(401, "bad signature")
    if payment.account.endswith("9997"):
        raise HTTPException(422, "account_closed")
    content = payment.model_dump_json()
    store.execute(
        "INSERT INTO payment (id, content, account, amount_fen, accepted_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        (payment.id, content, payment.account, payment.amount_fen, time.time()),
    )
    row = rows(store, "SELECT * FROM payment WHERE id = ?", [payment.id])[0]
    if row["content"] != content:
        raise HTTPException(409, "the id was used for another payment")
    return provider.reply(request, _told(row), 202)


@app.get("/v1/payments/{payment_id}", dependencies=[Depends(provider.admit)])
async def get_payment(payment_id: str) -> dict[str, Any]:
    """The state of an order; 404 when the bank never got it."""
    found = rows(store, "SELECT * FROM payment WHERE id = ?", [payment_id])
    if not found:
        raise HTTPException(404, "never received")
    return _told(found[0])


@app.get("/v1/statement", dependencies=[Depends(provider.admit)])
async def get_statement(after: Annotated[int, Query(ge=0)] = 0) -> list[dict[str, Any]]:
    """Lines of the account in order: every order and what became of it."""
    found = rows(
        store,
        "SELECT * FROM payment WHERE seq > ? ORDER BY seq LIMIT ?",
        [after, STATEMENT_LINES_MAX],
    )
    return [{"seq": row["seq"], **_told(row)} for row in found]


if __name__ == "__main__":
    port = int(os.environ.get("BANK_PORT", "8012"))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical")
