"""What the form chooses from."""

from shared.testing.rig import Rig
from tests.intake.forms import LAWYER, OPERATOR


async def test_the_catalogue_has_pinyin_places_and_answers(intake: Rig) -> None:
    answer = await intake.get("/catalogue", actor=OPERATOR)
    told = answer.json()
    arrears = next(one for one in told["categories"] if one["code"] == "wage_arrears")
    assert (arrears["initials"], arrears["pinyin"]) == ("ldbc tqgz", "laodongbaochou tuoqiangongzi")
    assert arrears["path"]["zh"] == "劳动报酬 / 拖欠工资"
    assert len(told["regions"]) == 1 + 9 + 104
    assert {one["kind"] for one in told["phrases"]} == {"phrase", "answer"}
    assert {one["code"] for one in told["programmes"]} >= {"living", "tuition"}
    assert [one["code"] for one in told["handlings"]] == [
        "answer",
        "dispatch",
        "escalate",
        "forward",
    ]


async def test_an_unchanged_catalogue_is_not_sent_again(intake: Rig) -> None:
    first = await intake.get("/catalogue", actor=OPERATOR)
    headers = {**intake.headers(OPERATOR), "If-None-Match": first.headers["ETag"]}
    again = await intake.http.get("/catalogue", headers=headers)
    assert (again.status_code, again.content) == (304, b"")


async def test_who_is_no_staff_gets_no_catalogue(intake: Rig) -> None:
    assert (await intake.get("/catalogue", actor=LAWYER)).status_code == 403
