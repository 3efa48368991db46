"""Each fact is told to whom it concerns, once, and only as they agreed to."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.notify.domain.errand import Errand
from services.notify.domain.quiet_hours import HOURS, is_quiet
from services.notify.store.errands import carry_out
from shared.contracts.base import Event
from shared.contracts.intake import (
    CaseAnswered,
    CaseClosed,
    CaseHandled,
    CaseOverdue,
)
from shared.contracts.mediation import (
    AgreementSigned,
    ConferenceScheduled,
    DisputeProgressed,
    GradeChanged,
    LawyerAssigned,
    LawyerPoolEmpty,
    MediationFailed,
    MediatorAssigned,
    StageAdvanced,
)
from shared.contracts.notify import MessageFailed, MessagePosted, MessageQueued
from shared.contracts.welfare import (
    ApplicationApproved,
    ApplicationMoved,
    ApplicationOpened,
    PaymentReturned,
    PaymentSettled,
    PublicityStarted,
)
from shared.vocabulary.calendar import CHINA
from shared.vocabulary.ids import derived_id, new_id
from shared.vocabulary.people import SYSTEM, Role
from tests.notify.conftest import Notify


async def messages(notify: Notify, since: int = 0) -> list[tuple[str, UUID]]:
    """(template, recipient) of every message queued or posted."""
    told = [
        one for one in await notify.rig.facts() if isinstance(one, MessageQueued | MessagePosted)
    ]
    return [(one.template, one.recipient_id) for one in told[since:]]


async def known_case(notify: Notify, **changes: Any) -> tuple[UUID, UUID]:
    """A case of a known caller; its id and the caller's."""
    caller = await notify.known_caller()
    case = notify.case(caller, **changes)
    await notify.rig.deliver(case)
    return case.case_id, caller


async def test_a_fact_that_is_delivered_twice_is_told_once(notify: Notify) -> None:
    caller = await notify.known_caller()
    record, _ = notify.rig.record(notify.case(caller))
    await notify.rig.arrive([record])
    await notify.rig.arrive([record])
    assert await messages(notify) == [("case_registered.caller", caller)]


async def test_the_id_of_a_message_follows_from_its_cause(notify: Notify) -> None:
    caller = await notify.known_caller()
    (cause,) = await notify.rig.deliver(notify.case(caller))
    (row,) = await notify.rows("delivery")
    assert row["id"] == derived_id(cause, f"{caller}+case_registered.caller")
    assert row["cause_id"] == cause
    again = Errand(cause, row["case_id"], row["case_id"], "case_registered.caller")
    async with notify.rig.context.db.transaction(actor=SYSTEM) as tx:
        await carry_out(tx, again)
    assert len(await notify.rows("delivery")) == 1


async def test_a_fact_that_is_told_again_sends_nothing_but_is_remembered(notify: Notify) -> None:
    caller = await notify.known_caller()
    await notify.rig.deliver(notify.case(caller), replay=True)
    assert await messages(notify) == []
    assert len(await notify.rows("case_file")) == 1


async def test_a_lawyer_gets_a_text_message_and_finds_the_offer_at_the_desk(notify: Notify) -> None:
    case_id, _ = await known_case(notify)
    lawyer = notify.staff(Role.LAWYER)
    await notify.rig.deliver(lawyer, notify.offer(case_id, lawyer.staff_id))
    assert (await messages(notify, 1)) == [
        ("lawyer_offered.lawyer", lawyer.staff_id),
        ("lawyer_offer_waits.lawyer", lawyer.staff_id),
    ]
    await notify.send()
    (text,) = await notify.provider.to(notify.phones[lawyer.staff_id])
    assert "24 小时" in text


async def test_a_lawyer_without_a_mobile_finds_the_offer_at_the_desk_only(notify: Notify) -> None:
    case_id, _ = await known_case(notify)
    lawyer = notify.staff(Role.LAWYER, phone="0758-2831234")
    await notify.rig.deliver(lawyer, notify.offer(case_id, lawyer.staff_id))
    assert (await messages(notify, 1)) == [("lawyer_offer_waits.lawyer", lawyer.staff_id)]


async def test_a_grave_group_event_reaches_the_supervisor_at_any_hour(notify: Notify) -> None:
    case_id, _ = await known_case(notify)
    supervisor = notify.staff(Role.SUPERVISOR)
    raised = GradeChanged(
        dispute_id=new_id(), case_id=case_id, from_grade="G2", to_grade="G3", automatic=True
    )
    await notify.rig.deliver(supervisor, raised)
    queued = (await notify.rig.facts())[-1]
    assert isinstance(queued, MessageQueued)
    assert queued.recipient_id == supervisor.staff_id
    assert abs(queued.send_after - datetime.now(UTC)) < timedelta(minutes=1)


