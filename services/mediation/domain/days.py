"""Days that people report: what happened cannot lie in the future."""

from datetime import date

from shared.vocabulary.errors import FieldError, Invalid


def past_day(field: str, day: date | None, today: date) -> date:
    """The day something took place, today if not given."""
    if day is not None and day > today:
        raise Invalid(
            FieldError(
                field,
                "in_the_future",
                "日期不能晚于今天，请核对后重填。",
                "The day cannot be in the future. Correct it.",
            )
        )
    return day or today
