"""Keeps one test server alive as long as a pytest process lives: `keeper <kind> <folder> <pid>`.

It says the server's address on standard output once the server is ready.
"""

import os
import select
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from deploy.local import broker as kafka
from deploy.local import postgres, valkey
from deploy.local.failures import PartFailed
from shared.testing import containers

Stop = Callable[[], object]
NOTE = "note"
"""What the session's summary should say about how a server was started, beside the server's folder."""


def start_postgres(folder: Path) -> tuple[str, Stop]:
    if in_container := containers.usable(containers.start_postgres, folder.parent / NOTE):
        return in_container
    running = postgres.start(folder, durable=False)
    return running.url, running.stop


def start_kafka(folder: Path) -> tuple[str, Stop]:
    if in_container := containers.usable(containers.start_kafka, folder.parent / NOTE):
        return in_container
    running = kafka.start(folder, durable=False)
    return running.url, running.stop


def start_valkey(folder: Path) -> tuple[str, Stop]:
    running = valkey.start(folder)
    return running.url, running.stop


KINDS: dict[str, Callable[[Path], tuple[str, Stop]]] = {
    "postgres": start_postgres,
    "kafka": start_kafka,
    "valkey": start_valkey,
}


def keep(kind: str, folder: Path, controller: int) -> int:
    try:
        watched = os.pidfd_open(controller)
        address, stop = KINDS[kind](folder / "server")
    except (PartFailed, OSError) as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    try:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        select.select([watched], [], [])  # readable when the process has ended
    finally:
        stop()
        shutil.rmtree(folder, ignore_errors=True)
        if not any(folder.parent.iterdir()):
            folder.parent.rmdir()
    return 0


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _leave)
    sys.exit(keep(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
