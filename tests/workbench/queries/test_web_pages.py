"""The built pages: a nonce in every entry page, assets for ever, nothing from outside the build."""

import re
from pathlib import Path

import pytest

from shared.testing.rig import Rig, ServiceRig

ENTRY = '<script nonce="__CSP_NONCE__" src="/assets/app-1a2b.js"></script><meta property="csp-nonce" nonce="__CSP_NONCE__">'


@pytest.fixture
async def built(service_rig: ServiceRig, tmp_path: Path) -> Rig:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text(ENTRY)
    (dist / "assets" / "app-1a2b.js").write_text("1")
    (dist / "too-old.html").write_text("浏览器版本过低")
    (tmp_path / "secret.txt").write_text("secret")
    return await service_rig("workbench", web_dist=dist)


@pytest.mark.parametrize("path", ["/", "/cases", "/cases/abc?tab=files", "/m", "/index.html"])
async def test_every_address_of_the_application_is_the_entry_page_with_a_fresh_nonce(
    built: Rig, path: str
) -> None:
    one, two = await built.http.get(path), await built.http.get(path)
    nonces = {
        re.findall(r"'nonce-([^']+)'", page.headers["content-security-policy"])[0]
        for page in (one, two)
    }
    assert len(nonces) == 2
    assert all(f'nonce="{nonce}"' in one.text + two.text for nonce in nonces)
    assert "__CSP_NONCE__" not in one.text
    assert one.headers["cache-control"] == "no-store"
    assert (
        "'unsafe-inline'" not in one.headers["content-security-policy"].split("style-src-attr")[0]
    )


async def test_hashed_assets_are_kept_for_ever_and_others_shortly(built: Rig) -> None:
    asset = await built.http.get("/assets/app-1a2b.js")
    assert "immutable" in asset.headers["cache-control"]
    assert "immutable" not in (await built.http.get("/too-old.html")).headers["cache-control"]


@pytest.mark.parametrize("path", ["/assets/gone.js", "/api/nothing"])
async def test_what_is_not_there_is_no_page(built: Rig, path: str) -> None:
    assert (await built.http.get(path)).status_code in {401, 404}


@pytest.mark.parametrize(
    "path", ["/..%2Fsecret.txt", "/%2e%2e/secret.txt", "/assets/..%2F..%2Fsecret.txt"]
)
async def test_nothing_outside_the_build_is_served(built: Rig, path: str) -> None:
    assert (await built.http.get(path)).text != "secret"


async def test_without_a_build_a_page_says_what_to_do(
    service_rig: ServiceRig, tmp_path: Path
) -> None:
    rig = await service_rig("workbench", web_dist=tmp_path / "none")
    page = await rig.http.get("/")
    assert page.status_code == 503
    assert "make setup" in page.text
