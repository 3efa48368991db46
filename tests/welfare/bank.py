"""Starts the bank's simulator as a process of its own and speaks with it."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from deploy.local.paths import ROOT

KEY = "bank-test-key"
SETTLEMENT_S = 0.2
START_S = 20.0


@dataclass
class RunningBank:
    """A simulator on a port of its own, with a memory of its own."""

    process: subprocess.Popen[bytes]
    url: str

    def faults(self, **faults: int) -> None:
        httpx.put(f"{self.url}/v1/faults", json=faults).raise_for_status()

    def statement(self) -> list[dict[str, Any]]:
        answer = httpx.get(f"{self.url}/v1/statement", headers={"X-Key": KEY})
        lines: list[dict[str, Any]] = answer.raise_for_status().json()
        return lines


def start_bank(folder: Path, settlement_s: float = SETTLEMENT_S) -> RunningBank:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    env = {
        **os.environ,
        "BANK_PORT": str(port),
        "BANK_KEY": KEY,
        "BANK_SETTLEMENT_S": str(settlement_s),
        "SIMULATOR_DATA": str(folder),
    }
    process = subprocess.Popen([sys.executable, "-m", "deploy.simulators.bank"], cwd=ROOT, env=env)
    bank = RunningBank(process, f"http://127.0.0.1:{port}")
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            if httpx.get(f"{bank.url}/health/ready").is_success:
                return bank
        except httpx.HTTPError:
            time.sleep(0.05)
    stop_bank(bank)
    raise TimeoutError("the bank's simulator did not start")


def stop_bank(bank: RunningBank) -> None:
    os.kill(bank.process.pid, signal.SIGTERM)
    bank.process.wait(10)
