"""What is read of mediation: the page of a dispute, offers, rosters, rooms, schemes."""

import json
from typing import Any

import pytest

from services.mediation.domain.comparison import SOURCE
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.mediation.bench import Mediation, person
from tests.mediation.forms import ORG
from tests.mediation.usecases.meetings import SOON, schedule
from tests.mediation.usecases.test_give_opinion import OPINION


async def page(mediation: Mediation, dispute_id: Any, actor: Actor) -> dict[str, Any]:
    """The page of a dispute for somebody who may see it."""
    answer = await mediation.rig.get(f"/disputes/{dispute_id}", actor=actor)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def test_the_page_of_a_dispute_says_where_it_stands_and_what_is_possible(
    mediation: Mediation,
) -> None:
    one = new_id()
    dispute_id = await mediation.to_agreement(claimant_ids=(one,))
    shown = await page(mediation, dispute_id, mediation.mediator)
    row = await mediation.row(dispute_id)
    assert (shown["version"], shown["stage"], shown["grade"]) == (
        row["version"],
        "assessment_3",
        "G0",
    )
    assert [stage["id"] for stage in shown["stages"]][:2] == ["acceptance", "assessment_1"]
    assert {item["code"] for item in shown["missing"]} >= {"judgement_missing"}
    assert shown["claimant_ids"] == [str(one)]
    assert {"handle", "advance"} <= set(shown["allowed"])
    assert "lower_grade" not in shown["allowed"]
    assert shown["acts"] == ["advance"]
    assert shown["next_stage"] == "performance"
    content = shown["content"]
    assert content["agreement"]["amount_in_words"] == "叁万元整"
    assert content["agreement"]["paid_fen"] == 0
    assert [len(done["content_hash"]) for done in content["assessments"]] == [64, 64]
    assert [deadline["kind"] for deadline in shown["deadlines"]] == [
        "mediation_statutory",
        "arbitration_review",
        "judicial_confirmation",
    ]


@pytest.mark.parametrize(
    "role", [Role.OPERATOR, Role.DISPATCHER, Role.MEDIATOR, Role.REVIEWER, Role.AUDITOR]
)
async def test_the_content_is_for_the_team_and_supervisors_only(
    mediation: Mediation, role: Role
) -> None:
    one = new_id()
    dispute_id = await mediation.to_mediation(claimant_ids=(one,))
    lawyer = mediation.lawyer((await mediation.dispute(dispute_id)).lawyer)  # type: ignore[arg-type]
    await mediation.do(f"/disputes/{dispute_id}/opinion", OPINION, by=lawyer, method="PUT")
    shown = await page(mediation, dispute_id, person(role))
    hidden = (shown["content"], shown["opinion"], shown["claimant_ids"], shown["offers"])
    assert hidden == (None, None, [], [])
    plain = json.dumps(shown, ensure_ascii=False)
    assert str(one) not in plain
    assert "同意继续办理" not in plain
    for reader in (mediation.mediator, mediation.supervisor, lawyer):
        full = await page(mediation, dispute_id, reader)
        assert full["opinion"]["facts"] == OPINION["facts"]
        assert full["content"]["assessments"][0]["judgement"] == "同意继续办理"


async def test_a_lawyer_who_is_only_asked_sees_what_conflicts_are_checked_by_and_no_more(
    mediation: Mediation,
) -> None:
    one, employer = new_id(), new_id()
    dispute_id = await mediation.open(claimant_ids=(one,), claimant_count=14, employer_id=employer)
    offer = await mediation.offer(dispute_id)
    asked = mediation.lawyer(offer["lawyer_id"])
    shown = await page(mediation, dispute_id, asked)
    assert shown["employer_id"] == str(employer)
    assert (shown["content"], shown["claimant_ids"], shown["offers"]) == (None, [], [])
    assert shown["allowed"] == ["see", "answer_offer"]
    answer = await mediation.rig.get("/offers", actor=asked)
    (mine,) = answer.json()
    assert (mine["state"], mine["claimant_count"], mine["amount_fen"]) == ("open", 14, 3_000_000)
    assert (mine["grade"], mine["stage"], mine["org"]) == ("G1", "acceptance", ORG)
    assert str(one) not in answer.text


