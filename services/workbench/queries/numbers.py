"""The supervisor's numbers. Each says how it is counted and opens the list it was counted from."""

from datetime import datetime, timedelta
from typing import Any, Literal

from fastapi import APIRouter
from sqlalchemy import ColumnElement, Date, cast, func, literal, select
from sqlmodel import col

from services.workbench.domain.categories import group_of, group_text
from services.workbench.domain.labels import org_name
from services.workbench.domain.permissions import NUMBER_READERS, allow
from services.workbench.domain.text import Text
from services.workbench.queries.ladder import (
    LadderStep,
    is_watched,
    ladder_of,
    was_dispatched,
    was_returned,
)
from services.workbench.queries.numbers_lists import GroupCase, group_cases
from services.workbench.queries.visible import in_region, visible
from services.workbench.tables import CardRow
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader
from shared.vocabulary.calendar import end_of_day, local_date, start_of_day
from shared.vocabulary.regions import county_of

TREND_DAYS = 30
SATISFIED_FROM = 4
ZONE = "Asia/Shanghai"
Period = Literal["today", "week", "month", "year"]
TILES = {
    "open": (Text("在办", "In hand"), Text("未办结的工单", "Cases that are not closed")),
    "today": (
        Text("今日到期", "Due today"),
        Text("今天 24 点前到期、尚未办结", "Due before midnight and not closed"),
    ),
    "over": (
        Text("已超期", "Overdue"),
        Text("最近一项期限已过", "The nearest time limit has passed"),
    ),
    "on_time": (
        Text("按期办结率", "On time"),
        Text("本期办理完毕的工单中未超期的", "Of the cases handled in the period, those never overdue"),
    ),
    "returned": (
        Text("退单率", "Returned"),
        Text(
            "本期登记并派出的工单中承办单位申请过退单的；点开看退单",
            "Of the cases sent out in the period, those a unit asked to return; opens the returned ones",
        ),
    ),
    "satisfied": (
        Text("满意率", "Satisfied"),
        Text("本期办结且有评分的工单中 4 分及以上的", "Of the rated cases closed in the period, 4 points or more"),
    ),
}  # fmt: skip
"""What each number is called, and how it is counted."""
router = APIRouter(tags=["numbers"])


class Number(Response):
    """One figure: `part` of `whole` where it is a rate; `href` opens the list behind it."""

    code: str
    title: Text
    value: float | None
    unit: str
    part: int | None
    whole: int | None
    meaning: Text
    href: str


class Day(Response):
    """Registered and closed on a day."""

    day: str
    registered: int
    closed: int


class Share(Response):
    """Open cases of a group of categories."""

    code: str
    title: Text
    count: int
    href: str


class Unit(Response):
    """A county in one row."""

    path: str
    name: str
    open: int
    over: int
    groups: int
    people: int
    on_time: float | None
    closed: int
    href: str


class Numbers(Response):
    """The whole page."""

    period: Period
    since: datetime
    tiles: list[Number]
    trend: list[Day]
    categories: list[Share]
    units: list[Unit]
    ladder: list[LadderStep]
    supervised: int
    groups: list[GroupCase]
    as_of: datetime


@router.get("/numbers")
async def get_numbers(
    reader: Reader, period: Period = "month", region: str | None = None
) -> Numbers:
    """Counted now, over what the reader may see."""
    allow(reader.actor, NUMBER_READERS)
    at = now()
    since = _since(period, at)
    where = [visible(reader.actor)] + ([in_region(region)] if region else [])
    return Numbers(
        period=period,
        since=since,
        tiles=await _tiles(reader, where, since, at),
        trend=await _trend(reader, where, at),
        categories=await _categories(reader, where),
        units=await _units(reader, where, since, at),
        ladder=await ladder_of(reader, where),
        supervised=await reader.scalar(
            select(func.count()).select_from(CardRow).where(*where, is_watched())
        ),
        groups=await group_cases(reader, where),
        as_of=at,
    )


def _since(period: Period, at: datetime) -> datetime:
    today = local_date(at)
    first = {
        "today": today,
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }[period]
    return start_of_day(first)


def _on_time() -> ColumnElement[bool]:
    """Done without having gone over time."""
    return ~col(CardRow.overdue)


