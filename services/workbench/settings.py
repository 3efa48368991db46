"""What the workbench reads from its environment, on top of what every service reads."""

from pathlib import Path
from typing import ClassVar

from pydantic import Field

from shared.kernel.settings import TokenIssuerSettings

WEB_DIST = Path(__file__).parent / "web" / "dist"


class WorkbenchSettings(TokenIssuerSettings):
    """The workbench: it signs tokens, and knows where the other services answer."""

    service: ClassVar[str] = "workbench"

    intake_url: str = Field("http://127.0.0.1:8001", description="where intake answers")
    mediation_url: str = Field("http://127.0.0.1:8002", description="where mediation answers")
    welfare_url: str = Field("http://127.0.0.1:8003", description="where welfare answers")
    notify_url: str = Field("http://127.0.0.1:8004", description="where notify answers")
    web_dist: Path = Field(WEB_DIST, description="the folder of the built web pages")
