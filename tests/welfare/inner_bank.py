"""The bank's simulator inside the process under test, on a real port: when the process is killed, nothing is left over.

What the bank remembers lies beside the broker's file, so that a second life finds it again.
"""

import asyncio
import importlib.util
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from pydantic import SecretStr

from deploy.simulators import store
from shared.kernel.context import Context
from shared.testing.rig import Rig
from tests.crash.harness import FileBus
from tests.welfare.bank import KEY


def memory_in(folder: Path) -> Path:
    """Where the bank of a life in that folder remembers."""
    return folder / "bank"


@asynccontextmanager
async def inner_bank(rig: Rig, settlement_s: float) -> AsyncIterator[Context]:
    """The service's context with a bank behind it."""
    assert isinstance(rig.context.bus, FileBus)
    bank = _load(memory_in(rig.context.bus.path.parent), settlement_s)
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    config = uvicorn.Config(bank.app, host="127.0.0.1", port=port, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.ensure_future(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    update = {"bank_url": f"http://127.0.0.1:{port}", "bank_key": SecretStr(KEY)}
    settings = rig.context.settings.model_copy(update=update)
    try:
        async with httpx.AsyncClient() as http:
            yield replace(rig.context, settings=settings, http=http)
    finally:
        server.should_exit = True
        await serving
        bank.store.close()


def _load(folder: Path, settlement_s: float) -> Any:
    """The simulator's module anew: it reads its settings when it is loaded, and they are put back afterwards."""
    spec = importlib.util.find_spec("deploy.simulators.bank")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as settings:
        settings.setattr(store, "FOLDER", folder)
        settings.setenv("BANK_KEY", KEY)
        spec.loader.exec_module(module)
    module.SETTLEMENT_S = settlement_s  # type: ignore[attr-defined]
    return module
