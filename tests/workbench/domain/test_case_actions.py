"""The buttons of a case follow its state: whoever may take the next step finds it, nobody else does."""

from datetime import date
from enum import StrEnum

import pytest
from msgspec.structs import replace

from services.intake.domain.checking import CheckReason
from services.intake.domain.dispatching import ReturnReason
from services.intake.domain.extending import ExtensionReason
from services.workbench.domain.card import Card
from services.workbench.domain.case_actions import case_actions
from services.workbench.domain.summary import dues_of, org_of, owner_of, seen_by, state_of
from services.workbench.domain.tracking import words_of
from shared.contracts.base import Event
from shared.contracts.intake import CaseReminded
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.domain.test_folds import folded as fold_into
from tests.workbench.people import someone
from tests.workbench.story import Story

STORY = Story()
UNIT = someone(Role.MEDIATOR, org="zq.441284")
OTHER_UNIT = someone(Role.MEDIATOR, org="zq.441204")
DISPATCHER, OPERATOR = someone(Role.DISPATCHER), someone(Role.OPERATOR)
CHIEF = someone(Role.SUPERVISOR)
UNITS_OWN = {"sign", "close", "return"}
DECISIONS = {"redispatch", "keep"}
OURS = UNITS_OWN | DECISIONS


def folded(*events: Event) -> Card:
    card = fold_into(*events)
    card.case_id = STORY.case_id
    return card


def offered(card: Card, actor: Actor) -> set[str]:
    return {one.code for one in case_actions(actor, card)} & OURS


@pytest.mark.parametrize(
    ("then", "state", "unit", "dispatcher"),
    [
        ([], "registered", UNITS_OWN, UNITS_OWN),
        ([STORY.signed()], "handling", UNITS_OWN - {"sign"}, UNITS_OWN - {"sign"}),
        ([STORY.returned()], "returned", set(), DECISIONS),
        ([STORY.returned(), STORY.kept()], "registered", UNITS_OWN, UNITS_OWN),
        ([STORY.returned(), STORY.redispatched()], "registered", set(), UNITS_OWN),
        ([STORY.signed(), STORY.handled()], "call_back", set(), set()),
        ([STORY.handled(), STORY.closed()], "closed", set(), set()),
        (
            [STORY.handled(), STORY.reopened()],
            "registered",
            {"sign", "close"},
            {"sign", "close", "redispatch"},
        ),
    ],
)
def test_the_buttons_follow_the_state(
    then: list[Event], state: str, unit: set[str], dispatcher: set[str]
) -> None:
    card = folded(STORY.question(), *then)
    assert state_of(card) == state
    assert (offered(card, UNIT), offered(card, DISPATCHER)) == (unit, dispatcher)


def test_after_a_dispatch_elsewhere_the_new_unit_signs() -> None:
    card = folded(STORY.question(), STORY.signed(), STORY.returned(), STORY.redispatched())
    assert (org_of(card), owner_of(card)) == ("zq.441204", None)
    assert offered(card, OTHER_UNIT) == UNITS_OWN
    assert next(due.kind for due in dues_of(card)) in {"first_contact", "sign"}


def test_what_mediation_has_is_not_returned_here() -> None:
    assert offered(folded(STORY.registered()), UNIT) == set()
    taken = folded(STORY.question(), STORY.opened())
    assert offered(taken, UNIT) == set()
    assert "sign" not in {due.kind for due in dues_of(taken)}


def test_operators_do_the_units_part_only_at_a_hotline_desk() -> None:
    assert offered(folded(STORY.question()), OPERATOR) == UNITS_OWN
    aid = folded(STORY.registered(track="aid"))
    assert offered(aid, OPERATOR) == set()


def test_who_signed_owns_and_sees_the_case_until_it_is_returned() -> None:
    card = folded(STORY.question(), STORY.signed())
    assert owner_of(card) == STORY.mediator_id
    assert STORY.mediator_id in seen_by(card).staff
    assert owner_of(folded(STORY.question(), STORY.signed(), STORY.returned())) is None


TIME = {"extension", "grant-extension", "refuse-extension"}


@pytest.mark.parametrize(
    ("then", "unit", "chief"),
    [
        ([], {"extension"}, {"extension"}),
        ([STORY.asked_for_time()], set(), {"grant-extension", "refuse-extension"}),
        ([STORY.asked_for_time(), STORY.not_extended()], {"extension"}, {"extension"}),
        ([STORY.asked_for_time(), STORY.extended()], set(), set()),
        ([STORY.asked_for_time(), STORY.returned()], set(), set()),
        ([STORY.overdue()], set(), set()),
        ([STORY.handled()], set(), set()),
    ],
)
def test_more_time_is_asked_for_once_and_granted_by_somebody_else(
    then: list[Event], unit: set[str], chief: set[str]
) -> None:
    card = folded(STORY.question(), *then)
    for who, codes in ((UNIT, unit), (CHIEF, chief)):
        assert {one.code for one in case_actions(who, card)} & TIME == codes
    asker = Actor(STORY.mediator_id, frozenset({Role.SUPERVISOR}), "zq")
    assert "grant-extension" not in {one.code for one in case_actions(asker, card)}


