"""Messages sent again: what filled the text of the failed one fills that of the new one."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from services.notify.domain.delivery import DeliveryAct, DeliveryState, SentAgainAlready
from services.notify.domain.messages import TEMPLATES
from services.notify.store.deliveries import Stored, fields_place, outgoing_values
from services.notify.tables import DeliveryRow, OutgoingRow
from shared.contracts.notify import MessageQueued
from shared.kernel.crypto import FieldCipher
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.ids import derived_id


def add_again(tx: Tx, stored: Stored, fields: Mapping[str, str], send_after: datetime) -> UUID:
    """A new message in the place of one that failed: the same words to the same person about the same fact."""
    root, template = stored.root, TEMPLATES[code_of(stored.root)]
    message_id = derived_id(root["id"], DeliveryAct.RESEND.value)
    same = ("case_id", "cause_id", "org", "template", "audience", "channel", "recipient_id")
    told = {
        "id": message_id,
        "urgent": template.urgent,
        "state": DeliveryState.QUEUED.value,
        "send_after": send_after,
        "queued_at": tx.now,
        "reason": "",
        "call_task": False,
        "correlation_id": root["correlation_id"],
    }
    tx.on_duplicate("delivery_pkey", SentAgainAlready())
    tx.insert(DeliveryRow, {name: root[name] for name in same} | told)
    outgoing = outgoing_values(message_id, template, root["recipient_id"], send_after)
    plain = msgspec.json.encode(fields).decode()
    outgoing["fields_sealed"] = tx.cipher.seal(plain, fields_place(message_id))
    tx.insert(OutgoingRow, outgoing)
    tx.emit(
        MessageQueued(
            delivery_id=message_id,
            case_id=root["case_id"],
            cause_id=root["cause_id"],
            template=template.code,
            channel=root["channel"],
            audience=root["audience"],
            recipient_id=root["recipient_id"],
            send_after=send_after,
        )
    )
    return message_id


def code_of(root: Record) -> str:
    """The code of a message's template, without the version it was made from."""
    code: str = root["template"].partition("@")[0]
    return code


def open_kept(root: Record, cipher: FieldCipher) -> dict[str, str] | None:
    """What filled the text of a message that left or failed; None for one from before that was kept."""
    sealed = root["fields_sealed"]
    if sealed is None:
        return None
    return msgspec.json.decode(cipher.open(sealed, fields_place(root["id"])), type=dict[str, str])
