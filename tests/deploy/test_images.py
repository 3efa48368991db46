"""The images fill in the same templates as the local stack."""

import re

from deploy.local.broker import TEMPLATE
from deploy.local.paths import ROOT

ENTRYPOINT = ROOT / "deploy" / "images" / "kafka" / "entrypoint.sh"
PLACE = re.compile(r"\{(\w+)\}")


def test_every_place_of_the_brokers_template_is_filled_in_the_image_too() -> None:
    settings = "".join(
        line for line in TEMPLATE.read_text().splitlines() if not line.startswith("#")
    )
    wanted = set(PLACE.findall(settings))
    assert wanted
    assert wanted <= set(re.findall(r"s[/#]\{(\w+)\}", ENTRYPOINT.read_text()))
