"""Which process is told what: each gets the addresses of all, and only the secrets it needs."""

import os
from collections.abc import Mapping

from deploy.local.plan import Plan, Program

SECRETS = frozenset({"TOKEN_PRIVATE_KEY", "FIELD_KEYS", "BLIND_KEY", "SMS_KEY", "BANK_KEY"})
NO_PROXY = "127.0.0.1,localhost"
DEMO = "demo"


class Environment:
    """Collects addresses while the parts start, and hands each process its variables."""

    def __init__(self, plan: Plan, keys: Mapping[str, str]) -> None:
        given = {name: os.environ[name] for name in keys if name in os.environ}
        self.plan = plan
        self.keys = dict(keys) | given
        self.databases: dict[str, str] = {}  # service -> URL
        self.ports: dict[str, int] = {}  # program -> port
        self.common = {
            "NUANLIU_PROFILE": os.environ.get("NUANLIU_PROFILE", DEMO),
            "TOKEN_PUBLIC_KEY": self.keys["TOKEN_PUBLIC_KEY"],
            "PYTHONUNBUFFERED": "1",
            "NO_PROXY": ",".join(filter(None, [os.environ.get("NO_PROXY"), NO_PROXY])),
        }
        self.common["no_proxy"] = self.common["NO_PROXY"]

    @property
    def profile(self) -> str:
        return self.common["NUANLIU_PROFILE"]

    def url_of(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def for_program(self, program: Program) -> dict[str, str]:
        """What one process sees."""
        name = program.name.upper()
        own = {f"{name}_PORT": str(self.ports[program.name])}
        own |= {secret: self.keys[secret] for secret in program.secrets}
        if program.name in self.databases:
            own[database_variable(program.name)] = self.databases[program.name]
        return self._inherited() | self.common | self._addresses() | own

    def for_tools(self) -> dict[str, str]:
        """What the tools of the people who run the system see: everything."""
        everything = {database_variable(service): url for service, url in self.databases.items()}
        everything |= {f"{name.upper()}_PORT": str(port) for name, port in self.ports.items()}
        everything |= {name: self.keys[name] for name in SECRETS}
        return self.common | self._addresses() | everything

    def _addresses(self) -> dict[str, str]:
        return {f"{name.upper()}_URL": self.url_of(name) for name in self.ports}

    def _inherited(self) -> dict[str, str]:
        """The surroundings (path, language, home) without anybody else's secrets."""
        ours = SECRETS | {database_variable(one.name) for one in self.plan.services}
        return {name: value for name, value in os.environ.items() if name not in ours}


def database_variable(service: str) -> str:
    return f"DATABASE_URL_{service.upper()}"
