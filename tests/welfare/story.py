"""The people, the form and the steps that the tests of welfare walk through, over the real application."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from shared.contracts.intake import CaseRegistered
from shared.kernel.crypto import place
from shared.testing.rig import Rig
from shared.vocabulary.calendar import local_date
from shared.vocabulary.identifiers import id_check_character
from shared.vocabulary.ids import derived_id, new_id
from shared.vocabulary.people import SYSTEM_ID, Actor, Role

ORG = "zq.441284"
TODAY = local_date(datetime.now(UTC))
YEAR = TODAY.year


def somebody(*roles: Role, org: str = ORG) -> Actor:
    return Actor(new_id(), frozenset(roles), org)


def known(role: Role, org: str = ORG) -> Actor:
    """The same person in every process: a repeated command is recognised by who sends it."""
    return Actor(derived_id(SYSTEM_ID, f"{role} {org}"), frozenset({role}), org)


OFFICER = known(Role.WELFARE_OFFICER)
REVIEWER = known(Role.REVIEWER)
APPROVER = known(Role.APPROVER)
CASHIER = known(Role.CASHIER)
SUPERVISOR = known(Role.SUPERVISOR, "zq")
TREASURER = known(Role.APPROVER, "zq")
STRANGER = somebody(Role.WELFARE_OFFICER, org="zq.441202")


def card(serial: int, born: str = "19880505") -> str:
    first = f"441284{born}{serial:03d}"
    return first + id_check_character(first)


def case_registered(
    case_id: UUID, caller_id: UUID, programme: str | None = "accident"
) -> CaseRegistered:
    return CaseRegistered(
        case_id=case_id,
        case_number=f"ZQ-20261116-{case_id.int % 999_999:06d}",
        tracking_blind="b",
        tracking_sealed="s",
        channel="phone",
        category="living_aid",
        level="ordinary",
        track="aid",
        urgency="normal",
        handling="dispatch",
        org=ORG,
        region="441284",
        employer_id=None,
        caller_id=caller_id,
        claimant_ids=(caller_id,),
        claimant_count=1,
        amount_fen=None,
        aid_programme=programme,
        operator_id=new_id(),
        received_at=datetime.now(UTC),
        deadlines=(),
    )


def form(**other: Any) -> dict[str, Any]:
    """The family of the mock-up: 52,800 of income, 9,600 unavoidable, 44,160 of hospital cost."""
    return {
        "name": "覃小妹",
        "id_no": card(284),
        "phone": "15012341187",
        "address": "四会市城中街道 12 号",
        "employer_name": "肇庆市岑岭五金制品有限公司",
        "situation": "在职，被欠薪 3 个月",
        "status": "active",
        "income_fen": 3_840_000,
        "amount_fen": 200_000,
        "members": [
            {
                "relation": "母亲",
                "name": "韦小英",
                "id_no": card(122, "19600101"),
                "situation": "住院",
                "income_fen": 1_440_000,
            },
            {
                "relation": "女儿",
                "name": "谭小琪",
                "id_no": card(22, "20150909"),
                "situation": "初二",
                "guardian_consent": True,
            },
        ],
        "expenses": [
            {"label": "房租", "amount_fen": 720_000},
            {"label": "学费", "amount_fen": 240_000},
        ],
        "calamity_fen": 4_416_000,
        "calamity": "医疗",
        "account": {"number": "6222021234561234", "bank": "工行四会支行", "holder": "覃小妹"},
        "assets": {"found": False},
        "consent_version": "2026-1",
        "consented_on": TODAY.isoformat(),
        "publicity_consent": True,
        **other,
    }


@dataclass
class Story:
    """One application on its way; every step asserts that it was taken."""

    rig: Rig
    id: UUID = field(default_factory=new_id)
    case_id: UUID = field(default_factory=new_id)
    party_id: UUID = field(default_factory=new_id)

    async def post(
        self, path: str, body: Any = None, *, actor: Actor, **more: Any
    ) -> httpx.Response:
        return await self.rig.post(
            f"/applications/{self.id}/{path}", body or {}, actor=actor, **more
        )

    async def must(
        self, path: str, body: Any = None, *, actor: Actor, **more: Any
    ) -> dict[str, Any]:
        answer = await self.post(path, body, actor=actor, **more)
        assert answer.status_code in {200, 201}, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def opened(self, programme: str = "accident") -> "Story":
        body = {
            "case_id": str(self.case_id),
            "party_id": str(self.party_id),
            "programme": programme,
        }
        await self.rig.deliver(case_registered(self.case_id, self.party_id, None))
        answer = await self.rig.post("/applications", body, actor=OFFICER)
        assert answer.status_code == 201, answer.text
        self.id = UUID(answer.json()["application_id"])
        return self

    async def fill(self, **other: Any) -> httpx.Response:
        return await self.rig.put(f"/applications/{self.id}/form", form(**other), actor=OFFICER)

    async def filled(self, **other: Any) -> "Story":
        answer = await self.fill(**other)
        assert answer.status_code == 200, answer.text
        return self

    async def reviewed_first(self) -> "Story":
        await self.must("first-review", actor=OFFICER)
        return self

    async def visited(self) -> "Story":
        body = {"visited_on": TODAY.isoformat(), "companion": "社区 黄某", "report": "情况属实"}
        await self.must("visit", body, actor=OFFICER)
        return self

    async def submitted(self) -> "Story":
        await (await self.reviewed_first()).visited()
        await self.must("submit", actor=OFFICER)
        return self

    async def public(self) -> "Story":
        await self.submitted()
        await self.must("review", actor=REVIEWER)
        return self

    async def approved(self) -> "Story":
        await self.public()
        await self.must("approve", actor=APPROVER)
        return self

    async def released(self) -> UUID:
        told = await self.must("payments", actor=CASHIER)
        return UUID(told["payment_id"])

    async def state(self) -> str:
        found = await self.rig.context.db.pool.fetch(
            "SELECT state FROM application WHERE id = $1", self.id
        )
        return str(found[0]["state"])


async def emergency(rig: Rig, workdays: int = 0, code: str = "accident") -> None:
    """The programme's list is public for so many working days; 0: nobody waits for its end."""
    body = {
        "zh": "意外致困救助",
        "en": "Aid after a calamity",
        "fund": "hardship_province",
        "per": "household",
        "cap_fen": 500_000,
        "yearly_cap_fen": 600_000,
        "standards": {"calamity": 200_000, "deep": 300_000},
        "file_based": False,
        "publicity_workdays": workdays,
        "late_payment_days": 15,
        "return_repair_days": 5,
        "reason": "急难救助先救助后公示",
    }
    answer = await rig.put(f"/programmes/{YEAR}/{code}", body, actor=TREASURER)
    assert answer.status_code == 200, answer.text


async def budget(
    rig: Rig, fen: int = 10_000_000, programme: str = "accident", org: str = "zq"
) -> UUID:
    body = {
        "programme": programme,
        "year": YEAR,
        "org": org,
        "amount_fen": fen,
        "reason": "年初预算",
    }
    answer = await rig.post("/budgets", body, actor=TREASURER)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["budget_id"])


async def end_the_list(rig: Rig, application_id: UUID) -> None:
    """As if the public list had ended yesterday: the only way to get past days that really have to pass."""
    pool, cipher = rig.context.db.pool, rig.context.cipher
    row = (await pool.fetch("SELECT * FROM application WHERE id = $1", application_id))[0]
    where = place("application", "sealed", application_id)
    document = json.loads(cipher.open(row["sealed"], where))
    past = (TODAY - timedelta(days=1)).isoformat()
    document["application"]["publicity"]["due"] |= {"raw": past, "effective": past}
    sealed = cipher.seal(json.dumps(document), where)
    await pool.fetch("UPDATE application SET sealed = $2 WHERE id = $1", application_id, sealed)
