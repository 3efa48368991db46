"""What notify reads from its environment: the common variables and the way to the SMS provider."""

from typing import ClassVar

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from shared.kernel.settings import Profile, ServiceSettings


class NotifySettings(ServiceSettings):
    """DATABASE_URL_NOTIFY, NOTIFY_PORT, the common variables and the SMS provider's."""

    service: ClassVar[str] = "notify"

    sms_url: str = Field(
        "http://127.0.0.1:8011",
        description="http(s)://<host>:<port>, the SMS provider's interface (or an adapter to it)",
    )
    sms_key: SecretStr = Field(
        SecretStr(""),
        validate_default=True,
        description="the key that the SMS provider gave the federation",
    )

    @field_validator("sms_key")
    @classmethod
    def _is_there_in_production(cls, key: SecretStr, info: ValidationInfo) -> SecretStr:
        if not key.get_secret_value() and info.data.get("profile") is Profile.PRODUCTION:
            raise ValueError("missing")
        return key
