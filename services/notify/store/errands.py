"""Errands: the people of a message are found and it is queued for each; what is not known yet is waited for here."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from services.notify.domain.audience import has_desk_twin
from services.notify.domain.errand import (
    ALWAYS_NAMED,
    ERRAND_WAIT_H,
    ROLE_OF,
    CaseFile,
    Errand,
    Needs,
    people_of,
)
from services.notify.domain.messages import TEMPLATES
from services.notify.domain.plan import Plan, plan
from services.notify.domain.templates import Channel, Template
from services.notify.store.contacts import load_contacts, load_staff_near
from services.notify.store.deliveries import Draft, add_delivery, load_existing, load_planned
from services.notify.store.files import load_case_file, load_parts
from services.notify.store.locks import lock_until_known
from services.notify.tables import ErrandRow
from shared.kernel.transaction import Record, Tx

ERRAND_OVERDUE = "errand_overdue"
RECIPIENTS_PER_WRITE = 50
ERRANDS_PER_FACT_MAX = 500


async def carry_out(tx: Tx, errand: Errand) -> None:
    """Queue the message for everybody it is for, or wait for what is still unknown; done again it changes nothing."""
    needs = await try_to_carry_out(tx, errand)
    if needs is not None:
        _add_errand(tx, errand, needs)
        await tx.flush()


async def try_to_carry_out(tx: Tx, errand: Errand) -> Needs | None:
    """As `carry_out`, but says what is missing instead of waiting for it."""
    template = TEMPLATES[errand.template]
    case = await load_case_file(tx, errand.case_id)
    if case is None:
        await lock_until_known(tx, errand.case_id)
        case = await load_case_file(tx, errand.case_id)
    if case is None:
        return Needs.CASE
    parts, more = await load_parts(tx, errand, template.audience)
    people = people_of(template.audience, errand, case, parts)
    if not people and template.audience in ROLE_OF and template.audience not in ALWAYS_NAMED:
        people = await load_staff_near(tx, ROLE_OF[template.audience], case.org)
        if not people:
            return Needs.STAFF
    await add_messages(tx, errand, case, people, {**case.fields, **more, **errand.fields})
    return None


async def add_messages(
    tx: Tx, errand: Errand, case: CaseFile, people: Collection[UUID], fields: Mapping[str, str]
) -> None:
    """One message for each person, in writes of bounded size."""
    template = TEMPLATES[errand.template]
    everybody = list(people)
    for first in range(0, len(everybody), RECIPIENTS_PER_WRITE):
        some = everybody[first : first + RECIPIENTS_PER_WRITE]
        for person, made in (await _plans(tx, errand, template, some, fields)).items():
            if made.channel is Channel.IN_APP and has_desk_twin(template):
                continue
            add_delivery(tx, Draft(errand, case, template, person, fields, made))
        await tx.flush()


async def _plans(
    tx: Tx, errand: Errand, template: Template, some: list[UUID], fields: Mapping[str, str]
) -> dict[UUID, Plan]:
    existing = await load_existing(tx, [errand.delivery_id(one) for one in some])
    new = [one for one in some if errand.delivery_id(one) not in existing]
    if template.channel is Channel.IN_APP:
        return {one: plan(template, fields, None, tx.now, ()) for one in new}
    contacts = await load_contacts(tx, new)
    if unknown := [one for one in new if one not in contacts]:
        await lock_until_known(tx, *unknown)
        contacts |= await load_contacts(tx, unknown)
    planned = await load_planned(tx, new, tx.now)
    return {one: plan(template, fields, contacts.get(one), tx.now, planned[one]) for one in new}


def _add_errand(tx: Tx, errand: Errand, needs: Needs) -> None:
    role = ROLE_OF.get(TEMPLATES[errand.template].audience)
    values = {
        "id": errand.id,
        "cause_id": errand.cause_id,
        "case_id": errand.case_id,
        "subject_id": errand.subject_id,
        "template": errand.template,
        "named": [str(one) for one in errand.named],
        "fields": dict(errand.fields),
        "needs": needs.value,
        "role": role.value if role and needs is Needs.STAFF else "",
        "since": tx.now,
    }
    tx.upsert(ErrandRow, values, ("id",))
    tx.timer(ERRAND_OVERDUE, errand.id, tx.now + timedelta(hours=ERRAND_WAIT_H))


async def load_errand(tx: Tx, errand_id: UUID) -> Errand | None:
    """A waiting errand, locked."""
    row = await tx.one(select(ErrandRow).where(col(ErrandRow.id) == errand_id).with_for_update())
    return None if row is None else _errand(row)


async def carry_out_waiting(
    tx: Tx, *, case_id: UUID | None = None, roles: Collection[str] = ()
) -> None:
    """What waited for this case, or for somebody with one of these roles, is told now."""
    wanted: Any = (
        (col(ErrandRow.needs) == Needs.CASE.value) & (col(ErrandRow.case_id) == case_id)
        if case_id
        else (col(ErrandRow.needs) == Needs.STAFF.value) & col(ErrandRow.role).in_(list(roles))
    )
    rows = await tx.all(
        select(ErrandRow)
        .where(wanted)
        .order_by(col(ErrandRow.since), col(ErrandRow.id))
        .limit(ERRANDS_PER_FACT_MAX)
        .with_for_update()
    )
    for errand in map(_errand, rows):
        needs = await try_to_carry_out(tx, errand)
        if needs is None:
            drop_errand(tx, errand.id)
        else:
            _add_errand(tx, errand, needs)
        await tx.flush()


def drop_errand(tx: Tx, errand_id: UUID) -> None:
    """Nothing is waited for any more."""
    tx.delete(ErrandRow, errand_id)
    tx.cancel_timer(ERRAND_OVERDUE, errand_id)


def _errand(row: Record) -> Errand:
    return Errand(
        row["cause_id"],
        row["case_id"],
        row["subject_id"],
        row["template"],
        tuple(UUID(one) for one in row["named"]),
        row["fields"],
    )
