"""What the running launcher writes down about itself, for `status`, `down`, `run` and the tests."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deploy.local.process import FolderLock, is_alive

STARTING, READY, STOPPING = "starting", "ready", "stopping"


@dataclass
class Part:
    """One process of the system as it is now."""

    name: str
    pid: int
    url: str
    log: str
    restarts: int = 0


@dataclass
class State:
    """The whole of it. `environment` holds secrets: the file is the owner's alone."""

    pid: int
    phase: str = STARTING
    address: str = ""
    welcome: str = ""
    parts: list[Part] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)


def save(folder: Path, state: State) -> None:
    draft = folder / ".stack.json"
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(asdict(state), out, ensure_ascii=False, indent=1)
    draft.replace(folder / "stack.json")


def load(folder: Path) -> State | None:
    """The state of the running launcher, None when none runs (a file left by a killed one does not count)."""
    pid = launcher_pid(folder)
    try:
        found = json.loads((folder / "stack.json").read_text())
    except (OSError, ValueError):
        return None
    if pid is None or found["pid"] != pid:
        return None
    found["parts"] = [Part(**part) for part in found["parts"]]
    return State(**found)


def launcher_pid(folder: Path) -> int | None:
    """The process that holds the launcher's lock, None when it is free."""
    if not folder.exists():
        return None
    lock = FolderLock("launcher", folder)
    try:
        holder = None if lock.try_take() else lock.holders()[0]
        return holder if is_alive(holder) else None
    finally:
        lock.release()


def forget(folder: Path) -> None:
    (folder / "stack.json").unlink(missing_ok=True)
