"""`make replay FILE=calls.jsonl`: each line `{"id", "text"}` becomes a call, registered through the operator's API.

Callers are synthetic and follow from the id, and so does the idempotency key: killed half-way and run again, or run
twice, every line is registered exactly once. Services that are away are waited for.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from deploy.demo.people import PASSWORD

OPERATOR = "1207"
PATIENCE_S = 180.0
PAUSE_S = 0.5
LINE_CHARACTERS_MAX = 20_000
NARRATIVE_CHARACTERS_MAX = 2_000
SURNAMES = "陈梁黄李谭莫伍冼罗区苏邱植黎覃龙邓彭温钟"
GIVEN = (
    "永",
    "秀",
    "国",
    "小",
    "玉",
    "志",
    "丽",
    "伟",
    "建",
    "少",
    "彩",
    "文",
    "振",
    "家",
    "慧",
    "子",
)
REGIONS = ("441202", "441203", "441204", "441223", "441224", "441225", "441226", "441284")
FALLBACK = "other_question"
HANDLING = {"dispute": "dispatch", "aid": "dispatch", "referral": "forward"}
BAR = 30
REPORT_EVERY = 20


@dataclass
class Outcome:
    """What became of the lines."""

    registered: int = 0
    there: int = 0
    failed: list[str] = field(default_factory=list)
    by_track: Counter[str] = field(default_factory=Counter)
    by_category: Counter[str] = field(default_factory=Counter)
    by_certainty: Counter[str] = field(default_factory=Counter)


class Desk:
    """An operator at the workbench, who signs in again when the session is gone."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20.0, trust_env=False)
        self.csrf = ""

    def sign_in(self) -> None:
        """A session of the operator."""
        body = {"staff_no": OPERATOR, "password": PASSWORD, "totp": None}
        answer = self.http.post("/api/workbench/session", json=body)
        answer.raise_for_status()
        self.csrf = answer.json()["csrf_token"]

    def post(self, path: str, body: Any, key: str) -> httpx.Response:
        """A command; repeated with the same key until a service answers."""
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                if not self.csrf:
                    self.sign_in()
                headers = {"X-CSRF-Token": self.csrf, "Idempotency-Key": key}
                answer = self.http.post(path, json=body, headers=headers)
                if answer.status_code == httpx.codes.UNAUTHORIZED:
                    self.csrf = ""
                elif answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    return answer
            except (httpx.TransportError, httpx.HTTPStatusError):
                self.csrf = ""
            if time.monotonic() > until:
                raise TimeoutError(f"{path}: no answer within {PATIENCE_S:.0f} s")
            time.sleep(PAUSE_S)


def main() -> int:
    """Exit code 1 when a line could not be registered."""
    parser = argparse.ArgumentParser(prog="deploy.replay")
    parser.add_argument("file", type=Path)
    file: Path = parser.parse_args().file
    if not file.is_file():
        print(f"没有这个文件 no such file: {file}。用法 usage: make replay FILE=calls.jsonl")
        return 2
    lines = list(read(file))
    desk, outcome = Desk(os.environ["WORKBENCH_URL"]), Outcome()
    for n, (call_id, text) in enumerate(lines, 1):
        register(desk, call_id, text, outcome)
        show(n, len(lines))
    print()
    summary(outcome)
    total = f"{outcome.registered} registered, {outcome.there} already there, {len(outcome.failed)} failed"
    print(total)
    return 1 if outcome.failed else 0


def read(file: Path) -> Iterator[tuple[str, str]]:
    """Each line's id and text; a line that is none of ours is named and stops the run before anything is sent."""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line[:LINE_CHARACTERS_MAX])
            yield str(told["id"]), str(told["text"])
        except (ValueError, KeyError, TypeError):
            sys.exit(
                f'{file}:{number}: 每行应为 {{"id", "text"}} 的 JSON；each line must be JSON with id and text'
            )


def register(desk: Desk, call_id: str, text: str, outcome: Outcome) -> None:
    """Ask for the suggestion, decide like an operator in a hurry, register."""
    narrative = text.strip()[:NARRATIVE_CHARACTERS_MAX]
    suggested = desk.post(
        "/api/intake/suggestions",
        {"narrative": narrative, "employer_id": None},
        f"suggest-{call_id}",
    )
    category, track, certain = decide(suggested.json() if suggested.is_success else {})
    handling = HANDLING.get(track, "answer")
    body = {
        **caller(call_id),
        "narrative": narrative,
        "category": category,
        "handling": handling,
        "answer": "asked_and_told" if handling == "answer" else None,
    }
    answer = desk.post("/api/intake/calls", body, f"replay-{call_id}")
    if not answer.is_success:
        outcome.failed.append(f"{call_id}: {answer.status_code} {answer.text[:300]}")
        return
    if answer.headers.get("Idempotent-Replay"):
        outcome.there += 1
    else:
        outcome.registered += 1
    outcome.by_category[category] += 1
    outcome.by_track[track] += 1
    outcome.by_certainty[certain] += 1


def decide(suggestion: dict[str, Any]) -> tuple[str, str, str]:
    """Category, track, and how sure the classifier was; in doubt the first of the others, as an operator would look."""
    best, track = suggestion.get("category"), suggestion.get("track")
    if best:
        percent = best["percent"]
        sure = "≥ 85 %" if percent >= 85 else "70–84 %" if percent >= 70 else "< 70 %"
        return best["code"], (track or {}).get("code", "consultation"), sure
    others = suggestion.get("others") or []
    if others:
        return others[0]["code"], (track or {}).get("code", "consultation"), "uncertain"
    return FALLBACK, "consultation", "uncertain"


def caller(call_id: str) -> dict[str, Any]:
    """The same synthetic person for the same id, for ever."""
    digest = hashlib.sha256(call_id.encode()).digest()
    number = int.from_bytes(digest[:6], "big")
    return {
        "phone": f"1{3 + number % 7}{number // 7 % 1_000_000_000:09d}",
        "caller_name": SURNAMES[digest[6] % len(SURNAMES)]
        + GIVEN[digest[7] % len(GIVEN)]
        + GIVEN[digest[8] % len(GIVEN)],
        "region": REGIONS[digest[9] % len(REGIONS)],
    }


def show(done: int, total: int) -> None:
    """A bar that moves in place; a line now and then where nobody watches."""
    if not sys.stdout.isatty():
        if done % REPORT_EVERY == 0 or done == total:
            print(f"{done}/{total}", flush=True)
        return
    full = BAR * done // max(1, total)
    sys.stdout.write(f"\r[{'█' * full}{'·' * (BAR - full)}] {done}/{total}")
    sys.stdout.flush()


def summary(outcome: Outcome) -> None:
    """By category, track and certainty."""
    for title, counts in (
        ("类别 category", outcome.by_category),
        ("通道 track", outcome.by_track),
        ("把握 certainty", outcome.by_certainty),
    ):
        print(f"{title}:")
        for name, count in counts.most_common():
            print(f"  {name:<22}{count:>4}")
    for line in outcome.failed:
        print(f"failed {line}")


if __name__ == "__main__":
    sys.exit(main())
