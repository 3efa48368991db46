"""Budgets and their ledger: sums that agree, running totals, and alarms when a promise is broken."""

from services.welfare.queries.ledger import check_ledger
from services.welfare.usecases.pay_due import pay_due
from shared.testing.rig import Rig
from tests.welfare.story import CASHIER, OFFICER, TREASURER, Story
from tests.welfare.usecases.test_pay_due import until


async def test_the_bar_of_a_budget_adds_up_at_every_station(paying: Rig) -> None:
    story = await (await (await Story(paying).opened()).filled()).approved()
    payment = await story.released()
    await pay_due(paying.context)
    await until(paying, payment, "settled")
    line = (await paying.get("/budgets", actor=OFFICER)).json()[0]
    parts = ("paid_fen", "under_way_fen", "owed_fen", "held_fen", "available_fen")
    assert line["granted_fen"] == sum(line[part] for part in parts) == 10_000_000
    assert line["paid_fen"] == 200_000


async def test_the_ledger_shows_every_transfer_with_what_was_free_after_it(paying: Rig) -> None:
    story = await (await (await Story(paying).opened()).filled()).approved()
    await story.released()
    await pay_due(paying.context)
    key = (await paying.get("/budgets", actor=TREASURER)).json()[0]["budget_id"]
    told = (await paying.get(f"/budgets/{key}/ledger", actor=TREASURER)).json()
    shown = [(line["code"], line["available_fen"]) for line in reversed(told["items"])]
    assert shown == [
        ("appropriated", 10_000_000),
        ("reserved", 9_800_000),
        ("approved", 9_800_000),
        ("payment_sent", 9_800_000),
    ]
    assert told["items"][0]["application_no"].startswith("BF-")
    assert told["broken"] == []
    assert (await paying.get(f"/budgets/{key}/ledger", actor=OFFICER)).status_code == 403
    assert (await paying.get(f"/budgets/{key}/ledger", actor=CASHIER)).status_code == 404


async def test_every_broken_promise_is_named(welfare: Rig) -> None:
    story = await (await (await Story(welfare).opened()).filled()).reviewed_first()
    pool = welfare.context.db.pool
    assert await check_ledger(pool) == []
    await pool.fetch(
        "UPDATE ledger_account SET debits_posted = debits_posted + 5 WHERE kind = 'source'"
    )
    assert await check_ledger(pool) == ["I1_balanced", "I2_counters_equal_fold"]
    await pool.fetch(
        "UPDATE ledger_account SET debits_posted = debits_posted - 5 WHERE kind = 'source'"
    )
    await pool.fetch("ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_not_overdrawn")
    await pool.fetch("UPDATE ledger_account SET debits_pending = 20000000 WHERE kind = 'budget'")
    assert "I4_no_overdraft" in await check_ledger(pool)
    await pool.fetch("UPDATE ledger_account SET debits_pending = 200000 WHERE kind = 'budget'")
    await pool.fetch("DROP INDEX transfer_pending_key")
    await pool.fetch("ALTER TABLE transfer DISABLE TRIGGER transfer_no_change")
    for _ in range(2):
        await pool.fetch(
            "INSERT INTO transfer (id, budget_id, debit, credit, amount_fen, currency, kind, pending_id, code,"
            " actor_id, reason, booked_at) SELECT gen_random_uuid(), budget_id, debit, credit, amount_fen, currency,"
            " 'void', id, 'x', actor_id, '', now() FROM transfer WHERE kind = 'reserve'"
        )
    assert "I3_resolved_once" in await check_ledger(pool)
    await pool.fetch("DELETE FROM transfer WHERE code = 'x'")
    await pool.fetch("DROP INDEX payment_one_live")
    await pool.fetch(
        "INSERT INTO obligation VALUES ($1, 'k', 'accident', 2026, 'p', 200000, now())", story.id
    )
    for attempt in (1, 2):
        await pool.fetch(
            "INSERT INTO payment (id, application_id, budget_id, amount_fen, attempt, state, reason, order_sealed,"
            " account_masked, ordered_by, ordered_at, send_again, asked, contradicts)"
            " SELECT gen_random_uuid(), $1, id, 200000, $2, 'settled', '', '', '', id, now(), false, 0, false FROM budget",
            story.id,
            attempt,
        )
    assert await check_ledger(pool) == ["I5_paid_once"]
    await pool.fetch("DELETE FROM payment")
