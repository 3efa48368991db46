"""From the open application to the approval: every step by its own person, the money held and then owed."""

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
from tests.welfare.story import Story, emergency


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
