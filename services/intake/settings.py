"""What intake reads from its environment: nothing but what every service reads."""

from typing import ClassVar

from shared.kernel.settings import ServiceSettings


class IntakeSettings(ServiceSettings):
    """DATABASE_URL_INTAKE, INTAKE_PORT and the common variables."""

    service: ClassVar[str] = "intake"
