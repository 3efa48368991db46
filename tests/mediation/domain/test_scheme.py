"""Scheme files: the three that ship are valid, and mistakes are named by their place."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.mediation.domain.cadence import NthWorkday, Weekly, cadence
from services.mediation.domain.grade import Grade
from services.mediation.domain.guards import scheme_of
from shared.vocabulary.errors import Invalid
from tests.mediation.domain.builders import DEFAULT, plain_scheme, scheme
from tests.vocabulary.holidays import CALENDAR

Spoil = Callable[[dict[str, Any]], object]


def test_the_default_scheme_has_the_eight_stages_in_order() -> None:
    assert [stage.zh[:3] for stage in DEFAULT.stages] == [
        "受理", "研判一", "一会（", "研判二", "调解", "研判三", "履行跟", "归档",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "reading"),
    [("zq-default.v1", "B"), ("zq-default.v2", "B"), ("cadence.v1", "A"), ("levels.v1", "C")],
)
def test_every_shipped_reading_has_one_meeting_and_three_assessments(
    name: str, reading: str
) -> None:
    loaded = scheme(name)
    assert loaded.reading == reading
    assert loaded.meeting is not None
    assert len(loaded.slots) == 3


def test_the_second_version_of_the_default_adds_the_fee_and_nothing_else() -> None:
    first, second = plain_scheme("zq-default.v1"), plain_scheme("zq-default.v2")
    assert second.pop("lawyer_fee")
    assert second | {"version": 1} == first


@pytest.mark.parametrize(
    ("name", "grade", "tasks"),
    [
        ("zq-default.v2", Grade.G0, ["mediation"]),
        ("zq-default.v2", Grade.G1, ["mediation"]),
        ("zq-default.v2", Grade.G2, ["legal_opinion", "meeting", "mediation"]),
        ("cadence.v1", Grade.G4, ["legal_opinion", "mediation"]),
    ],
)
def test_a_lawyer_is_asked_for_what_the_scheme_asks_of_the_grade(
    name: str, grade: Grade, tasks: list[str]
) -> None:
    assert [one.value for one in scheme(name).lawyer_tasks(grade)] == tasks


def test_by_levels_a_graver_case_climbs_higher() -> None:
    levels = scheme("levels.v1")
    assert levels.after("assessment_town", Grade.G0).id == "meeting"
    assert levels.after("assessment_town", Grade.G1).id == "assessment_county"
    assert levels.after("assessment_county", Grade.G1).id == "meeting"
    assert levels.before("meeting", Grade.G1).id == "assessment_county"  # type: ignore[union-attr]
    assert levels.before("acceptance", Grade.G4) is None


def test_a_scheme_without_closing_assessment_archives_a_failure_at_once() -> None:
    assert scheme("cadence.v1").closing_stage(Grade.G0).id == "archive"
    assert DEFAULT.closing_stage(Grade.G0).id == "assessment_3"


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda s: s.pop("id"), "id"),
        (lambda s: s.update(version="one"), "version"),
        (lambda s: s.update(version=0), "version"),
        (lambda s: s.update(reading="D"), "reading"),
        (lambda s: s.update(colour="red"), "colour"),
        (lambda s: s.update(stages="all"), "stages"),
        (lambda s: s["stages"].pop(0), "stages"),
        (lambda s: s["stages"].pop(4), "stages"),
        (lambda s: s["stages"].append(s["stages"].pop(-2)), "stages"),
        (lambda s: s["stages"].insert(5, s["stages"].pop(2)), "stages"),
        (lambda s: s["stages"][1].update(id="acceptance"), "stages"),
        (lambda s: s["stages"][0].update(kind="party"), "stages[0].kind"),
        (lambda s: s["stages"][0].update(from_grade="G1"), "stages"),
        (lambda s: s["stages"][0]["guards"].append("weather_fine"), "stages[0].guards[3]"),
        (lambda s: s["stages"][1].pop("checklist"), "stages[1].checklist"),
        (lambda s: s["stages"][1]["checklist"][0].pop("zh"), "stages[1].checklist[0].zh"),
        (lambda s: s["stages"][1]["sign_off"].append("friend"), "stages[1].sign_off[1]"),
        (lambda s: s["settings"].update(meeting_from="G9"), "settings.meeting_from"),
        (lambda s: s["ladder"].update(g1=5), "ladder.g1"),
        (lambda s: s["ladder"].update(g2=200), "ladder"),
        (lambda s: s.update(lawyer_fee={"fen": 0, "zh": "", "en": ""}), "lawyer_fee.fen"),
        (lambda s: s.update(lawyer_fee={"zh": "", "en": ""}), "lawyer_fee.fen"),
        (lambda s: s["meeting"].update(rule="SOMETIMES"), "meeting.rule"),
        (lambda s: s["slots"].pop(), "slots"),
        (lambda s: s["slots"][0].update(trigger="nowhere"), "slots"),
        (lambda s: s["slots"][0].update(trigger_type="cadence"), "slots[0].trigger"),
        (lambda s: s["slots"][0].update(trigger_type="level"), "slots[0].trigger"),
    ],
)
def test_a_mistake_is_named_by_its_place(spoil: Spoil, place: str) -> None:
    plain = plain_scheme()
    spoil(plain)
    with pytest.raises(Invalid) as refusal:
        scheme_of(plain)
    assert place in [error.field for error in refusal.value.errors]


@pytest.mark.parametrize(
    "plain", [None, [], "text", {}, {"stages": [None]}, {"stages": [{"id": 3}]}]
)
def test_nonsense_is_refused_not_crashed_on(plain: object) -> None:
    with pytest.raises(Invalid):
        scheme_of(plain)


def test_all_mistakes_are_told_at_once() -> None:
    plain: dict[str, Any] = plain_scheme()
    plain["reading"] = "D"
    plain["ladder"]["g1"] = 5
    with pytest.raises(Invalid) as refusal:
        scheme_of(plain)
    assert {"reading", "ladder.g1"} <= {error.field for error in refusal.value.errors}


@pytest.mark.parametrize(
    ("rule", "after", "next_day"),
    [
        ("WEEKLY(TUE)", date(2026, 3, 2), date(2026, 3, 3)),
        ("WEEKLY(TUE)", date(2026, 3, 3), date(2026, 3, 10)),
        ("WEEKLY(TUE)", date(2026, 2, 12), date(2026, 2, 24)),
        ("NTH_WORKDAY(month,3)", date(2026, 9, 30), date(2026, 10, 10)),
        ("NTH_WORKDAY(month,3)", date(2026, 3, 4), date(2026, 4, 3)),
        ("NTH_WORKDAY(quarter,5)", date(2026, 2, 1), date(2026, 4, 8)),
        ("NTH_WORKDAY(year,1)", date(2025, 6, 1), date(2026, 1, 4)),
    ],
)
def test_rhythms_follow_the_work_calendar(rule: str, after: date, next_day: date) -> None:
    rhythm = cadence(rule)
    assert rhythm is not None
    assert rhythm.next_after(after, CALENDAR) == next_day


def test_rhythms_are_read_or_refused() -> None:
    assert cadence("WEEKLY(SUN)") == Weekly(6)
    assert cadence("NTH_WORKDAY(half_year, 2)") == NthWorkday(6, 2)
    for wrong in ("WEEKLY(ABC)", "NTH_WORKDAY(month,0)", "NTH_WORKDAY(month,16)", "DAILY", ""):
        assert cadence(wrong) is None
