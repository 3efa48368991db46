"""Intake's rows. What is personal or free text is sealed; blind indexes find it; codes, times and counts are plain."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    DateTime,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.kernel.rotation import Sealed

MOMENT: Any = DateTime(timezone=True)


class Row(SQLModel, registry=registry()):
    """Base of intake's tables, with metadata of its own."""


class CaseRow(Row, table=True):
    """One case: what was said, how it was sorted, who handles it until when, how it ended. Root."""

    __tablename__ = "hotline_case"
    __table_args__ = (
        UniqueConstraint("number", name="hotline_case_number_key"),
        UniqueConstraint("tracking_blind", name="hotline_case_tracking_key"),
        Index("hotline_case_operator", "operator_id", "received_at"),
        Index(
            "hotline_case_employer",
            "employer_id",
            "received_at",
            postgresql_where=text("employer_id IS NOT NULL"),
        ),
        Index(
            "hotline_case_call_back",
            "call_back_due",
            "id",
            postgresql_where=text("state IN ('handled', 'called_back')"),
        ),
    )

    id: UUID = Field(primary_key=True)
    version: int
    number: str
    tracking_blind: str
    tracking_sealed: str
    channel: str
    upstream_no: str | None = None
    """Number of the provincial order or of the 12345 transfer this case came from."""
    category: str
    level: str
    track: str
    urgency: str
    handling: str
    org: str
    desk: str
    region: str
    operator_id: UUID
    operator_org: str
    employer_id: UUID | None = Field(default=None, foreign_key="employer.id")
    caller_id: UUID = Field(foreign_key="party.id")
    claimant_count: int
    amount_fen: int | None = Field(default=None, sa_type=BigInteger)
    arrears_months: int | None = Field(default=None, sa_type=SmallInteger)
    migrant: bool | None = None
    confidential: str
    call_back: str
    danger: bool
    aid_programme: str | None = None
    content_sealed: str
    """JSON {"title", "narrative", "urgency_reason"}: a worker's own words name people and illnesses."""
    call_id: UUID | None = None
    state: str
    answer: str | None = None
    outcome: str | None = None
    sla_version: int = Field(sa_type=SmallInteger)
    deadlines: list[dict[str, Any]] = Field(sa_type=JSONB)
    due_at: datetime = Field(sa_type=MOMENT)
    first_contact_due: datetime | None = Field(default=None, sa_type=MOMENT)
    received_at: datetime = Field(sa_type=MOMENT)
    handled_at: datetime | None = Field(default=None, sa_type=MOMENT)
    call_back_due: datetime | None = Field(default=None, sa_type=MOMENT)
    call_backs: int = Field(sa_type=SmallInteger)
    satisfaction: int | None = Field(default=None, sa_type=SmallInteger)
    reopened: int = Field(sa_type=SmallInteger)
    dispatched_on: date | None = None
    """When the present unit received the case; None: with the registration."""
    signed_by: UUID | None = None
    returned_by: UUID | None = None
    returns: int = Field(sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})
    extensions: int = Field(sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})
    extension_by: UUID | None = None
    """Who asks for more time; the reason is a code."""
    extension_reason: str | None = None
    merged_into: UUID | None = None
    supervised_by: UUID | None = None
    """Who put the case under supervision, while it is."""
    closed_at: datetime | None = Field(default=None, sa_type=MOMENT)


class ClaimantRow(Row, table=True):
    """A worker who has the claim of the case; the caller is one of them."""

    __tablename__ = "claimant"
    __table_args__ = (Index("claimant_party", "party_id"),)

    case_id: UUID = Field(primary_key=True, foreign_key="hotline_case.id")
    party_id: UUID = Field(primary_key=True, foreign_key="party.id")
    joined_at: datetime = Field(sa_type=MOMENT)


class PartyRow(Row, table=True):
    """A caller or claimant: a sealed profile (aad: the party id), found by blind indexes. Root."""

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("phone_blind", "name_blind", name="party_phone_name_key"),
        Index("party_id_number", "id_blind", postgresql_where=text("id_blind IS NOT NULL")),
    )

    id: UUID = Field(primary_key=True)
    version: int
    phone_blind: str | None = None
    name_blind: str | None = None
    id_blind: str | None = None
    profile_sealed: str | None = None
    """JSON as in `PartyProfiled`; gone when the person is erased."""
    member: bool | None = None
    since: datetime = Field(sa_type=MOMENT)
    erased_at: datetime | None = Field(default=None, sa_type=MOMENT)


