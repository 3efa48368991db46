"""What the call form chooses from: categories, places, channels, phrases."""

import hashlib
from datetime import date
from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import Response as HttpResponse

from services.intake.domain.case import Handling
from services.intake.domain.categories import LEVEL_NAMES, TRACK_NAMES
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.urgency import URGENCY_NAMES
from services.intake.domain.wording import CHANNELS, Coded, Text, coded
from services.intake.queries.shapes import reference_of, staff_only
from services.intake.store.pinyin import initials, syllables
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import Reader
from shared.vocabulary.calendar import local_date
from shared.vocabulary.regions import REGIONS

router = APIRouter(tags=["catalogue"])
KEPT_BY_BROWSER_S = 300
HANDLINGS = {
    Handling.ANSWER: ("直接答复", "Answer"),
    Handling.DISPATCH: ("分派", "Dispatch"),
    Handling.REFER_UP: ("转上级", "Escalate"),
    Handling.REFER_OUT: ("转 12345·110", "Forward"),
}


class CategoryEntry(Response):
    """A category, found by characters, pinyin or initials."""

    code: str
    label: Text
    path: Text
    pinyin: str
    initials: str
    track: str
    level: str
    programme: str | None
    body: str


class PhraseEntry(Response):
    """A wording of the desk; `kind` is `phrase` or `answer`."""

    code: str
    title: str
    initials: str
    text: str
    kind: str
    category: str | None


class Catalogue(Response):
    """Everything the form chooses from."""

    version: str
    categories: list[CategoryEntry]
    regions: list[Coded]
    channels: list[Coded]
    phrases: list[PhraseEntry]
    tracks: list[Coded]
    levels: list[Coded]
    urgencies: list[Coded]
    handlings: list[Coded]
    programmes: list[Coded]


@router.get("/catalogue", response_model=Catalogue)
async def get_catalogue(request: Request, reader: Reader) -> HttpResponse:
    """The browser keeps it, and asks with its ETag whether it changed."""
    staff_only(reader.actor)
    book = await reference_of(reader)
    body = (
        Catalogue(
            version=f"{book.catalogue.edition}.{CATEGORIES.version}",
            phrases=[
                PhraseEntry(
                    code=one.code,
                    title=one.title,
                    initials=one.initials,
                    text=one.text,
                    kind=one.kind,
                    category=one.category,
                )
                for one in book.phrases
            ],
            categories=list(categories(local_date(now()))),
            regions=[coded(place.code, (place.zh, place.en)) for place in REGIONS],
            channels=[coded(code, names) for code, names in CHANNELS.items()],
            tracks=[coded(track.value, names) for track, names in TRACK_NAMES.items()],
            levels=[coded(level.value, names) for level, names in LEVEL_NAMES.items()],
            urgencies=[coded(one.value, names) for one, names in URGENCY_NAMES.items()],
            handlings=[coded(one.value, names) for one, names in HANDLINGS.items()],
            programmes=[
                coded(row.programme, (row.zh, row.en)) for row in CATEGORIES.rows if row.programme
            ],
        )
        .model_dump_json()
        .encode()
    )
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": f"private, max-age={KEPT_BY_BROWSER_S}"}
    if request.headers.get("if-none-match") == tag:
        return HttpResponse(None, 304, headers)
    return HttpResponse(body, 200, headers, media_type="application/json")


@lru_cache(maxsize=2)
def categories(today: date) -> tuple[CategoryEntry, ...]:
    """The categories of a day, with their pinyin."""
    return tuple(
        CategoryEntry(
            code=row.code,
            label=Text(row.zh, row.en),
            path=Text(row.path_zh, row.en),
            pinyin=f"{syllables(row.group_zh)} {syllables(row.zh)}",
            initials=f"{initials(row.group_zh)} {row.initials}",
            track=row.track.value,
            level=row.level.value,
            programme=row.programme,
            body=row.body,
        )
        for row in CATEGORIES.rows
        if row.is_valid_on(today)
    )
