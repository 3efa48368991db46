"""Disputes at any stage, built by the acts a mediator would use: nothing is set by hand that has a rule."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import yaml

from services.mediation.domain.agreement import Agreement, Content, Instalment
from services.mediation.domain.assessment import Answer, Assessment, Conclusion
from services.mediation.domain.conference import (
    AgendaItem,
    Attendance,
    Booking,
    Conference,
    Decision,
)
from services.mediation.domain.consent import (
    ConflictDeclaration,
    Consent,
    Purpose,
    Relation,
    Side,
)
from services.mediation.domain.deadlines import Track
from services.mediation.domain.dispute import Dispute, LegalOpinion, Session, open_dispute
from services.mediation.domain.grade import Circumstances, Grade
from services.mediation.domain.guards import scheme_of
from services.mediation.domain.handling import (
    assign_lawyer,
    assign_mediators,
    confirm_grade,
    give_opinion,
    hold_session,
    plan_session,
    record_meeting,
    sign_assessment,
    with_consent,
    with_declaration,
    write_assessment,
)
from services.mediation.domain.scheme import Scheme, StageKind
from services.mediation.domain.settling import draft_agreement, sign_agreement
from services.mediation.domain.stages import advance
from shared.vocabulary.calendar import CHINA
from shared.vocabulary.people import Role
from tests.vocabulary.holidays import CALENDAR

PROCESSES = Path(__file__).parents[3] / "services" / "mediation" / "processes"
TODAY = date(2026, 3, 5)
NOW = datetime(2026, 3, 5, 10, 0, tzinfo=CHINA)
MEDIATORS = (UUID(int=1), UUID(int=2))
SUPERVISOR = UUID(int=3)
LAWYER = UUID(int=4)
SESSION = UUID(int=5)
DECISION = UUID(int=6)


def plain_scheme(name: str = "zq-default.v1") -> dict[str, object]:
    """The dict of a shipped scheme file."""
    loaded = yaml.safe_load((PROCESSES / f"{name}.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def scheme(name: str = "zq-default.v1") -> Scheme:
    """A shipped scheme."""
    return scheme_of(plain_scheme(name))


DEFAULT = scheme()


def opened(people: int = 30, using: Scheme = DEFAULT, track: Track = Track.COMMITTEE) -> Dispute:
    """A dispute as it arrives."""
    arriving = Dispute(
        id=UUID(int=100),
        case_id=UUID(int=101),
        org="zq.441284",
        employer_id=UUID(int=102),
        track=track,
        claimant_count=people,
        amount_fen=9_000_000,
        received_on=date(2026, 3, 2),
        scheme_id="",
        scheme_version=0,
        stage="",
        grade=Grade.G0,
    )
    return open_dispute(arriving, using, Circumstances(people), CALENDAR)


def ready(dispute: Dispute, using: Scheme = DEFAULT) -> Dispute:
    """The dispute with everything its present stage asks for."""
    match using.stage(dispute.stage).kind:
        case StageKind.ACCEPTANCE:
            return accepted_by_both(dispute)
        case StageKind.ASSESSMENT:
            return assessed(dispute, using)
        case StageKind.CONFERENCE:
            return record_meeting(dispute, using, meeting())
        case StageKind.MEDIATION:
            return agreed(dispute, using)
        case _:
            return dispute


def at(stage: str, people: int = 30, using: Scheme = DEFAULT) -> Dispute:
    """A dispute that went the regular way up to a stage."""
    dispute = opened(people, using)
    while dispute.stage != stage:
        dispute = advance(ready(dispute, using), using, TODAY, CALENDAR)
    return dispute


def accepted_by_both(dispute: Dispute) -> Dispute:
    """In scope, both sides willing, two mediators who declared no conflict."""
    dispute = assign_mediators(replace(dispute, in_scope=True), MEDIATORS)
    for side in Side:
        dispute = with_consent(dispute, Consent(side, Purpose.MEDIATION, True, TODAY))
    for mediator in MEDIATORS:
        dispute = with_declaration(dispute, ConflictDeclaration(mediator, Relation.NONE, TODAY))
    return dispute


def answered(stage: str, using: Scheme = DEFAULT, author: UUID = MEDIATORS[0]) -> Assessment:
    """A complete draft for a stage."""
    return Assessment(
        stage=stage,
        version=1,
        author=author,
        grade=Grade.G0,
        judgement="建议调解",
        answers=tuple(Answer(one.id, Conclusion.YES) for one in using.stage(stage).checklist),
    )


def assessed(dispute: Dispute, using: Scheme = DEFAULT) -> Dispute:
    """The present assessment written and signed by all; lawyer and opinion on the way."""
    stage = using.stage(dispute.stage)
    if dispute.lawyer is None:
        dispute = with_lawyer(dispute)
    dispute = write_assessment(confirm_grade(dispute, MEDIATORS[0]), answered(stage.id, using))
    signers = {Role.MEDIATOR: MEDIATORS[0], Role.SUPERVISOR: SUPERVISOR}
    for role in stage.sign_off:
        dispute = sign_assessment(dispute, stage, signers[role], role, NOW)
    return dispute


def with_lawyer(dispute: Dispute) -> Dispute:
    """A lawyer who accepted and wrote an opinion."""
    dispute = assign_lawyer(dispute, LAWYER)
    return give_opinion(dispute, LegalOpinion(LAWYER, TODAY, UUID(int=7)))


def meeting() -> Conference:
    """A meeting held, minuted and decided."""
    return Conference(
        booking=Booking(UUID(int=8), "301", frozenset(MEDIATORS), NOW, NOW + timedelta(hours=1)),
        chair=SUPERVISOR,
        agenda=(AgendaItem(1, "欠薪处置", UUID(int=100)),),
        attendance=tuple(Attendance(one, True) for one in MEDIATORS),
        minutes="纪要",
        decisions=(Decision(DECISION, "约谈用人单位", MEDIATORS[0], date(2026, 3, 20)),),
    )


def text(represented: int = 30) -> Agreement:
    """A complete text, two instalments, nobody signed yet."""
    return Agreement(
        parties="双方",
        claims="工资",
        result="支付工资",
        manner="银行转账",
        contents=frozenset({Content.WAGES}),
        amount_fen=9_000_000,
        instalments=(
            Instalment(1, 5_000_000, date(2026, 3, 31)),
            Instalment(2, 4_000_000, date(2026, 4, 30)),
        ),
        represented=represented,
        represented_consents=represented,
    )


def agreed(dispute: Dispute, using: Scheme = DEFAULT) -> Dispute:
    """A session held, the agreement signed and sealed by all."""
    dispute = dispute if dispute.lawyer else with_lawyer(dispute)
    dispute = hold_session(plan_session(dispute, using, Session(SESSION, NOW)), SESSION, TODAY)
    dispute = draft_agreement(dispute, using, text(dispute.claimant_count))
    return sign_agreement(dispute, workers_at=NOW, employer_at=NOW, mediator_at=NOW, seal_at=NOW)