class EmployerRow(Row, table=True):
    """An employer the hotline heard of. Its name is public. Root."""

    __tablename__ = "employer"
    __table_args__ = (
        UniqueConstraint("name_key", name="employer_name_key"),
        UniqueConstraint("uscc", name="employer_uscc_key"),
        Index("employer_search", func.bigrams(text("search")), postgresql_using="gin"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    name: str
    name_key: str
    """The name without spaces, brackets and width: two spellings are one employer."""
    short_name: str
    uscc: str | None = None
    region: str
    org: str
    headcount: int | None = None
    unionised_since: int | None = Field(default=None, sa_type=SmallInteger)
    search: str
    """Lower case: name, short name, pinyin, initials, credit code; read through the bigram index."""


class NoteRow(Row, table=True):
    """A further call or a remark, in the order in which it was written."""

    __tablename__ = "note"
    __table_args__ = (Index("note_case", "case_id", "id"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="hotline_case.id")
    kind: str
    """`call`, `remark`."""
    visibility: str
    text_sealed: str
    author_id: UUID
    party_id: UUID | None = Field(default=None, foreign_key="party.id")
    call_id: UUID | None = None
    at: datetime = Field(sa_type=MOMENT)


class MaterialRow(Row, table=True):
    """A file put into a case: what it is, who put it in, and how it reads; the content lies in `material_content`."""

    __tablename__ = "material"
    __table_args__ = (
        Index("material_case", "case_id", "id"),
        Index(
            "material_same",
            "case_id",
            "sha256",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="hotline_case.id")
    kind: str
    format: str
    size_bytes: int
    sha256: bytes = Field(sa_type=LargeBinary)
    """Of the plain content: tells the same file again, and a person that a copy is unchanged."""
    name_sealed: str
    key_sealed: str
    """The file's own key (`shared/kernel/file_seal.py`)."""
    added_by: UUID
    added_at: datetime = Field(sa_type=MOMENT)
    withdrawn_by: UUID | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=MOMENT)
    withdrawn_reason: str | None = None
    withdrawn_note_sealed: str | None = None


class MaterialContentRow(Row, table=True):
    """The sealed bytes of a material, apart from what lists read."""

    __tablename__ = "material_content"

    material_id: UUID = Field(primary_key=True, foreign_key="material.id")
    sealed: bytes = Field(sa_type=LargeBinary)


class CasePartRow(Row, table=True):
    """What another service does for the case: a dispute or an application (its own id)."""

    __tablename__ = "case_part"
    __table_args__ = (Index("case_part_case", "case_id"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID
    kind: str
    opened_at: datetime = Field(sa_type=MOMENT)
    closed_at: datetime | None = Field(default=None, sa_type=MOMENT)
    outcome: str | None = None
    lawyer_id: UUID | None = None
    """Who leads the dispute as its lawyer, and so may read the materials."""


class CallBackRow(Row, table=True):
    """One attempt to ask the caller how it went."""

    __tablename__ = "call_back"
    __table_args__ = (Index("call_back_case", "case_id", "id"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="hotline_case.id")
    attempt: int = Field(sa_type=SmallInteger)
    result: str
    satisfaction: int | None = Field(default=None, sa_type=SmallInteger)
    handler_at_fault: bool
    remark_sealed: str | None = None
    by: UUID
    at: datetime = Field(sa_type=MOMENT)


class DraftRow(Row, table=True):
    """A call form somebody has not finished; nobody else sees it."""

    __tablename__ = "draft"
    __table_args__ = (Index("draft_age", "saved_at"),)

    owner_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    state: str
    content_sealed: str
    saved_at: datetime = Field(sa_type=MOMENT)


class DispatchRuleRow(Row, table=True):
    """One line of an edition of the dispatch catalogue: the desk a track goes to."""

    __tablename__ = "dispatch_rule"

    edition: str = Field(primary_key=True)
    """`2026-11`: the newest edition holds for new cases."""
    track: str = Field(primary_key=True)
    desk: str


class PhraseRow(Row, table=True):
    """A wording operators use: a phrase for the narrative, or an answer that may close a question."""

    __tablename__ = "phrase"

    code: str = Field(primary_key=True)
    position: int = Field(sa_type=SmallInteger)
    kind: str
    """`phrase`, `answer`."""
    category: str | None = None
    title: str
    initials: str
    text: str


class CalendarDayRow(Row, table=True):
    """A day that differs from the ordinary week, from the State Council's yearly notice."""

    __tablename__ = "work_calendar"

    day: date = Field(primary_key=True)
    kind: str
    """`off`, `work`."""
    note: str


class SerialRow(Row, table=True):
    """How far the case numbers of a day are given out; processes take blocks, so nobody waits for anybody."""

    __tablename__ = "case_serial"

    day: date = Field(primary_key=True)
    last: int


SEALED = (
    Sealed("hotline_case", "tracking_sealed", travels=True),
    Sealed("hotline_case", "content_sealed"),
    Sealed("party", "profile_sealed", travels=True),
    Sealed("note", "text_sealed"),
    Sealed("material", "name_sealed"),
    Sealed("material", "key_sealed"),
    Sealed("material", "withdrawn_note_sealed"),
    Sealed("call_back", "remark_sealed"),
    Sealed("draft", "content_sealed"),
)
"""What a new key seals anew; the bytes of a material keep theirs, which is sealed beside its name."""
