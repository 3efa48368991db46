"""What still stands between a dispute and its next step, said so that a person can cure it."""

from dataclasses import dataclass

from shared.vocabulary.errors import Refused


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing not yet done: a stable code, two texts, and the act that cures it (for a link)."""

    code: str
    zh: str
    en: str
    cure: str


class NotReady(Refused):
    """The stage's conditions are not met; `details["missing"]` lists them."""

    code = "stage_not_ready"
    zh = "本阶段还有事项未完成，请逐项办理后再进入下一步。"
    en = "This stage still lacks something. Complete each item listed, then go on."

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(
            missing=[
                {"code": one.code, "zh": one.zh, "en": one.en, "cure": one.cure} for one in missing
            ]
        )
        self.missing = tuple(missing)


def refuse_if(missing: list[Missing]) -> None:
    """Refuse the step when anything is missing."""
    if missing:
        raise NotReady(missing)
