"""Intake's share of the crash tests: from the call to the call-back, the parts of others, the clock, the desk's papers."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from services.intake.store.course import CALL_BACK
from shared.contracts.mediation import DisputeClosed, LawyerAssigned
from shared.contracts.welfare import ApplicationClosed, ApplicationOpened
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.crash.harness import Scenario, State
from tests.intake.files import material_in, put_in
from tests.intake.forms import AID, CALL, QUESTION, dispute_opened, registered

Prepare = Callable[[Rig], Awaitable[State]]
Act = Callable[[Rig, State], Awaitable[None]]
DISPUTES, AIDS = ("mediation.disputes", 0), ("welfare.applications", 0)
HAPPY = {"result": "reached", "satisfaction": 5}
WRONGED = {**HAPPY, "satisfaction": 1, "handler_at_fault": True, "note": "承办人从未联系"}
MISSED = {"result": "no_answer"}
ANSWERED = {**QUESTION, "handling": "answer", "answer": "membership_how"}
COLLEAGUE = {
    "phone": "13800136299",
    "caller_name": "梁某华",
    "narrative": "同一车间的工友，也被欠三个月工资。",
    "claimant_count": 2,
    "amount_fen": 1_200_000,
}


def operator(state: State, role: Role = Role.OPERATOR, who: str = "operator") -> Actor:
    """The same person in every life."""
    return Actor(UUID(state[who]), frozenset({role}), "zq")


# -- what must exist before ------------------------------------------------------------------------


async def nothing(_rig: Rig) -> State:
    """Ids and keys only."""
    return {
        "operator": str(new_id()),
        "decider": str(new_id()),
        "key": str(new_id()),
        "dispute": str(new_id()),
        "draft": str(new_id()),
    }


def a_case(form: dict[str, Any]) -> Prepare:
    """A call on record."""

    async def prepare(rig: Rig) -> State:
        state = await nothing(rig)
        told = await registered(rig, operator(state), base=form)
        rows = await rig.context.db.pool.fetch("SELECT id FROM party")
        return {**state, "id": told["case_id"], "party": str(rows[0]["id"])}

    return prepare


def then(before: Prepare, *acts: Act) -> Prepare:
    """What exists, and what was done with it under other keys."""

    async def prepare(rig: Rig) -> State:
        state = await before(rig)
        for act in acts:
            await act(rig, {**state, "key": str(new_id())})
        return state

    return prepare


# -- the act ---------------------------------------------------------------------------------------


def command(
    path: str,
    body: Any,
    method: str = "POST",
    role: Role = Role.OPERATOR,
    who: str = "operator",
) -> Act:
    """A command, repeated under the same key."""

    async def act(rig: Rig, state: State) -> None:
        actor = operator(state, role, who)
        answer = await rig.send(method, path.format(**state), body, actor=actor, key=state["key"])
        assert answer.status_code in {200, 201, 204}, answer.text

    return act


def waiting_for(kind: str, before: Prepare) -> Prepare:
    """A case whose clock is set: which of its timers is meant is the same in every life."""

    async def prepare(rig: Rig) -> State:
        state = await before(rig)
        found = await rig.context.db.pool.fetch(
            "SELECT occurrence FROM kernel.timer WHERE kind = $1 AND owner = $2 AND state = 'pending'",
            kind,
            UUID(state["id"]),
        )
        return {**state, "occurrence": found[0]["occurrence"]}

    return prepare


def timer(kind: str) -> Act:
    """The clock strikes, and strikes again for what it did not bring about."""

    async def act(rig: Rig, state: State) -> None:
        await rig.fire(kind, UUID(state["id"]), state["occurrence"])

    return act


def by_clock(name: str, kind: str, before: Prepare, door: str) -> Scenario:
    """One that begins with a timer."""
    return scenario(name, waiting_for(kind, before), timer(kind), f"watch_case.{door}")


async def dispute_taken_up(rig: Rig, state: State) -> None:
    """The broker brings mediation's first fact about the dispute."""
    opened = dispute_opened(UUID(state["id"]))
    await rig.deliver(replace(opened, dispute_id=UUID(state["dispute"])))
    assert await rig.parked() == []


async def lawyer_leads(rig: Rig, state: State) -> None:
    """The broker brings the next one: a lawyer accepted."""
    dispute_id = UUID(state["dispute"])
    rig.offsets[DISPUTES], rig.versions[dispute_id] = 0, 1
    led = LawyerAssigned(
        dispute_id=dispute_id,
        case_id=UUID(state["id"]),
        lawyer_id=UUID(state["decider"]),
        offer_id=None,
    )
    await rig.deliver(led)
    assert await rig.parked() == []


