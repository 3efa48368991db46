"""Reading a scheme file: every mistake is collected and named by its place, `stages[2].guards[0]`.

The text is parsed elsewhere (YAML is not of the standard library); here comes a plain dict.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from services.mediation.domain.cadence import cadence
from services.mediation.domain.grade import COLLECTIVE_FROM_PEOPLE, Grade, Ladder
from services.mediation.domain.scheme import (
    ChecklistItem,
    LawyerFee,
    MeetingSeries,
    Scheme,
    Settings,
    Slot,
    Stage,
    StageKind,
    TriggerType,
)
from shared.vocabulary.errors import FieldError, Invalid
from shared.vocabulary.people import Role
from shared.vocabulary.regions import Level

SLOTS_PER_SCHEME = 3
STAGES_MAX = 20
CHECKLIST_ITEMS_MAX = 40
READINGS = ("A", "B", "C")

E = TypeVar("E", bound=StrEnum)
_MISSING: Any = object()


class _Table:
    """A mapping being read: takes each key once, notes what is missing, wrong or left over."""

    def __init__(self, plain: object, place: str, errors: list[FieldError]) -> None:
        self.place, self.errors = place, errors
        if not isinstance(plain, Mapping):
            self.error("", "应为键值表。", "A mapping is expected here.")
            plain = {}
        self.left = dict(plain)

    def error(self, key: str, zh: str, en: str) -> None:
        place = ".".join(part for part in (self.place, key) if part) or "scheme"
        self.errors.append(FieldError(place, "bad_scheme", zh, en))

    def take(self, key: str, kind: type[Any], default: Any = _MISSING) -> Any:
        value = self.left.pop(key, default)
        if value is _MISSING:
            self.error(key, "缺少这一项。", "This entry is missing.")
            return kind()
        if value is default:
            return value
        if type(value) is not kind:
            self.error(key, f"类型应为 {kind.__name__}。", f"The type must be {kind.__name__}.")
            return kind()
        return value

    def choice(self, key: str, options: type[E], default: Any = _MISSING) -> Any:
        value = self.left.pop(key, default)
        if value is default and default is not _MISSING:
            return default
        return self._member(key, options, value)

    def choices(self, key: str, options: type[E]) -> tuple[E, ...]:
        values = self.take(key, list, [])
        return tuple(self._member(f"{key}[{n}]", options, one) for n, one in enumerate(values))

    def _member(self, key: str, options: type[E], value: object) -> E:
        members = list(options)
        if value not in [one.value for one in members]:
            listed = ", ".join(one.value for one in members)
            self.error(key, f"只能是：{listed}。", f"Must be one of: {listed}.")
            return members[0]
        return options(str(value))

    def tables(self, key: str, limit: int) -> list["_Table"]:
        rows = self.take(key, list, [])
        if len(rows) > limit:
            self.error(key, f"最多 {limit} 项。", f"At most {limit} entries.")
        place = ".".join(part for part in (self.place, key) if part)
        return [_Table(row, f"{place}[{n}]", self.errors) for n, row in enumerate(rows[:limit])]

    def table(self, key: str) -> "_Table":
        place = ".".join(part for part in (self.place, key) if part)
        return _Table(self.left.pop(key, {}), place, self.errors)

    def close(self) -> None:
        for key in self.left:
            self.error(str(key), "不认识这一项，请检查拼写。", "Unknown entry. Check the spelling.")


def parse_scheme(plain: object, known_guards: Collection[str]) -> Scheme:
    """The scheme a file describes; `Invalid` lists every mistake with its place."""
    errors: list[FieldError] = []
    top = _Table(plain, "", errors)
    scheme = Scheme(
        id=top.take("id", str),
        version=top.take("version", int),
        reading=top.take("reading", str),
        zh=top.take("zh", str),
        en=top.take("en", str),
        stages=tuple(_stage(row, known_guards) for row in top.tables("stages", STAGES_MAX)),
        slots=tuple(_slot(row) for row in top.tables("slots", SLOTS_PER_SCHEME)),
        meeting=_meeting(top.table("meeting")) if "meeting" in top.left else None,
        settings=_settings(top.table("settings")),
        ladder=_ladder(top.table("ladder")),
        lawyer_fee=_lawyer_fee(top.table("lawyer_fee")) if "lawyer_fee" in top.left else None,
    )
    top.close()
    _check_whole(scheme, top)
    if errors:
        raise Invalid(*errors)
    return scheme


def _stage(row: _Table, known_guards: Collection[str]) -> Stage:
    stage = Stage(
        id=row.take("id", str),
        kind=row.choice("kind", StageKind),
        zh=row.take("zh", str),
        en=row.take("en", str),
        guards=tuple(row.take("guards", list, [])),
        checklist=tuple(_item(one) for one in row.tables("checklist", CHECKLIST_ITEMS_MAX)),
        sign_off=row.choices("sign_off", Role),
        from_grade=row.choice("from_grade", Grade, Grade.G0),
        level=row.choice("level", Level, None),
    )
    for n, guard in enumerate(stage.guards):
        if guard not in known_guards:
            row.error(f"guards[{n}]", "没有这个条件。", f"There is no guard named {guard}.")
    if (stage.kind is StageKind.ASSESSMENT) != bool(stage.checklist):
        row.error(
            "checklist",
            "研判阶段须有清单，其他阶段不能有。",
            "Assessments, and only they, have one.",
        )
    if len({item.id for item in stage.checklist}) != len(stage.checklist):
        row.error("checklist", "清单项编号重复。", "Two items share an id.")
    row.close()
    return stage


def _item(row: _Table) -> ChecklistItem:
    item = ChecklistItem(
        id=row.take("id", str),
        zh=row.take("zh", str),
        en=row.take("en", str),
        from_grade=row.choice("from_grade", Grade, Grade.G0),
    )
    row.close()
    return item


def _slot(row: _Table) -> Slot:
    slot = Slot(
        number=row.take("number", int),
        zh=row.take("zh", str),
        en=row.take("en", str),
        trigger_type=row.choice("trigger_type", TriggerType),
        trigger=row.take("trigger", str),
        level=row.choice("level", Level),
        covers=row.take("covers", str, ""),
        output=row.take("output", str, ""),
    )
    if slot.trigger_type is TriggerType.CADENCE and cadence(slot.trigger) is None:
        _bad_rhythm(row, "trigger")
    if slot.trigger_type is TriggerType.LEVEL and slot.trigger not in list(Level):
        row.error("trigger", "只能是 town、county 或 city。", "Must be town, county or city.")
    row.close()
    return slot


def _meeting(row: _Table) -> MeetingSeries:
    meeting = MeetingSeries(
        zh=row.take("zh", str),
        en=row.take("en", str),
        rule=row.take("rule", str),
        level=row.choice("level", Level),
        minutes_required=row.take("minutes_required", bool, True),
        followup_every_workdays=row.take("followup_every_workdays", int, 5),
    )
    if cadence(meeting.rule) is None:
        _bad_rhythm(row, "rule")
    row.close()
    return meeting


def _lawyer_fee(row: _Table) -> LawyerFee:
    fee = LawyerFee(fen=row.take("fen", int), zh=row.take("zh", str), en=row.take("en", str))
    if fee.fen <= 0:
        row.error("fen", "补贴应大于 0 分；不发补贴请删去这一项。", "Positive fen, or no entry.")
    row.close()
    return fee


def _settings(row: _Table) -> Settings:
    usual = Settings()
    settings = Settings(
        meeting_from=row.choice("meeting_from", Grade, usual.meeting_from),
        two_mediators_from=row.choice("two_mediators_from", Grade, usual.two_mediators_from),
        lawyer_from=row.choice("lawyer_from", Grade, usual.lawyer_from),
        legal_opinion_from=row.choice("legal_opinion_from", Grade, usual.legal_opinion_from),
        extension_days_max=row.take("extension_days_max", int, usual.extension_days_max),
    )
    row.close()
    return settings


def _ladder(row: _Table) -> Ladder:
    usual = Ladder()
    ladder = Ladder(
        g1=row.take("g1", int, usual.g1),
        g2=row.take("g2", int, usual.g2),
        g3=row.take("g3", int, usual.g3),
        g4=row.take("g4", int, usual.g4),
        sensitive_g4=row.take("sensitive_g4", int, usual.sensitive_g4),
    )
    if ladder.g1 != COLLECTIVE_FROM_PEOPLE:
        row.error("g1", "10人由法律规定，不能改。", "Ten is fixed by law (调解仲裁法 7).")
    if not ladder.g1 < ladder.g2 < ladder.g3 < ladder.g4:
        row.error("", "人数应逐级增加。", "Head-counts must rise from grade to grade.")
    row.close()
    return ladder


def _check_whole(scheme: Scheme, top: _Table) -> None:
    kinds = [stage.kind for stage in scheme.stages]
    ids = [stage.id for stage in scheme.stages]
    single = (StageKind.ACCEPTANCE, StageKind.MEDIATION, StageKind.PERFORMANCE, StageKind.ARCHIVE)
    opened = [one.trigger for one in scheme.slots if one.trigger_type is TriggerType.STAGE]
    checks = (
        (scheme.reading in READINGS, "reading", "只能是 A、B 或 C。", "Must be A, B or C."),
        (scheme.version >= 1, "version", "版本号从 1 开始。", "Versions begin at 1."),
        (len(set(ids)) == len(ids), "stages", "阶段编号重复。", "Two stages share an id."),
        (
            kinds[:1] == [StageKind.ACCEPTANCE] and kinds[-1:] == [StageKind.ARCHIVE],
            "stages",
            "须以受理开始、以归档结束。",
            "Must begin with acceptance and end with archive.",
        ),
        (
            all(kinds.count(kind) == 1 for kind in single),
            "stages",
            "受理、调解、履行跟踪、归档须各有一个。",
            "Exactly one acceptance, mediation, performance and archive is needed.",
        ),
        (
            sorted(slot.number for slot in scheme.slots) == list(range(1, SLOTS_PER_SCHEME + 1)),
            "slots",
            "须有编号 1、2、3 的三次研判。",
            "Three slots numbered 1, 2, 3 are needed.",
        ),
        (
            set(opened) <= set(ids),
            "slots",
            "触发研判的阶段不存在。",
            "A slot names a stage that does not exist.",
        ),
    )
    for holds, key, zh, en in checks:
        if not holds:
            top.error(key, zh, en)
    _check_order(scheme, kinds, top)


def _check_order(scheme: Scheme, kinds: list[StageKind], top: _Table) -> None:
    """Conferences come before mediation; behind it at most one assessment, then performance, archive."""
    if StageKind.MEDIATION not in kinds:
        return
    tail = kinds[kinds.index(StageKind.MEDIATION) + 1 :]
    if tail[:1] == [StageKind.ASSESSMENT]:
        tail = tail[1:]
    if tail != [StageKind.PERFORMANCE, StageKind.ARCHIVE]:
        top.error(
            "stages",
            "调解之后依次为（结案研判）、履行跟踪、归档。",
            "After mediation come an optional assessment, performance and archive.",
        )
    if any(
        stage.from_grade > Grade.G0 and stage.kind is not StageKind.ASSESSMENT
        for stage in scheme.stages
    ):
        top.error(
            "stages", "只有研判阶段可按等级跳过。", "Only assessments may depend on the grade."
        )


def _bad_rhythm(row: _Table, key: str) -> None:
    row.error(
        key,
        "看不懂这个周期，请写成 WEEKLY(TUE) 或 NTH_WORKDAY(month,3)。",
        "Unknown rhythm. Write WEEKLY(TUE) or NTH_WORKDAY(month,3).",
    )
