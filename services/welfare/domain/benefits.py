"""Amounts that follow a formula instead of a standard: medical mutual aid and model workers (rules 56, 57)."""

from dataclasses import dataclass

from shared.vocabulary.money import round_half_up

PERCENT = 100


@dataclass(frozen=True, slots=True)
class MedicalPlan:
    """The terms of a plan version; amounts in fen."""

    version: str
    rate_percent: int
    cap_fen: int
    daily_fen: int
    free_days: int
    allowance_cap_fen: int


def medical_benefit_fen(plan: MedicalPlan, base_fen: int, used_fen: int = 0) -> int:
    """A share of the eligible cost, rounded half up to a fen, within what is left of the cap."""
    share = round_half_up(base_fen * plan.rate_percent, PERCENT)
    return max(0, min(plan.cap_fen - used_fen, share))


def hospital_allowance_fen(plan: MedicalPlan, days: int) -> int:
    """So much for each hospital day after the free ones, up to the cap."""
    return min(plan.allowance_cap_fen, max(0, days - plan.free_days) * plan.daily_fen)


def model_worker_fen(line_fen: int, income_fen: int, cap_fen: int) -> int:
    """What a model worker's monthly income lacks to the line, at most the cap (rule 56)."""
    return min(cap_fen, max(0, line_fen - income_fen))