async def dispute_ended(rig: Rig, state: State) -> None:
    """The broker brings the next one."""
    dispute_id = UUID(state["dispute"])
    rig.offsets[DISPUTES], rig.versions[dispute_id] = 0, 1
    ended = DisputeClosed(dispute_id=dispute_id, case_id=UUID(state["id"]), outcome="agreement")
    await rig.deliver(ended)
    assert await rig.parked() == []


async def aid_taken_up(rig: Rig, state: State) -> None:
    """The broker brings welfare's first fact about the application."""
    opened = ApplicationOpened(
        application_id=UUID(state["dispute"]),
        case_id=UUID(state["id"]),
        application_number="ZQ-BF-2026-000001",
        party_id=UUID(state["party"]),
        programme="living",
        year=2026,
        org="zq.441284",
        region="441284",
        origin="call",
    )
    await rig.deliver(opened)
    assert await rig.parked() == []


async def aid_ended(rig: Rig, state: State) -> None:
    """The broker brings the next one."""
    application_id = UUID(state["dispute"])
    rig.offsets[AIDS], rig.versions[application_id] = 0, 1
    ended = ApplicationClosed(
        application_id=application_id, case_id=UUID(state["id"]), outcome="paid", paid_fen=200_000
    )
    await rig.deliver(ended)
    assert await rig.parked() == []


close = command("/cases/{id}/close", {"reason": "membership_how"})
question, dispute, aid = a_case(QUESTION), a_case(CALL), a_case(AID)
handled = then(question, close)
sign = command("/cases/{id}/sign", {}, role=Role.MEDIATOR)
give_back = command(
    "/cases/{id}/return", {"reason": "not_ours", "note": "属高要区。"}, role=Role.MEDIATOR
)
returned = then(question, give_back)
MORE = {"reason": "talks", "note": "双方约定下周再谈。"}
ask_for_time = command("/cases/{id}/extension", MORE, role=Role.MEDIATOR)
asked = then(question, ask_for_time)
SENT, STAYS = {"target": "zq.441204"}, {"note": "属你单位职责。"}
FAILED = {"reason": "wrong", "note": "答复依据已失效。"}
watch = command("/cases/{id}/supervise", STAYS, role=Role.SUPERVISOR, who="decider")
reminded = then(waiting_for("remind", question), timer("remind"))
overdue = then(waiting_for("overdue", reminded), timer("overdue"))
urged = then(waiting_for("urge", overdue), timer("urge"))
erasable = a_case(ANSWERED)
draft = command("/drafts/{draft}", {"state": "draft", "call": {"narrative": "还在说"}}, "PUT")
NOTE = {"visibility": "external", "text": "已联系用人单位。"}
NUMBERS = frozenset(
    {
        "hotline_case.number",
        "kernel.audit.content.after.number",
        "kernel.event.body.case_number",
        "kernel.idempotency.response.case_no",
    }
)
"""Case numbers are set aside in blocks: a process that dies leaves the rest of its block unused."""
AGAIN = {"phone": "13800136207", "narrative": "再次来电，问办理进度。"}
EMPLOYER = {"name": "四会市星火铸造有限公司", "region": "441284", "headcount": 320}
ERASE = {"reason": "本人书面申请"}


def call_back(told: dict[str, Any]) -> Act:
    """The operator calls the worker."""
    return command("/cases/{id}/call-backs", told)


def scenario(name: str, prepare: Prepare, act: Act, *doors: str) -> Scenario:
    """One of intake's."""
    return Scenario("intake", name, prepare, act, doors, may_differ=NUMBERS)


async def told_twice(rig: Rig) -> State:
    """The same question of the same caller, written down twice."""
    state = await question(rig)
    told = await registered(rig, operator(state), base=QUESTION)
    return {**state, "other": told["case_id"]}


async def put_in_file(rig: Rig, state: State) -> None:
    """A file goes into the case, under the same key again."""
    answer = await put_in(rig, state["id"], actor=operator(state), key=state["key"])
    assert answer.status_code == 201, answer.text


async def with_a_file(rig: Rig) -> State:
    """A case with a material."""
    state = await question(rig)
    told = await material_in(rig, state["id"], actor=operator(state))
    return {**state, "material": told["material_id"]}


strike_out = command(
    "/cases/{id}/materials/{material}/withdrawal", {"reason": "other", "note": "传错了。"}
)


async def merge(rig: Rig, state: State) -> None:
    """The first of both ends in favour of the second."""
    await command("/cases/{id}/merge", {"target": state["other"]})(rig, state)


