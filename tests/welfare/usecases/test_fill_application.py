"""The form is refused field by field, in Chinese and English; what is stored is sealed; changes void signatures."""

from datetime import timedelta
from typing import Any

import pytest

from shared.testing.rig import Rig
from tests.welfare.story import OFFICER, REVIEWER, TODAY, Story, card, form

BAD: list[tuple[str, Any, str, str]] = [
    ("id_no", "441284198805052841"[:-1] + "0", "id_no", "id_checksum"),
    ("phone", "123", "phone", "phone_not_personal"),
    ("name", " ", "name", "required"),
    ("income_fen", -1, "income_fen", "amount_out_of_range"),
    ("amount_fen", 0, "amount_fen", "amount_not_positive"),
    ("employer_uscc", "ABC", "employer_uscc", "uscc_format"),
    (
        "account",
        {"number": "12", "bank": "工行", "holder": "覃小妹"},
        "account.number",
        "account_format",
    ),
    (
        "account",
        {"number": "6222021234561234", "bank": "", "holder": "覃小妹"},
        "account.bank",
        "required",
    ),
    ("consent_version", "", "consent_version", "consent_missing"),
    ("publicity_consent", False, "publicity_consent", "publicity_consent_missing"),
    (
        "members",
        [
            {
                "relation": "女儿",
                "name": "小琪",
                "id_no": card(22, (TODAY - timedelta(days=3000)).strftime("%Y%m%d")),
            }
        ],
        "members.0.guardian_consent",
        "guardian_consent_missing",
    ),
    ("members", [{"relation": "", "name": "小琪"}], "members.0.relation", "required"),
    (
        "members",
        [{"relation": "母亲", "name": "韦", "id_no": card(284)}],
        "members",
        "member_twice",
    ),
    (
        "expenses",
        [{"label": "房租", "amount_fen": -5}],
        "expenses.0.amount_fen",
        "amount_out_of_range",
    ),
]


@pytest.mark.parametrize(
    ("field", "value", "where", "code"), BAD, ids=[f"{b[2]} {b[3]}" for b in BAD]
)
async def test_every_wrong_field_is_named_and_nothing_is_stored(
    welfare: Rig, field: str, value: Any, where: str, code: str
) -> None:
    story = await Story(welfare).opened()
    answer = await story.fill(**{field: value})
    assert answer.status_code == 422
    found = [(one["field"], one["code"]) for one in answer.json()["errors"]]
    assert (where, code) in found
    assert all(one["zh"] and one["en"] for one in answer.json()["errors"])
    rows = await welfare.context.db.pool.fetch("SELECT amount_fen FROM application")
    assert rows[0]["amount_fen"] == 0


async def test_an_unknown_field_and_a_wrong_type_are_refused(welfare: Rig) -> None:
    story = await Story(welfare).opened()
    assert (await story.fill(surprise=1)).status_code == 422
    assert (await story.fill(amount_fen="2000")).status_code == 422


async def test_a_stale_version_is_refused(welfare: Rig) -> None:
    story = await (await Story(welfare).opened()).filled()
    answer = await welfare.put(f"/applications/{story.id}/form", form(), actor=OFFICER, if_match=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")


async def test_a_change_after_the_review_takes_the_application_back_and_holds_the_new_amount(
    welfare: Rig,
) -> None:
    story = await (await (await Story(welfare).opened()).filled()).public()
    await story.filled(amount_fen=150_000)
    assert await story.state() == "home_visit"
    held = await welfare.context.db.pool.fetch(
        "SELECT debits_pending FROM ledger_account WHERE kind = 'budget'"
    )
    assert held[0]["debits_pending"] == 150_000
    public = (await welfare.get("/publicity", actor=REVIEWER)).json()
    assert public["items"] == []
