"""One server of each kind per test session, shared by all xdist workers, gone when the session is.

The first worker that needs a server starts a keeper process for it; the others find its address in
the session's folder. The keeper stops the server when the controlling pytest process ends, however
it ends.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.local.failures import tail_of
from deploy.local.process import is_alive
from shared.vocabulary.ids import new_id

FOLDER = Path(tempfile.gettempdir()) / f"nuanliu-tests-{os.geteuid()}"
_alone = str(new_id())


def controller_pid() -> int:
    """The pytest process that outlives all workers."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def session_folder() -> Path:
    session = os.environ.get("PYTEST_XDIST_TESTRUNUID", _alone)
    return FOLDER / f"{controller_pid()}-{session}"


def server(kind: str) -> str:
    """The address of this session's server of that kind (see `keeper.KINDS`), started if need be."""
    folder = session_folder() / kind
    folder.mkdir(parents=True, exist_ok=True)
    address = folder / "address"
    with (folder / "starting").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not address.exists():
            _remove_remains()
            address.write_text(_start_keeper(kind, folder))
    return address.read_text()


def notes() -> list[str]:
    """What the summary of this session should say about its servers, one line each."""
    found = FOLDER.glob(f"{controller_pid()}-*/*/note")
    return sorted({f"{one.parent.name}: {one.read_text('utf-8').strip()}" for one in found})


def _start_keeper(kind: str, folder: Path) -> str:
    log = folder / "keeper.log"
    command = [
        sys.executable,
        "-m",
        "shared.testing.keeper",
        kind,
        str(folder),
        str(controller_pid()),
    ]
    with log.open("wb") as errors:
        keeper = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    assert keeper.stdout is not None
    with keeper.stdout as told:
        address = told.readline().decode().strip()
    if not address:
        keeper.wait()
        raise RuntimeError("\n".join(["no test server:", *tail_of(log, 40)]))
    keeper.returncode = 0  # it outlives this process on purpose: no warning about that
    return address


def _remove_remains() -> None:
    """Folders of sessions whose keeper was killed."""
    for remains in FOLDER.iterdir():
        pid = remains.name.partition("-")[0]
        if pid.isdigit() and not is_alive(int(pid)):
            shutil.rmtree(remains, ignore_errors=True)
