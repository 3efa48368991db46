"""The words of the workbench cover the codes that the other services really use."""

import json
import re
from pathlib import Path

import pytest
import yaml

from services.intake import schedule as intake
from services.intake.domain.category_table import CATEGORIES as INTAKE
from services.mediation import schedule as mediation
from services.mediation.domain.lawyers import DeclineReason
from services.notify import schedule as notify
from services.notify.domain.messages import TEMPLATES
from services.notify.domain.templates import Channel
from services.welfare import schedule as welfare
from services.welfare.domain.application_state import State
from services.workbench.domain.categories import CATEGORIES, codes_of, group_of
from services.workbench.domain.fact_labels import FACTS, TIMERS
from services.workbench.domain.labels import (
    APPLICATION_STATES,
    GUARDS,
    NOTICES,
    ROLES,
    STAGES,
    org_name,
)
from services.workbench.domain.story import SHOWN
from services.workbench.domain.story_mediation import DECLINED
from shared.contracts.registry import EVENTS
from shared.vocabulary.people import Role

ACT = re.compile(r'(?:audit|Deeds?)\(\s*"([a-z_]+\.[a-z_]+)"')
"""An act as the use cases write it down: `tx.audit("staff.changed", …)`, `Deed("application.fill", …)`."""
MANY = 50
SCHEME = yaml.safe_load(Path("services/mediation/processes/zq-default.v1.yaml").read_text())


def test_every_category_of_intake_has_its_name_and_group() -> None:
    for row in INTAKE.rows:
        assert (CATEGORIES[row.code].zh, group_of(row.code)) == (row.zh, row.group_zh)
        assert row.code in codes_of(row.group_zh)


def test_every_stage_and_guard_of_the_default_scheme_has_a_name() -> None:
    assert [stage["id"] for stage in SCHEME["stages"]] == list(STAGES)
    assert {guard for stage in SCHEME["stages"] for guard in stage["guards"]} <= set(GUARDS)


def test_every_state_of_an_application_has_a_name() -> None:
    assert {state.value for state in State} <= set(APPLICATION_STATES)


def test_every_in_app_message_has_a_title() -> None:
    in_app = {
        one.id.partition("@")[0] for one in TEMPLATES.values() if one.channel is Channel.IN_APP
    }
    assert in_app <= set(NOTICES)


def test_every_fact_has_a_title() -> None:
    assert set(EVENTS) == set(FACTS)


def test_every_kind_of_timer_has_a_title() -> None:
    services = {"intake": intake, "mediation": mediation, "notify": notify, "welfare": welfare}
    kinds = {f"{name}.{kind}" for name, one in services.items() for kind in one.TIMERS}
    assert kinds == set(TIMERS)


def test_every_reason_of_a_lawyer_to_decline_has_its_words() -> None:
    assert {one.value for one in DeclineReason} == set(DECLINED)


def test_every_act_in_the_audit_has_its_words() -> None:
    words = json.loads(Path("services/workbench/web/src/i18n/zh-CN/audit.json").read_text())
    sources = (path.read_text() for path in Path("services").glob("*/[usd]*/*.py"))
    acts = {act for source in sources for act in ACT.findall(source)}
    assert len(acts) > MANY
    assert {act for act in acts if f"action_{act.replace('.', '_')}" not in words} == set()


def test_every_role_has_a_name() -> None:
    assert {role.value for role in Role} == set(ROLES)


def test_only_snapshots_and_messages_have_no_line_of_their_own() -> None:
    about_cases = {
        name
        for name, event in EVENTS.items()
        if hasattr(event, "__struct_fields__") and "case_id" in event.__struct_fields__
    }
    silent = {name for name in about_cases - set(SHOWN) if not name.startswith("notify.")}
    assert silent == {"mediation.dispute_progressed"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("zq", "肇庆市总工会"),
        ("zq.441284", "四会市总工会"),
        ("zq.441284.999", "四会市总工会"),
        ("elsewhere", "elsewhere"),
        (None, "—"),
    ],
)
def test_a_place_is_named_by_the_nearest_union_known(path: str | None, name: str) -> None:
    assert org_name(path) == name
