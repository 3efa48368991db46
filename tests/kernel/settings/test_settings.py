"""A service starts with everything it needs or says in one message what is missing."""

import subprocess
import sys
from typing import ClassVar

import pytest

from shared.kernel.auth import make_keys
from shared.kernel.settings import Profile, ServiceSettings, SettingsRefused, TokenIssuerSettings

KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY="
KEYS = make_keys()
COMPLETE = {
    "NUANLIU_PROFILE": "test",
    "DATABASE_URL_INTAKE": "postgresql://intake:hunter2@db/intake",
    "DATABASE_URL_WORKBENCH": "postgresql://workbench:hunter2@db/workbench",
    "KAFKA_BOOTSTRAP": "kafka:9092",
    "INTAKE_PORT": "8001",
    "TOKEN_PUBLIC_KEY": KEYS.public_pem,
    "TOKEN_PRIVATE_KEY": KEYS.private_pem,
    "FIELD_KEYS": f"k1:{KEY}",
    "BLIND_KEY": KEY,
}


class IntakeSettings(ServiceSettings):
    service: ClassVar[str] = "intake"
    sms_key: str = "none"


class WorkbenchSettings(TokenIssuerSettings):
    service: ClassVar[str] = "workbench"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [*COMPLETE, "REDIS_URL", "LOG_LEVEL", "INTAKE_HOST", "SMS_KEY"]:
        monkeypatch.delenv(name, raising=False)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_complete_environment_is_read_under_the_names_of_the_service(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("SMS_KEY", "from outside")
    settings = IntakeSettings.load()
    assert settings.database_url.get_secret_value() == COMPLETE["DATABASE_URL_INTAKE"]
    assert settings.port == 8001
    assert settings.profile is Profile.TEST
    assert settings.sms_key == "from outside"
    cipher = settings.cipher
    assert cipher.open(cipher.seal("text", "here"), "here") == "text"


def test_an_unset_profile_is_production(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("NUANLIU_PROFILE")
    assert IntakeSettings.load().profile is Profile.PRODUCTION


def test_another_service_does_not_lend_its_database(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("DATABASE_URL_INTAKE")
    with pytest.raises(SettingsRefused, match="DATABASE_URL_INTAKE: missing"):
        IntakeSettings.load()


@pytest.mark.parametrize("profile", Profile)
def test_one_message_names_every_missing_variable_and_how_to_make_it(
    environment: pytest.MonkeyPatch, profile: Profile
) -> None:
    environment.setenv("NUANLIU_PROFILE", profile)
    required = (
        "DATABASE_URL_WORKBENCH",
        "KAFKA_BOOTSTRAP",
        "TOKEN_PUBLIC_KEY",
        "TOKEN_PRIVATE_KEY",
        "FIELD_KEYS",
        "BLIND_KEY",
    )
    for name in required:
        environment.delenv(name)
    with pytest.raises(SettingsRefused) as caught:
        WorkbenchSettings.load()
    message = str(caught.value)
    assert [name for name in required if f"  {name}: missing (" in message] == list(required)
    assert "openssl rand -base64 32" in message
    assert "openssl genpkey -algorithm ed25519" in message


def test_an_empty_variable_is_a_missing_one(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("BLIND_KEY", "")
    with pytest.raises(SettingsRefused, match="BLIND_KEY: missing"):
        IntakeSettings.load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL_INTAKE", "mysql://intake:hunter2@db"),
        ("FIELD_KEYS", "c2VjcmV0IGJ1dCB0b28gc2hvcnQ="),
        ("BLIND_KEY", "c2VjcmV0IGJ1dCB0b28gc2hvcnQ="),
        ("TOKEN_PUBLIC_KEY", "not a pem, hunter2"),
        ("INTAKE_PORT", "hunter2"),
        ("NUANLIU_PROFILE", "hunter2"),
    ],
)
def test_an_unusable_value_is_named_and_not_shown(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsRefused, match=f"  {name}: (?!missing)") as caught:
        IntakeSettings.load()
    assert value not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_printing_settings_shows_no_secret(environment: pytest.MonkeyPatch) -> None:
    shown = f"{WorkbenchSettings.load()!r} {WorkbenchSettings.load()}"
    assert "hunter2" not in shown
    assert KEY not in shown
    assert "PRIVATE KEY" not in shown


def test_a_pem_may_come_on_one_line(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TOKEN_PUBLIC_KEY", KEYS.public_pem.strip().replace("\n", "\\n"))
    assert IntakeSettings.load().token_public_key == KEYS.public_pem


def test_a_refused_start_prints_the_message_and_no_stack() -> None:
    program = (
        "from shared.kernel.settings import ServiceSettings\n"
        "class S(ServiceSettings):\n    service = 'intake'\n"
        "S.load()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], env={}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "DATABASE_URL_INTAKE: missing" in ended.stderr
    assert "Traceback" not in ended.stderr
