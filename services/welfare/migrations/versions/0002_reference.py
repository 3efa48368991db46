"""Reference data every installation starts with: working days, the lines of hardship, the programmes."""

from datetime import date, timedelta

import chinese_calendar
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIRST_YEAR, LAST_YEAR = 2004, 2026
"""The years whose notice of the State Council chinesecalendar knows."""
YEARS = (2026, 2027)
YUAN = 100
# code | zh | en | fund | per | cap | yearly cap | deep | relative | calamity | file | opens | closes (amounts in yuan)
PROGRAMMES = """
living | 困难职工生活救助 | Living aid | hardship_central | household | 3000 | 6000 | 3000 | 1500 | 2000 | yes | - | -
accident | 意外致困救助 | Aid after a calamity | hardship_province | household | 5000 | 6000 | 3000 | 0 | 2000 | no | - | -
warmth | 冬送温暖 | Winter relief | warmth | household | 2000 | 2000 | 1000 | 600 | 1000 | yes | - | -
tuition | 金秋助学 | Tuition aid | union_dues | student | 5000 | 5000 | 5000 | 3000 | 4000 | no | 07-01 | 09-30
medical | 职工医疗互助 | Medical mutual aid | mutual_aid | person | 50000 | 50000 | 0 | 0 | 0 | no | - | -
model_worker | 劳模专项补助 | Care for model workers | model_worker | person | 12000 | 12000 | 0 | 0 | 0 | no | - | -
"""
PUBLICITY_WORKDAYS, LATE_PAYMENT_DAYS, RETURN_REPAIR_DAYS = 5, 15, 5
LINE_FEN, RELATIVE_TIMES, CALAMITY_PERCENT = 1_000 * YUAN, 2, 80


def upgrade() -> None:
    """Insert the rows; administrators change them later."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    _fill("work_calendar", working_days(), {})
    _fill("standard", [standard(year) for year in YEARS], {})
    _fill("programme", [row for year in YEARS for row in programmes(year)], {"plan": JSONB})


def _fill(table: str, rows: list[dict[str, object]], types: dict[str, type[JSONB]]) -> None:
    columns = (
        sa.column(name, types[name]()) if name in types else sa.column(name) for name in rows[0]
    )
    op.bulk_insert(sa.table(table, *columns), rows)


def working_days() -> list[dict[str, object]]:
    """Every day that differs from the ordinary week, with the festival it belongs to."""
    rows: list[dict[str, object]] = []
    day = date(FIRST_YEAR, 1, 1)
    while day.year <= LAST_YEAR:
        works, weekday = chinese_calendar.is_workday(day), day.weekday() < 5
        if works != weekday:
            _, festival = chinese_calendar.get_holiday_detail(day)
            rows.append({"day": day, "kind": "work" if works else "off", "note": festival or ""})
        day += timedelta(days=1)
    return rows


def standard(year: int) -> dict[str, object]:
    """The lines of a year; the subsistence line is to be set by the federation when it is published."""
    return {
        "year": year,
        "edition": f"肇庆 {year} 版",
        "line_fen": LINE_FEN,
        "relative_times": RELATIVE_TIMES,
        "calamity_percent": CALAMITY_PERCENT,
    }


def programmes(year: int) -> list[dict[str, object]]:
    """The programmes of a year, as the service reads them."""
    rows: list[dict[str, object]] = []
    for line in PROGRAMMES.strip().splitlines():
        code, zh, en, fund, per, *rest = (cell.strip() for cell in line.split("|"))
        cap, yearly, deep, relative, calamity = (int(cell) * YUAN for cell in rest[:5])
        filed, opens, closes = rest[5:]
        usual = {"deep": deep, "relative": relative, "calamity": calamity}
        plan = {
            "code": code,
            "zh": zh,
            "en": en,
            "year": year,
            "fund": fund,
            "per": per,
            "cap_fen": cap,
            "yearly_cap_fen": yearly,
            "standards": {key: fen for key, fen in usual.items() if fen},
            "file_based": filed == "yes",
            "opens_on": None if opens == "-" else f"{year}-{opens}",
            "closes_on": None if closes == "-" else f"{year}-{closes}",
            "publicity_workdays": PUBLICITY_WORKDAYS,
            "late_payment_days": LATE_PAYMENT_DAYS,
            "return_repair_days": RETURN_REPAIR_DAYS,
            "version": 1,
        }
        rows.append({"code": code, "year": year, "edition": 1, "plan": plan})
    return rows
