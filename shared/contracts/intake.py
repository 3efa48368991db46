"""What intake tells: calls become cases, cases get notes and are closed; callers and employers are known."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import DeadlineFact, Event


class CaseEvent(Event, frozen=True, kw_only=True):
    """A fact about one case."""

    topic: ClassVar[str] = "intake.cases"
    about: ClassVar[str] = "case_id"
    case_id: UUID


class CaseRegistered(CaseEvent, frozen=True, kw_only=True):
    """An operator wrote down a call (visit, letter, order from above); the case exists."""

    name: ClassVar[str] = "intake.case_registered"
    case_number: str
    tracking_blind: str
    """Blind index of the public tracking code (to find the case without storing the code)."""
    tracking_sealed: str
    """The code itself, sealed with the case id, for the message to the caller."""
    channel: str
    category: str
    level: str
    track: str
    urgency: str
    handling: str
    org: str
    region: str
    employer_id: UUID | None
    caller_id: UUID
    claimant_ids: tuple[UUID, ...]
    claimant_count: int
    amount_fen: int | None
    arrears_months: int | None = None
    confidential: bool = False
    """Whether the caller hides at all; `secrecy` says from whom."""
    secrecy: str | None = None
    """`none`, `from_employer`, or `full` (from the handling unit too); facts from before it was told have none."""
    danger: bool = False
    aid_programme: str | None = None
    """Set when the caller asks for aid: welfare opens an application."""
    operator_id: UUID
    desk_org: str | None = None
    """The place of the desk that wrote it down, which goes on seeing it and decides about returns (首接负责)."""
    received_at: datetime
    deadlines: tuple[DeadlineFact, ...]
    first_contact_due: datetime | None = None
    sign_due: datetime | None = None
    """By when the unit signs for the case; None when another service takes it up, or nothing is left to do."""

    @property
    def kept_from_unit(self) -> bool:
        """Whether the handling unit may not know who called (rule 45); a fact that does not say from whom keeps it."""
        return self.confidential if self.secrecy is None else self.secrecy == "full"


class CaseAnswered(CaseEvent, frozen=True, kw_only=True):
    """The operator answered the question on the call; nothing is left to do."""

    name: ClassVar[str] = "intake.case_answered"
    answer: str
    """Code of the phrase or article used, never its text."""


class CaseNoteAdded(CaseEvent, frozen=True, kw_only=True):
    """A further call or remark was added to the case; its text stays with intake."""

    name: ClassVar[str] = "intake.case_note_added"
    note_id: UUID
    visibility: str
    author_id: UUID


class MaterialAdded(CaseEvent, frozen=True, kw_only=True):
    """A file was put into the case; its name and content stay with intake."""

    name: ClassVar[str] = "intake.material_added"
    material_id: UUID
    kind: str
    """What it is in the case: `identity`, `contract`, `wages` … (`services/intake/domain/material.py`)."""
    format: str
    """`pdf`, `jpeg`, `png` …, as its first bytes say."""
    size_bytes: int
    added_by: UUID


class MaterialWithdrawn(CaseEvent, frozen=True, kw_only=True):
    """A file is not offered any more: wrong case, wrong file, unreadable …; it is kept for the audit."""

    name: ClassVar[str] = "intake.material_withdrawn"
    material_id: UUID
    kind: str
    reason: str
    withdrawn_by: UUID


class ClaimantsJoined(CaseEvent, frozen=True, kw_only=True):
    """More workers have the same claim."""

    name: ClassVar[str] = "intake.claimants_joined"
    claimant_ids: tuple[UUID, ...]
    claimant_count: int
    amount_fen: int | None


class CaseSigned(CaseEvent, frozen=True, kw_only=True):
    """A member of the unit took the case up and owns it."""

    name: ClassVar[str] = "intake.case_signed"
    signed_by: UUID


class CaseReturned(CaseEvent, frozen=True, kw_only=True):
    """The unit asks to be relieved of the case (rule 40); it keeps the case until that is decided."""

    name: ClassVar[str] = "intake.case_returned"
    reason: str
    returned_by: UUID
    times: int
    """How often this case was returned, this time included."""


class ReturnRefused(CaseEvent, frozen=True, kw_only=True):
    """The unit keeps the case and signs for it again; `refused_by` None: another service took it up meanwhile."""

    name: ClassVar[str] = "intake.return_refused"
    refused_by: UUID | None
    sign_due: datetime | None


class CaseRedispatched(CaseEvent, frozen=True, kw_only=True):
    """Another unit has the case, with the same deadline."""

    name: ClassVar[str] = "intake.case_redispatched"
    org: str
    dispatched_by: UUID
    sign_due: datetime


class ExtensionRequested(CaseEvent, frozen=True, kw_only=True):
    """The unit asks for more time (rule 42); nothing has moved."""

    name: ClassVar[str] = "intake.extension_requested"
    reason: str
    requested_by: UUID


class CaseExtended(CaseEvent, frozen=True, kw_only=True):
    """A supervisor granted more time: these are the deadlines of the case from now on."""

    name: ClassVar[str] = "intake.case_extended"
    deadlines: tuple[DeadlineFact, ...]
    reason: str
    approved_by: UUID


class ExtensionRefused(CaseEvent, frozen=True, kw_only=True):
    """The deadline stays; `refused_by` None: nobody decided before the time was over."""

    name: ClassVar[str] = "intake.extension_refused"
    refused_by: UUID | None


class CaseMerged(CaseEvent, frozen=True, kw_only=True):
    """The case is one matter with another, which goes on with its workers; this one has ended."""

    name: ClassVar[str] = "intake.case_merged"
    into: UUID
    into_number: str
    merged_by: UUID


class CaseSupervised(CaseEvent, frozen=True, kw_only=True):
    """A supervisor put the case under supervision: it is marked, and reminded of sooner."""

    name: ClassVar[str] = "intake.case_supervised"
    supervised_by: UUID


class SupervisionLifted(CaseEvent, frozen=True, kw_only=True):
    """The case is like any other again."""

    name: ClassVar[str] = "intake.supervision_lifted"
    lifted_by: UUID


class CaseReminded(CaseEvent, frozen=True, kw_only=True):
    """Something of the case is late: four fifths of the time are used, or what `deadline` names (rule 41)."""

    name: ClassVar[str] = "intake.case_reminded"
    deadline: str


class CaseOverdue(CaseEvent, frozen=True, kw_only=True):
    """The time for the case is over and it is still open (rule 41)."""

    name: ClassVar[str] = "intake.case_overdue"
    deadline: str


class CaseHandled(CaseEvent, frozen=True, kw_only=True):
    """Every part of the case is closed; the caller is to be called back."""

    name: ClassVar[str] = "intake.case_handled"
    outcome: str
    call_back_due: datetime


class CallBackRecorded(CaseEvent, frozen=True, kw_only=True):
    """The caller was asked how it went: `reached`, satisfaction 1 to 5 when reached."""

    name: ClassVar[str] = "intake.call_back_recorded"
    result: str
    satisfaction: int | None
    attempt: int


class CaseReopened(CaseEvent, frozen=True, kw_only=True):
    """The case is taken up again with half its time (rule 44).

    `cause`: the caller is `dissatisfied` and the handler at fault; a supervisor's `check_failed`; `part_opened` by another
    service.
    """

    name: ClassVar[str] = "intake.case_reopened"
    deadlines: tuple[DeadlineFact, ...]
    cause: str = "dissatisfied"
    reason: str | None = None
    """What the check found: `unsolved`, `unanswered`, `wrong`, `unproven`."""
    reopened_by: UUID | None = None
    """The supervisor whose check failed."""


class CaseClosed(CaseEvent, frozen=True, kw_only=True):
    """Nothing is left to do: answered on the call, or handled and called back."""

    name: ClassVar[str] = "intake.case_closed"
    outcome: str


class EmployerRecorded(Event, frozen=True, kw_only=True):
    """An employer is known, or known better; a firm's name is not personal data."""

    name: ClassVar[str] = "intake.employer_recorded"
    topic: ClassVar[str] = "intake.employers"
    about: ClassVar[str] = "employer_id"
    employer_id: UUID
    employer_name: str
    short_name: str
    uscc: str | None
    region: str
    org: str
    headcount: int | None = None
    unionised: bool | None = None


class PartyProfiled(Event, frozen=True, kw_only=True):
    """Who a caller is: a sealed profile for the services whose work needs it (aad: the party id).

    `sealed` opens to JSON: {"name", "phone", "id_number", "sex", "language", "sms_consent", "member"}; absent keys are
    unknown.
    """

    name: ClassVar[str] = "intake.party_profiled"
    topic: ClassVar[str] = "intake.parties"
    about: ClassVar[str] = "party_id"
    party_id: UUID
    sealed: str


class PartyErased(Event, frozen=True, kw_only=True):
    """The profile is to be forgotten everywhere (PIPL 47)."""

    name: ClassVar[str] = "intake.party_erased"
    topic: ClassVar[str] = "intake.parties"
    about: ClassVar[str] = "party_id"
    tombstone: ClassVar[bool] = True
    party_id: UUID
