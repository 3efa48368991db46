"""A material opened: harmless to the browser, on record, and only by who works on the case."""

import json
from urllib.parse import quote
from uuid import UUID

import pytest

from shared.contracts.mediation import DisputeOpened, LawyerAssigned
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.files import NAME, PDF, material_in
from tests.intake.forms import (
    AUDITOR,
    COUNTY_OPERATOR,
    LAWYER,
    MEDIATOR,
    OPERATOR,
    SUPERVISOR,
    dispute_opened,
    registered,
)
from tests.intake.usecases.test_add_material import WELFARE

GONE = {"reason": "wrong_case"}
ANOTHER = Actor(new_id(), frozenset({Role.LAWYER}), "zq")


def led_by(opened: DisputeOpened, lawyer: Actor) -> LawyerAssigned:
    """That lawyer leads the dispute."""
    return LawyerAssigned(
        dispute_id=opened.dispute_id, case_id=opened.case_id, lawyer_id=lawyer.id, offer_id=None
    )


async def one_in(intake: Rig, confidential: str = "none") -> str:
    """The address of a material's content."""
    case_id = (await registered(intake, confidential=confidential))["case_id"]
    material_id = (await material_in(intake, case_id))["material_id"]
    return f"/cases/{case_id}/materials/{material_id}/content"


async def test_it_goes_out_as_an_attachment_no_browser_runs(intake: Rig) -> None:
    answer = await intake.get(await one_in(intake), actor=MEDIATOR)
    assert (answer.status_code, answer.content) == (200, PDF)
    told = {name: answer.headers[name] for name in answer.headers}
    assert told["content-type"] == "application/pdf"
    assert told["content-disposition"] == f"attachment; filename*=UTF-8''{quote(NAME, safe='')}"
    assert told["x-content-type-options"] == "nosniff"
    assert told["content-security-policy"].startswith("default-src 'none'")
    assert told["content-security-policy"].endswith("sandbox")
    assert told["cache-control"] == "no-store"


async def test_who_looked_is_on_record_and_the_name_is_not(intake: Rig) -> None:
    await intake.get(await one_in(intake), actor=SUPERVISOR)
    rows = await intake.context.db.pool.fetch(
        "SELECT actor_id, content FROM kernel.audit WHERE action = 'material.read'"
    )
    assert [row["actor_id"] for row in rows] == [SUPERVISOR.id]
    assert json.loads(rows[0]["content"])["after"]["kind"] == "wages"
    trail = await intake.context.db.pool.fetch("SELECT content FROM kernel.audit")
    assert not [row for row in trail if "工资流水" in row["content"]]


async def test_the_lawyer_who_leads_the_dispute_reads_and_the_one_before_no_longer(
    intake: Rig,
) -> None:
    path = await one_in(intake)
    case_id = UUID(path.split("/")[2])
    opened = dispute_opened(case_id)
    await intake.deliver(opened, led_by(opened, LAWYER))
    assert (await intake.get(path, actor=LAWYER)).content == PDF
    told = (await intake.get(f"/cases/{case_id}/materials", actor=LAWYER)).json()
    line = told["items"][0]
    assert (told["may_add"], line["readable"], line["withdrawable"]) == (False, True, False)
    rows = await intake.context.db.pool.fetch(
        "SELECT actor_id FROM kernel.audit WHERE action = 'material.read'"
    )
    assert [row["actor_id"] for row in rows] == [LAWYER.id]
    await intake.deliver(led_by(opened, ANOTHER))
    for asked in (path, f"/cases/{case_id}/materials"):
        assert (await intake.get(asked, actor=LAWYER)).status_code == 404
    assert (await intake.get(path, actor=ANOTHER)).status_code == 200


async def test_a_caller_who_hides_is_not_betrayed_to_the_lawyer(intake: Rig) -> None:
    path = await one_in(intake, confidential="full")
    opened = dispute_opened(UUID(path.split("/")[2]))
    await intake.deliver(opened, led_by(opened, LAWYER))
    assert (await intake.get(path, actor=LAWYER)).status_code == 404


@pytest.mark.parametrize(
    ("actor", "status"),
    [(OPERATOR, 200), (AUDITOR, 200), (WELFARE, 403), (COUNTY_OPERATOR, 404), (LAWYER, 404)],
    ids=["hotline", "auditor", "welfare", "another county", "lawyer"],
)
async def test_only_who_works_on_the_case_reads(intake: Rig, actor: Actor, status: int) -> None:
    answer = await intake.get(await one_in(intake), actor=actor)
    assert answer.status_code == status
    assert (PDF in answer.content) is (status == 200)


async def test_the_file_of_a_caller_who_hides_stays_with_the_hotline(intake: Rig) -> None:
    path = await one_in(intake, confidential="full")
    assert (await intake.get(path, actor=MEDIATOR)).status_code == 403
    assert (await intake.get(path, actor=OPERATOR)).status_code == 200


async def test_what_was_struck_out_is_shown_to_auditors_alone(intake: Rig) -> None:
    path = await one_in(intake)
    await intake.post(path.replace("/content", "/withdrawal"), GONE, actor=OPERATOR)
    answer = await intake.get(path, actor=OPERATOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "material_withdrawn")
    assert (await intake.get(path, actor=AUDITOR)).content == PDF
