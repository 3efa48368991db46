"""Faults that a test or a demonstration asks of a simulated provider: `PUT /v1/faults`."""

import asyncio
import os
from typing import Annotated, Any

from fastapi import FastAPI, Header, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class Faults(BaseModel):
    """How the next calls go wrong; counted down with each call."""

    refuse: int = Field(default=0, ge=0, description="answer 503 before doing anything")
    lose_reply: int = Field(default=0, ge=0, description="do it, then cut the connection")
    delay_ms: int = Field(default=0, ge=0, le=60_000, description="answer later, every call")


class Provider:
    """The state of the faults, and the checks that every call passes."""

    def __init__(self, key_variable: str) -> None:
        self.faults = Faults()
        self.key = os.environ.get(key_variable, "")

    def install(self, app: FastAPI) -> None:
        """Add health and faults to a simulator."""

        @app.get("/health/ready")
        async def get_ready() -> dict[str, bool]:
            return {"ok": True}

        @app.put("/v1/faults")
        async def put_faults(faults: Faults) -> Faults:
            self.faults = faults
            return faults

    async def admit(self, request: Request, x_key: Annotated[str, Header()] = "") -> None:
        """Refuse a wrong key, or because a fault says so."""
        if self.key and x_key != self.key:
            raise HTTPException(401, "unknown key")
        if self.faults.delay_ms:
            await asyncio.sleep(self.faults.delay_ms / 1000)
        if self.faults.refuse:
            self.faults.refuse -= 1
            raise HTTPException(503, "not available")
        request.state.cut = self.faults.lose_reply > 0
        if request.state.cut:
            self.faults.lose_reply -= 1

    def reply(self, request: Request, body: dict[str, Any], status: int) -> JSONResponse:
        """The answer, or a cut connection when a fault says that it gets lost on the way."""
        return Cut() if request.state.cut else JSONResponse(body, status)


class Cut(JSONResponse):
    """Promises a body and breaks off: the client sees a broken connection after the work was done."""

    def __init__(self) -> None:
        super().__init__({}, 202, {"Content-Length": "4096"})
