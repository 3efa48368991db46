"""The tables in code are the tables that the migrations make; production does not start without the provider's key."""

import pytest
from pydantic import SecretStr

from services.notify.settings import NotifySettings
from services.notify.tables import Row
from shared.kernel.schema import check
from shared.kernel.settings import SettingsRefused
from shared.testing.rig import Rig, ServiceRig


async def test_the_migrations_make_the_tables_of_the_code(service_rig: ServiceRig) -> None:
    rig: Rig = await service_rig("notify")
    url = rig.context.settings.database_url.get_secret_value()
    await check(url, "notify", Row.metadata)


async def test_production_needs_the_key_of_the_provider(service_rig: ServiceRig) -> None:
    rig: Rig = await service_rig("notify")
    given = rig.context.settings.model_dump() | {"profile": "production"}
    with pytest.raises(SettingsRefused, match="SMS_KEY: missing"):
        NotifySettings.load(**(given | {"sms_key": SecretStr("")}))
    assert NotifySettings.load(**(given | {"sms_key": SecretStr("k")})).sms_url