async def test_an_offer_that_was_declined_tells_nothing_more_of_the_dispute(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    asked = mediation.lawyer(offer["lawyer_id"])
    decline = f"/offers/{offer['id']}/decline"
    await mediation.do(decline, {"reason": "workload"}, by=asked)
    leads = await mediation.accept(dispute_id)
    (mine,) = (await mediation.rig.get("/offers", actor=asked)).json()
    assert mine["state"] == "declined"
    about = ("case_id", "employer_id", "claimant_count", "amount_fen", "grade", "stage", "org")
    assert {mine[name] for name in about} == {None}
    assert (await mediation.rig.get(f"/disputes/{dispute_id}", actor=asked)).status_code == 404
    (theirs,) = (await mediation.rig.get("/offers", actor=leads)).json()
    assert (theirs["state"], theirs["stage"]) == ("accepted", "acceptance")


async def test_an_offer_says_what_was_compared_what_is_asked_and_what_is_paid(
    mediation: Mediation,
) -> None:
    worker, employer, other = new_id(), new_id(), new_id()
    met = (
        {"employer_id": employer},
        {"employer_id": other, "claimant_ids": (worker, new_id())},
        {"employer_id": other},
    )
    lawyer = mediation.lawyers[0]
    for case in met:
        led = await mediation.open(**case)
        name = {"lawyer_id": str(lawyer.id)}
        await mediation.do(f"/disputes/{led}/lawyer", name, by=mediation.dispatcher)
    await tie(mediation, lawyer.id, new_id())
    for one in mediation.lawyers[1:]:
        await tie(mediation, one.id, employer)
    dispute_id = await mediation.open(
        employer_id=employer, claimant_ids=(worker, new_id()), claimant_count=30
    )
    assert (await mediation.offer(dispute_id))["lawyer_id"] == lawyer.id
    answer = await mediation.rig.get("/offers", actor=lawyer)
    mine = next(one for one in answer.json() if one["dispute_id"] == str(dispute_id))
    assert mine["check"] == {
        "conflict": False,
        "found": [],
        "cases": 3,
        "related": 1,
        "same_employer": 1,
        "same_worker": 1,
        "source": SOURCE,
    }
    assert mine["asks"] == ["legal_opinion", "meeting", "mediation"]
    assert mine["fee"]["fen"] == 80_000
    assert "本单位自定" in mine["fee"]["zh"]
    assert str(worker) not in answer.text


async def test_an_offer_whose_employer_is_unknown_meets_no_other_dispute_by_it(
    mediation: Mediation,
) -> None:
    for _ in range(6):
        await mediation.accept(await mediation.open(employer_id=None))
    dispute_id = await mediation.open(employer_id=None, claimant_count=1)
    offer = await mediation.offer(dispute_id)
    (mine, *_) = (
        await mediation.rig.get("/offers", actor=mediation.lawyer(offer["lawyer_id"]))
    ).json()
    check = mine["check"]
    assert (check["cases"], check["same_employer"], check["conflict"]) == (2, 0, False)
    assert mine["asks"] == ["mediation"]


async def test_the_coordinator_sees_the_conflict_of_a_lawyer_before_naming_them(
    mediation: Mediation,
) -> None:
    employer = new_id()
    dispute_id = await mediation.open(employer_id=employer)
    near, free = mediation.lawyers[1], mediation.lawyers[2]
    await tie(mediation, near.id, employer)
    seen = {}
    for one in (near, free):
        path = f"/disputes/{dispute_id}/lawyers/{one.id}/comparison"
        shown = (await mediation.rig.get(path, actor=mediation.dispatcher)).json()
        seen[one.id] = (shown["conflict"], shown["found"], shown["related"])
    assert seen == {near.id: (True, ["tied_to_employer"], 1), free.id: (False, [], 0)}
    for who, path, status in (
        (mediation.lawyers[0], f"/disputes/{dispute_id}/lawyers/{free.id}/comparison", 404),
        (mediation.mediator, f"/disputes/{dispute_id}/lawyers/{free.id}/comparison", 403),
        (mediation.dispatcher, f"/disputes/{dispute_id}/lawyers/{new_id()}/comparison", 404),
    ):
        assert (await mediation.rig.get(path, actor=who)).status_code == status


async def tie(mediation: Mediation, lawyer_id: Any, employer_id: Any) -> None:
    """The lawyer disclosed a relation to the employer."""
    await mediation.rig.context.db.pool.fetch(
        "INSERT INTO lawyer_tie (lawyer_id, employer_id) VALUES ($1, $2)", lawyer_id, employer_id
    )


async def test_offers_come_newest_first_and_only_the_lawyers_own(mediation: Mediation) -> None:
    disputes = [await mediation.open() for _ in range(6)]
    seen = []
    for lawyer in mediation.lawyers:
        own = (await mediation.rig.get("/offers", actor=lawyer)).json()
        times = [one["offered_at"] for one in own]
        assert len(own) == 2
        assert times == sorted(times, reverse=True)
        seen += [one["dispute_id"] for one in own]
    assert sorted(seen) == sorted(map(str, disputes))


async def test_the_team_sees_how_lawyers_were_asked(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    first = await mediation.offer(dispute_id)
    by = mediation.lawyer(first["lawyer_id"])
    await mediation.do(f"/offers/{first['id']}/decline", {"reason": "absence"}, by=by)
    shown = await page(mediation, dispute_id, mediation.supervisor)
    assert [(one["attempt"], one["state"], one["decline_reason"]) for one in shown["offers"]] == [
        (2, "open", None),
        (1, "declined", "absence"),
    ]
    assert "已婉拒 1" in shown["offers"][0]["explanation_zh"]


async def test_rosters_and_rooms(mediation: Mediation) -> None:
    reader = mediation.supervisor
    for kind, people in (("lawyers", mediation.lawyers), ("mediators", mediation.mediators)):
        roster = (await mediation.rig.get(f"/rosters/{kind}", actor=reader)).json()
        assert [one["id"] for one in roster] == sorted(str(one.id) for one in people)
        assert {one["is_available"] for one in roster} == {True}
    assert (await mediation.rig.get("/rosters/cooks", actor=reader)).status_code == 404
    dispute_id = await mediation.to_meeting()
    await schedule(mediation, dispute_id)
    for since, count in ((SOON.date().isoformat(), 1), ("2099-01-01", 0)):
        found = (await mediation.rig.get("/bookings", actor=reader, since=since)).json()
        assert len(found) == count
    (room,) = (await mediation.rig.get("/bookings", actor=reader, since="2026-11-01")).json()
    assert (room["room"], room["dispute_id"]) == ("301", str(dispute_id))
    assert (await mediation.rig.get("/bookings", actor=reader, since="x")).status_code == 422


async def test_every_scheme_is_told_with_its_stages(mediation: Mediation) -> None:
    schemes = (await mediation.rig.get("/schemes", actor=mediation.mediator)).json()
    assert {(one["id"], one["version"], one["reading"]) for one in schemes} == {
        ("cadence", 1, "A"),
        ("zq-default", 1, "B"),
        ("zq-default", 2, "B"),
        ("levels", 1, "C"),
    }
    assert all(one["stages"][-1]["kind"] == "archive" for one in schemes)


async def test_an_unknown_dispute_is_not_found(mediation: Mediation) -> None:
    answer = await mediation.rig.get(f"/disputes/{new_id()}", actor=mediation.supervisor)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