async def test_every_claimant_is_told_once_also_of_a_large_group(notify: Notify) -> None:
    profiles = [notify.party() for _ in range(220)]
    claimants = tuple(one.party_id for one in profiles)
    await notify.rig.deliver(*profiles)
    case = notify.case(claimants[0], claimant_ids=claimants, claimant_count=220)
    await notify.rig.deliver(case)
    dispute = {"dispute_id": new_id(), "case_id": case.case_id}
    await notify.rig.deliver(MediationFailed(**dispute, failure="refused"))
    told = await messages(notify, 1)
    assert sorted(told) == sorted(("mediation_failed.claimant", one) for one in claimants)


async def test_messages_go_to_the_people_of_the_dispute(notify: Notify) -> None:
    case_id, caller = await known_case(notify)
    mediator, lawyer, other = new_id(), new_id(), notify.staff(Role.MEDIATOR)
    dispute: dict[str, Any] = {"dispute_id": new_id(), "case_id": case_id}
    progressed = DisputeProgressed(
        **dispute,
        stage="accept",
        grade="G1",
        group=False,
        claimant_count=1,
        amount_fen=None,
        mediator_ids=(mediator,),
        lawyer_id=lawyer,
        missing=(),
        done=0,
        total=0,
        deadlines=(),
    )
    await notify.rig.deliver(
        other,
        MediatorAssigned(**dispute, mediator_id=mediator, presides=True),
        progressed,
        lawyer_assigned(dispute, lawyer),
        StageAdvanced(**dispute, from_stage="accept", to_stage="assessment_1"),
    )
    assert await messages(notify, 1) == [
        ("mediator_assigned.mediator", mediator),
        ("lawyer_assigned.claimant", caller),
        ("lawyer_assigned.mediator", mediator),
        ("stage_advanced.lawyer", lawyer),
    ]


def lawyer_assigned(dispute: dict[str, UUID], lawyer: UUID) -> LawyerAssigned:
    """The lawyer accepted."""
    return LawyerAssigned(**dispute, lawyer_id=lawyer, offer_id=new_id())


async def test_an_empty_pool_is_told_to_the_nearest_desk(notify: Notify) -> None:
    case_id, _ = await known_case(notify)
    near, far = notify.staff(Role.DISPATCHER), notify.staff(Role.DISPATCHER, "zq")
    elsewhere = notify.staff(Role.DISPATCHER, "zq.441202")
    supervisor = notify.staff(Role.SUPERVISOR, "zq")
    await notify.rig.deliver(near, far, elsewhere, supervisor)
    await notify.rig.deliver(LawyerPoolEmpty(dispute_id=new_id(), case_id=case_id, attempts=3))
    assert await messages(notify, 1) == [
        ("lawyer_pool_empty.dispatcher", near.staff_id),
        ("lawyer_pool_empty.supervisor", supervisor.staff_id),
    ]


async def test_a_meeting_is_told_with_its_local_time_to_claimants_and_members(
    notify: Notify,
) -> None:
    case_id, caller = await known_case(notify)
    member = new_id()
    await notify.rig.deliver(
        ConferenceScheduled(
            dispute_id=new_id(),
            case_id=case_id,
            conference_id=new_id(),
            starts_at=datetime(2026, 11, 30, 1, 30, tzinfo=UTC),
            room="R1",
            attendee_ids=(member,),
        )
    )
    told = await messages(notify, 1)
    assert told == [("meeting_set.claimant", caller), ("meeting_set.mediator", member)]
    await notify.send()
    texts = await notify.provider.to(notify.phones[caller])
    assert [text for text in texts if "2026-11-30 09:30" in text]


async def test_an_application_is_told_to_its_beneficiary_and_its_handler(notify: Notify) -> None:
    case_id, caller = await known_case(notify)
    officer = notify.staff(Role.WELFARE_OFFICER)
    about = {"application_id": new_id(), "case_id": case_id}
    handler = new_id()
    await notify.rig.deliver(
        officer,
        ApplicationOpened(
            **about,
            application_number="BF-20261124-000001",
            party_id=caller,
            programme="medical",
            year=2026,
            org="zq.441284",
            region="zq.441284",
            origin="caller",
        ),
        ApplicationMoved(
            **about, from_state="applied", to_state="first_review", handler_id=handler
        ),
        PublicityStarted(
            **about, starts_on=date(2026, 11, 24), ends_on=date(2026, 12, 1), provisional=False
        ),
        ApplicationApproved(**about, amount_fen=300_000, content_hash="h", approver_id=new_id()),
        PaymentReturned(**about, payment_id=new_id(), amount_fen=300_000, reason="holder_differs"),
        PaymentSettled(**about, payment_id=new_id(), amount_fen=300_000),
    )
    assert await messages(notify, 1) == [
        ("aid_opened.beneficiary", caller),
        ("aid_opened.officer", officer.staff_id),
        ("aid_public.beneficiary", caller),
        ("aid_approved.beneficiary", caller),
        ("aid_returned.beneficiary", caller),
        ("payment_returned.officer", handler),
        ("aid_paid.beneficiary", caller),
    ]


