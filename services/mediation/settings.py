"""What mediation reads from its environment."""

from typing import ClassVar

from pydantic import Field

from shared.kernel.settings import ServiceSettings


class MediationSettings(ServiceSettings):
    """Mediation's settings."""

    service: ClassVar[str] = "mediation"

    default_scheme: str = Field(
        "zq-default", description="the assessment scheme new disputes begin with (processes/)"
    )
