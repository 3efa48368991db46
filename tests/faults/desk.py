"""Commands at intake's own door, with keys that make each of them repeatable."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from shared.kernel.auth import TokenIssuer
from shared.testing.system import RunningSystem
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role

TIMEOUT_S = 30.0
QUESTION: dict[str, Any] = {
    "phone": "13800136207",
    "caller_name": "陈某明",
    "narrative": "想了解怎样加入工会。",
    "category": "union_membership",
    "handling": "dispatch",
    "region": "441284",
}
DISPUTE: dict[str, Any] = {
    "phone": "13800136208",
    "caller_name": "黄某娟",
    "employer_name": "四会市琅石建材有限公司",
    "narrative": "来电人称三个月没发工资，车间14个工友都没拿到，老板不接电话。",
    "category": "wage_arrears",
    "handling": "dispatch",
    "region": "441284",
    "claimant_count": 14,
    "amount_fen": 28_560_000,
}


@dataclass
class Desk:
    """One operator, over one HTTP client."""

    system: RunningSystem
    actor: Actor = field(default_factory=lambda: Actor(new_id(), frozenset({Role.OPERATOR}), "zq"))

    def __post_init__(self) -> None:
        self.http = httpx.Client(timeout=TIMEOUT_S, trust_env=False)
        self.issuer = TokenIssuer(self.system.env["TOKEN_PRIVATE_KEY"].replace("\\n", "\n"))

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_error: object) -> None:
        self.http.close()

    def headers(self, key: str, service: str = "intake") -> dict[str, str]:
        """Who asks, and under which key."""
        token = self.issuer.issue(self.actor, service)
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": key}

    def url(self, path: str, service: str = "intake") -> str:
        """The address of a service's door."""
        return self.system.env[f"{service.upper()}_URL"] + path

    def post(self, path: str, body: Any, key: str | None = None) -> httpx.Response:
        """A command, once."""
        return self.http.post(self.url(path), json=body, headers=self.headers(key or str(new_id())))

    def register(self, form: dict[str, Any]) -> str:
        """A call on record; the id of its case."""
        answer = self.post("/calls", form)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["case_id"])

    def note(self, case_id: str, text: str = "已记录。") -> None:
        """One more fact about a case."""
        answer = self.post(f"/cases/{case_id}/notes", {"visibility": "internal", "text": text})
        assert answer.status_code == 201, answer.text
