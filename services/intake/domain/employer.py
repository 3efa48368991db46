"""Employers as callers name them: two spellings are one firm, and lists show the short name."""

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from shared.vocabulary.ids import new_id
from shared.vocabulary.regions import Region, county_of

EMPLOYER_NAME_CHARACTERS_MAX = 100
SHORT_CHARACTERS_MIN = 2
_PLACE = re.compile(r"^(?:广东省?)?(?:肇庆市?)?(?:[端鼎高广怀封德四][州湖要宁集开庆会][市区县]?)?")
_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|公司|合作社|事务所|工作室|经营部)$"
)
_BRACKETS = re.compile(r"[(（].*?[)）]")


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer on record; `region` is a statistical code, `org` the county union it belongs to."""

    id: UUID
    name: str
    short_name: str
    region: str
    org: str
    uscc: str | None = None
    headcount: int | None = None
    unionised_since: int | None = None


def name_key(name: str) -> str:
    """What makes two spellings equal: width, case, spaces and punctuation do not count."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def short_name(name: str) -> str:
    """The name without place and legal form: 四会市琅石建材有限公司 → 琅石建材."""
    bare = _BRACKETS.sub("", unicodedata.normalize("NFKC", name)).strip()
    bare = _FORM.sub("", bare)
    without_place = _PLACE.sub("", bare)
    return without_place if len(without_place) >= SHORT_CHARACTERS_MIN else (bare or name)


def new_employer(name: str, place: Region | None, desk_org: str) -> Employer | None:
    """The employer a caller named, placed where the matter lies or else where the desk is; None for no name."""
    if not name_key(name):
        return None
    org = county_of(place.path if place else desk_org)
    region = place.code if place else org.rpartition(".")[2]
    return Employer(new_id(), name, short_name(name), region, org)