async def _tiles(reader: ReadDoor, where: list[Any], since: datetime, at: datetime) -> list[Number]:
    still_open = col(CardRow.closed_at).is_(None)
    tonight = end_of_day(local_date(at))
    done = col(CardRow.handled_at) >= since
    asked = (col(CardRow.closed_at) >= since) & col(CardRow.satisfaction).is_not(None)
    sent = (col(CardRow.registered_at) >= since) & was_dispatched()
    row: Any = await reader.one(
        select(
            func.count().filter(sent).label("sent"),
            func.count().filter(sent, was_returned()).label("returned"),
            func.count().filter(still_open).label("open"),
            func.count()
            .filter(still_open, col(CardRow.due_at) >= at, col(CardRow.due_at) < tonight)
            .label("today"),
            func.count().filter(still_open, col(CardRow.due_at) < at).label("over"),
            func.count().filter(done).label("done"),
            func.count().filter(done, _on_time()).label("in_time"),
            func.count().filter(asked).label("asked"),
            func.count()
            .filter(asked, col(CardRow.satisfaction) >= SATISFIED_FROM)
            .label("satisfied"),
        ).where(*where)
    )
    day = since.isoformat().replace("+", "%2B")
    return [
        _count("open", row["open"], "/cases?state=open"),
        _count("today", row["today"], "/cases?due=today"),
        _count("over", row["over"], "/cases?due=over"),
        _rate("on_time", (row["in_time"], row["done"]), f"/cases?handled_since={day}"),
        _rate(
            "returned",
            (row["returned"], row["sent"]),
            f"/cases?state=any&since={day}&lens=returned",
        ),
        _rate(
            "satisfied",
            (row["satisfied"], row["asked"]),
            f"/cases?closed_since={day}&rated=true",
        ),
    ]


def _count(code: str, value: int, href: str) -> Number:
    title, meaning = TILES[code]
    return Number(
        code=code,
        title=title,
        value=value,
        unit="case",
        part=None,
        whole=None,
        meaning=meaning,
        href=href,
    )


def _rate(code: str, share: tuple[int, int], href: str) -> Number:
    title, meaning = TILES[code]
    return Number(
        code=code,
        title=title,
        value=_percent(*share),
        unit="percent",
        part=share[0],
        whole=share[1],
        meaning=meaning,
        href=href,
    )


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


async def _trend(reader: ReadDoor, where: list[Any], at: datetime) -> list[Day]:
    first = local_date(at) - timedelta(days=TREND_DAYS - 1)

    async def per_day(column: Any) -> dict[Any, int]:
        day = cast(func.timezone(literal(ZONE), column), Date).label("day")
        rows = await reader.all(
            select(day, func.count().label("count"))
            .where(*where, column >= start_of_day(first))
            .group_by(day)
        )
        return {row["day"]: row["count"] for row in rows}

    registered = await per_day(col(CardRow.registered_at))
    closed = await per_day(col(CardRow.closed_at))
    days = [first + timedelta(days=n) for n in range(TREND_DAYS)]
    return [
        Day(day=one.isoformat(), registered=registered.get(one, 0), closed=closed.get(one, 0))
        for one in days
    ]


async def _categories(reader: ReadDoor, where: list[Any]) -> list[Share]:
    rows = await reader.all(
        select(col(CardRow.category), func.count().label("count"))
        .where(*where, col(CardRow.closed_at).is_(None))
        .group_by(col(CardRow.category))
    )
    groups: dict[str, int] = {}
    for row in rows:
        group = group_of(row["category"])
        groups[group] = groups.get(group, 0) + row["count"]
    ordered = sorted(groups.items(), key=lambda one: -one[1])
    return [
        Share(
            code=name, title=group_text(name), count=count, href=f"/cases?state=open&group={name}"
        )
        for name, count in ordered
    ]


async def _units(reader: ReadDoor, where: list[Any], since: datetime, at: datetime) -> list[Unit]:
    still_open = col(CardRow.closed_at).is_(None)
    done = col(CardRow.handled_at) >= since
    rows = await reader.all(
        select(
            col(CardRow.org),
            func.count().filter(still_open).label("open"),
            func.count().filter(still_open, col(CardRow.due_at) < at).label("over"),
            func.count().filter(still_open, col(CardRow.is_group)).label("groups"),
            func.sum(col(CardRow.people)).filter(still_open).label("people"),
            func.count().filter(done).label("done"),
            func.count().filter(done, _on_time()).label("in_time"),
        )
        .where(*where, col(CardRow.org).is_not(None))
        .group_by(col(CardRow.org))
    )
    counties: dict[str, dict[str, int]] = {}
    for row in rows:
        sums = counties.setdefault(county_of(row["org"]), {})
        for name in ("open", "over", "groups", "people", "done", "in_time"):
            sums[name] = sums.get(name, 0) + int(row[name] or 0)
    units = [
        Unit(
            path=path,
            name=org_name(path),
            open=one["open"],
            over=one["over"],
            groups=one["groups"],
            people=one["people"],
            on_time=_percent(one["in_time"], one["done"]),
            closed=one["done"],
            href=f"/cases?state=open&region={path}",
        )
        for path, one in counties.items()
    ]
    return sorted(units, key=lambda one: (-one.open, one.path))
