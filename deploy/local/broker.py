"""Apache Kafka 4 (KRaft, one node) on 127.0.0.1, run from jars that Maven fetches once."""

import asyncio
import base64
import logging
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from deploy.local import failures, ports, process
from deploy.local.kafka_jars import find_java, jars
from deploy.local.paths import ROOT
from deploy.local.process import FolderLock, Running
from deploy.local.sql import in_own_loop
from shared.vocabulary.ids import new_id

NAME = "Kafka"
TEMPLATE = ROOT / "deploy" / "local" / "kafka" / "server.properties"
JVM_FLAGS = (
    "-Xms64m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
)
LOG_FLAG = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
START_PATIENCE_S = 60.0  # 2 s when idle, 6 s after a kill -9, more on a busy machine
STOP_PATIENCE_S = 20.0
SESSION_MS = 3000
PROBE_TIMEOUT_MS = 3000
PORT_TRIES_MAX = 3
CLEAN_STOP = ".kafka_cleanshutdown"
FLUSH_MS = 1000
NEVER_FLUSH_MS = 9223372036854775807


@dataclass(frozen=True, slots=True)
class Extra:
    """What one broker has beyond the template: settings, which may refer to its values, and SCRAM names and passwords."""

    settings: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)


NOTHING = Extra()


def start(
    folder: Path,
    *,
    port: int | None = None,
    durable: bool = True,
    session_ms: int = SESSION_MS,
    extra: Extra = NOTHING,
) -> Running:
    """Start a broker whose files live in `folder`; `.url` is its bootstrap address.

    Without `port` any free one is taken. After a `kill -9` the next start takes as long as `session_ms`.
    """
    for attempt in range(1, PORT_TRIES_MAX + 1):
        running = begin(
            folder,
            port=port or ports.any_free(),
            durable=durable,
            session_ms=session_ms,
            extra=extra,
        )
        try:
            wait_ready(running)
        except failures.PartFailed:
            if port is None and _lost_its_port(running) and attempt < PORT_TRIES_MAX:
                continue
            raise
        return running
    raise AssertionError("unreachable")


def begin(
    folder: Path,
    *,
    port: int,
    durable: bool = True,
    session_ms: int = SESSION_MS,
    log: Path | None = None,
    extra: Extra = NOTHING,
) -> Running:
    """Start the broker without waiting for it."""
    folder = folder.resolve()
    java, libraries = find_java(), jars()
    lock = FolderLock(NAME, folder).take()
    try:
        process.require_disk(NAME, folder)
        if not ports.is_free(port):
            raise failures.port_taken(NAME, port, ports.holder_of(port))
        settings = _write_settings(folder, port, durable, session_ms, extra.settings)
        machine = [java, *JVM_FLAGS, LOG_FLAG, "-cp", f"{libraries}/*"]
        _format(folder, settings, machine, extra.users)
        log = log or folder / "kafka.log"
        since = process.size_of(log)
        command = process.tied_to_launcher([*machine, "kafka.Kafka", settings])
        started = process.spawn(command, log, cwd=folder, lock=lock)
    finally:
        lock.release()
    return Running(
        name=NAME,
        folder=folder,
        url=f"{ports.HOST}:{port}",
        process=started,
        log=log,
        log_since=since,
        patience_s=STOP_PATIENCE_S,
    )


def stopped_in_order(folder: Path) -> bool:
    """Whether the broker of this folder, if there was one, wrote everything to its disk when it stopped; ask before `begin`."""
    return not (folder / "cluster-id").exists() or (folder / "data" / CLEAN_STOP).exists()


def wait_ready(running: Running) -> None:
    """Ready: it answers, it is our cluster and not another broker's port, groups have a coordinator."""
    cluster = (running.folder / "cluster-id").read_text().strip()
    try:
        running.wait_until(lambda: is_answering(running.url, cluster), START_PATIENCE_S)
    except failures.PartFailed as failure:
        if _lost_its_port(running):
            port = int(running.url.rpartition(":")[2])
            raise failures.port_taken(NAME, port, ports.holder_of(port)) from failure
        raise


def is_answering(bootstrap: str, cluster: str | None = None) -> bool:
    """True when the broker serves metadata and consumer groups, and is the cluster that is meant."""
    host, _, port = bootstrap.split(",")[0].rpartition(":")
    try:
        socket.create_connection((host, int(port)), 1.0).close()
    except OSError:
        return False
    with _quiet_client():
        return in_own_loop(_probe(bootstrap, cluster))


async def _probe(bootstrap: str, cluster: str | None) -> bool:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=PROBE_TIMEOUT_MS)
    try:
        async with asyncio.timeout(PROBE_TIMEOUT_MS / 1000):
            await admin.start()
            described = await admin.describe_cluster()
            if cluster is not None and described["cluster_id"] != cluster:
                return False
            await admin.find_coordinator("warm")
    except (KafkaError, OSError, TimeoutError):
        return False
    finally:
        await admin.close()
    return True


@contextmanager
def _quiet_client() -> Iterator[None]:
    """aiokafka reports every refused connection as an error; while waiting that is no news."""
    logger = logging.getLogger("aiokafka")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _lost_its_port(running: Running) -> bool:
    lines = failures.tail_of(running.log, 100, running.log_since)
    return not running.is_alive() and any("Address already in use" in line for line in lines)


def _write_settings(
    folder: Path, port: int, durable: bool, session_ms: int, extra: Mapping[str, str]
) -> Path:
    text = TEMPLATE.read_text() + "".join(f"{name}={value}\n" for name, value in extra.items())
    values = {
        "port": port,
        "controller_port": _controller_port(port),
        "data": folder / "data",
        "flush_ms": FLUSH_MS if durable else NEVER_FLUSH_MS,
        "session_ms": session_ms,
        "heartbeat_ms": session_ms // 3,
    }
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    settings = folder / "server.properties"
    settings.write_text(text)
    return settings


def _controller_port(port: int) -> int:
    """Any other free port: nobody but the broker itself connects to it."""
    while (chosen := ports.any_free()) == port:
        pass
    return chosen


def _format(folder: Path, settings: Path, machine: list[str], users: Mapping[str, str]) -> None:
    """Give the data folder its cluster id, the first time."""
    finished, data = folder / "cluster-id", folder / "data"
    if finished.exists():
        if not (data / "meta.properties").exists():
            raise failures.data_damaged(NAME, data)
        return
    shutil.rmtree(data, ignore_errors=True)  # an interrupted first start
    cluster = "N" + base64.urlsafe_b64encode(new_id().bytes).decode()[-23:-2]
    tool = ["kafka.tools.StorageTool", "format", "--standalone", "-t", cluster, "-c", str(settings)]
    for name, password in users.items():
        tool += ["--add-scram", f"SCRAM-SHA-512=[name={name},password={password}]"]
    process.run(NAME, [*machine, *tool], folder / "format.log")
    finished.write_text(f"{cluster}\n")
