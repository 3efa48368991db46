"""Calls to register: synthetic people of one employer, each request with a key of its own."""

import json
import os
import uuid
from collections.abc import Mapping
from typing import Any

from deploy.bench.load import Make, request
from shared.kernel.auth import TokenIssuer
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role

OPERATOR = Actor(
    uuid.UUID("0198a000-0000-7000-8000-00000000b001"), frozenset({Role.OPERATOR}), "zq"
)
PHONES = 10_000_000


def body_of(number: int, **changes: Any) -> dict[str, Any]:
    """A call about wage arrears by a caller nobody knows yet."""
    return {
        "phone": f"139{number % 90_000_000 + 10_000_000}",
        "caller_name": "陈永明",
        "employer_name": "四会市琅石建材有限公司",
        "narrative": "来电人称8月至10月三个月没发工资，人均约6800元，要求公司本月内付清。",
        "category": "wage_arrears",
        "handling": "dispatch",
        "region": "441284",
        "claimant_count": 1,
        "amount_fen": 2_040_000,
        **changes,
    }


def calls(env: Mapping[str, str], start: int, **changes: Any) -> Make:
    """The n-th call after `start`, ready to be sent to intake."""
    token = TokenIssuer(env["TOKEN_PRIVATE_KEY"].replace("\\n", "\n")).issue(OPERATOR, "intake")
    run = os.urandom(4).hex()

    def make(number: int) -> bytes:
        body = json.dumps(body_of(start + number, **changes), ensure_ascii=False).encode()
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"{run}-{number}",
        }
        return request("POST", "/calls", headers, body)

    return make


def command_headers(env: Mapping[str, str], actor: Actor, service: str) -> dict[str, str]:
    """Headers of a single command."""
    token = TokenIssuer(env["TOKEN_PRIVATE_KEY"].replace("\\n", "\n")).issue(actor, service)
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())}
