"""How fast a call must be acted on: words of danger (rule 48), many people, long arrears.

Self-harm, violence and blocked roads are critical (a possible G4: phone at once); a threatened collective
stop or gathering is urgent. A word that the caller denies (“没有想自杀”, “不会堵路”) does not count.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from services.intake.domain.reading import arrears_months, head_count

GROUP_MIN = 10
"""Workers with a common claim from which a dispute is collective (调解仲裁法 7)."""
ARREARS_URGENT_MONTHS = 3
DENIAL_CHARS = 6
_DENIAL = re.compile(r"(没有?|不会|不想|并未|未|别|不要|劝其不|劝.{0,2}不)[^，。；！？]{0,2}$")


class Urgency(StrEnum):
    """一般, 紧急, 特急."""

    NORMAL = "normal"
    URGENT = "urgent"
    CRITICAL = "critical"


URGENCY_NAMES = {
    Urgency.NORMAL: ("一般", "Normal"),
    Urgency.URGENT: ("紧急", "Urgent"),
    Urgency.CRITICAL: ("特急", "Critical"),
}


class Danger(StrEnum):
    """What may happen if nobody acts."""

    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    BLOCKED_ROAD = "blocked_road"
    COLLECTIVE_STOP = "collective_stop"


@dataclass(frozen=True, slots=True)
class DangerWord:
    """A word of danger in the text, at `text[start:end]`."""

    danger: Danger
    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class UrgencyReading:
    """How urgent the text is, with what certainty (0 to 100) and because of which stretches of it."""

    urgency: Urgency
    score: int
    spans: tuple[tuple[int, int, str], ...]


_WORDS = {
    Danger.SELF_HARM: (
        "自杀|轻生|跳楼|跳桥|跳江|割腕|喝农药|喝药自|烧炭|不想活|活不下去|死给|以死|寻短见|从楼上跳|爬塔吊|上塔吊"
    ),
    Danger.VIOLENCE: "砍人|砍死|杀了他|杀人|同归于尽|捅死|捅人|拼命|放火|汽油|炸药|打死他|绑架|拿刀|被打伤|殴打",
    Danger.BLOCKED_ROAD: "堵路|拦路|堵门|堵厂门|堵大门|堵高速|堵国道|拦车|围堵|封路",
    Danger.COLLECTIVE_STOP: (
        "罢工|集体停工|一起停工|集体上访|去上访|拉横幅|集体讨薪|聚集|静坐|游行|"
        "一起去[^，。；！？]{0,8}(?:讨说法|要说法|闹)|讨说法|围住老板|围了老板"
    ),
}
_PATTERNS = {danger: re.compile(words) for danger, words in _WORDS.items()}
CRITICAL_DANGERS = frozenset({Danger.SELF_HARM, Danger.VIOLENCE, Danger.BLOCKED_ROAD})

SCORE_CRITICAL = 92
SCORE_URGENT_WORD = 78
SCORE_URGENT_FACT = 70
SCORE_NORMAL = 80


def danger_words(text: str) -> tuple[DangerWord, ...]:
    """Every word of danger that the caller does not deny, in the order of the text (rule 48)."""
    found = [
        DangerWord(danger, hit.start(), hit.end(), hit.group())
        for danger, pattern in _PATTERNS.items()
        for hit in pattern.finditer(text)
        if not _DENIAL.search(text[max(0, hit.start() - DENIAL_CHARS) : hit.start()])
    ]
    return tuple(sorted(found, key=lambda word: word.start))


def read_urgency(text: str, *, claimant_count: int = 1) -> UrgencyReading:
    """The urgency the text itself shows."""
    words = danger_words(text)
    spans = tuple((word.start, word.end, word.word) for word in words)
    if any(word.danger in CRITICAL_DANGERS for word in words):
        return UrgencyReading(Urgency.CRITICAL, SCORE_CRITICAL, spans)
    if words:
        return UrgencyReading(Urgency.URGENT, SCORE_URGENT_WORD, spans)
    people, months = head_count(text), arrears_months(text)
    facts = []
    if people is not None and people.value >= GROUP_MIN:
        facts.append((people.start, people.end, people.word))
    if months is not None and months.value >= ARREARS_URGENT_MONTHS:
        facts.append((months.start, months.end, months.word))
    if facts or claimant_count >= GROUP_MIN:
        return UrgencyReading(Urgency.URGENT, SCORE_URGENT_FACT, tuple(facts))
    return UrgencyReading(Urgency.NORMAL, SCORE_NORMAL, ())
