"""Test servers in containers, where a Docker engine answers and the images are there already.

Nothing is pulled: where an image is missing, the caller starts the same server without a container.
A Kafka image is told its address by KAFKA_ADVERTISED (`host:port`) and listens on 9092.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deploy.local import broker as kafka
from deploy.local import ports

POSTGRES_IMAGE = os.environ.get("TEST_POSTGRES_IMAGE", "nuanliu-postgres:18")
KAFKA_IMAGE = os.environ.get("TEST_KAFKA_IMAGE", "nuanliu-kafka:4.3.1")
ENGINE_TIMEOUT_S = 3
KAFKA_PORT = 9092
KAFKA_PATIENCE_S = 60.0
POLL_S = 0.2

Server = tuple[str, Callable[[], object]]
"""The address, and how to stop it."""


def start_postgres() -> Server | None:
    """A PostgreSQL container, None where there is no engine or no image."""
    if not has_image(POSTGRES_IMAGE):
        return None
    _configure()
    from testcontainers.community.postgres import PostgresContainer

    container = PostgresContainer(POSTGRES_IMAGE, driver=None, username="postgres")
    container.start()
    return str(container.get_connection_url()), container.stop


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
    container.start()
    deadline = time.monotonic() + KAFKA_PATIENCE_S
    while not kafka.is_answering(
        address
    ):  # the port alone answers at once: it is the engine's proxy
        if time.monotonic() > deadline:
            container.stop()
            raise TimeoutError(
                f"{KAFKA_IMAGE} did not serve metadata within {KAFKA_PATIENCE_S:.0f} s"
            )
        time.sleep(POLL_S)
    return address, container.stop


def has_image(name: str) -> bool:
    """False as soon as one of socket, engine and image is missing."""
    if not _has_engine_address():
        return False
    import docker  # type: ignore[import-untyped]
    from docker.errors import DockerException  # type: ignore[import-untyped]
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
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    os.environ.setdefault("TESTCONTAINERS_CONNECTION_MODE", "docker_host")
