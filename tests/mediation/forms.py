"""What arrives and what is filled in: a registered case, the items of the forms, a complete agreement."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.contracts.intake import CaseRegistered
from shared.vocabulary.ids import new_id

ORG = "zq.441284"
ITEMS_1 = [
    "facts_clear",
    "evidence_sufficient",
    "legal_basis",
    "ability_to_perform",
    "limitation_checked",
    "risk_of_escalation",
    "representatives",
    "handling",
]
ITEMS_2 = [
    "mediation_plan",
    "mediators_fit",
    "legal_opinion_considered",
    "bottom_lines",
    "fallback",
]
ITEMS_3 = ["outcome", "cause", "employer_risk", "lessons"]


def agreement(today: date, **changes: Any) -> dict[str, Any]:
    """A complete text: 30,000 yuan in two instalments."""
    return {
        "parties": "双方基本情况",
        "claims": "支付 8 至 10 月工资",
        "result": "分两期付清",
        "manner": "银行转账",
        "contents": ["wages"],
        "amount_fen": 3_000_000,
        "instalments": [
            {"no": 1, "amount_fen": 1_000_000, "due": str(today + timedelta(days=7))},
            {"no": 2, "amount_fen": 2_000_000, "due": str(today + timedelta(days=37))},
        ],
        **changes,
    }


def registered(**changes: Any) -> CaseRegistered:
    """A case of wage arrears of three workers."""
    claimants = tuple(new_id() for _ in range(changes.get("claimant_count", 3)))
    fields: dict[str, Any] = {
        "case_id": new_id(),
        "case_number": "ZQ-20261124-000001",
        "tracking_blind": "b",
        "tracking_sealed": "s",
        "channel": "hotline",
        "category": "wage_arrears",
        "level": "difficult",
        "track": "dispute",
        "urgency": "normal",
        "handling": "dispatch",
        "org": ORG,
        "region": "441284",
        "employer_id": new_id(),
        "caller_id": claimants[0],
        "claimant_ids": claimants,
        "claimant_count": len(claimants),
        "amount_fen": 3_000_000,
        "operator_id": new_id(),
        "received_at": datetime.now(UTC),
        "deadlines": (),
        **changes,
    }
    return CaseRegistered(**fields)
