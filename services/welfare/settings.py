"""What welfare reads from its environment: the common variables and the way to the bank."""

from typing import ClassVar

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from shared.kernel.settings import Profile, ServiceSettings


class WelfareSettings(ServiceSettings):
    """DATABASE_URL_WELFARE, WELFARE_PORT, the common variables and the bank's."""

    service: ClassVar[str] = "welfare"
    answers_kept_for_ever: ClassVar[bool] = True

    bank_url: str = Field(
        "http://127.0.0.1:8012", description="http(s)://<host>:<port>, the bank's payment interface"
    )
    bank_key: SecretStr = Field(
        SecretStr(""),
        validate_default=True,
        description="the secret agreed with the bank: signs every order to pay",
    )
    account_cooling_h: int = Field(
        24,
        ge=0,
        le=720,
        description="hours between the approval of a corrected account and the next payment to it",
    )

    @field_validator("bank_key")
    @classmethod
    def _is_set_in_production(cls, key: SecretStr, info: ValidationInfo) -> SecretStr:
        """Unsigned orders are for tests only."""
        if info.data.get("profile") is Profile.PRODUCTION and not key.get_secret_value():
            raise ValueError("missing")
        return key
