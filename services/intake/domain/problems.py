"""Every mistake in a form is told at once, each at its field, before anything is stored."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from shared.vocabulary.errors import FieldError, Invalid

Value = TypeVar("Value")


@dataclass(slots=True)
class Problems:
    """The mistakes found so far."""

    found: list[FieldError] = field(default_factory=list)

    def add(self, where: str, code: str, zh: str, en: str) -> None:
        """One more mistake: the field, a stable code, and what to do about it."""
        self.found.append(FieldError(where, code, zh, en))

    def take(self, where: str, check: Callable[[], Value]) -> Value | None:
        """The checked value, or None when the check objects; what it says belongs to the field `where`."""
        try:
            return check()
        except Invalid as invalid:
            self.found += [replace(error, field=where) for error in invalid.errors]
            return None

    def required(self, where: str, value: str, what: tuple[str, str]) -> None:
        """The field must not be empty."""
        if not value:
            zh, en = what
            self.add(where, f"{where}_missing", f"请填写{zh}。", f"Fill in {en}.")

    def length(self, where: str, value: str, characters_max: int, what: tuple[str, str]) -> None:
        """The field must not be longer than the limit."""
        if len(value) > characters_max:
            zh, en = what
            self.add(
                where,
                f"{where}_too_long",
                f"{zh}最多 {characters_max} 字，现有 {len(value)} 字，请精简。",
                f"At most {characters_max} characters for {en}; there are {len(value)}. Shorten it.",
            )

    def number(
        self, where: str, value: int, limits: tuple[int, int], what: tuple[str, str]
    ) -> None:
        """The number must lie within the limits."""
        low, high = limits
        if not low <= value <= high:
            zh, en = what
            self.add(
                where,
                f"{where}_out_of_range",
                f"{zh}应在 {low} 至 {high} 之间，请核对后重填。",
                f"Correct {en}: it lies between {low} and {high}.",
            )

    def stop(self) -> None:
        """Refuse the form if anything is wrong with it."""
        if self.found:
            raise Invalid(*self.found)
