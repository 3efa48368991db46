"""An assessment scheme (一会三研判): the stages of a case, the meeting series and the three slots, as data.

No published text defines the phrase, so the reading is chosen by a file under `processes/`: by stage of the
case (B, the default), by rhythm (A) or by level of the union (C). A dispute is pinned to the version it
started with. Reading the file is `scheme_file.py`; what the kinds of stage allow is `stages.py`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from services.mediation.domain.grade import Grade, Ladder
from shared.vocabulary.people import Role
from shared.vocabulary.regions import Level


class StageKind(StrEnum):
    """What happens in a stage; acts are allowed or refused by kind."""

    ACCEPTANCE = "acceptance"
    ASSESSMENT = "assessment"
    CONFERENCE = "conference"
    MEDIATION = "mediation"
    PERFORMANCE = "performance"
    ARCHIVE = "archive"


class TriggerType(StrEnum):
    """What opens a slot: a rhythm, a stage of the case, or a level of the union."""

    CADENCE = "cadence"
    STAGE = "stage"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One question of an assessment; below `from_grade` it may stay open."""

    id: str
    zh: str
    en: str
    from_grade: Grade = Grade.G0


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a case: who must sign it off, and the guards of the way out."""

    id: str
    kind: StageKind
    zh: str
    en: str
    guards: tuple[str, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    sign_off: tuple[Role, ...] = ()
    from_grade: Grade = Grade.G0
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class MeetingSeries:
    """The periodic meeting that freezes a snapshot of the ledger and tracks its decisions."""

    zh: str
    en: str
    rule: str
    level: Level
    minutes_required: bool = True
    followup_every_workdays: int = 5


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the three assessments. `trigger` is a rhythm, a stage id or a level, as its type says."""

    number: int
    zh: str
    en: str
    trigger_type: TriggerType
    trigger: str
    level: Level
    covers: str = ""
    output: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """From which grade on something is required, and caps; all local practice."""

    meeting_from: Grade = Grade.G2
    two_mediators_from: Grade = Grade.G2
    lawyer_from: Grade = Grade.G0
    legal_opinion_from: Grade = Grade.G2
    extension_days_max: int = 30


@dataclass(frozen=True, slots=True)
class LawyerFee:
    """What the federation pays a lawyer for one dispute, in fen; no law sets it, so the text says whose figure it is."""

    fen: int
    zh: str
    en: str


class LawyerTask(StrEnum):
    """What a lawyer who accepts is asked to do."""

    OPINION = "legal_opinion"
    MEETING = "meeting"
    MEDIATION = "mediation"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A validated scheme; make one with `scheme_file.parse_scheme`."""

    id: str
    version: int
    reading: str
    zh: str
    en: str
    stages: tuple[Stage, ...]
    slots: tuple[Slot, ...]
    meeting: MeetingSeries | None = None
    settings: Settings = field(default_factory=Settings)
    ladder: Ladder = field(default_factory=Ladder)
    lawyer_fee: LawyerFee | None = None

    @property
    def first(self) -> Stage:
        """Where every dispute begins."""
        return self.stages[0]

    @property
    def archive(self) -> Stage:
        """Where every dispute ends."""
        return self.stages[-1]

    def has(self, stage_id: str) -> bool:
        """Whether the scheme has a stage of this id."""
        return any(stage.id == stage_id for stage in self.stages)

    def stage(self, stage_id: str) -> Stage:
        """The stage of an id; asking for an unknown one is a programming error."""
        return self.stages[self._place(stage_id)]

    def assessment_number(self, stage_id: str) -> int:
        """Which of the assessments a stage is, from 1; 0 for a stage that is none."""
        own = [one.id for one in self.stages if one.kind is StageKind.ASSESSMENT]
        return own.index(stage_id) + 1 if stage_id in own else 0

    def after(self, stage_id: str, grade: Grade) -> Stage:
        """The next stage that applies to a grade."""
        later = self.stages[self._place(stage_id) + 1 :]
        return next(stage for stage in later if stage.from_grade <= grade)

    def before(self, stage_id: str, grade: Grade) -> Stage | None:
        """The stage before that applies to a grade; None before the first."""
        earlier = self.stages[: self._place(stage_id)]
        return next((one for one in reversed(earlier) if one.from_grade <= grade), None)

    def closing_stage(self, grade: Grade) -> Stage:
        """Where a mediation that ended goes: the closing assessment if there is one, else the archive."""
        mediation = next(one for one in self.stages if one.kind is StageKind.MEDIATION)
        following = self.after(mediation.id, grade)
        return following if following.kind is StageKind.ASSESSMENT else self.archive

    def lawyer_tasks(self, grade: Grade) -> tuple[LawyerTask, ...]:
        """What this scheme asks of the lawyer of a dispute of that grade, in the order of its stages."""
        on_the_way = [stage for stage in self.stages if stage.from_grade <= grade]
        kinds = {stage.kind for stage in on_the_way}
        guards = {guard for stage in on_the_way for guard in stage.guards}
        asked = (
            (
                LawyerTask.OPINION,
                "legal_opinion" in guards and grade >= self.settings.legal_opinion_from,
            ),
            (
                LawyerTask.MEETING,
                StageKind.CONFERENCE in kinds and grade >= self.settings.meeting_from,
            ),
            (LawyerTask.MEDIATION, StageKind.MEDIATION in kinds),
        )
        return tuple(task for task, applies in asked if applies)

    def _place(self, stage_id: str) -> int:
        return next(n for n, stage in enumerate(self.stages) if stage.id == stage_id)
