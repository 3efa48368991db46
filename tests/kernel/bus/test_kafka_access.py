"""The two guarded doors of a real broker: TLS, and TLS with SCRAM-SHA-512. Who may not enter is told so, not kept waiting."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pydantic import ValidationError

from deploy.local import broker, ports
from shared.kernel.bus import Outcome, TopicSpec
from shared.kernel.bus_kafka import KafkaBus
from shared.kernel.bus_kafka_client import KafkaAccess
from shared.kernel.clock import now
from shared.kernel.kafka_settings import KafkaSettings
from shared.testing.bus import Reader, numbered
from shared.testing.postgres import unique_name

pytestmark = pytest.mark.kafka

USER, PASSWORD = "intake", "a password of the test"
DEADLINE_S = 5.0
JAAS = "org.apache.kafka.common.security.scram.ScramLoginModule required;"


@dataclass(frozen=True, slots=True)
class Doors:
    """How to enter a broker that also asks for certificates and passwords."""

    tls: KafkaAccess
    scram: KafkaAccess


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that vouches for itself, for 127.0.0.1: with its key for the broker, alone for the clients."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "broker of a test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(ports.HOST))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(Encoding.PEM)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "broker.pem").write_bytes(secret + pem)
    (folder / "ca.pem").write_bytes(pem)
    return folder / "broker.pem", folder / "ca.pem"


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    folder = tmp_path_factory.mktemp("guarded")
    store, ca = certificate(folder)
    tls, scram = f"{ports.HOST}:{ports.any_free()}", f"{ports.HOST}:{ports.any_free()}"
    public = f"PLAINTEXT://127.0.0.1:{{port}},TLS://{tls},SCRAM://{scram}"
    guarded = {
        f"listener.name.{door}.ssl.{name}": value
        for door in ("tls", "scram")
        for name, value in (("keystore.type", "PEM"), ("keystore.location", str(store)))
    }
    extra = {
        "listeners": f"{public},CONTROLLER://127.0.0.1:{{controller_port}}",
        "advertised.listeners": public,
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,TLS:SSL,SCRAM:SASL_SSL",
        "listener.name.scram.sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "listener.name.scram.scram-sha-512.sasl.jaas.config": JAAS,
        **guarded,
    }
    more = broker.Extra(extra, {USER: PASSWORD})
    running = broker.start(folder / "kafka", durable=False, extra=more)
    yield Doors(KafkaAccess(tls, str(ca)), KafkaAccess(scram, str(ca), USER, PASSWORD))
    running.stop()


@pytest.mark.parametrize("door", ["tls", "scram"])
async def test_facts_go_in_and_come_out_through_a_guarded_door(doors: Doors, door: str) -> None:
    bus, topic = KafkaBus(getattr(doors, door)), unique_name(door)
    await bus.ensure_topics([TopicSpec(topic, 2)])
    producer = bus.producer()
    results = await producer.send_all(numbered(topic, 2, 3))
    reader = Reader(bus.consumer(unique_name("group"), [topic]))
    await reader.until_count(len(results))
    assert {one.outcome for one in results} == {Outcome.ACKED}
    assert (await bus.ready()).ok
    await reader.consumer.aclose()
    await producer.aclose()
    await bus.aclose()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("door", "changes"),
    [
        ("scram", {"password": "another"}),
        ("scram", {"username": "nobody"}),
        ("tls", {"ca_file": None}),
    ],
    ids=["wrong password", "unknown user", "unknown authority"],
)
async def test_who_may_not_enter_is_told_so_and_nothing_is_sent(
    doors: Doors, door: str, changes: dict[str, Any]
) -> None:
    access = replace(getattr(doors, door), **changes)
    if door == "tls":  # without an authority of its own it is TLS only if there is a user
        access = replace(access, username=USER, password=PASSWORD)
    bus = KafkaBus(access)
    producer = bus.producer(deadline_s=DEADLINE_S)
    results = await producer.send_all(numbered("intake.cases", 1, 1))
    assert [one.outcome for one in results] == [Outcome.TRANSIENT]
    assert not (await bus.ready()).ok
    await producer.aclose()
    await bus.aclose()
    gc.collect()  # aiokafka leaves the socket of a refused log-in to the collector: here, not in another test


def test_the_environment_says_how_to_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", "a:9092")
    assert KafkaSettings().kafka == KafkaAccess("a:9092")  # type: ignore[call-arg]
    monkeypatch.setenv("KAFKA_CA_FILE", "/ca.pem")
    monkeypatch.setenv("KAFKA_USERNAME", USER)
    with pytest.raises(ValidationError, match="set together"):
        KafkaSettings()  # type: ignore[call-arg]
    monkeypatch.setenv("KAFKA_PASSWORD", PASSWORD)
    settings = KafkaSettings()  # type: ignore[call-arg]
    assert settings.kafka == KafkaAccess("a:9092", "/ca.pem", USER, PASSWORD)
    assert PASSWORD not in repr(settings) + repr(settings.kafka)
