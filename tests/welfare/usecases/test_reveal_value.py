"""An unmasked value is shown for a reason, to those whose work it is, and the look is on record."""

from typing import Any

from shared.testing.rig import Rig
from tests.welfare.story import OFFICER, STRANGER, SUPERVISOR, Story, card


def ask(story: Story, field: str, **more: Any) -> dict[str, Any]:
    return {"kind": "party", "id": str(story.id), "field": field, "reason": "verify", **more}


async def test_every_look_is_audited_before_the_value_is_shown(welfare: Rig) -> None:
    story = await (await Story(welfare).opened()).filled()
    shown = {
        "phone": (await welfare.post("/reveals", ask(story, "phone"), actor=OFFICER)).json()[
            "value"
        ],
        "account": (
            await welfare.post("/reveals", ask(story, "bank_account", kind="payee"), actor=OFFICER)
        ).json()["value"],
        "member": (
            await welfare.post(
                "/reveals", ask(story, "id_no", kind="member", index=0), actor=OFFICER
            )
        ).json()["value"],
    }
    assert shown == {
        "phone": "15012341187",
        "account": "6222021234561234",
        "member": card(122, "19600101"),
    }
    rows = await welfare.context.db.pool.fetch(
        "SELECT content FROM kernel.audit WHERE action = 'value.reveal'"
    )
    assert len(rows) == 3
    assert all(
        "15012341187" not in row["content"] and '"why":"verify"' in row["content"] for row in rows
    )
    answers = await welfare.context.db.pool.fetch("SELECT response FROM kernel.idempotency")
    assert all(b"15012341187" not in row["response"] for row in answers)


async def test_no_reason_no_right_no_value(welfare: Rig) -> None:
    story = await (await Story(welfare).opened()).filled()
    other = await welfare.post("/reveals", ask(story, "phone", reason="other"), actor=OFFICER)
    assert other.json()["errors"][0]["code"] == "note_needed"
    assert (await welfare.post("/reveals", ask(story, "phone"), actor=STRANGER)).status_code == 404
    assert (
        await welfare.post("/reveals", ask(story, "phone"), actor=SUPERVISOR)
    ).status_code == 403
    assert (
        await welfare.post("/reveals", ask(story, "id_no", kind="member", index=9), actor=OFFICER)
    ).status_code == 404
    assert (
        await welfare.context.db.pool.fetch(
            "SELECT 1 FROM kernel.audit WHERE action = 'value.reveal'"
        )
        == []
    )
