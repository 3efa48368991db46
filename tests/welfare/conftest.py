"""Welfare over its own database; the bank is the real simulator behind a real connection."""

from collections.abc import AsyncIterator, Iterator

import pytest
from pydantic import SecretStr

from services.welfare.store.invariants import broken_invariants
from shared.testing.rig import Rig, ServiceRig
from tests.welfare.bank import KEY, RunningBank, start_bank, stop_bank
from tests.welfare.story import budget, emergency


@pytest.fixture
async def welfare(service_rig: ServiceRig) -> AsyncIterator[Rig]:
    """The service with a budget; whatever a test did, the ledger holds at its end."""
    rig = await service_rig("welfare", account_cooling_h=0, bank_url="http://127.0.0.1:9")
    await budget(rig)
    yield rig
    assert await broken_invariants(rig.context.db.pool) == []


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBank]:
    """One bank for the tests of a module."""
    running = start_bank(tmp_path_factory.mktemp("bank"))
    yield running
    stop_bank(running)


@pytest.fixture
async def paying(service_rig: ServiceRig, bank: RunningBank) -> AsyncIterator[Rig]:
    """The service with a budget, emergency aid (nobody waits for the list), and the bank."""
    bank.faults()
    key = SecretStr(KEY)
    rig = await service_rig("welfare", account_cooling_h=0, bank_url=bank.url, bank_key=key)
    await budget(rig)
    await emergency(rig)
    yield rig
    assert await broken_invariants(rig.context.db.pool) == []