async def test_a_question_answered_on_the_call_is_told_in_one_message(notify: Notify) -> None:
    case_id, caller = await known_case(notify, handling="answer")
    await notify.rig.deliver(
        CaseAnswered(case_id=case_id, answer="wages-1"),
        CaseClosed(case_id=case_id, outcome="answered"),
    )
    assert await messages(notify) == [("case_answered.caller", caller)]


async def test_an_overdue_case_names_its_last_day(notify: Notify) -> None:
    case_id, _ = await known_case(notify)
    supervisor = notify.staff(Role.SUPERVISOR)
    await notify.rig.deliver(supervisor, CaseOverdue(case_id=case_id, deadline="handling"))
    assert await messages(notify, 1) == [("case_overdue.supervisor", supervisor.staff_id)]


# -- consent, hours, limits ------------------------------------------------------------------------


@pytest.mark.parametrize("confidential", [False, True])
async def test_nobody_is_texted_without_consent_and_what_matters_is_phoned(
    notify: Notify, confidential: bool
) -> None:
    caller = await notify.known_caller(sms_consent=False)
    case = notify.case(caller, confidential=confidential)
    await notify.rig.deliver(case)
    await notify.rig.deliver(
        MediationFailed(dispute_id=new_id(), case_id=case.case_id, failure="refused")
    )
    await notify.send()
    assert await notify.provider.to(notify.phones[caller]) == []
    failed = [one for one in await notify.rig.facts() if isinstance(one, MessageFailed)]
    assert [(one.reason, one.call_task) for one in failed] == [
        ("no_consent", False),
        ("no_consent", True),
    ]


async def test_a_landline_is_phoned(notify: Notify) -> None:
    caller = await notify.known_caller(phone="0758-2831234")
    case = notify.case(caller)
    await notify.rig.deliver(
        case, MediationFailed(dispute_id=new_id(), case_id=case.case_id, failure="refused")
    )
    reasons = {row["reason"] for row in await notify.rows("delivery")}
    assert reasons == {"no_mobile"}


async def test_a_message_leaves_within_service_hours(notify: Notify) -> None:
    await known_case(notify)
    (row,) = await notify.rows("delivery")
    assert not is_quiet(row["send_after"])


async def test_a_person_gets_three_messages_a_day_and_the_next_ones_later(notify: Notify) -> None:
    case_id, _ = await known_case(notify)
    dispute = {"dispute_id": new_id(), "case_id": case_id}
    signed = AgreementSigned(
        **dispute,
        agreement_id=new_id(),
        total_fen=1,
        instalments=(),
        effective_at=datetime.now(UTC),
        deadlines=(),
    )
    handled = CaseHandled(case_id=case_id, outcome="settled", call_back_due=datetime.now(UTC))
    lawyer = lawyer_assigned(dispute, new_id())
    await notify.rig.deliver(lawyer, signed, handled)
    rows = [row for row in await notify.rows("delivery") if row["channel"] == "sms"]
    days = [row["send_after"].astimezone(CHINA).date() for row in rows]
    assert len(days) == 4
    assert sorted(days) == [min(days)] * HOURS.per_day_max + [min(days) + timedelta(days=1)]


async def test_a_message_whose_template_lacks_a_field_is_phoned(notify: Notify) -> None:
    caller = await notify.known_caller()
    await notify.rig.deliver(notify.case(caller, code=""))
    failed: Event = (await notify.rig.facts())[-1]
    assert isinstance(failed, MessageFailed)
    assert (failed.reason, failed.call_task) == ("template_field_missing", True)
    assert await notify.rig.parked() == []


async def test_what_lies_in_the_queue_names_nobody(notify: Notify) -> None:
    caller = await notify.known_caller()
    await notify.rig.deliver(notify.case(caller))
    stored = str(
        [await notify.rows(one) for one in ("outgoing", "delivery", "contact", "case_file")]
    )
    assert notify.phones[caller] not in stored
    assert "7K3M" not in stored
    assert "陈小红" not in stored
