"""Stands for a service while the launcher is tested: it migrates, it is ready after a moment, it can fail."""

import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from deploy.local import sql


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health/ready" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """One line per probe would be noise."""


def main(command: str, name: str = "") -> None:
    if command == "migrate":
        url = next(value for key, value in os.environ.items() if key.startswith("DATABASE_URL_"))
        sql.execute(url, ["CREATE TABLE IF NOT EXISTS started (at timestamptz DEFAULT now())"])
        sql.execute(url, ["INSERT INTO started DEFAULT VALUES"])
    elif command == "serve":
        if os.environ.get("FAKE_FAILS") == name:
            sys.exit(f"{name} cannot read its settings")
        HTTPServer(("127.0.0.1", int(os.environ[f"{name.upper()}_PORT"])), Answer).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
