"""Valkey is emptied, stands still, dies: nobody is kept out, nothing is lost, guessing stays slow (X34)."""

import socket
import time
from urllib.parse import urlsplit

import pytest

from shared.testing.system import RunningSystem
from tests.faults.browser import Browser, Listener
from tests.faults.desk import QUESTION
from tests.faults.parts import kill, pids, stopped, wait_for

pytestmark = [
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.timeout(400),
]

OPERATOR, SUPERVISOR = "1207", "5101"
GUESSES = 14
SIGN_IN_S = 3.0
SEEN_S = 20.0


def valkey(system: RunningSystem, *words: str) -> str:
    """The first line of the answer to one command."""
    address = urlsplit(system.env["REDIS_URL"])
    parts = "".join(f"${len(word)}\r\n{word}\r\n" for word in words)
    with socket.create_connection((address.hostname, address.port), 5.0) as line:
        line.sendall(f"*{len(words)}\r\n{parts}".encode())
        return line.recv(1000).decode().partition("\r\n")[0]


def keys(system: RunningSystem) -> int:
    """How much Valkey holds; -1 while it does not answer."""
    try:
        return int(valkey(system, "DBSIZE").removeprefix(":"))
    except (OSError, ValueError):
        return -1


def works(system: RunningSystem, listener: Listener, what: str) -> None:
    """Sign-in, command, live stream."""
    began = time.monotonic()
    with Browser(system, OPERATOR) as operator:
        signed_in = time.monotonic() - began
        answer = operator.post("/api/intake/calls", QUESTION)
        assert answer.status_code == 201, answer.text
        case_id = answer.json()["case_id"]
    seen = wait_for(f"{what}: the case on the live stream", lambda: listener.heard(case_id), SEEN_S)
    assert not listener.ended
    assert signed_in < SIGN_IN_S
    print(
        f"{what}: signed in after {signed_in * 1000:.0f} ms, seen {seen * 1000:.0f} ms after the answer"
    )


def guesses(system: RunningSystem) -> list[int]:
    """Somebody tries tracking codes, quickly."""
    with Browser(system, OPERATOR) as anybody:
        return [
            anybody.http.get(f"/api/workbench/track/7K3M-9Q{n:02d}").status_code
            for n in range(20, 20 + GUESSES)
        ]


def test_the_desk_goes_on_without_its_cache(faulty: RunningSystem) -> None:
    before = pids(faulty)
    with Browser(faulty, SUPERVISOR) as supervisor, Listener(supervisor) as listener:
        wait_for("the stream is open", lambda: listener.heard("hello"))
        works(faulty, listener, "all well")
        wait_for("Valkey counts", lambda: keys(faulty) > 0)
        assert valkey(faulty, "FLUSHALL") == "+OK"
        works(faulty, listener, "emptied")

        with stopped(faulty.pid("Valkey")):
            works(faulty, listener, "standing still")
            tried = guesses(faulty)
        assert tried[-1] == 429, tried
        assert 404 in tried, tried

        dead = kill(faulty, "Valkey")
        works(faulty, listener, "killed")
        wait_for("Valkey is started again", lambda: faulty.pid("Valkey") != dead)

        def counted_again() -> bool:
            with Browser(faulty, OPERATOR):
                time.sleep(1.0)
            return keys(faulty) > 0

        back = wait_for("sign-ins are counted in Valkey again", counted_again)
        print(f"counted in Valkey again {back:.1f} s after its restart")
        works(faulty, listener, "back")
    assert pids(faulty) == before, "a service was restarted"
    faulty.verify()
