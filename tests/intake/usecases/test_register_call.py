"""A call becomes a case: rows, facts, clocks, what is sealed; and everything the form must refuse."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from services.intake.domain.caller import NAME_CHARACTERS_MAX
from services.intake.domain.case_state import State
from services.intake.domain.employer import EMPLOYER_NAME_CHARACTERS_MAX
from services.intake.domain.reading import PEOPLE_MAX
from services.intake.domain.registration import (
    NARRATIVE_CHARACTERS_MAX,
    REASON_CHARACTERS_MAX,
    TITLE_CHARACTERS_MAX,
    UPSTREAM_NO_CHARACTERS_MAX,
)
from services.intake.domain.wording import STATES
from services.intake.store.cases import open_content
from services.intake.store.people import open_profile
from services.intake.store.serials import BLOCK, take_number
from services.intake.tables import CaseRow, ClaimantRow, EmployerRow, PartyRow
from shared.contracts.intake import (
    CaseAnswered,
    CaseClosed,
    CaseRegistered,
    EmployerRecorded,
    PartyProfiled,
)
from shared.kernel.audit import verify
from shared.kernel.database import Database
from shared.testing.rig import Rig
from shared.vocabulary.calendar import local_date
from shared.vocabulary.ids import new_id
from shared.vocabulary.money import AMOUNT_FEN_MAX
from shared.vocabulary.people import Actor
from tests.intake.forms import (
    AID,
    AUDITOR,
    CALL,
    COUNTY_OPERATOR,
    LAWYER,
    OPERATOR,
    QUESTION,
    names,
    registered,
)

ID_NUMBER = "441202198503120016"


async def test_a_call_becomes_a_case_with_its_people_its_facts_and_its_clocks(intake: Rig) -> None:
    answer = await intake.post("/calls", CALL, actor=OPERATOR)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    (case,) = await intake.rows(select(CaseRow))
    (party,) = await intake.rows(select(PartyRow))
    (employer,) = await intake.rows(select(EmployerRow))
    (claimant,) = await intake.rows(select(ClaimantRow))
    assert told["case_id"] == str(case["id"])
    assert told["case_no"] == case["number"]
    assert answer.headers["Consistency-Token"] == f"{case['id']}@1"
    assert (case["org"], case["desk"], case["state"]) == ("zq.441284", "mediation", "dispatched")
    assert (case["caller_id"], case["employer_id"]) == (party["id"], employer["id"])
    assert (claimant["case_id"], claimant["party_id"]) == (case["id"], party["id"])
    assert employer["short_name"] == "琅石建材"
    assert case["arrears_months"] == 3
    content = open_content(intake.context.cipher, case["id"], case["content_sealed"])
    assert content.title == "琅石建材拖欠工资（14 人）"
    assert content.narrative == CALL["narrative"]
    assert [clock["kind"] for clock in told["clocks"]] == ["close", "first_contact"]
    assert told["clocks"][0]["units_left"] == 15
    assert told["tracking_sent"] is True
    assert list(await intake.timers(case["id"])) == ["part_expected"]


async def test_the_facts_carry_ids_and_numbers_and_the_profile_only_sealed(intake: Rig) -> None:
    told = await registered(intake, id_no=ID_NUMBER)
    case_fact, party_fact, employer_fact = await intake.facts()
    assert isinstance(case_fact, CaseRegistered)
    assert isinstance(party_fact, PartyProfiled)
    assert isinstance(employer_fact, EmployerRecorded)
    assert case_fact.claimant_ids == (party_fact.party_id,)
    assert (case_fact.track, case_fact.handling, case_fact.region) == (
        "dispute",
        "dispatch",
        "441284104",
    )
    assert case_fact.deadlines[0].rule == "R39.dispute@1"
    cipher = intake.context.cipher
    assert cipher.open(case_fact.tracking_sealed, told["case_id"]) == told["tracking_code"]
    profile = open_profile(cipher, party_fact.party_id, party_fact.sealed)
    assert (profile.name, profile.phone, profile.id_number, profile.sex) == (
        "陈某明",
        "13800136207",
        ID_NUMBER,
        "male",
    )


async def test_nothing_personal_lies_open_in_the_database(intake: Rig) -> None:
    await registered(intake, id_no=ID_NUMBER, title="陈某明的工资")
    tables = await intake.context.db.pool.fetch(
        "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables"
        " WHERE table_schema IN ('public', 'kernel') AND table_type = 'BASE TABLE'"
    )
    for table in tables:
        dump = await intake.context.db.pool.fetch(f"SELECT t::text AS row FROM {table['name']} t")
        text = " ".join(row["row"] for row in dump)
        for secret in ("陈某明", "13800136207", ID_NUMBER, "老板不接电话"):
            assert secret not in text, table["name"]


async def test_a_known_number_and_name_is_the_same_person_and_needs_no_new_party(
    intake: Rig,
) -> None:
    await registered(intake)
    await registered(intake, phone="138 0013 6207")
    assert await intake.rows(select(func.count()).select_from(PartyRow)) == [(1,)]
    assert await intake.rows(select(func.count()).select_from(EmployerRow)) == [(1,)]
    assert names(await intake.facts()) == ["case_registered"] * 2
    cases = await intake.rows(select(CaseRow).order_by(col(CaseRow.number)))
    assert cases[0]["caller_id"] == cases[1]["caller_id"]


async def test_colleagues_on_one_telephone_are_two_people(intake: Rig) -> None:
    await registered(intake)
    await registered(intake, caller_name="李某")
    assert await intake.rows(select(func.count()).select_from(PartyRow)) == [(2,)]


async def test_a_person_known_by_id_number_is_found_under_another_telephone(intake: Rig) -> None:
    await registered(intake, id_no=ID_NUMBER)
    await registered(intake, phone="0758-2831234", id_no=ID_NUMBER)
    assert await intake.rows(select(func.count()).select_from(PartyRow)) == [(1,)]


async def test_a_chosen_caller_needs_no_number_and_what_is_new_is_added(intake: Rig) -> None:
    await registered(intake)
    (party,) = await intake.rows(select(PartyRow))
    call: dict[str, Any] = {
        "party_id": str(party["id"]),
        "phone": "",
        "caller_name": "",
        "id_no": ID_NUMBER,
    }
    told = await registered(intake, **call)
    (after,) = await intake.rows(select(PartyRow))
    profile = open_profile(intake.context.cipher, after["id"], after["profile_sealed"])
    assert (profile.name, profile.id_number, after["version"]) == ("陈某明", ID_NUMBER, 2)
    case = (await intake.rows(select(CaseRow).where(col(CaseRow.id) == UUID(told["case_id"]))))[0]
    assert case["caller_id"] == party["id"]


async def test_a_question_answered_on_the_call_is_closed_at_once(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION, handling="answer", answer="membership_how")
    facts = await intake.facts()
    assert names(facts) == ["case_registered", "case_answered", "case_closed"]
    assert [f.answer for f in facts if isinstance(f, CaseAnswered)] == ["membership_how"]
    assert [f.outcome for f in facts if isinstance(f, CaseClosed)] == ["answered"]
    (case,) = await intake.rows(select(CaseRow))
    assert (case["state"], case["version"], case["answer"]) == ("closed", 3, "membership_how")
    assert case["closed_at"] is not None
    assert await intake.timers(case["id"]) == {}
    assert [clock["kind"] for clock in told["clocks"]] == ["close"]


@pytest.mark.parametrize(
    ("handling", "outcome"), [("escalate", "referred"), ("forward", "referred")]
)
async def test_what_another_body_does_is_closed_here(
    intake: Rig, handling: str, outcome: str
) -> None:
    await registered(intake, base=QUESTION, handling=handling)
    closed = [fact for fact in await intake.facts() if isinstance(fact, CaseClosed)]
    assert [fact.outcome for fact in closed] == [outcome]


async def test_a_request_for_aid_names_the_programme_and_waits_for_welfare(intake: Rig) -> None:
    await registered(intake, base=AID)
    (case,) = await intake.rows(select(CaseRow))
    fact = next(f for f in await intake.facts() if isinstance(f, CaseRegistered))
    assert (fact.aid_programme, case["desk"], case["track"]) == ("living", "welfare", "aid")
    assert list(await intake.timers(case["id"])) == ["part_expected"]


async def test_aid_that_was_only_asked_about_opens_no_application(intake: Rig) -> None:
    await registered(intake, base=AID, handling="answer", answer="asked_and_told")
    fact = next(f for f in await intake.facts() if isinstance(f, CaseRegistered))
    assert fact.aid_programme is None


async def test_a_dispatched_question_is_reminded_of_by_its_own_clock(intake: Rig) -> None:
    await registered(intake, base=QUESTION)
    (case,) = await intake.rows(select(CaseRow))
    assert sorted(timers := await intake.timers(case["id"])) == ["remind", "sign"]
    assert timers["sign"] == case["first_contact_due"]


async def test_words_of_danger_make_a_call_at_least_urgent(intake: Rig) -> None:
    await registered(intake, narrative="再不发工资我就跳楼", urgency="normal")
    (case,) = await intake.rows(select(CaseRow))
    assert (case["danger"], case["urgency"]) == (True, "urgent")


async def test_a_complaint_about_the_city_goes_to_the_province_and_not_to_the_city(
    intake: Rig,
) -> None:
    await registered(intake, base=QUESTION, category="complaint", region="441200")
    (case,) = await intake.rows(select(CaseRow))
    assert (case["handling"], case["state"]) == ("escalate", "closed")


async def test_without_a_place_the_matter_lies_where_the_employer_is(intake: Rig) -> None:
    await registered(intake)
    await registered(intake, region=None, actor=COUNTY_OPERATOR)
    orgs = {case["org"] for case in await intake.rows(select(CaseRow))}
    assert orgs == {"zq.441284"}


async def test_an_order_of_the_province_keeps_its_number(intake: Rig) -> None:
    await registered(intake, channel="province", upstream_no="GD-2026-88121")
    (case,) = await intake.rows(select(CaseRow))
    assert (case["channel"], case["upstream_no"]) == ("province", "GD-2026-88121")


async def test_the_same_key_and_form_give_the_same_case(intake: Rig) -> None:
    first = await intake.post("/calls", CALL, actor=OPERATOR, key="k1")
    again = await intake.post("/calls", CALL, actor=OPERATOR, key="k1")
    assert again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert await intake.rows(select(func.count()).select_from(CaseRow)) == [(1,)]


async def test_the_same_key_with_another_form_is_refused(intake: Rig) -> None:
    await intake.post("/calls", CALL, actor=OPERATOR, key="k1")
    other = {**CALL, "claimant_count": 15}
    again = await intake.post("/calls", other, actor=OPERATOR, key="k1")
    assert (again.status_code, again.json()["code"]) == (409, "idempotency_key_reused")
    assert await intake.rows(select(func.count()).select_from(CaseRow)) == [(1,)]


async def test_two_operators_who_register_the_same_new_caller_make_one_party_and_one_employer(
    intake: Rig,
) -> None:
    answers = await asyncio.gather(*(intake.post("/calls", CALL, actor=OPERATOR) for _ in range(8)))
    assert [one.status_code for one in answers] == [201] * 8
    assert await intake.rows(select(func.count()).select_from(PartyRow)) == [(1,)]
    assert await intake.rows(select(func.count()).select_from(EmployerRow)) == [(1,)]
    numbers = {one.json()["case_no"] for one in answers}
    codes = {one.json()["tracking_code"] for one in answers}
    assert len(numbers) == len(codes) == 8


async def test_copies_of_one_new_command_store_one_case(intake: Rig) -> None:
    answers = await asyncio.gather(
        *(intake.post("/calls", CALL, actor=OPERATOR, key="same") for _ in range(5))
    )
    assert {one.json()["case_id"] for one in answers if one.status_code == 201} != set()
    assert [one.status_code for one in answers] == [201] * 5
    assert await intake.rows(select(func.count()).select_from(CaseRow)) == [(1,)]


async def test_registering_is_audited_in_an_unbroken_chain(intake: Rig) -> None:
    await registered(intake)
    state = await verify(intake.context.db.pool)
    assert (state.ok, state.links) == (True, 1)


@pytest.mark.parametrize("actor", [LAWYER, AUDITOR])
async def test_only_the_hotline_registers_calls(intake: Rig, actor: Actor) -> None:
    answer = await intake.post("/calls", CALL, actor=actor)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"phone": ""}, "phone", "phone_missing"),
    ({"phone": "1380013620"}, "phone", "phone_not_understood"),
    ({"phone": "13800136207 13800136208"}, "phone", "phone_not_understood"),
    ({"caller_name": "  "}, "caller_name", "caller_name_missing"),
    ({"caller_name": "陈" * (NAME_CHARACTERS_MAX + 1)}, "caller_name", "caller_name_too_long"),
    ({"narrative": ""}, "narrative", "narrative_missing"),
    ({"narrative": "话" * (NARRATIVE_CHARACTERS_MAX + 1)}, "narrative", "narrative_too_long"),
    ({"category": "no_such"}, "category", "category_unknown"),
    ({"category": None}, "category", "category_unknown"),
    ({"title": "题" * (TITLE_CHARACTERS_MAX + 1)}, "title", "title_too_long"),
    ({"urgency": "critical"}, "urgency_reason", "urgency_reason_missing"),
    (
        {"urgency": "critical", "urgency_reason": "因" * (REASON_CHARACTERS_MAX + 1)},
        "urgency_reason",
        "urgency_reason_too_long",
    ),
    ({"handling": "answer"}, "answer", "answer_unknown"),
    ({"handling": "answer", "answer": "no_such"}, "answer", "answer_unknown"),
    ({"handling": "answer", "answer": "arrears_told"}, "answer", "answer_unknown"),
    ({"id_no": "441202198503120018"}, "id_no", "id_checksum"),
    ({"id_no": "44120219850312001"}, "id_no", "id_format"),
    ({"id_no": "441202198513120010"}, "id_no", "id_birth_date"),
    ({"claimant_count": 0}, "claimant_count", "claimant_count_out_of_range"),
    ({"claimant_count": PEOPLE_MAX + 1}, "claimant_count", "claimant_count_out_of_range"),
    ({"amount_fen": 0}, "amount_fen", "amount_fen_out_of_range"),
    ({"amount_fen": AMOUNT_FEN_MAX + 1}, "amount_fen", "amount_fen_out_of_range"),
    ({"region": "440100"}, "region", "region_unknown"),
    ({"channel": "pigeon"}, "channel", "channel_unknown"),
    ({"channel": "province"}, "upstream_no", "upstream_no_missing"),
    (
        {"upstream_no": "1" * (UPSTREAM_NO_CHARACTERS_MAX + 1)},
        "upstream_no",
        "upstream_no_too_long",
    ),
    (
        {"employer_name": "厂" * (EMPLOYER_NAME_CHARACTERS_MAX + 1)},
        "employer_name",
        "employer_name_too_long",
    ),
    ({"employer_id": str(new_id())}, "employer_id", "employer_unknown"),
    ({"party_id": str(new_id())}, "party_id", "party_unknown"),
]


@pytest.mark.parametrize(
    ("change", "field", "code"), BAD, ids=[f"{field}: {code}" for _, field, code in BAD]
)
async def test_a_bad_field_is_named_and_nothing_is_stored(
    intake: Rig, change: dict[str, Any], field: str, code: str
) -> None:
    answer = await intake.post("/calls", {**CALL, **change}, actor=OPERATOR)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert [(one["field"], one["code"]) for one in problem["errors"]] == [(field, code)]
    assert all(one["zh"] and one["en"] for one in problem["errors"])
    assert await intake.rows(select(CaseRow)) == []
    assert await intake.rows(select(PartyRow)) == []
    assert await intake.facts() == []


async def test_all_mistakes_are_told_together(intake: Rig) -> None:
    bad = {**CALL, "phone": "1", "narrative": "", "category": "x", "claimant_count": 0}
    answer = await intake.post("/calls", bad, actor=OPERATOR)
    assert {one["field"] for one in answer.json()["errors"]} == {
        "phone",
        "narrative",
        "category",
        "claimant_count",
    }


@pytest.mark.parametrize(
    "change",
    [
        {"urgency": "soon"},
        {"handling": "ignore"},
        {"claimant_count": "14"},
        {"party_id": "not a uuid"},
        {"amount_fen": 1.5},
        {"unheard_of": 1},
        {"confidential": "maybe"},
    ],
    ids=str,
)
async def test_a_field_of_the_wrong_kind_is_named(intake: Rig, change: dict[str, Any]) -> None:
    answer = await intake.post("/calls", {**CALL, **change}, actor=OPERATOR)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == list(change)
    assert await intake.rows(select(CaseRow)) == []


async def test_what_is_no_json_is_told_so(intake: Rig) -> None:
    answer = await intake.post("/calls", b'{"phone": ', actor=OPERATOR)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_json")


async def test_a_body_over_the_limit_is_not_read(intake: Rig) -> None:
    answer = await intake.post("/calls", b"x" * 300_000, actor=OPERATOR)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_every_state_has_a_name() -> None:
    assert {state.value for state in State} == set(STATES)


async def test_numbers_of_a_day_are_unique_across_processes(intake: Rig) -> None:
    """A second process takes the next block: `case_serial` holds how far the day is given out."""
    other = await Database.connect(
        intake.context.settings.database_url.get_secret_value(), intake.context.cipher, name="other"
    )
    try:
        today = local_date((await intake.rows(select(func.now())))[0][0])
        taken = [
            await take_number(pool, today)
            for _ in range(BLOCK + 1)
            for pool in (intake.context.db.pool, other.pool)
        ]
        assert len(set(taken)) == 2 * (BLOCK + 1)
    finally:
        await other.close()
