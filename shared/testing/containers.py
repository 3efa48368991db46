"""Test servers in containers, where a Docker engine answers, the images are there already and their ports can be reached.

Nothing is pulled: where an image is missing, the caller starts the same server without a container; so it does, with
one line that says so, where the engine answers and its containers do not work from here.
A Kafka image is told its address by KAFKA_ADVERTISED (`host:port`) and listens on 9092.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from deploy.local import broker as kafka
from deploy.local import ports, sql

POSTGRES_IMAGE = os.environ.get("TEST_POSTGRES_IMAGE", "nuanliu-postgres:18")
KAFKA_IMAGE = os.environ.get("TEST_KAFKA_IMAGE", "nuanliu-kafka:4.3.1")
ENGINE_TIMEOUT_S = 3
KAFKA_PORT = 9092
KAFKA_PATIENCE_S = 60.0
POSTGRES_PATIENCE_S = 20.0
START_TRIES = 30
"""How often, once a second, testcontainers itself looks whether a container has started."""
POLL_S = 0.2
SAID_MAX = 200

Server = tuple[str, Callable[[], object]]
"""The address, and how to stop it."""


def usable(start: Callable[[], Server | None], note: Path) -> Server | None:
    """What `start` started, None (and a line in `note`) when it failed or cannot be reached from here."""
    try:
        return start()
    except _faults() as failure:
        what = f"{type(failure).__name__}: {failure}".splitlines()[0][:SAID_MAX]
        note.write_text(f"containers do not work here, the local stack is used ({what})\n", "utf-8")
        return None


def _faults() -> tuple[type[Exception], ...]:
    """How an engine, its containers or the way to them fail."""
    from docker.errors import DockerException  # type: ignore[import-untyped]
    from requests.exceptions import RequestException

    return DockerException, RequestException, sql.WrongPassword, RuntimeError, OSError


def start_postgres() -> Server | None:
    """A PostgreSQL container, None where there is no engine or no image."""
    if not has_image(POSTGRES_IMAGE):
        return None
    _configure()
    from testcontainers.community.postgres import PostgresContainer

    container = PostgresContainer(POSTGRES_IMAGE, driver=None, username="postgres")
    with stopped_if_it_fails(container):
        container.start()
        url = str(container.get_connection_url())
        _reachable(POSTGRES_IMAGE, lambda: sql.is_answering(url), POSTGRES_PATIENCE_S)
    return url, container.stop


def start_kafka() -> Server | None:
    """A Kafka container, None where there is no engine or no image."""
    if not has_image(KAFKA_IMAGE):
        return None
    _configure()
    from testcontainers.core.container import DockerContainer

    port = ports.any_free()  # clients are sent to the advertised address: it is chosen beforehand
    address = f"{ports.HOST}:{port}"
    container = DockerContainer(KAFKA_IMAGE).with_bind_ports(KAFKA_PORT, port)
    container = container.with_env("KAFKA_ADVERTISED", address)
    with stopped_if_it_fails(container):
        container.start()
        # The port alone answers at once: it is the engine's proxy.
        _reachable(KAFKA_IMAGE, lambda: kafka.is_answering(address), KAFKA_PATIENCE_S)
    return address, container.stop


@contextmanager
def stopped_if_it_fails(container: Any) -> Iterator[None]:
    """Nothing runs on that nobody will use."""
    with ExitStack() as undo:
        undo.callback(_stop, container)
        yield
        undo.pop_all()


def _stop(container: Any) -> None:
    with suppress(*_faults()):
        container.stop()


def _reachable(image: str, is_answering: Callable[[], bool], patience_s: float) -> None:
    deadline = time.monotonic() + patience_s
    while not is_answering():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{image} did not answer within {patience_s:.0f} s")
        time.sleep(POLL_S)


def has_image(name: str) -> bool:
    """False as soon as one of socket, engine and image is missing."""
    if not _has_engine_address():
        return False
    import docker  # type: ignore[import-untyped]
    from docker.errors import DockerException
    from requests.exceptions import RequestException

    try:
        client: Any = docker.from_env(timeout=ENGINE_TIMEOUT_S)
        client.images.get(name)
    except (DockerException, RequestException, OSError):
        return False
    return True


def _has_engine_address() -> bool:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "/run")
    sockets = (Path("/var/run/docker.sock"), Path(runtime) / "docker.sock")
    return "DOCKER_HOST" in os.environ or any(socket.exists() for socket in sockets)


def _configure() -> None:
    """Read by testcontainers when it is imported: no reaper image is pulled, ports are found on this host."""
    os.environ.setdefault("TC_MAX_TRIES", str(START_TRIES))
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    os.environ.setdefault("TESTCONTAINERS_CONNECTION_MODE", "docker_host")
