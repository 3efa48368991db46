"""Where an engine answers and its containers are of no use, tests run on the local stack and one line says so."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy.local import sql
from deploy.local.paths import ROOT

START_S = 60


class Engine(BaseHTTPRequestHandler):
    """Knows every image and can start none."""

    def _say(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        """Version, images."""
        if self.path.endswith("/version"):
            self._say(200, {"ApiVersion": "1.45", "Version": "27"})
        elif "/images/" in self.path:
            self._say(200, {"Id": "sha256:0", "RepoTags": ["any"], "Config": {}})
        else:
            self._say(404, {"message": "no such thing"})

    def do_POST(self) -> None:
        """No container can be made."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._say(500, {"message": "cannot make a container here"})

    def log_message(self, *_line: object) -> None:
        """Silent."""


@pytest.fixture
def engine() -> Iterator[str]:
    """The address of an engine that answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Engine)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"tcp://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_engine_without_working_containers_is_passed_over(engine: str, tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir()
    keeper = subprocess.Popen(
        [sys.executable, "-m", "shared.testing.keeper", "postgres", str(folder), str(os.getpid())],
        cwd=ROOT,
        env={**os.environ, "DOCKER_HOST": engine},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert keeper.stdout is not None
        url = keeper.stdout.readline().strip()
        assert sql.is_answering(url)
        [line] = (folder / "note").read_text("utf-8").splitlines()
        assert line.startswith("containers do not work here, the local stack is used (")
        assert "cannot make a container here" in line
    finally:
        keeper.terminate()
        keeper.communicate(timeout=START_S)
