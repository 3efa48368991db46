"""What mediation reads from its environment."""

from pathlib import Path
from typing import ClassVar

from pydantic import Field, field_validator

from shared.kernel.settings import ServiceSettings

PROCESSES = Path(__file__).parent / "processes"


class MediationSettings(ServiceSettings):
    """Mediation's settings."""

    service: ClassVar[str] = "mediation"

    default_scheme: str = Field(
        "zq-default",
        description="the assessment scheme new disputes begin with: the id of a file in processes/",
    )

    @field_validator("default_scheme")
    @classmethod
    def _is_shipped(cls, scheme: str) -> str:
        if scheme not in {path.name.split(".")[0] for path in PROCESSES.glob("*.yaml")}:
            raise ValueError("no such file in processes/")
        return scheme
