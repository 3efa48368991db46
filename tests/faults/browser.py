"""Members of staff at the workbench: signed in, clicking, and listening to what changes."""

import threading
from typing import Any

import httpx

from deploy.demo.people import PASSWORD
from shared.testing.system import RunningSystem
from shared.vocabulary.ids import new_id

TIMEOUT_S = 20.0


class Browser:
    """A session of one person of the demonstration."""

    def __init__(self, system: RunningSystem, number: str) -> None:
        self.http = httpx.Client(base_url=system.url, timeout=TIMEOUT_S, trust_env=False)
        body = {"staff_no": number, "password": PASSWORD, "totp": None}
        answer = self.http.post("/api/workbench/session", json=body)
        assert answer.status_code == 201, answer.text
        self.csrf = answer.json()["csrf_token"]

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_error: object) -> None:
        self.http.close()

    def post(self, path: str, body: Any) -> httpx.Response:
        """A command."""
        headers = {"X-CSRF-Token": self.csrf, "Idempotency-Key": str(new_id())}
        return self.http.post(path, json=body, headers=headers)


class Listener:
    """The live stream of a signed-in browser, read in a thread until it ends or is no longer wanted."""

    def __init__(self, browser: Browser) -> None:
        self.lines: list[str] = []
        self.ended = False
        self._browser = browser
        self._enough = False
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "Listener":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._enough = True

    def _listen(self) -> None:
        try:
            with self._browser.http.stream(
                "GET", "/api/workbench/live", timeout=httpx.Timeout(TIMEOUT_S)
            ) as answer:
                for line in answer.iter_lines():
                    self.lines.append(line)
                    if self._enough:
                        return
        except httpx.TransportError:
            pass
        finally:
            self.ended = True

    def heard(self, word: str) -> bool:
        """Whether anything with that word in it came."""
        return any(word in line for line in self.lines)
