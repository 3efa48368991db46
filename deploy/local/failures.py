"""Every way in which the local stack can fail, in one page: which part, what happened, what to do.

Each text is Chinese first, English second, because both kinds of people run this.
"""

from collections.abc import Sequence
from pathlib import Path

LOG_TAIL_LINES = 15
LOG_TAIL_BYTES = 100_000


class PartFailed(Exception):
    """A part of the local stack could not be started or died. `str()` is what the person reads."""

    def __init__(
        self, part: str, zh: str, en: str, log: Path | None = None, since: int = 0
    ) -> None:
        self.part = part
        self.log = log
        text = f"{part}: {zh}\n{part}: {en}"
        tail = tail_of(log, since=since) if log else []
        if tail:
            text += f"\n--- {log} ---\n" + "\n".join(tail)
        super().__init__(text)


def tail_of(log: Path, lines: int = LOG_TAIL_LINES, since: int = 0) -> list[str]:
    """The last lines of a log after its first `since` bytes, or none when there is no log yet."""
    try:
        with log.open("rb") as text:
            text.seek(max(since, log.stat().st_size - LOG_TAIL_BYTES))
            return text.read().decode(errors="replace").splitlines()[-lines:]
    except OSError:
        return []


def port_taken(part: str, port: int, holder: str) -> PartFailed:
    return PartFailed(
        part,
        f"端口 {port} 已被占用（{holder}）。请停止该进程，或换一个端口后重试。",
        f"port {port} is taken by {holder}. Stop that process, or choose another port.",
    )


def no_free_port(part: str, first: int, last: int) -> PartFailed:
    return PartFailed(
        part,
        f"端口 {first} 至 {last} 全部被占用。请停止占用端口的进程后重试。",
        f"ports {first} to {last} are all taken. Stop what uses them and start again.",
    )


def folder_in_use(part: str, folder: Path, pid: int | None) -> PartFailed:
    who = f"process {pid}" if pid else "another process"
    return PartFailed(
        part,
        f"目录 {folder} 正被另一个实例使用（{who}）。请先执行 make down；仍未停止则 kill {pid or '<pid>'}。",
        f"{folder} is in use by {who}. Run `make down` first; if it stays, `kill {pid or '<pid>'}`.",
    )


def already_running(pid: int | None) -> PartFailed:
    return PartFailed(
        "launcher",
        f"系统已在运行（进程 {pid}）。查看：make status；停止：make down。",
        f"the system already runs (process {pid}). See it: `make status`; stop it: `make down`.",
    )


def not_running() -> PartFailed:
    return PartFailed(
        "launcher",
        "系统没有运行。请先执行 make up（后台）或 make demo（前台）。",
        "the system is not running. Start it with `make up` or `make demo`.",
    )


def disk_nearly_full(part: str, folder: Path, free_mb: int, needed_mb: int) -> PartFailed:
    return PartFailed(
        part,
        f"{folder} 所在磁盘只剩 {free_mb} MB，至少需要 {needed_mb} MB。请清理磁盘后重试；数据不会丢失。",
        f"only {free_mb} MB free under {folder}, {needed_mb} MB needed. Make room and start again; "
        "no data is lost.",
    )


def died(part: str, status: int | None, log: Path, since: int = 0) -> PartFailed:
    """A process ended by itself; a full disk is recognised because the remedy differs."""
    if any("No space left on device" in line for line in tail_of(log, 200, since)):
        return PartFailed(
            part,
            "磁盘已满，进程已停止。请清理磁盘后重新启动；已确认的数据不会丢失。",
            "stopped because the disk is full. Make room and start again; confirmed data is kept.",
            log,
            since,
        )
    return PartFailed(
        part,
        f"进程已退出（状态 {status}），原因见下方日志。修正后重新启动；数据可弃时可用 make reset 清空重来。",
        f"the process ended (status {status}); its log is below. Correct the cause and start again, or "
        "`make reset` if the data may go.",
        log,
        since,
    )


def not_ready(part: str, seconds: float, log: Path) -> PartFailed:
    return PartFailed(
        part,
        f"{seconds:.0f} 秒内没有就绪，日志如下。机器很忙时请重试一次。",
        f"not ready after {seconds:.0f} s; its log is below. On a busy machine, try once more.",
        log,
    )


def missing_program(part: str, what: str, install: str) -> PartFailed:
    return PartFailed(
        part,
        f"缺少 {what}。安装命令：{install}",
        f"{what} is missing. Install it with: {install}",
    )


def command_failed(
    part: str, command: Sequence[str], status: int, log: Path, since: int = 0
) -> PartFailed:
    shown = " ".join(str(word) for word in command[:4])
    return PartFailed(
        part,
        f"命令失败（状态 {status}）：{shown} …，输出如下。",
        f"this command failed (status {status}): {shown} …; its output is below.",
        log,
        since,
    )


def other_version(part: str, folder: Path, found: str, wanted: str) -> PartFailed:
    return PartFailed(
        part,
        f"{folder} 是 {found} 版的数据，当前程序是 {wanted} 版。请用旧版导出数据，或执行 make reset 清空重来。",
        f"{folder} holds data of version {found}, this is version {wanted}. Dump it with the old version, "
        "or `make reset` to begin anew.",
    )


def data_damaged(part: str, folder: Path, log: Path | None = None) -> PartFailed:
    return PartFailed(
        part,
        f"{folder} 的数据不完整。演示数据可执行 make reset 清空重来；需要保留的请先备份该目录。",
        f"the data in {folder} is incomplete. `make reset` begins anew; back the folder up first if it "
        "matters.",
        log,
    )


def secrets_changed(part: str, folder: Path) -> PartFailed:
    return PartFailed(
        part,
        f"{folder} 的数据使用另一套密码。请恢复 .local/secrets，或执行 make reset 清空重来。",
        f"the data in {folder} was made with other passwords. Restore .local/secrets, or `make reset` to "
        "begin anew.",
    )


def module_missing(part: str, module: str) -> PartFailed:
    return PartFailed(
        part,
        f"找不到程序 {module}。请检查代码是否完整（git status）。",
        f"there is no {module} here. Check that the checkout is complete (git status).",
    )


def unreachable(part: str, address: str, reason: str) -> PartFailed:
    return PartFailed(
        part,
        f"无法连接 {address}（{reason}）。请检查环境变量中的地址，或删除该变量以使用本机实例。",
        f"cannot reach {address} ({reason}). Check the address in the environment, or unset it to use a "
        "local one.",
    )
