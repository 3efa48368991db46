"""A replay that is killed, and one during which every service is killed: each line is registered exactly once."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shared.testing.system import ROOT, RunningSystem
from tests.faults.parts import kill, number, rows, wait_for, wait_for_service

pytestmark = [
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.timeout(400),
]

LINES = 96
KILLED_AT = 30
VICTIMS = {36: "mediation", 46: "intake", 56: "welfare", 64: "notify", 74: "workbench"}
"""How many lines are on record when a service is killed."""
PLACES = ("端州区", "高要区", "四会市", "广宁县", "怀集县", "德庆县")
TROUBLES = (
    "已经{n}个月没有发工资，一起干活的有{n}个人，老板一直说等工程款。",
    "做了{n}年，公司突然口头通知不用来上班，没有给任何赔偿。",
    "上个月在车间被机器压伤手指，公司没有买工伤保险，医药费花了{n}千多元。",
    "入职{n}个月一直没有签劳动合同，也没有交社保，想问怎么维权。",
    "每天加班{n}个小时，从来没有加班费，想了解怎么计算。",
    "家里老人重病住院，已经花了{n}万元，想申请工会的困难补助。",
    "想咨询女职工产假可以休多少天，怀孕{n}个月被调岗是否合法。",
    "想了解厂里{n}十几个人怎样成立工会，要准备什么材料。",
)
ON_RECORD = "SELECT count(*) FROM kernel.idempotency WHERE key LIKE 'replay-fault-%'"
TOLD = "SELECT count(*) FROM kernel.event WHERE name = 'intake.case_registered'"


def lines_in(file: Path) -> Path:
    """Synthetic calls, each another one."""
    calls = (
        {
            "id": f"fault-{number:03d}",
            "text": f"来电人在{PLACES[number % len(PLACES)]}第{number}工业园上班，"
            + TROUBLES[number % len(TROUBLES)].format(n=number % 9 + 1),
        }
        for number in range(LINES)
    )
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in calls), "utf-8")
    return file


def replay(system: RunningSystem, file: Path) -> "subprocess.Popen[str]":
    """The tool, as `make replay` runs it."""
    tool = [sys.executable, "-m", "deploy.local", "--state", str(system.folder), "run", "--"]
    return subprocess.Popen(
        [*tool, sys.executable, "-u", "-m", "deploy.replay", str(file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_each_line_is_registered_once_though_the_tool_and_every_service_are_killed(
    faulty: RunningSystem, tmp_path: Path
) -> None:
    file = lines_in(tmp_path / "calls.jsonl")
    before = number(faulty, "intake", TOLD)

    first = replay(faulty, file)
    wait_for("a third of the lines", lambda: number(faulty, "intake", ON_RECORD) >= KILLED_AT)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    there = number(faulty, "intake", ON_RECORD)
    assert there < min(VICTIMS), "the tool was killed too late"

    second = replay(faulty, file)
    killed = {}
    for on_record, name in VICTIMS.items():
        wait_for(f"line {on_record}", lambda n=on_record: number(faulty, "intake", ON_RECORD) >= n)  # type: ignore[misc]
        killed[name] = kill(faulty, name)
        assert number(faulty, "intake", ON_RECORD) < LINES, "killed after the last line"
    said, _ = second.communicate(timeout=200)
    assert second.returncode == 0, said
    registered, known, failed = (int(n) for n in said.splitlines()[-1].split() if n.isdigit())
    assert (registered + known, failed) == (LINES, 0), said
    assert known >= there
    for name, pid in killed.items():
        print(f"{name} back after {wait_for_service(faulty, name, pid):.1f} s")

    cases = rows(
        faulty,
        "intake",
        "SELECT convert_from(response, 'UTF8')::jsonb ->> 'case_id' AS id FROM kernel.idempotency"
        " WHERE key LIKE 'replay-fault-%'",
    )
    assert len({one["id"] for one in cases}) == LINES
    assert number(faulty, "intake", TOLD) - before == LINES
    assert number(faulty, "intake", "SELECT count(*) FROM hotline_case WHERE id::text = ANY($1)",
                  [one["id"] for one in cases]) == LINES  # fmt: skip
    faulty.verify()
    third = replay(faulty, file)
    said, _ = third.communicate(timeout=200)
    assert said.splitlines()[-1] == f"0 registered, {LINES} already there, 0 failed"
    print(
        f"killed at {there}; then {registered} registered, {known} already there, {failed} failed"
    )
