"""Numbers in words, words of danger, and the flags of rules 7 to 15 and 48."""

import pytest

from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.reading import arrears_months, head_count, number_of
from services.intake.domain.triage import (
    NOT_LABOUR,
    CallFacts,
    Flag,
    Proceeding,
    is_collective,
    triage,
)
from services.intake.domain.urgency import Danger, Urgency, danger_words


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("14", 14),
        ("十", 10),
        ("十四", 14),
        ("二十", 20),
        ("三十五", 35),
        ("一百二十", 120),
        ("两", 2),
    ],
)
def test_a_number_in_words_is_read(word: str, value: int) -> None:
    assert number_of(word) == value


@pytest.mark.parametrize(
    ("text", "people", "months"),
    [
        ("三个月没发工资，一起没拿到的有 14个工友", 14, 3),
        ("老板欠我们三十个人四个月工资", 30, 4),
        ("工资两个月没发了", None, 2),
        ("人均六千八百元，每人一份", None, None),
        ("有十几个人", 10, None),
    ],
)
def test_counts_are_read_from_what_is_told(
    text: str, people: int | None, months: int | None
) -> None:
    counted, owed = head_count(text), arrears_months(text)
    assert (counted.value if counted else None) == people
    assert (owed.value if owed else None) == months


@pytest.mark.parametrize(
    ("text", "dangers"),
    [
        ("再不给钱我就跳楼", [Danger.SELF_HARM]),
        ("大家商量明天堵路", [Danger.BLOCKED_ROAD]),
        ("他说要同归于尽，还要罢工", [Danger.VIOLENCE, Danger.COLLECTIVE_STOP]),
        ("我没有想自杀", []),
        ("我们不会堵路的", []),
        ("公司停工三天", []),
    ],
)
def test_words_of_danger_count_unless_denied(text: str, dangers: list[Danger]) -> None:
    assert [word.danger for word in danger_words(text)] == dangers


def test_a_span_points_at_its_word() -> None:
    text = "工友们打算去拉横幅"
    word = danger_words(text)[0]
    assert text[word.start : word.end] == word.word == "拉横幅"


def flags(**facts: object) -> set[Flag]:
    defaults: dict[str, object] = {"text": "来电", "category": "wage_arrears"}
    return {f.flag for f in triage(CallFacts(**{**defaults, **facts})).findings}  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "collective"), [(1, False), (9, False), (10, True), (30, True)])
def test_ten_workers_make_a_collective_dispute(count: int, collective: bool) -> None:
    assert is_collective(count) is collective
    assert (Flag.COLLECTIVE in flags(claimant_count=count)) is collective


@pytest.mark.parametrize(
    ("consecutive", "cumulative", "red"),
    [
        (None, None, False),
        (1, 1, False),
        (2, None, True),
        (1, 2, False),
        (1, 3, True),
        (0, 3, True),
    ],
)
def test_two_running_or_three_months_in_all_raise_the_red_flag(
    consecutive: int | None, cumulative: int | None, red: bool
) -> None:
    found = flags(arrears_consecutive=consecutive, arrears_cumulative=cumulative)
    assert (Flag.ARREARS_RED in found) is red


@pytest.mark.parametrize(
    ("count", "months", "owed_fen", "clue"),
    [
        (1, 3, 500_000, True),
        (1, 2, 500_000, False),
        (1, 3, 499_999, False),
        (10, 1, 3_000_000, True),
        (10, 1, 2_999_999, False),
        (9, 3, 9_000_000, False),
    ],
)
def test_the_crime_clue_needs_the_statutory_minimum(
    count: int, months: int, owed_fen: int, clue: bool
) -> None:
    found = flags(claimant_count=count, arrears_consecutive=months, owed_fen=owed_fen)
    assert (Flag.CRIME_CLUE in found) is clue


@pytest.mark.parametrize(
    ("laid_off", "headcount", "notice"),
    [(20, 1_000, True), (19, 1_000, False), (19, 190, True), (19, 191, False), (0, 5, False)],
)
def test_a_layoff_of_twenty_or_a_tenth_needs_notice(
    laid_off: int, headcount: int, notice: bool
) -> None:
    found = flags(category="layoff", laid_off=laid_off, headcount=headcount)
    assert (Flag.LAYOFF_NOTICE in found) is notice


@pytest.mark.parametrize(
    ("proceeding", "delegated", "barred"),
    [
        (Proceeding.ARBITRATION, False, True),
        (Proceeding.LAWSUIT, True, False),
        (Proceeding.PETITION, False, False),
        (None, False, False),
    ],
)
def test_a_case_before_a_court_is_not_mediated_unless_delegated(
    proceeding: Proceeding | None, delegated: bool, barred: bool
) -> None:
    found = flags(proceeding=proceeding, delegated=delegated)
    assert (Flag.OTHER_PROCEEDING in found) is barred


@pytest.mark.parametrize("category", sorted(NOT_LABOUR))
def test_what_is_no_labour_dispute_is_flagged_and_exists(category: str) -> None:
    assert CATEGORIES.get(category) is not None
    assert Flag.NOT_LABOUR in flags(category=category)


def test_danger_is_first_critical_and_asks_for_a_call() -> None:
    result = triage(CallFacts(text="他爬上塔吊要跳楼", category="wage_arrears", claimant_count=12))
    assert result.findings[0].flag is Flag.DANGER
    assert result.urgency is Urgency.CRITICAL
    assert result.phone_task
    assert result.collective


def test_a_gathering_is_urgent_without_a_call() -> None:
    result = triage(CallFacts(text="明天集体上访", category="wage_arrears"))
    assert result.urgency is Urgency.URGENT
    assert not result.phone_task


def test_a_worker_past_the_retirement_age_raises_no_flag() -> None:
    assert flags(text="我六十三岁了还在上班，被辞退", category="dismissal") == set()
