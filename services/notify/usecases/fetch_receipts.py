"""The provider's receipts are read: a message arrived, or it did not and somebody has to call."""

from collections.abc import Sequence

import structlog

from services.notify.domain.delivery import receive
from services.notify.gateways.sms import (
    PROVIDER,
    RECEIPTS_PER_CALL_MAX,
    Line,
    ProviderAway,
    gateway_of,
)
from services.notify.store.deliveries import load_messages, save_delivery
from services.notify.store.receipts import load_cursor, save_cursor
from shared.kernel.context import Context
from shared.kernel.failpoint import failpoint
from shared.kernel.transaction import Tx
from shared.vocabulary.people import SYSTEM

PAGES_PER_RUN_MAX = 20
log = structlog.get_logger("notify.receipts")


async def fetch_receipts(context: Context) -> None:
    """Page after page; while the provider is away nothing is lost, it keeps its receipts."""
    gateway = gateway_of(context)
    for _ in range(PAGES_PER_RUN_MAX):
        async with context.db.transaction(actor=SYSTEM) as tx:
            after = await load_cursor(tx, PROVIDER)
        try:
            page = await gateway.receipts(after)
        except ProviderAway:
            log.warning("receipts.provider_away")
            return
        failpoint("fetch_receipts.after_call")
        if page:
            async with context.db.transaction(actor=SYSTEM) as tx:
                await take_receipts(page, tx)
        if len(page) < RECEIPTS_PER_CALL_MAX:
            return


async def take_receipts(page: Sequence[Line], tx: Tx) -> None:
    """Each receipt takes effect once: the cursor moves in the same transaction."""
    taken = await load_cursor(tx, PROVIDER)
    new = {one.message_id: one for one in page if one.seq > taken and one.message_id}
    for message_id, stored in (await load_messages(tx, [key for key in new if key])).items():
        line = new[message_id]
        after = receive(stored.delivery, line.receipt, reason=line.reason)
        save_delivery(tx, stored, after, provider=PROVIDER)
        await tx.flush()
    save_cursor(tx, PROVIDER, max(taken, *(one.seq for one in page)))
