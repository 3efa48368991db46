"""Welfare does not start in production without the secret that signs orders to the bank."""

import pytest
from pydantic import SecretStr

from services.welfare.settings import WelfareSettings
from shared.kernel.auth import make_keys
from shared.kernel.settings import SettingsRefused
from shared.testing.keys import BLIND_KEY, FIELD_KEYS


def load(profile: str, **more: object) -> WelfareSettings:
    return WelfareSettings.load(
        profile=profile,
        database_url=SecretStr("postgresql://a@b/c"),
        kafka_bootstrap="127.0.0.1:9",
        token_public_key=make_keys().public_pem,
        field_keys=SecretStr(FIELD_KEYS),
        blind_key=SecretStr(BLIND_KEY),
        **more,
    )


def test_production_needs_the_banks_key() -> None:
    with pytest.raises(SettingsRefused, match="BANK_KEY"):
        load("production")
    assert load("production", bank_key=SecretStr("k")).answers_kept_for_ever
    assert load("test").bank_key.get_secret_value() == ""
