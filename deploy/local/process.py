"""Starting a part as a process that cannot outlive its launcher, and stopping it again.

A part holds a lock on its folder for as long as one of its processes lives: the lock's file
descriptor is inherited. So a lock is never stale, and a free lock means that the part is gone.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local import failures

LEFTOVER_WAIT_S = 10.0  # how long the parts of a killed launcher may take to go
POLL_S = 0.02
DISK_NEEDED_MB = 300


Process = subprocess.Popen[bytes]


class FolderLock:
    """Exclusive use of a part's folder (flock, released by the kernel when the last holder dies)."""

    def __init__(self, part: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.part = part
        self.folder = folder
        self.fd = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self) -> "FolderLock":
        """Take the lock, waiting only for a part that was killed or whose launcher is dead."""
        began = time.monotonic()
        reminded = False
        while not self.try_take():
            waited = time.monotonic() - began
            pid, launcher = self.holders()
            if waited > LEFTOVER_WAIT_S or (is_alive(pid) and is_alive(launcher)):
                self.release()
                raise failures.folder_in_use(self.part, self.folder, pid)
            if pid and waited > LEFTOVER_WAIT_S / 2 and not reminded:
                reminded = True  # it missed the signal of its launcher's death
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGINT)
            time.sleep(POLL_S)
        return self

    def try_take(self) -> bool:
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def holders(self) -> tuple[int | None, int | None]:
        """(the part's process, its launcher) as written down by the holder."""
        words = os.pread(self.fd, 100, 0).decode().split()
        pids = [int(word) for word in words if word.isdigit()]
        return (pids[0], pids[1]) if len(pids) == 2 else (None, None)

    def write_holder(self, pid: int) -> None:
        os.ftruncate(self.fd, 0)
        os.pwrite(self.fd, f"{pid} {os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


def size_of(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def is_alive(pid: int | None) -> bool:
    """True for a process that exists and is not a zombie."""
    if pid is None:
        return False
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


@dataclass
class Running:
    """A part that was started: its name for messages, its folder, its address, its process."""

    name: str
    folder: Path
    url: str
    process: Process
    log: Path
    log_since: int = 0  # bytes of the log that earlier starts wrote
    stop_signal: signal.Signals = signal.SIGTERM
    patience_s: float = 15.0
    ask_again_s: float = (
        3600.0  # most programs take a second signal as "at once, without finishing"
    )

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_alive():
            self.process.send_signal(self.stop_signal)

    def stop(self) -> None:
        """Ask the part to end, insist after `patience_s`; returns when it is gone."""
        deadline = time.monotonic() + self.patience_s
        while self.is_alive():
            self.ask_to_stop()
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                self.process.kill()
                break
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(min(remaining, self.ask_again_s))
        self.process.wait()

    def kill(self) -> None:
        """What a power cut or the out-of-memory killer does to it."""
        self.process.kill()
        self.process.wait()

    def wait_until(
        self, is_ready: Callable[[], bool], patience_s: float, every_s: float = POLL_S
    ) -> None:
        """Wait for readiness; a process that ends meanwhile or stays silent is a named failure."""
        deadline = time.monotonic() + patience_s
        while not is_ready():
            if not self.is_alive():
                raise failures.died(self.name, self.process.returncode, self.log, self.log_since)
            if time.monotonic() > deadline:
                self.stop()
                raise failures.not_ready(self.name, patience_s, self.log)
            time.sleep(every_s)


def tied_to_launcher(command: Sequence[str | Path], death_signal: str = "TERM") -> list[str]:
    """The command, made to receive `death_signal` when the launcher dies, however it dies.

    The kernel ties it to the *thread* that starts it, so parts are started from the main thread.
    """
    words = [str(word) for word in command]
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", death_signal, *words] if setpriv else words


def spawn(
    command: Sequence[str],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    lock: FolderLock | None = None,
) -> Process:
    """Start a process in its own session (a Ctrl-C must not hit all parts at once), output to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if env is None else dict(env),
            cwd=cwd,
            start_new_session=True,
            pass_fds=(lock.fd,) if lock else (),
        )
    if lock:
        lock.write_holder(process.pid)
        lock.release()  # from here on only the part itself holds it
    return process


def run(
    part: str, command: Sequence[str | Path], log: Path, *, env: Mapping[str, str] | None = None
) -> None:
    """Run a command to its end; a failure names the part and shows the output."""
    words, since = tied_to_launcher(command), size_of(log)
    process = spawn(words, log, env=env)
    try:
        status = process.wait()
    except BaseException:  # Ctrl-C: the command must not go on alone
        process.kill()
        process.wait()
        raise
    if status != 0:
        raise failures.command_failed(part, [str(word) for word in command], status, log, since)


def require_disk(part: str, folder: Path, needed_mb: int = DISK_NEEDED_MB) -> None:
    """Refuse before anything is written half."""
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    if free_mb < needed_mb:
        raise failures.disk_nearly_full(part, folder, free_mb, needed_mb)