SCENARIOS: list[Scenario] = [
    scenario("register_call", nothing, command("/calls", CALL), "register_call.post_call"),
    scenario("register_known_caller", question, command("/calls", CALL), "register_call.post_call"),
    scenario("answer_call", nothing, command("/calls", ANSWERED), "register_call.post_call"),
    scenario(
        "append_call",
        dispute,
        command("/cases/{id}/calls", AGAIN),
        "append_call.post_further_call",
    ),
    scenario(
        "join_claimant",
        dispute,
        command("/cases/{id}/claimants", COLLEAGUE),
        "join_claimant.post_claimant",
    ),
    scenario("add_note", question, command("/cases/{id}/notes", NOTE), "add_note.post_note"),
    scenario("add_material", question, put_in_file, "add_material.post_material"),
    scenario("withdraw_material", with_a_file, strike_out, "withdraw_material.post_withdrawal"),
    scenario("sign_case", question, sign, "sign_case.post_sign"),
    scenario("return_case", question, give_back, "return_case.post_return"),
    scenario(
        "refuse_return",
        returned,
        command("/cases/{id}/keep", STAYS, role=Role.SUPERVISOR, who="decider"),
        "refuse_return.post_keep",
    ),
    scenario(
        "redispatch_case",
        returned,
        command("/cases/{id}/redispatch", SENT, role=Role.SUPERVISOR, who="decider"),
        "redispatch_case.post_redispatch",
    ),
    scenario("request_extension", question, ask_for_time, "request_extension.post_extension"),
    scenario(
        "grant_extension",
        asked,
        command("/cases/{id}/grant-extension", {}, role=Role.SUPERVISOR, who="decider"),
        "decide_extension.post_grant",
    ),
    scenario(
        "refuse_extension",
        asked,
        command("/cases/{id}/refuse-extension", STAYS, role=Role.SUPERVISOR, who="decider"),
        "decide_extension.post_refusal",
    ),
    scenario(
        "fail_check",
        handled,
        command("/cases/{id}/fail-check", FAILED, role=Role.SUPERVISOR, who="decider"),
        "fail_check.post_failed_check",
    ),
    scenario("supervise_case", question, watch, "supervise_case.post_supervision"),
    scenario(
        "lift_supervision",
        then(question, watch),
        command("/cases/{id}/lift-supervision", STAYS, role=Role.SUPERVISOR, who="decider"),
        "supervise_case.post_lifting",
    ),
    scenario("merge_case", told_twice, merge, "merge_case.post_merge"),
    scenario("part_of_returned", returned, dispute_taken_up, "follow_part.follow_dispute"),
    scenario("close_case", question, close, "close_case.post_close"),
    scenario("call_back_satisfied", handled, call_back(HAPPY), "record_call_back.post_call_back"),
    scenario("call_back_wronged", handled, call_back(WRONGED), "record_call_back.post_call_back"),
    scenario("call_back_missed", handled, call_back(MISSED), "record_call_back.post_call_back"),
    scenario(
        "record_employer",
        nothing,
        command("/employers", EMPLOYER),
        "record_employer.post_employer",
    ),
    scenario(
        "erase_party",
        erasable,
        command("/parties/{party}/erasure", ERASE, role=Role.SUPERVISOR),
        "erase_party.post_erasure",
    ),
    scenario("save_draft", nothing, draft, "save_draft.put_draft"),
    scenario(
        "drop_draft",
        then(nothing, draft),
        command("/drafts/{draft}", {}, "DELETE"),
        "drop_draft.delete_draft",
    ),
    scenario("open_dispute_part", dispute, dispute_taken_up, "follow_part.follow_dispute"),
    scenario(
        "name_lawyer", then(dispute, dispute_taken_up), lawyer_leads, "follow_part.follow_lawyer"
    ),
    scenario("open_aid_part", aid, aid_taken_up, "follow_part.follow_application"),
    scenario(
        "end_last_part", then(dispute, dispute_taken_up), dispute_ended, "follow_part.end_dispute"
    ),
    scenario("end_aid_part", then(aid, aid_taken_up), aid_ended, "follow_part.end_application"),
    by_clock("remind", "remind", question, "remind"),
    by_clock("overdue", "overdue", reminded, "overdue"),
    by_clock("urge", "urge", overdue, "urge"),
    by_clock("circulate", "circulate", urged, "circulate"),
    by_clock("part_missing", "part_expected", dispute, "part_missing"),
    by_clock("sign_missed", "sign", question, "unsigned"),
    by_clock("return_undecided", "return_decision", returned, "undecided"),
    by_clock("extension_undecided", "extension_decision", asked, "extension_undecided"),
    by_clock(
        "extension_lapses",
        "overdue",
        then(waiting_for("remind", asked), timer("remind")),
        "overdue",
    ),
    by_clock("call_back_overdue", CALL_BACK, handled, "call_back_missed"),
]
