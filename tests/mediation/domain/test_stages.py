"""A dispute's way through its stages: the regular one, the ways out, and everything that is refused."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.mediation.domain.agreement import InstalmentState, ReviewChoice
from services.mediation.domain.conference import MeetingWaiver
from services.mediation.domain.consent import ConflictDeclaration, Consent, Purpose, Relation, Side
from services.mediation.domain.dispute import (
    SESSIONS_MAX,
    Dispute,
    NotInThisStage,
    NotRunning,
    Session,
    SideRefused,
    Status,
)
from services.mediation.domain.handling import (
    assign_mediators,
    close_decision,
    plan_session,
    with_consent,
    with_declaration,
)
from services.mediation.domain.missing import NotReady
from services.mediation.domain.outcome import ArbitrationAdvice, Outcome, Receipt
from services.mediation.domain.settling import (
    choose_review,
    receive_advice,
    settle_instalment,
)
from services.mediation.domain.stages import (
    Act,
    EndedByAgreement,
    MeetingRequired,
    ReasonNeeded,
    advance,
    allowed_acts,
    archive,
    end,
    guards_now,
    leads_to,
    missing_now,
    next_stage,
    resume,
    send_back,
    suspend,
    waive_meeting,
)
from tests.mediation.domain.builders import (
    DECISION,
    DEFAULT,
    MEDIATORS,
    NOW,
    TODAY,
    accepted_by_both,
    at,
    opened,
    ready,
    scheme,
)
from tests.vocabulary.holidays import CALENDAR

ADVICE = ArbitrationAdvice(TODAY)


def codes(dispute: Dispute) -> set[str]:
    return {one.code for one in missing_now(DEFAULT, dispute)}


def performed(dispute: Dispute) -> Dispute:
    for instalment in (1, 2):
        dispute = settle_instalment(dispute, instalment, InstalmentState.PAID, TODAY)
    return choose_review(dispute, ReviewChoice.WAIVED, TODAY, CALENDAR)


@pytest.mark.parametrize("name", ["zq-default.v1", "cadence.v1", "levels.v1"])
@pytest.mark.parametrize("people", [3, 12, 30, 400])
def test_a_settled_dispute_reaches_the_archive_under_every_reading(name: str, people: int) -> None:
    using = scheme(name)
    dispute = at("performance", people, using)
    assert dispute.is_settled
    dispute = advance(performed(dispute), using, TODAY, CALENDAR)
    dispute = replace(dispute, file_items=frozenset({"application", "agreement"}))
    if dispute.conference:
        dispute = close_decision(dispute, DECISION, TODAY)
    assert archive(dispute, using).status is Status.ARCHIVED


@pytest.mark.parametrize("name", ["zq-default.v1", "cadence.v1", "levels.v1"])
def test_no_stage_is_left_while_something_is_missing(name: str) -> None:
    using = scheme(name)
    for stage in using.stages[:-1]:
        dispute = at(stage.id, 400, using)
        with pytest.raises(NotReady) as refusal:
            advance(dispute, using, TODAY, CALENDAR)
        assert all(one.zh and one.en and one.cure for one in refusal.value.missing)


def test_acceptance_starts_the_committees_clock_once() -> None:
    dispute = at("assessment_1")
    assert dispute.accepted_on == TODAY
    assert [one.kind for one in dispute.deadlines].count("mediation_committee") == 1
    back = send_back(dispute, DEFAULT, "补充证据")
    again = advance(back, DEFAULT, date(2026, 3, 9), CALENDAR)
    assert again.accepted_on == TODAY
    assert again.deadlines == dispute.deadlines


def test_acceptance_names_what_it_lacks() -> None:
    assert codes(opened()) == {
        "scope_unchecked", "consent_missing_workers", "consent_missing_employer", "mediator_missing",
    }  # fmt: skip


def test_a_declared_conflict_blocks_until_both_sides_accept_it() -> None:
    near = ConflictDeclaration(MEDIATORS[1], Relation.NEAR_RELATIVE, TODAY)
    dispute = with_declaration(accepted_by_both(opened()), near)
    assert codes(dispute) == {"conflict_undeclared"}
    for side in Side:
        dispute = with_consent(
            dispute, Consent(side, Purpose.CONFLICT_WAIVER, True, TODAY, MEDIATORS[1])
        )
    assert codes(dispute) == set()


def test_a_waiver_given_before_the_disclosure_does_not_count() -> None:
    dispute = accepted_by_both(opened())
    for side in Side:
        dispute = with_consent(
            dispute, Consent(side, Purpose.CONFLICT_WAIVER, True, date(2026, 3, 4), MEDIATORS[1])
        )
    near = ConflictDeclaration(MEDIATORS[1], Relation.INTEREST, TODAY)
    assert codes(with_declaration(dispute, near)) == {"conflict_undeclared"}


def test_a_meeting_is_waived_only_below_its_grade_and_with_a_reason() -> None:
    waiver = MeetingWaiver("事实清楚", MEDIATORS[0], TODAY)
    small = at("meeting", people=5)
    assert waive_meeting(small, DEFAULT, waiver).stage == "assessment_2"
    with pytest.raises(ReasonNeeded):
        waive_meeting(small, DEFAULT, replace(waiver, reason=" "))
    with pytest.raises(MeetingRequired):
        waive_meeting(at("meeting", people=30), DEFAULT, waiver)
    assert Act.WAIVE_MEETING in allowed_acts(DEFAULT, small)
    assert Act.WAIVE_MEETING not in allowed_acts(DEFAULT, at("meeting", people=30))


def test_from_g2_two_mediators_a_lawyer_and_an_opinion_are_needed() -> None:
    dispute = replace(at("assessment_2"), lawyer=None, legal_opinion=None)
    dispute = assign_mediators(dispute, MEDIATORS[:1])
    assert {"mediators_too_few", "lawyer_missing", "legal_opinion_missing"} <= codes(dispute)
    small = replace(at("assessment_2", people=5), legal_opinion=None)
    small = assign_mediators(small, MEDIATORS[:1])
    assert not {"mediators_too_few", "legal_opinion_missing"} & codes(small)
    assert "mediators_too_few" in codes(replace(small, party_asked_two=True))
    assert "mediators_too_few" in codes(replace(small, complex_case=True))


@pytest.mark.parametrize(("people", "needed"), [(9, False), (10, True)])
def test_the_scheme_says_from_which_grade_a_lawyer_is_needed(people: int, needed: bool) -> None:
    levels = scheme("levels.v1")
    dispute = replace(at("mediation", people, levels), lawyer=None)
    missing = {one.code for one in missing_now(levels, dispute)}
    assert ("lawyer_missing" in missing) == needed


def test_the_number_of_sessions_is_limited() -> None:
    dispute = replace(at("mediation"), sessions=(Session(UUID(int=9), NOW),) * SESSIONS_MAX)
    with pytest.raises(NotInThisStage):
        plan_session(dispute, DEFAULT, Session(UUID(int=10), NOW))


def test_a_refusal_bars_sessions() -> None:
    dispute = with_consent(at("mediation"), Consent(Side.EMPLOYER, Purpose.MEDIATION, False, TODAY))
    with pytest.raises(SideRefused):
        plan_session(dispute, DEFAULT, Session(UUID(int=9), NOW))


@pytest.mark.parametrize("stage", ["acceptance", "assessment_1", "meeting", "assessment_2"])
def test_sessions_belong_to_the_mediation_stage(stage: str) -> None:
    with pytest.raises(NotInThisStage):
        plan_session(at(stage), DEFAULT, Session(UUID(int=9), NOW))


def test_the_agreement_becomes_the_outcome_and_starts_the_review_periods() -> None:
    dispute = at("assessment_3")
    assert dispute.outcome is Outcome.AGREEMENT
    review = dispute.deadline("arbitration_review")
    assert review is not None
    assert review.start == TODAY
    assert dispute.deadline("judicial_confirmation") is not None


@pytest.mark.parametrize(
    ("stage", "then"),
    [
        ("acceptance", "archive"),
        ("assessment_1", "assessment_3"),
        ("meeting", "assessment_3"),
        ("assessment_2", "assessment_3"),
        ("mediation", "assessment_3"),
    ],
)
def test_a_mediation_can_fail_in_any_stage_before_its_outcome(stage: str, then: str) -> None:
    failed = end(at(stage), DEFAULT, Outcome.GAP_TOO_WIDE, ADVICE)
    assert (failed.stage, failed.outcome) == (then, Outcome.GAP_TOO_WIDE)


def test_a_failed_dispute_skips_performance_and_needs_the_letter_received() -> None:
    failed = end(at("mediation"), DEFAULT, Outcome.REFUSED_TO_SIGN, ADVICE)
    filed = advance(ready(failed), DEFAULT, TODAY, CALENDAR)
    assert filed.stage == "archive"
    items = frozenset({"application", "arbitration_advice"})
    filed = close_decision(replace(filed, file_items=items), DECISION, TODAY)
    assert codes(filed) == {"advice_not_received"}
    received = receive_advice(filed, Receipt.REFUSED, TODAY)
    assert archive(received, DEFAULT).status is Status.ARCHIVED


def test_an_agreement_is_not_closed_as_a_failure() -> None:
    with pytest.raises(EndedByAgreement):
        end(at("mediation"), DEFAULT, Outcome.AGREEMENT, ADVICE)
    with pytest.raises(EndedByAgreement):
        end(ready(at("mediation")), DEFAULT, Outcome.REFUSED, ADVICE)


@pytest.mark.parametrize("stage", [stage.id for stage in DEFAULT.stages])
def test_acts_that_do_not_belong_to_a_stage_are_refused(stage: str) -> None:
    dispute = at(stage, people=5) if stage != "archive" else archived_stage()
    allowed = {
        "acceptance": {Act.ADVANCE, Act.END, Act.SUSPEND},
        "assessment_1": {Act.ADVANCE, Act.END, Act.SEND_BACK, Act.SUSPEND},
        "meeting": {Act.ADVANCE, Act.WAIVE_MEETING, Act.END, Act.SEND_BACK, Act.SUSPEND},
        "assessment_2": {Act.ADVANCE, Act.END, Act.SEND_BACK, Act.SUSPEND},
        "mediation": {Act.ADVANCE, Act.END, Act.SEND_BACK, Act.SUSPEND},
        "assessment_3": {Act.ADVANCE},
        "performance": {Act.ADVANCE},
        "archive": {Act.ARCHIVE},
    }[stage]
    assert set(allowed_acts(DEFAULT, dispute)) == allowed
    for act in set(Act) - allowed - {Act.WAIVE_MEETING, Act.SUSPEND, Act.RESUME}:
        with pytest.raises(NotInThisStage):
            next_stage(DEFAULT, dispute, act)


def test_every_condition_is_shown_met_or_with_what_it_misses() -> None:
    dispute = at("acceptance")
    shown = guards_now(DEFAULT, dispute)
    assert list(shown) == list(DEFAULT.stage("acceptance").guards)
    assert [one for found in shown.values() for one in found] == missing_now(DEFAULT, dispute)
    assert not any(guards_now(DEFAULT, ready(dispute)).values())


def test_where_a_step_leads_is_known_before_it_is_taken() -> None:
    assert leads_to(DEFAULT, at("acceptance")) == "assessment_1"
    failed = end(at("mediation"), DEFAULT, Outcome.GAP_TOO_WIDE, ADVICE)
    assert leads_to(DEFAULT, failed) == "archive"
    assert leads_to(DEFAULT, archived_stage()) is None
    assert leads_to(DEFAULT, suspend(at("mediation"), "疑似虚假")) is None


def archived_stage() -> Dispute:
    return advance(performed(at("performance", people=5)), DEFAULT, TODAY, CALENDAR)


def test_suspicion_stops_the_work_but_not_the_clocks() -> None:
    dispute = at("mediation")
    stopped = suspend(dispute, "疑似虚假")
    assert stopped.deadlines == dispute.deadlines
    assert allowed_acts(DEFAULT, stopped) == (Act.RESUME,)
    with pytest.raises(NotRunning):
        advance(stopped, DEFAULT, TODAY, CALENDAR)
    with pytest.raises(NotRunning):
        plan_session(stopped, DEFAULT, Session(UUID(int=9), NOW))
    assert resume(stopped, "查明属实") == dispute


@pytest.mark.parametrize("act", [lambda d: suspend(d, ""), lambda d: send_back(d, DEFAULT, " ")])
def test_grave_acts_need_a_reason(act: object) -> None:
    with pytest.raises(ReasonNeeded):
        act(at("mediation"))  # type: ignore[operator]
