"""Ports on 127.0.0.1: which is free, and who holds one that is not."""

import contextlib
import fcntl
import os
import socket
import tempfile
from pathlib import Path

from deploy.local import failures

HOST = "127.0.0.1"
PORTS_TRIED = 50
LISTENING = "0A"  # the state column of /proc/net/tcp

_reserved: dict[int, int] = {}
"""Port to the file whose lock keeps it for this process."""


def is_free(port: int) -> bool:
    """True when a server could bind the port now (SO_REUSEADDR, as servers do)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def any_free() -> int:
    """A port the operating system says is free; another process may still be faster."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def choose(
    part: str, wanted: int, *, demanded: bool = False, avoid: frozenset[int] = frozenset()
) -> int:
    """`wanted` if free, else the next free one. A demanded port that is taken is a failure.

    Between the choice and the bind a second passes: until this process ends, no other launcher of the user chooses it.
    """
    if demanded and not (is_free(wanted) and _reserve(wanted)):
        raise failures.port_taken(part, wanted, holder_of(wanted))
    for port in range(wanted, wanted + PORTS_TRIED):
        if (port == wanted or port not in avoid) and is_free(port) and _reserve(port):
            return port
    raise failures.no_free_port(part, wanted, wanted + PORTS_TRIED - 1)


def _reserve(port: int) -> bool:
    """Keep a port; False when another launcher keeps it."""
    if port in _reserved:
        return True
    folder = Path(tempfile.gettempdir()) / f"nuanliu-ports-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = os.open(folder / str(port), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return False
    _reserved[port] = file
    return True


def holder_of(port: int) -> str:
    """`process 4711 (nginx)`, or "another process" when /proc does not tell."""
    sockets = _listening_inodes(port)
    for process in Path("/proc").glob("[0-9]*"):
        if _sockets_of(process) & sockets:
            return f"process {process.name} ({(process / 'comm').read_text().strip()})"
    return "another process"


def _sockets_of(process: Path) -> set[str]:
    """What its file descriptors point to; nothing when it is gone meanwhile or another user's."""
    held = set()
    with contextlib.suppress(OSError):
        for descriptor in list((process / "fd").iterdir()):
            with contextlib.suppress(OSError):
                held.add(os.readlink(descriptor))
    return held


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            column = row.split()
            if column[3] == LISTENING and int(column[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{column[9]}]")
    return inodes
