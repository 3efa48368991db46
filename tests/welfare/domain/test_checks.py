"""Each of the twenty checks passes, warns, blocks or waits as its facts demand, and says what to do."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.welfare.domain.checks import (
    Account,
    Aid,
    Facts,
    MedicalClaim,
    Payout,
    People,
    Person,
    PersonStatus,
    Verdict,
)
from services.welfare.domain.checks_process import CHECKS, run_checks
from services.welfare.domain.programme import programmes_of
from services.welfare.domain.publicity import object_to, resolve, start
from shared.vocabulary.calendar import WorkCalendar

TODAY = date(2026, 12, 3)
CALENDAR = WorkCalendar(known_years=frozenset({2026, 2027}))
PROGRAMMES = programmes_of(2026)
OVER = start(date(2026, 11, 25), 5, CALENDAR)
RUNNING = start(date(2026, 12, 1), 5, CALENDAR)
OBJECTED = object_to(OVER, UUID(int=9), date(2026, 11, 26))
H, R, A, C = (UUID(int=n) for n in range(1, 5))

GOOD = Facts(
    today=TODAY,
    programme=PROGRAMMES["living"],
    aid=Aid(amount_fen=200_000, fund_available_fen=200_000, elsewhere=False),
    account=Account(holder_is_beneficiary=True),
    person=Person(
        id_valid=True,
        status=PersonStatus.ACTIVE,
        file_active=True,
        rechecked_on=date(2025, 12, 3),
        assets_found=False,
    ),
    people=People(applicant=UUID(int=8), handler=H, reviewer=R, approver=A, cashier=C),
    payout=Payout(publicity=OVER, approved_on=TODAY, approved_hash="x", current_hash="x"),
)


def test_a_good_application_passes_all_twenty() -> None:
    report = run_checks(GOOD)
    assert report.ids(Verdict.PASS) == tuple(f"W{n}" for n in range(1, 21))
    assert not report.blocked


def test_a_new_application_leaves_to_later_what_cannot_be_known_yet() -> None:
    fresh = Facts(today=TODAY, programme=PROGRAMMES["living"], aid=Aid(amount_fen=0))
    assert run_checks(fresh).ids(Verdict.LATER) == (
        "W5",
        "W6",
        "W7",
        "W8",
        "W9",
        "W10",
        "W11",
        "W12",
        "W13",
        "W14",
        "W15",
        "W18",
        "W19",
    )


B, W, P, L = Verdict.BLOCK, Verdict.WARN, Verdict.PASS, Verdict.LATER
TABLE: list[tuple[str, Verdict, str, dict[str, Any]]] = [
    ("W1", B, "aid", {"person_grants": 1}),
    ("W2", B, "aid", {"household_grants": 1}),
    ("W2", W, "aid", {"household_grants": 1, "household_override": True}),
    ("W4", B, "account", {"used_by_others": 1}),
    ("W4", W, "account", {"used_in_household": 1}),
    ("W5", B, "account", {"holder_is_beneficiary": False}),
    ("W5", P, "account", {"holder_is_beneficiary": False, "guardian_recorded": True}),
    ("W6", B, "person", {"status": PersonStatus.DECEASED}),
    ("W6", B, "person", {"status": PersonStatus.RETIRED}),
    ("W6", B, "person", {"status": PersonStatus.LEFT}),
    ("W7", P, "aid", {"amount_fen": 300_000, "fund_available_fen": 300_000}),
    ("W7", B, "aid", {"amount_fen": 300_001, "fund_available_fen": 300_001}),
    ("W7", P, "aid", {"paid_fen": 400_000}),
    ("W7", B, "aid", {"paid_fen": 400_001}),
    ("W8", B, "person", {"file_active": False}),
    ("W9", B, "person", {"rechecked_on": date(2025, 12, 2)}),
    ("W10", B, "payout", {"publicity": RUNNING}),
    ("W10", B, "payout", {"publicity": OBJECTED}),
    ("W10", B, "payout", {"publicity": resolve(OBJECTED, UUID(int=9), upheld=True)}),
    ("W10", P, "payout", {"publicity": resolve(OBJECTED, UUID(int=9), upheld=False)}),
    ("W11", B, "people", {"reviewer": H}),
    ("W11", B, "people", {"approver": R}),
    ("W11", B, "people", {"cashier": A}),
    ("W11", B, "people", {"applicant": H}),
    ("W11", B, "people", {"handler_is_relative": True}),
    ("W12", B, "aid", {"fund_available_fen": 199_999}),
    ("W12", B, "aid", {"fund_matches": False}),
    ("W13", B, "person", {"assets_found": True}),
    ("W13", B, "person", {"assets_found": True, "assets_explained": True}),
    ("W13", P, "person", {"assets_found": True, "assets_explained": True, "assets_accepted": True}),
    ("W14", B, "person", {"id_valid": False}),
    ("W14", B, "person", {"employer_code_valid": False}),
    ("W15", P, "payout", {"approved_on": date(2026, 11, 18)}),
    ("W15", W, "payout", {"approved_on": date(2026, 11, 17)}),
    ("W15", P, "payout", {"approved_on": date(2026, 11, 1), "paid_on": date(2026, 11, 5)}),
    ("W16", B, "payout", {"cash": True, "cash_signatures": 2}),
    ("W16", B, "payout", {"cash": True, "cash_signatures": 1, "cash_photo": True}),
    ("W16", P, "payout", {"cash": True, "cash_signatures": 2, "cash_photo": True}),
    ("W18", B, "payout", {"current_hash": "y"}),
    ("W19", P, "payout", {"returned_on": date(2026, 11, 28)}),
    ("W19", W, "payout", {"returned_on": date(2026, 11, 27)}),
    ("W20", W, "person", {"same_phone": 2}),
    ("W20", W, "person", {"same_address": 2}),
    ("W20", W, "people", {"handler_applications": 30}),
]


@pytest.mark.parametrize(("check", "verdict", "part", "change"), TABLE)
def test_a_check_follows_its_facts(
    check: str, verdict: Verdict, part: str, change: dict[str, Any]
) -> None:
    facts = replace(GOOD, **{part: replace(getattr(GOOD, part), **change)})
    report = run_checks(facts)
    found = {one.id: one.outcome for one in report.results}
    assert found[check].verdict is verdict
    assert (found[check].remedy is not None) is (verdict in {Verdict.BLOCK, Verdict.WARN})
    others = {key for key, outcome in found.items() if outcome.verdict is not P} - {check}
    assert others == set()


@pytest.mark.parametrize(
    ("elsewhere", "verdict"), [(None, Verdict.LATER), (True, Verdict.BLOCK), (False, Verdict.PASS)]
)
def test_a_student_is_not_aided_twice(elsewhere: bool | None, verdict: Verdict) -> None:
    facts = replace(
        GOOD, programme=PROGRAMMES["tuition"], aid=replace(GOOD.aid, elsewhere=elsewhere)
    )
    assert CHECKS["W3"][1](facts).verdict is verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (MedicalClaim(), Verdict.PASS),
        (MedicalClaim(stay_claimed_before=True), Verdict.BLOCK),
        (MedicalClaim(invoice_claimed_before=True), Verdict.BLOCK),
        (MedicalClaim(within_cover=False), Verdict.BLOCK),
        (MedicalClaim(within_waiting=True), Verdict.BLOCK),
    ],
)
def test_a_medical_claim_is_new_and_within_the_cover(claim: MedicalClaim, verdict: Verdict) -> None:
    facts = replace(GOOD, programme=PROGRAMMES["medical"], medical=claim)
    assert CHECKS["W17"][1](facts).verdict is verdict


def test_programmes_per_person_do_not_count_the_household() -> None:
    facts = replace(
        GOOD, programme=PROGRAMMES["medical"], aid=replace(GOOD.aid, household_grants=3)
    )
    assert CHECKS["W2"][1](facts).verdict is Verdict.PASS


def test_what_blocks_is_read_first() -> None:
    facts = replace(
        GOOD,
        person=replace(GOOD.person, same_phone=2),
        payout=replace(GOOD.payout, current_hash="y"),
    )
    verdicts = [one.outcome.verdict for one in run_checks(facts).results]
    assert verdicts[:2] == [Verdict.BLOCK, Verdict.WARN]
    assert run_checks(facts).blocked
