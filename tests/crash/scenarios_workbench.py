"""The workbench's share of the crash tests: the read model, and the accounts that decide who may do what."""

from collections.abc import Sequence
from typing import Any

from shared.contracts.base import Event
from shared.testing.rig import Rig
from shared.vocabulary.ids import derived_id, new_id
from shared.vocabulary.people import SYSTEM_ID, Actor, Role
from tests.crash.harness import Scenario, State
from tests.crash.records import arrive, told
from tests.crash.welfare_acts import Act, Prepare
from tests.workbench.story import Story

DESK = "/api/workbench"
STAFF = DESK + "/staff"
ADMIN = Actor(derived_id(SYSTEM_ID, "crash admin"), frozenset({Role.SECURITY_ADMIN}), "zq")
WANG: dict[str, Any] = {
    "staff_no": "1300",
    "name": "王磊",
    "phone": "138 0013 6207",
    "roles": ["mediator", "dispatcher"],
    "org": "zq.441284",
    "seat": "2 号窗口",
}
LI: dict[str, Any] = {
    "name": "李婉",
    "phone": "13900136207",
    "roles": ["dispatcher"],
    "org": "zq.441284",
    "seat": "3",
    "why": "调往四会",
}
SETTINGS: dict[str, Any] = {
    "language": "en",
    "font_size": 18,
    "letter_keys": False,
    "sound": False,
    "after_action": "stay",
}


async def a_story(_rig: Rig) -> Sequence[Event]:
    """One batch over several topics."""
    story = Story()
    return [
        story.registered(),
        story.opened(),
        story.mediator(),
        story.employer(),
        story.asked_for_aid(),
        story.joined(),
    ]


async def nothing(_rig: Rig) -> State:
    return {"key": str(new_id())}


async def an_account(rig: Rig) -> State:
    """Opened, without a password."""
    answer = await rig.post(STAFF, WANG, actor=ADMIN)
    assert answer.status_code == 201, answer.text
    return {"key": str(new_id()), "staff": answer.json()["staff_id"]}


async def a_notice(rig: Rig) -> State:
    """Something to read for the administrator."""
    posted = Story().posted(ADMIN.id, new_id())
    await rig.deliver(posted)
    return {"key": str(new_id()), "read": {"up_to": str(posted.aggregate_id)}}


async def a_story_told(rig: Rig) -> State:
    """A case in the read model."""
    story = Story()
    await rig.deliver(story.registered())
    return {"key": str(new_id()), "case": str(story.case_id)}


def command(path: str, body: dict[str, Any] | str, method: str, if_match: int | None = None) -> Act:
    """A command of the administrator, repeated under the same key; a body may stand in the state."""

    async def act(rig: Rig, state: State) -> None:
        answer = await rig.send(
            method,
            path.format(**state),
            state[body] if isinstance(body, str) else body,
            actor=ADMIN,
            key=state["key"],
            if_match=if_match,
        )
        assert answer.status_code in {200, 201, 204}, answer.text

    return act


STEPS: list[tuple[str, Prepare, Act, str]] = [
    ("project", told(a_story), arrive, "project.project"),
    ("create_staff", nothing, command(STAFF, WANG, "POST"), "create_staff.post_staff"),
    (
        "change_staff",
        an_account,
        command(STAFF + "/{staff}", LI, "PUT", if_match=1),
        "change_staff.put_staff",
    ),
    (
        "keep_settings",
        nothing,
        command(DESK + "/settings", SETTINGS, "PUT"),
        "keep_desk.put_settings",
    ),
    (
        "read_notices",
        a_notice,
        command(DESK + "/notices/read", "read", "POST"),
        "keep_desk.post_read",
    ),
    (
        "put_away",
        a_story_told,
        command(DESK + "/open-work/{case}", {}, "DELETE"),
        "keep_desk.delete_open_work",
    ),
]
SCENARIOS = [
    Scenario("workbench", name, prepare, act, (door,)) for name, prepare, act, door in STEPS
]