def test_a_granted_extension_moves_the_date_of_the_card() -> None:
    card = folded(STORY.question(), STORY.asked_for_time(), STORY.extended())
    assert [due.at.date() for due in dues_of(card) if due.kind == "close"] == [date(2026, 12, 29)]
    assert (card.case.extensions, card.case.extension_by) == (1, None)


@pytest.mark.parametrize(
    ("code", "reasons", "then"),
    [
        ("return", ReturnReason, []),
        ("extension", ExtensionReason, []),
        ("fail-check", CheckReason, [STORY.handled()]),
    ],
)
def test_the_reasons_are_those_that_intake_knows(
    code: str, reasons: type[StrEnum], then: list[Event]
) -> None:
    card = folded(STORY.question(), *then)
    [action] = [one for one in case_actions(CHIEF, card) if one.code == code]
    assert action.form is not None
    assert [one.code for one in action.form.reasons] == [one.value for one in reasons]
    assert action.form.note == "required"


def test_a_reminder_of_a_signature_is_no_reminder_of_the_deadline() -> None:
    late = CaseReminded(case_id=STORY.case_id, deadline="sign")
    assert not folded(STORY.question(), late).case.reminded
    used = CaseReminded(case_id=STORY.case_id, deadline="handling")
    assert folded(STORY.question(), used).case.reminded


def test_a_merge_is_offered_to_the_hotline_and_locked_while_others_have_a_part() -> None:
    def merging(actor: Actor, *events: Event) -> list[bool]:
        card = folded(*events)
        return [bool(one.blocked) for one in case_actions(actor, card) if one.code == "merge"]

    assert merging(OPERATOR, STORY.question()) == [False]
    assert merging(OPERATOR, STORY.registered()) == [True]
    assert merging(OPERATOR, STORY.question(), STORY.opened()) == [True]
    assert merging(OPERATOR, STORY.registered(), STORY.opened(), STORY.handled()) == [False]
    assert merging(UNIT, STORY.question()) == []
    assert merging(OPERATOR, STORY.question(), STORY.merged(new_id())) == []


def test_a_merged_case_is_closed_and_the_worker_reads_that_it_goes_on() -> None:
    card = folded(STORY.question(), STORY.returned(), STORY.merged(new_id()))
    assert (state_of(card), card.case.outcome, dues_of(card)) == ("closed", "merged", [])
    assert "合并办理" in words_of(card).title.zh


WATCH = {"fail-check", "supervise", "lift-supervision"}


@pytest.mark.parametrize(
    ("then", "codes"),
    [
        ([], {"supervise"}),
        ([STORY.supervised()], {"lift-supervision"}),
        ([STORY.supervised(), STORY.not_supervised()], {"supervise"}),
        ([STORY.handled()], {"fail-check", "supervise"}),
        ([STORY.handled(), STORY.closed()], {"fail-check"}),
        ([STORY.supervised(), STORY.handled(), STORY.closed()], {"fail-check", "lift-supervision"}),
        ([STORY.handled(), STORY.closed(), STORY.reopened("check_failed")], {"supervise"}),
        ([STORY.merged(new_id())], set()),
    ],
)
def test_a_supervisor_of_the_place_watches_and_sends_back(
    then: list[Event], codes: set[str]
) -> None:
    card = folded(STORY.question(), *then)
    assert {one.code for one in case_actions(CHIEF, card)} & WATCH == codes
    for who in (UNIT, DISPATCHER, OPERATOR, someone(Role.SUPERVISOR, org="zq.441204")):
        assert not {one.code for one in case_actions(who, card)} & WATCH


def test_what_the_desk_answered_is_not_sent_back_to_a_unit() -> None:
    answered = replace(STORY.question(), handling="answer")
    card = folded(answered, STORY.closed())
    assert not {one.code for one in case_actions(CHIEF, card)} & WATCH


def test_a_case_that_failed_the_check_is_signed_for_and_finished_again() -> None:
    card = folded(
        STORY.registered(),
        STORY.opened(),
        STORY.dispute_closed(),
        STORY.handled(),
        STORY.reopened("check_failed"),
    )
    assert offered(card, UNIT) == {"sign", "close"}
    assert [due.at.date() for due in dues_of(card) if due.kind == "close"] == [date(2026, 12, 30)]


def test_the_desk_that_sent_the_case_decides_about_it_and_does_not_do_the_units_part() -> None:
    sent = replace(STORY.question(), desk_org="zq.441226.003")
    dispatcher, chief = (
        someone(role, org="zq.441226") for role in (Role.DISPATCHER, Role.SUPERVISOR)
    )
    returned = folded(sent, STORY.returned())
    assert offered(returned, dispatcher) == offered(returned, chief) == DECISIONS
    assert offered(folded(sent), dispatcher) == set()
    handled = folded(sent, STORY.handled())
    assert {one.code for one in case_actions(chief, handled)} & WATCH == {"fail-check", "supervise"}
    assert offered(folded(STORY.question(), STORY.returned()), dispatcher) == set()
    asked = folded(sent, STORY.asked_for_time())
    assert not {one.code for one in case_actions(chief, asked)} & TIME
