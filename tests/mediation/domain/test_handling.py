"""What may be recorded in a dispute while it is handled, and by whom."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import msgspec
import pytest

from services.mediation.domain.assessment import SignedAlready, SignedTwice
from services.mediation.domain.consent import Consent, Purpose, Side
from services.mediation.domain.deadlines import STATUTORY
from services.mediation.domain.dispute import (
    Dispute,
    LegalOpinion,
    NotInThisStage,
    OutcomeIsFixed,
)
from services.mediation.domain.grade import Circumstances, Grade
from services.mediation.domain.handling import (
    assign_lawyer,
    assign_mediators,
    extend,
    give_opinion,
    lower_grade,
    recalculated,
    sign_assessment,
    with_consent,
    with_new_facts,
    write_assessment,
)
from services.mediation.domain.mediators import MediatedThisCase, MediatorUnfit
from services.mediation.domain.settling import (
    draft_agreement,
    sign_agreement,
)
from shared.vocabulary.calendar import CalendarDay, WorkCalendar
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.people import Actor, Role
from tests.mediation.domain.builders import (
    DEFAULT,
    LAWYER,
    MEDIATORS,
    NOW,
    SUPERVISOR,
    TODAY,
    answered,
    at,
    opened,
    text,
)
from tests.vocabulary.holidays import CALENDAR, CALENDAR_2026, DAYS


def test_new_facts_raise_the_grade_and_ask_for_a_new_confirmation() -> None:
    dispute = at("meeting", people=5)
    raised = with_new_facts(dispute, DEFAULT, Circumstances(120))
    assert (raised.grade, raised.grade_confirmed_by) == (Grade.G3, None)
    assert with_new_facts(raised, DEFAULT, Circumstances(5)).grade is Grade.G3


def test_tc29_the_tenth_worker_makes_the_dispute_collective() -> None:
    assert not opened(9).is_collective
    assert with_new_facts(opened(9), DEFAULT, Circumstances(10)).is_collective


def test_only_a_supervisor_lowers_the_grade() -> None:
    dispute = opened(30)
    boss = Actor(SUPERVISOR, frozenset({Role.SUPERVISOR}), "zq")
    assert lower_grade(dispute, Grade.G1, boss, "已疏导").grade is Grade.G1
    with pytest.raises(NotAllowed):
        lower_grade(dispute, Grade.G1, replace(boss, roles=frozenset({Role.MEDIATOR})), "已疏导")


def test_the_case_s_lawyer_and_mediators_stay_apart() -> None:
    dispute = at("assessment_2")
    with pytest.raises(MediatorUnfit):
        assign_mediators(dispute, (LAWYER,))
    replaced_by_others = assign_mediators(dispute, (UUID(int=20),))
    with pytest.raises(MediatedThisCase):
        assign_lawyer(replaced_by_others, MEDIATORS[0])


@pytest.mark.parametrize("chosen", [(), (MEDIATORS[0],) * 2, tuple(UUID(int=n) for n in range(6))])
def test_mediators_are_one_to_five_different_people(chosen: tuple[UUID, ...]) -> None:
    with pytest.raises(MediatorUnfit):
        assign_mediators(opened(), chosen)


def test_only_the_own_lawyer_gives_the_opinion() -> None:
    with pytest.raises(NotAllowed):
        give_opinion(at("assessment_2"), LegalOpinion(UUID(int=99), TODAY, UUID(int=7)))


def test_a_signed_assessment_changes_only_as_a_new_version_with_a_reason() -> None:
    dispute = at("meeting")
    other = replace(answered("assessment_1"), judgement="改变看法")
    with pytest.raises(SignedAlready):
        write_assessment(dispute, other)
    amended = write_assessment(dispute, replace(other, reason="发现新证据"))
    assert [one.version for one in amended.assessments] == [1, 2]
    assert amended.assessments[0] == dispute.assessments[0]
    assert amended.assessments[1].signatures == ()


def test_an_assessment_of_a_later_stage_is_refused() -> None:
    with pytest.raises(NotInThisStage):
        write_assessment(at("assessment_1"), answered("assessment_3"))


def test_author_and_approver_are_two_people() -> None:
    stage = DEFAULT.stage("assessment_2")
    dispute = write_assessment(at("assessment_2"), answered(stage.id, author=SUPERVISOR))
    with pytest.raises(SignedTwice):
        sign_assessment(dispute, stage, SUPERVISOR, Role.SUPERVISOR, NOW)
    dispute = sign_assessment(dispute, stage, MEDIATORS[0], Role.MEDIATOR, NOW)
    with pytest.raises(SignedTwice):
        sign_assessment(dispute, stage, MEDIATORS[0], Role.SUPERVISOR, NOW)


def test_a_changed_text_voids_the_signatures_already_set() -> None:
    dispute = draft_agreement(at("mediation"), DEFAULT, text())
    dispute = sign_agreement(dispute, workers_at=NOW)
    changed = draft_agreement(dispute, DEFAULT, replace(text(), manner="现金"))
    assert changed.agreement is not None
    assert changed.agreement.signatures.workers_at is None


def test_nothing_that_leads_to_an_outcome_is_recorded_after_it() -> None:
    with pytest.raises(OutcomeIsFixed):
        draft_agreement(at("assessment_3"), DEFAULT, text())


def test_a_committee_period_is_extended_on_the_dispute() -> None:
    dispute = at("mediation")
    for side in Side:
        dispute = with_consent(dispute, Consent(side, Purpose.EXTENSION, True, date(2026, 3, 20)))
    moved = extend(dispute, "mediation_committee", date(2026, 4, 3), DEFAULT, CALENDAR).deadline(
        "mediation_committee"
    )
    assert moved is not None
    assert moved.effective == date(2026, 4, 3)


def test_provisional_dates_follow_a_calendar_that_learns() -> None:
    newyear = STATUTORY.deadline(date(2026, 12, 17), CALENDAR_2026)
    dispute = replace(opened(), deadlines=(newyear,))
    notice = WorkCalendar.of([*DAYS, CalendarDay(date(2027, 1, 1), False)])
    (moved,) = recalculated(dispute, notice).deadlines
    assert (newyear.provisional, newyear.effective) == (True, date(2027, 1, 1))
    assert (moved.provisional, moved.effective) == (False, date(2027, 1, 4))
    assert recalculated(opened(), notice) == opened()


def test_a_dispute_survives_storage_as_json() -> None:
    dispute = at("performance")
    assert msgspec.json.decode(msgspec.json.encode(dispute), type=Dispute) == dispute
