"""The story of one case as the services tell it: thirty workers, a dispute, a lawyer, messages, aid."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec

from shared.contracts import intake, mediation, notify, welfare
from shared.contracts.base import DeadlineFact, Event, InstalmentFact
from shared.kernel.crypto import FieldCipher
from shared.vocabulary.ids import new_id

AT = datetime(2026, 11, 24, 6, 32, tzinfo=UTC)
SIHUI = "zq.441284"


def day(kind: str, effective: date, raw: date | None = None) -> DeadlineFact:
    """A date of a case."""
    return DeadlineFact(
        kind=kind,
        rule="R39.dispute@1",
        source="12351 工单时限表",
        start_event="received",
        start=date(2026, 11, 24),
        raw=raw or effective,
        effective=effective,
    )


@dataclass
class Story:
    """One case with its people; each method is a fact."""

    org: str = SIHUI
    number: str = "ZQ-20261124-000131"
    case_id: UUID = field(default_factory=new_id)
    dispute_id: UUID = field(default_factory=new_id)
    application_id: UUID = field(default_factory=new_id)
    delivery_id: UUID = field(default_factory=new_id)
    employer_id: UUID = field(default_factory=new_id)
    operator_id: UUID = field(default_factory=new_id)
    mediator_id: UUID = field(default_factory=new_id)
    lawyer_id: UUID = field(default_factory=new_id)
    offer_id: UUID = field(default_factory=new_id)
    claimant_ids: tuple[UUID, ...] = field(
        default_factory=lambda: tuple(new_id() for _ in range(3))
    )

    def employer(self, name: str = "四会市琅石建材有限公司") -> Event:
        return intake.EmployerRecorded(
            employer_id=self.employer_id,
            employer_name=name,
            short_name="琅石建材",
            uscc=None,
            region="441284104",
            org=self.org,
        )

    def caller(
        self, cipher: FieldCipher, name: str = "陈建明", phone: str = "13800136207"
    ) -> Event:
        party = self.claimant_ids[0]
        profile = msgspec.json.encode({"name": name, "phone": phone}).decode()
        return intake.PartyProfiled(party_id=party, sealed=cipher.seal(profile, str(party)))

    def question(self, sign_due: datetime | None = AT + timedelta(hours=2)) -> Event:
        """A case that no other service handles; its unit signs for it."""
        return msgspec.structs.replace(self.registered(track="consultation"), sign_due=sign_due)

    def signed(self) -> Event:
        return intake.CaseSigned(case_id=self.case_id, signed_by=self.mediator_id)

    def returned(self, times: int = 1) -> Event:
        return intake.CaseReturned(
            case_id=self.case_id, reason="other_place", returned_by=self.mediator_id, times=times
        )

    def kept(self) -> Event:
        return intake.ReturnRefused(
            case_id=self.case_id, refused_by=self.operator_id, sign_due=AT + timedelta(days=1)
        )

    def redispatched(self, org: str = "zq.441204") -> Event:
        return intake.CaseRedispatched(
            case_id=self.case_id,
            org=org,
            dispatched_by=self.operator_id,
            sign_due=AT + timedelta(days=1),
        )

    def asked_for_time(self) -> Event:
        return intake.ExtensionRequested(
            case_id=self.case_id, reason="talks", requested_by=self.mediator_id
        )

    def extended(self) -> Event:
        later = day("handling", date(2026, 12, 29), raw=date(2026, 12, 27))
        return intake.CaseExtended(
            case_id=self.case_id,
            deadlines=(later,),
            reason="talks",
            approved_by=self.operator_id,
        )

    def merged(self, into: UUID) -> Event:
        return intake.CaseMerged(
            case_id=self.case_id,
            into=into,
            into_number="ZQ-20261124-000099",
            merged_by=self.operator_id,
        )

    def supervised(self) -> Event:
        return intake.CaseSupervised(case_id=self.case_id, supervised_by=self.operator_id)

    def not_supervised(self) -> Event:
        return intake.SupervisionLifted(case_id=self.case_id, lifted_by=self.operator_id)

    def not_extended(self) -> Event:
        return intake.ExtensionRefused(case_id=self.case_id, refused_by=self.operator_id)

    def registered(self, *, tracking_blind: str = "blind", track: str = "dispute") -> Event:
        return intake.CaseRegistered(
            case_id=self.case_id,
            case_number=self.number,
            tracking_blind=tracking_blind,
            tracking_sealed="v1:x:y:z",
            channel="phone",
            category="wage_arrears",
            level="ordinary",
            track=track,
            urgency="urgent",
            handling="dispatch",
            org=self.org,
            region="441284104",
            employer_id=self.employer_id,
            caller_id=self.claimant_ids[0],
            claimant_ids=self.claimant_ids,
            claimant_count=14,
            amount_fen=28_560_000,
            operator_id=self.operator_id,
            received_at=AT,
            deadlines=(day("handling", date(2026, 12, 15)),),
            first_contact_due=AT + timedelta(hours=2),
        )

    def joined(self, more: int = 9) -> Event:
        return intake.ClaimantsJoined(
            case_id=self.case_id,
            claimant_ids=tuple(new_id() for _ in range(2)),
            claimant_count=14 + more,
            amount_fen=46_920_000,
        )

    def note(self, visibility: str = "external") -> Event:
        return intake.CaseNoteAdded(
            case_id=self.case_id,
            note_id=new_id(),
            visibility=visibility,
            author_id=self.operator_id,
        )

    def overdue(self) -> Event:
        return intake.CaseOverdue(case_id=self.case_id, deadline="handling")

    def handled(self) -> Event:
        return intake.CaseHandled(
            case_id=self.case_id, outcome="settled", call_back_due=AT + timedelta(days=20)
        )

    def called_back(self, satisfaction: int | None = 5) -> Event:
        return intake.CallBackRecorded(
            case_id=self.case_id,
            result="reached" if satisfaction else "no_answer",
            satisfaction=satisfaction,
            attempt=1,
        )

    def closed(self) -> Event:
        return intake.CaseClosed(case_id=self.case_id, outcome="settled")

    def reopened(self, cause: str = "dissatisfied") -> Event:
        failed = cause == "check_failed"
        return intake.CaseReopened(
            case_id=self.case_id,
            deadlines=(day("handling", date(2026, 12, 30)),),
            cause=cause,
            reason="wrong" if failed else None,
            reopened_by=self.operator_id if failed else None,
        )

    def opened(self, org: str | None = None) -> Event:
        return mediation.DisputeOpened(
            dispute_id=self.dispute_id,
            case_id=self.case_id,
            scheme="zq-default",
            scheme_version=1,
            stage="acceptance",
            group=True,
            grade="G1",
            org=org or self.org,
            employer_id=self.employer_id,
            claimant_count=14,
            amount_fen=28_560_000,
            deadlines=(day("mediation", date(2026, 12, 9)),),
        )

    def progressed(self, stage: str = "assessment_1", missing: tuple[str, ...] = ()) -> Event:
        return mediation.DisputeProgressed(
            dispute_id=self.dispute_id,
            case_id=self.case_id,
            stage=stage,
            grade="G1",
            group=True,
            claimant_count=23,
            amount_fen=46_920_000,
            mediator_ids=(self.mediator_id,),
            lawyer_id=None,
            missing=missing,
            done=1,
            total=1 + len(missing),
            deadlines=(day("mediation", date(2026, 12, 9)),),
            next_meeting_at=None,
        )

    def offered(self) -> Event:
        return mediation.LawyerOffered(
            dispute_id=self.dispute_id,
            case_id=self.case_id,
            offer_id=self.offer_id,
            lawyer_id=self.lawyer_id,
            attempt=1,
            open_disputes=2,
            considered=12,
            excluded_conflict=1,
            excluded_full=0,
            expires_at=AT + timedelta(hours=4),
        )

    def declined(self) -> Event:
        return mediation.LawyerDeclined(
            dispute_id=self.dispute_id,
            case_id=self.case_id,
            offer_id=self.offer_id,
            lawyer_id=self.lawyer_id,
            reason="conflict",
        )

    def assigned(self) -> Event:
        return mediation.LawyerAssigned(
            dispute_id=self.dispute_id,
            case_id=self.case_id,
            lawyer_id=self.lawyer_id,
            offer_id=self.offer_id,
        )

    def agreed(self) -> Event:
        return mediation.AgreementSigned(
            dispute_id=self.dispute_id,
            case_id=self.case_id,
            agreement_id=new_id(),
            total_fen=46_920_000,
            instalments=(
                InstalmentFact(no=1, due=date(2026, 12, 1), amount_fen=20_000_000),
                InstalmentFact(no=2, due=date(2027, 1, 1), amount_fen=26_920_000),
            ),
            effective_at=AT,
            deadlines=(),
        )

    def mediator(self) -> Event:
        return mediation.MediatorAssigned(
            dispute_id=self.dispute_id,
            case_id=self.case_id,
            mediator_id=self.mediator_id,
            presides=True,
        )

    def dispute_closed(self) -> Event:
        return mediation.DisputeClosed(
            dispute_id=self.dispute_id, case_id=self.case_id, outcome="settled"
        )

    def asked_for_aid(self) -> Event:
        return welfare.ApplicationOpened(
            application_id=self.application_id,
            case_id=self.case_id,
            application_number="BF-20261124-000007",
            party_id=self.claimant_ids[0],
            programme="living",
            year=2026,
            org=self.org,
            region="441284104",
            origin="mediator",
        )

    def moved(self, state: str) -> Event:
        return welfare.ApplicationMoved(
            application_id=self.application_id,
            case_id=self.case_id,
            from_state="opened",
            to_state=state,
        )

    def queued(self, cause: UUID, delivery_id: UUID | None = None) -> Event:
        return notify.MessageQueued(
            delivery_id=delivery_id or self.delivery_id,
            case_id=self.case_id,
            cause_id=cause,
            template="case_registered",
            channel="sms",
            audience="caller",
            recipient_id=self.claimant_ids[0],
            send_after=AT,
        )

    def delivered(self, cause: UUID, delivery_id: UUID | None = None) -> Event:
        return notify.MessageDelivered(
            delivery_id=delivery_id or self.delivery_id, case_id=self.case_id, cause_id=cause
        )

    def failed(self, cause: UUID, delivery_id: UUID | None = None) -> Event:
        return notify.MessageFailed(
            delivery_id=delivery_id or self.delivery_id,
            case_id=self.case_id,
            cause_id=cause,
            reason="number_off",
            call_task=True,
        )

    def posted(self, recipient: UUID, cause: UUID) -> Event:
        return notify.MessagePosted(
            delivery_id=new_id(),
            case_id=self.case_id,
            cause_id=cause,
            template="mediator_assigned",
            audience="mediator",
            recipient_id=recipient,
        )
