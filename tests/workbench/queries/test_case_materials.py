"""The materials tab: intake's list with names; who may not see it reads why, and another tab goes on while intake is away."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.testing.rig import Rig, ServiceRig
from shared.vocabulary.people import Role
from tests.workbench.people import hire, someone
from tests.workbench.story import Story
from tests.workbench.usecases.test_forward import free_port, serving

CITY = someone(Role.OPERATOR)
WELFARE = someone(Role.WELFARE_OFFICER)
AT = datetime(2026, 11, 24, 6, 32, tzinfo=UTC).isoformat()
WAGES = {"code": "wages", "label": {"zh": "工资条", "en": "Pay slips"}}


def listed(by: str) -> dict[str, Any]:
    """What intake answers."""
    gone = {"by": by, "at": AT, "reason": WAGES, "note": "传错"}
    line = {
        "material_id": str(UUID(int=1)),
        "kind": WAGES,
        "name": "工资条.pdf",
        "format": "pdf",
        "media_type": "application/pdf",
        "size_bytes": 7,
        "sha256": "ab",
        "by": by,
        "at": AT,
        "withdrawn": gone,
        "readable": False,
        "withdrawable": False,
    }
    return {
        "items": [line],
        "expected": [{"kinds": [WAGES], "why": WAGES["label"], "met": False}],
        "kinds": [WAGES],
        "reasons": [WAGES],
        "may_add": True,
        "bytes_max": 10,
        "count_max": 50,
    }


class Intake:
    """Shows its list to the hotline only."""

    def __init__(self) -> None:
        self.status, self.by = 200, ""

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/cases/{case_id}/materials")
        async def materials(http: Request) -> Response:
            return JSONResponse(listed(self.by), self.status)

        return app


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest.fixture
async def bench(service_rig: ServiceRig, intake: Intake) -> AsyncIterator[Rig]:
    port = free_port()
    rig = await service_rig("workbench", intake_url=f"http://127.0.0.1:{port}")
    async with serving(intake.app(), port):
        yield rig


async def case_on(rig: Rig) -> str:
    story = Story()
    await rig.deliver(story.employer(), story.registered())
    return f"/api/workbench/cases/{story.case_id}/materials"


async def test_the_list_names_who_put_it_in_and_struck_it_out(bench: Rig, intake: Intake) -> None:
    intake.by = await hire(bench, "1207", Role.OPERATOR, name="李婉仪")
    told = (await bench.get(await case_on(bench), actor=CITY)).json()
    [line] = told["items"]
    assert (line["name"], line["by"], line["withdrawn"]["by"]) == (
        "工资条.pdf",
        "李婉仪",
        "李婉仪",
    )
    assert (told["may_add"], told["expected"][0]["met"]) == (True, False)


@pytest.mark.parametrize("status", [403, 404])
async def test_who_does_not_work_on_the_case_reads_why(
    bench: Rig, intake: Intake, status: int
) -> None:
    intake.status = status
    answer = await bench.get(await case_on(bench), actor=WELFARE)
    assert (answer.status_code, answer.json()["code"]) == (403, "materials_not_shown")
    assert "材料只对承办人员" in answer.json()["zh"]


async def test_intake_being_away_is_said(workbench: Rig) -> None:
    answer = await workbench.get(await case_on(workbench), actor=CITY)
    assert (answer.status_code, answer.json()["code"]) == (503, "service_away")
