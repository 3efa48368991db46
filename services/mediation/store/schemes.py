"""The assessment schemes as data: every file of processes/, read and validated once."""

from functools import lru_cache

import yaml

from services.mediation.domain.guards import scheme_of
from services.mediation.domain.scheme import Scheme, Stage
from services.mediation.settings import PROCESSES
from shared.vocabulary.errors import NotFound


@lru_cache(maxsize=1)
def load_schemes() -> dict[tuple[str, int], Scheme]:
    """Every scheme by id and version; a bad file stops the start and says where it is wrong."""
    found = (
        scheme_of(yaml.safe_load(path.read_text("utf-8")))
        for path in sorted(PROCESSES.glob("*.yaml"))
    )
    return {(scheme.id, scheme.version): scheme for scheme in found}


def load_scheme(scheme_id: str, version: int) -> Scheme:
    """The version that a dispute is pinned to."""
    scheme = load_schemes().get((scheme_id, version))
    if scheme is None:
        raise NotFound("scheme", f"{scheme_id} v{version}")
    return scheme


def assessment_stage(scheme: Scheme, stage_id: str) -> Stage:
    """The stage of that id, if it is an assessment."""
    if not scheme.assessment_number(stage_id):
        raise NotFound("assessment", stage_id)
    return scheme.stage(stage_id)


def load_newest_scheme(scheme_id: str) -> Scheme:
    """The version that new disputes begin with."""
    versions = [version for known, version in load_schemes() if known == scheme_id]
    return load_scheme(scheme_id, max(versions, default=0))
