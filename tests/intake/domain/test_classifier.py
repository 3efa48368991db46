"""Calls are read sensibly, with reasons, and doubt is said out loud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.categories import Track
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.classifier import SCORE_MAX, classify, strength
from services.intake.domain.classifier_terms import CATEGORY_TERMS, TRACK_TERMS
from services.intake.domain.urgency import Urgency

CALLS = [
    ("厂里从七月起就没有发工资，问了几次老板都说再等等", "wage_arrears", "dispute"),
    ("包工头欠我们五个人四个月工资，电话也不接", "wage_arrears", "dispute"),
    ("上月被扣了三百块钱，说是迟到罚款，公司能随便罚款吗", "wage_cut", None),
    ("我们每个周末都要加班，从来没有加班费", "overtime_pay", "dispute"),
    ("进厂两年了一直没签劳动合同，能要双倍工资吗", "unsigned_contract", None),
    ("昨天主管突然说不用来了，把我辞退，没有任何理由", "dismissal", "dispute"),
    ("公司要搬到惠州去，不去的就调岗降职", "contract_change", "dispute"),
    ("交了辞职信一个月了还不批离职，离职证明也不开", "resignation", "dispute"),
    ("我在车间被机器压伤手指，老板不肯申报工伤", "work_injury", "dispute"),
    ("怀孕五个月，公司让我自己走人", "maternity", None),
    ("入职八个月单位没买社保，说要自愿放弃", "insurance_unpaid", "dispute"),
    ("请问今年的年休假没休完怎么算", "leave", "consultation"),
    ("想咨询一下养老保险交多少年可以办退休", "pension_policy", "consultation"),
    ("失业金要怎么领取，需要什么材料", "unemployment_policy", "consultation"),
    ("请问仲裁需要去哪里立案，管辖怎么定", "procedure", "consultation"),
    ("请问劳务派遣和外包有什么区别", "agency_work", "consultation"),
    ("我想加入工会，怎么办会员卡", "union_membership", "consultation"),
    ("女儿考上大学了，家里交不起学费，听说有金秋助学", "tuition", "aid"),
    ("我得了癌症，是突发的大病，工会能不能帮帮", "accident_aid", "aid"),
    ("家里困难，想问困难职工怎么申请救助", "living_aid", "aid"),
    ("住院花了两万，职工医疗互助怎么报", "medical_aid", "aid"),
    ("请不起律师，想申请法律援助", "legal_aid", None),
    ("公积金封存了怎么提取公积金", "housing_fund", "referral"),
    ("在别人家做保姆，雇主家欠我钱", "domestic_work", "referral"),
    ("我要投诉工会干部，去办事态度恶劣", "complaint", "referral"),
    ("最近总是睡不着觉，压力很大，想找人说说", "counselling", "consultation"),
]
OFF_TOPIC = [
    "楼下的路灯坏了一个星期没有人来修",
    "今天的天气真不错",
    "我买的手机坏了，商家不肯换",
    "小区停车位被人占了",
    "",
    "喂喂听得到吗",
]


@pytest.mark.parametrize(("text", "category", "track"), CALLS, ids=[c[0][:12] for c in CALLS])
def test_a_call_is_read_as_its_category(text: str, category: str, track: str | None) -> None:
    result = classify(text, CATEGORIES)
    assert result.category.label == category
    if track is not None:
        assert result.track.label == track


@pytest.mark.parametrize("text", OFF_TOPIC)
def test_an_off_topic_call_is_left_to_the_operator(text: str) -> None:
    result = classify(text, CATEGORIES)
    assert result.category.label is None
    assert result.category.uncertain
    assert result.track.label is None


def test_two_equal_readings_are_uncertain_and_both_shown() -> None:
    result = classify("我得了大病，孩子考上大学", CATEGORIES)
    assert result.category.label is None
    assert result.category.best is not None
    shown = {result.category.best.label, *(one.label for one in result.category.runners_up)}
    assert {"accident_aid", "tuition"} <= shown


def test_more_evidence_makes_a_higher_score() -> None:
    little = classify("老板拖欠工资", CATEGORIES).category.best
    much = classify("老板拖欠工资，欠薪三个月，工资一直没发，打了白条", CATEGORIES).category.best
    assert little is not None
    assert much is not None
    assert much.score > little.score


def test_what_is_asked_weighs_more_than_the_background() -> None:
    asked_pay = (
        "去年被公司开除，走的时候手续都办了也没多想，现在过去很久了，就想问问失业保险还能领吗"
    )
    asked_dismissal = (
        "失业保险我已经领了，这个没有问题，就是想来问清楚当时公司把我开除，这样开除对不对"
    )
    assert classify(asked_pay, CATEGORIES).category.label == "unemployment_policy"
    assert classify(asked_dismissal, CATEGORIES).category.label == "dismissal"


def test_a_collective_threat_makes_the_call_urgent_and_danger_makes_it_critical() -> None:
    gathering = classify("三个月没发工资，下周想一起去厂门口讨说法", CATEGORIES).urgency
    suicide = classify("再不给工资我就去跳楼", CATEGORIES).urgency
    assert gathering.label == Urgency.URGENT
    assert suicide.label == Urgency.CRITICAL
    assert gathering.best is not None
    assert gathering.best.spans


def test_a_head_count_of_ten_makes_the_call_urgent() -> None:
    calm = "老板拖欠我们的工资"
    assert classify(calm, CATEGORIES, claimant_count=9).urgency.label == Urgency.NORMAL
    assert classify(calm, CATEGORIES, claimant_count=10).urgency.label == Urgency.URGENT


@given(st.text(alphabet="老板拖欠工资不给社保吗工伤辞退合同补偿,。 a1", max_size=120))
def test_scores_and_spans_are_always_sound(text: str) -> None:
    result = classify(text, CATEGORIES)
    for suggestion in (result.category, result.track, result.urgency):
        guesses = [g for g in (suggestion.best, *suggestion.runners_up) if g is not None]
        assert all(0 <= guess.score <= SCORE_MAX for guess in guesses)
        assert [g.score for g in guesses] == sorted((g.score for g in guesses), reverse=True)
        for guess in guesses:
            assert all(0 <= span.start < span.end <= len(text) for span in guess.spans)
    assert result == classify(text, CATEGORIES)


def test_strength_grows_but_never_reaches_certainty() -> None:
    scores = [strength(weight) for weight in range(60)]
    assert scores == sorted(scores)
    assert scores[0] == 0
    assert scores[-1] < SCORE_MAX


def test_every_label_of_the_words_exists() -> None:
    assert {term.label for term in CATEGORY_TERMS} <= {row.code for row in CATEGORIES.rows}
    assert {term.label for term in TRACK_TERMS} == {track.value for track in Track}


def test_no_word_stands_twice_for_one_category() -> None:
    words = [(term.label, term.word) for term in CATEGORY_TERMS]
    assert sorted(w for w in words if words.count(w) > 1) == []
