"""From the open application to the approval: every step by its own person, the money held and then owed."""

import asyncio
import itertools

from services.welfare.domain.ledger import AccountKind
from shared.contracts.welfare import (
    ApplicationApproved,
    ApplicationFilled,
    ApplicationMoved,
    ApplicationOpened,
    FundsReserved,
    PublicityStarted,
)
from shared.testing.rig import Rig
from tests.welfare.story import APPROVER, OFFICER, REVIEWER, SUPERVISOR, Story, card, emergency


async def test_an_application_walks_through_its_steps_to_the_approval(welfare: Rig) -> None:
    await emergency(welfare)
    story = await (await Story(welfare).opened()).filled()
    await story.approved()
    assert await story.state() == "approved"
    facts = await welfare.facts()
    moves = [(f.from_state, f.to_state) for f in facts if isinstance(f, ApplicationMoved)]
    steps = ["applied", "first_review", "home_visit", "submitted", "checked", "public", "approved"]
    assert moves == list(itertools.pairwise(steps))
    kinds = {type(fact) for fact in facts}
    assert kinds >= {
        ApplicationOpened,
        ApplicationFilled,
        FundsReserved,
        PublicityStarted,
        ApplicationApproved,
    }
    accounts = {
        row["kind"]: dict(row)
        for row in await welfare.context.db.pool.fetch("SELECT * FROM ledger_account")
    }
    assert accounts[AccountKind.PAYABLE]["credits_posted"] == 200_000
    assert accounts[AccountKind.BUDGET]["debits_pending"] == 0


async def test_a_change_after_the_approval_voids_it_and_what_was_owed_is_held_again(
    paying: Rig,
) -> None:
    story = await (await (await Story(paying).opened()).filled()).approved()
    await story.filled(amount_fen=150_000)
    assert await story.state() == "home_visit"
    pool = paying.context.db.pool
    assert await pool.fetch("SELECT * FROM obligation") == []
    await story.must("submit", actor=OFFICER)
    await story.must("review", actor=REVIEWER)
    await story.must("approve", actor=APPROVER)
    owed = await pool.fetch("SELECT amount_fen FROM obligation")
    assert [row["amount_fen"] for row in owed] == [150_000]
    codes = [row["code"] for row in await pool.fetch("SELECT code FROM transfer ORDER BY no")]
    assert codes == [
        "appropriated",
        "reserved",
        "approved",
        "approval_voided",
        "reserved",
        "approved",
    ]


async def test_nothing_is_changed_once_a_payment_is_under_way(paying: Rig) -> None:
    story = await (await (await Story(paying).opened()).filled()).approved()
    await story.released()
    refused = await story.fill(amount_fen=150_000)
    assert refused.json()["code"] == "already_being_paid"


async def test_what_is_approved_is_what_the_approver_saw(paying: Rig) -> None:
    story = await (await (await Story(paying).opened()).filled()).public()
    refused = await story.post("approve", {"content_hash": "0" * 64}, actor=APPROVER)
    assert refused.json()["code"] == "approval_void"


async def test_a_household_is_aided_once_unless_a_supervisor_allows_another(paying: Rig) -> None:
    await (await (await Story(paying).opened()).filled()).approved()
    mother = {
        "name": "韦小英",
        "id_no": card(122, "19600101"),
        "phone": "15012349999",
        "members": [{"relation": "女儿", "name": "覃小妹", "id_no": card(284)}],
        "account": {"number": "6222021234565555", "bank": "工行", "holder": "韦小英"},
    }
    second = await (await (await Story(paying).opened()).filled(**mother)).submitted()
    refused = (await second.post("review", actor=REVIEWER)).json()
    assert (refused["code"], "W2" in refused["zh"]) == ("checks_block", True)
    allow = {"check": "W2", "accepted": True, "reason": "两起不同事故"}
    await second.must("explanations", allow, actor=SUPERVISOR)
    await second.must("review", actor=REVIEWER)
    await second.must("approve", actor=APPROVER)


async def test_two_of_a_household_approved_at_once_are_stopped_by_the_key(paying: Rig) -> None:
    """Both passed the review before either was approved: the check sees nothing, the unique key does."""
    one = await (await (await Story(paying).opened()).filled()).public()
    mother = {
        "name": "韦小英",
        "id_no": card(122, "19600101"),
        "phone": "15012349999",
        "members": [{"relation": "女儿", "name": "覃小妹", "id_no": card(284)}],
        "account": {"number": "6222021234565555", "bank": "工行", "holder": "韦小英"},
    }
    two = await (await (await Story(paying).opened()).filled(**mother)).public()
    answers = await asyncio.gather(*(s.post("approve", actor=APPROVER) for s in (one, two)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    code = next(answer.json()["code"] for answer in answers if answer.status_code == 409)
    assert code in {"household_already_aided", "checks_block"}
