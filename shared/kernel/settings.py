"""What every service reads from its environment; each service's settings.py adds its own on top.

A start with something missing or unusable is refused with one message that names every variable and how to
make it, and shows no value. Nothing is generated here, in no profile: the launcher of the demo and the tests
make their own secrets and pass them in like an operator does.
"""

from enum import StrEnum
from typing import Any, ClassVar, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from shared.kernel.bus import SESSION_S
from shared.kernel.crypto import Algorithm, BadKey, FieldCipher, parse_key, parse_keys
from shared.kernel.kafka_settings import KafkaSettings

PEM_PUBLIC = "-----BEGIN PUBLIC KEY-----"
PEM_PRIVATE = "-----BEGIN PRIVATE KEY-----"

RANDOM_KEY = "openssl rand -base64 32"
SESSION_MIN_S, SESSION_MAX_S = 3.0, 300.0
"""Below, a busy moment looks like a death; above, a real death holds its cases up for too long."""


class Profile(StrEnum):
    """How the system runs. Unset means production: nobody gets the lax one by forgetting."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class LogLevel(StrEnum):
    """The least important line that is written."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class SettingsRefused(SystemExit):
    """The environment does not suffice to start. As a SystemExit it prints its message without a stack."""


class ServiceSettings(KafkaSettings):
    """The base of a service's settings: `class IntakeSettings(ServiceSettings): service = "intake"`.

    A field is read from the variable of its name in capitals; `OWN_NAMES` are read from names that carry the
    service. The description of a field tells the operator how to make it.
    """

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    service: ClassVar[str]
    answers_kept_for_ever: ClassVar[bool] = False
    """True where a command moves money: a repetition after years is still no second payment."""

    profile: Profile = Field(Profile.PRODUCTION, description="production, demo or test")
    database_url: SecretStr = Field(
        description="postgresql://<role>:<password>@<host>:5432/<database>, the database of this service alone",
    )
    kafka_session_s: float = Field(
        SESSION_S,
        ge=SESSION_MIN_S,
        le=SESSION_MAX_S,
        description="seconds after which a silent process loses its partitions to others of its service",
    )
    redis_url: SecretStr | None = Field(
        None,
        description="redis://[:<password>@]<host>:6379/0, for what may be lost at any time",
    )
    host: str = Field(
        "127.0.0.1", description="the address to listen on; 0.0.0.0 inside a container"
    )
    port: int = Field(8000, ge=1, le=65535, description="the TCP port to listen on")
    token_public_key: str = Field(
        description="the PEM that belongs to the workbench's private key: openssl pkey -in token.pem -pubout"
    )
    field_keys: SecretStr = Field(
        description=f"<key id>:<key>[,<older id>:<key>...], the first one seals, a key is made by: {RANDOM_KEY}"
    )
    blind_key: SecretStr = Field(
        description=f"never to change while data exists, made by: {RANDOM_KEY}"
    )
    field_algorithm: Algorithm = Field(
        Algorithm.AES, description="aes, or sm (国密); chosen once, at installation"
    )
    log_level: LogLevel = Field(LogLevel.INFO, description="DEBUG, INFO, WARNING or ERROR")
    audit_anchor_folder: str | None = Field(
        None, description="a folder on other storage than the database; audit anchors go there"
    )
    otel_exporter_otlp_endpoint: str | None = Field(
        None, description="http://<collector>:4318, where traces go; unset: nowhere"
    )

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsRefused(_refusal(type(self), error)) from None

    @classmethod
    def load(cls, **values: Any) -> Self:
        """The settings of the environment; `values` (by field name) win, for tests."""
        return cls(**values)

    @property
    def cipher(self) -> FieldCipher:
        """The cipher of this service's personal data; build it once per process."""
        return FieldCipher(
            parse_keys(self.field_keys.get_secret_value()),
            parse_key(self.blind_key.get_secret_value()),
            self.field_algorithm,
        )

    @classmethod
    def variable(cls, field: str) -> str:
        """The name of the environment variable that a field is read from."""
        own = OWN_NAMES.get(field)
        return own.format(service=cls.service.upper()) if own else field.upper()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only given values and the environment: no .env file is ever picked up by accident."""
        return init_settings, _Environment(settings_cls)

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("it must begin with postgresql://")
        return url

    @field_validator("token_public_key")
    @classmethod
    def _is_public_pem(cls, pem: str) -> str:
        return pem_of(pem, PEM_PUBLIC)

    @field_validator("field_keys")
    @classmethod
    def _is_keyring(cls, keys: SecretStr) -> SecretStr:
        parse_keys(keys.get_secret_value())
        return keys

    @field_validator("blind_key")
    @classmethod
    def _is_key(cls, key: SecretStr) -> SecretStr:
        parse_key(key.get_secret_value())
        return key


class TokenIssuerSettings(ServiceSettings):
    """The base of the one service that issues tokens (the workbench)."""

    token_private_key: SecretStr = Field(
        description="the PEM made by: openssl genpkey -algorithm ed25519 -out token.pem"
    )

    @field_validator("token_private_key")
    @classmethod
    def _is_private_pem(cls, pem: SecretStr) -> SecretStr:
        return SecretStr(pem_of(pem.get_secret_value(), PEM_PRIVATE))


OWN_NAMES = {
    "profile": "NUANLIU_PROFILE",
    "database_url": "DATABASE_URL_{service}",
    "host": "{service}_HOST",
    "port": "{service}_PORT",
}


def pem_of(text: str, begins: str) -> str:
    r"""A PEM as given, or with its line ends written as `\n` (what one-line environments allow)."""
    pem = text.replace("\\n", "\n").strip()
    if not pem.startswith(begins):
        raise BadKey(f"it must be a PEM that begins with {begins}")
    return pem + "\n"


class _Environment(EnvSettingsSource):
    """The environment, under the names that `ServiceSettings.variable` gives."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        settings = self.settings_cls
        if issubclass(settings, ServiceSettings) and field_name in OWN_NAMES:
            return self.env_vars.get(settings.variable(field_name).lower()), field_name, False
        return super().get_field_value(field, field_name)


def _refusal(settings: type[ServiceSettings], error: ValidationError) -> str:
    """One message with everything that stops the start. Values are never part of it."""
    lines = [
        f"暖流 {settings.service}: 环境变量不全或有误，未启动。请按下列说明补齐后重新启动（演示环境请用 make demo）。",
        f"Nuanliu {settings.service} did not start. Set these variables and start again (for a demo: make demo).",
    ]
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        field = str(problem["loc"][0]) if problem["loc"] else ""
        what = (
            "missing"
            if problem["type"] == "missing"
            else problem["msg"].removeprefix("Value error, ")
        )
        if field in settings.model_fields:
            described = settings.model_fields[field].description
            lines.append(f"  {settings.variable(field)}: {what} ({described})")
        else:
            lines.append(f"  {what}")
    return "\n".join(lines)
