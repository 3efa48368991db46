"""The built web pages: hashed assets for ever, the entry page never cached and with a nonce of its own.

Every address that is no file and no API is the single-page application's. Without a build a plain page says how to
make one.
"""

import secrets
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from services.workbench.gateways.tokens import settings_of
from shared.kernel.problem import NoSuchAddress

PLACEHOLDER: Final = "__CSP_NONCE__"
NONCE_BYTES: Final = 18
FOREVER: Final = "public, max-age=31536000, immutable"
SHORTLY: Final = "public, max-age=300"
NEVER: Final = "no-store"
ENTRY: Final = "index.html"
POLICY: Final = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}';"
    " style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self';"
    " worker-src 'self' blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
"""Style attributes cannot run code and component libraries position with them; style elements need the nonce."""
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
}
NOT_BUILT: Final = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>暖流：页面尚未构建</title>
<h1>页面尚未构建</h1><p>服务已启动，接口可用。请在项目目录运行 <code>make setup</code> 构建页面，然后刷新。</p>
<p lang="en">The web pages are not built yet. Run <code>make setup</code> in the project folder, then reload.</p></html>"""
router = APIRouter(include_in_schema=False)


@router.get("/{path:path}")
async def get_page(path: str, http: Request) -> Response:
    """A file of the build, else the application."""
    if path.startswith("api/"):
        raise NoSuchAddress
    dist = settings_of(http.app.state.context).web_dist
    file = _file(dist, path)
    if file is not None:
        cache = FOREVER if path.startswith("assets/") else SHORTLY
        return FileResponse(file, headers={"Cache-Control": cache, **HEADERS})
    if path.startswith("assets/"):
        raise NoSuchAddress
    return _entry(dist)


def _file(dist: Path, path: str) -> Path | None:
    """The file of that name inside the build, and only inside."""
    if path in {"", ENTRY}:
        return None
    file = (dist / path).resolve()
    inside = file.is_relative_to(dist.resolve())
    return file if inside and file.is_file() else None


def _entry(dist: Path) -> Response:
    entry = dist / ENTRY
    if not entry.is_file():
        return HTMLResponse(
            NOT_BUILT, 503, {"Cache-Control": NEVER, "Retry-After": "60", **HEADERS}
        )
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    page = entry.read_text("utf-8").replace(PLACEHOLDER, nonce)
    policy = {"Content-Security-Policy": POLICY.format(nonce=nonce)}
    return HTMLResponse(page, headers={"Cache-Control": NEVER, **policy, **HEADERS})
